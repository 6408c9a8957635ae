"""What one person told, in every space."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cocreate.core.audience import Viewer, Visibility
from cocreate.impacts.models import DesiredImpact, RealismCheck, Remark, Stance, Wording
from cocreate.indicators.models import Answer, Ballot, Goal, Indicator, IndicatorStance, SmallStep, Tryout
from cocreate.indicators.queries.answering import said_in_answer
from cocreate.indicators.queries.choosing import said_in_ballot
from cocreate.moments.models import Moment, WorkingFactor
from cocreate.replies.models import Commitment, MoodMark, Reply, SummaryCheck
from cocreate.replies.words import said_in_check, said_in_mood
from cocreate.spaces.contributions import Contribution, audiences_of
from cocreate.spaces.hiding import SetAside, set_aside_of
from cocreate.spaces.models import Space
from cocreate.spaces.queries import spaces_of_person, viewer_for
from cocreate.spaces.shelves import mine
from cocreate.trajectories.models import Node

KINDS: dict[str, type[Contribution]] = {
    kind.topic: kind
    for kind in (
        Moment,
        WorkingFactor,
        DesiredImpact,
        Stance,
        Wording,
        Remark,
        RealismCheck,
        Indicator,
        IndicatorStance,
        Tryout,
        Ballot,
        Answer,
        Goal,
        SmallStep,
        Node,
        MoodMark,
        Reply,
        Commitment,
        SummaryCheck,
    )
}
# What its maker reads back of a kind whose words alone would not say it.
SAID: dict[str, Callable[[Any], list[str]]] = {
    Answer.topic: said_in_answer,
    Ballot.topic: said_in_ballot,
    MoodMark.topic: said_in_mood,
    SummaryCheck.topic: said_in_check,
}


@dataclass(frozen=True, slots=True)
class Told:
    """One thing somebody told."""

    id: uuid.UUID
    topic: str
    words: list[str]
    visibility: str
    audiences: frozenset[Visibility]
    told_at: datetime
    is_private_for_good: bool
    signed: str | None
    is_by_helper: bool
    aside: SetAside | None = None  # who leads set it aside, with a reason
    counts_when_aside: bool = False  # then only the reason is aside


def told_by(person_id: uuid.UUID) -> list[tuple[Space, list[Told]]]:
    """Everything this person told, by space, newest first."""
    return [
        (space, _told(viewer_for(space, membership))) for space, membership in spaces_of_person(person_id)
    ]


def _told(viewer: Viewer) -> list[Told]:
    made_by_topic = {topic: mine(viewer, kind) for topic, kind in KINDS.items()}
    asides = set_aside_of(made.id for some in made_by_topic.values() for made in some)
    found = [
        _as_told(viewer, topic, made, asides.get(made.id))
        for topic, some in made_by_topic.items()
        for made in some
    ]
    return sorted(found, key=lambda told: told.told_at, reverse=True)


def _as_told(viewer: Viewer, topic: str, made: Any, aside: SetAside | None) -> Told:
    audiences = audiences_of(viewer, made)
    is_whole = aside is not None and not made.counts_when_aside
    if aside is not None and is_whole:  # it comes back no further than it was
        audiences = frozenset(each for each in audiences if each.least(aside.visibility) is each)
    return Told(
        made.id,
        topic,
        SAID[topic](made) if topic in SAID else made.told,
        aside.visibility if aside and is_whole else made.visibility,
        audiences,
        made.created_at,
        made.is_private_for_good,
        made.signed,
        made.is_by_helper,
        aside,
        made.counts_when_aside,
    )

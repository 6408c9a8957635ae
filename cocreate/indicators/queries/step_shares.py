"""Reading how many people took a step in the direction they chose, as far as that may be shown."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from cocreate.core.db import session
from cocreate.impacts.rules import Circle
from cocreate.indicators.disclosure import Answer
from cocreate.indicators.figures import Figure
from cocreate.indicators.models import Goal, SmallStep, StepShare
from cocreate.indicators.quarters import Quarter, ended_since
from cocreate.indicators.queries.measuring import day_of, timezone_of, today_in
from cocreate.indicators.queries.publications import shown_of
from cocreate.indicators.queries.wordings import goals_worded
from cocreate.indicators.rules import Direction
from cocreate.spaces.models import Membership, Voice
from cocreate.spaces.queries import VoiceFacts, threshold_of, voices_of


@dataclass(frozen=True, slots=True)
class Stepped:
    """Of how many people, at least and at most how many took a step; equal when all of it may be told."""

    n: int
    fewest: int
    most: int
    voice: VoiceFacts | None = None  # none: of several voices together


@dataclass(frozen=True, slots=True)
class QuarterShare:
    """One quarter: all together, None when they are not enough people to show, and by voice."""

    quarter: Quarter
    together: Stepped | None
    by_voice: list[Stepped]


def quarters_due(space_id: uuid.UUID) -> list[Quarter]:
    """The quarters that have ended since the first goal of a space, and are not shown yet."""
    first = session().scalar(select(func.min(Goal.created_at)).where(Goal.space_id == space_id))
    if first is None:
        return []
    shown = set(session().scalars(select(StepShare.quarter).where(StepShare.space_id == space_id)))
    ended = ended_since(day_of(first, timezone_of(space_id)), today_in(space_id))
    return [quarter for quarter in ended if str(quarter) not in shown]


def quarters_shown(space_id: uuid.UUID) -> Mapping[str, dict[str, Any]]:
    """What is kept of each quarter that is shown, oldest first."""
    query = select(StepShare.quarter, StepShare.content).where(StepShare.space_id == space_id)
    return {row[0]: row[1] for row in session().execute(query.order_by(StepShare.quarter))}


def who_stepped(space_id: uuid.UUID, quarter: Quarter) -> list[Answer]:
    """Everybody who had a goal in that quarter: 1 with a step in the direction they chose, 0 without."""
    zone = ZoneInfo(timezone_of(space_id))
    begins = datetime.combine(quarter.first, time(), zone)
    ends = datetime.combine(quarter.following.first, time(), zone)
    with_goal = {
        goal.newest.maker_id
        for goal in goals_worded(space_id)
        if goal.newest
        and goal.standing[0].created_at < ends
        and (goal.ended_at is None or goal.ended_at >= begins)
    }
    stepped = select(SmallStep.maker_id).where(
        SmallStep.space_id == space_id,
        SmallStep.withdrawn_at.is_(None),
        SmallStep.direction == Direction.TOWARDS,
        SmallStep.taken_on.between(quarter.first, quarter.last),
    )
    query = (
        select(Membership.id, Voice.key, Membership.id.in_(stepped))
        .outerjoin(Voice, Voice.id == Membership.voice_id)
        .where(Membership.id.in_(with_goal))
    )
    return [Answer(str(row[0]), row[1] or "", (int(row[2]),)) for row in session().execute(query)]


def shares_of(space_id: uuid.UUID, circle: Circle) -> list[QuarterShare]:
    """The share of each quarter as this circle may see it, newest first; voices in their own order."""
    voices = {voice.key: voice for voice in voices_of(space_id)}
    threshold = threshold_of(space_id)
    found = []
    for quarter, content in quarters_shown(space_id).items():
        figures = shown_of(content, circle, threshold)
        each = [(voices.get(key) if key else None, some[0]) for key, some in figures.by_voice.items()]
        order = {voice.id: place for place, voice in enumerate(voices.values())}
        each.sort(key=lambda pair: order[pair[0].id] if pair[0] else len(order))
        together = _stepped(figures.together[0]) if figures.together else None
        by_voice = [_stepped(figure, voice) for voice, figure in each] if len(each) > 1 else []
        found.append(QuarterShare(Quarter.read(quarter), together, by_voice))
    return found[::-1]


def _stepped(figure: Figure, voice: VoiceFacts | None = None) -> Stepped:
    return Stepped(figure.n, figure.counts.get(1, 0), figure.n - figure.counts.get(0, 0), voice)

"""The harvest of a workshop: what was said, agreed, objected to, mapped and promised, and who was there.

It holds what everybody in the room may see, and nothing else: so it is the same for all who get it.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from sqlalchemy import select

from cocreate.core.audience import Viewer, Visibility, visible
from cocreate.core.changes import Change
from cocreate.core.db import session
from cocreate.impacts.models import DesiredImpact, Stance
from cocreate.impacts.queries import ON_IMPACTS, Answers, reason_facts, stands_by_impact, stands_on
from cocreate.impacts.rules import Position, Stage
from cocreate.indicators.models import Indicator
from cocreate.moments.models import Moment, WorkingFactor
from cocreate.replies.models import Commitment, Reply
from cocreate.spaces.queries import (
    SpaceFacts,
    VoiceFacts,
    count_by_voice,
    voices_by_maker,
    voices_needed,
    voices_of,
)
from cocreate.spaces.rules import Act, may
from cocreate.spaces.shelves import versions
from cocreate.trajectories.queries import Map, map_of
from cocreate.workshops.models import Step, Workshop
from cocreate.workshops.queries.closing import Choice, choice_in, map_at_closing
from cocreate.workshops.queries.quotes import (
    Quote,
    ReadBack,
    Shelf,
    by_question,
    read_back_in,
    set_aside_here,
    shelf_of,
)
from cocreate.workshops.queries.results import STANDS, Result, result_of
from cocreate.workshops.queries.workshops import trajectory_of_workshop

HARVEST: Final = "harvest"  # the topic in the log


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish that was on the table: whether it is agreed, how voices stand, who objects, who is missing."""

    id: uuid.UUID
    statement: str
    voice: VoiceFacts | None
    is_agreed: bool
    stands: Answers
    objections: list[Quote]
    missing: list[VoiceFacts]
    agreed_later: datetime | None = None  # when, if that was after the meeting


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a workshop leaves behind."""

    present: list[tuple[VoiceFacts, int]]
    without_voice: int
    missing: list[VoiceFacts]
    shelves: dict[str, Shelf]
    wishes: list[Wish]
    choice: Choice  # of signs, from a list
    map: Map | None
    read_back: list[ReadBack]
    answers: list[tuple[Step, Shelf]]  # to each open question
    results: list[Result]  # of what the room was shown: moods, and whether it is fair
    stops_later: int = 0  # on the map, after the meeting
    set_aside: int = 0  # how many things who leads set aside
    copies: list[datetime] = field(default_factory=list)

    @property
    def people(self) -> int:
        """How many people were there."""
        return sum(count for _voice, count in self.present) + self.without_voice

    @property
    def chosen(self) -> list[str]:
        """The signs that were chosen, as counted before the meeting closed."""
        return self.choice.counted.winners if self.choice.counted else []

    @property
    def agreed(self) -> list[Wish]:
        """What was agreed before the meeting closed."""
        return [wish for wish in self.wishes if wish.is_agreed and not wish.agreed_later]

    @property
    def agreed_later(self) -> list[Wish]:
        """What was agreed after the meeting."""
        return [wish for wish in self.wishes if wish.agreed_later]

    @property
    def is_empty(self) -> bool:
        """Whether nothing of what was told stands here, not even that it was told."""
        told = (
            self.wishes
            or self.chosen
            or self.choice.uncounted
            or self.map
            or self.read_back
            or self.results
            or self.set_aside
        )
        return not (told or any(self.shelves.values()))

    @property
    def open(self) -> list[Wish]:
        """What was on the table and is neither agreed nor objected to."""
        return [wish for wish in self.wishes if not wish.is_agreed and not wish.objections]

    @property
    def objected(self) -> list[Wish]:
        """What somebody objects to and says why."""
        return [wish for wish in self.wishes if wish.objections]


KINDS: Final = (Moment, WorkingFactor, DesiredImpact, Indicator, Reply, Commitment)


def can_read_harvest(viewer: Viewer, workshop: Workshop) -> bool:
    """Who was there reads it once the meeting is closed; who leads also before."""
    if may(viewer, Act.FACILITATE):
        return True
    return workshop.closed_at is not None and workshop.id in viewer.workshop_ids


def harvest_of(workshop: Workshop, space: SpaceFacts) -> Harvest:
    """Everything of this workshop that all who were there may see."""
    room = Viewer(space.id, workshop_ids=frozenset({workshop.id}))
    wall = replace(room, sees_space=True)
    voices = [voice for voice in voices_of(space.id) if not voice.is_imported]
    counts = count_by_voice(workshop.id)
    shelves = {kind.topic: shelf_of(room, kind, workshop.id) for kind in KINDS}
    shown = [found for step in workshop.steps if (found := result_of(workshop, step, space))]
    drawn, stops_later = map_at_closing(_map(wall, workshop.id), workshop)
    return Harvest(
        present=[(voice, counts[voice.id]) for voice in voices if counts.get(voice.id)],
        without_voice=counts.get(None, 0),
        missing=[voice for voice in voices if not counts.get(voice.id)],
        shelves=shelves,
        wishes=_wishes(room, workshop, space, _stands_shown(shown)),
        choice=choice_in(wall, workshop),
        map=drawn,
        read_back=read_back_in(room, workshop.id, space.threshold),
        answers=by_question(shelves[Reply.topic], workshop.id, workshop.steps),
        results=[each for each in shown if each.step.kind not in STANDS],
        stops_later=stops_later,
        set_aside=set_aside_here(workshop.id),
        copies=_copies(workshop),
    )


def _map(wall: Viewer, workshop_id: uuid.UUID) -> Map | None:
    """The map that was drawn on; other meetings may have begun it, or go on with it."""
    trajectory = trajectory_of_workshop(workshop_id)
    seen = map_of(wall, trajectory) if trajectory else None
    return seen if seen and seen.nodes else None


def _stands_shown(shown: Iterable[Result]) -> dict[uuid.UUID, Answers]:
    """How people stand on each wish, as the room was shown it."""
    votes = [vote for each in shown if each.step.kind in STANDS for vote in each.votes]
    return {vote.id: vote.answers for vote in votes}


def _wishes(
    room: Viewer, workshop: Workshop, space: SpaceFacts, stands_shown: Mapping[uuid.UUID, Answers]
) -> list[Wish]:
    """What was proposed here, and what people took a stance on here, as far as the room may see it."""
    stood_on = select(Stance.impact_id).where(
        Stance.workshop_id == workshop.id,
        Stance.withdrawn_at.is_(None),
        Stance.visibility != Visibility.MAKER,  # nobody else may know of it
    )
    here = (DesiredImpact.workshop_id == workshop.id) | DesiredImpact.id.in_(stood_on)
    query = select(DesiredImpact).where(
        here,
        DesiredImpact.withdrawn_at.is_(None),
        visible(replace(room, sees_space=True), DesiredImpact),
        DesiredImpact.is_listed(),
    )
    found = list(session().scalars(query.order_by(DesiredImpact.created_at, DesiredImpact.id)))
    # Whoever reads this belongs to the space: numbers are those that the space sees, or those of the vote
    # that the room was shown.
    reader = Viewer(space.id, membership_id=uuid.UUID(int=0))
    in_library = stands_by_impact(reader, found, space.threshold, voices_of(space.id))
    stands = {**in_library, **stands_shown}
    answered = stands_on(ON_IMPACTS, [impact.id for impact in found])
    needed = voices_needed(space.id)
    objections = _objections(room, workshop.id)
    makers = voices_by_maker(impact.maker_id for impact in found)
    return [
        Wish(
            impact.id,
            impact.statement,
            makers.get(impact.maker_id),
            impact.stage == Stage.AGREED,
            stands[impact.id],
            objections.get(impact.id, []),
            [each for each in needed if each.id not in {one.id for one in answered.get(impact.id, {})}],
            _agreed_later(impact, workshop),
        )
        for impact in found
    ]


def _agreed_later(impact: DesiredImpact, workshop: Workshop) -> datetime | None:
    ended, since = workshop.closed_at, impact.stage_at
    is_later = impact.stage == Stage.AGREED and ended is not None and since is not None and since > ended
    return since if is_later else None


def _objections(room: Viewer, workshop_id: uuid.UUID) -> dict[uuid.UUID, list[Quote]]:
    ids = [made_id for made_id, _version in reversed(versions(room, Stance, workshop_id=workshop_id))]
    found = reason_facts(ids)
    reasons: dict[uuid.UUID, list[Quote]] = {}
    for each in ids:
        row = found.get(each)
        if row and row["position"] == Position.OBJECTION and row["reason"]:
            quote = Quote(each, (row["reason"],), row["voice"], None, row)
            reasons.setdefault(row["impact_id"], []).append(quote)
    return reasons


def _copies(workshop: Workshop) -> list[datetime]:
    query = select(Change.created_at).where(
        Change.space_id == workshop.space_id, Change.topic == HARVEST, Change.subject_id == workshop.id
    )
    return list(session().scalars(query.order_by(Change.seq)))


def workshops_attended(space_id: uuid.UUID, workshop_ids: frozenset[uuid.UUID]) -> list[Workshop]:
    """The closed workshops among these, newest first: each has a harvest to read."""
    query = select(Workshop).where(
        Workshop.space_id == space_id, Workshop.id.in_(workshop_ids), Workshop.closed_at.is_not(None)
    )
    return list(session().scalars(query.order_by(Workshop.closed_at.desc())))

"""The harvest of a workshop: what was said, agreed, objected to, mapped and promised, and who was there.

It holds what everybody in the room may see, and nothing else: so it is the same for all who get it.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select

from cocreate.core.audience import Viewer, Visibility, visible
from cocreate.core.changes import Change
from cocreate.core.db import session, utcnow
from cocreate.impacts.models import DesiredImpact, Stance
from cocreate.impacts.queries import ON_IMPACTS, Answers, stands_by_impact, stands_on
from cocreate.impacts.rules import Position, Stage
from cocreate.indicators.models import Indicator
from cocreate.indicators.queries.ballots import paper_of
from cocreate.indicators.queries.choosing import choosings_of
from cocreate.moments.models import Moment, WorkingFactor
from cocreate.replies.models import Commitment, Reply
from cocreate.replies.queries import summaries_of
from cocreate.spaces.contributions import Contribution
from cocreate.spaces.hiding import is_set_aside
from cocreate.spaces.queries import (
    SpaceFacts,
    VoiceFacts,
    count_by_voice,
    voices_by_maker,
    voices_needed,
    voices_of,
)
from cocreate.spaces.rules import Act, may
from cocreate.spaces.shelves import facts, versions
from cocreate.trajectories.models import Node, Trajectory
from cocreate.trajectories.queries import Map, map_of, trajectory_of_workshop
from cocreate.workshops.models import Grouped, Heading, Step, Workshop
from cocreate.workshops.rules import StepKind

HARVEST: Final = "harvest"  # the topic in the log

_ALSO: Final[Mapping[type[Contribution], tuple[Any, ...]]] = {
    Reply: (Reply.step_id,),
    Commitment: (Commitment.by_on,),
}


@dataclass(frozen=True, slots=True)
class Quote:
    """Something that was said, in the words of who said it."""

    id: uuid.UUID
    words: tuple[str, ...]
    voice: VoiceFacts | None
    signed: str | None
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shelf:
    """All of one kind: what is shown, under headings where somebody made them, and how much stays private."""

    groups: list[tuple[str, list[Quote]]]
    private: int = 0

    @property
    def quotes(self) -> list[Quote]:
        """All that is shown, in order."""
        return [quote for _words, quotes in self.groups for quote in quotes]

    def __bool__(self) -> bool:
        """Whether anything was told at all."""
        return bool(self.quotes or self.private)


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


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a workshop leaves behind."""

    present: list[tuple[VoiceFacts, int]]
    without_voice: int
    missing: list[VoiceFacts]
    shelves: dict[str, Shelf]
    wishes: list[Wish]
    chosen: list[str]
    map: Map | None
    summaries: list[str]
    copies: list[datetime] = field(default_factory=list)

    @property
    def people(self) -> int:
        """How many people were there."""
        return sum(count for _voice, count in self.present) + self.without_voice

    @property
    def agreed(self) -> list[Wish]:
        """What is agreed."""
        return [wish for wish in self.wishes if wish.is_agreed]

    @property
    def is_empty(self) -> bool:
        """Whether nobody told anything, not even for themselves."""
        return not (self.wishes or self.chosen or self.map or self.summaries or any(self.shelves.values()))

    @property
    def open(self) -> list[Wish]:
        """What was on the table and is neither agreed nor objected to."""
        return [wish for wish in self.wishes if not wish.is_agreed and not wish.objections]

    def replies_by_step(self, steps: Iterable[Step]) -> list[tuple[Step, Shelf]]:
        """The answers to each open question, in the order of the agenda."""
        by_step: dict[uuid.UUID, list[tuple[str, list[Quote]]]] = {}
        for words, quotes in self.shelves[Reply.topic].groups:
            for quote in quotes:
                groups = by_step.setdefault(quote.facts["step_id"], [])
                if not groups or groups[-1][0] != words:
                    groups.append((words, []))
                groups[-1][1].append(quote)
        return [(step, Shelf(by_step[step.id])) for step in steps if step.id in by_step]

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
    return Harvest(
        present=[(voice, counts[voice.id]) for voice in voices if counts.get(voice.id)],
        without_voice=counts.get(None, 0),
        missing=[voice for voice in voices if not counts.get(voice.id)],
        shelves={kind.topic: _shelf(room, kind, workshop.id) for kind in KINDS},
        wishes=_wishes(room, workshop, space),
        chosen=_chosen(wall, workshop),
        map=_map(wall, workshop.id),
        summaries=[summary.text for summary in summaries_of(space.id, workshop.id)],
        copies=_copies(workshop),
    )


def _chosen(wall: Viewer, workshop: Workshop) -> list[str]:
    """What was chosen from the list that was open during the meeting, and not in a later one."""
    if workshop.opened_at is None or not any(step.kind == StepKind.CHOOSE for step in workshop.steps):
        return []
    ends = workshop.closed_at or utcnow()
    for choosing in choosings_of(wall.space_id):
        was_open = choosing.opened_at <= ends and (choosing.closed_at or ends) >= workshop.opened_at
        if was_open and choosing.closed_at:
            return paper_of(wall, choosing).winners
    return []


def _map(wall: Viewer, workshop_id: uuid.UUID) -> Map | None:
    """The map that was drawn on; a later meeting may go on with the same one."""
    drawn_here = select(Node.trajectory_id).where(
        Node.workshop_id == workshop_id, Node.withdrawn_at.is_(None)
    )
    found = session().scalar(select(Trajectory).where(Trajectory.id.in_(drawn_here)).limit(1))
    trajectory = found or trajectory_of_workshop(workshop_id)
    seen = map_of(wall, trajectory) if trajectory else None
    return seen if seen and seen.nodes else None


def _shelf(room: Viewer, kind: type[Contribution], workshop_id: uuid.UUID) -> Shelf:
    ids = [made_id for made_id, _version in reversed(versions(room, kind, workshop_id=workshop_id))]
    found = facts(kind, ids, kind.signed.expression, *_ALSO.get(kind, ()))
    quotes = {each: _quote(each, kind, found[each]) for each in ids if each in found}
    private = select(func.count()).where(
        kind.workshop_id == workshop_id,
        kind.withdrawn_at.is_(None),
        kind.visibility == Visibility.MAKER,
        ~is_set_aside(kind),
    )
    return Shelf(
        _grouped(workshop_id, kind.topic, quotes), session().scalar(private.where(kind.is_listed())) or 0
    )


def _quote(made_id: uuid.UUID, kind: type[Contribution], row: Mapping[str, Any]) -> Quote:
    names = ("question",) if kind is Indicator else kind.words
    words = tuple(row[name] for name in names if row[name])
    return Quote(made_id, words, row["voice"], row["signed"], row)


def _grouped(
    workshop_id: uuid.UUID, topic: str, quotes: Mapping[uuid.UUID, Quote]
) -> list[tuple[str, list[Quote]]]:
    query = (
        select(Heading.id, Heading.words, Grouped.subject_id)
        .join(Grouped, Grouped.heading_id == Heading.id)
        .where(Heading.workshop_id == workshop_id, Heading.topic == topic)
        .order_by(Heading.position, Heading.id)
    )
    under: dict[uuid.UUID, tuple[str, set[uuid.UUID]]] = {}
    for heading_id, words, subject_id in session().execute(query):
        under.setdefault(heading_id, (words, set()))[1].add(subject_id)
    groups = [(words, [quotes[each] for each in quotes if each in ids]) for words, ids in under.values()]
    placed = {each for _words, ids in under.values() for each in ids}
    loose = [quote for each, quote in quotes.items() if each not in placed]
    return [(words, found) for words, found in groups if found] + ([("", loose)] if loose else [])


def _wishes(room: Viewer, workshop: Workshop, space: SpaceFacts) -> list[Wish]:
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
    # Whoever reads this belongs to the space: numbers are those that the space sees.
    reader = Viewer(space.id, membership_id=uuid.UUID(int=0))
    stands = stands_by_impact(reader, found, space.threshold, voices_of(space.id))
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
        )
        for impact in found
    ]


def _objections(room: Viewer, workshop_id: uuid.UUID) -> dict[uuid.UUID, list[Quote]]:
    ids = [made_id for made_id, _version in reversed(versions(room, Stance, workshop_id=workshop_id))]
    found = facts(Stance, ids, Stance.impact_id.expression)
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

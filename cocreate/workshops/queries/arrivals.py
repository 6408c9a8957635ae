"""What arrives in a meeting: on the console, under headings, large on the screen, and set aside."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Uuid, case, cast, func, null, select

from cocreate.core.audience import Viewer, visible
from cocreate.core.cards import is_drawn, render_cards
from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.impacts.models import DesiredImpact, RealismCheck, Remark, Stance, Wording
from cocreate.indicators.models import Indicator
from cocreate.moments.models import Moment, WorkingFactor
from cocreate.moments.queries import is_of_meeting
from cocreate.replies.models import Commitment, Reply
from cocreate.spaces.contributions import Contribution
from cocreate.spaces.hiding import SetAside, set_aside_in, words_for
from cocreate.spaces.models import Membership, Voice
from cocreate.spaces.shelves import seen
from cocreate.trajectories.models import Node
from cocreate.workshops.models import Grouped, Heading, Workshop

ARRIVING: Final[Mapping[str, type[Contribution]]] = {
    kind.topic: kind for kind in (Moment, WorkingFactor, DesiredImpact, Indicator, Node, Reply, Commitment)
}
# What is told on a wish has no card here, but who leads can set it aside and take it back in.
ASIDE: Final[Mapping[str, type[Contribution]]] = {
    **ARRIVING,
    **{kind.topic: kind for kind in (Stance, RealismCheck, Wording, Remark)},
}
# What stands on a map has its place there.
GROUPED: Final = frozenset(ARRIVING) - {Node.topic}
MOST: Final = 60  # loose cards of one kind on the console at once; older ones are brought when asked for


@dataclass(frozen=True, slots=True)
class Arrived:
    """A card as who leads sees it."""

    id: uuid.UUID
    topic: str
    step_id: uuid.UUID | None  # the one open question that it answers
    at: datetime
    card: Any
    is_panels_own: bool = False  # or of another meeting: who leads this one cannot set it aside


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The cards that are on the console, newest first, and how many there are of each kind in all.

    Of one kind is here: of one topic, and of answers those to one open question.
    """

    cards: list[Arrived]
    totals: dict[tuple[str, uuid.UUID | None], int]

    @property
    def total(self) -> int:
        """How many things were told, on the console or not."""
        return sum(self.totals.values())


@dataclass(frozen=True, slots=True)
class Group:
    """What stands under one heading, the oldest first; only what this viewer may see."""

    id: uuid.UUID
    topic: str
    words: str
    subjects: list[uuid.UUID] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Aside:
    """Something that was set aside, with its words where who leads may still read them."""

    about: SetAside
    words: list[str]


def kind_of(topic: str) -> type[Contribution]:
    """What arrives under this name; anything else does not exist."""
    if topic not in ARRIVING:
        raise NotFound
    return ARRIVING[topic]


def kind_aside(topic: str) -> type[Contribution]:
    """What can be set aside under this name; anything else does not exist."""
    if topic not in ASIDE:
        raise NotFound
    return ASIDE[topic]


def is_in(kind: type[Contribution], space_id: uuid.UUID, workshop_id: uuid.UUID) -> ColumnElement[bool]:
    """Whether it belongs to this meeting: told in it; or it helped in a moment that was told in it."""
    return is_of_meeting(space_id, workshop_id) if kind is WorkingFactor else kind.workshop_id == workshop_id


def seen_in(viewer: Viewer, topic: str, subject_id: uuid.UUID, workshop_id: uuid.UUID) -> Contribution:
    """What belongs to this meeting and this viewer may see; everything else does not exist."""
    kind = kind_of(topic)
    made = seen(viewer, kind, subject_id)
    belongs = select(kind.id).where(kind.id == subject_id, is_in(kind, viewer.space_id, workshop_id))
    if session().scalar(belongs) is None:
        raise NotFound
    return made


def arrivals(
    viewer: Viewer, workshop_id: uuid.UUID, always: Collection[uuid.UUID] = (), most: int = MOST
) -> Arrivals:
    """What was told in a meeting, as far as this viewer may see it.

    Of each kind the newest, at `most` so many, and `always` these.
    """
    found = Arrivals([], {})
    for kind in ARRIVING.values():
        _arrived(found, viewer, kind, workshop_id, always, most)
    found.cards.sort(key=lambda each: (each.at, each.id), reverse=True)
    return found


def _arrived(
    found: Arrivals,
    viewer: Viewer,
    kind: type[Contribution],
    workshop_id: uuid.UUID,
    always: Collection[uuid.UUID],
    most: int,
) -> None:
    card = kind.meeting_card or kind.topic
    if not is_drawn(card):
        return
    told = _in_order(kind, always).where(
        kind.withdrawn_at.is_(None),
        visible(viewer, kind),
        kind.is_listed(),
        is_in(kind, viewer.space_id, workshop_id),
    )
    placed = told.subquery()
    is_there = (placed.c.is_kept == 1) | (placed.c.place <= most)
    rows = session().execute(select(placed).where(is_there)).all()
    cards = render_cards(card, [(row.id, row.version) for row in rows])
    own = _panels_own([row.id for row in rows]) if kind is Indicator else frozenset()
    for row, drawn in zip(rows, cards, strict=True):
        found.totals[kind.topic, row.step_id] = row.total
        if drawn:
            at = row.created_at
            stays = row.id in own or row.workshop_id != workshop_id
            found.cards.append(Arrived(row.id, kind.topic, row.step_id, at, drawn, stays))


def _in_order(kind: type[Contribution], always: Collection[uuid.UUID]) -> Select[Any]:
    """Each with its place among the newest of its kind that are not there always, and how many there are."""
    step: ColumnElement[Any] = cast(null(), Uuid)
    if kind is Reply:
        step = Reply.step_id.expression
    is_kept = case((kind.id.in_(always), 1), else_=0)
    newest_first = (kind.created_at.desc(), kind.id.desc())
    return select(
        kind.id,
        kind.version,
        kind.created_at,
        kind.workshop_id,
        step.label("step_id"),
        is_kept.label("is_kept"),
        func.row_number().over(partition_by=[step, is_kept], order_by=newest_first).label("place"),
        func.count().over(partition_by=step).label("total"),
    )


def _panels_own(ids: list[uuid.UUID]) -> frozenset[uuid.UUID]:
    maker = select(Indicator.id).join(Membership, Membership.id == Indicator.maker_id)
    panels = maker.join(Voice, Voice.id == Membership.voice_id).where(Voice.is_panel.is_(True))
    return frozenset(session().scalars(panels.where(Indicator.id.in_(ids))))


def grouped(viewer: Viewer, workshop_id: uuid.UUID, topic: str) -> list[Group]:
    """The headings of a meeting over one kind of thing, in order, each with what this viewer may see."""
    kind = kind_of(topic)
    headings = session().execute(
        select(Heading.id, Heading.words)
        .where(Heading.workshop_id == workshop_id, Heading.topic == topic)
        .order_by(Heading.position, Heading.created_at, Heading.id)
    )
    groups = {row.id: Group(row.id, topic, row.words) for row in headings}
    under = (
        select(Grouped.heading_id, kind.id)
        .join(kind, kind.id == Grouped.subject_id)
        .where(
            Grouped.heading_id.in_(groups),
            is_in(kind, viewer.space_id, workshop_id),
            kind.withdrawn_at.is_(None),
            visible(viewer, kind),
            kind.is_listed(),
        )
        .order_by(kind.created_at, kind.id)
    )
    for heading_id, subject_id in session().execute(under) if groups else ():
        groups[heading_id].subjects.append(subject_id)
    return list(groups.values())


def lit_card(room: Viewer, workshop: Workshop) -> Any:
    """The card that the screen shows large, as long as the room may see it."""
    if workshop.lit_topic is None or workshop.lit_id is None or not workshop.is_open:
        return None
    everybody = replace(room, sees_space=True)  # what helped may have been named in an earlier meeting
    try:
        made = seen_in(everybody, workshop.lit_topic, workshop.lit_id, workshop.id)
    except NotFound:
        return None
    return card_of(made)


def card_of(made: Contribution) -> Any:
    """The card of something that was told, as the big screen shows it, without a name; or nothing."""
    name = made.meeting_card or made.topic
    if not is_drawn(name):
        return None
    return render_cards(name, [(made.id, made.version)], is_signed=False)[0] or None


def asides(viewer: Viewer, workshop_id: uuid.UUID) -> list[Aside]:
    """What is set aside of a meeting, for who leads; what its maker took back meanwhile is not there."""
    found = []
    for each in set_aside_in(workshop_id):
        made = session().get(ASIDE[each.topic], each.id)
        if made is not None and made.withdrawn_at is None:
            found.append(Aside(each, words_for(viewer, each, made)))
    return found

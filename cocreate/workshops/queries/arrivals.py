"""What arrives in a meeting: on the console, under headings, large on the screen, and set aside."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from cocreate.core.audience import Viewer, visible
from cocreate.core.cards import is_drawn, render_cards
from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.impacts.models import DesiredImpact
from cocreate.indicators.models import Indicator
from cocreate.moments.models import Moment, WorkingFactor
from cocreate.replies.models import Commitment, Reply
from cocreate.spaces.contributions import Contribution
from cocreate.spaces.hiding import SetAside, may_read, set_aside_in
from cocreate.spaces.models import Membership, Voice
from cocreate.spaces.shelves import seen
from cocreate.trajectories.models import Node
from cocreate.workshops.models import Grouped, Heading, Workshop

ARRIVING: Final[Mapping[str, type[Contribution]]] = {
    kind.topic: kind for kind in (Moment, WorkingFactor, DesiredImpact, Indicator, Node, Reply, Commitment)
}
# What stands on a map has its place there.
GROUPED: Final = frozenset(ARRIVING) - {Node.topic}
MOST: Final = 60  # cards of one kind on the console at once


@dataclass(frozen=True, slots=True)
class Arrived:
    """A card as who leads sees it."""

    id: uuid.UUID
    topic: str
    step_id: uuid.UUID | None  # the one open question that it answers
    at: datetime
    card: Any
    is_panels_own: bool = False


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


def arrivals(viewer: Viewer, workshop_id: uuid.UUID) -> list[Arrived]:
    """What was told in a meeting, as far as this viewer may see it, newest first."""
    found = [each for kind in ARRIVING.values() for each in _arrived(viewer, kind, workshop_id)]
    return sorted(found, key=lambda each: (each.at, each.id), reverse=True)


def _arrived(viewer: Viewer, kind: type[Contribution], workshop_id: uuid.UUID) -> list[Arrived]:
    card = kind.meeting_card or kind.topic
    if not is_drawn(card):
        return []
    step = [Reply.step_id] if kind is Reply else []
    query = select(kind.id, kind.version, kind.created_at, *step).where(
        kind.withdrawn_at.is_(None),
        visible(viewer, kind),
        kind.is_listed(),
        kind.workshop_id == workshop_id,
    )
    rows = session().execute(query.order_by(kind.created_at.desc(), kind.id.desc()).limit(MOST)).all()
    cards = render_cards(card, [(row[0], row[1]) for row in rows])
    own = _panels_own([row[0] for row in rows]) if kind is Indicator else frozenset()
    return [
        Arrived(row[0], kind.topic, row[3] if step else None, row[2], card, row[0] in own)
        for row, card in zip(rows, cards, strict=True)
        if card
    ]


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
    try:
        made = seen(room, kind_of(workshop.lit_topic), workshop.lit_id)
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
        made = session().get(ARRIVING[each.topic], each.id)
        if made is not None and made.withdrawn_at is None:
            is_told = may_read(viewer, each, made.maker_id, made.workshop_id)
            found.append(Aside(each, made.told if is_told else []))
    return found

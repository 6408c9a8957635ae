"""Reading what helped, with the moments in which it did."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import ColumnElement, Select, func, select

from cocreate.core.audience import Viewer, visible
from cocreate.core.cards import render_cards
from cocreate.core.db import session
from cocreate.moments.models import Moment, MomentFactor, WorkingFactor
from cocreate.spaces.shelves import versions

CHIPS = 40  # to tap on the stage; more than that is a search, not a choice
READ = 60  # moments that one meeting reads again


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that helped, to tap; and whether it helped in the moment that is spoken of."""

    id: uuid.UUID
    name: str
    is_linked: bool


@dataclass(frozen=True, slots=True)
class Naming:
    """The moment somebody told last in a workshop, if any, and what can be said to have helped in it."""

    moment: Moment | None
    chips: list[Chip]


def naming(viewer: Viewer, workshop_id: uuid.UUID) -> Naming:
    """What the question “what helped?” begins with on the stage: what is linked, and the newest besides."""
    moment = session().scalar(
        select(Moment)
        .where(
            Moment.maker_id == viewer.membership_id,
            Moment.workshop_id == workshop_id,
            Moment.withdrawn_at.is_(None),
        )
        .order_by(Moment.created_at.desc(), Moment.id.desc())
        .limit(1)
    )
    linked = _factors_in(moment.id) if moment else set()
    return Naming(moment, _chips(viewer, linked, linked))


@dataclass(frozen=True, slots=True)
class MomentToRead:
    """A moment of this meeting, what is said to have helped in it, and what of that others said."""

    id: uuid.UUID
    card: Markup
    linked: frozenset[uuid.UUID]
    fixed: frozenset[uuid.UUID]  # only who said it, and who told the moment, may say that it did not
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The moments of a meeting, one at a time: which is shown first, and what can be tapped in it."""

    moments: list[MomentToRead]
    shown: int
    chips: list[Chip]


def reading(viewer: Viewer, workshop_id: uuid.UUID, first: uuid.UUID | None = None) -> Reading:
    """The moments of this meeting that the viewer may see, as they were told; one of them in front."""
    told = versions(viewer, Moment, workshop_id=workshop_id, limit=READ)[::-1]
    ids = [moment_id for moment_id, _version in told]
    links: dict[uuid.UUID, dict[uuid.UUID, bool]] = defaultdict(dict)
    query = (
        select(MomentFactor.moment_id, MomentFactor.factor_id, MomentFactor.maker_id, Moment.maker_id)
        .join(Moment, Moment.id == MomentFactor.moment_id)
        .where(MomentFactor.moment_id.in_(ids), MomentFactor.alive.is_(True))
    )
    for moment_id, factor_id, *said_by in session().execute(query):
        links[moment_id][factor_id] = viewer.membership_id in said_by
    chips = _chips(viewer, {factor_id for linked in links.values() for factor_id in linked})
    known = {chip.id for chip in chips}
    own = select(Moment.id).where(Moment.id.in_(ids), Moment.maker_id == viewer.membership_id)
    mine = set(session().scalars(own))
    moments = [
        MomentToRead(
            moment_id,
            card,
            frozenset(known & links[moment_id].keys()),
            frozenset(each for each, may_undo in links[moment_id].items() if each in known and not may_undo),
            moment_id in mine,
        )
        for moment_id, card in zip(ids, render_cards(Moment.topic, told), strict=True)
    ]
    shown = ids.index(first) if first in ids else 0
    linked = moments[shown].linked if moments else frozenset()
    return Reading(moments, shown, [Chip(chip.id, chip.name, chip.id in linked) for chip in chips])


@dataclass(frozen=True, slots=True)
class Helped:
    """Something that helped, and in how many moments of a meeting."""

    id: uuid.UUID
    card: Markup
    count: int


def helped_in(viewer: Viewer, workshop_id: uuid.UUID) -> list[Helped]:
    """What helped in the moments of this meeting that this viewer may see, and what was named in it besides;
    what helped in most moments first.
    """
    query = _linked_in(viewer, workshop_id).add_columns(func.count()).group_by(MomentFactor.factor_id)
    counts: dict[uuid.UUID, int] = dict(session().execute(query).all())
    named = {factor_id for factor_id, _version in versions(viewer, WorkingFactor, workshop_id=workshop_id)}
    factors = (
        select(WorkingFactor.id, WorkingFactor.version)
        .where(WorkingFactor.id.in_(named | counts.keys()))
        .order_by(WorkingFactor.created_at, WorkingFactor.id)
    )
    rows = sorted(
        ((row.id, row.version) for row in session().execute(factors)), key=lambda row: -counts.get(row[0], 0)
    )
    cards = render_cards(WorkingFactor.topic, rows, is_signed=False)  # it stands on the big screen
    return [
        Helped(factor_id, card, counts.get(factor_id, 0))
        for (factor_id, _version), card in zip(rows, cards, strict=True)
    ]


def is_of_meeting(space_id: uuid.UUID, workshop_id: uuid.UUID) -> ColumnElement[bool]:
    """Whether something that helped was named in this meeting, or helped in a moment of it. That last only as
    far as everybody in the room may see both: so it is the same for all who look.
    """
    room = Viewer(space_id, workshop_ids=frozenset({workshop_id}), sees_space=True)
    linked = _linked_in(room, workshop_id).correlate(None)
    return (WorkingFactor.workshop_id == workshop_id) | WorkingFactor.id.in_(linked)


def _linked_in(viewer: Viewer, workshop_id: uuid.UUID) -> Select[uuid.UUID]:
    return (
        select(MomentFactor.factor_id)
        .join(Moment, Moment.id == MomentFactor.moment_id)
        .join(WorkingFactor, WorkingFactor.id == MomentFactor.factor_id)
        .where(MomentFactor.alive.is_(True), *_both_seen(viewer), Moment.workshop_id == workshop_id)
    )


def _both_seen(viewer: Viewer) -> list[ColumnElement[bool]]:
    """That both ends of a link are there, and that this viewer may see both."""
    return [
        condition
        for kind in (Moment, WorkingFactor)
        for condition in (kind.withdrawn_at.is_(None), visible(viewer, kind))
    ]


def moments_by_factor(viewer: Viewer) -> dict[uuid.UUID, list[tuple[uuid.UUID, str]]]:
    """In which moments each thing helped: their ids and words, as far as this viewer sees both."""
    query = (
        select(MomentFactor.factor_id, Moment.id, Moment.what_happened)
        .join(Moment, Moment.id == MomentFactor.moment_id)
        .join(WorkingFactor, WorkingFactor.id == MomentFactor.factor_id)
        .where(
            MomentFactor.alive.is_(True),
            *_both_seen(viewer),
        )
        .order_by(Moment.created_at, Moment.id)
    )
    found: dict[uuid.UUID, list[tuple[uuid.UUID, str]]] = defaultdict(list)
    for factor_id, moment_id, words in session().execute(query):
        found[factor_id].append((moment_id, words))
    return found


def _chips(viewer: Viewer, first: Collection[uuid.UUID], linked: Collection[uuid.UUID] = ()) -> list[Chip]:
    newest = (
        select(WorkingFactor.id, WorkingFactor.name, WorkingFactor.created_at)
        .where(WorkingFactor.withdrawn_at.is_(None), visible(viewer, WorkingFactor))
        .order_by(
            WorkingFactor.id.in_(first).desc(), WorkingFactor.created_at.desc(), WorkingFactor.id.desc()
        )
        .limit(CHIPS)
    )
    rows = sorted(session().execute(newest), key=lambda row: (row.created_at, row.id))
    return [Chip(row.id, row.name, row.id in linked) for row in rows]


def _factors_in(moment_id: uuid.UUID) -> set[uuid.UUID]:
    query = select(MomentFactor.factor_id)
    return set(
        session().scalars(query.where(MomentFactor.moment_id == moment_id, MomentFactor.alive.is_(True)))
    )

"""Reading what helped, with the moments in which it did."""

import uuid
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from cocreate.core.audience import Viewer, visible
from cocreate.core.db import session
from cocreate.moments.models import Moment, MomentFactor, WorkingFactor

CHIPS = 40  # to tap on the stage; more than that is a search, not a choice


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
    newest = (
        select(WorkingFactor.id, WorkingFactor.name, WorkingFactor.created_at)
        .where(WorkingFactor.withdrawn_at.is_(None), visible(viewer, WorkingFactor))
        .order_by(
            WorkingFactor.id.in_(linked).desc(), WorkingFactor.created_at.desc(), WorkingFactor.id.desc()
        )
        .limit(CHIPS)
    )
    rows = sorted(session().execute(newest), key=lambda row: (row.created_at, row.id))
    return Naming(moment, [Chip(row.id, row.name, row.id in linked) for row in rows])


def moments_by_factor(viewer: Viewer) -> dict[uuid.UUID, list[tuple[uuid.UUID, str]]]:
    """In which moments each thing helped: their ids and words, as far as this viewer sees both."""
    query = (
        select(MomentFactor.factor_id, Moment.id, Moment.what_happened)
        .join(Moment, Moment.id == MomentFactor.moment_id)
        .join(WorkingFactor, WorkingFactor.id == MomentFactor.factor_id)
        .where(
            MomentFactor.alive.is_(True),
            *[kind.withdrawn_at.is_(None) for kind in (Moment, WorkingFactor)],
            *[visible(viewer, kind) for kind in (Moment, WorkingFactor)],
        )
        .order_by(Moment.created_at, Moment.id)
    )
    found: dict[uuid.UUID, list[tuple[uuid.UUID, str]]] = defaultdict(list)
    for factor_id, moment_id, words in session().execute(query):
        found[factor_id].append((moment_id, words))
    return found


def _factors_in(moment_id: uuid.UUID) -> set[uuid.UUID]:
    query = select(MomentFactor.factor_id)
    return set(
        session().scalars(query.where(MomentFactor.moment_id == moment_id, MomentFactor.alive.is_(True)))
    )

"""Sharing moments, and naming what helped in them."""

import uuid
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select

from cocreate.core.audience import Viewer, sees, visible
from cocreate.core.changes import Log
from cocreate.core.problems import NotFound
from cocreate.moments.models import Moment, MomentFactor, WorkingFactor
from cocreate.moments.rules import key_of
from cocreate.spaces.contributions import Arrival, contribute, once
from cocreate.spaces.rules import Activity

T = TypeVar("T", Moment, WorkingFactor)


@dataclass(frozen=True, slots=True)
class MomentDraft:
    """What somebody tells."""

    what_happened: str
    why_it_mattered: str = ""
    what_made_it_possible: str = ""


def share_moment(viewer: Viewer, arrival: Arrival, draft: MomentDraft) -> dict[str, Any]:
    """Keep a moment that somebody tells in a workshop."""

    def keep(log: Log) -> Moment:
        moment = Moment(
            id=arrival.id,
            space_id=log.space_id,
            maker_id=viewer.membership_id,
            workshop_id=arrival.workshop_id,
            visibility=arrival.visibility,
            what_happened=draft.what_happened,
            why_it_mattered=draft.why_it_mattered,
            what_made_it_possible=draft.what_made_it_possible,
        )
        log.session.add(moment)
        return moment

    return contribute(viewer, arrival, Activity.MOMENTS, keep)


def name_factor(
    viewer: Viewer, arrival: Arrival, name: str, moment_id: uuid.UUID | None = None
) -> dict[str, Any]:
    """Keep what helped, in that moment if one is given. A name that the viewer sees already is one."""

    def keep(log: Log) -> WorkingFactor:
        factor = _same(log, viewer, name)
        if factor is None:
            factor = WorkingFactor(
                id=arrival.id,
                space_id=log.space_id,
                maker_id=viewer.membership_id,
                workshop_id=arrival.workshop_id,
                visibility=arrival.visibility,
                name=name,
            )
            log.session.add(factor)
            log.session.flush()
        if moment_id is not None:
            _link(log, viewer, _seen(log, viewer, Moment, moment_id), factor)
        return factor

    return contribute(viewer, arrival, Activity.MOMENTS, keep)


def link_moment(
    viewer: Viewer, arrival: Arrival, moment_id: uuid.UUID, factor_id: uuid.UUID
) -> dict[str, Any]:
    """Say that this helped in that moment too. Twice is as good as once."""

    def work(log: Log) -> WorkingFactor:
        factor = _seen(log, viewer, WorkingFactor, factor_id)
        _link(log, viewer, _seen(log, viewer, Moment, moment_id), factor)
        return factor

    return once(viewer, arrival, Activity.MOMENTS, work)


def unlink_moment(
    viewer: Viewer, arrival: Arrival, moment_id: uuid.UUID, factor_id: uuid.UUID
) -> dict[str, Any]:
    """It did not help there after all; for who said so, and for who told the moment."""

    def work(log: Log) -> WorkingFactor:
        link = _link_of(log, moment_id, factor_id)
        moment = log.session.get(Moment, moment_id)
        factor = log.session.get(WorkingFactor, factor_id)
        if link is None or moment is None or factor is None:
            raise NotFound
        if viewer.membership_id not in (link.maker_id, moment.maker_id):
            raise NotFound
        if link.alive:
            link.alive = False
            _record(log, viewer, moment, factor, "unlinked")
        return factor

    return once(viewer, arrival, Activity.MOMENTS, work)


def _same(log: Log, viewer: Viewer, name: str) -> WorkingFactor | None:
    """What is called so already, as far as this viewer may know: their own first, then the oldest."""
    names = (
        select(WorkingFactor.id, WorkingFactor.name)
        .where(WorkingFactor.withdrawn_at.is_(None), visible(viewer, WorkingFactor))
        .order_by(
            (WorkingFactor.maker_id == viewer.membership_id).desc(),
            WorkingFactor.created_at,
            WorkingFactor.id,
        )
    )
    wanted = key_of(name)
    same = (row.id for row in log.session.execute(names) if key_of(row.name) == wanted)
    found = next(same, None)
    return log.session.get(WorkingFactor, found) if found else None


def _link(log: Log, viewer: Viewer, moment: Moment, factor: WorkingFactor) -> None:
    link = _link_of(log, moment.id, factor.id)
    if link is None:
        ends = {"moment_id": moment.id, "factor_id": factor.id}
        log.session.add(MomentFactor(**ends, maker_id=viewer.membership_id))
    elif not link.alive and viewer.membership_id:
        link.alive, link.maker_id = True, viewer.membership_id
    else:
        return
    _record(log, viewer, moment, factor, "linked")


def _link_of(log: Log, moment_id: uuid.UUID, factor_id: uuid.UUID) -> MomentFactor | None:
    pair = (MomentFactor.moment_id == moment_id) & (MomentFactor.factor_id == factor_id)
    return log.session.scalar(select(MomentFactor).where(pair))


def _record(log: Log, viewer: Viewer, moment: Moment, factor: WorkingFactor, verb: str) -> None:
    """For who sees the moment; the face of it is for who sees what helped. So one must see both."""
    log.record(
        factor.topic,
        verb,
        audience=moment.audience,
        subject_type=factor.topic,
        subject_id=factor.id,
        actor_id=viewer.membership_id,
        payload={"moment_id": str(moment.id)},
    )


def _seen(log: Log, viewer: Viewer, kind: type[T], contribution_id: uuid.UUID) -> T:
    """What this viewer may see; everything else does not exist."""
    made = log.session.get(kind, contribution_id)
    if made is None or made.space_id != log.space_id or made.withdrawn_at is not None:
        raise NotFound
    if not sees(viewer, made.audience):
        raise NotFound
    return made

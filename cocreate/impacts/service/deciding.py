"""Deciding together: what kind of change it is, doubles that become one, and when something is agreed."""

import uuid

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from cocreate.core.audience import Viewer, sees
from cocreate.core.changes import Log, changing
from cocreate.core.db import utcnow
from cocreate.core.problems import Conflict, Invalid, NotFound
from cocreate.impacts.models import DesiredImpact, Wording
from cocreate.impacts.queries import impact_seen, voices_missing
from cocreate.impacts.rules import Facets, Stage
from cocreate.spaces.contributions import changed, record
from cocreate.spaces.rules import Act, may


def describe(viewer: Viewer, impact_id: uuid.UUID, facets: Facets) -> None:
    """Say what kind of change it is; whoever proposed it may, and who leads."""
    with changing(viewer.space_id) as log:
        impact = impact_seen(viewer, impact_id)
        if not (may(viewer, Act.FACILITATE) or may(viewer, Act.CONTRIBUTE, impact.maker_id)):
            raise NotFound
        if impact.facets != facets:
            impact.level, impact.is_prevention = facets.level, facets.is_prevention
            impact.horizon, impact.lens = facets.horizon, facets.lens
            changed(log, impact, viewer.membership_id, "described")


def take_wording(viewer: Viewer, wording_id: uuid.UUID, is_taken: bool) -> uuid.UUID:
    """Whoever proposed the impact, and nobody else, takes over how somebody would say it, or goes back.

    Gives which impact it was.
    """
    with changing(viewer.space_id) as log:
        wording = log.session.get(Wording, wording_id)
        if wording is None or wording.withdrawn_at is not None or not sees(viewer, wording.audience):
            raise NotFound
        impact = impact_seen(viewer, wording.impact_id)
        if not may(viewer, Act.CONTRIBUTE, impact.maker_id):
            raise NotFound
        others = update(Wording).where(Wording.impact_id == impact.id, Wording.taken_at.is_not(None))
        log.session.execute(others.values(taken_at=None))
        wording.taken_at = utcnow() if is_taken else None
        wording.touch()
        changed(log, impact, viewer.membership_id, "worded")
        return impact.id


def absorb(viewer: Viewer, impact_id: uuid.UUID, other_id: uuid.UUID) -> None:
    """The other one says the same: it is told under this one from now on, with its maker and its stances.

    Stances stay with the words they were given for: nobody takes a stance for another.
    """
    _require_lead(viewer)
    with changing(viewer.space_id) as log:
        impact, other = impact_seen(viewer, impact_id), impact_seen(viewer, other_id)
        if impact.id == other.id:
            raise Invalid(_l("That is the same one. Choose another."))
        if impact.absorbed_by_id is not None or other.absorbed_by_id is not None:
            raise Conflict(_l("One of them is told under another already."))
        other.absorbed_by_id = impact.id
        # What was told under the other one comes along, so that nothing is nested out of sight.
        below = update(DesiredImpact).where(DesiredImpact.absorbed_by_id == other.id)
        log.session.execute(below.values(absorbed_by_id=impact.id))
        changed(log, other, viewer.membership_id, "absorbed")
        changed(log, impact, viewer.membership_id, "described")


def release(viewer: Viewer, impact_id: uuid.UUID) -> None:
    """It is not the same after all: it stands on its own again."""
    _require_lead(viewer)
    with changing(viewer.space_id) as log:
        impact = impact_seen(viewer, impact_id)
        if impact.absorbed_by_id is None:
            return
        above = log.session.get_one(DesiredImpact, impact.absorbed_by_id)
        impact.absorbed_by_id = None
        changed(log, impact, viewer.membership_id, "released")
        changed(log, above, viewer.membership_id, "described")


def move_to(viewer: Viewer, impact_id: uuid.UUID, stage: Stage) -> None:
    """Say how far it has come. Agreed only with a stance from every voice that the space needs."""
    _require_lead(viewer)
    with changing(viewer.space_id) as log:
        impact = impact_seen(viewer, impact_id)
        if impact.absorbed_by_id is not None:
            raise Conflict(_l("This one is told under another. Decide about that one."))
        if impact.stage == stage:
            return
        if stage is Stage.AGREED and (missing := voices_missing(impact)):
            names = ", ".join(voice.name for voice in missing)
            raise Conflict(
                _l("Not yet: nobody of these voices has said where they stand: %(voices)s.", voices=names)
            )
        impact.stage, impact.stage_at = stage, utcnow()
        changed(log, impact, viewer.membership_id, "decided", {"stage": stage})


def keep_agreement(log: Log, impact: DesiredImpact) -> None:
    """What is agreed stays so only as long as every voice that is needed has somebody's stance."""
    log.session.flush()
    if impact.stage == Stage.AGREED and voices_missing(impact):
        impact.stage, impact.stage_at = Stage.IN_DISCUSSION, utcnow()
        impact.touch()
        record(log, impact, "decided", {"stage": Stage.IN_DISCUSSION})


def keep_agreements(log: Log) -> None:
    """Other voices are needed or heard now: look at all that is agreed in this space."""
    agreed = (DesiredImpact.space_id == log.space_id) & (DesiredImpact.stage == Stage.AGREED)
    query = select(DesiredImpact).where(agreed, DesiredImpact.withdrawn_at.is_(None))
    for impact in log.session.scalars(query).all():
        keep_agreement(log, impact)


def _require_lead(viewer: Viewer) -> None:
    if not may(viewer, Act.FACILITATE):
        raise NotFound

"""Deciding together: what kind of change it is, and when something is agreed."""

import uuid

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from cocreate.core.audience import Viewer
from cocreate.core.changes import Log, changing
from cocreate.core.db import utcnow
from cocreate.core.problems import Conflict, NotFound
from cocreate.impacts.models import DesiredImpact
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

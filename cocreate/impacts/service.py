"""Proposing what we want, and taking a stance on it."""

import uuid
from typing import Any

from sqlalchemy import select

from cocreate.core.audience import Viewer, Visibility, sees
from cocreate.core.changes import Log
from cocreate.core.problems import NotFound
from cocreate.impacts.models import DesiredImpact, Stance
from cocreate.impacts.rules import Position
from cocreate.spaces.contributions import Arrival, contribute, record
from cocreate.spaces.rules import Activity


def propose_impact(viewer: Viewer, arrival: Arrival, statement: str) -> dict[str, Any]:
    """Keep a proposal of what somebody wants to achieve."""

    def keep(log: Log) -> DesiredImpact:
        impact = DesiredImpact(
            id=arrival.id,
            space_id=log.space_id,
            maker_id=viewer.membership_id,
            workshop_id=arrival.workshop_id,
            visibility=arrival.visibility,
            statement=statement,
        )
        log.session.add(impact)
        return impact

    return contribute(viewer, arrival, Activity.IMPACTS, keep)


def take_stance(
    viewer: Viewer, arrival: Arrival, impact_id: uuid.UUID, position: Position, reason: str = ""
) -> dict[str, Any]:
    """Keep where this viewer stands; it replaces their earlier stance on the same impact."""

    def keep(log: Log) -> Stance:
        impact = visible_impact(log, viewer, impact_id)
        theirs = (Stance.impact_id == impact_id) & (Stance.maker_id == viewer.membership_id)
        stance = log.session.scalar(select(Stance).where(theirs))
        if stance is None:
            stance = Stance(
                id=arrival.id,
                impact_id=impact_id,
                space_id=log.space_id,
                maker_id=viewer.membership_id,
                version=0,
            )
            log.session.add(stance)
        stance.workshop_id, stance.visibility = arrival.workshop_id, arrival.visibility
        stance.position, stance.reason, stance.withdrawn_at = position, reason, None
        stance.touch()
        show_again(log, impact)
        return stance

    return contribute(viewer, arrival, Activity.IMPACTS, keep)


def visible_impact(log: Log, viewer: Viewer, impact_id: uuid.UUID) -> DesiredImpact:
    """An impact this viewer may see; everything else does not exist."""
    impact = log.session.get(DesiredImpact, impact_id)
    if impact is None or impact.space_id != log.space_id or impact.withdrawn_at is not None:
        raise NotFound
    if not sees(viewer, impact.audience):
        raise NotFound
    return impact


def show_again(log: Log, impact: DesiredImpact) -> None:
    """The card of an impact looks different: how people stand has changed."""
    impact.touch()
    log.session.flush()
    if impact.visibility != Visibility.MAKER:
        record(log, impact, "changed")


def show_impact_of(log: Log, stance_id: uuid.UUID) -> None:
    """A stance was taken back or shown to others: its impact must count anew."""
    stance = log.session.get(Stance, stance_id)
    impact = log.session.get(DesiredImpact, stance.impact_id) if stance else None
    if impact is not None and impact.withdrawn_at is None:
        show_again(log, impact)

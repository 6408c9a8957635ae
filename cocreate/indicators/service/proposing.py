"""Proposing how we would notice."""

import uuid
from typing import Any

from cocreate.core.audience import Viewer
from cocreate.core.changes import Log
from cocreate.impacts.queries import impact_seen
from cocreate.indicators.models import Indicator
from cocreate.spaces.contributions import Arrival, contribute
from cocreate.spaces.rules import Activity


def propose_indicator(
    viewer: Viewer, arrival: Arrival, impact_id: uuid.UUID, question: str
) -> dict[str, Any]:
    """Keep a sign by which somebody would notice an impact."""

    def keep(log: Log) -> Indicator:
        indicator = Indicator(
            id=arrival.id,
            space_id=log.space_id,
            maker_id=viewer.membership_id,
            workshop_id=arrival.workshop_id,
            visibility=arrival.visibility,
            impact_id=impact_seen(viewer, impact_id).id,
            question=question,
        )
        log.session.add(indicator)
        return indicator

    return contribute(viewer, arrival, Activity.INDICATORS, keep)

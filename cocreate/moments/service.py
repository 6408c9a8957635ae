"""Sharing moments."""

from dataclasses import dataclass
from typing import Any

from cocreate.core.audience import Viewer
from cocreate.core.changes import Log
from cocreate.moments.models import Moment
from cocreate.spaces.contributions import Arrival, contribute
from cocreate.spaces.rules import Activity


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

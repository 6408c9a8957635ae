"""Reading desired impacts with their stances."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import case, func, select

from cocreate.core.audience import Viewer, Visibility, visible
from cocreate.core.db import session
from cocreate.impacts.models import DesiredImpact, Stance
from cocreate.impacts.rules import Position, tally_by_voice
from cocreate.spaces.models import Membership, Space, Voice
from cocreate.spaces.queries import VoiceFacts
from cocreate.spaces.shelves import facts


def impact_facts(ids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, Mapping[str, Any]]:
    """What the cards of these impacts show: the statement, and how each voice stands."""
    found = facts(DesiredImpact, ids)
    stands = _stands(found)
    thresholds = _thresholds(found)
    return {
        impact_id: {**row, **_shown(stands.get(impact_id, {}), thresholds[impact_id])}
        for impact_id, row in found.items()
    }


def reason_facts(ids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, Mapping[str, Any]]:
    """What the cards of these stances show: where somebody stands, and why."""
    found = facts(Stance, ids)
    query = select(Stance.id, Stance.impact_id).where(Stance.id.in_(set(found)))
    impacts = dict(session().execute(query).all())
    return {stance_id: {**row, "impact_id": impacts[stance_id]} for stance_id, row in found.items()}


def reasons_seen(viewer: Viewer) -> dict[uuid.UUID, list[tuple[uuid.UUID, int]]]:
    """The stances with a reason that this viewer may see, by impact; objections first."""
    query = select(Stance.impact_id, Stance.id, Stance.version).where(
        Stance.reason != "", Stance.withdrawn_at.is_(None), visible(viewer, Stance)
    )
    objections_first = case((Stance.position == Position.OBJECTION, 0), else_=1)
    reasons: dict[uuid.UUID, list[tuple[uuid.UUID, int]]] = defaultdict(list)
    for impact_id, stance_id, version in session().execute(
        query.order_by(objections_first, Stance.created_at)
    ):
        reasons[impact_id].append((stance_id, version))
    return reasons


def _shown(stands: Mapping[VoiceFacts, Mapping[Position, int]], threshold: int) -> dict[str, Any]:
    by_key = {voice.key: split for voice, split in stands.items()}
    tallies, overall = tally_by_voice(by_key, threshold)
    rows = [(voice, tallies[voice.key]) for voice in stands]
    return {"tallies": rows, "overall": overall, "threshold": threshold}


def _stands(impact_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, dict[VoiceFacts, dict[Position, int]]]:
    columns = (Voice.id, Voice.key, Voice.name, Voice.icon, Voice.tone)
    query = (
        select(Stance.impact_id, Stance.position, func.count().label("people"), *columns)
        .join(Membership, Membership.id == Stance.maker_id)
        .join(Voice, Voice.id == Membership.voice_id)
        .where(
            Stance.impact_id.in_(set(impact_ids)),
            Stance.withdrawn_at.is_(None),
            Stance.visibility != Visibility.MAKER,
        )
        .group_by(Stance.impact_id, Stance.position, *columns, Voice.position)
        .order_by(Voice.position)
    )
    stands: dict[uuid.UUID, dict[VoiceFacts, dict[Position, int]]] = defaultdict(dict)
    for row in session().execute(query):
        voice = VoiceFacts(row.id, row.key, row.name, row.icon, row.tone)
        stands[row.impact_id].setdefault(voice, {})[Position(row.position)] = row.people
    return stands


def _thresholds(impact_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    query = select(DesiredImpact.id, Space.threshold).join(Space, Space.id == DesiredImpact.space_id)
    rows = session().execute(query.where(DesiredImpact.id.in_(set(impact_ids))))
    return dict(rows.all())

"""Reading desired impacts with their stances."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, select

from cocreate.core.audience import Visibility
from cocreate.core.db import session
from cocreate.impacts.models import DesiredImpact, Stance
from cocreate.impacts.rules import Position, tally_by_voice
from cocreate.spaces.models import Membership, Space, Voice
from cocreate.spaces.queries import VoiceFacts
from cocreate.spaces.shelves import facts


def impact_facts(ids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, Mapping[str, Any]]:
    """What the cards of these impacts show: the statement, and how each voice stands."""
    threshold = select(Space.threshold).where(Space.id == DesiredImpact.space_id).scalar_subquery()
    found = facts(DesiredImpact, ids, threshold.label("threshold"))
    stands = _stands(found)
    return {
        impact_id: {**row, **_shown(stands.get(impact_id, {}), row["threshold"])}
        for impact_id, row in found.items()
    }


def reason_facts(ids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, Mapping[str, Any]]:
    """What the cards of these stances show: where somebody stands, and why."""
    return facts(Stance, ids, Stance.impact_id.expression)


def _shown(stands: Mapping[VoiceFacts, Mapping[Position, int]], threshold: int) -> dict[str, Any]:
    by_key = {voice.key: split for voice, split in stands.items()}
    tallies, overall = tally_by_voice(by_key, threshold)
    rows = [(voice, tallies[voice.key]) for voice in stands]
    return {"tallies": rows, "overall": overall}


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
    voices: dict[uuid.UUID, VoiceFacts] = {}
    for row in session().execute(query):
        voice = voices.setdefault(row.id, VoiceFacts(row.id, row.key, row.name, row.icon, row.tone))
        stands[row.impact_id].setdefault(voice, {})[Position(row.position)] = row.people
    return stands

"""Reading desired impacts with their stances."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import and_, func, or_, select

from cocreate.core.audience import Viewer, Visibility
from cocreate.core.db import session
from cocreate.impacts.models import DesiredImpact, Stance
from cocreate.impacts.rules import OUTSIDE_THRESHOLD, Circle, Position, tallies_by_circle
from cocreate.spaces.models import Membership, Space, Voice
from cocreate.spaces.queries import VoiceFacts
from cocreate.spaces.shelves import facts

# The farthest circle that may know of something, by how far it is shown; nobody, when only its maker may.
FARTHEST = {
    Visibility.PUBLIC: Circle.OUTSIDE,
    Visibility.SPACE: Circle.SPACE,
    Visibility.WORKSHOP: Circle.MEETING,
}
OUTSIDE_CARD = "impact:outside"
Stands = Mapping[VoiceFacts, Mapping[Circle, Mapping[Position, int]]]


def impact_facts(
    ids: Iterable[uuid.UUID], circle: Circle = Circle.SPACE
) -> Mapping[uuid.UUID, Mapping[str, Any]]:
    """What this circle sees on the cards of these impacts: the statement, and how each voice stands."""
    threshold = select(Space.threshold).where(Space.id == DesiredImpact.space_id).scalar_subquery()
    told = (threshold.label("threshold"), DesiredImpact.visibility.expression)
    found = facts(DesiredImpact, ids, *told)
    stands = _stands(found)
    return {
        impact_id: {**row, **_shown(stands.get(impact_id, {}), circle, row["visibility"], row["threshold"])}
        for impact_id, row in found.items()
    }


def card_seen_by(viewer: Viewer) -> str:
    """Which card of an impact this viewer reads in the library."""
    return DesiredImpact.topic if viewer.is_member else OUTSIDE_CARD


def reason_facts(ids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, Mapping[str, Any]]:
    """What the cards of these stances show: where somebody stands, and why."""
    return facts(Stance, ids, Stance.impact_id.expression)


def _shown(stands: Stands, circle: Circle, visibility: str, threshold: int) -> dict[str, Any]:
    """How people stand, for this circle; for the farthest that sees the proposal, when this one does not."""
    farthest = FARTHEST.get(Visibility(visibility), Circle.MEETING)
    thresholds = {each: threshold for each in Circle if not each.is_farther_than(farthest)}
    if Circle.OUTSIDE in thresholds:
        thresholds[Circle.OUTSIDE] = max(threshold, OUTSIDE_THRESHOLD)
    counts = {
        each: {voice.key: split[each] for voice, split in stands.items() if each in split} for each in Circle
    }
    found = tallies_by_circle(counts, thresholds)
    tallies, overall = found.get(circle) or found[farthest]
    rows = [(voice, tallies[voice.key]) for voice in stands if voice.key in tallies]
    return {"tallies": rows, "overall": overall}


def _stands(impact_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Stands]:
    columns = (Voice.id, Voice.key, Voice.name, Voice.icon, Voice.tone)
    query = (
        select(Stance.impact_id, Stance.position, Stance.visibility, func.count().label("people"), *columns)
        .join(DesiredImpact, DesiredImpact.id == Stance.impact_id)
        .join(Membership, Membership.id == Stance.maker_id)
        .join(Voice, Voice.id == Membership.voice_id)
        .where(
            Stance.impact_id.in_(set(impact_ids)),
            Stance.withdrawn_at.is_(None),
            # What is meant for a meeting counts in that meeting, and only if the proposal was made there.
            or_(
                Stance.visibility.in_([Visibility.SPACE, Visibility.PUBLIC]),
                and_(
                    Stance.visibility == Visibility.WORKSHOP,
                    Stance.workshop_id == DesiredImpact.workshop_id,
                ),
            ),
        )
        .group_by(Stance.impact_id, Stance.position, Stance.visibility, *columns, Voice.position)
        .order_by(Voice.position)
    )
    stands: dict[uuid.UUID, dict[VoiceFacts, dict[Circle, dict[Position, int]]]] = defaultdict(dict)
    voices: dict[uuid.UUID, VoiceFacts] = {}
    for row in session().execute(query):
        voice = voices.setdefault(row.id, VoiceFacts(row.id, row.key, row.name, row.icon, row.tone))
        by_circle = stands[row.impact_id].setdefault(voice, {})
        by_circle.setdefault(FARTHEST[Visibility(row.visibility)], {})[Position(row.position)] = row.people
    return {**stands}

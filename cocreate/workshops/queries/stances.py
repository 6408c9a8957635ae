"""The part in which people say where they stand: how far it is, and what came out."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from cocreate.core.audience import Viewer, Visibility
from cocreate.core.db import session
from cocreate.impacts.models import DesiredImpact, Stance
from cocreate.impacts.queries import ON_IMPACTS, Answers, impacts_seen, stands_by_impact, stands_on
from cocreate.spaces.models import Membership
from cocreate.spaces.queries import SpaceFacts, VoiceFacts, count_by_voice, voices_needed, voices_of
from cocreate.spaces.shelves import versions
from cocreate.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class Spoken:
    """How many people of a voice said where they stand, of how many who are here."""

    voice: VoiceFacts
    people: int
    present: int


@dataclass(frozen=True, slots=True)
class SoFar:
    """How far a meeting is: never who, and never where somebody stands."""

    proposals: int
    spoken: Sequence[Spoken]


@dataclass(frozen=True, slots=True)
class CameOut:
    """How people stand towards one proposal, as far as it may be shown, and the voices that are missing."""

    id: uuid.UUID
    statement: str
    stands: Answers
    missing: Sequence[VoiceFacts]


def stances_so_far(room: Viewer, workshop: Workshop) -> SoFar:
    """How many people spoke here, as far as others may know that they did: what is only for its maker is
    counted nowhere.
    """
    query = (
        select(Membership.voice_id, func.count(Stance.maker_id.distinct()))
        .join(Membership, Membership.id == Stance.maker_id)
        .where(
            Stance.workshop_id == workshop.id,
            Stance.withdrawn_at.is_(None),
            Stance.visibility != Visibility.MAKER,
        )
        .group_by(Membership.voice_id)
    )
    spoken = dict(session().execute(query).all())
    present = count_by_voice(workshop.id)
    voices = [voice for voice in voices_of(workshop.space_id) if present.get(voice.id)]
    return SoFar(
        len(versions(room, DesiredImpact)),
        [Spoken(voice, spoken.get(voice.id, 0), present[voice.id]) for voice in voices],
    )


def stances_that_came_out(room: Viewer, space: SpaceFacts) -> list[CameOut]:
    """What came out, proposal by proposal; `room` sees what everybody in the space may see.

    The numbers are those of the last step of enough people: while a meeting is at it nothing new is in them.
    """
    found = impacts_seen(room)
    reader = Viewer(space.id, membership_id=uuid.UUID(int=0))  # who is here belongs to the space
    stands = stands_by_impact(reader, found, space.threshold, voices_of(space.id))
    needed = voices_needed(space.id)
    heard = stands_on(ON_IMPACTS, [impact.id for impact in found])
    return [
        CameOut(
            impact.id,
            impact.statement,
            stands[impact.id],
            [voice for voice in needed if voice not in heard.get(impact.id, {})],
        )
        for impact in found
    ]

"""The part in which people say where they stand: how far it is. What came out is in `results`."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from cocreate.core.audience import Viewer, Visibility
from cocreate.core.db import session
from cocreate.impacts.models import DesiredImpact, Stance
from cocreate.spaces.models import Membership
from cocreate.spaces.queries import VoiceFacts, count_by_voice, voices_of
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

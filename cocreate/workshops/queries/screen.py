"""What a room sees of itself: how much was told, and how much of that is for its eyes."""

import uuid
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from cocreate.core.audience import Viewer, visible
from cocreate.core.db import session
from cocreate.impacts.models import DesiredImpact
from cocreate.indicators.models import Answer, Indicator
from cocreate.moments.models import Moment, WorkingFactor
from cocreate.replies.models import Commitment, Reply
from cocreate.spaces.contributions import Contribution
from cocreate.spaces.hiding import is_set_aside

KINDS: Final[tuple[type[Contribution], ...]] = (
    Moment,
    WorkingFactor,
    DesiredImpact,
    Indicator,
    Reply,
    Commitment,
)


@dataclass(frozen=True, slots=True)
class Told:
    """How many things were told, and how many of them the room may read. The others only count."""

    told: int
    shown: int


def told_in(room: Viewer, workshop_id: uuid.UUID) -> dict[str, Told]:
    """How much was told in a meeting, by topic."""
    return {kind.topic: _told(room, kind, workshop_id) for kind in KINDS}


def answered_in(workshop_id: uuid.UUID) -> int:
    """How many people answered a question of a round in this meeting: never who, or what."""
    here = (Answer.workshop_id == workshop_id) & Answer.withdrawn_at.is_(None)
    return session().scalar(select(func.count(Answer.maker_id.distinct())).where(here)) or 0


def _told(room: Viewer, kind: type[Contribution], workshop_id: uuid.UUID) -> Told:
    here = (kind.workshop_id == workshop_id) & kind.withdrawn_at.is_(None) & kind.is_listed()
    here &= ~is_set_aside(kind)
    shown = func.count().filter(visible(room, kind))
    told, seen = session().execute(select(func.count(), shown).select_from(kind).where(here)).one()
    return Told(told, seen)

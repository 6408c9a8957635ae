"""The pace of a meeting: how long each part takes, how much of it is over, how much is left of all."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from cocreate.core.changes import Change
from cocreate.core.clocks import later
from cocreate.core.db import session, utcnow
from cocreate.workshops.models import Step, Workshop
from cocreate.workshops.rules import clock_times


@dataclass(frozen=True, slots=True)
class Pace:
    """Where a meeting is on its way. Seconds and times are by the server's clock."""

    elapsed: int  # seconds that the part on stage runs, without pauses
    is_paused: bool
    starts: list[datetime]  # when each part begins
    ends_at: datetime
    left: int  # seconds until the end; a part that takes too long moves the end
    rest: int  # seconds of the parts that come after the one on stage
    planned_end: datetime | None  # when it would end had it begun in time, and nothing been extended


def began_at(workshop: Workshop, now: datetime) -> datetime:
    """Since when the part on stage runs, as if it had never been paused."""
    begun = workshop.step_started_at or now
    return begun + (now - workshop.paused_at) if workshop.paused_at else begun


def elapsed(workshop: Workshop) -> int:
    """Seconds since the part on stage began, without pauses."""
    now = utcnow()
    return max(0, int((now - began_at(workshop, now)).total_seconds()))


def pace(workshop: Workshop) -> Pace:
    """How far a meeting is. Before its doors open it counts from when it is planned, else from now."""
    now = utcnow()
    minutes = [step.whole_minutes for step in workshop.steps]
    place = next((i for i, step in enumerate(workshop.steps) if step.id == workshop.current_step_id), None)
    anchor = (workshop.planned_at or now) if place is None else began_at(workshop, now)
    starts = clock_times(minutes, place, anchor)
    used = elapsed(workshop) if place is not None else 0
    on_stage = 60 * minutes[place] - used if place is not None else 0
    rest = 60 * sum(minutes[place + 1 :] if place is not None else minutes)
    left = max(0, on_stage) + rest
    ends_at = now + timedelta(seconds=left) if place is not None else later(starts[-1], minutes[-1])
    planned = workshop.planned_at and later(workshop.planned_at, sum(s.minutes for s in workshop.steps))
    return Pace(used, workshop.paused_at is not None, starts, ends_at, left, rest, planned)


def pace_of(workshop_id: uuid.UUID | None) -> dict[str, Any]:
    """What a clock elsewhere needs, as it is now: minutes, seconds that are over, whether it stands still."""
    query = (
        select(Workshop, Step.minutes + Step.extra_minutes)
        .outerjoin(Step, Step.id == Workshop.current_step_id)
        .where(Workshop.id == workshop_id)
    )
    found = session().execute(query).first()
    if found is None:
        return {}
    workshop, minutes = found
    now = utcnow()
    return {
        "minutes": minutes,
        "elapsed": elapsed(workshop),
        "paused": workshop.paused_at is not None,
        "ends": int(began_at(workshop, now).timestamp()) + 60 * minutes if minutes else None,
        "part_locked": workshop.part_locked_at is not None,
    }


def moves_of(workshop: Workshop) -> list[tuple[int, uuid.UUID]]:
    """The last two times that a part came on stage, newest first: its place in the log, and which part."""
    query = (
        select(Change.seq, Change.payload)
        .where(Change.subject_type == "workshop", Change.subject_id == workshop.id)
        .where(Change.topic == "stage", Change.verb == "moved")
    )
    rows = session().execute(query.order_by(Change.seq.desc()).limit(2)).all()
    return [(row.seq, uuid.UUID(row.payload["step_id"])) for row in rows]


def told_since(workshop: Workshop, seq: int) -> int:
    """How many people told something in this meeting after that place in the log: a number, never who."""
    # What who leads brought back was told before. Whose the row is of what helped is who told the moment.
    told = (Change.verb == "shared") & (Change.actor_id == Change.maker_id)
    query = select(func.count(func.distinct(Change.actor_id))).where(
        Change.space_id == workshop.space_id,
        Change.seq > seq,
        Change.workshop_id == workshop.id,
        told | (Change.verb == "linked"),
    )
    return session().scalar(query) or 0

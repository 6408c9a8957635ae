"""Leading a meeting: its pace, its locks, and who leads it."""

import uuid
from typing import Final

from flask_babel import lazy_gettext as _l

from cocreate.core.changes import Log, changing
from cocreate.core.db import utcnow
from cocreate.core.problems import Conflict, NotFound
from cocreate.workshops.models import Workshop
from cocreate.workshops.service.stage import record, workshop_in

LEAST: Final = 1  # minutes that a part has in all


def pause(workshop_id: uuid.UUID, space_id: uuid.UUID) -> None:
    """The clock stands still, for everybody. Again is as good as once."""
    with changing(space_id) as log:
        workshop = _open(log, workshop_id)
        if workshop.paused_at is None:
            workshop.paused_at = utcnow()
            record(log, workshop, "stage", "paused")


def go_on(workshop_id: uuid.UUID, space_id: uuid.UUID) -> None:
    """The clock goes on from where it stood."""
    with changing(space_id) as log:
        workshop = _open(log, workshop_id)
        if workshop.paused_at is not None and workshop.step_started_at is not None:
            workshop.step_started_at += utcnow() - workshop.paused_at
            workshop.paused_at = None
            record(log, workshop, "stage", "resumed")


def give_time(
    workshop_id: uuid.UUID, space_id: uuid.UUID, step_id: uuid.UUID, minutes: int, given: int
) -> None:
    """More minutes for the part on stage, or fewer; but never fewer than one in all.

    `given` is how many had been given when somebody pressed: the second of two taps changes nothing.
    """
    with changing(space_id) as log:
        workshop = _open(log, workshop_id)
        step = workshop.current_step
        if step is None or step.id != step_id or step.extra_minutes != given:
            return
        step.extra_minutes = max(given + minutes, LEAST - step.minutes)
        record(log, workshop, "stage", "timed")


def lock_doors(workshop_id: uuid.UUID, space_id: uuid.UUID, is_locked: bool) -> None:
    """Nobody new comes in, or people do again. Who is in stays in."""
    with changing(space_id) as log:
        workshop = _open(log, workshop_id)
        if (workshop.locked_at is not None) is not is_locked:
            workshop.locked_at = utcnow() if is_locked else None
            record(log, workshop, "workshop", "locked" if is_locked else "unlocked")


def lock_part(workshop_id: uuid.UUID, space_id: uuid.UUID, step_id: uuid.UUID, is_locked: bool) -> None:
    """The part on stage takes no more answers from here on, or does again.

    What was told before on a tablet without wifi still comes in: the server refuses nothing by the clock.
    """
    with changing(space_id) as log:
        workshop = _open(log, workshop_id)
        if workshop.current_step_id == step_id and (workshop.part_locked_at is not None) is not is_locked:
            workshop.part_locked_at = utcnow() if is_locked else None
            record(log, workshop, "stage", "part_locked" if is_locked else "part_unlocked")


def take_lead(workshop_id: uuid.UUID, space_id: uuid.UUID, membership_id: uuid.UUID | None) -> None:
    """From now on this member leads; a laptop that died stops no meeting."""
    with changing(space_id) as log:
        workshop = workshop_in(log, workshop_id)
        if workshop.led_by_id != membership_id:
            workshop.led_by_id = membership_id
            record(log, workshop, "workshop", "led")


def require_lead(workshop: Workshop, membership_id: uuid.UUID | None) -> None:
    """`Conflict` when somebody else leads this meeting now."""
    if workshop.led_by_id is not None and workshop.led_by_id != membership_id:
        raise Conflict(_l("Somebody else leads this meeting now. Take over first."))


def _open(log: Log, workshop_id: uuid.UUID) -> Workshop:
    workshop = workshop_in(log, workshop_id)
    if not workshop.is_open:
        raise Conflict(
            _l("Open the doors first.") if workshop.opened_at is None else _l("This meeting is closed.")
        )
    if workshop.current_step is None:
        raise NotFound
    return workshop

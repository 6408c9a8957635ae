"""What is on stage: the same step for everybody."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

from flask_babel import lazy_gettext as _l

from cocreate.core.audience import Audience, Visibility
from cocreate.core.changes import Log, changing
from cocreate.core.db import utcnow
from cocreate.core.problems import Conflict, NotFound
from cocreate.impacts.service import show_how_people_stand
from cocreate.indicators.service.choosing import open_for_meeting
from cocreate.indicators.service.deciding import show_how_people_stand_on_signs
from cocreate.spaces.openings import Terms, clear_stage, put_on_stage
from cocreate.spaces.rules import Activity
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.models import Step, Workshop
from cocreate.workshops.rules import StepKind

# How people stand is not shown while they still say so in a meeting.
SHOWS: Final[Mapping[Activity, Callable[[Log], None]]] = {
    Activity.IMPACTS: show_how_people_stand,
    Activity.INDICATORS: show_how_people_stand_on_signs,
}


def move_stage(workshop_id: uuid.UUID, space_id: uuid.UUID, step_id: uuid.UUID) -> None:
    """Put a step on stage, for everybody. The same step again changes nothing: a double tap is harmless."""
    with changing(space_id) as log:
        workshop = workshop_in(log, workshop_id)
        if not workshop.is_open:
            raise Conflict(_l("Open the doors first."))
        step = next((step for step in workshop.steps if step.id == step_id), None)
        if step is None:
            raise NotFound
        if workshop.current_step_id != step.id:
            put_step_on_stage(log, workshop, step)


def put_step_on_stage(log: Log, workshop: Workshop, step: Step) -> None:
    """From now on this step is on: its clock begins, and what it hosts is open on its terms."""
    workshop.current_step_id = step.id
    workshop.step_started_at = utcnow()
    step.shown_at = None  # who leads shows what came out again, once people answered again
    workshop.paused_at = workshop.part_locked_at = workshop.lit_topic = workshop.lit_id = None
    kind = StepKind(step.kind)
    leave_stage(log, workshop)
    activity = ACTIVITIES[kind].opens
    if activity is not None:
        put_on_stage(log, workshop.id, activity, terms_of(step), step.id)
    if kind is StepKind.CHOOSE:
        open_for_meeting(log, workshop.id, workshop.title)
    record(log, workshop, "stage", "moved", {"step_id": str(step.id), "kind": kind})


def terms_of(step: Step) -> Terms:
    """On which terms a step is open."""
    has_names = step.has_names and ACTIVITIES[StepKind(step.kind)].takes_names
    return Terms(Visibility(step.widest) if step.widest else None, step.most_each, has_names)


def leave_stage(log: Log, workshop: Workshop) -> None:
    """What people said in the part that is over is shown."""
    for left in clear_stage(log, workshop.id):
        if left in SHOWS:
            SHOWS[left](log)


def workshop_in(log: Log, workshop_id: uuid.UUID) -> Workshop:
    """A workshop of this space, inside a transaction."""
    workshop = log.session.get(Workshop, workshop_id)
    if workshop is None or workshop.space_id != log.space_id:
        raise NotFound
    return workshop


def record(
    log: Log,
    workshop: Workshop,
    topic: Literal["workshop", "stage"],
    verb: str,
    payload: dict[str, Any] | None = None,
) -> None:
    """Write into the log what happened to a workshop; for everybody in it."""
    log.record(
        topic,
        verb,
        audience=Audience(Visibility.WORKSHOP, None, workshop.id),
        subject_type="workshop",
        subject_id=workshop.id,
        payload=payload,
    )

"""Preparing a workshop, opening its doors, moving it from step to step."""

import uuid
from collections.abc import Callable, Mapping
from typing import Final, Literal

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from cocreate.accounts.rules import make_join_code
from cocreate.accounts.service import welcome_guest
from cocreate.core.audience import Audience, Visibility
from cocreate.core.changes import Log, changing
from cocreate.core.db import utcnow
from cocreate.core.problems import Conflict, NotFound
from cocreate.impacts.service import show_how_people_stand
from cocreate.indicators.queries.answering import is_measuring
from cocreate.indicators.service.choosing import open_for_meeting
from cocreate.indicators.service.deciding import show_how_people_stand_on_signs
from cocreate.spaces.models import Membership
from cocreate.spaces.openings import clear_stage, close_workshop_openings, put_on_stage
from cocreate.spaces.rules import Activity
from cocreate.spaces.service import attend, join_space
from cocreate.trajectories.queries import trajectory_of
from cocreate.trajectories.service import start_trajectory
from cocreate.workshops.models import Step, Workshop
from cocreate.workshops.rules import AGENDAS, OPENS, Agenda, StepKind, with_asking

# How people stand is not shown while they still say so in a meeting.
SHOWS: Final[Mapping[Activity, Callable[[Log], None]]] = {
    Activity.IMPACTS: show_how_people_stand,
    Activity.INDICATORS: show_how_people_stand_on_signs,
}


def start_workshop(
    space_id: uuid.UUID,
    title: str,
    trajectory_id: uuid.UUID | None = None,
    agenda: Agenda = Agenda.MOMENTS,
) -> uuid.UUID:
    """A workshop from a ready agenda, with a map to draw on: an existing one or a new one."""
    with changing(space_id) as log:
        workshop = Workshop(space_id=space_id, title=title, code=_free_code(log))
        log.session.add(workshop)
        log.session.flush()
        sketches = with_asking(AGENDAS[agenda]) if is_measuring(space_id) else AGENDAS[agenda]
        for position, sketch in enumerate(sketches):
            step = Step(
                workshop_id=workshop.id,
                position=position,
                kind=sketch.kind,
                phase=sketch.phase,
                minutes=sketch.minutes,
            )
            log.session.add(step)
        if trajectory_id is None:
            start_trajectory(log, title, workshop.id)
        else:
            trajectory_of(space_id, trajectory_id).workshop_id = workshop.id
        _record(log, workshop, "workshop", "prepared")
        return workshop.id


def open_doors(workshop_id: uuid.UUID, space_id: uuid.UUID) -> None:
    """Let people in; the first step comes on stage. Again is as good as once."""
    with changing(space_id) as log:
        workshop = _workshop(log, workshop_id)
        if workshop.closed_at is not None:
            raise Conflict(_l("This meeting is closed."))
        if workshop.opened_at is None:
            workshop.opened_at = utcnow()
            _put_on_stage(log, workshop, workshop.steps[0])


def move_stage(workshop_id: uuid.UUID, space_id: uuid.UUID, step_id: uuid.UUID) -> None:
    """Put a step on stage, for everybody. The same step again changes nothing: a double tap is harmless."""
    with changing(space_id) as log:
        workshop = _workshop(log, workshop_id)
        if not workshop.is_open:
            raise Conflict(_l("Open the doors first."))
        step = next((step for step in workshop.steps if step.id == step_id), None)
        if step is None:
            raise NotFound
        if workshop.current_step_id != step.id:
            _put_on_stage(log, workshop, step)


def close_workshop(workshop_id: uuid.UUID, space_id: uuid.UUID) -> None:
    """Close the doors: the code dies, the stages say goodbye. Again is as good as once."""
    with changing(space_id) as log:
        workshop = _workshop(log, workshop_id)
        if workshop.closed_at is None:
            workshop.closed_at = utcnow()
            workshop.code = None
            _leave_stage(log, workshop)
            close_workshop_openings(log, workshop.id)
            _record(log, workshop, "stage", "closed")


def come_in(
    workshop: Workshop,
    *,
    person_id: uuid.UUID | None,
    voice_id: uuid.UUID | None,
    name: str | None,
    shares_with: Visibility,
) -> tuple[uuid.UUID, Membership]:
    """Take a place in the room, as a known person or as a new guest. Gives person and membership."""
    if not workshop.is_open:
        raise Conflict(_l("This meeting is closed."))
    guest_id = person_id or welcome_guest()
    with changing(workshop.space_id) as log:
        membership = join_space(log, guest_id, voice_id=voice_id, name=name, shares_with=shares_with)
        attend(log, workshop.id, membership)
    return guest_id, membership


def come_again(workshop: Workshop, membership_id: uuid.UUID) -> None:
    """Somebody who belongs to the space already takes a place in this room too, as who they are."""
    if not workshop.is_open:
        raise Conflict(_l("This meeting is closed."))
    with changing(workshop.space_id) as log:
        attend(log, workshop.id, log.session.get_one(Membership, membership_id))


def _put_on_stage(log: Log, workshop: Workshop, step: Step) -> None:
    workshop.current_step_id = step.id
    workshop.step_started_at = utcnow()
    kind = StepKind(step.kind)
    _leave_stage(log, workshop)
    if kind in OPENS:
        put_on_stage(log, workshop.id, OPENS[kind])
    if kind is StepKind.CHOOSE:
        open_for_meeting(log, workshop.title)
    _record(log, workshop, "stage", "moved", {"step_id": str(step.id), "kind": kind})


def _leave_stage(log: Log, workshop: Workshop) -> None:
    """What people said in the part that is over is shown."""
    for left in clear_stage(log, workshop.id):
        if left in SHOWS:
            SHOWS[left](log)


def _workshop(log: Log, workshop_id: uuid.UUID) -> Workshop:
    workshop = log.session.get(Workshop, workshop_id)
    if workshop is None or workshop.space_id != log.space_id:
        raise NotFound
    return workshop


def _free_code(log: Log) -> str:
    while True:
        code = make_join_code()
        if log.session.scalar(select(Workshop.id).where(Workshop.code == code)) is None:
            return code


def _record(
    log: Log,
    workshop: Workshop,
    topic: Literal["workshop", "stage"],
    verb: str,
    payload: dict[str, str] | None = None,
) -> None:
    log.record(
        topic,
        verb,
        audience=Audience(Visibility.WORKSHOP, None, workshop.id),
        subject_type="workshop",
        subject_id=workshop.id,
        payload=payload,
    )

"""Opening and closing the doors, and coming in."""

import uuid
from typing import Final

from flask_babel import lazy_gettext as _l

from cocreate.accounts.service import welcome_guest
from cocreate.core.audience import Visibility
from cocreate.core.changes import changing
from cocreate.core.db import session, utcnow
from cocreate.core.problems import Conflict
from cocreate.spaces.models import Attendance, Membership
from cocreate.spaces.openings import close_workshop_openings
from cocreate.spaces.queries import membership_of
from cocreate.spaces.service import attend, join_space
from cocreate.workshops.models import Workshop
from cocreate.workshops.service.stage import leave_stage, put_step_on_stage, record, workshop_in

SHUT: Final = _l("The doors are shut now. Ask who leads to open them.")


def open_doors(workshop_id: uuid.UUID, space_id: uuid.UUID, led_by_id: uuid.UUID | None = None) -> None:
    """Let people in; the first step comes on stage, and this member leads. Again is as good as once."""
    with changing(space_id) as log:
        workshop = workshop_in(log, workshop_id)
        if workshop.closed_at is not None:
            raise Conflict(_l("This meeting is closed."))
        if workshop.opened_at is None:
            workshop.opened_at, workshop.led_by_id = utcnow(), led_by_id
            put_step_on_stage(log, workshop, workshop.steps[0])


def close_workshop(workshop_id: uuid.UUID, space_id: uuid.UUID) -> None:
    """Close the doors: the code dies, the stages say goodbye. Again is as good as once."""
    with changing(space_id) as log:
        workshop = workshop_in(log, workshop_id)
        if workshop.closed_at is None:
            workshop.closed_at = utcnow()
            workshop.code = None
            leave_stage(log, workshop)
            close_workshop_openings(log, workshop.id)
            record(log, workshop, "stage", "closed")


def come_in(
    workshop: Workshop,
    *,
    person_id: uuid.UUID | None,
    voice_id: uuid.UUID | None,
    name: str | None,
    shares_with: Visibility,
) -> tuple[uuid.UUID, Membership]:
    """Take a place in the room, as a known person or as a new guest. Gives person and membership.

    Shut doors keep out who is new: a known person who was in comes in.
    """
    was_in = _was_in(workshop, person_id)
    _let_in(workshop, was_in)
    guest_id = person_id or welcome_guest()
    with changing(workshop.space_id) as log:
        _let_in(workshop_in(log, workshop.id), was_in)  # the doors may have shut in that moment
        membership = join_space(log, guest_id, voice_id=voice_id, name=name, shares_with=shares_with)
        attend(log, workshop.id, membership)
    return guest_id, membership


def come_again(workshop: Workshop, membership_id: uuid.UUID) -> None:
    """Somebody who belongs to the space already takes a place in this room too, as who they are."""
    with changing(workshop.space_id) as log:
        _let_in(workshop, _has_a_place(workshop, membership_id))
        attend(log, workshop.id, log.session.get_one(Membership, membership_id))


def _was_in(workshop: Workshop, person_id: uuid.UUID | None) -> bool:
    membership = membership_of(workshop.space_id, person_id) if person_id else None
    return membership is not None and _has_a_place(workshop, membership.id)


def _has_a_place(workshop: Workshop, membership_id: uuid.UUID) -> bool:
    return session().get(Attendance, (workshop.id, membership_id)) is not None


def _let_in(workshop: Workshop, was_in: bool = False) -> None:
    if not workshop.is_open:
        raise Conflict(_l("This meeting is closed."))
    if workshop.locked_at is not None and not was_in:
        raise Conflict(SHUT)

"""Handing a meeting over to somebody who does not lead in this space yet."""

import hashlib
import uuid
from datetime import timedelta
from typing import Final

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from cocreate.accounts.rules import make_join_code, read_join_code
from cocreate.core.changes import Log, changing
from cocreate.core.db import session, utcnow
from cocreate.core.problems import Conflict, Invalid
from cocreate.spaces.models import Membership
from cocreate.spaces.queries import membership_of
from cocreate.spaces.rules import ALLOWED, Act, Role
from cocreate.spaces.service import join_space
from cocreate.workshops.models import Handover, Workshop
from cocreate.workshops.service.stage import record, workshop_in

LASTS: Final = timedelta(minutes=15)
PARTS: Final = 2  # as many words as a join code has, twice: about 44 bits
WRONG: Final = _l("We do not know this code, or it is too old. Ask for a new one.")


def make_handover(workshop_id: uuid.UUID, space_id: uuid.UUID, membership_id: uuid.UUID) -> str:
    """A code with which somebody comes to lead this meeting. Only its hash is kept; earlier ones are void."""
    code = "-".join(make_join_code() for _ in range(PARTS))
    with changing(space_id) as log:
        workshop = workshop_in(log, workshop_id)
        if workshop.closed_at is not None:
            raise Conflict(_l("This meeting is closed."))
        log.session.execute(
            delete(Handover).where(Handover.workshop_id == workshop.id, Handover.taken_at.is_(None))
        )
        log.session.add(
            Handover(
                code_hash=_hash(code),
                workshop_id=workshop.id,
                made_by_id=membership_id,
                expires_at=utcnow() + LASTS,
            )
        )
    return code


def take_handover(code: str, person_id: uuid.UUID) -> uuid.UUID:
    """Whoever has the code leads from now on, once; `Invalid` when it does not work. Gives the workshop."""
    workshop = _workshop_behind(code)
    if workshop is None:
        raise Invalid(WRONG)
    with changing(workshop.space_id) as log:
        handover = log.session.get(Handover, _hash(code), with_for_update=True)
        if handover is None or handover.taken_at is not None or handover.expires_at < utcnow():
            raise Invalid(WRONG)
        workshop = workshop_in(log, handover.workshop_id)
        if workshop.closed_at is not None:  # a code ends with its meeting
            raise Invalid(WRONG)
        membership = _leading(log, person_id)
        handover.taken_at, handover.taken_by_id = utcnow(), membership.id
        workshop.led_by_id = membership.id
        record(log, workshop, "workshop", "led")
        return workshop.id


def _leading(log: Log, person_id: uuid.UUID) -> Membership:
    """Who took part until now leads from now on; who may do more already keeps that."""
    membership = membership_of(log.space_id, person_id) or join_space(log, person_id, role=Role.FACILITATOR)
    if Act.FACILITATE not in ALLOWED[Role(membership.role)]:
        membership.role = Role.FACILITATOR
    return membership


def _workshop_behind(code: str) -> Workshop | None:
    query = select(Workshop).join(Handover, Handover.workshop_id == Workshop.id)
    return session().scalar(query.where(Handover.code_hash == _hash(code)))


def _hash(code: str) -> str:
    try:
        parts = [read_join_code(part) for part in code.strip().replace(" ", "-").split("-") if part]
    except ValueError:
        parts = []
    return hashlib.sha256("-".join(parts).encode()).hexdigest()

"""What is open for contributions now. A workshop opens and closes; moments, impacts, … only ask."""

import uuid
from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import Uuid, bindparam, select, update

from cocreate.core.audience import Viewer
from cocreate.core.changes import Log
from cocreate.core.db import session, utcnow
from cocreate.core.problems import Conflict, NotFound
from cocreate.spaces.models import Opening
from cocreate.spaces.rules import Act, Activity, may

_OPENING = select(Opening.closed_at).where(
    Opening.workshop_id == bindparam("workshop", type_=Uuid),
    Opening.activity == bindparam("activity"),
    Opening.space_id == bindparam("space", type_=Uuid),
)
# A tablet without wifi may come home a week later; what was told in the room still counts.
GRACE = timedelta(days=7)


def open_activity(log: Log, workshop_id: uuid.UUID, activity: Activity) -> None:
    """Let contributions in, from now on."""
    found = log.session.scalar(_of(workshop_id, activity))
    if found is None:
        log.session.add(Opening(space_id=log.space_id, workshop_id=workshop_id, activity=activity))
    else:
        found.closed_at = None


def close_workshop_openings(log: Log, workshop_id: uuid.UUID) -> None:
    """Stop letting contributions in; those still on their way are accepted for a while."""
    still_open = (Opening.workshop_id == workshop_id) & Opening.closed_at.is_(None)
    log.session.execute(update(Opening).where(still_open).values(closed_at=utcnow()))


def require_open(viewer: Viewer, workshop_id: uuid.UUID, activity: Activity) -> None:
    """`NotFound` for who was not in that workshop, `Conflict` when the activity is not open there."""
    is_there = viewer.is_in_every_workshop or workshop_id in viewer.workshop_ids
    if not may(viewer, Act.CONTRIBUTE) or not is_there:
        raise NotFound
    asked = {"workshop": workshop_id, "activity": activity, "space": viewer.space_id}
    opening = session().connection().execute(_OPENING, asked).first()
    if opening is None:
        raise Conflict(_l("This part has not started yet. Wait for the facilitator."))
    if opening.closed_at and opening.closed_at + GRACE < utcnow():
        raise Conflict(_l("This meeting was closed a while ago. Ask the facilitator to open it again."))


def _of(workshop_id: uuid.UUID, activity: Activity):  # type: ignore[no-untyped-def]
    return select(Opening).where(Opening.workshop_id == workshop_id, Opening.activity == activity)

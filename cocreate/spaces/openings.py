"""What is open for contributions now. A workshop opens and closes; moments, impacts, … only ask."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from types import MappingProxyType
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, Uuid, bindparam, exists, select, update

from cocreate.core.audience import Audience, Viewer, Visibility
from cocreate.core.changes import Log, changing
from cocreate.core.db import UTCDateTime, session, utcnow
from cocreate.core.problems import Conflict, NotFound
from cocreate.spaces.models import Opening
from cocreate.spaces.rules import Act, Activity, may

_HERE = (Opening.activity == bindparam("activity")) & (Opening.space_id == bindparam("space", type_=Uuid))
_TERMS = (Opening.closed_at, Opening.widest, Opening.most_each, Opening.has_names, Opening.parts)
_OPENING = select(*_TERMS).where(_HERE, Opening.workshop_id == bindparam("workshop", type_=Uuid))
_BETWEEN = select(*_TERMS).where(_HERE, Opening.workshop_id.is_(None))
# A tablet without wifi may come home a week later; what was told in the room still counts.
GRACE = timedelta(days=7)
NOT_STARTED = _l("This part has not started yet. Wait for the facilitator.")
LATE = _l(
    "This was closed more than a week ago. What you tell now does not come in any more. "
    "Talk to the facilitator about it."
)
# A meeting that nobody moved on from or closed holds nothing up for longer than this.
LONGEST_PART = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a part of a meeting says of everything told in it."""

    widest: Visibility | None = None
    most_each: int | None = None
    has_names: bool = False
    part_id: uuid.UUID | None = None  # of which part they are; none: nobody said so


def open_activity(
    log: Log,
    workshop_id: uuid.UUID | None,
    activity: Activity,
    parts: Mapping[uuid.UUID, Terms] = MappingProxyType({}),
) -> Opening:
    """Let contributions in, from now on; without a workshop: from the whole space, between meetings.

    `parts` are the parts of the meeting in which it is open from now on, beside those from before.
    """
    found: Opening | None = log.session.scalar(_of(log.space_id, workshop_id, activity))
    if found is None:
        found = Opening(space_id=log.space_id, workshop_id=workshop_id, activity=activity, parts={})
        log.session.add(found)
    found.closed_at = None
    _let_in(found, parts)
    log.session.flush()
    return found


def _let_in(opening: Opening, parts: Mapping[uuid.UUID, Terms]) -> None:
    # A new mapping: the database does not see that an old one changed.
    kept = {
        str(part): {"widest": terms.widest, "most_each": terms.most_each, "has_names": terms.has_names}
        for part, terms in parts.items()
    }
    opening.parts = {**opening.parts, **kept}


def put_on_stage(
    log: Log,
    workshop_id: uuid.UUID,
    activity: Activity,
    terms: Terms = Terms(),
    part: uuid.UUID | None = None,
) -> None:
    """Open it, as what a meeting is at now, on these terms."""
    found = open_activity(log, workshop_id, activity, {part: terms} if part else {})
    found.staged_at = utcnow()
    found.widest, found.most_each, found.has_names = terms.widest, terms.most_each, terms.has_names


def change_terms(
    log: Log, workshop_id: uuid.UUID, activity: Activity, terms: Terms, part: uuid.UUID | None = None
) -> None:
    """From now on it is open on these terms; how long it is on stage does not change."""
    found: Opening | None = log.session.scalar(_of(log.space_id, workshop_id, activity))
    if found is not None:
        found.widest, found.most_each, found.has_names = terms.widest, terms.most_each, terms.has_names
        _let_in(found, {part: terms} if part else {})


def clear_stage(log: Log, workshop_id: uuid.UUID) -> set[Activity]:
    """A meeting moves on; gives what it was at until now."""
    staged = select(Opening).where(Opening.workshop_id == workshop_id, Opening.staged_at.is_not(None))
    left = set()
    for opening in log.session.scalars(staged).all():
        opening.staged_at = None
        left.add(Activity(opening.activity))
    log.session.flush()
    return left


def is_on_stage(space_id: Any, activity: Activity) -> ColumnElement[bool]:
    """Whether a meeting of the space is at this now; a condition with `on_stage_since()` for `since`."""
    return exists().where(
        Opening.space_id == space_id,
        Opening.activity == activity,
        Opening.closed_at.is_(None),
        Opening.staged_at > bindparam("since", type_=UTCDateTime),
    )


def on_stage_since() -> datetime:
    """What was put on stage before this was forgotten there."""
    return utcnow() - LONGEST_PART


def set_between_meetings(viewer: Viewer, activity: Activity, is_open: bool) -> None:
    """Let everybody in the space contribute between meetings, or not any more; who leads may."""
    if not may(viewer, Act.FACILITATE):
        raise NotFound
    with changing(viewer.space_id) as log:
        if is_open:
            open_activity(log, None, activity)
        else:
            found: Opening | None = log.session.scalar(_of(viewer.space_id, None, activity))
            if found is not None:
                found.closed_at = found.closed_at or utcnow()
        log.record(
            "space",
            "opened" if is_open else "closed",
            audience=Audience(Visibility.SPACE),
            subject_type="space",
            subject_id=viewer.space_id,
            actor_id=viewer.membership_id,
            payload={"activity": activity},
        )


def is_open_between_meetings(space_id: uuid.UUID, activity: Activity) -> bool:
    """Whether everybody in the space may contribute now, without a meeting."""
    found = session().connection().execute(_BETWEEN, {"activity": activity, "space": space_id}).first()
    return found is not None and found[0] is None


def close_workshop_openings(log: Log, workshop_id: uuid.UUID) -> None:
    """Stop letting contributions in; those still on their way are accepted for a while."""
    still_open = (Opening.workshop_id == workshop_id) & Opening.closed_at.is_(None)
    log.session.execute(update(Opening).where(still_open).values(closed_at=utcnow()))


def require_open(
    viewer: Viewer, workshop_id: uuid.UUID | None, activity: Activity, part_id: uuid.UUID | None = None
) -> Terms:
    """`NotFound` for who was not in that workshop, `Conflict` when the activity is not open there.

    Gives on which terms it is open: in this part of the meeting, when it was on in it.
    """
    is_there = workshop_id is None or viewer.is_in_every_workshop or workshop_id in viewer.workshop_ids
    if not may(viewer, Act.CONTRIBUTE) or not is_there:
        raise NotFound
    asked = {"activity": activity, "space": viewer.space_id}
    if workshop_id is not None:
        opening = session().connection().execute(_OPENING, {**asked, "workshop": workshop_id}).first()
    else:
        opening = session().connection().execute(_BETWEEN, asked).first()
    if opening is None:
        raise Conflict(NOT_STARTED)
    if opening.closed_at and opening.closed_at + GRACE < utcnow():
        raise Conflict(LATE)
    return _terms(opening, str(part_id))


def _terms(opening: Any, part_id: str) -> Terms:
    if part_id in opening.parts:
        of_part = opening.parts[part_id]
        widest = Visibility(of_part["widest"]) if of_part["widest"] else None
        return Terms(widest, of_part["most_each"], of_part["has_names"], uuid.UUID(part_id))
    # Nobody says of which part it is: it goes no further than any of them lets it go.
    limits = [Visibility(each["widest"]) for each in opening.parts.values() if each["widest"]]
    if opening.widest:
        limits.append(Visibility(opening.widest))
    narrowest = reduce(Visibility.least, limits) if limits else None
    return Terms(narrowest, opening.most_each, opening.has_names)


def _of(space_id: uuid.UUID, workshop_id: uuid.UUID | None, activity: Activity) -> Select[Opening]:
    return select(Opening).where(
        Opening.space_id == space_id, Opening.workshop_id == workshop_id, Opening.activity == activity
    )

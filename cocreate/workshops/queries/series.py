"""Series of meetings, and who came to which of them."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.spaces.models import Attendance, Membership
from cocreate.workshops.models import Series, Workshop


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody, and at which meetings they were."""

    membership_id: uuid.UUID
    name: str | None
    voice_id: uuid.UUID | None
    number: int  # in the space, among all of this voice, by when they joined
    at: tuple[bool, ...]  # in the order of the meetings

    @property
    def times(self) -> int:
        """At how many meetings."""
        return sum(self.at)


def series_of_space(space_id: uuid.UUID) -> list[Series]:
    """The series of a space, newest first."""
    query = select(Series).where(Series.space_id == space_id).order_by(Series.created_at.desc())
    return list(session().scalars(query))


def series_in(space_id: uuid.UUID, series_id: uuid.UUID) -> Series:
    """A series of this space."""
    series = session().get(Series, series_id)
    if series is None or series.space_id != space_id:
        raise NotFound
    return series


def meetings_of(series_id: uuid.UUID) -> list[Workshop]:
    """The meetings of a series, in order, with their steps."""
    query = select(Workshop).where(Workshop.series_id == series_id).options(selectinload(Workshop.steps))
    return list(session().scalars(query.order_by(Workshop.series_position, Workshop.created_at)))


def who_came(meetings: Sequence[Workshop]) -> list[Came]:
    """Everybody who was at one of these meetings or more, in the order in which they joined the space.

    This is about persons: only for who leads.
    """
    ids = [meeting.id for meeting in meetings]
    rows = session().execute(
        select(Attendance.membership_id, Attendance.workshop_id).where(Attendance.workshop_id.in_(ids))
    )
    was_at: dict[uuid.UUID, set[uuid.UUID]] = {}
    for membership_id, workshop_id in rows:
        was_at.setdefault(membership_id, set()).add(workshop_id)
    # Of the whole space, and also of who gave a name: a number stays the same when somebody comes later,
    # or tells their name later.
    spaces = {meeting.space_id for meeting in meetings}
    people = select(Membership).where(Membership.space_id.in_(spaces))
    numbers: Counter[uuid.UUID | None] = Counter()
    found = []
    for member in session().scalars(people.order_by(Membership.joined_at, Membership.id)):
        numbers[member.voice_id] += 1
        if member.id in was_at:
            at = tuple(each in was_at[member.id] for each in ids)
            number = numbers[member.voice_id]
            found.append(Came(member.id, member.name, member.voice_id, number, at))
    return found


def by_voice(people: Sequence[Came], place: int) -> Counter[uuid.UUID | None]:
    """How many of each voice were at one of the meetings."""
    return Counter(each.voice_id for each in people if each.at[place])

"""Reading the ledger, in an order that says nothing of when a line came in."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cocreate.compensation.models import Compensation, ThanksNote
from cocreate.compensation.rules import State
from cocreate.core.db import session


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines somebody wants to see."""

    state: State | None = None
    since: date | None = None
    until: date | None = None


def lines_of(space_id: uuid.UUID, wanted: Wanted = Wanted()) -> list[Compensation]:
    """The lines of a space: the newest day first, and on a day by name."""
    query = select(Compensation).where(Compensation.space_id == space_id)
    if wanted.state is not None:
        is_given = Compensation.given_on.is_not(None)
        query = query.where(is_given if wanted.state is State.GIVEN else ~is_given)
    if wanted.since is not None:
        query = query.where(Compensation.on >= wanted.since)
    if wanted.until is not None:
        query = query.where(Compensation.on <= wanted.until)
    return sorted(session().scalars(query), key=_place)


def note_of(space_id: uuid.UUID) -> ThanksNote:
    """What a space says about thanks in its own words; empty where it says nothing of its own."""
    return session().get(ThanksNote, space_id) or ThanksNote(space_id=space_id, offer="", note="")


def _place(line: Compensation) -> tuple[int, str, str, uuid.UUID]:
    return -line.on.toordinal(), line.label.casefold(), line.occasion.casefold(), line.id

"""Keeping the ledger. Nothing of it enters the log, which keeps for ever what happened after what."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocreate.compensation.models import Compensation, ThanksNote
from cocreate.compensation.rules import Kind
from cocreate.core.audience import Viewer
from cocreate.core.db import writing
from cocreate.core.problems import NotFound
from cocreate.spaces.rules import Act, may


@dataclass(frozen=True, slots=True)
class Thanks:
    """What is the same for everybody on a list."""

    occasion: str
    on: date
    kind: Kind
    cents: int | None = None
    voucher: str = ""
    minutes: int | None = None
    given_on: date | None = None


def write_down(viewer: Viewer, names: Sequence[str], thanks: Thanks, sheet_id: uuid.UUID) -> None:
    """A line for each of these people. The same sheet twice writes the same lines once."""
    _require(viewer, Act.FACILITATE)
    with writing() as transaction:
        for place, name in enumerate(names):
            # Twice the same name on a sheet are two people; a sheet that came back changed is another one.
            told = repr((viewer.space_id, name, names[:place].count(name), thanks))
            line_id = _hidden(sheet_id, told)
            if transaction.get(Compensation, line_id) is None:
                transaction.add(_line(viewer.space_id, line_id, name, thanks))


def give(viewer: Viewer, ids: Iterable[uuid.UUID], on: date) -> None:
    """These people have it now."""
    _require(viewer, Act.FACILITATE)
    with writing() as transaction:
        for line in _lines(transaction, viewer, set(ids)):
            line.given_on = line.given_on or on


def take_giving_back(viewer: Viewer, line_id: uuid.UUID) -> None:
    """It was not given after all."""
    _require(viewer, Act.FACILITATE)
    with writing() as transaction:
        for line in _lines(transaction, viewer, {line_id}):
            line.given_on = None


def remove_line(viewer: Viewer, line_id: uuid.UUID) -> None:
    """Take a line out, with the name on it."""
    _require(viewer, Act.STEWARD)
    with writing() as transaction:
        for line in _lines(transaction, viewer, {line_id}):
            transaction.delete(line)


def say_thanks(viewer: Viewer, offer: str, note: str) -> None:
    """What people read about what they get; an empty note is the built-in one."""
    _require(viewer, Act.STEWARD)
    with writing() as transaction:
        told = transaction.get(ThanksNote, viewer.space_id)
        if told is None:
            told = ThanksNote(space_id=viewer.space_id)
            transaction.add(told)
        told.offer, told.note = offer, note


def _require(viewer: Viewer, act: Act) -> None:
    if not may(viewer, act):
        raise NotFound


def _lines(transaction: Session, viewer: Viewer, ids: set[uuid.UUID]) -> list[Compensation]:
    query = select(Compensation).where(Compensation.space_id == viewer.space_id, Compensation.id.in_(ids))
    found = list(transaction.scalars(query))
    if len(found) < len(ids):
        raise NotFound
    return found


def _line(space_id: uuid.UUID, line_id: uuid.UUID, name: str, thanks: Thanks) -> Compensation:
    return Compensation(
        id=line_id,
        space_id=space_id,
        label=name,
        occasion=thanks.occasion,
        on=thanks.on,
        minutes=thanks.minutes,
        kind=thanks.kind,
        cents=thanks.cents,
        voucher=thanks.voucher,
        given_on=thanks.given_on,
    )


def _hidden(sheet_id: uuid.UUID, told: str) -> uuid.UUID:
    """An id that looks like chance to who does not know the sheet, which is kept nowhere."""
    return uuid.uuid5(sheet_id, told)

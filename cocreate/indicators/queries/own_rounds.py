"""Reading which rounds one person missed, by their own meetings or by the calendar."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cocreate.core.db import session
from cocreate.indicators.models import InstrumentItem, Measuring, Round
from cocreate.indicators.queries.steps import today_in, zone_of
from cocreate.indicators.rhythm import (
    Attendance,
    DueRound,
    RoundState,
    own_rounds,
    rounds_after_meetings,
    rounds_by_date,
)
from cocreate.indicators.rules import Rhythm
from cocreate.spaces.models import Attendance as Attended


@dataclass(frozen=True, slots=True)
class Missed:
    """A round somebody was asked and did not answer, with the questions that were in it."""

    measuring_id: uuid.UUID
    number: int
    due_on: date
    question_ids: frozenset[uuid.UUID]


def missed_rounds(
    space_id: uuid.UUID,
    membership_id: uuid.UUID,
    measuring: Measuring,
    baseline_on: date,
    answered: Collection[int],
) -> list[Missed]:
    """The rounds of this measuring that closed without an answer of this person."""
    due = _due(space_id, membership_id, measuring, baseline_on)
    ended = measuring.ended_at and measuring.ended_at.astimezone(zone_of(space_id)).date()
    rounds = own_rounds(due, answered, today_in(space_id), measuring.open_days)
    missed = [
        each for each in rounds if each.state is RoundState.MISSED and not (ended and each.due_on > ended)
    ]
    asked = _questions_by_round(measuring.id) if missed else {}
    return [
        Missed(measuring.id, each.number, each.due_on, asked[each.number])
        for each in missed
        if each.number in asked
    ]


def _due(
    space_id: uuid.UUID, membership_id: uuid.UUID, measuring: Measuring, baseline_on: date
) -> tuple[DueRound, ...]:
    if measuring.rhythm == Rhythm.DATES:
        return rounds_by_date(baseline_on, map(date.fromisoformat, measuring.dates))
    if measuring.rhythm != Rhythm.MEETINGS or not measuring.every:
        return ()
    zone = zone_of(space_id)
    attended = session().scalars(select(Attended).where(Attended.membership_id == membership_id))
    register = [
        Attendance(membership_id, each.workshop_id, each.arrived_at.astimezone(zone).date())
        for each in attended
    ]
    return rounds_after_meetings(membership_id, baseline_on, register, measuring.every)


def _questions_by_round(measuring_id: uuid.UUID) -> dict[int, frozenset[uuid.UUID]]:
    """What was asked in each round of a measuring, by its number."""
    query = (
        select(Round.number, InstrumentItem.question_id)
        .join(InstrumentItem, InstrumentItem.instrument_id == Round.instrument_id)
        .where(Round.measuring_id == measuring_id)
    )
    found: dict[int, set[uuid.UUID]] = {}
    for number, question_id in session().execute(query):
        found.setdefault(number, set()).add(question_id)
    return {number: frozenset(ids) for number, ids in found.items()}

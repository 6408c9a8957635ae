"""Reading what is measured: measurings, their rounds, and which of them a person is asked now."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from cocreate.core.audience import Viewer
from cocreate.core.db import session, utcnow
from cocreate.core.problems import NotFound
from cocreate.impacts.rules import OUTSIDE_THRESHOLD
from cocreate.indicators import rhythm
from cocreate.indicators.models import Answer, Instrument, Measuring, Round
from cocreate.indicators.order import better, misplaced
from cocreate.indicators.queries.instruments import (
    is_left_alone,
    is_panel,
    may_compose,
    newest_of,
    questions_of,
    to_ask,
)
from cocreate.indicators.queries.overruled import to_explain
from cocreate.indicators.rhythm import DueRound, OwnRound, RoundState
from cocreate.indicators.rules import Rhythm
from cocreate.spaces.models import Attendance, Membership, Space
from cocreate.spaces.openings import GRACE
from cocreate.spaces.rules import Act, may

BASELINE: Final = 0
_CAN_ANSWER: Final = (RoundState.OPEN, RoundState.ANSWERED)


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """A round that somebody is asked now."""

    round: Round
    measuring: Measuring


def measuring_seen(viewer: Viewer, measuring_id: uuid.UUID) -> Measuring:
    """A measuring of the viewer's own space; others do not exist."""
    found = session().get(Measuring, measuring_id)
    if found is None or found.space_id != viewer.space_id:
        raise NotFound
    return found


def round_seen(viewer: Viewer, round_id: uuid.UUID) -> tuple[Round, Measuring]:
    """A round, and what it is a round of."""
    found = session().get(Round, round_id)
    if found is None:
        raise NotFound
    return found, measuring_seen(viewer, found.measuring_id)


def measurings_of(space_id: uuid.UUID) -> list[Measuring]:
    """All that is or was measured in a space, the last started first."""
    query = select(Measuring).where(Measuring.space_id == space_id)
    return list(session().scalars(query.order_by(Measuring.started_at.desc(), Measuring.id.desc())))


def rounds_of(measuring: Measuring) -> list[Round]:
    """Its rounds, the baseline first."""
    query = select(Round).where(Round.measuring_id == measuring.id)
    return list(session().scalars(query.order_by(Round.number)))


def unsettled_in(space_id: uuid.UUID) -> list[Round]:
    """The closed rounds of a space to which no answer comes any more, and that nobody looked at since."""
    is_over = Round.closed_at.is_not(None) & (Round.closed_at <= utcnow() - GRACE)
    query = select(Round).join(Measuring, Measuring.id == Round.measuring_id)
    found = query.where(Measuring.space_id == space_id, Round.settled_at.is_(None), is_over)
    return list(session().scalars(found.order_by(Round.opened_at, Round.id)))


def is_running(measuring: Measuring, today: date) -> bool:
    """Whether people are still asked, up to and on its last day."""
    return measuring.ended_at is None and (measuring.until is None or today <= measuring.until)


def may_lead(viewer: Viewer, measuring: Measuring) -> bool:
    """Whether this viewer may open and close its rounds: who may change its questionnaire."""
    return may_compose(viewer, newest_of(measuring.series_id).voice_id)


def may_enter(viewer: Viewer, measuring: Measuring) -> bool:
    """Whether this viewer may enter what others answered elsewhere: who leads; what is asked by a panel, or
    of one, the panel alone.
    """
    owner_id = newest_of(measuring.series_id).voice_id
    is_of_panel = owner_id is not None and is_panel(owner_id)
    return may_compose(viewer, owner_id if is_of_panel else measuring.voice_id)


def is_asked(viewer: Viewer, measuring: Measuring) -> bool:
    """Whether this viewer is one of those who are asked."""
    return may(viewer, Act.CONTRIBUTE) and measuring.voice_id in (None, viewer.voice_id)


def calendar_of(measuring: Measuring) -> list[date]:
    """The days on which its rounds are due, the first of them that of round 1."""
    return sorted({date.fromisoformat(each) for each in measuring.dates})


def version_to_ask(series_id: uuid.UUID) -> Instrument | None:
    """The newest version that has something to ask, in an order and in words that may be asked."""
    query = select(Instrument).where(Instrument.series_id == series_id).order_by(Instrument.version.desc())
    for version in session().scalars(query.options(selectinload(Instrument.items))):
        asked = [each.sensitivity for each in to_ask(version)]
        if asked and not misplaced([asked[place] for place in better(asked)]) and not to_explain(version):
            return version
    return None


def has_nothing_to_ask(series_id: uuid.UUID) -> bool:
    """Whether a next round would ask nothing at all, because the group decided so."""
    return is_left_alone(newest_of(series_id)) and version_to_ask(series_id) is None


def is_asked_in_rounds(instrument: Instrument) -> bool:
    """Whether some round asks exactly this version."""
    return session().scalar(select(Round.id).where(Round.instrument_id == instrument.id).limit(1)) is not None


def day_of(moment: datetime, timezone: str) -> date:
    """The day it was there, at that moment."""
    return moment.astimezone(ZoneInfo(timezone)).date()


def today_in(space_id: uuid.UUID) -> date:
    """Which day it is in this space."""
    return day_of(utcnow(), timezone_of(space_id))


def timezone_of(space_id: uuid.UUID) -> str:
    """In which the days of this space are counted."""
    return session().scalars(select(Space.timezone).where(Space.id == space_id)).one()


def own_rounds_of(viewer: Viewer, measuring: Measuring, today: date) -> tuple[OwnRound, ...]:
    """The rounds of this viewer as they stand today, the baseline first; nothing for who is not asked.

    After meetings only their own attendance counts, since their own baseline. A missed round stays missing.
    """
    rounds = {each.number: each for each in rounds_of(measuring)}
    if BASELINE not in rounds or not is_asked(viewer, measuring):
        return ()
    timezone = timezone_of(measuring.space_id)
    answered = _answered_on(viewer, rounds.values(), timezone)
    baseline = _baseline_of(measuring, rounds[BASELINE], answered, today, timezone)
    since = answered.get(BASELINE)
    if since is None and baseline.state is not RoundState.OPEN:
        since = _stands_in(viewer, measuring, rounds[BASELINE], timezone)
    due = () if since is None else _due(viewer, measuring, since, timezone)
    later = rhythm.own_rounds(due, answered.keys(), today, measuring.open_days)
    closed = {number for number, each in rounds.items() if each.closed_at is not None}
    is_over = not is_running(measuring, today)
    return tuple(_as_closed(each, closed, today, is_over=is_over) for each in (baseline, *later))


def _answered_on(viewer: Viewer, rounds: Iterable[Round], timezone: str) -> dict[int, date]:
    """The rounds of which an answer of theirs stands, with the day of the first they gave.

    One that they took back still tells when they began: else that would move all rounds that follow.
    """
    query = (
        select(Round.number, func.min(Answer.created_at))
        .join(Answer, Answer.round_id == Round.id)
        .where(
            Answer.maker_id == viewer.membership_id,
            Round.id.in_([each.id for each in rounds]),
        )
        .group_by(Round.number)
        .having(func.count() > func.count(Answer.withdrawn_at))  # not all of it was taken back
    )
    return {number: day_of(first, timezone) for number, first in session().execute(query)}


def _baseline_of(
    measuring: Measuring, opened: Round, answered: Mapping[int, date], today: date, timezone: str
) -> OwnRound:
    """Who comes later has a baseline of their own, so it stays open, unless people are asked once."""
    due_on = day_of(opened.opened_at, timezone)
    closes_on = None
    if measuring.rhythm == Rhythm.ONCE and measuring.open_days is not None:
        closes_on = due_on + timedelta(days=measuring.open_days)
    if BASELINE in answered:
        state = RoundState.ANSWERED
    elif opened.closed_at is None and (closes_on is None or today < closes_on):
        state = RoundState.OPEN
    else:
        state = RoundState.MISSED
    return OwnRound(BASELINE, due_on, closes_on, state)


def _stands_in(viewer: Viewer, measuring: Measuring, opened: Round, timezone: str) -> date | None:
    """From when rounds by date are for somebody who has no baseline and cannot give it any more."""
    if measuring.rhythm == Rhythm.MEETINGS:
        return None
    joined = session().scalar(select(Membership.joined_at).where(Membership.id == viewer.membership_id))
    return max(day_of(each, timezone) for each in (opened.opened_at, joined) if each is not None)


def _due(viewer: Viewer, measuring: Measuring, since: date, timezone: str) -> tuple[DueRound, ...]:
    if measuring.rhythm != Rhythm.MEETINGS or not measuring.every:
        return rhythm.rounds_by_date(since, calendar_of(measuring))
    query = select(Attendance.workshop_id, Attendance.arrived_at)
    rows = session().execute(query.where(Attendance.membership_id == viewer.membership_id))
    register = [
        rhythm.Attendance(viewer.membership_id, workshop_id, day_of(arrived, timezone))
        for workshop_id, arrived in rows
    ]
    return rhythm.rounds_after_meetings(viewer.membership_id, since, register, measuring.every)


def _as_closed(own: OwnRound, closed: set[int], today: date, *, is_over: bool) -> OwnRound:
    """What was closed by hand, or ended with the measuring, takes no answers any more."""
    if not is_over and own.number not in closed:
        return own
    state = RoundState.MISSED if own.state is RoundState.OPEN else own.state
    closes_on = today if own.closes_on is None else min(own.closes_on, today)
    return own if own.state is RoundState.COMING else replace(own, closes_on=closes_on, state=state)


def is_open_for(viewer: Viewer, asked: Round, measuring: Measuring, today: date) -> bool:
    """Whether this viewer may answer this round now, or change what they answered."""
    return asked.number in _numbers_open(viewer, measuring, today)


def _numbers_open(viewer: Viewer, measuring: Measuring, today: date) -> list[int]:
    return [
        each.number
        for each in own_rounds_of(viewer, measuring, today)
        if each.state in _CAN_ANSWER and (each.closes_on is None or today < each.closes_on)
    ]


def open_round_for(viewer: Viewer, measuring: Measuring, today: date | None = None) -> Round | None:
    """The round that this viewer is asked now and has not gone through yet; the last when there are more.

    Rounds that fell due have to be there: `service.measuring.bring_up_to_date` sees to that.
    """
    today = today or today_in(viewer.space_id)
    numbers = set(_numbers_open(viewer, measuring, today))
    rows = [each for each in rounds_of(measuring) if each.number in numbers]
    return next((each for each in reversed(rows) if not is_finished(viewer, each)), None)


def is_finished(viewer: Viewer, asked: Round) -> bool:
    """Whether they went through every question of this round, also where they took an answer back."""
    instrument = session().get_one(Instrument, asked.instrument_id)
    query = select(Answer.item_id).where(Answer.round_id == asked.id, Answer.maker_id == viewer.membership_id)
    return {each.item_id for each in questions_of(instrument)} <= set(session().scalars(query))


def answers_of_mine(viewer: Viewer) -> int:
    """How many questions this viewer went through here, also where they took an answer back."""
    query = select(func.count()).where(Answer.maker_id == viewer.membership_id)
    return (session().scalar(query) or 0) if viewer.is_member else 0


def rounds_to_answer(viewer: Viewer, today: date | None = None) -> list[ToAnswer]:
    """What this viewer is asked now, of all that is measured in the space."""
    today = today or today_in(viewer.space_id)
    found = []
    for measuring in measurings_of(viewer.space_id):
        if is_running(measuring, today) and (asked := open_round_for(viewer, measuring, today)):
            found.append(ToAnswer(asked, measuring))
    return found


def people_in(rounds: Iterable[Round]) -> dict[uuid.UUID, int]:
    """How many people answered something in each of these rounds. What is shown of it: `shown_count`."""
    query = select(Answer.round_id, func.count(Answer.maker_id.distinct())).where(
        Answer.withdrawn_at.is_(None), Answer.round_id.in_([each.id for each in rounds])
    )
    return dict(session().execute(query.group_by(Answer.round_id)).all())


def shown_count(viewer: Viewer, count: int, threshold: int) -> int | None:
    """A number of people as this viewer may know it, None when they are too few to tell."""
    least = threshold if viewer.is_member else max(threshold, OUTSIDE_THRESHOLD)
    return count if count >= least else None

"""Rounds as time goes by: opening what fell due, closing what is over, and what who leads does by hand."""

import uuid
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l

from cocreate.core.audience import Audience, Viewer, Visibility
from cocreate.core.changes import Log, changing
from cocreate.core.db import utcnow
from cocreate.core.problems import Conflict, NotFound
from cocreate.indicators.models import Instrument, Measuring, Round
from cocreate.indicators.queries.instruments import newest_of
from cocreate.indicators.queries.measuring import (
    BASELINE,
    calendar_of,
    day_of,
    has_nothing_to_ask,
    is_running,
    may_lead,
    measuring_seen,
    measurings_of,
    own_rounds_of,
    round_seen,
    rounds_of,
    timezone_of,
    today_in,
    unsettled_in,
    version_to_ask,
)
from cocreate.indicators.queries.overruled import to_explain
from cocreate.indicators.rhythm import RoundState
from cocreate.indicators.rules import Rhythm
from cocreate.indicators.service.measuring import open_round, record
from cocreate.indicators.service.publishing import publish_round
from cocreate.indicators.service.versions import LEFT_ALONE, as_decided


def bring_up_to_date(viewer: Viewer, today: date | None = None) -> None:
    """Open the rounds that fell due, of the calendar and of this viewer's own, close what is over, and look
    once more at what was typed over after that.

    Every page that asks, and every answer that comes in, calls this first. Most times it only reads.
    """
    if not viewer.is_member:
        return
    today = today or today_in(viewer.space_id)
    late = [each.id for each in measurings_of(viewer.space_id) if _is_late(viewer, each, today)]
    if late:
        with changing(viewer.space_id) as log:
            for measuring_id in late:
                measuring = log.session.get_one(Measuring, measuring_id)
                ensure_rounds(log, measuring, today)
                ensure_own_rounds(log, viewer, measuring, today)
    settle(viewer)


def settle(viewer: Viewer) -> None:
    """Look once more at rounds of which the days for typing over are past: nothing comes in any more.

    Whoever still waits there is shown now, if they are enough. Most times this is one question and no more.
    """
    if not viewer.is_member or not unsettled_in(viewer.space_id):
        return
    with changing(viewer.space_id) as log:
        for each in unsettled_in(viewer.space_id):
            each.settled_at = utcnow()
            publish_round(log, each)


def ensure_rounds(log: Log, measuring: Measuring, today: date) -> None:
    """Open the rounds of the calendar that are due by today, and close those of which the time is over."""
    for number, due_on in _unopened(measuring, today):
        _open_newest(log, measuring, number, due_on)
    for each in _overdue(measuring, today):
        _close(log, each)
    if measuring.ended_at is None and not is_running(measuring, today):
        _end(log, measuring)


def ensure_own_rounds(log: Log, viewer: Viewer, measuring: Measuring, today: date) -> None:
    """Open the rounds that this person is the first to reach, after so many meetings of their own."""
    for number in _unreached(viewer, measuring, today):
        _open_newest(log, measuring, number, None)


def open_next(viewer: Viewer, measuring_id: uuid.UUID, today: date | None = None) -> uuid.UUID:
    """Ask again now: the next day of the calendar, if there is one, becomes today."""
    with changing(viewer.space_id) as log:
        measuring, today = _led(viewer, measuring_id), today or today_in(viewer.space_id)
        if measuring.rhythm == Rhythm.MEETINGS:
            raise Conflict(_l("Here everybody has rounds of their own, after the meetings they came to."))
        ensure_rounds(log, measuring, today)
        if not is_running(measuring, today):
            raise Conflict(_l("This has ended. Nobody is asked any more."))
        rows, days = rounds_of(measuring), calendar_of(measuring)
        last = rows[-1]
        if (last.due_on or day_of(last.opened_at, timezone_of(measuring.space_id))) >= today:
            raise Conflict(_l("A round was opened today already."))
        if has_nothing_to_ask(measuring.series_id):
            raise Conflict(LEFT_ALONE)
        days[last.number : last.number + 1] = [today]
        measuring.rhythm, measuring.dates = Rhythm.DATES, [each.isoformat() for each in days]
        log.session.flush()
        for each in _overdue(measuring, today):
            _close(log, each)
        return _open_newest(log, measuring, last.number + 1, today)


def close_round(viewer: Viewer, round_id: uuid.UUID) -> uuid.UUID:
    """Take no more answers in this round. Who did not answer missed it. Gives what it is a round of."""
    with changing(viewer.space_id) as log:
        asked, measuring = round_seen(viewer, round_id)
        if not may_lead(viewer, measuring):
            raise NotFound
        log.session.refresh(asked)
        if asked.closed_at is None:
            _close(log, asked)
        return measuring.id


def end_measuring(viewer: Viewer, measuring_id: uuid.UUID) -> None:
    """Ask nobody any more. What was answered stays what it is."""
    with changing(viewer.space_id) as log:
        measuring = _led(viewer, measuring_id)
        if measuring.ended_at is None:
            _end(log, measuring)


def _led(viewer: Viewer, measuring_id: uuid.UUID) -> Measuring:
    measuring = measuring_seen(viewer, measuring_id)
    if not may_lead(viewer, measuring):
        raise NotFound
    return measuring


def _is_late(viewer: Viewer, measuring: Measuring, today: date) -> bool:
    if measuring.ended_at is not None:
        return False
    waiting = _unopened(measuring, today) or _overdue(measuring, today)
    return bool(waiting or not is_running(measuring, today) or _unreached(viewer, measuring, today))


def _unopened(measuring: Measuring, today: date) -> list[tuple[int, date]]:
    if measuring.rhythm != Rhythm.DATES or measuring.ended_at is not None:
        return []
    there = {each.number for each in rounds_of(measuring)}
    last = min(today, measuring.until or today)
    due = [
        (number, on)
        for number, on in enumerate(calendar_of(measuring), 1)
        if on <= last and number not in there
    ]
    return due if due and not has_nothing_to_ask(measuring.series_id) else []


def _unreached(viewer: Viewer, measuring: Measuring, today: date) -> list[int]:
    if measuring.rhythm != Rhythm.MEETINGS or not is_running(measuring, today):
        return []
    there = {each.number for each in rounds_of(measuring)}
    own = own_rounds_of(viewer, measuring, today)
    due = [each.number for each in own if each.state is not RoundState.COMING and each.number not in there]
    return due if due and not has_nothing_to_ask(measuring.series_id) else []


def _overdue(measuring: Measuring, today: date) -> list[Round]:
    """The rounds for all that are open though their time is over. A baseline waits for who comes later."""
    if measuring.rhythm == Rhythm.MEETINGS:
        return []
    timezone = timezone_of(measuring.space_id)
    rows = rounds_of(measuring)
    over = []
    for place, each in enumerate(rows):
        begins = each.due_on or day_of(each.opened_at, timezone)
        ends = [] if measuring.open_days is None else [begins + timedelta(days=measuring.open_days)]
        ends += [later.due_on for later in rows[place + 1 :] if later.due_on is not None]
        waits = each.number == BASELINE and measuring.rhythm == Rhythm.DATES
        if each.closed_at is None and not waits and any(end <= today for end in ends):
            over.append(each)
    return over


def _open_newest(log: Log, measuring: Measuring, number: int, due_on: date | None) -> uuid.UUID:
    version = version_to_ask(measuring.series_id) or newest_of(measuring.series_id)
    if to_explain(version):  # nobody says why its words stay: what was asked before goes on
        version = log.session.get_one(Instrument, rounds_of(measuring)[-1].instrument_id)
    return open_round(log, measuring, as_decided(log, version), number, due_on)


def _end(log: Log, measuring: Measuring) -> None:
    measuring.ended_at = utcnow()
    for each in rounds_of(measuring):
        if each.closed_at is None:
            _close(log, each)
    log.session.flush()
    log.record(
        "measuring",
        "ended",
        audience=Audience(Visibility.SPACE),
        subject_type="measuring",
        subject_id=measuring.id,
    )


def _close(log: Log, asked: Round) -> None:
    asked.closed_at = utcnow()
    log.session.flush()
    record(log, asked, "closed")
    publish_round(log, asked)

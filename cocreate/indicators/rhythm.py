"""When somebody is asked again, and when low stays low: by a person's own rounds and nobody else's."""

from calendar import monthrange
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import zip_longest
from typing import Final

from cocreate.indicators.kinds import Missing, Number

MONTHS_OF_A_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class Attendance:
    """That a person was at a meeting."""

    person_id: Hashable
    meeting_id: Hashable
    on: date


@dataclass(frozen=True, slots=True)
class DueRound:
    """A round that is asked from a day on. The baseline is round 0, and never due."""

    number: int
    due_on: date


class RoundState(StrEnum):
    """Where a round stands for one person. Missed and not asked are reasons for missing, and stay so."""

    COMING = "coming"
    OPEN = "open"
    ANSWERED = "answered"
    MISSED = "missed"
    NOT_ASKED = "not_asked"

    @property
    def missing(self) -> Missing | None:
        """The reason that is kept in the place of an answer."""
        return _REASONS.get(self)


_REASONS: Final = {RoundState.MISSED: Missing.MISSED_ROUND, RoundState.NOT_ASKED: Missing.NOT_ASKED}


@dataclass(frozen=True, slots=True)
class OwnRound:
    """A round of one person, asked from `due_on` to the day before `closes_on` (None: it stays open)."""

    number: int
    due_on: date
    closes_on: date | None
    state: RoundState


def rounds_after_meetings(
    person_id: Hashable, baseline_on: date, register: Iterable[Attendance], every: int
) -> tuple[DueRound, ...]:
    """Round k is due on the day of the (k · every)-th meeting that this person attended after the baseline.

    Only attendance decides, and never whether or when an earlier round was answered: so a missed round does
    not shift the next ones. A meeting on the day of the baseline does not count, for the baseline is taken
    there; one that is registered twice counts once, on its first day.
    """
    days = _meeting_days(person_id, baseline_on, register)
    if every < 1:
        raise ValueError("a round comes after one meeting or more")
    return tuple(DueRound(number, on) for number, on in enumerate(days[every - 1 :: every], start=1))


def meetings_to_go(person_id: Hashable, baseline_on: date, register: Iterable[Attendance], every: int) -> int:
    """How many meetings this person still has to attend before the next round, from 1 to `every`."""
    return every - len(_meeting_days(person_id, baseline_on, register)) % every


def rounds_by_date(baseline_on: date, dates: Iterable[date]) -> tuple[DueRound, ...]:
    """The rounds of a shared calendar that come after somebody's own baseline.

    Their numbers are those of the calendar, so that round 3 is the same round for all; who came later
    has no rounds 1 and 2 (they were not asked).
    """
    return tuple(
        DueRound(number, on) for number, on in enumerate(sorted(set(dates)), start=1) if on > baseline_on
    )


def dates_every(first: date, months: int, times: int) -> tuple[date, ...]:
    """So many dates, so many months apart; what falls after the end of a month is on its last day.

    Counted from the first date each time: 31 January, 28 February, 31 March.
    """
    return tuple(_months_later(first, months * step) for step in range(times))


def own_rounds(
    due: Sequence[DueRound], answered: Collection[int], today: date, open_days: int | None = None
) -> tuple[OwnRound, ...]:
    """The rounds of one person as they stand today; `answered` holds the numbers of those with an answer.

    A round closes when the next one is due, or `open_days` after it was due when that is sooner. Closed
    without an answer it is missed for good. Of several rounds due on one day only the last is asked.
    Answers belong to numbers: strike a meeting from the register, and a round that was answered too early
    is not asked again when its day comes.
    """
    rounds = []
    for each, following in zip_longest(due, due[1:]):
        next_on = None if following is None else following.due_on
        closes_on = _earliest(next_on, each.due_on, open_days)
        state = _state(each, closes_on, today, is_answered=each.number in answered)
        rounds.append(OwnRound(each.number, each.due_on, closes_on, state))
    return tuple(rounds)


def _meeting_days(person_id: Hashable, baseline_on: date, register: Iterable[Attendance]) -> list[date]:
    first: dict[Hashable, date] = {}
    for attendance in register:
        if attendance.person_id == person_id:
            on = first.get(attendance.meeting_id, attendance.on)
            first[attendance.meeting_id] = min(on, attendance.on)
    return sorted(on for on in first.values() if on > baseline_on)


def _months_later(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, MONTHS_OF_A_YEAR)
    year, month = first.year + years, month + 1
    return date(year, month, min(first.day, monthrange(year, month)[1]))


def _earliest(next_on: date | None, due_on: date, open_days: int | None) -> date | None:
    ends = [next_on, None if open_days is None else due_on + timedelta(days=open_days)]
    return min((end for end in ends if end is not None), default=None)


def _state(due: DueRound, closes_on: date | None, today: date, *, is_answered: bool) -> RoundState:
    if is_answered:
        return RoundState.ANSWERED
    if today < due.due_on:
        return RoundState.COMING
    if closes_on is None or today < closes_on:
        return RoundState.OPEN
    return RoundState.MISSED if closes_on > due.due_on else RoundState.NOT_ASKED


class Silence(StrEnum):
    """What a round without an answer does to a row of low ones. It never makes one longer.

    NEUTRAL is the usual: it does not break the row either, for it says nothing. With BREAKS a row begins anew
    after it. A round that was not asked is passed over always: it is nobody's silence.
    """

    NEUTRAL = "neutral"
    BREAKS = "breaks"


@dataclass(frozen=True, slots=True)
class LowRule:
    """When low is low for long: `rounds` in a row, over at least `days` days, below a limit (or at it)."""

    limit: Number
    rounds: int
    days: int
    counts_limit: bool = False
    silence: Silence = Silence.NEUTRAL

    def __post_init__(self) -> None:
        if self.rounds < 1 or self.days < 0:
            raise ValueError("at least one round, over no fewer than 0 days")

    def is_low(self, value: Number) -> bool:
        """Whether a value is low."""
        return value < self.limit or (self.counts_limit and value == self.limit)


@dataclass(frozen=True, slots=True)
class RoundAnswer:
    """What somebody answered in a round (0: the baseline) or why not; `on` is the day, or when it was due."""

    number: int
    on: date
    value: Number | Missing


@dataclass(frozen=True, slots=True)
class LongLow:
    """A row of low answers that is still going on."""

    since: date
    until: date
    rounds: int

    @property
    def days(self) -> int:
        """From the first to the last of the row; the time after it is not known to be low."""
        return (self.until - self.since).days


def long_low(rule: LowRule, answers: Iterable[RoundAnswer]) -> LongLow | None:
    """The row of low rounds that the latest answer of one person ends, when it is long by the rule.

    In the order of the rounds, however they are given. One answer that is not low ends the row.
    """
    row: list[RoundAnswer] = []
    for answer in _in_order(answers):
        if not isinstance(answer.value, Missing):
            row = [*row, answer] if rule.is_low(answer.value) else []
        elif answer.value is Missing.NOT_ASKED:
            continue
        elif rule.silence is Silence.BREAKS:
            row = []
    if not row:
        return None
    found = LongLow(row[0].on, row[-1].on, len(row))
    return found if found.rounds >= rule.rounds and found.days >= rule.days else None


def _in_order(answers: Iterable[RoundAnswer]) -> list[RoundAnswer]:
    ordered = sorted(answers, key=lambda answer: answer.number)
    if len({answer.number for answer in ordered}) < len(ordered):
        raise ValueError("one person answers a round once")
    return ordered

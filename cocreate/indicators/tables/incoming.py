"""Who answered what in which round, as a table tells it; and all that is wrong with it, line by line."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from cocreate.core.tables import Cell
from cocreate.indicators.codebook import BY_HELPER, FACTS, ON, PERSON, ROUND, VOICE, Asked
from cocreate.indicators.kinds import AnswerRefused
from cocreate.indicators.scoring.limits import shown
from cocreate.indicators.scoring.refusal import marked as _l
from cocreate.indicators.tables.answers import Kept, read_cells
from cocreate.indicators.tables.limits import MAX_PROBLEMS
from cocreate.indicators.tables.reasons import sentence_of
from cocreate.indicators.tables.voices import OTHER

LONGEST_NAME: Final = 80
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})(?:-\d{2})?")
_YES: Final = frozenset({"1", "yes", "true", "ja", "waar"})
_NO: Final = frozenset({"", "0", "no", "false", "nee", "onwaar"})


@dataclass(frozen=True, slots=True)
class Place:
    """What a table may speak of: rounds with the version they ask, voices by every name they have."""

    asked: Sequence[Asked]
    rounds: Mapping[int, int]
    voices: Mapping[str, str]
    today: date


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where; lines are counted as a spreadsheet does."""

    line: int
    column: str
    message: str
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Given:
    """What one person answered in one round, by the key of the item in that version."""

    person: str
    round: int
    voice: str | None
    on: date | None
    is_by_helper: bool
    answers: Mapping[str, Kept]


@dataclass(slots=True)
class Incoming:
    """What a table tells, and the first of what is wrong with it."""

    given: list[Given] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    wrong: int = 0  # how much in all

    def complain(self, line: int, column: str, message: str, **params: str | int) -> None:
        """Note what is wrong; of very much only the beginning."""
        self.wrong += 1
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(line, shown(column), message, params))


def read_given(rows: Sequence[Sequence[Cell]], place: Place) -> Incoming:
    """All that the table tells, or all that is wrong with it. Nothing is guessed."""
    found = Incoming()
    columns = _columns(rows[0], place, found)
    if found.wrong:
        return found
    met: dict[tuple[str, int], int] = {}
    voices: dict[str, tuple[str | None, int]] = {}
    for line, row in enumerate(rows[1:], start=2):
        if any(cell is not None for cell in row):
            given = _given(line, _named(row, columns), place, found)
            if given is not None:
                _check_person(line, given, met, voices, found)
                found.given.append(given)
    if not found.given and not found.wrong:
        found.complain(1, PERSON, _l("Nobody is in this table."))
    return found


def _columns(header: Sequence[Cell], place: Place, found: Incoming) -> dict[str, int]:
    known = set(FACTS) | {column for each in place.asked for column in each.columns}
    columns: dict[str, int] = {}
    for number, cell in enumerate(header):
        name = str(cell).strip() if cell is not None else ""
        if name in columns:
            found.complain(1, name, _l("This column is there twice."))
        elif name in known:
            columns[name] = number
        elif name:
            found.complain(1, name, _l("We do not know this column. The codebook has all names."))
    for name in (PERSON, ROUND):
        if name not in columns:
            found.complain(1, name, _l("This column is missing."))
    for each in place.asked:
        have = [column for column in each.columns if column in columns]
        if have and len(have) < len(each.columns):
            missing = next(column for column in each.columns if column not in columns)
            found.complain(1, missing, _l("This column is missing."))
    return columns


def _named(row: Sequence[Cell], columns: Mapping[str, int]) -> dict[str, Cell]:
    return {name: row[number] for name, number in columns.items() if number < len(row)}


def _given(line: int, row: Mapping[str, Cell], place: Place, found: Incoming) -> Given | None:
    before = found.wrong
    person = _text(row, PERSON)
    if not person or len(person) > LONGEST_NAME:
        found.complain(line, PERSON, _l("Say with a number or a short word which person this is."))
    number = _round(line, row, place, found)
    voice = _voice(line, row, place, found)
    on = _month(line, row, place, found)
    helped = _text(row, BY_HELPER).lower()
    if helped not in _YES | _NO:
        found.complain(line, BY_HELPER, _l("Write 1 or 0 here."))
    answers = {} if number is None else _answers(line, row, place, number, found)
    if number is None or found.wrong > before:
        return None
    return Given(person, number, voice, on, helped in _YES, answers)


def _text(row: Mapping[str, Cell], name: str) -> str:
    cell = row.get(name)
    return "" if cell is None else " ".join(str(cell).split())


def _round(line: int, row: Mapping[str, Cell], place: Place, found: Incoming) -> int | None:
    text = _text(row, ROUND)
    number = int(text) if re.fullmatch(r"[0-9]{1,6}", text) else None
    if number in place.rounds:
        return number
    last = max(place.rounds, default=0)
    found.complain(line, ROUND, _l("There is no such round. Rounds here go from 0 to %(last)s."), last=last)
    return None


def _voice(line: int, row: Mapping[str, Cell], place: Place, found: Incoming) -> str | None:
    name = _text(row, VOICE).lower()
    if not name or name == OTHER:
        return None
    if name not in place.voices:
        found.complain(line, VOICE, _l("“%(voice)s” is no voice of this space."), voice=shown(name))
    return place.voices.get(name)


def _month(line: int, row: Mapping[str, Cell], place: Place, found: Incoming) -> date | None:
    text = _text(row, ON)
    if not text:
        return None
    read = _MONTH.fullmatch(text)
    if read is None or not 1 <= int(read[2]) <= 12 or int(read[1]) < 1900:  # noqa: PLR2004 (months, years)
        found.complain(line, ON, _l("Write the year and the month like this: 2026-11."))
        return None
    first = date(int(read[1]), int(read[2]), 1)
    if first > place.today:
        found.complain(line, ON, _l("This month has not come yet."))
    return first


def _answers(
    line: int, row: Mapping[str, Cell], place: Place, number: int, found: Incoming
) -> dict[str, Kept]:
    answers: dict[str, Kept] = {}
    for each in place.asked:
        try:
            kept = read_cells(each.answers, [row.get(column) for column in each.columns])
        except AnswerRefused as refused:
            message, params = sentence_of(refused)
            found.complain(line, each.columns[0], message, **params)
            continue
        item = each.items.get(place.rounds[number])
        if kept is not None and item is None:
            found.complain(line, each.columns[0], _l("This was not asked in round %(round)s."), round=number)
        elif kept is not None and item is not None:
            answers[item] = kept
    return answers


def _check_person(
    line: int,
    given: Given,
    met: dict[tuple[str, int], int],
    voices: dict[str, tuple[str | None, int]],
    found: Incoming,
) -> None:
    earlier = met.setdefault((given.person, given.round), line)
    if earlier != line:
        found.complain(
            line, PERSON, _l("This person has this round already, in line %(first)s."), first=earlier
        )
    voice, first = voices.setdefault(given.person, (given.voice, line))
    if voice != given.voice:
        found.complain(line, VOICE, _l("This person has another voice in line %(first)s."), first=first)

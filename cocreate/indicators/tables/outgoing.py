"""What people answered as rows: of those who agreed without who they are, and one's own to read."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cocreate.core.tables import Cell
from cocreate.indicators.codebook import FACTS, Asked
from cocreate.indicators.scoring import Choices
from cocreate.indicators.tables.answers import cells_of
from cocreate.indicators.tables.voices import shown_voices

Rows = list[list[Cell]]
Shuffle = Callable[[list[str]], None]


@dataclass(frozen=True, slots=True)
class Told:
    """One answer, in which round of which version it was given, and how."""

    person: str
    voice: str | None
    round: int
    version: int
    item: str
    value: Any
    missing: str | None
    is_shown: bool  # whether its words are there for others to read
    is_by_helper: bool
    is_on_paper: bool
    month: str
    is_brought: bool = False  # whether somebody else brought this person in


def lay_out(asked: Sequence[Asked], told: Iterable[Told], least: int, shuffle: Shuffle) -> tuple[Rows, int]:
    """A row for each person in each round, and how many people are in it who came in themselves.

    Only these make a voice large enough to be told: who brought others in knows which rows are theirs.
    Who is which number hangs on chance alone, and so does their order. A row that would hold no answer is
    not there: that somebody answered and showed it to nobody is theirs to tell.
    """
    filled: dict[str, dict[int, list[Cell]]] = defaultdict(dict)
    voices: dict[str, str | None] = {}
    brought: set[str] = set()
    for (person, number), some in _together(told).items():
        cells = [cell for each in asked for cell in _cells(each, some)]
        if any(cell is not None for cell in cells):
            helped, paper = (any(each.is_by_helper for each in some), any(each.is_on_paper for each in some))
            filled[person][number] = [min(each.month for each in some), int(helped), int(paper), *cells]
            voices[person] = some[0].voice
            brought |= {each.person for each in some if each.is_brought}
    people = sorted(filled)
    shuffle(people)
    themselves = voices.keys() - brought
    shown = shown_voices(voices, least, themselves)
    rows: Rows = [[*FACTS, *(column for each in asked for column in each.columns)]]
    for drawn, person in enumerate(people, start=1):
        for number, cells in sorted(filled[person].items()):
            rows.append([drawn, shown[person] or None, number, *cells])
    return rows, len(themselves)


def read_back(asked: Sequence[Asked], told: Iterable[Told]) -> Rows:
    """What somebody answered themselves, to read: a line for each part of each answer."""
    rows: Rows = [["round", "month", "question", "part", "answer", "no_answer_because"]]
    for (_person, number), some in sorted(_together(told).items(), key=lambda each: each[0][1]):
        for each in asked:
            answer = _answer(each, some)
            if answer is not None:
                values = _values(each, answer)
                for part, value in zip(each.parts, values, strict=True):
                    rows.append([number, answer.month, each.item.text, part or None, value, answer.missing])
    return rows


def _together(told: Iterable[Told]) -> dict[tuple[str, int], list[Told]]:
    found: dict[tuple[str, int], list[Told]] = defaultdict(list)
    for each in told:
        found[each.person, each.round].append(each)
    return found


def _answer(asked: Asked, some: Sequence[Told]) -> Told | None:
    return next((each for each in some if asked.items.get(each.version) == each.item), None)


def _cells(asked: Asked, some: Sequence[Told]) -> list[Cell]:
    answer = _answer(asked, some)
    if answer is None:
        return [None] * len(asked.columns)
    return cells_of(asked, answer.value, answer.missing, answer.is_shown)


def _values(asked: Asked, answer: Told) -> list[Cell]:
    if answer.value is None:
        return [None] * len(asked.columns)
    if isinstance(asked.answers, Choices):
        labels = {option.key: option.label for option in asked.answers.options}
        return [labels.get(str(answer.value), str(answer.value))]
    return list(answer.value) if len(asked.columns) > 1 else [answer.value]

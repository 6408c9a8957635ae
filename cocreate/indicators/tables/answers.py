"""One answer as the cells of a table, and back."""

import re
from collections.abc import Sequence
from typing import Any, Final

from cocreate.core.tables import Cell
from cocreate.indicators.codebook import MISSING, Asked
from cocreate.indicators.kinds import AnswerKind, AnswerRefused, Missing, Refusal, read_answer
from cocreate.indicators.scoring import Answers, Choices

Kept = tuple[Any, str | None]  # a value as it is kept, or why there is none

_LIKE_A_CODE: Final = re.compile(rf"\\*{MISSING}")


def is_words(answers: Answers) -> bool:
    """Whether people answer in their own words."""
    return not isinstance(answers, Choices) and answers.kind is AnswerKind.OPEN


def cells_of(asked: Asked, value: Any, missing: str | None, shows_words: bool = False) -> list[Cell]:
    """What stands in the columns of this question; nothing when there is no answer, or it is not shown."""
    width = len(asked.columns)
    if missing is not None:
        return [f"{MISSING}{missing}"] * width
    if value is None or (is_words(asked.answers) and not shows_words):
        return [None] * width
    if is_words(asked.answers):
        return [f"\\{value}" if _LIKE_A_CODE.match(value) else value]
    return list(value) if width > 1 else [value]


def read_cells(answers: Answers, cells: Sequence[Cell]) -> Kept | None:
    """The answer in these cells, None when they are empty; AnswerRefused when it is none."""
    if all(cell is None or not str(cell).strip() for cell in cells):
        return None
    reasons = {_reason(cell) for cell in cells if isinstance(cell, str)} - {None}
    if reasons:
        if len(reasons) > 1 or len(set(cells)) > 1:
            raise AnswerRefused(Refusal.HALF_A_PAIR)
        return None, reasons.pop()
    if isinstance(answers, Choices):
        return _choice(answers, str(cells[0]).strip()), None
    if is_words(answers):
        words = str(cells[0])
        return read_answer(answers, words[1:] if _LIKE_A_CODE.match(words) else words), None
    return _kept(read_answer(answers, list(cells) if len(cells) > 1 else cells[0])), None


def _reason(cell: str) -> str | None:
    if not cell.startswith(MISSING):
        return None
    code = cell.removeprefix(MISSING).strip()
    if code not in list(Missing):
        raise AnswerRefused(Refusal.NOT_A_CHOICE)
    return code


def _choice(answers: Choices, key: str) -> str:
    if key not in {option.key for option in answers.options}:
        raise AnswerRefused(Refusal.NOT_A_CHOICE)
    return key


def _kept(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, str) else value

"""Reading an answer: what is kept exactly as it was given, or refused with a reason."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from math import isfinite
from types import MappingProxyType
from typing import Final

from cocreate.core.tables import UNSEEN
from cocreate.indicators.kinds.shapes import (
    MOST,
    SKIPS,
    WHOLE,
    Agreement,
    AnswerKind,
    AnswerShape,
    HaveAndWish,
    Missing,
    Triad,
    Value,
)

MAX_WORDS: Final = 5_000  # letters of an open answer
MAX_DIGITS: Final = 12

_NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


class Refusal(StrEnum):
    """Why something cannot be an answer."""

    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    TOO_LOW = "too_low"
    TOO_HIGH = "too_high"
    NOT_A_CHOICE = "not_a_choice"
    NOT_WORDS = "not_words"
    TOO_LONG = "too_long"
    NOT_THREE = "not_three"
    NOT_A_WHOLE = "not_a_whole"
    HALF_A_PAIR = "half_a_pair"


class AnswerRefused(ValueError):
    """This is no answer to the question: `reason` says why, `limit` which end was passed, if one was."""

    def __init__(self, reason: Refusal, limit: int | None = None) -> None:
        self.reason, self.limit = reason, limit
        super().__init__(reason if limit is None else f"{reason}: {limit}")


def read_answer(shape: AnswerShape, raw: object) -> Value:
    """The answer that a form or a file gives; AnswerRefused when it is none, also when it is empty.

    A pair or a triad comes as a list of its parts. Nothing is rounded, cut off or filled in.
    """
    if raw is None or isinstance(raw, Missing) or (isinstance(raw, str) and not raw.strip()):
        raise AnswerRefused(Refusal.EMPTY)
    return _READERS.get(shape.kind, _read_number)(shape, raw)


def read_missing(raw: object) -> Missing:
    """The reason somebody gives for not answering; the other reasons are not for them to give."""
    for reason in SKIPS:
        if raw == reason:
            return reason
    raise AnswerRefused(Refusal.NOT_A_CHOICE)


def _read_number(shape: AnswerShape, raw: object) -> int:
    number = _whole(raw)
    lowest, highest = shape.ends or (0, MOST)
    if number < lowest:
        raise AnswerRefused(Refusal.TOO_LOW, lowest)
    if number > highest:
        raise AnswerRefused(Refusal.TOO_HIGH, highest)
    return number


def _whole(raw: object) -> int:
    if isinstance(raw, str):
        text = raw.strip()
        if not _NUMBER.fullmatch(text) or len(text) > MAX_DIGITS:
            raise AnswerRefused(Refusal.NOT_A_NUMBER)
        if "." in text or "," in text:
            raise AnswerRefused(Refusal.NOT_WHOLE)
        return int(text)
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    if not isinstance(raw, float) or not isfinite(raw):
        raise AnswerRefused(Refusal.NOT_A_NUMBER)
    if not raw.is_integer():
        raise AnswerRefused(Refusal.NOT_WHOLE)
    return int(raw)


def _read_agreement(_shape: AnswerShape, raw: object) -> Agreement:
    for choice in Agreement:
        if isinstance(raw, str) and raw.strip() == choice:
            return choice
    raise AnswerRefused(Refusal.NOT_A_CHOICE)


def _read_words(_shape: AnswerShape, raw: object) -> str:
    if not isinstance(raw, str):
        raise AnswerRefused(Refusal.NOT_WORDS)
    words = UNSEEN.sub("", raw).replace("\r\n", "\n").replace("\r", "\n").strip()
    if not words:
        raise AnswerRefused(Refusal.EMPTY)
    if len(words) > MAX_WORDS:
        raise AnswerRefused(Refusal.TOO_LONG, MAX_WORDS)
    return words


def _read_triad(shape: AnswerShape, raw: object) -> Triad:
    if not isinstance(raw, list | tuple) or len(raw) != len(Triad._fields):
        raise AnswerRefused(Refusal.NOT_THREE)
    triad = Triad(*(_read_number(shape, weight) for weight in raw))
    if sum(triad) != WHOLE:
        raise AnswerRefused(Refusal.NOT_A_WHOLE, WHOLE)
    return triad


def _read_pair(shape: AnswerShape, raw: object) -> HaveAndWish:
    if not isinstance(raw, list | tuple) or len(raw) != len(HaveAndWish._fields):
        raise AnswerRefused(Refusal.HALF_A_PAIR)
    if any(part is None or isinstance(part, Missing) or part == "" for part in raw):
        raise AnswerRefused(Refusal.HALF_A_PAIR)
    return HaveAndWish(*(_read_number(shape, part) for part in raw))


_READERS: Final[Mapping[AnswerKind, Callable[[AnswerShape, object], Value]]] = MappingProxyType(
    {
        AnswerKind.YES_MORE_OR_LESS_NO: _read_agreement,
        AnswerKind.TRIAD: _read_triad,
        AnswerKind.OPEN: _read_words,
        AnswerKind.HAVE_AND_WISH: _read_pair,
    }
)

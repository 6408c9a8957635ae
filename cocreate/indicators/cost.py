"""What answering a question costs a person: seconds, counted beforehand or measured when people tried it.

Before anybody tried it, seconds are an estimate: the time to read the words, and the time to give an answer.

Reading goes at 120 words in a minute, half as fast as the 238 words that adults read silently on average
(Brysbaert 2019, Journal of Memory and Language 109): for who reads with effort, on a screen that is new.
The seconds to answer are our own estimate, made for the same person: one tap takes 4 seconds to decide and to
find; a place between words takes longer than a number; two scales take twice one; a number that must be
remembered takes longer than a feeling; two spoken or typed sentences take a minute. No source gives these for
our tablets. So as soon as two people tried the question, the middle one of what they needed takes over.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from statistics import median
from types import MappingProxyType
from typing import Final

from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.rules import TRIED
from cocreate.indicators.scoring import Answers

WORDS_IN_A_MINUTE: Final = 120
LEAST: Final = 5  # seconds; nobody looks, chooses and goes on faster
ROUNDED: Final = 5
A_MINUTE: Final = 60

SECONDS: Final[Mapping[AnswerKind, int]] = MappingProxyType(
    {
        AnswerKind.SMILEYS: 4,
        AnswerKind.YES_MORE_OR_LESS_NO: 4,
        AnswerKind.FIVE_POINTS: 6,
        AnswerKind.SCALE_0_10: 6,
        AnswerKind.SCALE_1_10: 6,
        AnswerKind.DYAD: 10,
        AnswerKind.COUNT: 12,
        AnswerKind.HAVE_AND_WISH: 15,
        AnswerKind.TRIAD: 20,
        AnswerKind.OPEN: 60,
    }
)
_CHOICE: Final = 6  # one of the options of a known questionnaire: as one of five points


def seconds_for(answers: Answers, text: str, tried: Iterable[int | None] = ()) -> int:
    """How many seconds this question takes, in steps of five.

    `tried` are the seconds that people needed who tried it; None where that is not known.
    """
    measured = [seconds for seconds in tried if seconds is not None]
    if len(measured) >= TRIED:
        return _rounded(median(measured))
    if isinstance(answers, AnswerShape):
        return _rounded(_reading(text, *answers.labels, answers.unit) + SECONDS[answers.kind])
    return _rounded(_reading(text, *(option.label for option in answers.options)) + _CHOICE)


def minutes_for(seconds: Sequence[int]) -> int:
    """A list of questions in whole minutes, never less than it takes."""
    return ceil(sum(seconds) / A_MINUTE)


def _reading(*texts: str) -> float:
    return sum(len(text.split()) for text in texts) * A_MINUTE / WORDS_IN_A_MINUTE


def _rounded(seconds: float) -> int:
    return max(LEAST, ROUNDED * ceil(seconds / ROUNDED))

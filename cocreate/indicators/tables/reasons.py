"""Why something in a cell is no answer, in a sentence."""

from collections.abc import Mapping
from typing import Final

from cocreate.indicators.kinds import AnswerRefused, Refusal
from cocreate.indicators.scoring.refusal import marked as _l

_SENTENCES: Final[Mapping[Refusal, str]] = {
    Refusal.EMPTY: _l("Nothing is filled in here."),
    Refusal.NOT_A_NUMBER: _l("This is no number."),
    Refusal.NOT_WHOLE: _l("Only whole numbers fit here."),
    Refusal.TOO_LOW: _l("The lowest number here is %(limit)s."),
    Refusal.TOO_HIGH: _l("The highest number here is %(limit)s."),
    Refusal.NOT_A_CHOICE: _l("This is not one of the answers. The codebook has all codes."),
    Refusal.NOT_WORDS: _l("Only words fit here."),
    Refusal.TOO_LONG: _l("These are more than %(limit)s letters."),
    Refusal.NOT_THREE: _l("All three parts must be filled in."),
    Refusal.NOT_A_WHOLE: _l("The three parts must make %(limit)s together."),
    Refusal.HALF_A_PAIR: _l("All parts must be filled in, or none."),
}


def sentence_of(refused: AnswerRefused) -> tuple[str, dict[str, int]]:
    """The English template, and what fills it in."""
    return _SENTENCES[refused.reason], {} if refused.limit is None else {"limit": refused.limit}

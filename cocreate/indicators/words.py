"""How answers read: each choice of a question, the reasons for none, and what somebody answered."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from cocreate.indicators.kinds import AnswerKind, AnswerRefused, AnswerShape, Missing, Refusal
from cocreate.indicators.kinds.shapes import WHOLE
from cocreate.indicators.scoring import Answers, Choices

DYAD_STEP = 10  # a finger finds eleven points between two poles,
TRIAD_STEP = 20  # and twenty-one in a triangle
MOST_POINTS = 11  # of a pair that is shown as tiles; with more, people type a number

_NO_CHOICE: Final = _l("Choose one of the answers.")
_REFUSED: Final[Mapping[Refusal, Any]] = {
    Refusal.EMPTY: _l("Choose an answer, or say why not."),
    Refusal.NOT_A_NUMBER: _l("Type a number, in digits."),
    Refusal.NOT_WHOLE: _l("Type a whole number, without a comma."),
    Refusal.TOO_LOW: _l("The lowest number that fits here is %(limit)s."),
    Refusal.TOO_HIGH: _l("The highest number that fits here is %(limit)s."),
    Refusal.NOT_A_CHOICE: _NO_CHOICE,
    Refusal.NOT_WORDS: _l("Answer in words."),
    Refusal.TOO_LONG: _l("This is longer than we can keep. Use at most %(limit)s letters."),
    Refusal.NOT_THREE: _l("Choose a place in the triangle."),
    Refusal.NOT_A_WHOLE: _l("Choose a place in the triangle."),
    Refusal.HALF_A_PAIR: _l("Choose both: how it is now, and how you would like it."),
}


class Chosen(NamedTuple):
    """One answer to choose: what is sent, and what people read."""

    value: str
    words: str


def choices_of(answers: Answers) -> list[Chosen]:
    """What can be chosen, in the order in which people see it; nothing where people write or type."""
    if isinstance(answers, Choices):
        return [Chosen(option.key, option.label) for option in answers.options]
    if answers.kind is AnswerKind.DYAD:
        return [
            Chosen(str(at), _weights(answers.labels, (WHOLE - at, at)))
            for at in range(0, WHOLE + 1, DYAD_STEP)
        ]
    if answers.kind is AnswerKind.HAVE_AND_WISH and answers.ends:
        lowest, highest = answers.ends
        numbers = range(lowest, highest + 1) if highest - lowest < MOST_POINTS else ()
        return [Chosen(str(number), str(number)) for number in numbers]
    words = _named(answers) or tuple(str(choice) for choice in answers.choices)
    return [Chosen(str(choice), word) for choice, word in zip(answers.choices, words, strict=True)]


def triangle_of(answers: AnswerShape) -> list[list[Chosen]]:
    """The points of a triad row by row, from its top corner down."""
    return [
        [
            _point(answers, (WHOLE - top - right, right, top))
            for right in range(0, WHOLE - top + 1, TRIAD_STEP)
        ]
        for top in range(WHOLE, -1, -TRIAD_STEP)
    ]


def missing_words() -> dict[str, str]:
    """Why there is no answer, in a few words."""
    return {
        Missing.DOES_NOT_APPLY: _("This is not about me"),
        Missing.DO_NOT_KNOW: _("I don't know"),
        Missing.RATHER_NOT_SAY: _("I'd rather not say"),
        Missing.MISSED_ROUND: _("Not there this time"),
        Missing.NOT_ASKED: _("Not asked"),
    }


def helped_words() -> str:
    """That somebody else wrote an answer down."""
    return str(_("Somebody wrote this down for you."))


def refused_words(refused: AnswerRefused) -> str:
    """Why something cannot be an answer, and which limit it passed."""
    return str(_REFUSED[refused.reason] % {"limit": refused.limit})


def in_words(answers: Answers, value: object) -> str:
    """An answer as it was kept, in words; exactly what was answered, nothing rounded."""
    if isinstance(answers, Choices):
        return next((option.label for option in answers.options if option.key == value), str(value))
    if isinstance(value, int) and not isinstance(value, bool) and answers.ends:
        return _number_in_words(answers, value, answers.ends[1])
    if answers.kind is AnswerKind.HAVE_AND_WISH and isinstance(value, Sequence):
        have, wish = value
        return str(
            _("Now: %(have)s. I would like: %(wish)s. (%(unit)s)", have=have, wish=wish, unit=answers.unit)
        )
    if answers.kind is AnswerKind.TRIAD and isinstance(value, Sequence):
        return _weights(answers.labels, value)
    return _word_of(answers, value)


def _number_in_words(answers: AnswerShape, value: int, highest: int) -> str:
    if answers.kind is AnswerKind.DYAD:
        return _weights(answers.labels, (WHOLE - value, value))
    if answers.kind is AnswerKind.COUNT:
        return f"{value} {answers.unit}"
    if _named(answers):
        return _word_of(answers, value)
    return str(_("%(number)s out of %(highest)s", number=value, highest=highest))


def _word_of(answers: AnswerShape, value: object) -> str:
    return next((each.words for each in choices_of(answers) if each.value == str(value)), str(value))


def _named(answers: AnswerShape) -> tuple[str, ...]:
    """The words of the choices, where each of them has its own."""
    if answers.kind is AnswerKind.FIVE_POINTS:
        return answers.labels
    if answers.kind is AnswerKind.SMILEYS:
        return answers.labels or (
            _("Not good at all"),
            _("Not so good"),
            _("In between"),
            _("Good"),
            _("Very good"),
        )
    if answers.kind is AnswerKind.YES_MORE_OR_LESS_NO:
        return answers.labels or (_("Yes"), _("More or less"), _("No"))
    return ()


def _point(answers: AnswerShape, weights: tuple[int, int, int]) -> Chosen:
    return Chosen(" ".join(map(str, weights)), _weights(answers.labels, weights))


def _weights(labels: Sequence[str], weights: Sequence[object]) -> str:
    return ", ".join(f"{label}: {weight}" for label, weight in zip(labels, weights, strict=True))

"""The kinds of answers, with what a space sets for a question, and what their answers are."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from cocreate.core.tables import UNSEEN

WHOLE: Final = 100  # what the weights of a triad make together
MOST: Final = 1_000_000  # nobody counts further by hand
MAX_LABEL: Final = 200


class AnswerKind(StrEnum):
    """How a question can be answered."""

    SCALE_0_10 = "scale_0_10"
    SCALE_1_10 = "scale_1_10"
    FIVE_POINTS = "five_points"
    SMILEYS = "smileys"
    YES_MORE_OR_LESS_NO = "yes_more_or_less_no"
    COUNT = "count"
    DYAD = "dyad"
    TRIAD = "triad"
    OPEN = "open"
    HAVE_AND_WISH = "have_and_wish"


class Level(StrEnum):
    """What answers allow: a mean; only their order, so a middle one; only counting each; or reading."""

    NUMERIC = "numeric"
    ORDINAL = "ordinal"
    CATEGORICAL = "categorical"
    WORDS = "words"


class Missing(StrEnum):
    """Why there is no answer. It is never zero, and it never enters a mean."""

    DOES_NOT_APPLY = "does_not_apply"
    DO_NOT_KNOW = "do_not_know"
    RATHER_NOT_SAY = "rather_not_say"
    MISSED_ROUND = "missed_round"
    NOT_ASKED = "not_asked"


SKIPS: Final = (Missing.DOES_NOT_APPLY, Missing.DO_NOT_KNOW, Missing.RATHER_NOT_SAY)  # a person's own reasons


class Agreement(StrEnum):
    """The three answers of yes, more or less, no."""

    YES = "yes"
    MORE_OR_LESS = "more_or_less"
    NO = "no"


class BadShape(ValueError):
    """Settings that do not fit a kind of answer: `part` names the setting."""

    def __init__(self, kind: AnswerKind, part: str) -> None:
        self.kind, self.part = kind, part
        super().__init__(f"{kind}: {part}")


class Triad(NamedTuple):
    """A point in a triangle, as whole weights of its three corners that make 100 together."""

    left: int
    right: int
    top: int

    @property
    def point(self) -> tuple[float, float]:
        """Where it is drawn: x from left (0) to right (1), y from the base (0) to the top (1)."""
        return (self.right + self.top / 2) / WHOLE, self.top / WHOLE


class HaveAndWish(NamedTuple):
    """How it is and how somebody would like it, on one scale in one unit."""

    have: int
    wish: int

    @property
    def gap(self) -> int:
        """Wish − have: below zero when somebody has more than they wish."""
        return self.wish - self.have


Value = int | Agreement | Triad | HaveAndWish | str
Answer = Value | Missing


@dataclass(frozen=True, slots=True)
class Facts:
    """What holds for a kind, whatever the space sets."""

    level: Level
    labels: tuple[int, ...] = (0,)  # how many of them it can have
    ends: tuple[int, int] | None = None
    movable: tuple[str, ...] = ()  # the ends that a space may set
    has_unit: bool = False


_FACTS: Final[Mapping[AnswerKind, Facts]] = MappingProxyType(
    {
        AnswerKind.SCALE_0_10: Facts(Level.NUMERIC, (0, 2), (0, 10)),
        AnswerKind.SCALE_1_10: Facts(Level.NUMERIC, (0, 2), (1, 10)),
        AnswerKind.FIVE_POINTS: Facts(Level.ORDINAL, (5,), (1, 5)),
        AnswerKind.SMILEYS: Facts(Level.ORDINAL, (0, 5), (1, 5)),
        # No order is taken here: known scales count the middle answer now with yes, now with no.
        AnswerKind.YES_MORE_OR_LESS_NO: Facts(Level.CATEGORICAL, (0, 3)),
        AnswerKind.COUNT: Facts(Level.NUMERIC, (0,), (0, 1_000), ("highest",), has_unit=True),
        AnswerKind.DYAD: Facts(Level.NUMERIC, (2,), (0, WHOLE)),
        AnswerKind.TRIAD: Facts(Level.NUMERIC, (3,), (0, WHOLE)),
        AnswerKind.OPEN: Facts(Level.WORDS),
        AnswerKind.HAVE_AND_WISH: Facts(Level.NUMERIC, (0, 2), (0, 10), ("lowest", "highest"), has_unit=True),
    }
)


def facts_of(kind: AnswerKind) -> Facts:
    """What a space can set for a question of this kind, and what its answers allow."""
    return _FACTS[kind]


_CHOSEN: Final = frozenset(
    {AnswerKind.SCALE_0_10, AnswerKind.SCALE_1_10, AnswerKind.FIVE_POINTS, AnswerKind.SMILEYS}
)
_ONE_NUMBER: Final = _CHOSEN | {AnswerKind.COUNT, AnswerKind.DYAD}


@dataclass(frozen=True, slots=True)
class AnswerShape:
    """A kind of answer with the settings of one question; BadShape when they do not fit.

    `labels` name the five points, the smileys, the ends of a scale, the poles of a dyad or the corners of a
    triad (left, right, top). `lowest` and `highest` stay None where the kind decides.
    """

    kind: AnswerKind
    labels: tuple[str, ...] = ()
    unit: str = ""
    lowest: int | None = None
    highest: int | None = None

    def __post_init__(self) -> None:
        facts = _FACTS[self.kind]
        if len(self.labels) not in facts.labels or len(set(self.labels)) < len(self.labels):
            raise BadShape(self.kind, "labels")
        if not all(_is_label(label) for label in self.labels):
            raise BadShape(self.kind, "labels")
        if facts.has_unit != bool(self.unit) or (self.unit and not _is_label(self.unit)):
            raise BadShape(self.kind, "unit")
        for part, end in (("lowest", self.lowest), ("highest", self.highest)):
            if end is not None and (part not in facts.movable or not 0 <= end <= MOST):
                raise BadShape(self.kind, part)
        if self.ends and self.ends[0] >= self.ends[1]:
            raise BadShape(self.kind, "highest")

    @property
    def level(self) -> Level:
        """What its answers allow."""
        return _FACTS[self.kind].level

    @property
    def ends(self) -> tuple[int, int] | None:
        """The lowest and the highest number that can be given, where there are numbers."""
        ends = _FACTS[self.kind].ends
        if ends is None:
            return None
        lowest, highest = ends
        return (
            lowest if self.lowest is None else self.lowest,
            highest if self.highest is None else self.highest,
        )

    @property
    def choices(self) -> tuple[int | Agreement, ...]:
        """The answers to choose from, the lowest among them; nothing where there is no list of them."""
        if self.kind is AnswerKind.YES_MORE_OR_LESS_NO:
            return tuple(Agreement)
        if self.ends is None or self.kind not in _CHOSEN:
            return ()
        return tuple(range(self.ends[0], self.ends[1] + 1))

    @property
    def is_one_number(self) -> bool:
        """Whether an answer is one number, so that a scale can count it."""
        return self.kind in _ONE_NUMBER


def _is_label(text: str) -> bool:
    return bool(text.strip()) and len(text) <= MAX_LABEL and not UNSEEN.search(text)

"""What a questionnaire is made of, as data: answer keys, items, scales, cut-offs, flags and groups."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from cocreate.indicators.kinds import AnswerShape, Number

TOTAL: Final = "total"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose: what is kept, what people read, what it counts for."""

    key: str
    label: str
    value: Number


@dataclass(frozen=True, slots=True)
class Choices:
    """An answer key: the options in the order in which people see them."""

    options: tuple[Option, ...]

    @property
    def ends(self) -> tuple[Number, Number]:
        """The lowest and the highest value that can be chosen."""
        values = [option.value for option in self.options]
        return min(values), max(values)


Answers = Choices | AnswerShape


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `answers` names an answer key; reversed, its highest answer counts as its lowest.

    `sensitivity` goes from 0, anybody may ask, to 3, hard to tell.
    """

    key: str
    text: str
    answers: str
    is_reversed: bool = False
    sensitivity: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """From where to where a number lies; each end counts itself (at least, at most) or not (above, below)."""

    at_least: Number | None = None
    above: Number | None = None
    at_most: Number | None = None
    below: Number | None = None

    def __contains__(self, number: Number) -> bool:
        return (
            (self.at_least is None or number >= self.at_least)
            and (self.above is None or number > self.above)
            and (self.at_most is None or number <= self.at_most)
            and (self.below is None or number < self.below)
        )

    @property
    def lower(self) -> Number | None:
        """The lower end, None when there is none."""
        return self.above if self.at_least is None else self.at_least

    @property
    def upper(self) -> Number | None:
        """The upper end, None when there is none."""
        return self.below if self.at_most is None else self.at_most

    @property
    def is_possible(self) -> bool:
        """Whether each end is given once at most, and some number lies between them."""
        twice = None not in (self.at_least, self.above) or None not in (self.at_most, self.below)
        return not twice and not _is_apart(self.upper, self.at_most, self.lower, self.at_least)

    def is_before(self, other: "Span") -> bool:
        """Whether all of it lies below all of the other."""
        return _is_apart(self.upper, self.at_most, other.lower, other.at_least)


def _is_apart(
    upper: Number | None, at_most: Number | None, lower: Number | None, at_least: Number | None
) -> bool:
    """Whether what ends at `upper` has nothing in common with what begins at `lower`."""
    if upper is None or lower is None:
        return False
    return upper < lower or (upper == lower and (at_most is None or at_least is None))


class Figure(StrEnum):
    """Which number of a scale is meant: as added, times the multiplier, or looked up in the table."""

    RAW = "raw"
    VALUE = "value"
    METRIC = "metric"


class Adding(StrEnum):
    """How answered items become one number.

    SUM adds what was answered and fills in nothing. SCALED is the mean of the rest, times all items, so that
    it lies where a whole answer would. MEAN stays on the scale of one item.
    """

    SUM = "sum"
    SCALED = "scaled"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Band:
    """A named part of a scale."""

    key: str
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class CutOffs:
    """One published way to name the parts of a scale; there may be several, and they may disagree."""

    key: str
    label: str
    bands: tuple[Band, ...]
    figure: Figure = Figure.VALUE


@dataclass(frozen=True, slots=True)
class Scale:
    """Items that make one number, when at most `most_missing` of them are missing."""

    key: str
    label: str
    items: tuple[str, ...]
    adding: Adding = Adding.SUM
    most_missing: int = 0
    weights: Mapping[str, Number] = field(default_factory=dict)  # an item that is not here counts once
    multiplier: Number = 1
    table: Mapping[Number, Number] = field(default_factory=dict)  # from raw to metric
    cutoffs: tuple[CutOffs, ...] = ()


@dataclass(frozen=True, slots=True)
class OfScale:
    """That a number of a scale lies in a span."""

    scale: str
    span: Span
    figure: Figure = Figure.RAW


@dataclass(frozen=True, slots=True)
class OfItem:
    """That what one item counts for lies in a span."""

    item: str
    span: Span


@dataclass(frozen=True, slots=True)
class OfAnyItem:
    """That what any item of a scale counts for lies in a span."""

    scale: str
    span: Span


Condition = OfScale | OfItem | OfAnyItem


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to look at when any of its conditions holds. A question to ask, never a verdict."""

    key: str
    label: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Where somebody belongs when all its conditions hold; the last of a grouping may have none."""

    key: str
    label: str
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups in order; the first whose conditions hold is the one."""

    key: str
    label: str
    groups: tuple[Group, ...]

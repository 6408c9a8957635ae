"""Figures of what people answered: what is told of each cell, and what follows from that."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from math import inf
from statistics import median

Counts = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Figure:
    """How many people a figure counts, and what may be told of their answers."""

    n: int
    counts: Counts

    @property
    def untold(self) -> int:
        """How many are counted whose answers are not told, because nearly all of a group answered alike."""
        return self.n - sum(self.counts.values())

    @property
    def mean(self) -> float | None:
        """The mean, when every answer is told."""
        if not self.n or self.untold:
            return None
        return sum(value * people for value, people in self.counts.items()) / self.n

    @property
    def median(self) -> float | None:
        """The median, when it is the same whatever the untold answers are."""
        if not self.counts:
            return None
        told = list(Counter(self.counts).elements())
        lowest, highest = (median(told + [end] * self.untold) for end in (-inf, inf))
        return lowest if lowest == highest else None

    def mean_between(self, lowest: int, highest: int) -> tuple[float, float] | None:
        """Between which two numbers the mean lies, when untold answers are anything that could be chosen."""
        if not self.counts:
            return None
        told = sum(value * people for value, people in self.counts.items())
        return (told + lowest * self.untold) / self.n, (told + highest * self.untold) / self.n


@dataclass(frozen=True, slots=True)
class Figures:
    """What a circle is shown: a figure for each part of the question, by voice and of all together."""

    by_voice: Mapping[str | None, tuple[Figure, ...]] = field(default_factory=dict)
    together: tuple[Figure, ...] = ()


def told(counts: Counts, colluders: int) -> Counts:
    """What is told of how often each answer was given in one cell.

    All of it when enough people differ from the answer that was given most. Else no more than which answer
    most gave, with always the same number untold: nobody can say of anybody whether they are among those.
    """
    people = sum(counts.values())
    most, times = max(counts.items(), key=lambda item: item[1])
    has_clear_majority = 2 * (people - colluders - 1) > people
    if people - times >= colluders + 1 + has_clear_majority:
        return dict(sorted(counts.items()))
    return {most: people - colluders - 1} if has_clear_majority else {}


def in_tenths(number: float | Decimal) -> Decimal:
    """A number as it is told: with one decimal, half to even."""
    return round(Decimal(str(number)), 1)


def gap(have: Figure, wish: Figure) -> Decimal | None:
    """How far what is wished is from what is, when both can be told; the same people answered both.

    In tenths, between the means as they are told: who subtracts what stands there finds the same.
    """
    return None if have.mean is None or wish.mean is None else in_tenths(wish.mean) - in_tenths(have.mean)

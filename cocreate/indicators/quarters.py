"""Quarters of a year: in which one a day lies, from when until when, and which of them have ended."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

MONTHS: Final = 3
QUARTERS: Final = 4


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a year; `number` is 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter in which a day lies."""
        return cls(day.year, (day.month - 1) // MONTHS + 1)

    @classmethod
    def read(cls, text: str) -> "Quarter":
        """A quarter as it was written."""
        year, _, number = text.partition("-Q")
        return cls(int(year), int(number))

    @property
    def first(self) -> date:
        """The day it begins."""
        return date(self.year, MONTHS * (self.number - 1) + 1, 1)

    @property
    def last(self) -> date:
        """The day it ends."""
        return self.following.first - timedelta(days=1)

    @property
    def following(self) -> "Quarter":
        """The next one."""
        return Quarter(self.year + self.number // QUARTERS, self.number % QUARTERS + 1)

    def __str__(self) -> str:
        return f"{self.year:04}-Q{self.number}"


def ended_since(first_day: date, today: date) -> list[Quarter]:
    """The quarters from that of the first day on that have ended by today, oldest first."""
    found, quarter = [], Quarter.of(first_day)
    while quarter.last < today:
        found.append(quarter)
        quarter = quarter.following
    return found

"""Amounts in cents, hours in minutes, and what is still due. No fractions: money is counted, not measured."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, Protocol

MOST_EUROS: Final = 9_999
MOST_AT_ONCE: Final = 60  # people on one list
# 15 · 15,5 · 15.50 · € 15,50 · 15,-
_EUROS: Final = re.compile(r"(?:€\s*)?([0-9]{1,4})(?:[.,](?:([0-9]{1,2})|[-–—]))?(?:\s*(?:€|euro))?")


class Kind(StrEnum):
    """What somebody gets."""

    MONEY = "money"
    VOUCHER = "voucher"


class State(StrEnum):
    """Whether somebody has it."""

    DUE = "due"
    GIVEN = "given"


class AmountError(ValueError):
    """This cannot be read as an amount of money."""


class Line(Protocol):
    """What a sum needs to know of a line."""

    @property
    def kind(self) -> str:
        """What it is."""

    @property
    def cents(self) -> int | None:
        """How much money."""

    @property
    def minutes(self) -> int | None:
        """How long somebody was there."""

    @property
    def given_on(self) -> date | None:
        """Since when they have it."""


@dataclass(frozen=True, slots=True)
class Total:
    """What lines make together."""

    lines: int = 0
    cents: int = 0
    vouchers: int = 0
    minutes: int = 0


def cents_in(text: str) -> int:
    """The cents in an amount as people type it; never more or less than what they typed."""
    found = _EUROS.fullmatch(" ".join(text.split()).casefold())
    if found is None:
        raise AmountError
    euros, cents = found.groups()
    whole = int(euros) * 100 + int((cents or "").ljust(2, "0") or "0")
    if whole == 0:
        raise AmountError
    return whole


def as_typed(cents: int, comma: str = ",") -> str:
    """An amount as somebody would type it."""
    euros, rest = divmod(cents, 100)
    return f"{euros}{comma}{rest:02}"


def in_euros(cents: int) -> Decimal:
    """An amount for a table or a page, exact to the cent."""
    return Decimal(cents).scaleb(-2)


def total_of(lines: Iterable[Line]) -> Total:
    """What these lines make together."""
    found = list(lines)
    return Total(
        len(found),
        sum(each.cents or 0 for each in found),
        sum(each.kind == Kind.VOUCHER for each in found),
        sum(each.minutes or 0 for each in found),
    )


def totals(lines: Iterable[Line]) -> dict[State, Total]:
    """What is still due and what was given."""
    by_state: dict[State, list[Line]] = {state: [] for state in State}
    for line in lines:
        by_state[State.GIVEN if line.given_on else State.DUE].append(line)
    return {state: total_of(found) for state, found in by_state.items()}


def names_in(text: str) -> list[str]:
    """The names on a list, one on each line; empty lines say nothing."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]

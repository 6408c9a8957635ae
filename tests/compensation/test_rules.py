"""Amounts: exactly what was typed, to the cent."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate.compensation.rules import (
    MOST_EUROS,
    AmountError,
    Kind,
    State,
    as_typed,
    cents_in,
    in_euros,
    names_in,
    total_of,
    totals,
)

AMOUNTS = st.integers(1, MOST_EUROS * 100 + 99)


@dataclass(frozen=True)
class Line:
    kind: str
    cents: int | None = None
    minutes: int | None = None
    given_on: date | None = None


LINES = st.lists(
    st.builds(
        Line,
        st.just(Kind.MONEY),
        AMOUNTS,
        st.none() | st.integers(0, 6000),
        st.none() | st.just(date(2026, 5, 1)),
    )
    | st.builds(Line, st.just(Kind.VOUCHER), given_on=st.none() | st.just(date(2026, 5, 1)))
)


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("15", 1500),
        ("15,50", 1550),
        ("15.50", 1550),
        ("15,5", 1550),
        ("0,05", 5),
        (" € 15,50 ", 1550),
        ("€15", 1500),
        ("15 euro", 1500),
        ("15,-", 1500),
        ("0010", 1000),
    ],
)
def test_what_people_type_is_an_amount(typed, cents):
    assert cents_in(typed) == cents


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "0",
        "0,00",
        "-5",
        "15,505",
        "1.500",
        "1.500,00",
        "vijftien",
        "15,5,0",
        "1e3",
        "١٥",
        "15 50",
        "99999",
        ",5",
    ],
)
def test_what_is_no_amount_is_refused_and_never_guessed(typed):
    with pytest.raises(AmountError):
        cents_in(typed)


@given(AMOUNTS, st.sampled_from([",", "."]), st.sampled_from(["{}", "€ {}", "{} euro", " {} "]))
def test_an_amount_comes_back_as_it_was(cents, comma, around):
    assert cents_in(around.format(as_typed(cents, comma))) == cents


@given(st.text(max_size=12))
def test_whatever_is_typed_is_an_amount_in_range_or_refused(typed):
    with suppress(AmountError):
        assert 0 < cents_in(typed) <= MOST_EUROS * 100 + 99


@given(AMOUNTS)
def test_euros_are_exact(cents):
    assert in_euros(cents) * 100 == cents
    assert in_euros(cents) == Decimal(as_typed(cents, "."))


@given(LINES)
def test_sums_are_exact_and_every_line_is_in_one_of_them(lines):
    found = totals(lines)
    whole = total_of(lines)
    for name in ("lines", "cents", "vouchers", "minutes"):
        assert sum(getattr(found[state], name) for state in State) == getattr(whole, name)
    assert whole.lines == len(lines)
    assert in_euros(whole.cents) == sum((in_euros(line.cents) for line in lines if line.cents), Decimal())
    assert found[State.DUE].lines == sum(line.given_on is None for line in lines)


def test_names_stand_one_on_a_line():
    assert names_in("  Anna  de   Vries\r\n\n Ben\n\t\nBen") == ["Anna de Vries", "Ben", "Ben"]

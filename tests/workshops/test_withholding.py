"""Counts that the room may see: each is enough people, and so is what is left over."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate.workshops.withholding import shown_of

COUNTS = st.dictionaries(st.sampled_from("abcde"), st.integers(0, 12))


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"sun": 6, "rain": 5}, {"sun": 6, "rain": 5}),
        ({"sun": 9, "rain": 1}, {}),  # the one would be known
        ({"sun": 9}, {}),  # all of them
        ({"sun": 5, "rain": 5, "fog": 1}, {"sun": 5}),  # one less is shown, lest the one is known
        ({"sun": 7, "rain": 3, "fog": 3}, {"sun": 7}),
        ({}, {}),
    ],
)
def test_what_is_shown(counts, shown):
    assert shown_of(counts, 5) == shown


@given(COUNTS, st.integers(2, 6))
def test_no_sum_of_what_is_shown_leaves_too_few_people_over(counts, threshold):
    shown, total = shown_of(counts, threshold), sum(counts.values())
    assert all(counts[said] == people >= threshold for said, people in shown.items())
    for size in range(1, len(shown) + 1):
        for some in combinations(shown, size):
            over = total - sum(shown[said] for said in some)
            assert over >= threshold or (over == 0 and len(some) > 1)

"""Counts that the room may see: each is enough people, and so is what is left over."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate.workshops.withholding import shown_as_they_came, shown_of

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


def test_who_brought_people_in_reads_nothing_of_the_few_others():
    typed = [("storm", "x")] * 4 + [("sun", "x")] * 5
    assert shown_as_they_came([("storm", ""), *typed], 5) == {}
    assert shown_as_they_came([("storm", ""), *typed, ("storm", "x")], 5) == {"storm": 5, "sun": 5}
    themselves = [("storm", "")] * 5 + [("sun", "")] * 6
    assert shown_as_they_came([*themselves, *typed], 5) == {"storm": 5, "sun": 6}
    assert shown_as_they_came([("sun", "x")] * 5 + [("storm", "y")] * 5, 5) == {}


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["", "x", "y"])), max_size=40),
    st.integers(2, 8),
)
def test_what_is_left_without_those_one_brought_in_is_what_the_others_alone_would_show(said, threshold):
    left = [each for each in said if each[1] != "x"]
    mine = shown_as_they_came([each for each in said if each[1] == "x"], threshold)
    shown, theirs = shown_as_they_came(said, threshold), shown_as_they_came(left, threshold)
    assert {answer: shown.get(answer, 0) - mine.get(answer, 0) for answer in "abc"} == {
        answer: theirs.get(answer, 0) for answer in "abc"
    }

"""What came out of a choosing: the fair set of the votes, and never a figure of too few people."""

from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cocreate.indicators.chips import Hand, chips_svg
from cocreate.indicators.outcome import CHIPS, Vote, count_votes, group_voices, read_outcome
from cocreate.indicators.shares import fair_budget, fair_set, plain_budget, plain_set

ITEMS = ("a", "b", "c", "d", "e")
VOICES = ("", "resident", "youth", "professional")
THRESHOLDS = st.integers(2, 6)


@st.composite
def gatherings(draw):
    """People of some voices, each with at least one sign they want."""
    return [
        Vote(str(number), draw(st.sampled_from(VOICES)), draw(st.sets(st.sampled_from(ITEMS), min_size=1)))
        for number in range(draw(st.integers(1, 24)))
    ]


def counted(votes, threshold=5, **limit):
    return count_votes(dict.fromkeys(ITEMS, 20), votes, threshold, **(limit or {"seats": 2}))


def sizes_of(votes):
    return Counter(vote.voice for vote in votes)


@given(st.dictionaries(st.sampled_from("abcdefg"), st.integers(1, 12)), THRESHOLDS)
def test_each_group_and_everybody_else_are_enough_people(sizes, threshold):
    groups = [sum(sizes[voice] for voice in group) for group in group_voices(sizes, threshold)]
    if sum(sizes.values()) < threshold or not sizes:
        assert groups == []
        return
    assert sum(groups) == sum(sizes.values())
    for people in groups:
        others = sum(groups) - people
        assert people >= threshold
        assert others == 0 or others >= threshold


def test_a_voice_that_is_too_small_takes_the_smallest_other_along():
    assert group_voices({"a": 9, "b": 6, "c": 2}, 5) == [("a",), ("b", "c")]
    assert group_voices({"a": 9, "b": 3, "c": 2}, 5) == [("a",), ("b", "c")]
    assert group_voices({"a": 9, "c": 2}, 5) == [("a", "c")]
    assert group_voices({"a": 9, "b": 6}, 5) == [("a",), ("b",)]


@given(gatherings(), THRESHOLDS, st.integers(1, 5))
def test_what_is_kept_is_the_fair_set_of_the_votes(votes, threshold, seats):
    result = counted(votes, threshold, seats=seats)
    if len(votes) < threshold:
        assert result is None
        return
    approvals = {vote.person: vote.approved for vote in votes}
    fair = fair_set(list(ITEMS), approvals, seats)
    assert [item for item, _price in result["rounds"]] == [each.item for each in fair.rounds]
    assert tuple(result["filled"]) == fair.filled
    assert tuple(result["plain"]) == plain_set(list(ITEMS), approvals, seats)


@given(gatherings(), st.integers(20, 120))
def test_within_a_time_it_is_the_fair_set_of_that_budget(votes, seconds):
    assume(len(votes) >= 3)
    costs = dict(zip(ITEMS, (15, 20, 20, 40, 60), strict=True))
    result = count_votes(costs, votes, 3, seconds=seconds)
    approvals = {vote.person: vote.approved for vote in votes}
    fair = fair_budget(costs, approvals, seconds)
    assert [*(item for item, _price in result["rounds"]), *result["filled"]] == list(fair.winners)
    assert tuple(result["plain"]) == plain_budget(costs, approvals, seconds)
    assert sum(costs[item] for item in fair.winners) <= seconds


@given(gatherings(), THRESHOLDS)
def test_figures_are_of_whole_groups_and_nobody_pays_more_than_they_have(votes, threshold):
    assume(len(votes) >= threshold)
    outcome = read_outcome(counted(votes, threshold), sizes_of(votes), threshold)
    assert outcome.total.people == len(votes)
    prices = {winner.item: winner.price for winner in outcome.winners if winner.price is not None}
    for group in outcome.groups:
        mine = [vote for vote in votes if vote.voice in group.voices]
        assert group.people == len(mine)
        for item, people in group.approvals.items():
            assert people == sum(item in vote.approved for vote in mine)
        assert sum(group.paid.values()) <= CHIPS * group.people + 0.1
        won = {winner.item for winner in outcome.winners}
        assert group.fair == sum(bool(won & vote.approved) for vote in mine)
        assert group.plain == sum(bool(set(outcome.plain) & vote.approved) for vote in mine)
    for item, price in prices.items():
        assert sum(group.paid.get(item, 0) for group in outcome.groups) == pytest.approx(price, abs=0.1)


@given(gatherings(), THRESHOLDS, st.data())
def test_after_withdrawals_no_group_is_shown_of_which_too_few_are_left(votes, threshold, data):
    assume(len(votes) >= threshold)
    result = counted(votes, threshold)
    left = [vote for vote in votes if data.draw(st.booleans())]
    remaining = sizes_of(left)
    outcome = read_outcome(result, remaining, threshold)
    for group in outcome.groups:
        there = sum(remaining[voice] for voice in group.voices)
        others = len(left) - there
        assert there >= threshold
        assert others == 0 or others >= threshold
    # All that is shown is sums of what was shown before: the whole, or nothing.
    assert outcome.total is None or outcome.total.people == len(votes)
    assert [winner.item for winner in outcome.winners][: len(result["rounds"])] == [
        i for i, _p in result["rounds"]
    ]


@given(gatherings(), st.integers(2, 4))
def test_who_looks_from_outside_sees_larger_groups_out_of_the_same(votes, threshold):
    assume(len(votes) >= threshold)
    result = counted(votes, threshold)
    outcome = read_outcome(result, sizes_of(votes), 10)
    if len(votes) < 10:
        assert outcome is None
        return
    inside = read_outcome(result, sizes_of(votes), threshold)
    for group in outcome.groups:
        assert group.people >= 10
        parts = [each for each in inside.groups if set(each.voices) <= set(group.voices)]
        assert sum(each.people for each in parts) == group.people


def test_nothing_in_what_is_kept_points_to_a_person():
    votes = [Vote(f"person-{number}", "youth" if number % 2 else "resident", {"a"}) for number in range(12)]
    assert "person" not in repr(counted(votes)).replace("'people'", "")


def test_equal_signs_go_by_the_earliest_proposal():
    votes = [Vote(str(number), "youth", {"d", "b"}) for number in range(6)]
    assert [item for item, _price in counted(votes, seats=1)["rounds"]] == ["b"]


def test_the_picture_says_it_in_words_and_escapes_names():
    hands = [Hand("<b>Wij</b>", "voice-youth", "youth", 60, [20, 30]), Hand("Zij", "", "x", 40, [20, 0])]
    svg = chips_svg(hands, "Wie <betaalde>", "Wij 60 & zij 40")
    assert '<title id="chips-title">Wie &lt;betaalde&gt;</title>' in svg
    assert "Wij 60 &amp; zij 40" in svg
    assert "<b>" not in svg
    assert svg.count('class="ribbon') == 3
    assert svg.count('class="unspent"') == 2

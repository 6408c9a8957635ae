"""What may be shown of how people stand: no small group can be unmasked, also not by subtracting."""

from hypothesis import given
from hypothesis import strategies as st

from cocreate.impacts.rules import Position, tally_by_voice

splits = st.dictionaries(st.sampled_from(Position), st.integers(0, 8))
voices = st.dictionaries(st.sampled_from("abcdef"), splits)
thresholds = st.integers(1, 10)


@given(voices, thresholds)
def test_a_split_is_shown_from_the_threshold_on_and_never_below_it(counts, threshold):
    tallies, overall = tally_by_voice(counts, threshold)
    for voice, tally in tallies.items():
        assert tally.total == sum(counts[voice].values())
        assert tally.is_shown == (tally.total >= threshold)
    if overall.is_shown:
        assert overall.total >= threshold


@given(voices, thresholds)
def test_a_split_that_is_shown_is_the_true_one_and_whole(counts, threshold):
    tallies, overall = tally_by_voice(counts, threshold)
    for voice, tally in tallies.items():
        if tally.is_shown:
            assert dict(tally.split) == {where: counts[voice].get(where, 0) for where in Position}
            assert sum(tally.split.values()) == tally.total
    if overall.is_shown:
        assert sum(overall.split.values()) == overall.total == sum(tally.total for tally in tallies.values())


@given(voices, thresholds)
def test_who_subtracts_all_that_is_shown_finds_nobody_or_a_group_that_is_large_enough(counts, threshold):
    tallies, overall = tally_by_voice(counts, threshold)
    if overall.is_shown:
        left = {where: overall.split[where] for where in Position}
        for tally in tallies.values():
            if tally.is_shown:
                left = {where: left[where] - tally.split[where] for where in Position}
        remaining = sum(left.values())
        assert remaining == 0 or remaining >= threshold


@given(voices, thresholds)
def test_as_much_is_shown_as_may_be(counts, threshold):
    tallies, overall = tally_by_voice(counts, threshold)
    hidden = sum(tally.total for tally in tallies.values() if not tally.is_shown)
    may_be_shown = overall.total >= threshold and (hidden == 0 or hidden >= threshold)
    assert overall.is_shown == may_be_shown


def test_one_hidden_voice_hides_the_whole():
    counts = {"resident": {Position.FOR: 9}, "youth": {Position.OBJECTION: 1}}
    tallies, overall = tally_by_voice(counts, 5)
    assert (tallies["resident"].is_shown, tallies["youth"].is_shown, overall.is_shown) == (True, False, False)
    assert (tallies["youth"].total, overall.total) == (1, 10)


def test_nobody_at_all_is_no_tally():
    assert tally_by_voice({}, 5) == ({}, tally_by_voice({}, 5)[1])
    assert tally_by_voice({}, 5)[1].total == 0

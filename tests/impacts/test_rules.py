"""What may be shown of how people stand: no small group can be unmasked, also not by subtracting."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate.impacts.rules import OUTSIDE_THRESHOLD, Circle, Position
from tests.impacts.stepping import tallies_by_circle

splits = st.dictionaries(st.sampled_from(Position), st.integers(0, 8))
voices = st.dictionaries(st.sampled_from("abcdef"), splits)
thresholds = st.integers(1, 10)


def tally_by_voice(counts, threshold):
    """What is shown when there is only one place to look from."""
    return tallies_by_circle({Circle.SPACE: counts}, {Circle.SPACE: threshold})[Circle.SPACE]


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


# Whoever can look from several places


def groups_of(counts):
    """As fine as an attacker could wish: the people of one voice who may be known of from one circle."""
    return {
        (circle, voice): people for circle in counts for voice, people in counts[circle].items() if people
    }


def shown_to(counts, thresholds, circles):
    """Every split that these circles are shown, as a row that says which of the groups are in it.

    What is shown hangs on how many people there are and not on where they stand, so marking one group at
    a time as the only one that is for it tells in which numbers it counts.
    """
    rows = {}
    for place, marked in enumerate(groups_of(counts)):
        told = {
            circle: {
                voice: {Position.FOR if (circle, voice) == marked else Position.OBJECTION: people}
                for voice, people in counts[circle].items()
            }
            for circle in counts
        }
        for circle, (voices, whole) in tallies_by_circle(told, thresholds).items():
            for name, tally in {**voices, "all": whole}.items():
                if tally.is_shown and circle in circles:
                    row = rows.setdefault((circle, name), [0] * len(groups_of(counts)))
                    row[place] = int(tally.split[Position.FOR] > 0)
    return list(rows.values())


def smallest_found(sizes, rows):
    """The fewest people whom any sums and differences of these rows single out. Exact: by ranks."""
    if not rows:
        return sum(sizes)
    found, known = sum(sizes), np.linalg.matrix_rank(np.array(rows))
    for chosen in itertools.product([0, 1], repeat=len(sizes)):
        people = sum(size for size, is_in in zip(sizes, chosen, strict=True) if is_in)
        if 0 < people < found:
            alone = np.diag(chosen)[np.array(chosen, dtype=bool)]
            if known + len(alone) > np.linalg.matrix_rank(np.vstack([np.array(rows), alone])):
                found = people
    return found


@st.composite
def people_in_circles(draw):
    """A proposal that everybody sees, the space, or only the meeting; people of up to three voices."""
    names, threshold = draw(st.sampled_from(["a", "ab", "abc"])), draw(st.integers(1, 6))
    sizes = st.one_of(st.integers(0, 7), st.integers(0, 14))
    counts = {circle: {name: draw(sizes) for name in names} for circle in Circle}
    circles = list(Circle)[draw(st.integers(0, 2)) :]
    thresholds = dict.fromkeys(circles, threshold)
    if Circle.OUTSIDE in thresholds:
        thresholds[Circle.OUTSIDE] = max(threshold, OUTSIDE_THRESHOLD)
    return counts, thresholds


@settings(deadline=None, max_examples=200)
@given(people_in_circles())
def test_who_looks_from_every_place_and_subtracts_singles_out_no_small_group(made):
    counts, thresholds = made
    sizes = list(groups_of(counts).values())
    for number in range(1, len(thresholds) + 1):
        circles = list(thresholds)[:number]
        rows = shown_to(counts, thresholds, circles)
        if rows:
            assert smallest_found(sizes, rows) >= thresholds[circles[-1]]


@given(people_in_circles())
def test_a_circle_counts_nobody_who_is_not_meant_for_it(made):
    counts, thresholds = made
    groups = list(groups_of(counts))
    for circle in thresholds:
        for row in shown_to(counts, thresholds, [circle]):
            told = [group for group, is_in in zip(groups, row, strict=True) if is_in]
            assert not [each for each, _voice in told if circle.is_farther_than(each)]


@given(people_in_circles())
def test_the_totals_count_everybody_who_is_meant_for_the_circle(made):
    counts, thresholds = made
    told = {c: {voice: {Position.FOR: people} for voice, people in counts[c].items()} for c in counts}
    for circle, (voices, whole) in tallies_by_circle(told, thresholds).items():
        may_know = [each for each in Circle if not circle.is_farther_than(each)]
        for voice, tally in voices.items():
            assert tally.total == sum(counts[each][voice] for each in may_know)
            assert tally.missing == (tally.total - sum(tally.split.values()) if tally.is_shown else 0)
        assert whole.total == sum(sum(counts[each].values()) for each in may_know)


def test_one_more_who_told_it_to_the_meeting_only_is_not_given_away_by_comparing():
    counts = {Circle.SPACE: {"a": {Position.FOR: 9}}, Circle.MEETING: {"a": {Position.OBJECTION: 1}}}
    found = tallies_by_circle(counts, {Circle.SPACE: 5, Circle.MEETING: 5})
    space, meeting = (found[circle][0]["a"] for circle in (Circle.SPACE, Circle.MEETING))
    assert (space.total, space.split[Position.FOR]) == (9, 9)
    assert (meeting.total, meeting.missing, meeting.split) == (10, 1, space.split)


def test_where_nothing_is_seen_from_farther_away_all_count_together():
    counts = {Circle.SPACE: {"a": {Position.FOR: 3}}, Circle.MEETING: {"a": {Position.OBJECTION: 2}}}
    found = tallies_by_circle(counts, {Circle.SPACE: 5, Circle.MEETING: 5})
    assert found[Circle.SPACE][0]["a"].split is None
    assert found[Circle.MEETING][0]["a"].split == {"for": 3, "objection": 2, "dont_know": 0}


def test_what_passers_by_are_shown_takes_no_voice_from_those_inside():
    counts = {Circle.OUTSIDE: {"a": {Position.FOR: 1}, "b": {Position.FOR: 9}}}
    found = tallies_by_circle(counts, {Circle.OUTSIDE: 10, Circle.SPACE: 5})
    assert [tally.is_shown for tally in (*found[Circle.OUTSIDE][0].values(), found[Circle.OUTSIDE][1])] == [
        False,
        False,
        False,
    ]
    assert found[Circle.SPACE][0]["b"].split[Position.FOR] == 9


def test_a_voice_that_was_only_shown_with_all_the_others_is_not_shown_by_a_part_of_its_people():
    small = {voice: {Position.FOR: 3} for voice in "ab"}
    counts = {Circle.SPACE: small, Circle.MEETING: {"a": {Position.OBJECTION: 5}}}
    found = tallies_by_circle(counts, {Circle.SPACE: 5, Circle.MEETING: 5})
    voices, whole = found[Circle.MEETING]
    assert (voices["a"].total, voices["a"].is_shown) == (8, False)
    assert (whole.total, whole.split[Position.FOR], whole.split[Position.OBJECTION]) == (11, 6, 5)

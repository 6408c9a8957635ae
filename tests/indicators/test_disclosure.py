"""What may be shown of answers: whatever is shown, nobody can be sure what somebody else answered."""

import os
import random
from collections import Counter
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate.impacts.rules import Circle
from cocreate.indicators.disclosure import OTHERS, Answer, Guard, Snapshot, figures_for, publish, told
from cocreate.indicators.figures import Figure, gap, in_tenths
from tests.indicators.attacker import brought, coalitions, play, small_sums, unmasked
from tests.indicators.gatherings import make_gathering, make_guard
from tests.indicators.leaks import Ours

DATA_SETS = 10_000 if os.environ.get("COCREATE_PROOF") else 200
CIRCLES = [Circle.OUTSIDE, Circle.SPACE]


# The attacker


def attack(seed, on_paper=False):
    """All that is found in one made-up data set, in every way the attacker knows."""
    rng = random.Random(seed)
    history, values = make_gathering(rng, on_paper)
    guard = make_guard(rng)
    publisher = Ours(guard)
    looks = play(history, values, publisher)
    found = small_sums(looks, guard.inside)
    outside = [look for look in looks if look.circle is Circle.OUTSIDE]
    found += small_sums(outside, guard.threshold(Circle.OUTSIDE))
    people = {each.number: each.person for each in history.told}

    def same(datum):
        return people[datum[0]], datum[1]

    if guard.steady:
        found += small_sums(looks, guard.inside, same)
        found += small_sums(outside, guard.threshold(Circle.OUTSIDE), same)
    for theirs in brought(history).values():
        known = frozenset(datum for each in history.told if each.person in theirs for datum in each.data)
        found += small_sums(looks, guard.inside, known=known)
        found += small_sums(looks, guard.inside, same, known) if guard.steady else []
    proven = []
    for coalition in coalitions(history, values, publisher.together(), rng):
        found += unmasked(history, values, lambda: Ours(guard), coalition, proven)
    return found


@pytest.mark.timeout(3 * 3600 if DATA_SETS > 1000 else 240)
def test_a_disclosure_attacker_finds_nothing():
    for seed in range(DATA_SETS):
        assert attack(seed) == [], seed


@pytest.mark.timeout(3 * 3600 if DATA_SETS > 1000 else 240)
def test_a_disclosure_attacker_finds_nothing_when_answers_come_in_after_a_round_closed():
    for seed in range(DATA_SETS // 2):
        assert attack(seed, on_paper=True) == [], seed


# What is told of one cell

splits = st.dictionaries(st.integers(0, 10), st.integers(1, 12), min_size=1)


@given(splits, st.integers(0, 3))
def test_what_is_told_is_true_and_all_of_it_or_the_greatest_part(counts, colluders):
    shown = told(counts, colluders)
    assert all(times <= counts[value] for value, times in shown.items())
    assert dict(shown) == counts or len(shown) <= 1


@given(splits, st.integers(0, 3))
def test_when_all_is_told_those_who_collude_are_never_all_that_differ(counts, colluders):
    if dict(told(counts, colluders)) == counts:
        assert sum(counts.values()) - max(counts.values()) > colluders


@given(st.integers(5, 40), st.integers(0, 3), st.integers(0, 10), st.integers(0, 10))
def test_whether_one_or_none_of_those_who_answered_alike_differs_makes_no_difference(n, odd, most, other):
    odd = min(odd, 2)
    alike = Counter({most: n - odd, 11: odd})
    nearly = Counter({most: n - odd - 1}) + Counter([other]) + Counter({11: odd})
    if n >= 7 or other == most:
        assert told(+alike, 2) == told(+nearly, 2)
    else:
        assert told(+alike, 2) == {}


def test_nearly_all_alike_is_told_as_most_of_them():
    assert told({8: 10}, 2) == told({8: 8, 3: 2}, 2) == told({8: 7, 3: 3}, 2) == {8: 7}
    assert told({8: 6, 3: 3, 1: 1}, 2) == {8: 6, 3: 3, 1: 1}


def test_of_five_who_nearly_all_answered_alike_nothing_is_told():
    assert told({8: 3, 7: 2}, 2) == {}
    assert told({8: 2, 7: 2, 6: 1}, 2) == {8: 2, 7: 2, 6: 1}


# Snapshots


def answers_of(prefix, *values, voice=None):
    return [Answer(f"{prefix}{n:02}", voice or prefix, (value,)) for n, value in enumerate(values)]


MANY = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9)
people = st.dictionaries(
    st.integers(0, 40), st.tuples(st.sampled_from("abcd"), st.none() | st.integers(0, 10)), max_size=40
)
guards = st.builds(Guard, inside=st.integers(2, 8), steady=st.booleans(), by_voice=st.booleans())


def answers(made):
    return [Answer(f"{number:02}", voice, (value,)) for number, (voice, value) in made.items()]


def shown(snapshot, circle):
    seen = figures_for(snapshot, circle)
    return [*seen.by_voice.values(), *([seen.together] if seen.together else [])]


@given(people, people, guards, st.booleans())
def test_every_figure_counts_as_many_people_as_it_must(first, second, guard, is_closed):
    before = publish(None, answers(first), guard, is_closed=is_closed)
    for snapshot in (
        before,
        publish(before, answers(second), guard),
        publish(None, answers(second), guard, [before]),
    ):
        for circle in CIRCLES:
            assert all(
                part.n >= guard.threshold(circle) for parts in shown(snapshot, circle) for part in parts
            )


@given(people, people, guards)
def test_when_people_come_in_nobody_or_enough_of_them_are_added_to_any_figure(first, second, guard):
    before = publish(None, answers(first), guard)
    after = publish(before, answers(second | first), guard)
    for circle in CIRCLES:
        old, new = figures_for(before, circle), figures_for(after, circle)
        for voice in old.by_voice.keys() | new.by_voice.keys():
            sizes = [seen.by_voice[voice][0].n if voice in seen.by_voice else 0 for seen in (old, new)]
            assert sizes[0] == sizes[1] or sizes[1] - sizes[0] >= guard.threshold(circle)


@given(people, st.randoms(), st.integers(0, 40), guards)
def test_no_two_looks_at_a_closed_round_differ_by_too_few_people(made, rng, early, guard):
    told = answers(made)
    rng.shuffle(told)
    snapshot, looks = None, []
    for place in range(min(early, len(told)), len(told) + 1):
        snapshot = publish(snapshot, told[:place], guard)  # after each that is typed over
        looks.append({circle: figures_for(snapshot, circle) for circle in CIRCLES})
    for circle in CIRCLES:
        for voice in [OTHERS, *"abcd"]:
            seen = [look[circle].by_voice.get(voice) for look in looks]
            sizes = [parts[0].n if parts else 0 for parts in seen]
            assert sizes == sorted(sizes)
            assert not {b - a for a, b in pairwise(sizes)} & set(range(1, guard.threshold(circle)))
        together = [look[circle].together[0].n if look[circle].together else 0 for look in looks]
        assert not {b - a for a, b in pairwise(together)} & set(range(1, guard.threshold(circle)))


@given(people, people, guards)
def test_cells_are_disjoint_and_come_and_go_as_a_whole(first, second, guard):
    before = publish(None, answers(first), guard)
    after = publish(before, answers(second), guard)
    everybody = [person for people in after.seen for person in people]
    assert len(everybody) == len(set(everybody))
    assert all(len(people) >= guard.inside for people in after.seen)
    assert {cell.people for cell in before.cells} <= set(after.seen)


@given(people, people, guards)
def test_outside_is_made_of_whole_cells_from_inside(first, second, guard):
    snapshot = publish(publish(None, answers(first), guard), answers(second), guard)
    cells = {cell.number: cell for cell in snapshot.cells}
    used = [number for cluster in snapshot.clusters for number in cluster.cells]
    assert len(used) == len(set(used))
    for cluster in snapshot.clusters:
        if cluster.cells <= cells.keys():
            assert cluster.people == frozenset().union(*(cells[number].people for number in cluster.cells))
    outside, inside = (figures_for(snapshot, circle).together for circle in CIRCLES)
    for far, near in zip(outside, inside, strict=False):
        assert far.n <= near.n
        assert all(times <= near.counts.get(value, 0) for value, times in far.counts.items())


@given(people, guards)
def test_the_whole_is_the_sum_of_the_voices(made, guard):
    for circle in CIRCLES:
        seen = figures_for(publish(None, answers(made), guard), circle)
        if seen.together:
            assert seen.together[0].n == sum(parts[0].n for parts in seen.by_voice.values())
            whole = sum((Counter(parts[0].counts) for parts in seen.by_voice.values()), Counter())
            assert dict(whole) == seen.together[0].counts


@given(people, guards)
def test_what_is_missing_never_enters_a_figure(made, guard):
    snapshot = publish(None, answers(made), guard)
    given_ = {f"{number:02}": value for number, (_voice, value) in made.items() if value is not None}
    for cell in snapshot.cells:
        assert cell.people <= given_.keys()
        truth = Counter(given_[person] for person in cell.people)
        assert all(times <= truth[value] for value, times in cell.told[0].items())
    without = publish(None, answers({n: each for n, each in made.items() if each[1] is not None}), guard)
    assert snapshot == without


@given(people, st.randoms(), guards)
def test_the_same_answers_in_another_order_give_the_same_snapshot(made, rng, guard):
    other = answers(made)
    rng.shuffle(other)
    assert publish(None, answers(made), guard) == publish(None, other, guard)


@given(people, people, guards)
def test_who_stands_together_hangs_on_who_answered_and_never_on_what(first, second, guard):
    def cells(change):
        before = publish(None, answers({n: (v, change(x)) for n, (v, x) in first.items()}), guard)
        after = publish(before, answers({n: (v, change(x)) for n, (v, x) in second.items()}), guard)
        return [(cell.number, cell.voice, cell.people) for cell in after.cells], after.clusters

    assert cells(lambda value: value) == cells(lambda value: None if value is None else 10 - value)
    assert cells(lambda value: value) == cells(lambda value: None if value is None else 3)


@given(people, guards)
def test_nothing_happened_and_nothing_changes(made, guard):
    snapshot = publish(None, answers(made), guard)
    assert publish(snapshot, answers(made), guard) == snapshot


def test_few_of_a_voice_are_shown_with_the_others_only_when_these_are_enough():
    few = answers_of("a", *MANY[:7]) + answers_of("b", 1, 2) + answers_of("c", 3, 4)
    seen = figures_for(publish(None, few, Guard()), Circle.SPACE)
    assert {voice: parts[0].n for voice, parts in seen.by_voice.items()} == {"a": 7}
    seen = figures_for(publish(None, few + answers_of("d", 5), Guard()), Circle.SPACE)
    assert {voice: parts[0].n for voice, parts in seen.by_voice.items()} == {"a": 7, OTHERS: 5}


def test_while_a_round_is_open_small_voices_wait_for_their_own():
    few = answers_of("a", 1, 2, 3) + answers_of("b", 4, 5, 6)
    still_open = publish(None, few, Guard(), is_closed=False)
    assert (still_open.cells, still_open.waiting) == ((), 6)
    more = publish(still_open, few + answers_of("later", 7, 8, voice="a"), Guard(), is_closed=False)
    assert ([cell.voice for cell in more.cells], more.waiting) == (["a"], 3)


def test_four_newcomers_wait_and_the_fifth_brings_them_in():
    first = publish(None, answers_of("a", *MANY), Guard())
    four = publish(first, answers_of("a", *MANY, 1, 2, 3, 4), Guard())
    assert (figures_for(four, Circle.SPACE), four.waiting) == (figures_for(first, Circle.SPACE), 4)
    five = publish(four, answers_of("a", *MANY, 1, 2, 3, 4, 5), Guard())
    assert (figures_for(five, Circle.SPACE).together[0].n, five.waiting) == (15, 0)


def test_who_withdraws_takes_their_cell_along_at_once_and_those_who_stay_do_not_come_back():
    many = answers_of("a", *MANY, *MANY)
    first = publish(None, many, Guard())
    without = [answer for answer in many if answer.person != "a00"]
    second = publish(first, without, Guard())
    assert (figures_for(second, Circle.SPACE).together[0].n, len(second.fallen[0])) == (10, 10)
    assert publish(second, many, Guard()) == second
    third = publish(second, without + answers_of("b", *MANY[:5]), Guard())
    assert [cell.voice for cell in third.cells] == ["a", "b"]


def test_a_change_of_mind_waits_for_the_next_round():
    first = publish(None, answers_of("a", *MANY), Guard())
    assert publish(first, answers_of("a", *reversed(MANY)), Guard()) == first


def test_outsiders_see_ten_and_so_does_everybody_when_it_is_delicate():
    nine = answers_of("a", *MANY[:9])
    snapshot = publish(None, nine, Guard())
    assert figures_for(snapshot, Circle.SPACE).together[0].n == 9
    assert figures_for(snapshot, Circle.OUTSIDE).together == ()
    assert publish(None, nine, Guard().for_sensitive()) == Snapshot(waiting=9)


def test_small_voices_are_one_group_to_outsiders():
    two = answers_of("a", *MANY[:6]) + answers_of("b", *MANY[:7])
    snapshot = publish(None, two, Guard())
    assert set(figures_for(snapshot, Circle.SPACE).by_voice) == {"a", "b"}
    assert set(figures_for(snapshot, Circle.OUTSIDE).by_voice) == {OTHERS}
    assert figures_for(snapshot, Circle.OUTSIDE).together == figures_for(snapshot, Circle.SPACE).together


def test_in_a_next_round_who_left_is_hidden_among_enough_who_stayed():
    first = publish(None, answers_of("a", *MANY, *MANY[:2]), Guard())
    one_left = answers_of("a", *MANY, 1)
    assert figures_for(publish(None, one_left, Guard(), [first]), Circle.SPACE).together[0].n == 7
    apart = publish(None, one_left, Guard(steady=False), [first])
    assert figures_for(apart, Circle.SPACE).together[0].n == 11


def test_in_a_next_round_one_newcomer_waits():
    first = publish(None, answers_of("a", *MANY[:8]), Guard())
    second = publish(None, answers_of("a", *MANY[:9]), Guard(), [first])
    assert (figures_for(second, Circle.SPACE).together[0].n, second.waiting) == (8, 1)


def test_outsiders_never_see_too_few_newcomers_beside_those_they_saw_before():
    first = publish(None, answers_of("a", *MANY), Guard())
    second = publish(None, answers_of("a", *MANY) + answers_of("new", *MANY[:5], voice="a"), Guard(), [first])
    assert [figures_for(second, circle).together[0].n for circle in CIRCLES] == [10, 15]


def test_have_and_wish_are_counted_for_those_who_told_both():
    pairs = [Answer(f"{n}", "a", (n, 9 - n // 2)) for n in range(8)] + [Answer("x", "a", (3, None))]
    have, wish = figures_for(publish(None, pairs, Guard()), Circle.SPACE).together
    assert (have.n, wish.n, have.mean, wish.mean) == (8, 8, 3.5, 7.5)
    assert gap(have, wish) == 4


def test_who_subtracts_the_means_that_are_told_finds_the_gap_that_is_told():
    have, wish = Figure(20, {6: 15, 7: 5}), Figure(20, {7: 13, 8: 7})  # 6.25 and 7.35: told as 6.2 and 7.4
    assert gap(have, wish) == in_tenths(7.35) - in_tenths(6.25) == Decimal("1.2")
    assert gap(wish, have) == Decimal("-1.2")


def test_a_mean_needs_every_answer_and_a_median_only_enough_of_them():
    assert (Figure(10, {8: 7}).untold, Figure(10, {8: 7}).mean, Figure(10, {8: 7}).median) == (3, None, 8)
    assert Figure(10, {8: 4, 3: 3}).median is None
    assert Figure(10, {8: 7}).mean_between(0, 10) == (5.6, 8.6)
    assert Figure(5, {}).mean_between(0, 10) is None
    assert (Figure(0, {}).mean, Figure(0, {}).median, Figure(5, {}).median) == (None, None, None)
    assert gap(Figure(10, {8: 7}), Figure(5, {9: 5})) is None


def test_nobody_answers_twice_in_one_round():
    with pytest.raises(ValueError, match="twice"):
        publish(None, [Answer("a", "a", (1,)), Answer("a", "a", (2,))])


# Whether there is anything left to see


def meeting(rng, options, spread, turnout=1.0):
    """Thirty people of four voices, as they come to a meeting; most answers lie near each other."""
    voices = rng.choices("abcd", [40, 25, 20, 15], k=30)
    middles = {voice: rng.gauss(len(options) * 0.6, len(options) * 0.1) for voice in "abcd"}
    return [
        Answer(
            f"{n:02}", voice, (round(min(max(rng.gauss(middles[voice], spread), options[0]), options[-1])),)
        )
        for n, voice in enumerate(voices)
        if rng.random() < turnout
    ]


@pytest.mark.parametrize(("options", "spread"), [(range(11), 2.0), (range(1, 6), 1.0), (range(1, 4), 0.8)])
def test_of_nearly_every_meeting_of_thirty_something_useful_is_shown(options, spread):
    useful = 0
    for seed in range(100):
        seen = figures_for(
            publish(None, meeting(random.Random(seed), options, spread), Guard()), Circle.SPACE
        )
        useful += seen.together[0].untold <= seen.together[0].n / 2
    assert useful >= 95

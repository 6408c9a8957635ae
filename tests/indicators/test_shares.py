"""A fair set: what the papers and cities found is found again, and what the rule promises holds."""

from collections.abc import Collection, Mapping
from fractions import Fraction
from itertools import combinations
from math import ceil
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cocreate.indicators.shares import (
    Completion,
    fair_budget,
    fair_set,
    plain_budget,
    plain_set,
    voice_shares,
)
from tests.indicators.shares_by_hand import one_run, with_add_one

Profile = tuple[list[int], dict[int, set[int]]]

NO, ADD_ONE, THEN_APPROVALS = Completion.NONE, Completion.ADD_ONE, Completion.ADD_ONE_THEN_APPROVALS


@st.composite
def profiles(draw: st.DrawFn, most_items: int = 6, most_people: int = 8) -> Profile:
    """Items, and people who approve of any of them; some approve of the same, some of nothing."""
    items = list(range(draw(st.integers(1, most_items))))
    ballots = draw(st.lists(st.sets(st.sampled_from(items)), min_size=1, max_size=most_people))
    copies = draw(st.lists(st.sampled_from(ballots), max_size=3))
    return items, dict(enumerate([*ballots, *copies]))


COSTS = st.lists(st.sampled_from([1, 1, 2, 3, 5, 7, 12]), min_size=6, max_size=6)


# Worked by hand.


SPORTS_AND_KIDS = {"bikes": 700, "gym": 400, "park": 250, "playground": 200, "library": 100}


def test_the_first_example_of_equalshares_net():
    ballots = ["bikes gym", "bikes gym park", "bikes gym", "bikes gym park", "bikes gym park", "bikes gym"]
    ballots += ["park playground library", "playground", "playground library", "park playground library"]
    approvals = {voter: ballot.split() for voter, ballot in enumerate([*ballots, "bikes"])}
    fair = fair_budget(SPORTS_AND_KIDS, approvals, 1100, NO)
    assert fair.winners == ("bikes", "playground", "library")
    assert [each.effective_votes for each in fair.rounds] == [7, 4, 3]
    assert fair.rounds[1].payments == dict.fromkeys(range(6, 10), 50)
    assert fair.rounds[2].payments == dict.fromkeys((6, 8, 9), Fraction(100, 3))
    assert fair.plain == ("bikes", "gym")


def test_the_second_example_of_equalshares_net_where_some_have_too_little_left():
    ballots = ["bikes gym", "bikes gym park", "bikes gym", "bikes gym park", "bikes gym park", "bikes gym"]
    ballots += ["park playground library", "playground", "playground library", "park playground library"]
    approvals = {voter: ballot.split() for voter, ballot in enumerate([*ballots, "gym"])}
    fair = fair_budget(SPORTS_AND_KIDS, approvals, 1100, NO)
    assert fair.winners == ("gym", "park", "playground")
    left = 100 - Fraction(400, 7)
    others = (250 - 3 * left) / 2
    assert fair.rounds[1].payments == {1: left, 3: left, 4: left, 6: others, 9: others}
    assert [int(10 * each.effective_votes) / 10 for each in fair.rounds] == [7.0, 4.1, 3.2]


def test_the_running_example_of_lackner_and_skowron():
    ballots = [*["ab"] * 3, *["ac"] * 3, *["ad"] * 2, "bcf", "e", "f", "g"]
    fair = fair_set("abcdefg", dict(enumerate(ballots)), 4, NO)
    assert fair.winners == ("a",)
    assert fair.rounds[0].payments == dict.fromkeys(range(8), Fraction(1, 8))
    assert fair.share == Fraction(1, 3)


def test_half_of_the_people_and_one_more_do_not_take_all():
    items = [f"{colour}{number}" for colour in ("red", "blue") for number in range(10)]
    approvals = {voter: items[:10] if voter < 51 else items[10:] for voter in range(100)}
    fair = fair_set(items, approvals, 10)
    assert sorted(fair.winners) == [*(f"blue{number}" for number in range(5)), *items[:5]]
    assert fair.plain == tuple(items[:10])


def test_completion_never_takes_from_a_minority_what_is_due_to_it():
    """To cut a run off at the last seat would: with 12 seats' worth the two large groups buy 5 each."""
    items = [f"{group}{number}" for group in "abc" for number in range(10)]
    approvals = {voter: items[10 * group :][:10] for voter, group in enumerate([0] * 9 + [1] * 9 + [2] * 2)}
    fair = fair_set(items, approvals, 10)
    assert [each.item for each in fair.rounds] == [f"{g}{n}" for n in range(4) for g in "ab"][::2] + [
        f"b{n}" for n in range(4)
    ] + ["c0"]
    assert fair.filled == ("a4",)


# As the slow count says.


@given(profiles(), st.integers(1, 7))
def test_seats_are_given_as_the_slow_count_gives_them(profile: Profile, seats: int):
    items, approvals = profile
    costs = dict.fromkeys(items, 1)
    share = Fraction(seats, len(approvals))
    assert list(fair_set(items, approvals, seats, NO).winners) == one_run(costs, approvals, share, earliest)
    fair = fair_set(items, approvals, seats, ADD_ONE)
    step = Fraction(1, len(approvals))
    assert (fair.share, list(fair.winners)) == with_add_one(costs, approvals, seats, step, earliest)


@given(profiles(), COSTS, st.integers(1, 30))
def test_a_budget_is_spent_as_the_slow_count_spends_it(profile: Profile, amounts: list[int], budget: int):
    items, approvals = profile
    costs = {item: amounts[item] for item in items}

    def turn(item: int) -> object:
        return costs[item], -backers_of(item, approvals), item

    fair = fair_budget(costs, approvals, budget, ADD_ONE)
    assert (fair.share, list(fair.winners)) == with_add_one(costs, approvals, budget, Fraction(1), turn)


# What the rule promises.


@given(profiles(), st.integers(1, 6), st.sampled_from(Completion))
def test_who_agree_and_are_enough_are_represented(profile: Profile, seats: int, completion: Completion):
    """Extended justified representation (Aziz et al. 2017), by going through all sets of items."""
    items, approvals = profile
    winners = set(fair_set(items, approvals, seats, completion).winners)
    for size in range(1, len(items) + 1):
        for common in combinations(items, size):
            agree = [approved for approved in approvals.values() if approved.issuperset(common)]
            unmet = sum(len(approved & winners) < size for approved in agree)
            assert unmet * seats < size * len(approvals)


@given(st.integers(1, 6), st.integers(1, 30), st.data())
def test_a_minority_that_is_due_a_seat_gets_one(seats: int, majority: int, data: st.DataObject):
    smallest = ceil(Fraction(majority, seats - 1)) if seats > 1 else majority
    minority = data.draw(st.integers(smallest, max(smallest, majority)))
    assume(minority * seats >= majority + minority)
    approvals = {
        voter: range(10) if voter < majority else range(10, 20) for voter in range(majority + minority)
    }
    assert any(item >= 10 for item in fair_set(range(20), approvals, seats).winners) or seats == 1


@given(profiles(), COSTS, st.integers(1, 30), st.sampled_from(Completion))
def test_what_is_paid_is_what_it_costs_and_nobody_pays_more_than_a_share(
    profile: Profile, amounts: list[int], budget: int, completion: Completion
):
    """The outcome is priceable (Peters and Skowron 2020)."""
    items, approvals = profile
    fair = fair_budget({item: amounts[item] for item in items}, approvals, budget, completion)
    spent = dict.fromkeys(approvals, Fraction())
    for each in fair.rounds:
        assert sum(each.payments.values()) == each.cost
        assert max(each.payments.values()) == each.rho * each.cost
        for voter, amount in each.payments.items():
            assert each.item in approvals[voter]
            assert amount > 0
            spent[voter] += amount
    assert all(amount <= fair.share for amount in spent.values())
    paid_for = {each.item for each in fair.rounds}
    for item in set(items) - paid_for:
        backers = [voter for voter in approvals if item in approvals[voter]]
        if amounts[item] <= budget:
            assert sum(fair.share - spent[voter] for voter in backers) < amounts[item]
    assert [each.rho for each in fair.rounds] == sorted(each.rho for each in fair.rounds)


@given(profiles(), COSTS, st.integers(1, 30))
def test_nothing_that_somebody_wants_still_fits(profile: Profile, amounts: list[int], budget: int):
    items, approvals = profile
    costs = {item: amounts[item] for item in items}
    fair = fair_budget(costs, approvals, budget)
    for chosen in (fair.winners, fair.plain):
        room = budget - sum(costs[item] for item in chosen)
        assert room >= 0
        assert not [i for i in items if i not in chosen and costs[i] <= room and backers_of(i, approvals)]
        assert all(backers_of(item, approvals) for item in chosen)
        assert len(set(chosen)) == len(chosen)


@given(profiles(), st.integers(1, 7))
def test_every_seat_is_taken_when_enough_is_approved_of(profile: Profile, seats: int):
    items, approvals = profile
    wanted = [item for item in items if backers_of(item, approvals)]
    fair = fair_set(items, approvals, seats)
    assert len(fair.winners) == min(seats, len(wanted))
    assert fair.plain == plain_set(items, approvals, seats)
    assert len(fair_set(items, approvals, seats, ADD_ONE).winners) <= seats


@given(profiles(), st.integers(1, 6), st.randoms(use_true_random=False))
def test_it_does_not_matter_who_votes_first_or_what_they_are_called(
    profile: Profile, seats: int, chance: Random
):
    items, approvals = profile
    before = fair_set(items, approvals, seats)
    voters = list(approvals)
    chance.shuffle(voters)
    names = {voter: f"voter {number}" for number, voter in enumerate(voters)}
    after = fair_set(items, {names[voter]: approvals[voter] for voter in voters}, seats)
    assert after.winners == before.winners
    assert [each.payments for each in after.rounds] == [
        {names[voter]: amount for voter, amount in each.payments.items()} for each in before.rounds
    ]


@given(profiles(), COSTS, st.integers(1, 20), st.randoms(use_true_random=False))
def test_the_order_of_proposal_decides_nothing_but_ties(
    profile: Profile, amounts: list[int], budget: int, chance: Random
):
    items, approvals = profile
    fair = fair_budget({item: amounts[item] for item in items}, approvals, budget, NO)
    assume(not any(each.tied for each in fair.rounds))
    chance.shuffle(items)
    assert fair_budget({i: amounts[i] for i in items}, approvals, budget, NO).winners == fair.winners


# Ties, and the edges.


def test_a_tie_goes_to_the_earliest_proposal_and_is_told():
    fair = fair_set(["late", "early"][::-1], {1: ["late", "early"], 2: ["early", "late"]}, 1)
    assert fair.winners == ("early",)
    assert fair.rounds[0].tied == ("late",)


def test_a_tie_within_a_budget_goes_to_the_cheapest_then_to_the_most_approvals():
    approvals = {1: "ab", 2: "ab", 3: "a", 4: "b"}
    assert fair_budget({"a": 6, "b": 3}, approvals, 6).winners[0] == "b"
    spent = {voter: ["first"] for voter in "bcd"} | {"a": ["first", "y"]}
    approvals = spent | dict.fromkeys("ef", "y") | dict.fromkeys("gh", "x")
    fair = fair_budget({"first": 16, "x": 4, "y": 4}, approvals, 32, NO)
    assert fair.winners == ("first", "y", "x")
    assert [each.tied for each in fair.rounds] == [(), ("x",), ()]


def test_a_tie_is_exact_where_floats_would_differ():
    """1 - 1/3 - 1/3 is 1/3 here, so the last third buys the last item."""
    approvals = {voter: {"a", "b", "c"} for voter in range(3)}
    fair = fair_set("abc", approvals, 3, NO)
    assert fair.winners == ("a", "b", "c")
    assert sum(sum(each.payments.values()) for each in fair.rounds) == 3


def test_items_with_the_same_backers_win_one_after_the_other():
    fair = fair_set("abcd", dict.fromkeys(range(7), "abcd"), 3)
    assert fair.winners == ("a", "b", "c")


def test_nobody_approves_of_anything():
    fair = fair_set("abc", {1: "", 2: ""}, 2)
    assert (fair.winners, fair.plain, fair.rounds) == ((), (), ())
    assert fair.share == 1


@pytest.mark.parametrize(("items", "approvals"), [("", {1: ""}), ("ab", {}), ("", {})])
def test_no_items_or_no_people(items: str, approvals: dict[int, str]):
    assert fair_set(items, approvals, 2).winners == ()
    assert voice_shares(fair_set(items, approvals, 2), approvals, {1: "x"}) == [] or approvals


def test_with_more_seats_than_items_all_that_is_wanted_wins():
    assert set(fair_set("abcd", {1: "ab", 2: "c", 3: ""}, 9).winners) == set("abc")


def test_who_approves_of_nothing_has_a_share_that_nobody_spends():
    fair = fair_set("ab", {1: "a", 2: "b", 3: "", 4: ""}, 2, NO)
    assert (fair.winners, fair.share) == ((), Fraction(1, 2))
    assert fair_set("ab", {1: "a", 2: "b", 3: "", 4: ""}, 2, ADD_ONE).winners == ("a", "b")


def test_what_costs_more_than_the_budget_takes_no_part():
    fair = fair_budget({"palace": 100, "bench": 5}, {1: ["palace"], 2: ["palace", "bench"]}, 10)
    assert fair.winners == fair.plain == ("bench",)


@pytest.mark.parametrize("cost", [0, -1, 2.5])
def test_what_costs_nothing_is_refused(cost: float):
    with pytest.raises(ValueError, match="The cost of 'free' must be a whole number above 0, not"):
        fair_budget({"free": cost}, {1: ["free"]}, 10)  # type: ignore[dict-item]


def test_what_cannot_be_counted_is_refused():
    with pytest.raises(ValueError, match="The number of seats must be"):
        fair_set("ab", {1: "a"}, 0)
    with pytest.raises(ValueError, match="The budget must be"):
        fair_budget({"a": 1}, {1: "a"}, 0)
    with pytest.raises(ValueError, match="The step must be"):
        fair_budget({"a": 1}, {1: "a"}, 1, step=0)
    with pytest.raises(ValueError, match="An item stands twice"):
        fair_set("aba", {1: "a"}, 1)
    with pytest.raises(ValueError, match="Somebody approves of 'z', which is not in the list"):
        plain_set("ab", {1: "az"}, 1)


# What people are told.


def test_each_voice_sees_its_share_what_it_paid_for_and_whom_it_reaches():
    items = ["shade", "benches", "music", "quiet"]
    approvals = {f"resident {n}": ["shade", "benches", "music"] for n in range(6)}
    approvals |= {f"nurse {n}": ["quiet"] for n in range(2)} | {"nurse 2": ["quiet", "shade"], "guest": []}
    voices = {name: name.split()[0] for name in approvals if name != "guest"}
    fair = fair_set(items, approvals, 3)
    assert (set(fair.winners), fair.plain) == ({"shade", "benches", "quiet"}, ("shade", "benches", "music"))
    assert (fair.only_fair, fair.only_plain) == (("quiet",), ("music",))
    residents, nurses, nobody = voice_shares(fair, approvals, voices)
    assert [each.voice for each in (residents, nurses, nobody)] == ["resident", "nurse", None]
    assert [each.people for each in (residents, nurses, nobody)] == [6, 3, 1]
    assert sum(each.due for each in (residents, nurses, nobody)) == 3
    assert residents.paid_for == {"shade": Fraction(6, 7), "benches": 1}
    assert nurses.paid_for == {"shade": Fraction(1, 7), "quiet": 1}
    assert nurses.spent == Fraction(8, 7) <= nurses.given
    assert (nurses.fair.at_least_one, nurses.plain.at_least_one) == (3, 1)
    assert nurses.fair.people == {1: 2, 2: 1}
    assert (residents.fair.average, residents.plain.average) == (2, 3)
    assert (nurses.gained, nurses.lost, residents.gained, residents.lost) == (3, 0, 0, 6)
    assert (nobody.spent, nobody.fair.at_least_one, nobody.gained) == (0, 0, 0)


@given(profiles(), st.integers(1, 6))
def test_voices_together_are_everybody_and_paid_for_everything_that_was_paid(profile: Profile, seats: int):
    items, approvals = profile
    fair = fair_set(items, approvals, seats)
    voices = voice_shares(fair, approvals, {voter: voter % 3 for voter in approvals})
    assert sum(voice.people for voice in voices) == len(approvals)
    assert sum(voice.due for voice in voices) == seats
    assert sum(voice.spent for voice in voices) == len(fair.rounds)
    assert all(voice.spent <= voice.given for voice in voices)
    assert all(sum(voice.fair.people.values()) == voice.people for voice in voices)


def test_plain_majority_goes_on_down_the_list_past_what_does_not_fit():
    approvals = {1: "abc", 2: "abc", 3: "ab", 4: "a"}
    assert plain_budget({"c": 3, "b": 5, "a": 6}, approvals, 10) == ("a", "c")


def earliest(item: int) -> object:
    return item


def backers_of(item: int, approvals: Mapping[int, Collection[int]]) -> int:
    return sum(item in approved for approved in approvals.values())

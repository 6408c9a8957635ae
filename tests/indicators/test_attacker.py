"""The attacker must be able to find something: in figures that forget one thing each."""

import random

import pytest

from cocreate.indicators.disclosure import Guard
from tests.indicators.attacker import Glance, History, Told, coalitions, play, small_sums, unmasked
from tests.indicators.gatherings import make_gathering
from tests.indicators.leaks import (
    AllAlike,
    Live,
    LiveMeans,
    OddOnesOut,
    Ours,
    RestAgain,
    RoundsApart,
    SamePeopleCompared,
    TotalBesideVoices,
)

OPEN, CLOSED = False, True


def script(*rounds):
    """A name answers, with - it withdraws, ? is a glance; the voice is the first letter of a name."""
    happened, values = [], {}
    for place, (told, glances) in enumerate(rounds):
        for each in told:
            if each == "?":
                happened.append(Glance(place, glances))
                continue
            name, _, answer = each.partition("=")
            number = len(happened)
            happened.append(Told(number, place, name.strip("-"), name.strip("-")[0], int(bool(answer))))
            if answer:
                values[number, 0] = int(answer)
    return History(range(1, 6), tuple(happened)), values


def people_of(found):
    return {person for each in found for person in each.people if each.how == "certain"}


SEVEN = ["a1=1", "a2=2", "a3=3", "a4=4", "a5=5", "a6=1", "a7=2"]


def test_the_one_of_a_hidden_voice_is_found_beside_the_total():
    history, values = script(([*SEVEN, "b1=4", "?"], CLOSED))
    assert people_of(unmasked(history, values, TotalBesideVoices)) == {"b1"}
    assert [len(each) for each in small_sums(play(history, values, TotalBesideVoices()), 5)] == [1]


@pytest.mark.parametrize("publisher", [Live, LiveMeans])
def test_who_answers_between_two_glances_is_found_on_a_live_screen(publisher):
    history, values = script(([*SEVEN, "?", "a8=4", "?"], OPEN))
    assert people_of(unmasked(history, values, publisher)) == {"a8"}


@pytest.mark.parametrize("publisher", [Live, LiveMeans])
def test_who_withdraws_between_two_glances_is_found_on_a_live_screen(publisher):
    history, values = script(([*SEVEN, "?", "a3-", "?"], OPEN))
    assert people_of(unmasked(history, values, publisher)) == {"a3"}


def test_who_changes_their_mind_is_found_on_a_live_screen_with_both_answers():
    history, values = script(([*SEVEN, "?", "a3=5", "?"], OPEN))
    found = unmasked(history, values, Live)
    assert people_of(found) == {"a3"}
    assert len(found) == 2


def test_who_left_is_found_where_rounds_are_compared():
    history, values = script(([*SEVEN, "?"], CLOSED), ([*SEVEN[:2], *SEVEN[3:], "?"], CLOSED))
    assert people_of(unmasked(history, values, SamePeopleCompared)) == {"a3"}


def test_who_left_or_joined_is_found_when_the_others_are_taken_to_answer_as_before():
    for first, second in [(SEVEN, SEVEN[1:]), (SEVEN[1:], SEVEN)]:
        history, values = script(([*first, "?"], CLOSED), ([*second, "?"], CLOSED))
        people = {each.number: each.person for each in history.told}
        same = lambda datum, people=people: people[datum[0]]  # noqa: E731
        assert small_sums(play(history, values, RoundsApart()), 5, same) == [{"a1"}]
        assert small_sums(play(history, values, Ours(Guard())), 5, same) == []


def test_everybody_is_found_when_they_all_answered_alike():
    history, values = script((["a1=4", "a2=4", "a3=4", "a4=4", "a5=4", "?"], CLOSED))
    assert people_of(unmasked(history, values, AllAlike)) == {"a1", "a2", "a3", "a4", "a5"}


def test_two_who_differ_from_all_others_find_them_where_nobody_thought_of_two():
    history, values = script(([*(f"a{n}=4" for n in range(1, 9)), "a9=1", "a0=2", "?"], CLOSED))
    assert people_of(unmasked(history, values, OddOnesOut, ("a9", "a0"))) == {f"a{n}" for n in range(1, 9)}
    assert not unmasked(history, values, lambda: Ours(Guard()), ("a9", "a0"))


def test_who_withdrew_is_found_when_the_rest_is_shown_again_with_enough_new_people():
    new = [f"a{n}=5" for n in range(10, 15)]
    history, values = script(([*SEVEN, "?", "a3-", *new, "?"], CLOSED))
    assert "a3" in people_of(unmasked(history, values, RestAgain))
    assert not unmasked(history, values, lambda: Ours(Guard()))


@pytest.mark.parametrize("on_paper", [False, True])
@pytest.mark.parametrize("publisher", [TotalBesideVoices, Live, LiveMeans, SamePeopleCompared, OddOnesOut])
def test_each_leak_is_found_in_gatherings_that_were_made_up_by_chance(publisher, on_paper):
    caught = 0
    for seed in range(40):
        rng = random.Random(seed)
        history, values = make_gathering(rng, on_paper)
        values = {datum: value for datum, value in values.items() if not datum[1]}
        history = History(history.options, tuple(_one_part(each) for each in history.happened))
        made = publisher()
        looks = play(history, values, made)
        caught += bool(small_sums(looks, 5)) or any(
            unmasked(history, values, publisher, coalition)
            for coalition in coalitions(history, values, made.together(), rng)
            if publisher is OddOnesOut
        )
        if caught == 3:
            return
    pytest.fail("too few leaks were found")


def _one_part(each):
    if isinstance(each, Glance):
        return each
    return Told(each.number, each.round, each.person, each.voice, min(each.parts, 1))


def test_where_everybody_took_back_what_they_told_nobody_is_left_to_collude():
    nobody = History(range(2), ())
    assert list(coalitions(nobody, {}, [], random.Random(1))) == [()]

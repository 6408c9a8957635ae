"""Steps: whoever sees every number at every moment still finds no group smaller than the threshold."""

import itertools
import random

import numpy as np
import pytest

from cocreate.impacts.rules import Circle, Position
from tests.impacts.stepping import DONT_KNOW, FOR, OBJECTION, Room

REACHES = [None, *Circle]


def a_room(threshold=5, outside=10):
    return Room({Circle.OUTSIDE: outside, Circle.SPACE: threshold, Circle.MEETING: threshold})


def tell(room, names, answer=FOR, **facts):
    for name in names:
        room.tell(name, answer, **facts)


# An attacker who does the algebra


def fewest_found(looks):
    """The fewest people whom any sum or difference of these looks is about. Exact, by ranks.

    What somebody answers and what they answer later are two unknowns, unless it is the same.
    """
    data = sorted({datum for look in looks for datum in look})
    rows = np.array([[datum in look for datum in data] for look in looks], dtype=float)
    alike = {}  # people who are in the same looks with each of their answers count together
    for person in {person for person, _answer in data}:
        mine = [place for place, datum in enumerate(data) if datum[0] == person]
        key = tuple(sorted(tuple(rows[:, place]) for place in mine))
        alike.setdefault(key, []).append((person, mine))
    groups = [
        (len(people), list(itertools.chain.from_iterable(mine for _name, mine in people)))
        for people in alike.values()
    ]
    known, found = np.linalg.matrix_rank(rows), sum(size for size, _places in groups)
    for number in range(1, len(groups) + 1):
        for chosen in itertools.combinations(groups, number):
            size = sum(people for people, _places in chosen)
            if size < found:
                gone = list(itertools.chain.from_iterable(places for _size, places in chosen))
                others = np.delete(rows, gone, axis=1)
                if others.shape[1] == 0 or np.linalg.matrix_rank(others) < known:
                    found = size
    return found


def test_the_attacker_finds_what_there_is_to_find():
    first = frozenset((name, FOR) for name in "abcde")
    assert fewest_found([first]) == 5
    assert fewest_found([first, first | {("f", FOR)}]) == 1
    changed = (first - {("a", FOR), ("b", FOR)}) | {("a", OBJECTION), ("b", OBJECTION)}
    assert fewest_found([first, changed]) == 2
    # Two steps of three people each, and only one person between the first and the last.
    second = (first - {("a", FOR), ("b", FOR)}) | {("f", FOR)}
    third = first | {("f", FOR)}
    assert fewest_found([first, second, third]) == 1


# Rooms in which anything happens

PEOPLE = {f"person {number}": voice for number, voice in enumerate("aaaaaaaabbbbc")}
EVENTS = ("answer", "take back", "show", "change voice", "stage", "move on")


def gatherings(number):
    """Rooms with what happens in them, one thing after another. No two are of the same temper."""
    for seed in range(number):
        dice = random.Random(seed)
        few = dice.choice([2, 3, 4])
        room = a_room(few, few + dice.choice([0, 1, 2]))
        weights = (20, *(dice.choice([0, 0, 1, 3]) for _event in EVENTS[1:]))
        reaches = [dice.choice(REACHES), *dice.choices(list(Circle), k=3)]
        happened = dice.choices(EVENTS, weights, k=dice.randrange(10, 90))
        yield seed, room, _happening(room, dice, happened, reaches)


def _happening(room, dice, happened, reaches):
    for event in happened:
        name = dice.choice(list(PEOPLE))
        told = room.told.get(name)
        if event == "answer":
            voice = told.voice if told else PEOPLE[name]
            room.tell(name, dice.choice(list(Position)), voice, dice.choice(reaches))
        elif event == "stage":
            room.is_on_stage = True
        elif event == "move on":
            room.move_on()
        elif told is not None and told.answer:
            if event == "take back":
                room.take_back(name)
            elif event == "show":
                room.show_to(name, dice.choice(REACHES))
            else:
                room.tell(name, told.answer, dice.choice("ab"), told.reach)
        yield event


def test_who_sees_everything_at_every_moment_singles_out_no_small_group():
    steps = 0
    for seed, room, happening in gatherings(200):
        seen, last = {circle: set() for circle in Circle}, None
        for _event in happening:
            now = {(each.person, each.reach, each.cell, each.shown) for each in room.told.values()}
            for circle in Circle if now != last else ():
                seen[circle] |= set(room.looks(circle).values())
            last = now
        everywhere = set.union(*seen.values())
        for looks, circle in ((seen[Circle.OUTSIDE], Circle.OUTSIDE), (everywhere, Circle.MEETING)):
            if looks:
                assert fewest_found(sorted(looks, key=sorted)) >= room.thresholds[circle], seed
        steps += len(everywhere)
    assert steps > 500


def brought(room):
    """The people of whom one bringer knows what they say, by bringer."""
    names = set().union(*room.bringers.values())
    return [{who for who, known in room.bringers.items() if name in known} for name in sorted(names)]


def test_who_typed_over_for_others_and_leaves_them_out_singles_out_no_small_group():
    steps = 0
    for seed, room, happening in gatherings(200):
        dice = random.Random(seed)
        typed = dice.choice(
            [["", "x", "x"], ["x"] * 5 + ["", "y"], ["x", "y", "z", "xy"], ["", "", "x", "y"]]
        )
        room.bringers = {name: frozenset(dice.choice(typed)) for name in PEOPLE}
        seen, last = set(), None
        for _event in happening:
            now = {(each.person, each.reach, each.cell, each.shown) for each in room.told.values()}
            for circle in Circle if now != last else ():
                seen |= set(room.looks(circle).values())
            last = now
        for theirs in brought(room):
            left = {frozenset(datum for datum in look if datum[0] not in theirs) for look in seen}
            if left - {frozenset()}:
                found = fewest_found(sorted(left - {frozenset()}, key=sorted))
                assert found >= room.thresholds[Circle.MEETING], seed
        steps += len(seen)
    assert steps > 300


def test_nobody_is_in_a_number_that_may_not_know_of_them():
    for seed, room, happening in gatherings(50):
        for _event in happening:
            for circle in Circle:
                for look in room.looks(circle).values():
                    for person, _answer in look:
                        reach = room.told[person].reach
                        assert reach is not None, seed
                        assert not circle.is_farther_than(reach), seed


def test_every_number_counts_what_is_shown_of_whole_cells_and_how_many_there_are_now():
    for seed, room, happening in gatherings(50):
        for _event in happening:
            for circle in Circle:
                looks = room.looks(circle)
                for name, tally in room.numbers(circle).items():
                    assert tally.total == len(known(room, circle, name)), seed
                    if tally.is_shown:
                        shown = [answer for _person, answer in looks[name]]
                        assert {answer: shown.count(answer) for answer in Position} == tally.split
                        cells = {room.told[person].cell for person, _answer in looks[name]}
                        whole = {each.person for each in room.told.values() if each.cell in cells}
                        assert whole == {person for person, _answer in looks[name]}, seed


def known(room, circle, voice):
    """Who told it to this circle, of one voice or of all."""
    return [
        each
        for each in room.told.values()
        if each.reach and not circle.is_farther_than(each.reach) and voice in (each.voice, "all")
    ]


# By example


def test_the_sixth_waits_for_four_more():
    room = a_room()
    tell(room, "abcde")
    assert room.splits() == {"a": (5, 0, 0), "all": (5, 0, 0)}
    tell(room, "fghi", OBJECTION)
    assert room.splits() == {"a": (5, 0, 0), "all": (5, 0, 0)}
    assert (room.numbers(Circle.SPACE)["a"].total, room.numbers(Circle.SPACE)["a"].missing) == (9, 4)
    tell(room, "j", OBJECTION)
    assert room.splits()["a"] == (5, 5, 0)


def test_who_typed_over_nine_sheets_does_not_read_the_tenth():
    room = a_room()
    room.bringers = {name: frozenset("x") for name in "bcdefghij"}
    room.is_on_stage = True
    tell(room, "a", OBJECTION)
    tell(room, "bcdefghij")
    room.move_on()
    assert room.splits() == {"a": (9, 0, 0), "all": (9, 0, 0)}
    tell(room, "klmn", OBJECTION)
    assert room.splits()["all"] == (9, 5, 0)
    room.take_back("a")
    assert room.splits()["all"] == (9, 0, 0)


def test_few_sheets_of_another_helper_wait_and_hold_nobody_up():
    room = a_room()
    room.bringers = {name: frozenset("x" if name in "abcdefgh" else "y") for name in "abcdefghijklm"}
    room.is_on_stage = True
    tell(room, "abcdefgh")
    tell(room, "ij", OBJECTION)
    room.move_on()
    assert room.splits()["all"] == (8, 0, 0)
    tell(room, "klm", OBJECTION)
    assert room.splits()["all"] == (8, 5, 0)


def test_sheets_of_one_helper_do_not_hide_who_left_from_that_helper():
    room = a_room()
    room.bringers = {name: frozenset("x") for name in "abcdevwxyz"} | {
        name: frozenset("y") for name in "fghij"
    }
    tell(room, "fghij", OBJECTION)
    tell(room, "abcde")
    assert room.splits()["all"] == (5, 5, 0)
    tell(room, "vwxyz")
    assert room.splits()["all"] == (10, 5, 0)
    room.take_back("f")
    assert room.splits() == {}
    tell(room, "klmno")  # in themselves, and nobody brings them together with the rest
    tell(room, "vwxyz", DONT_KNOW)
    assert room.splits()["all"] == (5, 0, 0)


def test_changing_ones_mind_waits_for_others_too():
    room = a_room()
    tell(room, "abcdefg")
    tell(room, "ab", DONT_KNOW)
    assert room.splits()["a"] == (5, 0, 0)
    tell(room, "b", FOR)  # and back again: nothing new
    tell(room, "c", OBJECTION)
    assert room.splits()["a"] == (5, 0, 0)
    tell(room, "b", OBJECTION)
    assert room.splits()["a"] == (4, 2, 1)


def test_saying_the_same_again_is_not_a_step():
    room = a_room()
    tell(room, "abcde")
    tell(room, "abcd")
    tell(room, "f", OBJECTION)
    assert room.splits()["a"] == (5, 0, 0)


def test_going_back_to_what_was_shown_before_makes_no_step_for_who_guesses_it():
    room = a_room()
    tell(room, "abcde")
    tell(room, "abcde", OBJECTION)
    assert room.splits()["a"] == (0, 5, 0)
    tell(room, "abcde")
    tell(room, "f", DONT_KNOW)
    assert room.splits()["a"] == (0, 5, 0)


def test_taking_back_hides_at_once_and_is_no_part_of_a_step():
    room = a_room()
    tell(room, "abcdefghij")
    room.take_back("a")
    assert room.splits() == {}
    tell(room, "klmn", OBJECTION)
    assert room.splits() == {}
    tell(room, "a")  # who comes back is not new
    assert room.splits() == {}
    tell(room, "o", OBJECTION)
    assert room.splits()["a"] == (10, 5, 0)


def test_taking_back_what_was_never_shown_hides_nothing():
    room = a_room()
    tell(room, "abcdef")
    room.take_back("f")
    assert room.splits()["a"] == (5, 0, 0)


def test_showing_it_nearer_hides_it_at_once_where_it_may_not_be_known():
    room = a_room()
    tell(room, "abcdefghij", reach=Circle.OUTSIDE)
    assert room.splits(Circle.OUTSIDE)["a"] == (10, 0, 0)
    room.show_to("a", Circle.SPACE)
    assert room.splits(Circle.OUTSIDE) == room.splits() == {}
    room.show_to("b", None)
    tell(room, "klmno", OBJECTION, reach=Circle.OUTSIDE)
    # Outside eight of those who are shown were shown before; there the step is too small.
    assert (room.splits(Circle.OUTSIDE), room.splits()["a"]) == ({}, (9, 5, 0))


def test_small_voices_are_shown_together_and_one_that_grows_by_itself():
    room = a_room()
    tell(room, "abc")
    tell(room, "st", OBJECTION, voice="b")
    assert room.splits() == {"all": (3, 2, 0)}
    tell(room, "defg", DONT_KNOW)
    assert room.splits() == {"all": (3, 2, 0)}
    tell(room, "h", DONT_KNOW)
    assert room.splits() == {"a": (3, 0, 5)}  # and both others wait for more


def test_small_voices_wait_between_meetings_so_that_each_may_grow():
    room = a_room()
    tell(room, "abc")
    tell(room, "st", OBJECTION, voice="b")
    tell(room, "def", DONT_KNOW)
    tell(room, "uv", DONT_KNOW, voice="b")
    assert room.splits() == {"all": (3, 2, 0)}
    room.move_on()
    assert room.splits() == {"all": (3, 2, 5)}


def test_while_it_is_on_stage_nothing_comes_and_what_must_go_goes():
    room = a_room()
    tell(room, "abcde")
    room.is_on_stage = True
    tell(room, "fghij", OBJECTION)
    assert room.splits()["a"] == (5, 0, 0)
    room.take_back("a")
    assert room.splits() == {}
    room.move_on()
    assert room.splits()["a"] == (4, 5, 0)


def test_what_passers_by_see_grows_by_ten_and_insiders_need_five_of_them():
    room = a_room()
    tell(room, "abcde", reach=Circle.OUTSIDE)
    tell(room, "fghi", reach=Circle.OUTSIDE)
    assert (room.splits(Circle.OUTSIDE), room.splits()["a"]) == ({}, (5, 0, 0))
    tell(room, "j", OBJECTION, reach=Circle.OUTSIDE)
    assert room.splits(Circle.OUTSIDE)["a"] == room.splits()["a"] == (9, 1, 0)
    tell(room, "klmnopqrs", reach=Circle.OUTSIDE)
    assert room.splits(Circle.OUTSIDE)["a"] == (9, 1, 0)
    assert room.splits()["a"] == (14, 1, 0)
    tell(room, "t", reach=Circle.OUTSIDE)
    assert room.splits(Circle.OUTSIDE)["a"] == (19, 1, 0)


def test_who_changes_voice_stays_where_they_were_shown():
    room = a_room()
    tell(room, "abcdef")
    room.tell("a", FOR, voice="b")
    assert room.splits() == {"a": (5, 0, 0)}  # one of the other voice is in no number
    tell(room, "stuv", OBJECTION, voice="b")
    assert room.splits() == {"a": (5, 0, 0)}
    tell(room, "w", OBJECTION, voice="b")
    assert room.splits() == {"a": (5, 0, 0), "b": (0, 5, 0), "all": (5, 5, 0)}


@pytest.mark.parametrize("circle", Circle)
def test_a_space_that_asks_for_larger_groups_from_now_on_hides_the_smaller_ones(circle):
    room = a_room()
    tell(room, "abcdefghij", reach=Circle.OUTSIDE)
    assert room.splits(circle)
    room.thresholds = dict.fromkeys(Circle, 11)
    assert room.splits(circle) == {}

"""Pictures of what a group answered: each says in words what it shows, and lets nothing through as markup."""

import itertools
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate.indicators.drawing import (
    Band,
    Frame,
    Heap,
    Mark,
    Pair,
    Place,
    RoundName,
    Series,
    Stack,
    Trail,
    Words,
    heaps_svg,
    lines_svg,
    mark_svg,
    pairs_svg,
    patterns_svg,
    small_svg,
    stacks_svg,
    swatch_svg,
    tones_for,
    triangle_svg,
)

WORDS = Words("k", "Hoe gaat het?", "Beter dan eerst.")
EVIL = "<script>\"'&"


def frame(rounds=3, **facts):
    names = [RoundName(f"Ronde {number}", "3 mei 26", "12") for number in range(rounds)]
    return Frame(**{"lowest": 0, "highest": 10, "ticks": [(0, "0"), (10, "10")], "rounds": names, **facts})


def series(*values, key="", css=""):
    return Series(key, css, [None if value is None else Mark(value, value, str(value)) for value in values])


def read(svg):
    return ET.fromstring(svg)


def paths(svg, css):
    return [each for each in read(svg).iter("path") if css in (each.get("class") or "").split()]


def test_a_picture_says_what_it_is_and_what_it_shows():
    root = read(lines_svg(frame(), [series(1, 2, 3)], WORDS, "te weinig"))
    assert root.get("role") == "img"
    ids = root.get("aria-labelledby").split()
    told = {each.get("id"): each.text for each in root.iter() if each.get("id")}
    assert [told[each] for each in ids] == ["Hoe gaat het?", "Beter dan eerst."]


def test_a_line_is_joined_only_where_two_rounds_follow_each_other():
    (line,) = paths(lines_svg(frame(4), [series(1, 2, None, 3)], WORDS, "te weinig"), "together")
    assert re.sub(r"[\d. ]+", "", line.get("d")) == "MLM"


def test_a_round_without_enough_people_has_a_sign_of_its_own():
    svg = lines_svg(frame(2), [series(1, None)], WORDS, "te weinig")
    assert [each.text for each in read(svg).iter("title")].count("te weinig") == 1


def test_a_round_in_which_it_was_not_asked_is_no_round_with_too_few():
    names = [RoundName("0", is_asked=True), RoundName("1", is_asked=False)]
    svg = lines_svg(frame(rounds=2) and Frame(0, 10, [], names), [series(1, None)], WORDS, "te weinig")
    assert "te weinig" not in svg
    assert svg.count('class="unasked"') == 1


def test_an_interval_is_no_mark():
    one = Series("", "", [Mark(3, 5, "tussen 3 en 5")])
    svg = lines_svg(frame(1), [one], WORDS, "")
    assert len(paths(svg, "between")) == 1
    assert not paths(svg, "spot")


def test_voices_have_shapes_of_their_own():
    both = [series(1, key="resident", css="voice-resident"), series(1, key="youth", css="voice-youth")]
    svg = lines_svg(frame(1), both, WORDS, "")
    assert len({each.get("d") for each in paths(svg, "spot")}) == 2


def test_the_longest_heap_is_twice_that_of_half_as_many():
    heap = Heap([Band(2, 2, 4, "4"), Band(3, 3, 8, "8"), Band(4, 4, 0, "0")], 0)
    bars = [
        each for each in read(heaps_svg(frame(1), [heap], WORDS)).iter("rect") if each.get("class") == "heap"
    ]
    assert len(bars) == 2
    half, whole = (float(each.get("width")) for each in bars)
    assert whole == pytest.approx(2 * half, abs=0.2)


def test_answers_that_are_not_told_have_a_bar_of_their_own():
    svg = heaps_svg(frame(1, has_untold=True), [Heap([], 5, "vijf")], WORDS)
    assert [each.get("class") for each in read(svg).iter("rect")] == ["untold"]


def test_parts_of_a_bar_differ_by_pattern():
    assert len(set(tones_for(5, True))) == 5
    assert len(set(tones_for(3, False))) == 3
    stack = Stack("Nulmeting", "", [1, 2, 3], ["a", "b", "c", ""], is_head=True)
    svg = stacks_svg([stack], tones_for(3, False), WORDS)
    fills = [each.get("fill") for each in read(svg).iter("rect") if each.get("class") == "part"]
    assert len(set(fills)) == 3
    assert all(f'id="{fill[5:-1]}"' in patterns_svg() for fill in fills)


@given(st.lists(st.integers(0, 60), min_size=3, max_size=3).filter(any), st.integers(0, 30))
def test_parts_of_a_bar_are_as_long_as_the_number_of_people(parts, untold):
    stack = Stack("Nulmeting", "", parts, ["", "", "", ""], untold, is_head=True)
    drawn = read(stacks_svg([stack], tones_for(3, False), WORDS))
    bars = [each for each in drawn.iter("rect") if "part" in each.get("class")]
    people = [number for number in [*parts, untold] if number]
    assert len(bars) == len(people)
    for bar, number in zip(bars, people, strict=True):
        wide = 358 * number / sum(people)
        assert float(bar.get("width")) == pytest.approx(max(1, wide - 1.5), abs=0.1)


def test_have_and_wish_are_two_marks_and_what_lies_between():
    svg = pairs_svg([Pair("Jongere", "youth", "voice-youth", 4, 6.5, "+2,5", "t")], 0, 10, ("0", "10"), WORDS)
    assert len(paths(svg, "spot")) == 2
    assert len(paths(svg, "hollow")) == 1
    assert len(paths(svg, "span")) == 1
    assert "+2,5" in svg


def test_a_pair_without_numbers_says_why():
    svg = pairs_svg([Pair("Jongere", "youth", "", note="te weinig")], 0, 10, ("0", "10"), WORDS)
    assert "te weinig" in svg
    assert not paths(svg, "spot")


@given(st.lists(st.floats(0, 1), min_size=3, max_size=3).filter(lambda shares: sum(shares) > 0.01))
def test_a_place_stays_in_the_triangle(shares):
    trail = Trail("", "", [("0", Place(*shares, "t"))])
    svg = triangle_svg(("a", "b", "c"), [trail], WORDS)
    (stop,) = read(svg).iter("circle")
    x, y = float(stop.get("cx")), float(stop.get("cy"))
    assert 30 - 0.1 <= y <= 30 + 240 * 0.8660254 + 0.1
    assert 60 - 0.1 <= x <= 300 + 0.1


def test_a_small_line_has_a_dot_for_each_round_that_is_shown():
    svg = small_svg([Mark(2, 2, ""), None, Mark(4, 4, "")], 0, 10, WORDS)
    assert len(list(read(svg).iter("circle"))) == 2


def test_words_never_become_markup():
    evil = Words(EVIL, EVIL, EVIL)
    names = [RoundName(EVIL, EVIL, EVIL)]
    one = Frame(0, 10, [(0, EVIL)], names)
    mark = Mark(1, 1, EVIL)
    drawn = [
        lines_svg(one, [Series(EVIL, EVIL, [mark]), Series("", "", [None])], evil, EVIL),
        lines_svg(one, [Series("", EVIL, [Mark(1, 2, EVIL)])], evil, EVIL),
        heaps_svg(one, [Heap([Band(1, 1, 1, EVIL)], 1, EVIL)], evil),
        stacks_svg(
            [Stack(EVIL, EVIL, [1], [EVIL, EVIL], 1), Stack(EVIL, "", (), (), note=EVIL)], ["dots"], evil
        ),
        pairs_svg(
            [Pair(EVIL, EVIL, EVIL, 1, 2, EVIL, EVIL), Pair(EVIL, "", "", note=EVIL)],
            0,
            3,
            (EVIL, EVIL),
            evil,
        ),
        triangle_svg((EVIL, EVIL, EVIL), [Trail(EVIL, EVIL, [(EVIL, Place(1, 1, 1, EVIL))] * 2)], evil),
        triangle_svg((EVIL, EVIL, EVIL), [Trail("", "", [(EVIL, Place(1, 1, 1, EVIL))])], evil),
        small_svg([mark], 0, 10, evil),
        mark_svg(EVIL, EVIL),
        swatch_svg(""),
    ]
    for svg in drawn:
        assert "<script" not in svg
        read(svg)


@pytest.mark.parametrize("rounds", [1, 3, 6, 12, 30])
def test_names_of_rounds_do_not_stand_on_each_other(rounds):
    svg = lines_svg(frame(rounds), [series(*[1] * rounds)], WORDS, "")
    places = [float(each.get("x")) for each in read(svg).iter("text") if each.get("class") == "round"]
    apart = [after - before for before, after in itertools.pairwise(places)]
    assert all(each > 7 * 6.6 for each in apart)

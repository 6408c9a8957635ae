"""What can be an answer, and what a missing one never becomes."""

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate.indicators.kinds import (
    MAX_WORDS,
    SKIPS,
    Agreement,
    AnswerKind,
    AnswerRefused,
    AnswerShape,
    BadShape,
    HaveAndWish,
    Level,
    Missing,
    Refusal,
    Triad,
    mean,
    mean_pair,
    read_answer,
    read_missing,
    triad_at,
)

FIVE = ("never", "seldom", "at times", "often", "always")
SHAPES = {
    AnswerKind.SCALE_0_10: AnswerShape(AnswerKind.SCALE_0_10),
    AnswerKind.SCALE_1_10: AnswerShape(AnswerKind.SCALE_1_10, ("not at all", "entirely")),
    AnswerKind.FIVE_POINTS: AnswerShape(AnswerKind.FIVE_POINTS, FIVE),
    AnswerKind.SMILEYS: AnswerShape(AnswerKind.SMILEYS),
    AnswerKind.YES_MORE_OR_LESS_NO: AnswerShape(AnswerKind.YES_MORE_OR_LESS_NO),
    AnswerKind.COUNT: AnswerShape(AnswerKind.COUNT, unit="visits", highest=60),
    AnswerKind.DYAD: AnswerShape(AnswerKind.DYAD, ("alone", "together")),
    AnswerKind.TRIAD: AnswerShape(AnswerKind.TRIAD, ("head", "heart", "hands")),
    AnswerKind.OPEN: AnswerShape(AnswerKind.OPEN),
    AnswerKind.HAVE_AND_WISH: AnswerShape(AnswerKind.HAVE_AND_WISH, unit="days a week", highest=7),
}
CHOSEN = [shape for shape in SHAPES.values() if shape.choices]
WITH_ENDS = [shape for shape in SHAPES.values() if shape.is_one_number]
GOOD = [
    (AnswerKind.SCALE_0_10, "0", 0),
    (AnswerKind.SCALE_0_10, " 10 ", 10),
    (AnswerKind.SCALE_0_10, 7.0, 7),
    (AnswerKind.SCALE_0_10, "٧", 7),
    (AnswerKind.SCALE_1_10, 1, 1),
    (AnswerKind.FIVE_POINTS, "5", 5),
    (AnswerKind.SMILEYS, 1, 1),
    (AnswerKind.YES_MORE_OR_LESS_NO, "more_or_less", Agreement.MORE_OR_LESS),
    (AnswerKind.COUNT, "60", 60),
    (AnswerKind.DYAD, 0, 0),
    (AnswerKind.TRIAD, ["0", "0", "100"], Triad(0, 0, 100)),
    (AnswerKind.OPEN, " It was\r\nquiet.\x00 ", "It was\nquiet."),
    (AnswerKind.OPEN, "0", "0"),
    (AnswerKind.HAVE_AND_WISH, ["0", 7], HaveAndWish(0, 7)),
]
BAD = [
    (AnswerKind.SCALE_0_10, None, Refusal.EMPTY),
    (AnswerKind.SCALE_0_10, "  ", Refusal.EMPTY),
    (AnswerKind.SCALE_0_10, Missing.DO_NOT_KNOW, Refusal.EMPTY),
    (AnswerKind.SCALE_0_10, "11", Refusal.TOO_HIGH),
    (AnswerKind.SCALE_0_10, -1, Refusal.TOO_LOW),
    (AnswerKind.SCALE_0_10, 10**400, Refusal.TOO_HIGH),
    (AnswerKind.SCALE_0_10, "9" * 5000, Refusal.NOT_A_NUMBER),
    (AnswerKind.SCALE_0_10, "7,5", Refusal.NOT_WHOLE),
    (AnswerKind.SCALE_0_10, "7.0", Refusal.NOT_WHOLE),
    (AnswerKind.SCALE_0_10, 7.5, Refusal.NOT_WHOLE),
    (AnswerKind.SCALE_0_10, "seven", Refusal.NOT_A_NUMBER),
    (AnswerKind.SCALE_0_10, "1e1", Refusal.NOT_A_NUMBER),
    (AnswerKind.SCALE_0_10, True, Refusal.NOT_A_NUMBER),
    (AnswerKind.SCALE_0_10, float("nan"), Refusal.NOT_A_NUMBER),
    (AnswerKind.SCALE_0_10, float("inf"), Refusal.NOT_A_NUMBER),
    (AnswerKind.SCALE_0_10, [7], Refusal.NOT_A_NUMBER),
    (AnswerKind.SCALE_1_10, 0, Refusal.TOO_LOW),
    (AnswerKind.FIVE_POINTS, 6, Refusal.TOO_HIGH),
    (AnswerKind.SMILEYS, 0, Refusal.TOO_LOW),
    (AnswerKind.YES_MORE_OR_LESS_NO, "maybe", Refusal.NOT_A_CHOICE),
    (AnswerKind.YES_MORE_OR_LESS_NO, True, Refusal.NOT_A_CHOICE),
    (AnswerKind.COUNT, 61, Refusal.TOO_HIGH),
    (AnswerKind.COUNT, "-1", Refusal.TOO_LOW),
    (AnswerKind.DYAD, 101, Refusal.TOO_HIGH),
    (AnswerKind.TRIAD, [50, 50], Refusal.NOT_THREE),
    (AnswerKind.TRIAD, "50,25,25", Refusal.NOT_THREE),
    (AnswerKind.TRIAD, [50, 25, 24], Refusal.NOT_A_WHOLE),
    (AnswerKind.TRIAD, [150, -25, -25], Refusal.TOO_HIGH),
    (AnswerKind.OPEN, "\x00\u200b", Refusal.EMPTY),
    (AnswerKind.OPEN, 7, Refusal.NOT_WORDS),
    (AnswerKind.OPEN, "x" * (MAX_WORDS + 1), Refusal.TOO_LONG),
    (AnswerKind.HAVE_AND_WISH, [3, None], Refusal.HALF_A_PAIR),
    (AnswerKind.HAVE_AND_WISH, ["", "3"], Refusal.HALF_A_PAIR),
    (AnswerKind.HAVE_AND_WISH, [3], Refusal.HALF_A_PAIR),
    (AnswerKind.HAVE_AND_WISH, 3, Refusal.HALF_A_PAIR),
    (AnswerKind.HAVE_AND_WISH, [3, 8], Refusal.TOO_HIGH),
]


def refused(shape, raw):
    with pytest.raises(AnswerRefused) as caught:
        read_answer(shape, raw)
    return caught.value


def test_there_is_a_shape_of_every_kind():
    assert set(SHAPES) == set(AnswerKind)


@pytest.mark.parametrize(("kind", "raw", "value"), GOOD)
def test_what_is_an_answer(kind, raw, value):
    read = read_answer(SHAPES[kind], raw)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(("kind", "raw", "reason"), BAD)
def test_what_is_no_answer(kind, raw, reason):
    assert refused(SHAPES[kind], raw).reason is reason


def test_a_refusal_names_the_end_that_was_passed():
    assert refused(SHAPES[AnswerKind.COUNT], 61).limit == 60
    assert refused(SHAPES[AnswerKind.SCALE_1_10], 0).limit == 1
    assert str(refused(SHAPES[AnswerKind.COUNT], 61)) == "too_high: 60"


@pytest.mark.parametrize("shape", [*CHOSEN, *WITH_ENDS], ids=lambda shape: shape.kind)
def test_the_lowest_value_can_really_be_chosen_and_nothing_beyond_the_ends(shape):
    lowest = shape.choices[0] if shape.choices else shape.ends[0]
    assert read_answer(shape, str(lowest)) == lowest
    if shape.ends:
        assert shape.ends[0] == lowest
        assert refused(shape, lowest - 1).reason is Refusal.TOO_LOW
        assert refused(shape, shape.ends[1] + 1).reason is Refusal.TOO_HIGH


def test_every_choice_is_an_answer_and_there_are_as_many_as_there_should_be():
    assert {shape.kind.value: len(shape.choices) for shape in CHOSEN} == {
        "scale_0_10": 11,
        "scale_1_10": 10,
        "five_points": 5,
        "smileys": 5,
        "yes_more_or_less_no": 3,
    }
    for shape in CHOSEN:
        assert [read_answer(shape, each) for each in shape.choices] == list(shape.choices)


def test_what_answers_allow():
    levels = {kind.value: shape.level for kind, shape in SHAPES.items()}
    assert [kind for kind, level in levels.items() if level is Level.ORDINAL] == ["five_points", "smileys"]
    assert levels["yes_more_or_less_no"] is Level.CATEGORICAL
    assert levels["open"] is Level.WORDS
    assert list(levels.values()).count(Level.NUMERIC) == 6


@pytest.mark.parametrize(
    ("kind", "settings", "part"),
    [
        (AnswerKind.FIVE_POINTS, {}, "labels"),
        (AnswerKind.FIVE_POINTS, {"labels": (*FIVE[:4], " ")}, "labels"),
        (AnswerKind.FIVE_POINTS, {"labels": (*FIVE[:4], "never")}, "labels"),
        (AnswerKind.SCALE_0_10, {"labels": ("low",)}, "labels"),
        (AnswerKind.SCALE_0_10, {"highest": 9}, "highest"),
        (AnswerKind.SCALE_0_10, {"unit": "points"}, "unit"),
        (AnswerKind.COUNT, {}, "unit"),
        (AnswerKind.COUNT, {"unit": "x\u202e"}, "unit"),
        (AnswerKind.COUNT, {"unit": "visits", "highest": 1_000_001}, "highest"),
        (AnswerKind.COUNT, {"unit": "visits", "highest": 0}, "highest"),
        (AnswerKind.COUNT, {"unit": "visits", "lowest": 1}, "lowest"),
        (AnswerKind.DYAD, {"labels": ("one",)}, "labels"),
        (AnswerKind.TRIAD, {"labels": ("one", "two")}, "labels"),
        (AnswerKind.HAVE_AND_WISH, {}, "unit"),
        (AnswerKind.HAVE_AND_WISH, {"unit": "days", "lowest": 7, "highest": 7}, "highest"),
        (AnswerKind.OPEN, {"labels": ("a",)}, "labels"),
    ],
)
def test_settings_that_do_not_fit(kind, settings, part):
    with pytest.raises(BadShape) as caught:
        AnswerShape(kind, **settings)
    assert caught.value.part == part


raws = st.one_of(
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.booleans(),
    st.none(),
    st.sampled_from([*Missing, *Agreement]),
    st.lists(st.one_of(st.integers(-5, 105), st.text(max_size=3), st.none()), max_size=4),
)


@given(st.sampled_from(list(SHAPES.values())), raws)
def test_whatever_comes_is_an_answer_that_stays_itself_or_is_refused(shape, raw):
    try:
        value = read_answer(shape, raw)
    except AnswerRefused:
        return
    assert not isinstance(value, Missing)
    assert read_answer(shape, value) == value
    assert read_answer(shape, json.loads(json.dumps(value))) == value


def test_people_give_only_their_own_reasons():
    assert [read_missing(reason.value) for reason in SKIPS] == list(SKIPS)
    for raw in ("missed_round", Missing.NOT_ASKED, "", None, 0):
        with pytest.raises(AnswerRefused):
            read_missing(raw)


maybe = st.integers(0, 10) | st.sampled_from(Missing)


@given(st.lists(maybe))
def test_missing_never_enters_a_mean(answers):
    told = [answer for answer in answers if not isinstance(answer, Missing)]
    assert mean(answers) == (Fraction(sum(told), len(told)) if told else None)


@given(st.lists(maybe), st.lists(st.sampled_from(Missing)), st.randoms(use_true_random=False))
def test_a_mean_stays_when_more_people_do_not_answer_and_in_any_order(answers, silent, random):
    mixed = [*answers, *silent]
    random.shuffle(mixed)
    assert mean(mixed) == mean(answers)


def test_nobody_answered_is_no_zero():
    assert mean([]) is mean([Missing.NOT_ASKED]) is None
    assert mean([0, Missing.NOT_ASKED]) == 0
    assert mean_pair([Missing.DO_NOT_KNOW]) is None


pairs = st.builds(HaveAndWish, st.integers(0, 10), st.integers(0, 10))


@given(st.lists(pairs | st.sampled_from(Missing), min_size=1))
def test_have_and_wish_are_of_the_same_people_and_the_gap_is_wish_minus_have(answers):
    told = [answer for answer in answers if not isinstance(answer, Missing)]
    means = mean_pair(answers)
    assert (means is None) == (not told)
    if means:
        assert means.n == len(told)
        assert means.gap == mean(pair.wish - pair.have for pair in told) == means.wish - means.have


def test_who_has_more_than_they_wish_has_a_gap_below_zero():
    assert HaveAndWish(have=6, wish=2).gap == -4
    assert HaveAndWish(have=2, wish=6).gap == 4


@st.composite
def triads(draw):
    one = draw(st.integers(0, 100))
    two = draw(st.integers(0, 100 - one))
    return Triad(one, two, 100 - one - two)


@given(triads())
def test_a_point_in_the_triangle_and_its_weights_are_the_same_thing(triad):
    assert triad_at(*triad.point) == triad
    assert read_answer(SHAPES[AnswerKind.TRIAD], list(triad)) == triad


@given(st.floats(-3, 3), st.floats(-3, 3))
def test_every_finger_gives_whole_weights_that_make_a_hundred(x, y):
    triad = triad_at(x, y)
    assert sum(triad) == 100
    assert min(triad) >= 0


def test_the_corners_are_where_they_should_be():
    assert triad_at(0, 0) == Triad(100, 0, 0)
    assert triad_at(1, 0) == Triad(0, 100, 0)
    assert triad_at(0.5, 1) == Triad(0, 0, 100)
    assert triad_at(0.5, 1 / 3) == Triad(34, 33, 33)
    assert triad_at(-2, 0.5) == Triad(50, 0, 50)
    with pytest.raises(ValueError, match="point"):
        triad_at(float("nan"), 0)

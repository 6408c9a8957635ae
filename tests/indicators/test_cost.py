"""What answering costs: an estimate, until people tried it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate.indicators.cost import LEAST, SECONDS, minutes_for, seconds_for
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.scoring import Choices, Option
from tests.indicators.shapes import shape_of

SCALE = AnswerShape(AnswerKind.SCALE_0_10)


@pytest.mark.parametrize("kind", AnswerKind)
def test_every_kind_has_its_seconds(kind):
    assert SECONDS[kind] > 0
    assert seconds_for(shape_of(kind), "Hoe gaat het?") >= LEAST


def test_reading_counts_labels_and_options_too():
    assert seconds_for(SCALE, "een " * 20) == 20  # 20 words are 10 seconds, and 6 to choose
    five = AnswerShape(AnswerKind.FIVE_POINTS, tuple(f"nooit {n}" for n in range(5)))
    assert seconds_for(five, "een " * 20) == 25  # ten words more are five seconds more
    options = Choices(tuple(Option(str(n), "een twee drie vier", n) for n in range(5)))
    assert seconds_for(options, "een " * 20) == 30


@pytest.mark.parametrize(
    ("tried", "seconds"),
    [
        ((), 20),
        ((60,), 20),  # one person is no measure
        ((60, None), 20),
        ((60, 70), 65),
        ((60, 70, 300), 70),  # the middle one: who went away for a while changes nothing
        ((None, 60, None, 70), 65),
        ((1, 1), LEAST),
    ],
)
def test_what_was_measured_takes_the_place_of_the_estimate(tried, seconds):
    assert seconds_for(SCALE, "een " * 20, tried) == seconds


@given(st.text(max_size=200), st.lists(st.integers(1, 3600), max_size=6), st.sampled_from(AnswerKind))
def test_it_is_always_a_step_of_five_and_more_words_never_cost_less(text, tried, kind):
    shape = shape_of(kind)
    seconds = seconds_for(shape, text, tried)
    assert seconds >= LEAST
    assert seconds % 5 == 0
    assert seconds_for(shape, f"{text} woord", tried) >= seconds


@pytest.mark.parametrize(("seconds", "minutes"), [([], 0), ([5], 1), ([30, 30], 1), ([30, 35], 2)])
def test_a_list_is_told_in_whole_minutes_and_never_as_less(seconds, minutes):
    assert minutes_for(seconds) == minutes

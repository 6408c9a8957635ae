"""Putting parts in another order, and what the clock says then: for every order there is."""

import uuid
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cocreate.core.audience import Visibility
from cocreate.workshops.rules import Phase, StepKind, StepSketch, clock_times
from cocreate.workshops.sketches import as_row, from_row, moved, new_part, place_for_new, sketch_of

AT = datetime(2026, 3, 5, 18, 30, tzinfo=UTC)
SKETCHES = st.builds(
    StepSketch,
    st.sampled_from(StepKind),
    st.sampled_from(Phase),
    st.integers(1, 240),
    st.text(max_size=60),
    st.text(max_size=200),
    st.sampled_from([None, *Visibility]),
    st.one_of(st.none(), st.integers(1, 20)),
    st.booleans(),
    st.one_of(st.just({}), st.fixed_dictionaries({"words": st.text(min_size=1, max_size=20)})),
)


@st.composite
def moves(draw):
    """Parts, how many of them are over, and moves of the others to anywhere."""
    minutes = draw(st.lists(st.integers(1, 240), min_size=1, max_size=12))
    first = draw(st.integers(0, len(minutes) - 1))
    places = st.tuples(st.integers(first, len(minutes) - 1), st.integers(-3, 15))
    return minutes, first, draw(st.lists(places, max_size=8))


@given(moves())
def test_no_part_is_lost_what_is_over_stays_and_it_ends_when_it_ended(made):
    minutes, first, wanted = made
    parts = list(enumerate(minutes))
    for place, to in wanted:
        before, part = parts, parts[place]
        parts = moved(parts, place, to, first)
        assert sorted(parts) == sorted(before)
        assert parts[:first] == before[:first]
        assert parts.index(part) == min(max(to, first), len(parts) - 1)
        rest = [each for each in parts if each != part]
        assert rest == [each for each in before if each != part]
    times = clock_times([each for _id, each in parts], None, AT)
    assert times == sorted(times)
    assert times[0] == AT
    assert times[-1] + timedelta(minutes=parts[-1][1]) == AT + timedelta(minutes=sum(minutes))
    for (_id, lasts), begins, then in zip(parts, times, times[1:], strict=False):
        assert then - begins == timedelta(minutes=lasts)


@given(SKETCHES)
def test_a_sketch_that_was_kept_is_the_same(sketch):
    assert from_row(as_row(sketch, uuid.uuid4())) == sketch
    assert sketch_of(sketch) == sketch


def test_what_happened_in_a_meeting_is_no_part_of_its_agenda():
    settings = {"words": "x", "shown_once": {"step_id": "1"}}
    ran = StepSketch(StepKind.CHECK_IN, Phase.DEFINE, 5, settings=settings)
    assert sketch_of(ran).settings == {"words": "x"}


def test_a_new_part_comes_before_everybody_parts():
    assert place_for_new(["welcome", "close"]) == 1
    assert place_for_new(["welcome", "moments"]) == 2
    assert place_for_new([]) == 0
    assert place_for_new(["welcome", "close"], first=2) == 2  # the close is on stage
    assert new_part(StepKind.MAP).minutes == 35

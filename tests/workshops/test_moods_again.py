"""Showing too early how people are here spoils nothing, and no two looks can be subtracted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate.core.db import session
from cocreate.replies.rules import Mood
from cocreate.spaces.queries import space_of
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries.results import result_of
from cocreate.workshops.rules import StepKind
from cocreate.workshops.service.showing import show_result, take_result_away
from cocreate.workshops.withholding import shown_of
from tests.factories import make_member, make_mood
from tests.workshops.steps import make_meeting

FEW = "Niet genoeg mensen om te laten zien."


class Room:
    """A meeting at its check-in, in which five are enough people."""

    def __init__(self, space):
        self.space = space
        self.meeting = make_meeting(space, StepKind.CHECK_IN, StepKind.CLOSE, on=StepKind.CHECK_IN)
        self.people = []

    def tap(self, mood, people):
        """So many more people say how they are."""
        for _ in range(people):
            self.people.append(make_member(self.space, self.meeting))
            make_mood(self.people[-1], self.meeting, mood, self.meeting.steps[StepKind.CHECK_IN])

    def tap_again(self, mood, who):
        """Somebody says it otherwise."""
        make_mood(self.people[who], self.meeting, mood, self.meeting.steps[StepKind.CHECK_IN])

    def look(self):
        """What the room sees of it, before it is taken away again."""
        show_result(self.space.id, self.meeting.id)
        row = session().get(Workshop, self.meeting.id)
        found = result_of(row, row.current_step, space_of(self.space.id))
        take_result_away(self.space.id, self.meeting.id)
        return dict(found.moods.shown) if found.moods else {}


@pytest.fixture
def room(app, space):
    with app.app_context():
        yield Room(space)


def test_a_look_at_three_people_does_not_keep_the_others_out(room):
    room.tap(Mood.SUN, 3)
    assert room.look() == {}
    room.tap(Mood.SUN, 9)
    room.tap(Mood.RAIN, 12)
    assert room.look() == {Mood.SUN: 12, Mood.RAIN: 12}
    room.tap(Mood.RAIN, 12)
    assert room.look() == {Mood.SUN: 12, Mood.RAIN: 12}


def test_too_few_people_are_told_so(room, app, space, new_browser):
    room.tap(Mood.SUN, 3)
    show_result(space.id, room.meeting.id)
    path = f"/workshops/{room.meeting.id}"
    for told in (f"{path}/results", f"{path}/harvest"):
        assert FEW in new_browser(space.steward).get(told).text


def test_nine_people_who_fill_up_later_are_counted(room):
    room.tap(Mood.SUN, 5)
    room.tap(Mood.RAIN, 4)
    assert room.look() == {}
    room.tap(Mood.RAIN, 1)
    assert room.look() == {Mood.SUN: 5, Mood.RAIN: 5}


def test_who_comes_between_two_looks_does_not_tell_how_they_are(room):
    room.tap(Mood.SUN, 9)
    room.tap(Mood.RAIN, 4)
    assert room.look() == {}
    room.tap(Mood.RAIN, 1)
    assert room.look() == {}  # else one could tell: it rains for whoever came last
    room.tap(Mood.RAIN, 3)
    assert room.look() == {}
    room.tap(Mood.SUN, 1)
    assert room.look() == {Mood.SUN: 10, Mood.RAIN: 8}


def test_who_says_it_otherwise_between_two_looks_does_not_either(room):
    room.tap(Mood.SUN, 10)
    room.tap(Mood.RAIN, 4)
    assert room.look() == {}
    room.tap_again(Mood.RAIN, 0)
    assert room.look() == {}


@given(
    st.integers(2, 12).flatmap(
        lambda few: st.tuples(
            st.just(few),
            st.dictionaries(st.sampled_from(list(Mood)), st.integers(0, 2 * few)),
        )
    )
)
def test_of_less_than_twice_enough_people_nothing_is_ever_shown(drawn):
    threshold, counts = drawn
    if sum(counts.values()) < 2 * threshold:
        assert shown_of(counts, threshold) == {}

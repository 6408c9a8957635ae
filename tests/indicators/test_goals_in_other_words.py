"""A goal in other words is still that goal: it ends as one, and no earlier words come back by themselves."""

from datetime import UTC, datetime, time, timedelta

import pytest

from cocreate.core.audience import Visibility
from cocreate.core.changes import changing
from cocreate.core.db import session
from cocreate.core.problems import Conflict
from cocreate.indicators.models import Goal
from cocreate.indicators.quarters import Quarter
from cocreate.indicators.queries.step_shares import who_stepped
from cocreate.indicators.queries.steps import goals_shown, steps_shown, ways_of
from cocreate.indicators.service.stepping import end_goal
from cocreate.privacy.service import show_to, withdraw_contribution
from cocreate.spaces.hiding import bring_back, set_aside
from tests.factories import make_goal, make_member, make_space, make_step, make_workshop

OLD, NEW, LAST = "Ik wil van mijn man af.", "Ik wil rust.", "Ik wil een eigen huis."
ENDED_IN = Quarter(2025, 1)
LATER = Quarter(2026, 2)


class Scene:
    """Somebody with a goal that the space may read, and somebody who reads."""

    def __init__(self) -> None:
        self.space = make_space()
        self.workshop = make_workshop(self.space)
        self.member = make_member(self.space, self.workshop)
        self.reader = make_member(self.space, self.workshop)
        self.old = self.say(OLD)

    def say(self, text, replaces_id=None, visibility=Visibility.SPACE):
        return make_goal(self.member, self.workshop, text, replaces_id=replaces_id, visibility=visibility)

    def take_back(self, goal):
        withdraw_contribution(self.member.viewer, "goal", goal)

    def end(self, goal, on=None):
        end_goal(self.member.viewer, goal)
        if on is not None:
            with changing(self.space.id) as log:
                for each in log.session.query(Goal):
                    each.ended_at = each.ended_at and noon(on)

    def shown(self):
        return [each.goal.text for each in goals_shown(self.reader.viewer)]


def noon(day):
    return datetime.combine(day, time(12), UTC)


def said_on(goal, day):
    with changing(session().get(Goal, goal).space_id) as log:
        log.session.get(Goal, goal).created_at = noon(day)


@pytest.fixture
def scene(app):
    with app.app_context():
        yield Scene()


@pytest.mark.parametrize("ending", ["old", "new"])
def test_who_ended_a_goal_is_in_no_later_quarter_whatever_they_called_it_before(scene, ending):
    new = scene.say(NEW, scene.old)
    for goal in (scene.old, new):
        said_on(goal, ENDED_IN.first + timedelta(days=goal == new))
    scene.end({"old": scene.old, "new": new}[ending], on=ENDED_IN.last)
    assert [each.person for each in who_stepped(scene.space.id, ENDED_IN)] == [str(scene.member.id)]
    assert who_stepped(scene.space.id, LATER) == []


def test_a_goal_of_which_only_the_new_words_were_marked_as_ended_has_ended(scene):
    """So it was kept before an ending was of the whole goal."""
    new = scene.say(NEW, scene.old)
    with changing(scene.space.id) as log:
        for goal in (scene.old, new):
            log.session.get(Goal, goal).created_at = noon(ENDED_IN.first)
        log.session.get(Goal, new).ended_at = noon(ENDED_IN.last)
    assert who_stepped(scene.space.id, LATER) == []
    scene.take_back(new)
    assert who_stepped(scene.space.id, LATER) == []
    assert ways_of(scene.member.viewer)[0].ended_at == noon(ENDED_IN.last)
    with pytest.raises(Conflict):
        make_step(scene.member, scene.workshop, scene.old)


def test_who_said_it_in_other_words_counts_since_the_first_of_them(scene):
    new = scene.say(NEW, scene.old)
    said_on(scene.old, ENDED_IN.first)
    said_on(new, LATER.first)
    for quarter in (ENDED_IN, LATER):
        assert [each.person for each in who_stepped(scene.space.id, quarter)] == [str(scene.member.id)]


def test_a_goal_that_ended_takes_no_steps_and_no_other_words_in_any_of_its_words(scene):
    new = scene.say(NEW, scene.old)
    scene.end(new)
    scene.end(scene.old)
    assert len({session().get(Goal, goal).ended_at for goal in (scene.old, new)}) == 1
    scene.take_back(new)
    with pytest.raises(Conflict):
        make_step(scene.member, scene.workshop, scene.old)
    with pytest.raises(Conflict):
        scene.say(LAST, scene.old)
    assert ways_of(scene.member.viewer)[0].ended_at is not None


@pytest.mark.parametrize("visibility", [Visibility.MAKER, Visibility.SPACE])
@pytest.mark.parametrize("has_ended", [False, True])
def test_earlier_words_do_not_come_back_before_others_when_the_new_ones_go(scene, visibility, has_ended):
    make_step(scene.member, scene.workshop, scene.old, "Gebeld.")
    new = scene.say(NEW, scene.old, visibility)
    if has_ended:
        scene.end(new)
    scene.take_back(new)
    assert scene.shown() == []
    assert [each.towards for each in steps_shown(scene.reader.viewer)] == [None]
    (way,) = ways_of(scene.member.viewer)
    assert (way.goal.text, way.goal.visibility) == (OLD, Visibility.MAKER)  # nothing is lost
    show_to(scene.member.viewer, "goal", scene.old, Visibility.SPACE)
    assert scene.shown() == ([] if has_ended else [OLD])


def test_words_that_were_taken_back_in_the_middle_bring_no_older_ones_back(scene):
    new = scene.say(NEW, scene.old)
    last = scene.say(LAST, new)
    scene.take_back(new)
    assert scene.shown() == [LAST]
    with pytest.raises(Conflict):  # those are not the words of now
        scene.say("Nog anders.", scene.old)
    scene.take_back(last)
    assert scene.shown() == []


def test_earlier_words_that_were_set_aside_come_back_to_their_maker_alone(scene):
    lead = scene.space.steward.viewer
    set_aside(lead, Goal, scene.old, scene.workshop.id, "Er staat een naam in.")
    scene.take_back(scene.say(NEW, scene.old))
    bring_back(lead, Goal, scene.old, scene.workshop.id)
    assert scene.shown() == []
    assert session().get(Goal, scene.old).visibility == Visibility.MAKER


def test_what_another_goal_shows_stays_as_it_was(scene):
    other = scene.say(LAST)
    scene.take_back(scene.say(NEW, scene.old))
    assert scene.shown() == [LAST]
    assert session().get(Goal, other).visibility == Visibility.SPACE

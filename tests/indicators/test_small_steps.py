"""Goals and small steps: in own words, changed and never lost; and how many people took a step."""

import uuid
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cocreate.core.audience import Visibility
from cocreate.core.changes import Change, changing
from cocreate.core.db import session
from cocreate.core.problems import Conflict, Invalid, NotFound
from cocreate.impacts.rules import Circle
from cocreate.indicators.drawing.winding import MOST, Turn, winding_svg
from cocreate.indicators.models import Goal, SmallStep, StepShare
from cocreate.indicators.quarters import Quarter, ended_since
from cocreate.indicators.queries.measuring import today_in
from cocreate.indicators.queries.step_shares import shares_of
from cocreate.indicators.queries.steps import goals_shown, steps_shown, ways_of
from cocreate.indicators.rules import Direction
from cocreate.indicators.service.step_shares import publish_ended_quarters
from cocreate.indicators.service.stepping import end_goal
from cocreate.privacy.service import withdraw_contribution
from cocreate.spaces.contributions import Arrival
from cocreate.spaces.openings import set_between_meetings
from cocreate.spaces.rules import Activity
from tests.browser_without_scripts import form_of
from tests.factories import (
    make_arrival,
    make_goal,
    make_member,
    make_space,
    make_step,
    make_workshop,
)

DAYS = st.dates(date(1999, 1, 1), date(2101, 12, 31))


@pytest.fixture
def scene(app):
    with app.app_context():
        space = make_space()
        workshop = make_workshop(space)
        yield space, workshop, make_member(space, workshop)


# Quarters


@given(DAYS)
def test_a_quarter_holds_its_days_and_the_next_one_follows(day):
    quarter = Quarter.of(day)
    assert quarter.first <= day <= quarter.last
    assert quarter.last + timedelta(days=1) == quarter.following.first
    assert Quarter.read(str(quarter)) == quarter
    assert len(str(quarter)) <= 8


@given(DAYS, DAYS)
def test_only_quarters_that_are_over_have_ended(first, today):
    ended = ended_since(first, today)
    assert all(each.last < today for each in ended)
    if ended:
        assert ended[0] == Quarter.of(first)
        assert ended[-1].following == Quarter.of(today)
    else:
        assert Quarter.of(first) >= Quarter.of(today)


# Goals


def test_a_goal_that_is_said_in_other_words_keeps_its_earlier_words_and_its_steps(scene):
    _space, workshop, member = scene
    first = make_goal(member, workshop, "Ik wil werk.")
    make_step(member, workshop, first, "Gebeld.")
    second = make_goal(member, workshop, "Ik wil ergens bij horen.", replaces_id=first)
    make_step(member, workshop, second, "Gebleven.", direction=Direction.BACK)
    (way,) = ways_of(member.viewer)
    assert [goal.text for goal in way.wordings] == ["Ik wil ergens bij horen.", "Ik wil werk."]
    assert [step.text for step in way.steps] == ["Gebeld.", "Gebleven."]
    with pytest.raises(Conflict):
        make_goal(member, workshop, "Of toch werk.", replaces_id=first)


def test_what_is_taken_back_in_the_middle_does_not_break_the_way(scene):
    _space, workshop, member = scene
    first = make_goal(member, workshop, "Een")
    second = make_goal(member, workshop, "Twee", replaces_id=first)
    third = make_goal(member, workshop, "Drie", replaces_id=second)
    make_step(member, workshop, second, "Onderweg.")
    withdraw_contribution(member.viewer, "goal", second)
    (way,) = ways_of(member.viewer)
    assert [goal.text for goal in way.wordings] == ["Drie", "Een"]
    assert [step.text for step in way.steps] == ["Onderweg."]
    withdraw_contribution(member.viewer, "goal", third)
    assert ways_of(member.viewer)[0].goal.text == "Een"


def test_a_goal_ends_once_and_then_takes_no_steps(scene):
    _space, workshop, member = scene
    goal = make_goal(member, workshop)
    end_goal(member.viewer, goal)
    ended_at = session().get(Goal, goal).ended_at
    end_goal(member.viewer, goal)
    assert session().get(Goal, goal).ended_at == ended_at
    with pytest.raises(Conflict):
        make_step(member, workshop, goal)
    assert goals_shown(make_member(_space, workshop).viewer) == []


def test_nobody_steps_changes_or_ends_for_another(scene):
    space, workshop, member = scene
    goal = make_goal(member, workshop)
    for other in (make_member(space, workshop), space.steward):
        with pytest.raises(NotFound):
            make_step(other, workshop, goal)
        with pytest.raises(NotFound):
            make_goal(other, workshop, replaces_id=goal)
        with pytest.raises(NotFound):
            end_goal(other.viewer, goal)


def test_a_step_is_of_today_unless_its_maker_says_another_day_that_has_come(scene):
    space, workshop, member = scene
    goal, today = make_goal(member, workshop), today_in(space.id)
    step = make_step(member, workshop, goal)
    assert session().get(SmallStep, step).taken_on == today
    earlier = make_step(member, workshop, goal, taken_on=today - timedelta(days=40))
    assert session().get(SmallStep, earlier).taken_on == today - timedelta(days=40)
    with pytest.raises(Invalid):
        make_step(member, workshop, goal, taken_on=today + timedelta(days=1))


def test_between_meetings_nobody_tells_a_goal_until_who_leads_opens_it(scene):
    space, workshop, member = scene
    between = {"workshop_id": None}
    with pytest.raises(Conflict):
        make_goal(member, workshop, **between)
    set_between_meetings(space.steward.viewer, Activity.STEPS, True)
    goal = make_goal(member, workshop, **between)
    make_step(member, workshop, goal, **between)


def test_the_log_holds_no_words_of_goals_and_steps(scene):
    _space, workshop, member = scene
    goal = make_goal(member, workshop, "Kanarie een")
    make_step(member, workshop, goal, "Kanarie twee")
    end_goal(member.viewer, goal)
    assert not [each for each in session().query(Change) if "Kanarie" in str(each.payload)]


def test_what_others_show_is_listed_newest_first_and_where_to_only_when_they_show_that(scene):
    space, workshop, member = scene
    secret = make_goal(member, workshop, "Geheim", visibility=Visibility.MAKER)
    shown = make_goal(member, workshop, "Zichtbaar")
    make_step(member, workshop, secret, "Een")
    make_step(member, workshop, shown, "Twee")
    make_step(member, workshop, shown, "Drie", visibility=Visibility.MAKER)
    viewer = make_member(space, workshop).viewer
    assert [each.goal.text for each in goals_shown(viewer)] == ["Zichtbaar"]
    assert [(each.step.text, each.towards) for each in steps_shown(viewer)] == [
        ("Twee", "Zichtbaar"),
        ("Een", None),
    ]


# The road


@given(st.lists(st.sampled_from(Direction), min_size=1, max_size=30))
def test_every_step_weighs_the_same_on_the_road_and_none_covers_another(directions):
    svg = winding_svg([Turn(each, f"<{place}>") for place, each in enumerate(directions)], "k", "T", "W")
    drawn = min(len(directions), MOST)
    assert svg.count('<circle class="step" r="13"/>') == drawn
    places = {part.partition(")")[0] for part in svg.split('<g transform="translate(')[1:]}
    assert len(places) == drawn
    assert f"<title>&lt;{len(directions) - 1}&gt;</title>" in svg
    assert "<0>" not in svg


# How many took a step


def last_quarter(space):
    today = today_in(space.id)
    return Quarter.of(Quarter.of(today).first - timedelta(days=1))


def aged(goal_id, day):
    """As if it had been said on that day."""
    goal = session().get(Goal, goal_id)
    with changing(goal.space_id) as log:
        log.session.get(Goal, goal_id).created_at = datetime.combine(day, time(12), UTC)
    return goal_id


def gather(space, workshop, walked, voice="resident"):
    """A person with a goal last quarter for each of these: did they step where they wanted to go?"""
    quarter = last_quarter(space)
    people = []
    for did in walked:
        member = make_member(space, workshop, voice=voice)
        goal = aged(make_goal(member, workshop, visibility=Visibility.MAKER), quarter.first)
        direction = Direction.TOWARDS if did else Direction.ASIDE
        step = make_step(member, workshop, goal, direction=direction, taken_on=quarter.last)
        people.append((member, goal, step))
    return people


def share_of(space, circle=Circle.SPACE):
    (share,) = shares_of(space.id, circle)
    return share


def told(stepped):
    return stepped and (stepped.n, stepped.fewest, stepped.most)


def test_a_quarter_is_shown_once_it_has_ended_with_who_had_a_goal_in_it(scene):
    space, workshop, _member = scene
    gather(space, workshop, [True] * 6 + [False] * 4)
    make_goal(make_member(space, workshop), workshop)  # only said in this quarter
    publish_ended_quarters(space.id)
    assert share_of(space).quarter == last_quarter(space)
    assert told(share_of(space).together) == (10, 6, 6)
    assert told(share_of(space, Circle.OUTSIDE).together) == (10, 6, 6)


def test_what_is_told_later_does_not_change_a_quarter_that_was_shown(scene):
    space, workshop, _member = scene
    gather(space, workshop, [True] * 6 + [False] * 4)
    publish_ended_quarters(space.id)
    gather(space, workshop, [True] * 7)
    publish_ended_quarters(space.id)
    assert told(share_of(space).together) == (10, 6, 6)
    assert session().query(StepShare).count() == 1


def test_this_quarter_is_not_shown_before_it_ends(scene):
    space, workshop, _member = scene
    for _ in range(12):
        person = make_member(space, workshop)
        make_step(person, workshop, make_goal(person, workshop))
    publish_ended_quarters(space.id)
    assert shares_of(space.id, Circle.SPACE) == []


@pytest.mark.parametrize("topic", ["goal", "small_step"])
def test_what_is_taken_back_leaves_the_figure_at_once_and_for_good(scene, topic):
    space, workshop, _member = scene
    people = gather(space, workshop, [True] * 6 + [False] * 4)
    publish_ended_quarters(space.id)
    member, goal, step = people[0]
    withdraw_contribution(member.viewer, topic, goal if topic == "goal" else step)
    for _again in range(2):
        assert share_of(space).together is None  # nobody is left to subtract from
        publish_ended_quarters(space.id)


def test_what_was_taken_back_before_the_quarter_was_shown_never_counted(scene):
    space, workshop, _member = scene
    people = gather(space, workshop, [True] * 7 + [False] * 4)
    member, _goal, step = people[0]
    withdraw_contribution(member.viewer, "small_step", step)
    publish_ended_quarters(space.id)
    assert told(share_of(space).together) == (11, 6, 6)


VOICES = ("resident", "youth", "professional", "policymaker")
CROWDS = st.dictionaries(st.sampled_from(VOICES), st.lists(st.booleans(), max_size=11), min_size=1)


@settings(
    max_examples=10,
    phases=[Phase.explicit, Phase.generate],  # shrinking would take minutes: each person is a few writes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(crowds=CROWDS, leavers=st.integers(0, 3))
def test_no_figure_of_steps_is_of_too_few_people_nor_leaves_too_few_out(app, crowds, leavers):
    with app.app_context():
        space = make_space()
        workshop = make_workshop(space)
        everybody = [
            person for voice, walked in crowds.items() for person in gather(space, workshop, walked, voice)
        ]
        publish_ended_quarters(space.id)
        did = sum(sum(walked) for walked in crowds.values())
        for member, _goal, step in [(None, None, None), *everybody[:leavers]]:
            if member:
                withdraw_contribution(member.viewer, "small_step", step)
            inside, outside = figures(space, Circle.SPACE), figures(space, Circle.OUTSIDE)
            assert all(each.n >= 5 for each in inside)
            assert all(each.n >= 10 for each in outside)
            for together, *by_voice in filter(None, (inside, outside)):
                left_out = [together.n - each.n for each in by_voice]
                assert all(n >= 5 for n in left_out)
            if inside:
                beyond = inside[0].n - (outside[0].n if outside else 0)
                assert beyond == 0 or beyond >= 5
                assert inside[0].fewest <= did <= len(everybody)


def figures(space, circle):
    found = shares_of(space.id, circle)
    return [each for share in found for each in (share.together, *share.by_voice) if each]


# The page


def page_of(browser, space):
    return browser.get(f"/spaces/{space.id}/goals")


@pytest.fixture
def opened(app):
    with app.app_context():
        space = make_space()
        workshop = make_workshop(space)
        set_between_meetings(space.steward.viewer, Activity.STEPS, True)
        return space, workshop, make_member(space, workshop)


def test_a_goal_and_a_step_are_told_on_the_page_and_kept_once(opened, new_browser):
    space, _workshop, member = opened
    browser = new_browser(member)
    path = f"/spaces/{space.id}/goals"
    goal = form_of(page_of(browser, space).text, action=path)
    assert goal.values["visibility"] == "maker"
    for _twice in range(2):
        assert browser.submit(goal, path, text="Weer fietsen").location == path
    step = form_of(page_of(browser, space).text, action=f"/spaces/{space.id}/small-steps")
    for _twice in range(2):
        assert browser.submit(step, path, text="Band geplakt", direction="aside").location == path
    page = page_of(browser, space).text
    assert page.count('<h3 id="way-1">Weer fietsen</h3>') == 1
    assert page.count("<br>Band geplakt</li>") == 1
    assert page.count('<circle class="step"') == 1


@pytest.mark.parametrize(
    "wrong",
    [{"direction": "up"}, {"direction": ""}, {"text": " "}, {"taken_on": "2999-01-01"}, {"goal_id": "x"}],
)
def test_what_does_not_fit_is_refused(app, opened, new_browser, wrong):
    space, workshop, member = opened
    with app.app_context():
        goal = make_goal(member, workshop)
    body = {"goal_id": str(goal), "text": "Ja", "direction": "back", **wrong}
    assert new_browser(member).post(f"/spaces/{space.id}/small-steps", json=body).status_code == 422


def test_while_it_is_closed_the_page_says_so_and_only_who_leads_opens_it(app, new_browser):
    with app.app_context():
        space = make_space()
        member = make_member(space)
    mine, theirs = page_of(new_browser(member), space).text, page_of(new_browser(space.steward), space).text
    assert "notice-wait" in mine
    assert "answer-here" not in mine
    assert 'name="activity" value="steps"' not in mine
    assert 'name="activity" value="steps"' in theirs


def test_the_page_shows_a_share_in_words_or_that_people_are_too_few(app, new_browser):
    with app.app_context():
        space, few = make_space(), make_space()
        gather(space, make_workshop(space), [True] * 6 + [False] * 4)
        gather(few, make_workshop(few), [True] * 3)
    page = page_of(new_browser(space.steward), space).text
    assert "6 van de 10 mensen" in page
    assert "%" not in page.partition("<main")[2].partition("</main>")[0]
    page = page_of(new_browser(few.steward), few).text
    assert "Niet genoeg mensen om te laten zien" in page
    assert "3 van de" not in page


def test_my_words_and_where_a_step_went_stand_in_what_i_told(app, opened, new_browser):
    _space, workshop, member = opened
    with app.app_context():
        goal = make_goal(member, workshop, "Weer fietsen")
        make_step(member, workshop, goal, "Band lek", direction=Direction.BACK)
    page = new_browser(member).get("/mine").text
    assert "Weer fietsen" in page
    assert "Terug<br>Band lek" in page
    (told_here,) = new_browser(member).get("/mine/download").json
    assert {tuple(each["words"]) for each in told_here["told"]} == {("Weer fietsen",), ("back", "Band lek")}


def test_in_a_public_space_who_passes_by_sees_nothing_of_it(app, client):
    with app.app_context():
        space = make_space(is_public=True)
        workshop = make_workshop(space)
        make_goal(make_member(space, workshop), workshop, visibility=Visibility.PUBLIC)
    assert page_of(client, space).status_code == 404


def test_a_goal_of_another_space_does_not_exist(app, opened, new_browser):
    space, _workshop, member = opened
    with app.app_context():
        elsewhere = make_space()
        there = make_workshop(elsewhere)
        me_there = make_member(elsewhere, there, person_id=member.person_id)
        goal = make_goal(me_there, there)
    body = {"goal_id": str(goal), "text": "Ja", "direction": "back"}
    assert new_browser(member).post(f"/spaces/{space.id}/small-steps", json=body).status_code == 404
    assert Arrival(uuid.uuid4(), None, Visibility.MAKER) != make_arrival(there)

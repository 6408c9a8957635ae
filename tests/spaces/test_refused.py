"""What cannot be kept like this comes back with all that was typed, also without scripts."""

import pytest
from sqlalchemy import func, select

from cocreate.core.db import session
from cocreate.impacts.models import Stance
from cocreate.indicators.models import SmallStep
from cocreate.spaces.openings import set_between_meetings
from cocreate.spaces.rules import Activity
from tests.browser_without_scripts import form_of
from tests.factories import make_goal, make_impact, make_member, make_space, make_workshop

WORDS = "Ik sprak de buurvrouw aan. <b>Echt!</b>"


class Scene:
    """Somebody with a goal, in a space where people tell steps between meetings."""

    def __init__(self):
        self.space = make_space()
        workshop = make_workshop(self.space)
        self.member = make_member(self.space, workshop)
        for activity in (Activity.STEPS, Activity.IMPACTS):
            set_between_meetings(self.space.steward.viewer, activity, True)
        self.goal = make_goal(self.member, workshop)
        self.impact = make_impact(self.member, workshop)
        self.goals = f"/spaces/{self.space.id}/goals"
        self.steps = f"/spaces/{self.space.id}/small-steps"


@pytest.fixture
def scene(app):
    with app.app_context():
        return Scene()


@pytest.fixture
def resident(scene, new_browser):
    return new_browser(scene.member)


def step_form(resident, scene):
    return form_of(resident.get(scene.goals).text, action=scene.steps)


def count(app, kind):
    with app.app_context():
        return session().scalar(select(func.count()).select_from(kind))


def test_words_stay_when_a_choice_is_missing_and_are_then_kept_once(app, scene, resident):
    refused = resident.submit(step_form(resident, scene), text=WORDS, visibility="space")
    assert refused.status_code == 422
    assert "Kies een van de drie." in refused.text
    assert "<b>Echt!" not in refused.text
    again = form_of(refused.text, action=scene.steps)
    assert again.values["text"].strip() == WORDS
    assert again.values["visibility"] == "space"
    assert again.options["visibility"] == ["maker", "space", "public"]
    assert count(app, SmallStep) == 0
    for _twice in range(2):
        assert resident.submit(again, direction="aside").location == scene.goals
    assert count(app, SmallStep) == 1


def test_a_reason_stays_when_no_stance_was_chosen(app, scene, resident):
    action = f"/spaces/{scene.space.id}/stances"
    page = resident.get(f"/spaces/{scene.space.id}/impacts/{scene.impact}").text
    refused = resident.submit(form_of(page, action=action), reason=WORDS)
    assert refused.status_code == 422
    again = form_of(refused.text, action=action)
    assert again.values["reason"].strip() == WORDS
    assert resident.submit(again, position="objection").status_code == 303
    assert count(app, Stance) == 1


def test_words_stay_when_something_else_happened_first(scene, resident):
    form = step_form(resident, scene)
    resident.submit(form_of(resident.get(scene.goals).text, action=f"{scene.goals}/{scene.goal}/ending"))
    refused = resident.submit(form, text=WORDS, direction="aside")
    assert refused.status_code == 409
    assert form_of(refused.text, action=scene.steps).values["text"].strip() == WORDS
    assert f'href="{scene.goals}"' in refused.text


def test_without_words_and_for_scripts_it_is_told_as_before(scene, resident):
    empty = resident.submit(step_form(resident, scene), text=" ", direction="aside")
    assert empty.status_code == 422
    assert "<form" not in empty.text.split("<main")[1]
    told = resident.post(scene.steps, json={"text": WORDS, "direction": "up"})
    assert (told.status_code, told.mimetype) == (422, "application/problem+json")


def test_what_is_somebody_elses_shows_nobody_its_words(app, scene, resident, new_browser):
    form = step_form(resident, scene)
    with app.app_context():
        other = make_member(scene.space)
    told = {**form.values, "text": WORDS, "direction": "aside"}
    del told["csrf_token"]
    refused = new_browser(other).post(scene.steps, told)
    assert refused.status_code == 404
    assert "buurvrouw" not in refused.text

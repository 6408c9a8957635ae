"""The page of a wish, where people decide: doubles, other words, and what is set aside."""

import pytest

from cocreate.core.audience import Visibility
from cocreate.core.db import session
from cocreate.impacts.models import DesiredImpact
from cocreate.impacts.rules import Stage
from cocreate.impacts.service import absorb, move_to, take_wording
from cocreate.workshops.service import move_stage
from tests.browser_without_scripts import form_of
from tests.factories import (
    make_impact,
    make_indicator,
    make_member,
    make_remark,
    make_space,
    make_stance,
    make_wording,
    make_workshop,
)

FIRST, NOW = "Iedereen eet mee.", "Niemand eet alleen."
WHY = "Hier staat een naam."


@pytest.fixture
def scene(app):
    with app.app_context():
        space = make_space()
        workshop = make_workshop(space)
        maker, youth = make_member(space, workshop), make_member(space, workshop, voice="youth")
        wish = make_impact(maker, workshop, FIRST)
    return space, workshop, maker, youth, wish


def page_of(browser, space, impact_id):
    return browser.get(f"/spaces/{space.id}/impacts/{impact_id}")


def test_who_cannot_see_the_upper_wish_still_reads_their_own(scene, app, new_browser):
    space, workshop, maker, youth, _wish = scene
    with app.app_context():
        other = make_impact(youth, workshop, "Samen aan tafel.")
        hidden = make_impact(maker, workshop, "Kanarie", visibility=Visibility.MAKER)
        session().get(DesiredImpact, other).absorbed_by_id = hidden  # as it was kept before
        session().commit()
    leads = new_browser(space.steward)
    for browser in (new_browser(youth), leads):
        page = page_of(browser, space, other)
        assert (page.status_code, "Kanarie" in page.text) == (200, False)
    form = form_of(page.text, action=f"/spaces/{space.id}/impacts/{other}/release")
    assert leads.submit(form, page.request.path).status_code == 303
    assert f"/impacts/{other}" in leads.get(f"/spaces/{space.id}/impacts").text


def test_what_is_told_under_a_wish_brings_its_signs_and_that_it_was_agreed(scene, app, new_browser):
    space, workshop, maker, youth, wish = scene
    with app.app_context():
        other = make_impact(youth, workshop, "Samen aan tafel.")
        make_indicator(youth, workshop, other, "De pannen zijn leeg.")
        absorb(space.steward.viewer, wish, other)
        session().get(DesiredImpact, other).stage = Stage.AGREED
        session().commit()
    page = page_of(new_browser(maker), space, wish).text
    assert "De pannen zijn leeg." in page
    under = page.partition("Deze zeggen hetzelfde")[2]
    assert "Afgesproken" in under.partition("Samen aan tafel.")[0]


def test_every_surface_reads_the_words_as_they_are_now(scene, app, new_browser):
    space, workshop, maker, youth, wish = scene
    leads, home, room = new_browser(space.steward), f"/spaces/{space.id}", f"/workshops/{workshop.id}"
    paths = [home, f"{home}/impacts", f"{home}/indicators", f"{home}/measurings", f"{home}/context-figures"]
    paths += [f"{room}/{part}" for part in ("arrivals", "screen", "harvest", "paper")]
    with app.app_context():
        make_stance(youth, workshop, wish)
        sign = make_indicator(youth, workshop, wish, "De pannen zijn leeg.")
        move_stage(workshop.id, space.id, workshop.steps["impacts"])
        wording = make_wording(youth, workshop, wish, NOW)
    paths.append(f"{home}/indicators/{sign}")
    before = {path: leads.get(path).text for path in paths}
    stage = new_browser(youth)
    assert FIRST in stage.get(f"{room}/stage").text
    with app.app_context():
        take_wording(maker.viewer, wording, True)
    assert {path for path in paths if FIRST in before[path]} >= set(paths) - {
        f"{home}/measurings",
        f"{room}/paper",
    }
    for path in paths:
        page = leads.get(path).text
        assert FIRST not in page, path
        assert (NOW in page) == (FIRST in before[path]), path
    told = stage.get(f"{room}/stage").text
    assert (NOW in told, FIRST in told) == (True, False)
    page = page_of(leads, space, wish).text
    assert f"<h1>{NOW}</h1>" in page
    assert f"“{FIRST}”" in page  # the first words stay beside them


def test_the_page_says_why_it_is_no_longer_agreed(scene, app, new_browser):
    space, workshop, maker, youth, wish = scene
    with app.app_context():
        people = [make_member(space, workshop, voice=voice) for voice in ("professional", "policymaker")]
        for who in (maker, youth, *people):
            make_stance(who, workshop, wish)
        wording = make_wording(youth, workshop, wish, NOW)
        move_to(space.steward.viewer, wish, Stage.AGREED)
    browser = new_browser(maker)
    assert "Met andere woorden praten we er weer over." in page_of(browser, space, wish).text
    browser.post(f"/spaces/{space.id}/wordings/{wording}/adoption", {"taken": "1"})
    page = page_of(browser, space, wish).text
    assert "De woorden zijn veranderd" in page
    assert 'badge-good">Afgesproken' not in page


def test_who_leads_sets_aside_on_the_page_and_takes_back_in(scene, app, new_browser):
    space, workshop, maker, youth, wish = scene
    with app.app_context():
        remark = make_remark(youth, workshop, wish, "Kanarie")
    leads, path = new_browser(space.steward), f"/spaces/{space.id}/impacts/{wish}"
    assert (
        f'name="topic" value="remark"><input type="hidden" name="id" value="{remark}"' in leads.get(path).text
    )
    body = {"topic": "remark", "id": str(remark), "reason": WHY}
    assert leads.post(f"{path}/asides", {**body, "reason": ""}).status_code == 422
    assert leads.post(f"{path}/asides", body).status_code == 303
    assert "Kanarie" not in new_browser(maker).get(path).text
    own = new_browser(youth).get(path).text
    assert "Kanarie" in own
    assert WHY in own
    back = form_of(leads.get(path).text, action=f"{path}/asides/{remark}/return")
    assert leads.submit(back, path).status_code == 303
    assert "Kanarie" in new_browser(maker).get(path).text


def test_a_wish_that_is_aside_is_taken_back_in_from_the_page_of_all(scene, new_browser):
    space, _workshop, maker, youth, wish = scene
    leads, home = new_browser(space.steward), f"/spaces/{space.id}/impacts"
    path = f"{home}/{wish}"
    body = {"topic": "impact", "id": str(wish), "reason": WHY}
    answer = leads.post(f"{path}/asides", body)
    assert (answer.status_code, answer.location) == (303, home)
    assert new_browser(youth).get(path).status_code == 404
    assert FIRST not in new_browser(youth).get(home).text
    assert WHY in new_browser(maker).get(path).text
    back = form_of(leads.get(home).text, action=f"{path}/asides/{wish}/return")
    assert leads.submit(back, home).status_code == 303
    assert new_browser(youth).get(path).status_code == 200

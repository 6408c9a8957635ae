"""What comes back to be set right, and words that stay on purpose: looked at on a phone."""

from collections.abc import Iterator

import pytest
from flask import Flask

from cocreate import create_app
from cocreate.config import Config
from cocreate.core.db import db
from cocreate.spaces.openings import set_between_meetings
from cocreate.spaces.rules import Activity
from tests.browser.looking import look_at
from tests.browser.server import Server
from tests.browser.test_answering import at
from tests.browser.visitors import Hall
from tests.factories import make_goal
from tests.indicators.test_overruled import REASON, Scene

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def app(server: Server) -> Iterator[Flask]:
    """A second process on the same folder, which makes what the pages show."""
    app = create_app(Config(data=server.data))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("locale", ["nl-NL", "en-GB"])
def test_nothing_is_found_where_words_stay(hall: Hall, app: Flask, locale: str) -> None:
    with app.app_context():
        scene = Scene()
        answering = scene.measure()
        set_between_meetings(scene.space.steward.viewer, Activity.STEPS, True)
        make_goal(scene.maker, scene.workshop)
        space, maker, steward = scene.space.id, scene.maker, scene.space.steward
    found = {}
    phone, desk = (at(hall, app, who, locale=locale, viewport=PHONE) for who in (maker, steward))
    phone.expect("status of 422")
    page = phone.open(f"/spaces/{space}/goals")
    page.locator(".way-answers summary").first.click()
    page.locator("[id='step-1-text']").fill("Ik sprak de buurvrouw aan.")
    page.locator(".way-answers form").first.locator("button.primary").click()
    page.wait_for_selector("form.sheet .error")
    found["set right"] = look_at(phone.ready())
    assert page.locator("textarea[name=text]").input_value() == "Ik sprak de buurvrouw aan."
    page = phone.open(answering)
    shown = page.locator("section[data-item]:not([hidden])")
    shown.locator("details summary").click()
    assert REASON in shown.inner_text()
    found["answering"] = look_at(page)
    found["questionnaire"] = look_at(desk.open(scene.questionnaire))
    page = desk.open(f"/spaces/{space}/measurings")
    page.locator(".plan-list h3 a").click()
    page.wait_for_selector("a[href$='/sheets']")
    found["measuring"] = look_at(desk.ready())
    assert {name: lines for name, lines in found.items() if lines} == {}

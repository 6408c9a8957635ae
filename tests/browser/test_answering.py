"""Answering at a browser: every kind of question, with keys alone, without wifi, and at a meeting."""

import random
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from cocreate import create_app
from cocreate.config import Config
from cocreate.core.db import db, session
from cocreate.indicators.models import Measuring
from cocreate.spaces.rules import Role
from cocreate.workshops.rules import StepKind
from cocreate.workshops.service import move_stage
from tests.browser.looking import look_at
from tests.browser.people import Tablet
from tests.browser.server import Server
from tests.browser.visitors import WIFI_ERRORS, Hall
from tests.browser.wifi import Wifi
from tests.browser_without_scripts import Browser
from tests.conftest import sign_browser_in
from tests.factories import make_account, make_member
from tests.indicators.rounds import SCALE, SHAPES, Town
from tests.workshops.steps import make_meeting

CUT = 4  # one of so many answers is given without wifi, and as many answers of the server get lost


@pytest.fixture
def app(server: Server) -> Iterator[Flask]:
    """A second process on the same folder, which makes what the pages show."""
    app = create_app(Config(data=server.data))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def town(app: Flask) -> Town:
    with app.app_context():
        return Town(*SHAPES.values())


def at(hall: Hall, app: Flask, who: Any, **options: Any) -> Tablet:
    """Somebody at a tablet, signed in."""
    tablet = hall.welcome(Tablet, **options)
    name, _, value = sign_browser_in(Browser(app), who.person_id).cookie.partition("=")
    tablet.context.add_cookies([{"name": name, "value": value, "url": tablet.url}])
    return tablet


def asked(page: Page) -> Locator:
    return page.locator("section[data-item]:not([hidden])")


def kept(server: Server, town: Town) -> dict[str, tuple[str | None, str | None]]:
    """What the server holds of this round, by question; each row once."""
    rows = server.rows("SELECT item_id, value, missing FROM answer WHERE round_id = ?", town.round_id.hex)
    found = {
        str(uuid.UUID(item)): (None if value is None else str(value), missing)
        for item, value, missing in rows
    }
    assert len(found) == len(rows)
    return found


def go_on(page: Page) -> None:
    """Keep this answer, and wait for what comes after it."""
    item = asked(page).get_attribute("data-item")
    asked(page).locator("[data-go]").click()
    expect(page.locator(f"section[data-item='{item}']")).to_be_hidden()


def choose_lowest(question: Locator) -> None:
    """The first answer there is; of a pair, of both halves."""
    for name in ("value", "have", "wish"):
        fields = question.locator(f".put-question [name={name}]")
        if fields.count() == 0:
            continue
        if fields.first.get_attribute("type") == "radio":
            fields.first.check()
        else:
            fields.first.fill("0")


LOWEST = ["0", "1", "1", "1", '"yes"', "0", "0", "[0, 0, 100]", '"0"', "[0, 0]"]  # as the database keeps it


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_is_found_on_any_page_of_a_round(hall: Hall, app: Flask, town: Town, language: str) -> None:
    found: dict[str, list[str]] = {}
    with app.app_context():
        town.say(value="3")
        town.round_id = town.next_round()
        leader = make_member(town.space, role=Role.FACILITATOR, person_id=make_account())
    tablet, desk = (at(hall, app, who) for who in (town.maker, leader))
    tablet.expect("status of (404|422)")
    desk.expect("status of (404|422)")
    for visitor in (tablet, desk):
        visitor.open(town.path if visitor is tablet else f"{town.path}/paper")
        visitor.page.locator(f".language [value={language}]").click()
        visitor.ready()
        assert visitor.page.locator("html").get_attribute("lang") == language
    # Every kind stands on this one page, as a tablet shows it.
    found["sheets"] = look_at(desk.open(f"{town.path}/sheets"))
    desk.page.locator(".thumb button").click()
    desk.page.wait_for_selector("[role=alert]")
    found["sheets, refused"] = look_at(desk.ready())
    found["paper"] = look_at(desk.open(f"{town.path}/paper"))
    page = tablet.open(town.path)
    found["asked"] = look_at(page)
    asked(page).locator("[data-go]").click()
    expect(asked(page).locator("[data-answer-error]")).to_be_visible()
    found["asked, nothing chosen"] = look_at(page)
    for _ in SHAPES:
        choose_lowest(asked(page))
        go_on(page)
    expect(page.locator("[data-done]")).to_be_visible()
    expect(page.locator("[data-earlier] b")).to_have_count(1)
    found["thanks"] = look_at(page)
    found["earlier"] = look_at(tablet.open(f"{town.path}/items/{town.items[0]}/earlier"))
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_every_kind_is_answered_with_keys_alone(hall: Hall, app: Flask, server: Server, town: Town) -> None:
    page = at(hall, app, town.maker).open(town.path)
    for kind in SHAPES:
        expect(asked(page).locator(".question")).to_be_visible()
        fields = asked(page).locator(".put-question [name=value], .put-question [name=have]")
        tab_to(page, fields)
        if fields.first.get_attribute("type") == "radio":
            page.keyboard.press("Space")
        else:
            page.keyboard.type("0")
        if kind == "have_and_wish":
            tab_to(page, asked(page).locator("[name=wish]"))
            page.keyboard.press("Space")
        item = asked(page).get_attribute("data-item")
        tab_to(page, asked(page).locator("[data-go]"))
        page.keyboard.press("Enter")
        expect(page.locator(f"section[data-item='{item}']")).to_be_hidden()
    expect(page.locator("[data-done]")).to_be_visible()
    expect(page.locator("[data-answered] li:not([hidden]) .state-kept")).to_have_count(len(SHAPES))
    found = kept(server, town)
    assert [found[str(item)][0] for item in town.items] == LOWEST


def tab_to(page: Page, goal: Locator) -> None:
    """Press the tab key until one of these has the focus."""
    for _ in range(30):
        if goal.evaluate_all("(all) => all.includes(document.activeElement)"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the tab key never came there")


def test_a_reason_a_double_tap_and_a_change_are_one_answer(
    hall: Hall, app: Flask, server: Server, town: Town
) -> None:
    page = at(hall, app, town.maker).open(town.path)
    asked(page).locator(".skips button").nth(1).dblclick()
    expect(page.locator("[data-answered] li:not([hidden]) .state-kept")).to_have_count(1)
    expect(asked(page)).to_have_attribute("data-item", str(town.items[1]))
    assert kept(server, town) == {str(town.items[0]): (None, "do_not_know")}
    page.locator(f"[data-answer-to='{town.items[0]}'] [data-to]").click()
    asked(page).locator("input[value='0']").check()
    asked(page).locator("[data-go]").click()
    expect(page.locator(f"[data-answer-to='{town.items[0]}'] q")).to_have_text("0")
    page.reload()
    expect(page.locator(f"[data-answer-to='{town.items[0]}'] q")).to_contain_text("0")
    assert kept(server, town) == {str(town.items[0]): ("0", None)}


def test_a_number_that_does_not_fit_is_said_before_it_is_sent(hall: Hall, app: Flask, town: Town) -> None:
    page = at(hall, app, town.maker).open(f"{town.path}?item={town.items[5]}")
    question = asked(page)
    expect(question.locator("[data-more]")).to_be_disabled()  # there is no number to begin with
    question.locator(".count").fill("61")
    question.locator("[data-go]").click()
    expect(question.locator("[data-answer-error]")).to_be_visible()
    question.locator("[data-fewer]").click()
    expect(question.locator(".count")).to_have_value("60")
    question.locator("[data-go]").click()
    expect(page.locator("[data-answered] q").filter(has_text="60 buren")).to_be_visible()


def test_wifi_that_comes_and_goes_loses_nothing_and_doubles_nothing(
    hall: Hall, app: Flask, server: Server, town: Town, wifi: Wifi
) -> None:
    tablet = at(hall, app, town.maker, url=wifi.url)
    tablet.expect(WIFI_ERRORS, "status of 5")
    page = tablet.open(town.path)
    chance = random.Random(7)
    for _ in SHAPES:
        if chance.randrange(CUT) == 0:
            wifi.cut()
        elif chance.randrange(CUT) == 0:
            wifi.restore()
            wifi.lose_answers(1)
        choose_lowest(asked(page))
        go_on(page)
    expect(page.locator("[data-done]")).to_be_visible()
    wifi.restore()
    page.reload()
    expect(page.locator("[data-answered] li:not([hidden]) .state-kept")).to_have_count(
        len(SHAPES), timeout=30_000
    )
    found = kept(server, town)
    assert [found[str(item)][0] for item in town.items] == LOWEST


def test_a_round_that_opens_during_a_meeting_comes_by_itself_and_never_over_words(
    hall: Hall, app: Flask, server: Server
) -> None:
    with app.app_context():
        town = Town(SHAPES["open"])
        first = town.round_id
        workshop = make_meeting(town.space, StepKind.WELCOME, StepKind.MEASURE)
        guest = make_member(town.space, workshop)
        move_stage(workshop.id, town.space.id, workshop.steps["measure"])
    tablet = at(hall, app, guest)
    page = tablet.open(f"/workshops/{workshop.id}/stage")
    expect(asked(page)).to_be_visible()
    assert look_at(page) == []
    asked(page).locator("textarea").fill("Half getypt")
    with app.app_context():
        from cocreate.indicators.service.composing import Asked, compose
        from cocreate.indicators.service.measuring import Plan, start_measuring

        other = compose(town.space.steward.viewer, "Nieuw", [Asked("Hoe is het vandaag?", SCALE)])
        start_measuring(town.space.steward.viewer, other, Plan(title="Nieuw"))
    page.wait_for_timeout(2500)
    expect(asked(page).locator("textarea")).to_have_value("Half getypt")
    asked(page).locator("[data-go]").click()
    expect(page.get_by_role("heading", name="Hoe is het vandaag?")).to_be_visible()
    assert server.rows("SELECT value FROM answer WHERE round_id = ?", first.hex) == [('"Half getypt"',)]
    asked(page).locator("input[value='0']").check()
    asked(page).locator("[data-go]").click()
    expect(page.locator("[data-answered] li:not([hidden]) .state-kept")).to_be_visible()
    assert page.locator("[data-moved]").is_hidden()
    with app.app_context():
        assert session().get(Measuring, town.measuring_id) is not None

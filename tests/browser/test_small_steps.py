"""My own line, small steps and who walks along, at a browser: every state, with and without a mouse."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from cocreate import create_app
from cocreate.config import Config
from cocreate.core.db import db
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.spaces.openings import set_between_meetings
from cocreate.spaces.rules import Activity
from tests.browser.looking import look_at
from tests.browser.server import Server
from tests.browser.visitors import Hall, Visitor
from tests.browser_without_scripts import Browser
from tests.conftest import sign_browser_in
from tests.factories import make_guide, make_member, make_space, make_workshop
from tests.indicators.test_own_line import Asked
from tests.indicators.test_small_steps import gather

SHAPES = (
    AnswerShape(AnswerKind.SCALE_0_10, ("niet goed", "goed")),
    AnswerShape(AnswerKind.HAVE_AND_WISH, unit="keer per week"),
    AnswerShape(AnswerKind.YES_MORE_OR_LESS_NO),
    AnswerShape(AnswerKind.TRIAD, ("Thuis", "Werk", "Buurt")),
    AnswerShape(AnswerKind.OPEN),
)
VALUES = (2, [1, 4], "no", [20, 30, 50], "Weer buiten gezeten.")
OPEN_ALL = "document.querySelectorAll('main details').forEach((each) => (each.open = true))"


@dataclass
class Square:
    """A space in which one person answered, took steps and named a guide, and the cookie of each."""

    path: str
    cookies: dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def square(server: Server) -> Iterator[Square]:
    app = create_app(Config(data=server.data, testing=True))
    with app.app_context():
        space, empty = make_space(), make_space()
        workshop = make_workshop(space)
        set_between_meetings(space.steward.viewer, Activity.STEPS, True)
        member = make_member(space, workshop, name="Sam")
        guide = make_member(space, workshop, voice="professional", name="Bo")
        asked = Asked(space, *SHAPES, low_limit=5, low_rounds=3, low_days=60)
        for number in range(4):
            for item, value in enumerate(VALUES):
                on = date(2026, 1, 5) + timedelta(days=40 * number)
                said = {"missing": "rather_not_say"} if (number, item) == (1, 2) else {"value": value}
                asked.say(member, number, on=on, item=item, **said)
        make_guide(member, guide)
        gather(space, workshop, [True] * 8 + [False] * 5)
        newcomer = make_member(empty)
        people = {"member": member, "guide": guide, "steward": space.steward, "newcomer": newcomer}
    cookies = {}
    for name, person in people.items():
        key, _, value = sign_browser_in(Browser(app), person.person_id).cookie.partition("=")
        cookies[name] = {"name": key, "value": value, "url": server.url}
    yield Square(f"/spaces/{space.id}", cookies)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def come_in(hall: Hall, square: Square, who: str, language: str = "nl") -> Visitor:
    visitor = hall.welcome(Visitor)
    visitor.context.add_cookies([square.cookies[who]])
    visitor.open("/").locator(f".language button[value={language}]").click()
    visitor.page.wait_for_load_state()
    return visitor


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_is_found_on_these_pages(hall: Hall, square: Square, language: str) -> None:
    found: dict[str, list[str]] = {}

    def look(page: Page, name: str) -> None:
        assert page.locator("html").get_attribute("lang") == language
        found[name] = look_at(page)
        page.evaluate(OPEN_ALL)
        found[f"{name}, everything open"] = look_at(page)

    for who, paths in {"member": ("my-line", "goals"), "guide": ("guided",), "steward": ("goals",)}.items():
        visitor = come_in(hall, square, who, language)
        for path in paths:
            look(visitor.open(f"{square.path}/{path}"), f"{who}: {path}")
    newcomer = come_in(hall, square, "newcomer", language)
    home = newcomer.open("/").locator("h3 a").first.get_attribute("href")
    for path in ("my-line", "goals", "guided"):
        look(newcomer.open(f"{home}/{path}"), f"newcomer: {path}")
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_with_the_keyboard_alone_a_goal_is_said_and_a_step_is_taken(hall: Hall, square: Square) -> None:
    page = come_in(hall, square, "guide").open(f"{square.path}/goals")
    summary = page.locator(".answer-here > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Vaker lopend naar mijn werk.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".way h3")).to_have_text("Vaker lopend naar mijn werk.")
    page.locator(".way summary.primary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("De trap genomen.")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.locator(".way form[action$=small-steps] button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".steps-taken li")).to_have_count(1)
    expect(page.locator(".winding .step")).to_have_count(1)

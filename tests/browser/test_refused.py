"""What the server refuses stays with the reason; its maker changes it or drops it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.looking import look_at
from tests.browser.people import Facilitator, Tablet
from tests.browser.server import Server
from tests.browser.test_keyboard import press, tab_to
from tests.browser.test_outbox import waiting
from tests.browser.visitors import Hall, open_hall

REFUSED = r"status of (404|409|422)"
SMALLEST = 48  # pixels


@pytest.fixture(scope="module")
def opened(chromium: Browser, server: Server) -> Iterator[Facilitator]:
    """A workshop in which moments are told, and nothing else is open yet."""
    with open_hall(chromium, server.url) as hall:
        facilitator = hall.welcome(Facilitator).sign_up().open_space().start_workshop()
        facilitator.code = facilitator.open_doors()
        facilitator.go_to("moments")
        yield facilitator


@pytest.fixture
def tablet(hall: Hall, opened: Facilitator) -> Tablet:
    tablet = hall.welcome(Tablet).come_in(opened.code)
    tablet.expect(REFUSED)
    return tablet


def kept(server: Server) -> list[str]:
    return [str(text) for (text,) in server.rows("SELECT what_happened FROM moment ORDER BY created_at, id")]


def be_refused(tablet: Tablet, text: str) -> Locator:
    """Tell a moment that is longer than the server takes, as an older page would; its place in the list."""
    step = tablet.at("moments")
    step.locator("[name=what_happened]").evaluate("(field) => field.removeAttribute('maxlength')")
    tablet.tell_moment(text + "x" * 2001)
    expect(listed(tablet, text).locator(".state-refused")).to_have_count(1)
    return listed(tablet, text)


def half_type(tablet: Tablet, text: str) -> Locator:
    """Begin with another moment; gives the field."""
    step = tablet.at("moments")
    if step.locator("[data-tell-more]").is_visible():
        step.locator("[data-tell-more]").click()
    step.locator("[name=what_happened]").fill(text)
    return step.locator("[name=what_happened]")


def listed(tablet: Tablet, text: str) -> Locator:
    return tablet.page.locator(".mine li", has_text=text)


def test_it_says_why_and_offers_two_buttons_large_enough_for_a_finger(tablet: Tablet) -> None:
    item = be_refused(tablet, "te lang ")
    expect(item.locator(".state-refused")).to_contain_text("longer than we can keep")
    expect(tablet.page.locator("[data-outbox-line]")).to_contain_text("could not be kept")
    for name in ("change", "drop"):
        box = item.locator(f"[data-{name}]").bounding_box()
        assert min(box["width"], box["height"]) >= SMALLEST
    assert look_at(tablet.page) == []
    tablet.page.reload()
    tablet.ready()
    expect(item.locator(".state-refused")).to_contain_text("longer than we can keep")
    expect(item.locator("[data-change]")).to_have_count(1)


def test_changed_in_the_form_it_is_kept_once(tablet: Tablet, server: Server) -> None:
    item = be_refused(tablet, "veranderd ")
    item.locator("[data-change]").click()
    field = tablet.at("moments").locator("[name=what_happened]")
    expect(field).to_be_focused()
    expect(field).to_have_value("veranderd " + "x" * 2001)
    tablet.tell_moment("veranderd, en korter")
    expect(tablet.mine()).to_have_count(1)
    expect(tablet.page.locator(".mine li")).to_have_count(1)
    expect(tablet.page.locator(".mine [data-choices]")).to_have_count(0)
    assert [text for text in kept(server) if "veranderd" in text] == ["veranderd, en korter"]
    assert waiting(tablet.page) == 0


def test_it_is_not_sent_while_it_is_being_changed(tablet: Tablet) -> None:
    be_refused(tablet, "onder handen ").locator("[data-change]").click()
    sent: list[str] = []
    tablet.page.on(
        "request", lambda request: sent.append(request.method) if request.method == "POST" else None
    )
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    tablet.at("moments").locator("[name=what_happened]").fill("")
    tablet.page.evaluate("document.querySelector('[data-contribution-form=moment]').reset()")
    assert sent == []
    with tablet.page.expect_request(lambda request: request.method == "POST"):
        tablet.page.evaluate("dispatchEvent(new Event('online'))")


def test_what_is_half_typed_is_not_overwritten(tablet: Tablet, server: Server) -> None:
    item = be_refused(tablet, "botsing ")
    field = half_type(tablet, "nog niet af")
    item.locator("[data-change]").click()
    dialog = tablet.page.locator("[data-rewriting]")
    expect(dialog.locator("textarea")).to_have_value("botsing " + "x" * 2001)
    assert look_at(tablet.page) == []
    dialog.locator("textarea").fill("botsing voorbij")
    dialog.locator("button.primary").click()
    expect(item.locator(".state-kept")).to_have_count(1)
    expect(item.locator("q")).to_have_text("botsing voorbij")
    expect(field).to_have_value("nog niet af")
    assert [text for text in kept(server) if "botsing" in text] == ["botsing voorbij"]


def test_leaving_it_as_it_is_changes_nothing(tablet: Tablet, server: Server) -> None:
    item = be_refused(tablet, "laat maar ")
    half_type(tablet, "iets anders")
    for way in ("[data-rewriting] button:not(.primary)", "Escape"):
        item.locator("[data-change]").click()
        tablet.page.fill("[data-rewriting] textarea", "toch anders")
        tablet.page.keyboard.press(way) if way == "Escape" else tablet.page.click(way)
        expect(tablet.page.locator("[data-rewriting]")).to_be_hidden()
    expect(item.locator("q")).to_contain_text("laat maar")
    assert waiting(tablet.page) == 1
    assert [text for text in kept(server) if "laat maar" in text or "toch" in text] == []


def test_dropped_after_asking_once_it_is_gone(tablet: Tablet, server: Server) -> None:
    item = be_refused(tablet, "weg ")
    dialog = tablet.page.locator("[data-dropping]")
    item.locator("[data-drop]").click()
    expect(dialog.locator("q")).to_contain_text("weg ")
    assert look_at(tablet.page) == []
    dialog.locator("button:not(.danger)").click()
    assert waiting(tablet.page) == 1
    item.locator("[data-drop]").click()
    dialog.locator("button.danger").click()
    expect(tablet.page.locator(".mine li")).to_have_count(0)
    assert waiting(tablet.page) == 0
    tablet.page.reload()
    tablet.ready()
    expect(tablet.page.locator(".mine li")).to_have_count(0)
    assert [text for text in kept(server) if text.startswith("weg ")] == []


def test_with_keys_alone(tablet: Tablet, server: Server) -> None:
    be_refused(tablet, "met toetsen ")
    page = tablet.page
    press(page, "[data-drop]")
    expect(page.locator("[data-dropping]")).to_be_visible()  # it looks up first what would be dropped
    page.keyboard.press("Escape")
    expect(page.locator("[data-drop]")).to_be_focused()
    page.locator("h1:visible, .question:visible").first.evaluate("(one) => (one.tabIndex = -1, one.focus())")
    press(page, "[data-change]")
    expect(tablet.at("moments").locator("[name=what_happened]")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("met toetsen gered")
    for _ in range(3):
        press(page, "[data-go]")
    expect(tablet.mine()).to_have_count(1)
    assert "met toetsen gered" in kept(server)
    be_refused(tablet, "nog een ")
    press(page, "[data-drop]")
    tab_to(page, "[data-dropping] .danger")
    page.keyboard.press("Enter")
    expect(page.locator(".mine li")).to_have_count(1)
    assert page.evaluate("document.activeElement.id") == "mine"


def test_a_refused_stance_is_not_lost_out_of_sight(hall: Hall, opened: Facilitator, server: Server) -> None:
    """On a proposal that was taken back while the tablet had no wifi."""
    one, other = (hall.welcome(Tablet).come_in(opened.code) for _ in range(2))
    other.expect(REFUSED, "net::ERR_")
    opened.go_to("impacts")
    one.propose("Meer bankjes")
    other.at("impacts").locator("[data-show-half=stances]").click()
    expect(other.page.locator("[data-proposal]:not([hidden])")).to_contain_text("Meer bankjes")
    other.context.set_offline(True)
    other.take_stances({"Meer bankjes": ("objection", "Ze staan vol")})
    assert waiting(other.page) == 1
    one.page.goto(f"{one.url}/mine")
    one.ready()
    one.take_back("Meer bankjes")
    other.context.set_offline(False)
    item = listed(other, "Ze staan vol")
    expect(item.locator(".state-refused")).to_have_count(1)
    item.locator("[data-change]").click()
    expect(other.page.locator("[data-rewriting] textarea")).to_have_value("Ze staan vol")
    other.page.keyboard.press("Escape")
    item.locator("[data-drop]").click()
    other.page.click("[data-dropping] .danger")
    expect(other.page.locator(".mine li")).to_have_count(0)
    assert waiting(other.page) == 0
    opened.go_to("moments")

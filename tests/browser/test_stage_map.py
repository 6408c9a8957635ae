"""Drawing on the stage: half typed words, bad wifi, and the wall that follows."""

from playwright.sync_api import expect

from tests.browser.people import Facilitator, Tablet
from tests.browser.visitors import WIFI_ERRORS, Hall


def test_half_typed_and_offline_nothing_is_lost(hall: Hall) -> None:
    facilitator = hall.welcome(Facilitator).sign_up("wand@example.org").open_space().start_workshop()
    code = facilitator.open_doors()
    tablet = hall.welcome(Tablet).come_in(code)
    tablet.expect(WIFI_ERRORS)
    screen = facilitator.screen()
    facilitator.page.bring_to_front()
    facilitator.go_to("map")
    tablet.grow("Het begin")
    expect(tablet.mine()).to_have_count(1)
    screen.bring_to_front()
    expect(screen.locator("[data-growing] g.node.is-fresh")).to_have_count(1)
    facilitator.page.bring_to_front()

    tablet.stops("Het begin").click()
    tablet.page.click("[data-ask=what_next]")
    tablet.page.fill("#grow-text", "Half getypt")
    facilitator.go_to("close")
    tablet.at("close")
    for _ in ("before and", "after a reload"):
        tablet.page.click("[data-finish]")
        expect(tablet.at("map").locator("#grow-text")).to_have_value("Half getypt")
        tablet.page.click("[data-catch-up]")
        tablet.at("close")
        tablet.page.reload()
        tablet.ready()
        expect(tablet.page.locator("[data-moved]")).to_be_visible()
    facilitator.go_to("map")
    expect(tablet.at("map").locator(".panel-asked")).to_have_text("What came next?")

    tablet.context.set_offline(True)
    tablet.page.click("[data-part=grow] .primary")
    expect(tablet.stops("Half getypt")).to_be_visible()
    expect(tablet.mine("here")).to_have_count(1)
    tablet.context.set_offline(False)
    expect(tablet.mine()).to_have_count(2)
    screen.bring_to_front()
    expect(screen.locator("[data-growing] g.node.is-fresh")).to_have_count(1)
    expect(screen.locator("[data-growing] g.node")).to_have_count(2)

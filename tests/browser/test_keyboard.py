"""The main flows with a keyboard alone: nothing here touches a mouse or a screen."""

from playwright.sync_api import expect

from tests.browser.keys import choose, press, type_into
from tests.browser.people import Facilitator, Tablet
from tests.browser.visitors import Hall


def test_somebody_takes_part_with_a_keyboard(hall: Hall) -> None:
    facilitator = hall.welcome(Facilitator).sign_up().open_space().start_workshop()
    code = facilitator.open_doors()
    other = hall.welcome(Tablet).come_in(code)
    me = hall.welcome(Tablet)
    page = me.open("/join")

    type_into(page, "[name=code]", code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/door")
    me.ready()
    press(page, "[name=voice_id]", "Space")
    type_into(page, "[name=name]", "Sam")
    choose(page, "[name=shares_with]", "space")
    press(page, ".thumb button")
    page.wait_for_url("**/stage")
    me.ready()

    facilitator.go_to("moments")
    me.at("moments")
    type_into(page, "[name=what_happened]", "Ik tikte dit zonder muis.")
    press(page, "[data-go]")
    for name in ("why_it_mattered", "what_made_it_possible"):
        # The next question has the focus by itself.
        assert page.evaluate("document.activeElement.name") == name
        page.keyboard.type("Omdat het kan.")
        press(page, "[data-go]")
    expect(me.mine()).to_have_count(1)

    facilitator.go_to("impacts")
    other.propose("Iedereen kan meedoen.")
    step = me.at("impacts")
    expect(step.locator("[data-count-open]")).to_have_text("(1)")
    press(page, "[data-half=propose] [data-show-half=stances]")
    choose(page, "[name=position]", "objection")
    type_into(page, "[name=reason]", "Ook zonder muis?")
    press(page, "[data-half=stances] [data-go]")
    expect(step.locator("[data-no-proposals]")).to_be_visible()

    facilitator.go_to("map")
    other.grow("Het begin")
    step = me.at("map")
    expect(me.stops()).to_have_count(1)
    press(page, ".outline [data-stop]")
    expect(step.locator("[data-panel-words]")).to_be_focused()
    press(page, "[data-ask=what_helped]")
    # The answer has the focus by itself.
    assert page.evaluate("document.activeElement.id") == "grow-text"
    page.keyboard.type("Een toetsenbord")
    press(page, "[data-part=grow] .primary")
    expect(me.stops()).to_have_count(2)
    expect(me.stops("Een toetsenbord")).to_be_visible()
    expect(me.mine()).to_have_count(2)
    expect(other.stops("Een toetsenbord")).to_be_visible()


def test_a_facilitator_steers_with_a_keyboard(hall: Hall) -> None:
    facilitator = hall.welcome(Facilitator).sign_up("toetsen@example.org").open_space().start_workshop()
    page = facilitator.page
    press(page, "[data-panel=bar] button.primary")
    for place in range(page.locator(".agenda li").count()):
        expect(page.locator(".agenda li.now-step")).to_have_count(1)
        page.wait_for_function(
            "(place) => [...document.querySelectorAll('.agenda li')][place].matches('.now-step')", arg=place
        )
        # The button that was pressed was drawn anew, and still has the focus.
        expect(page.locator("[data-panel=bar] .primary")).to_be_focused()
        page.keyboard.press("Enter")
    # One press too many only asks.
    expect(page.locator("[data-panel=bar] summary.primary")).to_be_focused()
    expect(page.locator("[data-panel=bar] .closing button")).to_be_visible()
    expect(page.locator(".doors .code")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".doors.is-closed")
    expect(page.locator("[data-panel=bar] a.primary")).to_be_focused()


def test_the_first_tab_skips_to_the_content(hall: Hall) -> None:
    page = hall.welcome(Facilitator).open("/sign-in")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")

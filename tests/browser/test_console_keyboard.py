"""A whole meeting led by keyboard alone, from opening the doors to what came out of it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.keys import press, tab_to, type_into
from tests.browser.people import Facilitator, Tablet
from tests.browser.visitors import Hall

BAR = "[data-panel=bar]"
SOUP = "Mijn buurman bracht soep."
HEADING = "Samen eten"
WHY = "Hier staat een naam in."
RESULTS = ".show-results button"


def jump_to(page: Page, kind: str) -> None:
    press(page, f".agenda li[data-kind={kind}] button")
    expect(page.locator(f".agenda li[data-kind={kind}]")).to_have_class(re.compile("now-step"))


def has_focus(page: Page, selector: str) -> None:
    """What was pressed is drawn anew, and the focus is still there."""
    expect(page.locator(selector)).to_be_focused()


@pytest.mark.timeout(240)
def test_a_whole_meeting_is_led_with_a_keyboard(hall: Hall) -> None:
    facilitator = hall.welcome(Facilitator).sign_up("toets@example.org").open_space().start_workshop()
    page = facilitator.page
    press(page, f"{BAR} button.primary")
    code = page.locator(".doors .code").inner_text()
    tablet = hall.welcome(Tablet).come_in(code)
    the_clock(page)
    page.bring_to_front()
    jump_to(page, "moments")
    tablet.tell_moment(SOUP)
    what_arrives(page, tablet)
    page.keyboard.press("Shift+Tab")  # from where it is opened to just before
    one_card_goes_aside_and_comes_back(page, tablet)
    the_locks(page, tablet)
    back_to_where_everybody_was(page, tablet)
    to_the_end(page)


def the_clock(page: Page) -> None:
    press(page, f'{BAR} [data-press="pause"]')
    has_focus(page, f'{BAR} [data-press="pause/end"]')
    expect(page.locator(".clock")).to_have_attribute("data-paused", "")
    page.keyboard.press("Enter")
    has_focus(page, f'{BAR} [data-press="pause"]')
    minutes = int(page.locator(".clock").get_attribute("data-minutes"))
    press(page, f'{BAR} [data-press="minutes"]')
    for more in (2, 4):
        expect(page.locator(".clock")).to_have_attribute("data-minutes", str(minutes + more))
        has_focus(page, f'{BAR} [data-press="minutes"]')
        if more == 2:
            page.keyboard.press("Enter")


def what_arrives(page: Page, tablet: Tablet) -> None:
    expect(page.locator("[data-arrival]")).to_have_count(1)
    press(page, "[data-arrival] [data-key=light]")
    expect(tablet.mine("shown")).to_have_count(1)
    expect(page.locator("[data-arrival]")).to_have_class(re.compile("is-lit"))
    has_focus(page, "[data-arrival] [data-key=light]")
    page.keyboard.press("Enter")
    expect(tablet.mine("shown")).to_have_count(0)
    press(page, ".new-heading > summary")
    type_into(page, "[data-key=new-words]", HEADING)
    page.keyboard.press("Enter")
    expect(page.locator("[data-group] h3")).to_have_text(HEADING)
    press(page, "[data-arrival] details[data-key=more] > summary")
    tab_to(page, "[data-arrival] details[data-key=more] select")
    page.keyboard.press("ArrowDown")
    press(page, "[data-arrival] [data-key=put]")
    expect(page.locator("[data-group] [data-arrival]")).to_have_count(1)
    has_focus(page, "[data-arrival] details[data-key=more] > summary")


def one_card_goes_aside_and_comes_back(page: Page, tablet: Tablet) -> None:
    press(page, "[data-arrival] details[data-key=more] > summary")
    type_into(page, "[data-arrival] [data-key=why]", WHY)
    press(page, "[data-arrival] [data-key=aside]")
    expect(tablet.mine("hidden")).to_contain_text(WHY)
    expect(page.locator("[data-arrival]")).to_have_count(0)
    has_focus(page, "h2#arriving")  # what was pressed is gone, and the next is not far
    press(page, ".asides > summary")
    press(page, ".asides [data-aside] button")
    expect(page.locator("[data-group] [data-arrival]")).to_have_count(1)
    expect(tablet.mine("hidden")).to_have_count(0)
    has_focus(page, "h2#arriving")


def the_locks(page: Page, tablet: Tablet) -> None:
    closed = tablet.page.get_by_text("This part takes no more answers.")
    press(page, "details.more > summary")
    press(page, 'details.more [data-press="part-lock"]')
    expect(closed).to_be_visible()
    expect(page.locator('details.more [data-press="part-lock"]')).to_have_text("Take answers again")
    has_focus(page, 'details.more [data-press="part-lock"]')
    page.keyboard.press("Enter")
    expect(closed).to_be_hidden()
    press(page, 'details.more [data-press="lock"]')
    expect(page.locator(".doors.is-closed")).to_be_visible()
    has_focus(page, 'details.more [data-press="lock"]')
    page.keyboard.press("Enter")
    expect(page.locator(".doors .code")).to_be_visible()


def back_to_where_everybody_was(page: Page, tablet: Tablet) -> None:
    jump_to(page, "close")
    tablet.at("close")
    press(page, f"{BAR} [data-press=return]")
    tablet.at("moments")


def to_the_end(page: Page) -> None:
    tab_to(page, f"{BAR} button.primary")
    parts = page.locator(".agenda li")
    first = page.evaluate("[...document.querySelectorAll('.agenda li')].findIndex((li) => li.ariaCurrent)")
    for place in range(first, parts.count()):
        expect(parts.nth(place)).to_have_attribute("aria-current", "step")
        has_focus(page, f"{BAR} .primary")
        page.keyboard.press("Enter")
    has_focus(page, f"{BAR} summary.primary")
    press(page, f"{BAR} .closing button")
    page.wait_for_selector(".doors.is-closed")
    has_focus(page, f"{BAR} a.primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/harvest")


@pytest.mark.timeout(240)
def test_what_came_out_is_shown_and_the_meeting_handed_over_with_a_keyboard(hall: Hall) -> None:
    first = (
        hall.welcome(Facilitator)
        .sign_up("eerst@example.org")
        .open_space()
        .start_workshop(agenda="youth_panel")
    )
    page = first.page
    press(page, f"{BAR} button.primary")
    expect(page.locator(".doors .code")).to_be_visible()
    screen = first.screen()
    page.bring_to_front()
    what_came_out(page, screen)
    second = hall.welcome(Facilitator).sign_up("tweede@example.org", "Bea")
    hand_over(first, second)


def what_came_out(page: Page, screen: Page) -> None:
    jump_to(page, "realism")
    came_out = screen.locator(".screen-step:visible [data-result]")
    press(page, RESULTS)
    expect(came_out).to_be_visible()
    expect(page.locator(RESULTS)).to_have_text("Take what came out off the screen")
    has_focus(page, RESULTS)
    page.keyboard.press("Enter")
    expect(came_out).to_have_count(0)
    expect(page.locator(RESULTS)).to_have_text("Show what came out")
    has_focus(page, RESULTS)


def hand_over(first: Facilitator, second: Facilitator) -> None:
    press(first.page, "details.more > summary")
    with first.context.expect_page() as opening:
        press(first.page, "details.more form[action$=handovers] button")
    code = opening.value.locator(".code").inner_text()
    page = second.open("/handover")
    type_into(page, "main [name=code]", code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/console")
    second.ready()
    press(page, f'{BAR} [data-press="pause"]')
    expect(page.locator(".clock")).to_have_attribute("data-paused", "")
    first.page.bring_to_front()
    expect(first.page.locator(".now")).to_contain_text("Bea leads this meeting now.")
    press(first.page, "[data-press=lead]")
    expect(first.page.locator(f'{BAR} [data-press="pause/end"]')).to_be_visible()

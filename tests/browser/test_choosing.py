"""Choosing together at a browser: on tablets, on the wall, on the pages, and without wifi."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import look_at
from tests.browser.people import Facilitator, Tablet
from tests.browser.visitors import WIFI_ERRORS, Hall
from tests.browser.wifi import Wifi

REFUSED = r"status of (404|409|422)"
PEOPLE = 6
WISH = "Wij beslissen mee."
SIGNS = ("Wij worden gebeld.", "Er staat een bankje.", "Niemand lacht ons uit.")


@pytest.mark.timeout(400)
@pytest.mark.parametrize("locale", ["nl-NL", "en-GB"])
def test_nothing_is_found_while_a_panel_chooses(hall: Hall, wifi: Wifi, locale: str) -> None:
    found: dict[str, list[str]] = {}

    def look(page: Page, name: str) -> None:
        found[name] = look_at(page)

    lead = hall.welcome(Facilitator, locale=locale)
    lead.expect(REFUSED)
    lead.sign_up(f"{locale}-choosing@example.org")
    lead.open_space()
    look(lead.open(f"/spaces/{lead.space_id}/choosings"), "choosings, nothing to choose from")
    tablets = come_together(hall, wifi, lead, locale)
    see_whether_it_is_fair(lead, tablets[1], look)
    screen = lead.screen()
    choose(lead, wifi, tablets, screen, look)
    count(lead, tablets, screen, look)
    see_the_lists(lead, look)
    assert {name: lines for name, lines in found.items() if lines} == {}


def come_together(hall: Hall, wifi: Wifi, lead: Facilitator, locale: str) -> list[Tablet]:
    lead.open(f"/spaces/{lead.space_id}/workshops/new")
    lead.page.fill("[name=title]", "Het panel")
    lead.page.locator("[name=agenda][value=youth_panel]").check(force=True)
    lead.page.click("main form .buttons button")
    lead.page.wait_for_url("**/console")
    lead.workshop_id = re.search(r"workshops/([^/]+)/console", lead.page.url)[1]
    lead.ready()
    code = lead.open_doors()
    tablets = [hall.welcome(Tablet, locale=locale) for _ in range(PEOPLE - 1)]
    tablets.append(hall.welcome(Tablet, locale=locale, url=wifi.url))
    for tablet in tablets:
        tablet.come_in(code, 1)
    go_on(lead, tablets, "impacts")
    tablets[0].propose(WISH)
    go_on(lead, tablets, "indicators")
    for sign in SIGNS:
        tablets[0].notice(WISH, sign)
    return tablets


def go_on(lead: Facilitator, tablets: list[Tablet], kind: str) -> None:
    lead.go_to(kind)
    for tablet in tablets:
        tablet.at(kind)


def see_whether_it_is_fair(lead: Facilitator, tablet: Tablet, look) -> None:
    go_on(lead, [tablet], "realism")
    step = tablet.at("realism")
    expect(step).to_contain_text(WISH)
    look(tablet.page, "stage, fair")
    step.locator("[data-go]").click()
    expect(step.locator("[data-error-for=answer]")).to_be_visible()
    step.locator("[name=answer][value=too_small]").check(force=True)
    look(tablet.page, "stage, fair, answered")
    step.locator("[data-go]").click()
    expect(step.locator("[data-no-checks]")).to_be_visible()


def choose(lead: Facilitator, wifi: Wifi, tablets: list[Tablet], screen: Page, look) -> None:
    go_on(lead, tablets, "choose")
    step = tablets[0].at("choose")
    expect(step.locator("[name=approved]")).to_have_count(3)  # without a new page
    look(tablets[0].page, "stage, choosing")
    step.locator("[data-go]").click()
    expect(step.locator("[data-error-for=approved]")).to_be_visible()
    look(tablets[0].page, "stage, nothing chosen")
    for place, tablet in enumerate(tablets):
        boxes = tablet.at("choose").locator("[name=approved]")
        expect(boxes).to_have_count(3)
        if tablet is tablets[-1]:
            tablet.expect(WIFI_ERRORS)
            wifi.cut()
        boxes.nth(place % 2).check(force=True)
        boxes.nth(2).check(force=True)
        tablet.at("choose").locator("[data-go]").click()
        expect(boxes.nth(2)).to_be_checked()
    expect(screen.locator("[data-chosen-wall] b")).to_have_text(str(PEOPLE - 1))
    wifi.restore()
    expect(screen.locator("[data-chosen-wall] b")).to_have_text(str(PEOPLE))
    look(screen, "screen, choosing")
    look(lead.page, "console, choosing")


def count(lead: Facilitator, tablets: list[Tablet], screen: Page, look) -> None:
    page = lead.another(f"/spaces/{lead.space_id}/choosings")
    look(page, "choosings, one open")
    page.locator("main .card a").first.click()
    page.wait_for_url("**/choosings/*")
    page.wait_for_selector("html[data-ready]")
    page.locator("main details > summary").last.click()
    look(page, "a choosing, open")
    page.locator("form[action$=closing] button").click()
    page.wait_for_selector(".winners")
    look(page, "a choosing, counted")
    page.locator("main details.sheet > summary").click()
    look(page, "a choosing, all figures")
    for surface in (tablets[0].page, screen):
        expect(surface.locator("section:not([hidden]) > * .winners")).to_contain_text(SIGNS[2])
    look(tablets[0].page, "stage, chosen")
    look(screen, "screen, chosen")


def see_the_lists(lead: Facilitator, look) -> None:
    page = lead.open(f"/spaces/{lead.space_id}/choosings")
    look(page, "choosings, a new list")
    page.locator("form.sheet button.primary").click()
    page.wait_for_selector(".error")
    look(lead.ready(), "choosings, refused")
    page.fill("[name=title]", "Nog eens")
    page.locator("form.sheet button.primary").click()
    page.wait_for_url("**/choosings/*")
    look(lead.ready(), "a choosing, to tick")
    page.locator("[name=approved]").first.check(force=True)
    page.locator("[data-go]").click()
    expect(page.locator("[data-ballot-line] .state-kept")).to_be_visible()
    expect(page.locator("[data-turnout] h2")).to_contain_text("1")
    look(page, "a choosing, ticked")
    page.locator("main details > summary").last.click()
    page.locator("form[action$=closing] button").click()
    page.wait_for_selector(".empty")
    look(lead.ready(), "a choosing, too few people")

"""Where we stand and what helped, as parts of their own: two tablets, one without wifi for a while."""

import re

import pytest
from playwright.sync_api import expect

from cocreate.workshops.rules import StepKind
from tests.browser.agendas import move_on, prepare
from tests.browser.looking import look_at
from tests.browser.people import Facilitator, Tablet
from tests.browser.server import Server
from tests.browser.visitors import WIFI_ERRORS, Hall
from tests.browser.wifi import Wifi

AGENDA = (StepKind.MOMENTS, StepKind.FACTORS, StepKind.IMPACTS, StepKind.STANCES)
SOUP, PLACE = "Mijn buurman bracht soep.", "We speelden op het plein."
KNOWN, HEARD = "Iedereen kent elkaar.", "Er is iemand die luistert."


@pytest.mark.timeout(300)
def test_two_tablets_and_bad_wifi(hall: Hall, server: Server, wifi: Wifi) -> None:
    lead = hall.welcome(Facilitator).sign_up().open_space()
    prepare(server, lead, *AGENDA)
    code = lead.open_doors()
    screen = lead.screen()
    anna = hall.welcome(Tablet).come_in(code)
    ben = hall.welcome(Tablet, url=wifi.url).come_in(code, voice=1)
    ben.expect(WIFI_ERRORS)
    anna.tell_moment(SOUP)
    anna.name_what_helped("Er was tijd")
    ben.at("moments").locator("[name=what_happened]").fill(PLACE)
    move_on(lead)
    read_and_tap_without_wifi(anna, ben, wifi)
    expect(screen.locator(".helped-one").first).to_contain_text("In 2 moments")
    expect(lead.page.locator(".helped-cards li").first).to_contain_text("In 2 moments")
    assert server.rows("SELECT count(*) FROM moment_factor WHERE alive") == [(3,)]
    found = {"factors": look_at(anna.page)}
    move_on(lead)
    anna.propose(KNOWN)
    ben.propose(HEARD)
    take_stances_in_two_parts(lead, anna, ben, wifi, server)
    found |= {
        name: look_at(page) for name, page in (("stances", ben.page), ("so far", lead.page), ("wall", screen))
    }
    assert {name: lines for name, lines in found.items() if lines} == {}


def read_and_tap_without_wifi(anna: Tablet, ben: Tablet, wifi: Wifi) -> None:
    expect(reading(ben)).to_contain_text(SOUP)
    expect(chip(ben, "Er was tijd")).to_be_disabled()  # Anna said it, and only she may take it back
    ben.context.set_offline(True)
    wifi.cut()
    ben.at("factors").locator("[name=name]").fill("Een afdak")
    ben.at("factors").locator("[name=name]").press("Enter")
    expect(chip(ben, "Een afdak")).to_have_attribute("aria-pressed", "true")
    expect(ben.mine("here")).to_have_count(1)
    wifi.restore()
    ben.context.set_offline(False)
    expect(ben.mine()).to_have_count(1, timeout=30_000)
    tell_late(ben)
    expect(anna.at("factors").locator("[data-place]")).to_have_text("Moment 1 of 2")
    anna.at("factors").locator("[data-go-by='1']").click()
    expect(reading(anna)).to_contain_text(PLACE)
    expect(chip(anna, "Er was tijd")).to_have_attribute("aria-pressed", "false")
    chip(anna, "Er was tijd").click()
    expect(chip(anna, "Er was tijd")).to_have_attribute("aria-pressed", "true")
    anna.at("factors").locator("[data-go-by='-1']").click()
    expect(chip(anna, "Een afdak")).to_have_attribute("aria-pressed", "true")  # Ben said so
    expect(chip(anna, "Een afdak")).to_be_enabled()  # it is her moment


def tell_late(tablet: Tablet) -> None:
    """Finish a moment while the others are at the next part; then go there."""
    tablet.page.locator("[data-finish]").click()
    step = tablet.at("moments")
    for _part in range(3):
        step.locator("[data-go]").click()
    expect(step.locator("[data-said]")).to_have_text(PLACE)
    tablet.page.locator("[data-catch-up]").click()
    expect(tablet.at("factors").locator("[data-place]")).to_contain_text("of 2")


def take_stances_in_two_parts(
    lead: Facilitator, anna: Tablet, ben: Tablet, wifi: Wifi, server: Server
) -> None:
    expect(ben.page.locator("[data-proposal]:not([hidden])")).to_contain_text(KNOWN)
    half = ben.at("impacts")
    half.locator("[name=position][value=objection]").check()
    half.locator("[name=reason]").fill("Half getypt")
    move_on(lead)
    step = ben.at("stances")
    # One form, which came along with what was half typed; nothing is left behind to finish.
    expect(ben.page.locator("[name=reason]")).to_have_count(1)
    expect(step.locator("[name=reason]")).to_have_value("Half getypt")
    expect(step.locator("[name=position][value=objection]")).to_be_checked()
    expect(ben.page.locator("[data-moved]")).to_be_hidden()
    ben.context.set_offline(True)
    wifi.cut()
    step.locator("[data-go]").click()
    expect(step.locator("[data-no-proposals]")).to_be_visible()
    expect(lead.page.locator(".so-far")).to_contain_text("2 proposals")
    expect(lead.page.locator(".so-far li").nth(1)).to_contain_text("0 of 1")
    wifi.restore()
    ben.context.set_offline(False)
    expect(lead.page.locator(".so-far li").nth(1)).to_contain_text("1 of 1", timeout=30_000)
    assert server.rows("SELECT position, reason FROM stance") == [("objection", "Half getypt")]
    lead.page.click("[data-panel=bar] button.quiet")
    expect(ben.at("impacts").locator("[data-standing]")).to_have_count(1)
    expect(lead.page.locator(".agenda li").nth(2)).to_have_class(re.compile("now-step"))
    move_on(lead)
    expect(anna.at("stances").locator("[data-proposal]:not([hidden])")).to_contain_text(HEARD)


def reading(tablet: Tablet):
    """The moment that is read now."""
    return tablet.at("factors").locator("[data-moment]:not([hidden])")


def chip(tablet: Tablet, name: str):
    """What helped, to tap, in the part of its own."""
    return tablet.at("factors").locator(".chip", has_text=name)

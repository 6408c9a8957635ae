"""An agenda in front of who leads: chosen, put in another order, changed, kept, used again."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import look_at
from tests.browser.people import Facilitator, Tablet
from tests.browser.visitors import Hall


def choose(lead: Facilitator, key: str, title: str, **fields: str) -> None:
    page = lead.open(f"/spaces/{lead.space_id}/workshops/new")
    page.fill("[name=title]", title)
    page.locator(f"[name=agenda][value^='{key}']").first.check(force=True)
    for name, value in fields.items():
        page.locator(f"[name={name}]").fill(value)
    page.click("main form .buttons button")
    page.wait_for_url("**/console")
    found = re.search(r"workshops/([^/]+)/console", page.url)
    assert found
    lead.workshop_id = found[1]


def parts(page: Page) -> list[str]:
    return page.locator("[data-part] .part-words b").all_inner_texts()


def times(page: Page) -> list[str]:
    return page.locator("[data-part] time").all_inner_texts()


def part(page: Page, title: str) -> Locator:
    return page.locator("[data-part]").filter(has=page.locator(".part-words b", has_text=title))


def drag(page: Page, title: str, onto: str) -> None:
    handle = part(page, title).locator("[data-handle]")
    handle.scroll_into_view_if_needed()
    start, goal = handle.bounding_box(), part(page, onto).bounding_box()
    assert start
    assert goal
    page.mouse.move(start["x"] + 20, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(goal["x"] + 40, goal["y"] + goal["height"] - 4, steps=8)
    page.mouse.move(goal["x"] + 40, goal["y"] + 4, steps=4)


def test_an_agenda_is_chosen_put_in_order_changed_and_used_again(hall: Hall) -> None:
    lead = hall.welcome(Facilitator, locale="nl-NL").sign_up().open_space()
    choose(lead, "walk", "Langs de plekken", planned_at="2026-09-03T19:30")
    page = lead.open(f"/workshops/{lead.workshop_id}/agenda")
    assert parts(page) == ["Welkom", "Loop samen", "Wat we zagen", "Wat hielp", "Afsluiting"]
    assert times(page) == ["19:30", "19:35", "19:55", "20:07", "20:12"]

    drag(page, "Wat hielp", "Loop samen")
    assert parts(page)[1] == "Wat hielp"  # it goes along with the hand
    page.mouse.up()
    expect(page.locator("[data-part] time").nth(2)).to_have_text("19:40")
    assert parts(page) == ["Welkom", "Wat hielp", "Loop samen", "Wat we zagen", "Afsluiting"]
    assert times(page) == ["19:30", "19:35", "19:40", "20:00", "20:12"]

    drag(page, "Wat we zagen", "Welkom")
    page.keyboard.press("Escape")
    page.mouse.up()
    assert parts(page)[3] == "Wat we zagen"  # nothing happened

    down = part(page, "Wat hielp").locator("[data-press=down]")
    down.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-part] .part-words b").nth(2)).to_have_text("Wat hielp")
    expect(part(page, "Wat hielp").locator("[data-press=down]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-part] .part-words b").nth(3)).to_have_text("Wat hielp")
    assert times(page) == ["19:30", "19:35", "19:55", "20:07", "20:12"]

    part(page, "Wat hielp").locator("a").click()
    page.fill("[name=title]", "Wat ons hielp")
    page.fill("[name=minutes]", "15")
    page.click("main form .buttons button")
    expect(page.locator(".agenda-sum")).to_contain_text("20:25")
    assert times(lead.ready())[-1] == "20:22"

    page.locator("[name=kind]").select_option("break")
    page.click(".agenda-add button")
    page.wait_for_url("**/parts/*")
    page.fill("[name=minutes]", "5")
    page.click("main form .buttons button")
    expect(part(page, "Pauze")).to_be_visible()
    page.locator("details summary", has_text="Bewaar als ons eigen").click()
    page.fill("#keep-title", "Ons rondje")
    page.locator("form[action$=own-agendas] button").click()
    page.wait_for_url("**/agendas")
    expect(page.locator("section").first).to_contain_text("Ons rondje")

    choose(lead, "own:", "Het rondje van juni")
    page = lead.open(f"/workshops/{lead.workshop_id}/agenda")
    assert parts(page) == ["Welkom", "Loop samen", "Wat we zagen", "Wat ons hielp", "Pauze", "Afsluiting"]
    assert times(page) == []  # no time was said yet
    expect(page.locator(".part-after").nth(1)).to_have_text("+0:05")


def test_what_who_leads_changes_comes_to_tablets_and_the_screen_and_takes_no_words(hall: Hall) -> None:
    lead = hall.welcome(Facilitator).sign_up("mee@example.org").open_space().start_workshop()
    code = lead.open_doors()
    tablet = hall.welcome(Tablet).come_in(code)
    screen = lead.screen()
    lead.page.bring_to_front()
    lead.go_to("moments")
    typed = tablet.at("moments").locator("[name=what_happened]")
    typed.fill("Half getypt")
    page = lead.another(f"/workshops/{lead.workshop_id}/agenda")
    page.locator("[data-part]").nth(3).locator("a").click()
    page.fill("[name=prompt]", "Welke weg gingen we?")
    page.click("main form .buttons button")
    expect(screen.locator(".screen-step[data-kind=map] h1")).to_have_text("Welke weg gingen we?")
    tablet.page.wait_for_timeout(5000)  # as long as it would take
    expect(typed).to_have_value("Half getypt")
    assert "Welke weg" not in tablet.page.content()
    typed.fill("")
    expect(tablet.page.locator(".stage-step[data-kind=map] .question")).to_have_text(
        "Welke weg gingen we?", timeout=20_000
    )
    tablet.at("moments")


@pytest.mark.timeout(300)
@pytest.mark.parametrize("locale", ["nl-NL", "en-GB"])
def test_nothing_is_found_on_the_pages_of_agendas(hall: Hall, locale: str) -> None:
    lead = hall.welcome(Facilitator, locale=locale).sign_up(f"{locale}@example.org").open_space()
    lead.expect(r"status of 422")
    choose(lead, "youth_panel", "Het panel", planned_at="2026-09-03T19:30")
    space = f"/spaces/{lead.space_id}"
    found = {"library": look_at(lead.open(f"{space}/agendas"))}
    page = lead.open(f"/workshops/{lead.workshop_id}/agenda")
    found["agenda"] = look_at(page)
    page.locator("[data-part] a").nth(2).click()
    found["part"] = look_at(lead.ready())
    page.fill("[name=minutes]", "0")
    page.click("main form .buttons button")
    page.wait_for_selector(".error")
    found["part, refused"] = look_at(lead.ready())
    page = lead.open(f"{space}/agendas")
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile(r"/agendas/[0-9a-f-]{36}$"))
    found["own"] = look_at(lead.ready())
    page = lead.open(f"{space}/workshops/new?agenda=five")
    page.fill("[name=title]", "Ons plein")
    page.click("main form .buttons button")
    page.wait_for_url("**/series/*")
    found["series, nobody"] = look_at(lead.ready())
    series = page.url.removeprefix(lead.url)
    page.locator("a[href$=console]").first.click()
    page.wait_for_url("**/console")
    lead.ready()
    code = lead.open_doors()
    for voice in (0, 1, 1):
        hall.welcome(Tablet, locale=locale).come_in(code, voice)
    found["series"] = look_at(lead.open(series))
    found["meetings"] = look_at(lead.open(f"{space}/workshops"))
    assert {name: lines for name, lines in found.items() if lines} == {}

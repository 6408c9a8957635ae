"""Saying thank you: the ledger, and the words about it, at a browser and with eyes of all kinds."""

import pytest
from playwright.sync_api import Page, expect

from cocreate.workshops.rules import StepKind
from tests.browser.agendas import prepare
from tests.browser.looking import look_at
from tests.browser.people import Facilitator, Tablet
from tests.browser.server import Server
from tests.browser.visitors import Hall


@pytest.mark.timeout(300)
@pytest.mark.parametrize("locale", ["nl-NL", "en-GB"])
def test_thanks_from_the_tablet_to_the_bookkeeper(hall: Hall, server: Server, locale: str) -> None:
    found: dict[str, list[str]] = {}

    def look(page: Page, name: str) -> None:
        found[name] = look_at(page)

    lead = hall.welcome(Facilitator, locale=locale).sign_up(f"{locale}-thanks@example.org").open_space()
    lead.expect("status of 422")
    look(lead.open(f"/spaces/{lead.space_id}/compensations"), "nothing yet")
    prepare(server, lead, StepKind.THANKS, title="Spelmiddag & soep")
    tablet = hall.welcome(Tablet, locale=locale).come_in(lead.open_doors())
    say_it_in_own_words(lead, look)
    tablet.page.reload()
    tablet.ready()
    expect(tablet.at("thanks")).to_contain_text("Vijftien euro.")
    expect(tablet.at("thanks").locator("form, textarea, input")).to_have_count(0)
    look(tablet.page, "on the tablet")
    look(lead.screen(), "on the screen")
    lead.open(f"/workshops/{lead.workshop_id}/console")
    look(lead.page, "on the console")
    lead.page.locator("[data-panel=now] a[href*=compensations]").click()
    write_it_down(lead, look)
    give_it(lead, server, look)
    assert {name: lines for name, lines in found.items() if lines} == {}


def say_it_in_own_words(lead: Facilitator, look) -> None:
    page = lead.open(f"/spaces/{lead.space_id}/thanks")
    look(page, "built-in words")
    page.fill("[name=offer]", "Vijftien euro.")
    page.locator("main form button.primary").click()
    page.wait_for_url("**saved=1")
    expect(lead.ready().locator(".thanks-offer")).to_have_text("Vijftien euro.")
    look(page, "own words")


def write_it_down(lead: Facilitator, look) -> None:
    page = lead.ready()
    expect(page.locator("[name=occasion]")).to_have_value("Spelmiddag & soep")
    page.locator(".thanks-sheet button.primary").click()
    page.wait_for_selector(".error")
    look(lead.ready(), "refused")
    page.fill("[name=names]", "Anna\nBen")
    page.fill("[name=hours]", "2")
    expect(page.locator("[name=amount]")).to_be_hidden()
    page.locator("[name=kind][value=money]").check()
    expect(page.locator("[name=voucher]")).to_be_hidden()
    page.fill("[name=amount]", "15,50")
    page.locator(".thanks-sheet button.primary").click()
    page.wait_for_url("**saved=1**")
    expect(lead.ready().locator(".ledger-line")).to_have_count(2)


def give_it(lead: Facilitator, server: Server, look) -> None:
    page = lead.page
    page.locator("[name=line]").first.check()
    page.locator("#giving button").click()
    expect(page.locator(".ledger-line.is-given")).to_have_count(1)
    page.locator(".ledger-line summary").first.click()
    look(lead.ready(), "a list")
    with page.expect_download() as download:
        page.locator("a[href*='compensations.csv']").click()
    assert "15.50" in download.value.path().read_text("utf-8-sig")
    page.locator(".ledger-line form[action$=removal] button").first.click()
    expect(page.locator(".ledger-line")).to_have_count(1)
    kept = "SELECT label, cents, given_on FROM compensation WHERE space_id = ?"
    assert server.rows(kept, lead.space_id.replace("-", "")) == [("Ben", 1550, None)]

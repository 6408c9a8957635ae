"""What a facilitator sees of questionnaires and measuring, from an empty list to a baseline that is open."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from cocreate.core.db import utcnow
from cocreate.indicators.instrument_files import write_instrument
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.scoring import Instrument, Item
from tests.browser.looking import look_at
from tests.browser.people import Facilitator
from tests.browser.visitors import Hall

REFUSED = r"status of 422"
ASKED = {
    "ladder": AnswerShape(AnswerKind.SCALE_0_10, ("Nooit", "Altijd")),
    "often": AnswerShape(AnswerKind.COUNT, (), "mensen"),
    "words": AnswerShape(AnswerKind.OPEN),
}
ITEMS = (
    Item("dark", "Durf je hier in het donker over straat, ook als je alleen bent?", "ladder", sensitivity=3),
    Item("greet", "Hoeveel mensen heb je deze week gegroet?", "often"),
    Item("home", "Hoe vaak voel je je hier thuis?", "ladder", sensitivity=1),
    Item("more", "Wat moet er blijven zoals het is?", "words"),
)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("locale", ["nl-NL", "en-GB"])
def test_nothing_is_found_on_the_pages_of_questionnaires(hall: Hall, locale: str) -> None:
    found: dict[str, list[str]] = {}

    def look(page: Page, name: str) -> None:
        assert page.locator("html").get_attribute("lang") == locale[:2]
        found[name] = look_at(page)

    lead = hall.welcome(Facilitator, locale=locale)
    lead.expect(REFUSED)
    lead.sign_up(f"{locale}-questionnaires@example.org")
    lead.open_space()
    see_questionnaires(lead, look)
    see_tables(lead, look)
    assert {name: lines for name, lines in found.items() if lines} == {}


def see_questionnaires(facilitator: Facilitator, look: Callable[[Page, str], None]) -> None:
    """Bring one in, change it, and start measuring with it."""
    space = f"/spaces/{facilitator.space_id}"
    page = facilitator.page
    look(facilitator.open(f"{space}/instruments"), "questionnaires, none")
    page.click("form[enctype] .buttons button")
    page.wait_for_selector(".error")
    look(facilitator.ready(), "questionnaires, refused")
    file = write_instrument(Instrument("square", "Ons plein", ASKED, ITEMS))
    page.set_input_files("[name=file]", {"name": "q.json", "mimeType": "application/json", "buffer": file})
    page.click("form[enctype] .buttons button")
    page.wait_for_selector(".order-hint")
    look(facilitator.ready(), "a questionnaire, in a wrong order")
    page.click(".order-hint button")
    page.wait_for_selector(".order-hint", state="detached")
    page.click(".question-change summary >> nth=0")
    look(facilitator.ready(), "a questionnaire, changing")
    look(facilitator.open(f"{space}/instruments"), "questionnaires")
    look(facilitator.open(f"{space}/measurings"), "measuring, nothing")
    page.click("#start .buttons button")
    page.wait_for_selector(".error")
    look(facilitator.ready(), "measuring, refused")
    page.locator("#start [name=instrument_id]").first.check()
    page.fill("#start [name=title]", "Het plein, drie keer gevraagd")
    page.fill("#start [name=why]", "We willen weten of mensen zich hier thuis voelen.")
    page.fill("#start [name=until]", (utcnow() + timedelta(days=400)).date().isoformat())
    page.check("#start [name=rhythm][value=dates]")
    page.fill("#start [name=months]", "3")
    page.fill("#start [name=times]", "2")
    page.click("#start .buttons button")
    page.wait_for_selector(".round-row")
    look(facilitator.ready(), "a measuring")
    look(facilitator.open(f"{space}/measurings"), "measuring")


def see_tables(facilitator: Facilitator, look: Callable[[Page, str], None]) -> None:
    """Say that answers may go along, and bring some in: first what is no table, then a wrong one."""
    page = facilitator.page
    facilitator.open(f"/spaces/{facilitator.space_id}/measurings")
    page.click(".plan-list h3 a >> nth=0")
    page.wait_for_selector(".round-row")
    page.click("a[href$='/tables']")
    page.wait_for_selector("[name=agreed]")
    look(facilitator.ready(), "tables")
    page.check("[name=agreed]")
    page.click("form[action$='/consent'] button")
    page.wait_for_selector(".notice-good")
    look(facilitator.ready(), "tables, kept")
    bring_in(page, b"\xff\xfe")
    page.wait_for_selector(".error")
    look(facilitator.ready(), "tables, no table")
    bring_in(page, b"person,round,greet\nAn,3,veel\n")
    page.wait_for_selector(".wrong li")
    look(facilitator.ready(), "tables, wrong")
    bring_in(page, b"person,round,greet\nAn,0,12\n")
    page.wait_for_selector(".notice-good")
    look(facilitator.ready(), "tables, in")


def bring_in(page: Page, content: bytes) -> None:
    """Choose this file and send it."""
    page.set_input_files("[name=file]", {"name": "a.csv", "mimeType": "text/csv", "buffer": content})
    page.click("form[enctype] .buttons button")

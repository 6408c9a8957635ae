"""Every part of a meeting, on every surface and in both languages: nothing for axe to find."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select

from cocreate.core.db import session
from cocreate.moments.models import Moment
from cocreate.workshops.rules import StepKind
from cocreate.workshops.service.grouping import make_heading, put_under
from tests.browser.filled import Filled, fill, installed
from tests.browser.looking import look_at
from tests.browser.people import Facilitator, Tablet
from tests.browser.server import Server
from tests.browser.visitors import Hall, open_hall
from tests.factories import make_aside

EMAIL = "antwoorden@example.org"
SHOWN = {  # what comes out of these is shown to the room, and where it stands then
    StepKind.CHECK_IN: ".answers",
    StepKind.CHECK_OUT: ".answers",
    StepKind.STANCES: ".screen-result > *",
    StepKind.REALISM: ".screen-result > *",
}


@pytest.fixture(scope="module")
def filled(server: Server) -> Iterator[Filled]:
    with installed(server.data):
        yield fill(EMAIL)


@pytest.fixture(scope="module")
def neighbours(chromium: Browser, server: Server, filled: Filled) -> Iterator[Hall]:
    with open_hall(chromium, server.url) as hall:
        yield hall


@pytest.mark.timeout(600)
@pytest.mark.parametrize("locale", ["nl-NL", "en-GB"])
def test_nothing_is_found_in_any_part(neighbours: Hall, filled: Filled, locale: str) -> None:
    lead = neighbours.welcome(Facilitator, locale=locale)
    lead.come_back_with(EMAIL)
    lead.workshop_id = str(filled.workshop.id)
    console, screen = lead.open(f"/workshops/{lead.workshop_id}/console"), lead.screen()
    tablet = neighbours.welcome(Tablet, locale=locale).come_in(filled.workshop.code)
    found: dict[str, list[str]] = {}
    for kind in StepKind:
        filled.go_to(kind)
        step = tablet.at(kind)
        look(found, tablet.page, f"stage, {kind}")
        answer_half(found, tablet.page, step, kind)
        expect(console.locator(".now .question")).to_have_text(step.get_attribute("aria-label"))
        look(found, console, f"console, {kind}")
        if kind in SHOWN:
            console.locator('form[action$="/results"] button').click()
            expect(screen.locator(f".screen-step:visible {SHOWN[kind]}").first).to_be_visible()
            look(found, tablet.page, f"stage, {kind}, what came out")
        expect(screen.locator(f".screen-step[data-kind={kind}]")).to_be_visible()
        look(found, screen, f"screen, {kind}")
    assert {name: lines for name, lines in found.items() if lines} == {}


def look(found: dict[str, list[str]], page: Page, name: str) -> None:
    page.bring_to_front()
    found[name] = look_at(page)


def answer_half(found: dict[str, list[str]], page: Page, step: Locator, kind: StepKind) -> None:
    """What shows only once something is chosen, or not chosen."""
    if kind is StepKind.CHECK_IN:
        step.locator("[data-go]").click()
        expect(step.locator(".error")).to_be_visible()
        look(found, page, "stage, nothing tapped")
        step.locator("[name=mood]").nth(1).check(force=True)
        look(found, page, "stage, tapped")
    if kind is StepKind.READ_BACK:
        step.locator("[name=answer][value=not_quite]:visible").check(force=True)
        expect(step.locator("textarea:visible")).to_have_count(1)
        look(found, page, "stage, not quite")


@pytest.mark.timeout(200)
@pytest.mark.parametrize("locale", ["nl-NL", "en-GB"])
def test_nothing_is_found_in_what_opens_there(neighbours: Hall, filled: Filled, locale: str) -> None:
    """Cards under a heading and set aside, what one can do with a card, and the menu of a tablet."""
    filled.go_to(StepKind.MOMENTS)
    first, second, third = session().scalars(select(Moment.id).where(Moment.visibility == "space").limit(3))
    heading = make_heading(filled.lead.viewer, filled.workshop.id, "moment", f"Samen, {locale}")
    for each in (first, second):
        put_under(filled.lead.viewer, filled.workshop.id, "moment", each, heading)
    make_aside(filled.space, filled.workshop, third)
    lead = neighbours.welcome(Facilitator, locale=locale)
    lead.come_back_with(EMAIL)
    console = lead.open(f"/workshops/{filled.workshop.id}/console")
    found: dict[str, list[str]] = {}
    console.locator(".asides > summary").click()
    console.locator("[data-group] details[data-key=more] > summary").first.click()
    look(found, console, "console, under a heading, aside, and what can be done")
    tablet = neighbours.welcome(Tablet, locale=locale).come_in(filled.workshop.code)
    tablet.page.locator(".tablet summary").click()
    look(found, tablet.page, "the menu of a tablet")
    assert {name: lines for name, lines in found.items() if lines} == {}

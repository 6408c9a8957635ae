"""Every part of a meeting, on every surface and in both languages: nothing for axe to find."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from cocreate.workshops.rules import StepKind
from tests.browser.filled import Filled, fill, installed
from tests.browser.looking import look_at
from tests.browser.people import Facilitator, Tablet
from tests.browser.server import Server
from tests.browser.visitors import Hall, open_hall

EMAIL = "antwoorden@example.org"
SHOWN = {  # what comes out of these is shown to the room, and where it stands then
    StepKind.CHECK_IN: ".answers",
    StepKind.CHECK_OUT: ".answers",
    StepKind.STANCES: ".screen-result > *",
    StepKind.REALISM: ".screen-result > *",
}

# The bar stays in sight over what scrolls under it; what it half covers only looks too small to tap.
LET_GO = "document.querySelector('[data-panel=bar]').style.position = 'static'"


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
        console.evaluate(LET_GO)
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

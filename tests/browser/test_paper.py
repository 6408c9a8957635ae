"""Paper: what comes out of the printer, and typing over what was written on it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cocreate.workshops.activities import ACTIVITIES
from tests.browser.filled import Filled, fill, installed
from tests.browser.looking import look_at
from tests.browser.people import Facilitator
from tests.browser.server import Server
from tests.browser.visitors import Hall, open_hall

EMAIL = "papier@example.org"
A4 = 297 - 2 * 14  # mm between the margins
# Each sheet as the printer lays it out: how high it is in millimetres, and what of it is cut off.
SHEETS = """() => [...document.querySelectorAll(".paper-step")].map((sheet) => {
  const box = sheet.getBoundingClientRect();
  const cut = [...sheet.querySelectorAll("p, li, h2, h3, svg, section, .paper-who")].filter((one) => {
    const own = one.getBoundingClientRect();
    return own.bottom > box.bottom + 1 || own.right > box.right + 1 || own.left < box.left - 1;
  });
  const size = (one) => parseFloat(getComputedStyle(one).fontSize);
  const letters = [...sheet.querySelectorAll("p, li")].map(size);
  return { high: box.height * 25.4 / 96, cut: cut.map((one) => one.textContent.slice(0, 40)),
    smallest: Math.min(...letters) * 72 / 96 };
})"""


@pytest.fixture(scope="module")
def filled(server: Server) -> Iterator[Filled]:
    with installed(server.data):
        yield fill(EMAIL)


@pytest.fixture(scope="module")
def office(chromium: Browser, server: Server, filled: Filled) -> Iterator[Hall]:
    with open_hall(chromium, server.url) as hall:
        yield hall


def paper(hall: Hall, filled: Filled, query: str = "", **options: object) -> Page:
    """The page with the sheets, opened by who leads."""
    lead = hall.welcome(Facilitator, **options)
    lead.expect("status of 422")
    lead.come_back_with(EMAIL)
    return lead.open(f"/workshops/{filled.workshop.id}/paper{query}")


def pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_step_prints_as_one_page_and_nothing_is_cut(
    office: Hall, filled: Filled, language: str
) -> None:
    page = paper(office, filled, f"?language={language}")
    assert pages(page.pdf(prefer_css_page_size=True)) == len(ACTIVITIES)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 673, "height": 1000})  # A4 between its margins
    for kind, sheet in zip(ACTIVITIES, page.evaluate(SHEETS), strict=True):
        assert sheet["cut"] == [], kind
        assert sheet["high"] <= A4, kind
        assert sheet["smallest"] >= 9, kind


def test_as_many_pages_as_steps_and_people(office: Hall, filled: Filled) -> None:
    page = paper(office, filled)
    page.fill("#copies", "3")
    page.fill("#first", "10")
    for box in page.locator("[name=part]").all()[2:]:
        box.uncheck(force=True)
    page.click("main form button:not(.primary)")
    page.wait_for_url(re.compile("copies=3"))
    assert pages(page.pdf(prefer_css_page_size=True)) == 2 * 3
    assert (
        page.locator(".paper-step:visible .paper-label b").all_inner_texts() == ["A10"] * 2
    )  # the others are only printed
    expect(page.locator("[data-behavior=printing]")).to_be_visible()


@pytest.mark.parametrize("locale", ["nl-NL", "en-GB"])
def test_typing_over_a_sheet(office: Hall, filled: Filled, locale: str) -> None:
    page = paper(office, filled, locale=locale)
    assert look_at(page) == []
    page.goto(f"{office.url}/workshops/{filled.workshop.id}/paper/entries")
    assert look_at(page) == []
    page.fill("[name=label]", f"A12 {locale}")
    page.locator("[name=voice_id]").first.check(force=True)
    page.click("main form .buttons button")
    page.wait_for_url(re.compile(r"/entries/[0-9a-f-]{36}$"))
    words = f"Met een pen geschreven ({locale})."
    page.click("#moment summary")
    page.fill("#moment-what_happened", words)
    page.check("#moment-visibility-2", force=True)
    page.click("#moment .buttons button")
    expect(page.locator("q")).to_have_text([words])
    page.click("#stance summary")
    page.click("#stance .buttons button")
    expect(page.locator("#stance .error").first).to_be_visible()
    for each in ("#impact", "#indicator", "#realism", "#ballot", "#node"):
        page.locator(f"{each} > summary").click()
    assert look_at(page) == []
    screen = page.context.new_page()
    screen.goto(f"{office.url}/workshops/{filled.workshop.id}/screen")
    assert words in screen.content()  # ticked for the people in this meeting
    page.click("form[action$=withdrawal] button")
    expect(page.locator("q")).to_have_count(0)
    screen.reload()
    assert words not in screen.content()

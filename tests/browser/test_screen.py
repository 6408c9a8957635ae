"""The big screen: read from eight metres on every projector, only what the room may see, never an error."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from cocreate.core.audience import Visibility
from cocreate.core.changes import changing
from cocreate.core.db import session, utcnow
from cocreate.impacts.models import DesiredImpact
from cocreate.impacts.rules import Position
from cocreate.moments.models import Moment
from cocreate.privacy.service import withdraw_contribution
from cocreate.workshops.models import Workshop
from cocreate.workshops.rules import StepKind
from cocreate.workshops.service.grouping import make_heading, put_under
from cocreate.workshops.service.lighting import dim, light
from cocreate.workshops.service.showing import show_result
from cocreate.workshops.service.stage import record
from tests.browser.filled import LONG, SECRET, Filled, fill, installed
from tests.browser.looking import look_at
from tests.browser.people import Facilitator
from tests.browser.server import Server
from tests.browser.visitors import WIFI_ERRORS, Hall, open_hall, wait_until_ready
from tests.factories import make_factor, make_impact, make_member, make_moment, make_stance, make_workshop

SIZES = ((1280, 720), (1920, 1080), (3840, 2160))
SMALLEST = 0.03  # of the height of the picture
EMAIL = "scherm@example.org"
# Words that stand on the picture: how small the smallest are, and which stick out of it or are cut off.
LOOK = """() => {
  const [wide, high] = [innerWidth, innerHeight];
  const isSeen = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("svg, dialog");
  const ownWords = (one) => [...one.childNodes].some((each) => each.nodeType === 3 && each.data.trim());
  const clip = (one) => one.closest(".wall > section, .wall")?.getBoundingClientRect();
  const all = [...document.querySelectorAll(".screen *")].filter((one) => isSeen(one) && ownWords(one));
  const onWall = (one) => !clip(one) || one.getBoundingClientRect().left < clip(one).right - 1;
  const seen = all.filter(onWall).filter((one) => !one.classList.contains("visually-hidden"));
  const out = seen.filter((one) => {
    const box = one.getBoundingClientRect();
    const frame = clip(one) ?? { left: 0, top: 0, right: wide, bottom: high };
    const isWide = box.left < frame.left - 1 || box.right > frame.right + 1;
    return isWide || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
  });
  const smallest = Math.min(...seen.map((one) => parseFloat(getComputedStyle(one).fontSize)));
  const scrolls = document.documentElement.scrollHeight > high || document.documentElement.scrollWidth > wide;
  const words = out.map((one) => one.textContent.trim().slice(0, 60));
  return { smallest: smallest / high, out: words, scrolls, count: seen.length };
}"""


@pytest.fixture(scope="module")
def filled(server: Server) -> Iterator[Filled]:
    with installed(server.data):
        yield fill(EMAIL, prompts={StepKind.OPEN_QUESTION: LONG, StepKind.INDICATORS: LONG})


@pytest.fixture(scope="module")
def beamer(chromium: Browser, server: Server, filled: Filled) -> Iterator[Hall]:
    with open_hall(chromium, server.url) as hall:
        yield hall


def screen_of(hall: Hall, filled: Filled, **options: object) -> Page:
    """The screen, opened by who leads, on a projector of its own."""
    lead = hall.welcome(Facilitator, **{"viewport": {"width": 1280, "height": 720}, **options})
    lead.expect(WIFI_ERRORS)
    lead.come_back_with(EMAIL)
    return lead.open(f"/workshops/{filled.workshop.id}/screen")


@pytest.mark.timeout(300)
@pytest.mark.parametrize("locale", ["nl-NL", "en-GB"])
def test_every_step_fits_and_is_read_from_eight_metres(beamer: Hall, filled: Filled, locale: str) -> None:
    page = screen_of(beamer, filled, locale=locale)
    wrong = {}
    for kind in StepKind:
        filled.go_to(kind)
        expect(page.locator(f".screen-step[data-kind={kind}]")).to_be_visible()
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            found = page.evaluate(LOOK)
            if found["out"] or found["scrolls"] or found["smallest"] < SMALLEST or found["count"] < 3:
                wrong[kind.value, height] = found
    assert wrong == {}


def test_the_same_composition_on_every_projector(beamer: Hall, filled: Filled) -> None:
    filled.go_to(StepKind.MOMENTS)
    page = screen_of(beamer, filled)
    shares = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        box = page.locator(".screen-door .qr").bounding_box()
        title = page.locator("[data-kind=moments] h1").evaluate(
            "(one) => parseFloat(getComputedStyle(one).fontSize)"
        )
        shares.append([round(each, 2) for each in (box["x"] / width, box["width"] / height, title / height)])
    assert shares[0] == shares[1] == shares[2]
    assert shares[0][2] >= 0.06


@pytest.mark.timeout(200)
def test_what_is_lit_what_came_out_and_headings_fit_too(beamer: Hall, filled: Filled) -> None:
    page = screen_of(beamer, filled)
    lead, made = filled.lead, filled.workshop
    room = replace(lead.viewer, workshop_ids=frozenset({made.id}))
    told = sorted(
        session().query(Moment).filter_by(visibility="space"), key=lambda each: -len(each.what_happened)
    )

    def look(name: str) -> None:
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            found = page.evaluate(LOOK)
            assert not found["out"], (name, height, found)
            assert not found["scrolls"], (name, height, found)
            assert found["smallest"] >= SMALLEST, (name, height, found)

    filled.go_to(StepKind.MOMENTS)
    light(room, made.id, "moment", told[0].id)
    expect(page.locator(".screen-lit .card")).to_be_visible()
    look("lit")
    assert "…" not in page.locator(".screen-lit blockquote").inner_text()
    dim(made.space_id, made.id)
    expect(page.locator(".screen-lit")).to_be_hidden()
    for words in ("Samen eten en samen praten", "Elkaar helpen", "Een plek om te zijn"):
        heading = make_heading(lead.viewer, made.id, "moment", words)
        for each in told[:4]:
            put_under(lead.viewer, made.id, "moment", each.id, heading)
        told = told[4:]
    expect(page.locator("[data-kind=moments] .wall-group")).to_have_count(3)
    look("headings")
    filled.go_to(StepKind.STANCES)
    show_result(made.space_id, made.id)
    expect(page.locator(".screen-result .vote").first).to_be_visible()
    look("what came out")
    enough_of_each_voice(filled)
    page.reload()
    expect(page.locator(".screen-result .vote")).to_have_count(4)
    look("what came out of every voice")
    filled.go_to(StepKind.IMPACTS)
    page.reload()
    expect(page.locator("[data-kind=impacts] .wall .impact").first).to_be_visible()
    expect(page.locator("[data-kind=impacts] .wall .stance-text").first).to_be_hidden()
    look("wishes that many people took a stance on")


def enough_of_each_voice(filled: Filled) -> None:
    """So many people that each voice is shown, for as many proposals as one picture holds."""
    people = [
        make_member(filled.space, filled.workshop, voice=voice)
        for voice in ("resident", "youth", "professional", "policymaker") * 12
    ]
    make_impact(people[0], filled.workshop, "Wie hulp nodig heeft, durft het te vragen, en krijgt antwoord.")
    for place, person in enumerate(people):
        for wish in session().scalars(select(DesiredImpact.id)):
            position = Position.OBJECTION if place // 4 % 2 else Position.FOR
            make_stance(
                person, filled.workshop, wish, position, reason="Daarom.", visibility=Visibility.WORKSHOP
            )


def test_only_what_the_room_may_read_is_shown_and_all_of_it_counts(beamer: Hall, filled: Filled) -> None:
    filled.go_to(StepKind.MOMENTS)
    page = screen_of(beamer, filled)
    assert SECRET not in page.content()
    expect(page.locator("[data-kind=moments] .screen-told")).to_have_text("13 told, 12 shown here")


def test_it_follows_the_console_and_its_clock(beamer: Hall, filled: Filled) -> None:
    filled.go_to(StepKind.WELCOME)
    page = screen_of(beamer, filled)
    filled.go_to(StepKind.BREAK)
    expect(page.locator(".screen-step[data-kind=break]")).to_be_visible()
    expect(page.locator("[data-clock]")).to_have_attribute("data-minutes", "15")
    with changing(filled.workshop.space_id) as log:
        workshop = log.session.get_one(Workshop, filled.workshop.id)
        workshop.paused_at = utcnow()
        record(log, workshop, "stage", "paused")
    expect(page.locator(".screen-paused")).to_have_text("Break")
    filled.go_to(StepKind.CHECK_IN)
    expect(page.locator(".screen-paused")).to_have_count(0)


def test_the_keys_and_that_nothing_of_them_is_seen_while_projecting(beamer: Hall, filled: Filled) -> None:
    filled.go_to(StepKind.MOMENTS)
    page = screen_of(beamer, filled)
    tools = page.locator("[data-tools]")
    expect(tools).to_be_hidden()
    page.mouse.move(300, 300)
    page.mouse.move(310, 300)
    expect(tools).to_be_visible()
    expect(tools).to_be_hidden(timeout=8000)
    page.keyboard.press("d")
    night = "rgb(26, 24, 21)"
    expect(page.locator("body")).to_have_css("background-color", night)
    page.reload()
    wait_until_ready(page)
    expect(page.locator("body")).to_have_css("background-color", night)
    assert look_at(page) == []
    page.keyboard.press("d")
    expect(page.locator("body")).not_to_have_css("background-color", night)
    page.set_viewport_size({"width": 1280, "height": 720})
    small = page.locator(".screen-door .qr").bounding_box()["width"]
    page.keyboard.press("q")
    assert page.locator(".screen-door .qr").bounding_box()["width"] > 1.8 * small
    assert page.evaluate(LOOK)["out"] == []
    page.keyboard.press("Escape")
    assert page.locator(".screen-door .qr").bounding_box()["width"] == small
    page.keyboard.press("?")
    expect(page.locator("[data-keys]")).to_be_visible()
    assert look_at(page) == []
    page.uncheck("[data-keys-on]")
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    expect(page.locator("body")).not_to_have_css("background-color", night)


def test_without_a_connection_the_last_picture_stays_and_it_catches_up(
    chromium: Browser, tmp_path: Path
) -> None:
    server = Server(tmp_path)
    server.start()
    try:
        with installed(tmp_path), open_hall(chromium, server.url) as hall:
            filled = fill(EMAIL)
            filled.go_to(StepKind.MOMENTS)
            page = screen_of(hall, filled)
            server.stop()
            lost = page.locator("[data-lost] > span")
            expect(lost).to_be_visible()
            expect(page.locator("[data-kind=moments]")).to_be_visible()
            filled.go_to(StepKind.MAP)
            server.start()
            expect(page.locator("[data-kind=map]")).to_be_visible(timeout=30_000)
            expect(lost).to_be_hidden()
            session.remove()
    finally:
        server.stop()


@pytest.mark.timeout(200)
def test_nothing_is_found_on_the_screen_in_its_states(beamer: Hall, filled: Filled) -> None:
    page = screen_of(beamer, filled)
    found = {}
    for kind in (StepKind.WELCOME, StepKind.MOMENTS, StepKind.MAP, StepKind.MEASURE, StepKind.BREAK):
        filled.go_to(kind)
        expect(page.locator(f".screen-step[data-kind={kind}]")).to_be_visible()
        found[kind.value] = look_at(page)
    assert {kind: lines for kind, lines in found.items() if lines} == {}


def test_what_an_earlier_meeting_named_arrives_goes_large_and_leaves(beamer: Hall, filled: Filled) -> None:
    earlier = make_workshop(filled.space, title="Eerder")
    maker = make_member(filled.space, earlier, filled.workshop)
    words = "Soep van de buurman"
    soup = make_factor(maker, earlier, words)
    filled.go_to(StepKind.FACTORS)
    page = screen_of(beamer, filled)
    lead = beamer.welcome(Facilitator)
    lead.expect(WIFI_ERRORS)
    lead.come_back_with(EMAIL)
    console = lead.open(f"/workshops/{filled.workshop.id}/console")
    arrived = console.locator(f'[data-arrival="{soup}"]')
    expect(arrived).to_have_count(0)
    assert make_factor(maker, filled.workshop, words, make_moment(maker, filled.workshop)) == soup
    expect(arrived).to_have_count(1)
    arrived.locator("[data-key=light]").click()
    large = page.locator(".screen-lit")
    expect(large).to_contain_text(words)
    withdraw_contribution(maker.viewer, "working_factor", soup)
    expect(large).to_be_hidden(timeout=12_000)
    expect(page.get_by_text(words)).to_have_count(0)

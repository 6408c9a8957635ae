"""On the console nothing is out of reach: the time that is left, older cards, and counting what is chosen."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from cocreate.indicators.queries.choosing import choosings_of
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.rules import StepKind, StepSketch
from cocreate.workshops.service import start_workshop
from tests.browser.filled import installed
from tests.browser.looking import look_at
from tests.browser.people import Facilitator, Tablet
from tests.browser.server import Server
from tests.browser.visitors import Hall
from tests.factories import (
    MadeSpace,
    MadeWorkshop,
    Member,
    make_ballot,
    make_impact,
    make_indicator,
    make_member,
    make_moment,
)

KINDS = (
    StepKind.WELCOME,
    StepKind.MOMENTS,
    StepKind.IMPACTS,
    StepKind.INDICATORS,
    StepKind.CHOOSE,
    StepKind.CLOSE,
)
SIGNS = ("Wij worden gebeld.", "Er staat een bankje.", "Niemand lacht ons uit.")
MANY = 65
SIZES = {
    "large": (1280, 800),
    "a phone": (390, 844),
    "low": (1280, 480),
    "at 200 %": (640, 400),
    "at 400 %": (320, 256),
}


@contextmanager
def gathered(hall: Hall, server: Server) -> Iterator[tuple[Facilitator, str, list[Member]]]:
    """Who leads a meeting of these parts, its code, and five people who came in."""
    with installed(server.data):
        lead = hall.welcome(Facilitator).sign_up(f"{uuid.uuid4().hex[:8]}@example.org").open_space()
        agenda = [StepSketch(kind, ACTIVITIES[kind].phase, 20) for kind in KINDS]
        space_id = uuid.UUID(lead.space_id)
        lead.workshop_id = str(start_workshop(space_id, "Donderdagavond", agenda=agenda))
        lead.open(f"/workshops/{lead.workshop_id}/console")
        code = lead.open_doors()
        space = MadeSpace(space_id, None)
        workshop = MadeWorkshop(uuid.UUID(lead.workshop_id), space_id, code, None, {})
        yield lead, code, [make_member(space, workshop) for _ in range(5)]


def meeting_of(lead: Facilitator) -> MadeWorkshop:
    return MadeWorkshop(uuid.UUID(lead.workshop_id), uuid.UUID(lead.space_id), "", None, {})


def number(page: Page, key: str) -> Locator:
    return page.locator(f'[data-only="{key}"] [data-number]')


@pytest.mark.timeout(200)
def test_what_is_left_of_the_whole_stays_in_sight(hall: Hall, server: Server) -> None:
    with gathered(hall, server) as (lead, _code, people):
        lead.go_to("moments")
        for _ in range(8):
            make_moment(people[0], meeting_of(lead))
    console = lead.open(f"/workshops/{lead.workshop_id}/console")
    left = console.locator(".remaining b")
    for width, height in SIZES.values():
        console.set_viewport_size({"width": width, "height": height})
        places = (0, 400, 1200, 100_000)
        for place in places:
            console.evaluate("(place) => scrollTo(0, place)", place)
            expect(left).to_be_in_viewport(ratio=1)
        assert console.evaluate("scrollY") > height / 4, "there was nothing to scroll"
        assert console.evaluate("document.documentElement.scrollWidth <= innerWidth")
    buttons = console.locator("[data-panel=bar] button")
    console.set_viewport_size({"width": 640, "height": 400})
    console.evaluate("scrollTo(0, 100000)")
    expect(buttons.first).not_to_be_in_viewport()  # these may scroll along: there is little room
    assert look_at(console) == []


@pytest.mark.timeout(200)
def test_older_cards_are_counted_and_come_when_asked_for(hall: Hall, server: Server) -> None:
    with gathered(hall, server) as (lead, code, people):
        lead.go_to("moments")
        for _ in range(MANY):
            make_moment(people[0], meeting_of(lead))
    console = lead.open(f"/workshops/{lead.workshop_id}/console")
    cards, older = console.locator("[data-loose] [data-arrival]"), console.locator("[data-older-ones]")
    expect(cards).to_have_count(60)
    expect(older).to_contain_text("5")
    for key in ("", "moment"):
        expect(number(console, key)).to_have_text(str(MANY))
    first = cards.nth(0).get_attribute("data-arrival")
    last = cards.nth(59).get_attribute("data-arrival")
    console.locator(f'[data-arrival="{last}"] details[data-key=more] > summary').click()
    console.locator(f'[data-arrival="{last}"] textarea').fill("half getypt")
    hall.welcome(Tablet).come_in(code).tell_moment("Er kwam er nog een.")
    expect(number(console, "moment")).to_have_text(str(MANY + 1))
    console.locator(f'[data-arrival="{first}"] [data-key=light]').click()
    expect(console.locator(f'[data-arrival="{first}"]')).to_have_class(re.compile("is-lit"))
    expect(console.locator(f'[data-arrival="{last}"] textarea')).to_have_value("half getypt")
    console.locator(f'[data-arrival="{last}"] details[data-key=more] > summary').click()
    before = cards.count()
    older.focus()
    console.keyboard.press("Enter")
    expect(cards).to_have_count(MANY + 1)
    expect(older).to_have_count(0)
    expect(cards.nth(before).locator("[data-key=light]")).to_be_focused()
    console.keyboard.press("Enter")
    expect(cards.nth(before)).to_have_class(re.compile("is-lit"))
    expect(number(console, "moment")).to_have_text(str(MANY + 1))


@pytest.mark.timeout(200)
def test_only_filters_with_something_in_them_are_there(hall: Hall, server: Server) -> None:
    with gathered(hall, server) as (lead, code, _people):
        pass
    console, filters = lead.page, lead.page.locator("[data-only]:visible")
    tablet = hall.welcome(Tablet).come_in(code)
    lead.go_to("moments")
    expect(filters).to_have_count(2)  # all, and the part that is on
    tablet.tell_moment("Mijn buurman bracht soep.")
    lead.go_to("impacts")
    expect(filters).to_have_count(3)
    moment, wish = (console.locator(f"[data-arrival][data-of={kind}]") for kind in ("moment", "impact"))
    expect(moment).to_be_hidden()
    tablet.propose("Iedereen eet mee.")
    expect(wish).to_be_visible()
    console.click('[data-only="moment"]')
    expect(moment).to_be_visible()
    expect(wish).to_be_hidden()
    lead.go_to("welcome")
    expect(filters).to_have_count(3)
    expect(console.locator('[data-only=""]')).to_have_attribute("aria-pressed", "true")
    console.locator('[data-only="moment"]').focus()
    console.keyboard.press("Enter")
    more = moment.locator("details[data-key=more]")
    more.locator("summary").click()
    more.locator("textarea").fill("Hier staat een naam in.")
    console.locator('[data-only="moment"]').focus()
    console.keyboard.press("Enter")
    more.locator("[data-key=aside]").dispatch_event("click")  # the focus stays on the filter
    expect(moment).to_have_count(0)
    expect(number(console, "moment")).to_have_text("0")
    expect(console.locator('[data-only="moment"]')).to_have_attribute("aria-pressed", "true")
    expect(console.locator('[data-only="moment"]')).to_be_focused()
    console.locator('[data-only=""]').click()
    expect(filters).to_have_count(2)
    expect(console.locator('[data-only="moment"]')).to_be_hidden()


@pytest.mark.timeout(200)
def test_a_choice_is_counted_without_leaving_the_clock(hall: Hall, server: Server) -> None:
    with gathered(hall, server) as (lead, code, people):
        tablet, meeting = hall.welcome(Tablet).come_in(code), meeting_of(lead)
        lead.go_to("impacts")
        wish = make_impact(people[0], meeting)
        lead.go_to("indicators")
        signs = [make_indicator(people[0], meeting, wish, words) for words in SIGNS]
        lead.go_to("choose")
        (choosing,) = choosings_of(meeting.space_id)
        for person in people:
            make_ballot(person, choosing.id, signs[2])
    console, screen = lead.page, lead.screen()
    step = tablet.at("choose")
    step.locator("[name=approved]").nth(2).check(force=True)
    step.locator("[data-go]").click()
    expect(console.locator("[data-turnout]")).to_have_text("6 people have chosen")
    expect(console.locator(".now")).not_to_contain_text(SIGNS[2])
    console.bring_to_front()
    console.locator("details[data-keep=count] > summary").click()
    assert look_at(console) == []
    console.locator("[data-press=count]").click()
    expect(console.locator(".now .winners")).to_have_text(re.compile(SIGNS[2]))
    expect(console.locator(".now .timer")).to_be_visible()
    for surface in (screen, tablet.page):
        expect(surface.locator("section:not([hidden]) > * .winners")).to_contain_text(SIGNS[2])
    assert look_at(console) == []


def test_a_form_that_was_sent_is_empty_also_when_the_answer_is_late(hall: Hall, server: Server) -> None:
    with gathered(hall, server) as (lead, _code, _people):
        console = lead.page

    def answer_late(route: Route) -> None:
        answer = route.fetch()
        expect(console.locator("[data-group]")).to_have_count(1)  # all is drawn anew before it comes
        route.fulfill(response=answer)

    console.route("**/headings", answer_late)
    console.click(".new-heading > summary")
    console.fill("[data-key=new-words]", "Samen eten")
    with console.expect_response("**/headings"):
        console.keyboard.press("Enter")
    expect(console.locator(".new-heading")).not_to_have_attribute("open", "")
    expect(console.locator("[data-key=new-words]")).to_have_value("")
    expect(console.locator(".new-heading > summary")).to_be_focused()

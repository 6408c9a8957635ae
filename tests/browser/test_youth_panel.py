"""A youth panel on its own tablets: from the first words to the baseline, and what comes of it."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from cocreate.core.db import utcnow
from tests.browser.people import Facilitator, Tablet
from tests.browser.server import Server
from tests.browser.visitors import Hall

PEOPLE = 6
YOUTH = 1  # the place of this voice at the door
WISH = "Wij beslissen mee over het plein."
SIGNS = ("Wij worden gebeld.", "Er staat een bankje.", "Niemand lacht ons uit.")
ASKED = "Hoe vaak werd je deze maand iets gevraagd over het plein?"
GIVEN = (0, 2, 3, 3, 7, 10)


@pytest.mark.timeout(500)
def test_a_panel_comes_from_first_words_to_a_baseline(hall: Hall, server: Server) -> None:
    lead = hall.welcome(Facilitator, locale="nl-NL").sign_up()
    lead.open_space()
    let_the_panel_own_its_signs(lead)
    tablets = meet_for_the_first_time(hall, lead)
    chosen = choose(lead, tablets)
    sign = make_a_question(lead, tablets, chosen)
    nobody_else_touches_it(lead, sign)
    start_measuring(lead, tablets)
    answer_the_baseline(lead, tablets)
    read_what_came_of_it(lead, tablets, server)


def let_the_panel_own_its_signs(lead: Facilitator) -> None:
    page = lead.open(f"/spaces/{lead.space_id}/composition")
    page.locator("[name^=panel_]").nth(YOUTH).check()
    page.locator("main form .buttons button").click()
    page = lead.open(f"/spaces/{lead.space_id}/indicators")
    page.locator("main details > summary").last.click()
    page.locator("form[action$=openings] button").click()  # they go on at home
    lead.ready()


def meet(lead: Facilitator, title: str) -> str:
    lead.open(f"/spaces/{lead.space_id}/workshops/new")
    lead.page.fill("[name=title]", title)
    lead.page.locator("[name=agenda][value=youth_panel]").check(force=True)
    lead.page.click("main form .buttons button")
    lead.page.wait_for_url("**/console")
    lead.workshop_id = re.search(r"workshops/([^/]+)/console", lead.page.url)[1]
    lead.ready()
    return lead.open_doors()


def go_on(lead: Facilitator, tablets: list[Tablet], kind: str) -> None:
    lead.go_to(kind)
    for tablet in tablets:
        tablet.at(kind)


def meet_for_the_first_time(hall: Hall, lead: Facilitator) -> list[Tablet]:
    code = meet(lead, "Het panel")
    tablets = [hall.welcome(Tablet, locale="nl-NL").come_in(code, YOUTH) for _ in range(PEOPLE)]
    for kind in ("check_in", "impacts"):
        go_on(lead, tablets, kind)
    tablets[0].propose(WISH)
    go_on(lead, tablets, "indicators")
    for sign in SIGNS:
        tablets[0].notice(WISH, sign)
    go_on(lead, tablets, "realism")
    for tablet in tablets:
        step = tablet.at("realism")
        step.locator("[name=answer][value=fair]").check(force=True)
        step.locator("[data-go]").click()
        expect(step.locator("[data-no-checks]")).to_be_visible()
    return tablets


def choose(lead: Facilitator, tablets: list[Tablet]) -> str:
    """One of the panel makes the list, everybody ticks two of three, one counts. Gives what most wanted."""
    page = tablets[1].another(f"/spaces/{lead.space_id}/choosings")
    page.locator("form.sheet [name=title]").fill("Waar beginnen wij mee?")
    page.locator("form.sheet .buttons button").click()
    page.wait_for_url("**/choosings/*")
    page.close()
    go_on(lead, tablets, "choose")
    for place, tablet in enumerate(tablets):
        boxes = tablet.at("choose").locator("[name=approved]")
        expect(boxes).to_have_count(len(SIGNS))
        boxes.nth(place % 2).check(force=True)
        boxes.nth(2).check(force=True)
        tablet.at("choose").locator("[data-go]").click()
        expect(tablet.page.locator("[data-outbox-line]")).to_contain_text("keuze is bewaard")
    page = tablets[1].another(f"/spaces/{lead.space_id}/choosings")
    page.locator("main .card a").first.click()
    page.wait_for_url("**/choosings/*")
    expect(page.locator("[data-turnout] h2")).to_contain_text(str(PEOPLE))
    page.locator("main details > summary").last.click()
    page.locator("form[action$=closing] button").click()
    winner = page.locator(".winners li").first
    expect(winner).to_contain_text(SIGNS[2])
    page.close()
    return SIGNS[2]


def make_a_question(lead: Facilitator, tablets: list[Tablet], sign: str) -> str:
    """Who said it makes a question of it, two others try it, the panel decides. Gives its address."""
    maker, first, second = tablets[0], tablets[1], tablets[2]
    page = maker.open(f"/spaces/{lead.space_id}/indicators")
    page.get_by_role("link", name=sign).click()
    page.wait_for_url(re.compile(r"/indicators/[0-9a-f-]{36}$"))
    path = page.url.removeprefix(maker.url)
    build(maker, path, ASKED, "count", unit="keer")
    for tablet in (first, second):
        page = tablet.open(path)
        expect(page.locator(".on-tablet")).to_contain_text(ASKED)
        page.locator("[name=clear][value=yes]").check(force=True)
        page.locator("[data-tryout-form] .buttons button").click()
        tablet.ready()
    decide(second, path)
    return path


def build(tablet: Tablet, path: str, asked: str, kind: str, unit: str = "") -> None:
    page = tablet.open(f"{path}?kind={kind}")
    form = page.locator("[data-building]")
    form.locator("[name=asked]").fill(asked)
    if unit:
        form.locator("[name=unit]").fill(unit)
    form.locator(".buttons button").click()
    expect(tablet.ready().locator(".on-tablet").first).to_contain_text(asked)


def decide(tablet: Tablet, path: str) -> None:
    page = tablet.open(path)
    page.locator("#h-decide ~ details > summary").click()
    page.locator("[name=decision][value=measure]").check(force=True)
    page.locator("form[action$=decision] .buttons button").click()
    expect(tablet.ready().locator("#h-decide ~ p .badge-good")).to_be_visible()


def nobody_else_touches_it(lead: Facilitator, path: str) -> None:
    """Who leads reads the panel's sign, and finds nothing to change or decide."""
    page = lead.another(path)
    expect(page.locator("h1")).to_have_text(SIGNS[2])
    assert page.locator("form[action$=question], form[action$=decision], [data-building]").count() == 0
    page.close()


def start_measuring(lead: Facilitator, tablets: list[Tablet]) -> None:
    """The panel makes its own questionnaire, and starts."""
    tablet = tablets[3]
    page = tablet.open(f"/spaces/{lead.space_id}/instruments")
    form = page.locator(f"form[action='/spaces/{lead.space_id}/instruments']")
    form.locator("[name=title]").fill("Wij en het plein")
    form.locator("[name=signs]").check(force=True)
    form.locator(".buttons button").click()
    page.wait_for_url(re.compile(r"/instruments/[0-9a-f-]{36}$"))
    page = tablet.open(f"/spaces/{lead.space_id}/measurings")
    form = page.locator(f"form[action='/spaces/{lead.space_id}/measurings']")
    form.locator("[name=instrument_id]").first.check(force=True)
    form.locator("[name=title]").fill("Ons plein")
    form.locator("[name=why]").fill("Wij willen weten of ze ons iets vragen.")
    form.locator("[name=until]").fill((utcnow() + timedelta(days=200)).date().isoformat())
    form.locator(".buttons button").click()
    page.wait_for_url(re.compile(r"/measurings/[0-9a-f-]{36}$"))


def answer_the_baseline(lead: Facilitator, tablets: list[Tablet]) -> None:
    """At the second meeting everybody comes in as who they are, and answers on the stage."""
    lead.open(f"/workshops/{lead.workshop_id}/console")
    code = meet(lead, "Het panel, de tweede keer")
    for tablet in tablets:
        tablet.open("/join")
        tablet.page.fill("[name=code]", code)
        tablet.page.click("main form button.primary")
        tablet.page.wait_for_url("**/door")
        tablet.page.locator("form[action$=attendance] button").click()
        tablet.page.wait_for_url("**/stage")
        tablet.ready()
    for kind in ("check_in", "impacts", "indicators", "realism", "choose", "measure"):
        go_on(lead, tablets, kind)
    for tablet, given in zip(tablets, GIVEN, strict=True):
        step = tablet.at("measure")
        question = step.locator("section[data-item]:not([hidden])")
        expect(question).to_contain_text(ASKED)
        assert question.locator("[name=value]").input_value() == ""  # nothing is filled in beforehand
        question.locator("[name=value]").fill(str(given))
        question.locator("[data-go]").click()
        expect(step.locator("[data-done]")).to_be_visible()
        expect(step.locator("[data-answered] li:not([hidden]) .state-kept")).to_have_count(1)


def read_what_came_of_it(lead: Facilitator, tablets: list[Tablet], server: Server) -> None:
    """Each row once; the own answer for its maker alone; the group's only when the round is closed."""
    rows = server.rows("SELECT value, missing FROM answer")
    assert sorted(int(value) for value, _missing in rows) == sorted(GIVEN)
    own = tablets[4].open(f"/spaces/{lead.space_id}/my-line")
    expect(own.locator("main")).to_contain_text(ASKED)
    page: Page = tablets[4].open(f"/spaces/{lead.space_id}/measurings")
    page.locator("main .plan-list a").first.click()
    page.wait_for_url(re.compile(r"/measurings/[0-9a-f-]{36}$"))
    page.locator("form[action$=closing] button").first.click()
    tablets[4].ready()
    page = tablets[4].open(page.url.removeprefix(tablets[4].url).split("?")[0] + "/figures")
    expect(page.locator("main")).to_contain_text(ASKED)
    expect(page.locator("main")).to_contain_text(f"{PEOPLE} mensen")

"""Several tablets on one map: nothing is lost, everybody ends with the same, and who met somebody is told."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.drawing import AT_WORK, Board, Drawer, make_board, road, stops
from tests.browser.server import Server
from tests.browser.visitors import Hall
from tests.browser.wifi import Wifi

ROAD = ("Voetbaldag", "Regen", "Spelmiddag")
SOON = 8000  # milliseconds; a ring that nobody takes away fades after 20 seconds


@pytest.fixture
def board(server: Server) -> Board:
    return make_board(server, stops(*ROAD), road(*ROAD))


def test_what_one_draws_the_other_sees(hall: Hall, board: Board) -> None:
    one, other = board.seat(hall), board.seat(hall, 1)
    one.opens("Spelmiddag").grow("Samen koken")
    expect(other.stop("Samen koken")).to_have_attribute("data-voice", "voice-resident")
    expect(other.line("Samen koken")).to_be_visible()
    other.opens("Samen koken").grow("Een eigen kookclub")
    expect(one.stop("Een eigen kookclub")).to_have_count(1)
    one.opens("Samen koken").change(state="changed")
    expect(other.stop("Samen koken")).to_have_class(re.compile("changed"))
    assert one.settled().steps() == other.settled().steps()


def test_two_people_on_one_stop_lose_nothing(hall: Hall, board: Board) -> None:
    one, other = board.seat(hall), board.seat(hall, 1)
    other.opens("Regen").panel.locator("[data-act=change]").click()
    form = other.panel.locator("[data-part=change]")
    form.locator("[name=text]").fill("Hagel")
    one.opens("Regen").change(text="Sneeuw").settled()
    expect(other.stop("Sneeuw")).to_have_count(1)
    form.locator(".primary").click()
    expect(other.said).to_contain_text("Sneeuw")
    expect(other.said).to_contain_text("Your words stand now")
    expect(one.said).to_contain_text("Hagel")  # the first is told as well
    one.panel.locator("[data-act=history]").click()
    expect(one.panel.locator("[data-history]")).to_contain_text("Sneeuw")
    assert one.told() == other.told()


@pytest.mark.parametrize(
    ("fields", "others", "told"),
    [
        ({"state": "changed"}, {"state": "dropped"}, ["dropped"]),
        ({"kind": "meaning"}, {"kind": "turning_point"}, ["Turning point"]),
        ({"year": "2023"}, {"year": "2024", "month": "05"}, ["May 2024"]),
        ({"year": "2023"}, {"year": ""}, ["nothing filled in"]),
        ({"text": "Hagel", "note": "Nat"}, {"text": "Sneeuw", "note": "Wit"}, ["Sneeuw", "Wit"]),
        ({"text": "Hagel", "kind": "plan"}, {"text": "Sneeuw", "kind": "actor"}, ["Sneeuw", "Who took part"]),
    ],
)
def test_the_second_at_one_stop_is_told_what_the_first_chose(
    hall: Hall, board: Board, fields: dict[str, str], others: dict[str, str], told: list[str]
) -> None:
    one, other = board.seat(hall), board.seat(hall, 1)
    one.opens("Regen").change(year="2022").settled()
    expect(other.stop("Regen")).to_have_attribute("data-when", "2022")
    finish = other.opens("Regen").begins_to_change(**fields)
    one.change(**others).settled()
    expect(other.stop(others.get("text", "Regen"))).to_have_count(1)
    finish.click()
    for words in told:
        expect(other.said).to_contain_text(f"“{words}”")
    expect(other.said).to_contain_text("stands now" if len(fields) == 1 else "stand now")
    expect(one.said).to_contain_text("Somebody else just changed")  # the first is told as well
    words = fields.get("text", "Regen")
    assert one.settled().facts(words) == other.settled().facts(words)


def test_both_at_one_stop_are_told_whether_it_was_meant(hall: Hall, board: Board) -> None:
    one, other = board.seat(hall), board.seat(hall, 1)
    one.opens("Regen").change(intended=False).settled()
    other.opens("Regen")
    expect(other.panel.locator("[data-about]")).to_contain_text("not meant to happen")
    finish = one.begins_to_change(state="planned")
    other.change(intended=True).settled()
    expect(one.said).to_contain_text("Somebody else just changed “Regen”. Now it says “meant to happen”")
    finish.click()  # only what was planned: they do not meet
    expect(other.said).to_contain_text("Now it says “planned”")
    expect(one.said).not_to_contain_text("at the same moment")


def test_who_did_not_touch_a_stop_is_told_nothing(hall: Hall, board: Board) -> None:
    one, other = board.seat(hall), board.seat(hall, 1)
    one.opens("Regen").change(intended=False, state="dropped").settled()
    expect(other.stop("Regen")).to_have_attribute("data-state", "dropped")
    expect(other.page.locator("[data-said]")).to_be_hidden()


def test_what_is_drawn_without_wifi_is_laid_over_what_came_since(
    hall: Hall, board: Board, wifi: Wifi
) -> None:
    near, far = board.seat(hall), board.seat(hall, 1, url=wifi.url)
    wifi.cut()
    far.opens("Regen").change(state="dropped").grow("De kleedkamer stond open", "what_helped")
    expect(far.said).to_contain_text("kept on this tablet")
    near.opens("Regen").change(text="Wolkbreuk").grow("Naar binnen").settled()
    assert far.told()["Regen"] == "dropped"
    wifi.restore()
    for drawer in (far, near):
        expect(drawer.stop("Wolkbreuk")).to_have_attribute("data-state", "dropped")
        expect(drawer.stop("Naar binnen")).to_have_count(1)
        expect(drawer.stop("De kleedkamer stond open")).to_have_count(1)
    assert far.settled().steps() == near.settled().steps()
    assert far.told() == near.told()
    assert ("De kleedkamer stond open", "made_possible", "Wolkbreuk") in near.steps()


def test_what_waits_is_still_there_after_the_page_was_closed(hall: Hall, board: Board, wifi: Wifi) -> None:
    drawer = board.seat(hall, url=wifi.url)
    drawer.page.route("**/operations", lambda route: route.abort())
    drawer.opens("Spelmiddag").grow("Bijna verloren")
    drawer.again()
    expect(drawer.stop("Bijna verloren")).to_have_count(1)
    drawer.page.unroute("**/operations")
    drawer.again().settled().again()
    assert "Bijna verloren" in drawer.told()


def test_undo_says_why_it_does_nothing(hall: Hall, board: Board) -> None:
    one, other = board.seat(hall), board.seat(hall, 1)
    one.opens("Regen").change(text="Sneeuw").settled()
    expect(other.stop("Sneeuw")).to_have_count(1)
    other.opens("Sneeuw").change(text="Hagel").settled()
    expect(one.stop("Hagel")).to_have_count(1)
    one.page.locator("[data-tool=undo]").click()
    expect(one.said).to_contain_text("It stays as it is")
    expect(one.stop("Hagel")).to_have_count(1)


def test_tidying_reaches_every_tablet(hall: Hall, board: Board) -> None:
    one, other = board.seat(hall), board.seat(hall, 1)
    one.opens("Spelmiddag")
    for word in ("een", "twee", "drie"):
        one.opens("Spelmiddag").grow(word)
    one.settled()
    expect(other.stop("drie")).to_have_count(1)
    one.page.locator("[data-tool=tidy]").click()
    one.settled()
    place = "(stop) => stop.dataset.node + stop.getAttribute('transform')"
    places = f"() => [...document.querySelectorAll('g.node')].map({place}).sort()"
    wanted = one.again().page.evaluate(places)
    other.page.wait_for_function(
        f"(wanted) => JSON.stringify(({places})()) === JSON.stringify(wanted)", arg=wanted
    )


def test_two_stops_that_became_one_do_so_on_every_tablet(hall: Hall, board: Board) -> None:
    one, other = board.seat(hall), board.seat(hall, 1)
    other.opens("Regen")
    one.opens("Spelmiddag").panel.locator("[data-act=merge]").click()
    one.touch("Regen").panel.locator("[data-part=merge] .primary").click()
    expect(other.stop("Regen")).to_have_count(0)
    expect(other.line("Regen")).to_have_count(0)
    expect(other.panel).to_be_hidden()  # the one that it was about went up in the other
    wanted = {("Voetbaldag", "led_to", "Spelmiddag")}
    assert one.settled().steps() == wanted
    other.page.wait_for_function(f"() => {AT_WORK}.model.edges.size === 1")
    assert other.steps() == wanted
    one.page.locator("[data-tool=undo]").click()
    expect(other.stop("Regen")).to_have_count(1)
    other.page.wait_for_function(f"() => {AT_WORK}.model.edges.size === 2")
    assert other.steps() == one.settled().steps() == {*pairs(*ROAD)}


def pairs(*texts: str) -> Iterator[tuple[str, str, str]]:
    return ((a, "led_to", b) for a, b in pairwise(texts))


def test_others_see_at_which_stop_somebody_is(hall: Hall, board: Board) -> None:
    one, other = board.seat(hall), board.seat(hall, 1)
    one.opens("Regen")
    ring = other.page.locator("svg.map .ring-of")
    expect(ring).to_have_class(re.compile("voice-resident"))
    expect(one.page.locator("svg.map .ring-of")).to_have_count(0)
    one.panel.locator("[data-panel-close]").click()
    expect(ring).to_have_count(0)


def test_who_leaves_takes_their_ring_along(hall: Hall, board: Board) -> None:
    one, other = board.seat(hall), board.seat(hall, 1)
    one.opens("Regen")
    ring = other.page.locator("svg.map .ring-of")
    expect(ring).to_have_count(1)
    one.page.goto("about:blank")
    expect(ring).to_have_count(0, timeout=SOON)


def test_who_comes_back_to_a_page_that_was_kept_is_there_again(hall: Hall, board: Board) -> None:
    one, other = board.seat(hall), board.seat(hall, 1)
    one.opens("Regen")
    ring = other.page.locator("svg.map .ring-of")
    expect(ring).to_have_count(1)
    turn = "(name) => dispatchEvent(new PageTransitionEvent(name, { persisted: true }))"
    one.page.evaluate(turn, "pagehide")
    expect(ring).to_have_count(0, timeout=SOON)
    one.page.evaluate(turn, "pageshow")
    expect(ring).to_have_count(1, timeout=SOON)


def test_who_changed_a_stop_is_told_when_somebody_takes_it_away(hall: Hall, board: Board) -> None:
    one, other = board.seat(hall), board.seat(hall, 1)
    other.opens("Regen").change(text="Hagel").settled()
    other.panel.locator("[data-panel-close]").click()
    one.opens("Hagel").panel.locator("[data-act=remove]").click()
    expect(other.stop("Hagel")).to_have_count(0)
    expect(other.said).to_have_text("Somebody else just took “Hagel” off the map.")
    one.page.locator("[data-said-undo]").click()
    expect(other.stop("Hagel")).to_have_count(1)
    expect(other.said).to_be_hidden()  # it is not true any more


def test_what_was_begun_earlier_changes_nothing_but_that(hall: Hall, board: Board) -> None:
    one, other = board.seat(hall), board.seat(hall, 1)
    form = begin_to_change(other, text="Hagel")
    one.opens("Regen").change(state="dropped", note="Alles nat", kind="turning_point", year="2024").settled()
    expect(other.stop("Regen")).to_have_attribute("data-state", "dropped")
    other.again().opens("Regen").panel.locator("[data-act=change]").click()
    expect(other.said).to_contain_text("still here")
    expect(form.locator("[name=text]")).to_have_value("Hagel")
    expect(form.locator("[name=note]")).to_have_value("Alles nat")
    expect(form.locator("[name=state][value=dropped]")).to_be_checked()
    form.locator(".primary").click()
    other.settled()
    expect(one.stop("Hagel")).to_have_count(1)
    other.again()
    stands = f"() => [...{AT_WORK}.model.nodes.values()].find((stop) => stop.text === 'Hagel')"
    told = other.page.evaluate(stands)
    facts = [told[name] for name in ("note", "state", "kind", "when")]
    assert facts == ["Alles nat", "dropped", "turning_point", "2024"]


def test_who_met_somebody_with_words_of_yesterday_is_told_and_so_is_the_other(
    hall: Hall, board: Board
) -> None:
    one, other = board.seat(hall), board.seat(hall, 1)
    form = begin_to_change(other, text="Hagel", year="2023")
    one.opens("Regen").change(text="Sneeuw", note="Een halve meter").settled()
    expect(other.stop("Sneeuw")).to_have_count(1)
    other.again().opens("Sneeuw").panel.locator("[data-act=change]").click()
    expect(form.locator("[name=text]")).to_have_value("Hagel")
    expect(form.locator("[name=year]")).to_have_value("2023")
    form.locator(".primary").click()
    expect(other.said).to_contain_text("Somebody else wrote here at the same moment: “Sneeuw”")
    expect(one.said).to_contain_text("“Hagel”")
    stands = f"() => [...{AT_WORK}.model.nodes.values()].find((stop) => stop.text === 'Hagel')?.note"
    assert other.settled().page.evaluate(stands) == "Een halve meter"


def begin_to_change(drawer: Drawer, **fields: str) -> Locator:
    """Half say “Regen” differently, and look elsewhere; gives the form."""
    drawer.opens("Regen").panel.locator("[data-act=change]").click()
    form = drawer.panel.locator("[data-part=change]")
    for name, value in fields.items():
        form.locator(f"[name={name}]").fill(value)
    drawer.panel.locator("[data-panel-close]").click()
    return form


def test_the_ring_of_somebody_who_left_unseen_goes_after_a_while(hall: Hall, board: Board) -> None:
    one, other = board.seat(hall), board.seat(hall, 1)
    ring = other.page.locator("svg.map .ring-of")
    for each in (one, other):
        each.page.clock.install()
    one.opens("Regen").page.clock.run_for(1_000)
    expect(ring).to_have_count(1)
    for _ in range(3):  # who stays goes on telling
        with one.page.expect_response("**/presence"):
            one.page.clock.run_for(10_000)
        other.page.wait_for_timeout(300)
        other.page.clock.run_for(10_000)
        expect(ring).to_have_count(1)
    one.context.set_offline(True)
    other.page.clock.run_for(25_000)
    expect(ring).to_have_count(0)

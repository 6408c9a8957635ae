"""Drawing with a finger: growing by answering, saying it differently, linking, taking away and back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Route, expect

from tests.browser.drawing import AT_WORK, Board, Drawer, make_board, middle, road, stops
from tests.browser.server import Server
from tests.browser.visitors import Hall

ROAD = ("Voetbaldag", "Regen", "Spelmiddag")
SLOW = 900  # ms; a stop is taken in hand after 600


@pytest.fixture
def board(server: Server) -> Board:
    return make_board(server, stops(*ROAD), road(*ROAD))


@pytest.fixture
def drawer(hall: Hall, board: Board) -> Iterator[Drawer]:
    drawer = board.seat(hall)
    yield drawer
    assert drawer.dialogs == []


def test_an_answer_is_the_next_stop_already_linked(drawer: Drawer) -> None:
    drawer.opens("Spelmiddag").grow("Elf oma's schuiven aan", "what_else", "emerged")
    expect(drawer.panel.locator("[data-panel-words]")).to_have_text("Elf oma's schuiven aan")
    expect(drawer.line("Elf oma's schuiven aan")).to_have_count(1)
    drawer.grow("De kantine bleef open", "what_helped").settled()
    expected = {
        ("Spelmiddag", "inspired", "Elf oma's schuiven aan"),
        ("De kantine bleef open", "made_possible", "Elf oma's schuiven aan"),
    }
    assert expected <= drawer.steps()
    drawer.again()
    assert expected <= drawer.steps()
    assert drawer.told()["Elf oma's schuiven aan"] == "emerged"


def test_a_new_beginning_hangs_on_nothing(drawer: Drawer) -> None:
    drawer.page.locator(".map-tools [data-tool=begin]").click()
    form = drawer.panel.locator("[data-part=grow]")
    form.locator(".primary").click()
    expect(form.locator("[data-error]")).to_be_visible()  # a few words are needed
    form.locator("textarea").fill("Een andere weg")
    form.locator(".primary").click()
    drawer.settled().again()
    assert "Een andere weg" in drawer.told()
    assert len(drawer.steps()) == len(ROAD) - 1


def test_a_stop_is_said_differently(drawer: Drawer) -> None:
    drawer.opens("Regen")
    drawer.change(
        text="Het goot", state="emerged", kind="turning_point", year="2024", month="05", note="Alles nat."
    )
    expect(drawer.stop("Het goot")).to_have_attribute("data-state", "emerged")
    expect(drawer.line("Het goot")).to_be_visible()
    drawer.settled().again().opens("Het goot")
    expect(drawer.panel.locator("[data-note]")).to_have_text("Alles nat.")
    expect(drawer.panel.locator("[data-about]")).to_contain_text("May 2024")
    drawer.change(day="12")
    expect(drawer.panel.locator("[data-about]")).to_contain_text("12 May 2024")


def test_whether_it_was_meant_to_happen_is_kept(drawer: Drawer) -> None:
    about = drawer.panel.locator("[data-about]")
    for meant in (False, True):
        drawer.opens("Regen").change(intended=meant)
        drawer.settled().again().opens("Regen")
        assert drawer.facts("Regen")["intended"] is meant
        expect(about).to_contain_text("What happened")
        assert ("not meant to happen" in about.inner_text()) is not meant


def test_two_stops_are_linked_by_touching_both(drawer: Drawer) -> None:
    drawer.opens("Voetbaldag").panel.locator("[data-act=connect]").click()
    drawer.touch("Voetbaldag")
    expect(drawer.said).to_contain_text("same stop")
    drawer.touch("Spelmiddag")
    form = drawer.panel.locator("[data-part=link]")
    form.locator("[value=turned_into]").check()
    expect(form.locator(".panel-sentence")).to_contain_text("Voetbaldag turned into Spelmiddag")
    form.locator(".primary").click()
    assert ("Voetbaldag", "turned_into", "Spelmiddag") in drawer.settled().steps()
    link = drawer.panel.locator("[data-steps] li", has_text="turned into")
    link.locator("[data-edge]").click()
    form.locator("[data-link-swap]").click()
    form.locator(".primary").click()
    drawer.settled().again()
    assert ("Spelmiddag", "turned_into", "Voetbaldag") in drawer.steps()
    assert ("Voetbaldag", "turned_into", "Spelmiddag") not in drawer.steps()


def test_a_link_is_turned_round_and_back_in_one_go(drawer: Drawer) -> None:
    before = drawer.steps()
    drawer.opens("Regen").panel.locator("[data-steps] [data-edge]").first.click()
    drawer.panel.locator("[data-link-swap]").click()
    drawer.panel.locator("[data-part=link] [value=hindered]").check()
    drawer.panel.locator("[data-part=link] .primary").click()
    expect(drawer.said).to_contain_text("The link is changed")
    turned = {("Regen", "hindered", "Voetbaldag"), ("Regen", "led_to", "Spelmiddag")}
    assert drawer.steps() == drawer.settled().again().steps() == turned
    drawer.page.locator("[data-tool=undo]").click()
    drawer.page.wait_for_function(f"() => {AT_WORK}.model.edges.size === 2")
    assert drawer.settled().again().steps() == before
    drawer.page.locator("[data-tool=redo]").click()
    assert drawer.settled().again().steps() == turned


def test_what_was_done_to_a_link_is_undone_where_it_is_told(drawer: Drawer) -> None:
    before = drawer.steps()
    for change in ("[data-link-swap]", "[value=meant]", "[data-link-cut]"):
        drawer.opens("Voetbaldag").panel.locator("[data-steps] [data-edge]").click()
        drawer.panel.locator(f"[data-part=link] {change}").click()
        if change != "[data-link-cut]":
            drawer.panel.locator("[data-part=link] .primary").click()
        assert drawer.steps() != before
        drawer.page.locator("[data-said-undo]").click()
        drawer.settled()
        drawer.page.wait_for_function(f"() => {AT_WORK}.model.edges.size === 2")
        assert drawer.steps() == before, change


def test_a_link_is_taken_away(drawer: Drawer) -> None:
    drawer.opens("Voetbaldag").panel.locator("[data-steps] [data-edge]").click()
    drawer.panel.locator("[data-link-cut]").click()
    expect(drawer.panel.locator("[data-has-steps]")).to_be_hidden()
    drawer.settled().again()
    assert drawer.steps() == {("Regen", "led_to", "Spelmiddag")}


def test_what_is_taken_away_comes_back(drawer: Drawer) -> None:
    drawer.opens("Regen").panel.locator("[data-act=remove]").click()
    expect(drawer.stop("Regen")).to_have_count(0)
    expect(drawer.line("Regen")).to_have_count(0)
    expect(drawer.line("Spelmiddag")).to_be_visible()  # what hung on it stays
    drawer.page.locator("[data-said-undo]").click()  # while the first may still be on its way
    expect(drawer.stop("Regen")).to_have_count(1)
    drawer.settled().opens("Regen").panel.locator("[data-act=remove]").click()
    drawer.settled().page.locator("[data-tool=removed]").click()
    drawer.panel.locator("[data-restore=node]").click()
    expect(drawer.stop("Regen")).to_have_count(1)
    drawer.settled()


def test_earlier_words_come_back_out_of_the_history(drawer: Drawer) -> None:
    drawer.opens("Regen").change(text="Sneeuw").settled()
    drawer.panel.locator("[data-act=history]").click()
    drawer.panel.locator("[data-restore=text]").first.click()
    expect(drawer.panel.locator("[data-panel-words]")).to_have_text("Regen")


def test_doubles_become_one(drawer: Drawer) -> None:
    drawer.opens("Spelmiddag").panel.locator("[data-act=merge]").click()
    drawer.touch("Regen")
    form = drawer.panel.locator("[data-part=merge]")
    expect(form.locator("[data-merge-goes]")).to_have_text("Regen")
    form.locator(".primary").click()
    expect(drawer.stop("Regen")).to_have_count(0)
    assert drawer.settled().steps() == {("Voetbaldag", "led_to", "Spelmiddag")}


def test_own_work_is_seen_before_the_server_answers(drawer: Drawer) -> None:
    held: list[Route] = []
    drawer.page.route("**/operations", lambda route: held.append(route))  # noqa: PLW0108 (it is looked into)
    drawer.opens("Spelmiddag").grow("Meteen te zien").change(text="Nog steeds meteen")
    expect(drawer.stop("Nog steeds meteen")).to_have_class(
        "node kind-event happened is-provisional is-selected"
    )
    expect(drawer.line("Nog steeds meteen")).to_be_visible()
    assert len(held) == 1  # the second waits for its turn
    held.pop().continue_()
    drawer.page.unroute("**/operations")
    drawer.settled()


def test_a_half_typed_answer_waits_while_somebody_looks_elsewhere(drawer: Drawer) -> None:
    drawer.opens("Spelmiddag").panel.locator("[data-ask=what_next]").click()
    field = drawer.panel.locator("[data-part=grow] textarea")
    field.fill("Toen kwam")
    drawer.opens("Regen").opens("Spelmiddag")
    drawer.panel.locator("[data-ask=what_meant]").click()
    expect(field).to_have_value("")
    drawer.panel.locator("[data-part=grow] [data-part-back]").click()
    drawer.panel.locator("[data-ask=what_next]").click()
    expect(field).to_have_value("Toen kwam")
    expect(drawer.said).to_contain_text("still here")


def test_a_half_typed_answer_is_still_there_when_the_page_comes_back(drawer: Drawer) -> None:
    drawer.opens("Spelmiddag").panel.locator("[data-ask=what_next]").click()
    field = drawer.panel.locator("[data-part=grow] textarea")
    field.press_sequentially("Toen kwam")
    drawer.again().opens("Spelmiddag").panel.locator("[data-ask=what_next]").click()
    expect(field).to_have_value("Toen kwam")
    drawer.panel.locator("[data-part=grow] .primary").click()
    drawer.settled().again().opens("Spelmiddag").panel.locator("[data-ask=what_next]").click()
    expect(field).to_have_value("")


def test_what_a_stop_has_to_do_with_stays_when_it_is_changed(hall: Hall, server: Server) -> None:
    board = make_board(server, stops(*ROAD), road(*ROAD), told={"moment": "Samen soep gegeten"})
    drawer, other = board.seat(hall), board.seat(hall, 1)
    drawer.opens("Regen").panel.locator("[data-act=refer]").click()
    drawer.panel.locator("[data-subject-id]").click()
    other.opens("Regen")
    for each in (drawer, other):
        expect(each.panel.locator("[data-references]")).to_contain_text("Samen soep gegeten")
    other.change(text="Het goot")
    expect(drawer.panel.locator("[data-panel-words]")).to_have_text("Het goot")
    expect(drawer.panel.locator("[data-references]")).to_contain_text("Samen soep gegeten")
    drawer.panel.locator("[data-unrefer]").click()
    expect(other.panel.locator("[data-references]")).to_be_hidden()


def test_a_stop_is_put_elsewhere_by_hand(drawer: Drawer) -> None:
    drawer.opens("Regen")
    page = drawer.page
    x, y = middle(drawer.stop("Regen"))
    before = drawer.stop("Regen").get_attribute("transform")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 5, y + 5)  # a hand that shakes drags nothing
    assert drawer.stop("Regen").get_attribute("transform") == before
    page.mouse.move(x + 40, y + 140, steps=4)
    page.mouse.up()
    now = drawer.settled().stop("Regen").get_attribute("transform")
    assert now != before
    drawer.again()
    assert drawer.stop("Regen").get_attribute("transform") == now


@pytest.mark.parametrize("place", [0, 1])
def test_a_slow_press_opens_a_stop_as_a_tap_does(hall: Hall, board: Board, place: int) -> None:
    drawer = board.seat(hall, place)
    before = drawer.stop("Regen").get_attribute("transform")
    press(drawer, *middle(drawer.stop("Regen")))
    expect(drawer.panel.locator("[data-panel-words]")).to_have_text("Regen")
    expect(drawer.page.locator(".is-held")).to_have_count(0)
    assert drawer.stop("Regen").get_attribute("transform") == before
    assert drawer.page.evaluate(f"{AT_WORK}.model.pending") == []
    drawer.panel.locator("[data-act=connect]").click()
    press(drawer, *middle(drawer.stop("Spelmiddag")))  # nor does choosing need haste
    expect(drawer.panel.locator("[data-part=link]")).to_be_visible()


def test_a_slow_press_that_trembles_opens_the_stop_under_it(drawer: Drawer) -> None:
    box = drawer.stop("Regen").locator(".outline").first.bounding_box()
    assert box
    press(drawer, box["x"] + 2, box["y"] + box["height"] / 2, wander=-12)
    expect(drawer.panel.locator("[data-panel-words]")).to_have_text("Regen")


def test_a_slow_press_beside_all_stops_closes_the_panel(drawer: Drawer) -> None:
    drawer.opens("Regen")
    frame = drawer.page.locator("[data-frame]").bounding_box()
    assert frame
    press(drawer, frame["x"] + 20, frame["y"] + 20)
    expect(drawer.panel).to_be_hidden()


def press(drawer: Drawer, x: float, y: float, wander: float = 0) -> None:
    """Put a finger down, take your time, and lift it."""
    send = drawer.context.new_cdp_session(drawer.page).send
    down = [{"x": x, "y": y}]
    send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": down})
    drawer.page.wait_for_timeout(SLOW)
    if wander:
        send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x + wander, "y": y}]})
    send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_participant_takes_away_only_their_own(hall: Hall, board: Board) -> None:
    drawer = board.seat(hall, 1)
    drawer.opens("Regen")
    expect(drawer.panel.locator("[data-act=remove]")).to_be_hidden()
    expect(drawer.panel.locator("[data-act=merge]")).to_have_count(0)
    drawer.grow("Van mij")
    expect(drawer.panel.locator("[data-act=remove]")).to_be_visible()


def test_what_is_refused_without_words_is_told_and_not_tried_for_ever(hall: Hall, board: Board) -> None:
    drawer = board.seat(hall, 1).opens("Regen")
    drawer.expect(r"404 \(NOT FOUND\)")
    drawer.page.evaluate(f"() => {{ const bench = {AT_WORK}; bench.remove(bench.selected); }}")
    expect(drawer.said).to_contain_text("could not be kept")
    expect(drawer.stop("Regen")).to_have_count(1)
    drawer.page.wait_for_function(f"async () => !(await {AT_WORK}.operations.waiting()).length")

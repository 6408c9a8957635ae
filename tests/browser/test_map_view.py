"""Looking at a map: readable at once, touched with a large finger, moved without drawing it anew."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drawing import AT_WORK, Board, Drawer, make_board, middle, road, stops
from tests.browser.looking import look_at
from tests.browser.server import Server
from tests.browser.visitors import Hall

FEW = ("Een", "Twee", "Drie")
MANY = tuple(f"Nummer {number}" for number in range(60))
READABLE = 12  # css px
IN_SIGHT = """(stop) => {
  const [box, room] = [stop, stop.closest("[data-frame]")].map((each) => each.getBoundingClientRect());
  return box.left >= room.left && box.right <= room.right && box.top >= room.top && box.bottom <= room.bottom;
}"""
WATCH = """() => {
  globalThis.changed = [];
  const watch = { attributes: true, childList: true, subtree: true, characterData: true };
  const classOf = ({ className }) => className.baseVal ?? className;
  const name = ({ target, attributeName }) => `${classOf(target)} ${attributeName}`;
  const hear = new MutationObserver((found) => changed.push(...found.map(name)));
  hear.observe(document.querySelector("[data-frame]"), watch);
}"""
SMALLEST = """() => {
  const texts = [...document.querySelectorAll("svg.map text")];
  const scale = document.querySelector("svg.map").getScreenCTM().a;
  return scale * Math.min(...texts.map((text) => parseFloat(getComputedStyle(text).fontSize)));
}"""


@pytest.fixture(scope="module")
def few(server: Server) -> Board:
    return make_board(server, stops(*FEW), road(*FEW))


@pytest.fixture(scope="module")
def many(server: Server) -> Board:
    return make_board(server, stops(*MANY), road(*MANY))


def test_a_small_map_is_seen_whole(hall: Hall, few: Board) -> None:
    drawer = few.seat(hall)
    for words in FEW:
        assert drawer.stop(words).evaluate(IN_SIGHT), words


@pytest.mark.parametrize("width", [1280, 1024, 390])
def test_a_large_map_opens_readable_at_its_beginning(hall: Hall, many: Board, width: int) -> None:
    drawer = many.seat(hall, viewport={"width": width, "height": 800})
    assert drawer.page.evaluate(SMALLEST) >= READABLE
    assert drawer.stop("Nummer 0 ").evaluate(IN_SIGHT)
    drawer.page.locator("[data-tool=fit]").click()
    drawer.page.wait_for_function(f"() => {AT_WORK}.view.scale < 0.6")


@pytest.mark.parametrize("scale", [0.3, 1.0, 2.0])
def test_a_finger_may_miss_by_twenty_px_at_every_size(hall: Hall, few: Board, scale: float) -> None:
    drawer = few.seat(hall)
    page = drawer.page
    page.evaluate(f"(scale) => {AT_WORK}.view.zoom(scale / {AT_WORK}.view.scale)", scale)
    page.wait_for_function(
        "(scale) => Math.abs(document.querySelector('svg.map').getScreenCTM().a - scale) < 0.01", arg=scale
    )
    box = drawer.stop("Twee").locator(".outline").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"]
    half_a_line = 2 * scale + 1
    page.touchscreen.tap(x, y - 30)
    expect(drawer.panel).to_be_hidden()
    page.touchscreen.tap(x, y + half_a_line - 20)
    expect(drawer.panel.locator("[data-panel-words]")).to_have_text("Twee")


def test_moving_the_map_draws_nothing_anew(hall: Hall, many: Board) -> None:
    drawer = many.seat(hall, has_touch=False)
    page = drawer.page
    page.wait_for_function("() => !document.querySelector('.map-pane').matches('.is-moving')")
    before = page.evaluate("document.querySelector('.map-pane').style.transform")
    page.evaluate(WATCH)
    drag(page)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    page.wait_for_function("() => !document.querySelector('.map-pane').matches('.is-moving')")
    assert page.evaluate("document.querySelector('.map-pane').style.transform") != before
    changes = page.evaluate("changed")
    assert {change.rpartition(" ")[2] for change in changes} <= {"style", "class"}
    # The paper in the pane is drawn sharp once, when it rests; never a stop or a step.
    assert all(change.startswith(("map-pane", "map-paper")) for change in changes if change.endswith("style"))
    assert sum(change.startswith("map-paper") for change in changes) <= 2
    assert sum(change.endswith("class") for change in changes) < len(MANY) * 2


def drag(page: Page) -> None:
    """From the middle of the map, to where nothing is."""
    box = page.locator("[data-frame]").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, min(box["y"] + box["height"], 720) - 20
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 150, y - 40, steps=5)
    page.mouse.up()


def test_two_fingers_bring_it_nearer_around_themselves(hall: Hall, few: Board) -> None:
    drawer = few.seat(hall)
    page = drawer.page
    x, y = middle(drawer.stop("Twee"))
    before = page.evaluate(f"{AT_WORK}.view.scale")
    send = drawer.context.new_cdp_session(page).send

    def fingers(kind: str, apart: float) -> None:
        points = [{"x": x - apart, "y": y, "id": 0}, {"x": x + apart, "y": y, "id": 1}]
        send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [] if kind == "touchEnd" else points})

    fingers("touchStart", 40)
    for apart in (50, 60, 80):
        fingers("touchMove", apart)
    fingers("touchEnd", 80)
    page.wait_for_function(f"(before) => {AT_WORK}.view.scale > 1.7 * before", arg=before)
    there = middle(drawer.stop("Twee"))
    assert abs(there[0] - x) < 3
    assert abs(there[1] - y) < 3
    expect(drawer.panel).to_be_hidden()


def test_the_panel_is_for_everybody(hall: Hall, few: Board) -> None:
    drawer = few.seat(hall, has_touch=False)
    drawer.line("Twee").click()
    for part in ("main", "change", "grow"):
        if part == "change":
            drawer.panel.locator("[data-act=change]").click()
        if part == "grow":
            drawer.panel.locator("[data-part=change] [data-part-back]").click()
            drawer.panel.locator("[data-ask=what_next]").click()
        assert look_at(drawer.page) == [], part


def test_who_may_not_draw_reads_the_same(hall: Hall, server: Server) -> None:
    board = make_board(server, stops(*FEW), road(*FEW))
    leader = board.seat(hall, has_touch=False)
    leader.page.locator("summary", has_text="For who leads").click()
    leader.page.locator("button", has_text="Close it between meetings").click()
    reader: Drawer = board.seat(hall, 1)
    reader.opens("Twee")
    expect(reader.panel.locator("[data-ask]")).to_have_count(0)
    expect(reader.page.locator("[data-tool=undo]")).to_have_count(0)
    assert look_at(reader.page) == []

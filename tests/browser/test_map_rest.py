"""What waits out of sight when a large map opens: piece by piece, at once when asked for, and never lost."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drawing import AT_WORK, Board, Drawer, make_board
from tests.browser.server import Server
from tests.browser.visitors import Hall
from tests.trajectories.winding import winding

COUNT = 300
PIECE = 40  # as static/js/map/rest.js brings them
# A browser that rests only when the test says so.
NEVER_IDLE = """
globalThis.waiting = [];
globalThis.requestIdleCallback = (work) => waiting.push(work);
"""
REST_ONCE = "() => waiting.splice(0).forEach((work) => work())"
COUNTED = """() => {
  const all = [...document.querySelectorAll("svg.map :is(.node, .edge)")];
  const ids = new Set(all.map(({ dataset }) => dataset.node ?? dataset.edge));
  return { all: all.length, seen: all.filter((each) => each.getClientRects().length).length, once: ids.size };
}"""
EDGES = f"{AT_WORK}.model.edges.size"
IN_PICTURE = "document.querySelector(`svg.map [data-node='${id}']`)"
FAR = f"[...{AT_WORK}.model.nodes.keys()].filter((id) => !{IN_PICTURE})"
IN_FRAME = """(id) => {
  const stop = document.querySelector(`svg.map [data-node="${id}"]`);
  const frame = document.querySelector("[data-frame]").getBoundingClientRect();
  const { left, right, top, bottom, width } = stop.getBoundingClientRect();
  return width > 0 && left < frame.right && right > frame.left && top < frame.bottom && bottom > frame.top;
}"""
AT_REST = "() => !document.querySelector('.map-pane').matches('.is-moving, .is-gliding')"
EDIT = f"([id, text]) => {AT_WORK}.operations.do('edit', {{ node_id: id, set: {{ text }}, was: {{}} }})"
PAN_TO = f"""(id) => {{
  const {{ view, model, frame }} = {AT_WORK};
  const [{{ x, y }}, {{ left, top }}] = [model.nodes.get(id), frame.getBoundingClientRect()];
  const [clientX, clientY] = [left + frame.clientWidth / 2, top + frame.clientHeight / 2];
  const middle = view.point({{ clientX, clientY }});
  view.pan((middle.x - x) * view.scale, (middle.y - y) * view.scale);
}}"""


@pytest.fixture(scope="module")
def board(server: Server) -> Board:
    return make_board(server, *winding(COUNT, 3))


@pytest.fixture
def drawer(hall: Hall, board: Board) -> Iterator[Drawer]:
    """Somebody with a map that has just opened."""
    drawer = hall.welcome(
        Drawer, has_touch=True, reduced_motion="reduce", viewport={"width": 1280, "height": 800}
    )
    drawer.context.add_cookies([board.cookies[0]])
    drawer.context.add_init_script(NEVER_IDLE)
    drawer.open(board.path)
    return drawer


def counted(page: Page) -> dict[str, int]:
    return page.evaluate(COUNTED)  # type: ignore[no-any-return]


def far_end(page: Page) -> Any:
    """The stop that is furthest away among those that wait."""
    return page.evaluate(
        f"{FAR}.sort((a, b) => {AT_WORK}.model.nodes.get(b).x - {AT_WORK}.model.nodes.get(a).x)[0]"
    )


def test_it_comes_piece_by_piece_until_all_is_there(drawer: Drawer) -> None:
    page = drawer.page
    before = counted(page)
    total = COUNT + page.evaluate(EDGES)
    assert before["all"] == before["once"] == before["seen"]
    assert 0 < before["seen"] < total - PIECE
    seen = [before["seen"]]
    while page.evaluate("waiting.length"):
        page.evaluate(REST_ONCE)
        seen.append(counted(page)["seen"])
    pieces = [after - before for before, after in pairwise(seen)]
    assert all(0 < piece <= PIECE for piece in pieces)
    assert counted(page) == dict.fromkeys(("all", "seen", "once"), total)
    expect(page.locator("svg.map .far, noscript[data-rest]")).to_have_count(0)


def test_it_is_on_paper_whether_it_came_or_not(drawer: Drawer) -> None:
    page = drawer.page
    page.emulate_media(media="print")
    expect(page.locator("noscript[data-rest]")).to_have_count(0)
    assert counted(page) == dict.fromkeys(("all", "seen", "once"), COUNT + page.evaluate(EDGES))


def test_the_words_come_when_nobody_waits_for_anything(drawer: Drawer) -> None:
    rows = drawer.page.locator(".outline li[data-subject]")
    expect(rows).to_have_count(0)
    drawer.page.evaluate(REST_ONCE)
    expect(rows).to_have_count(COUNT)


def test_who_opens_a_stop_finds_it_in_the_words_at_once(drawer: Drawer) -> None:
    page = drawer.page
    stop = page.evaluate("document.querySelector('svg.map .node').dataset.node")
    page.evaluate(f"(id) => {AT_WORK}.select(id)", stop)
    expect(page.locator(f".outline [data-stop='{stop}']")).to_have_attribute("aria-pressed", "true")


def test_without_scripts_all_of_it_is_there_once(hall: Hall, board: Board) -> None:
    drawer = hall.welcome(Drawer, java_script_enabled=False, viewport={"width": 1280, "height": 800})
    drawer.context.add_cookies([board.cookies[0]])
    page = drawer.page
    page.goto(drawer.url + board.path)
    pictures = page.locator(".map-paper svg.map")
    expect(pictures).to_have_count(2)
    expect(pictures.first).to_be_hidden()
    expect(pictures.last).to_be_visible()
    expect(pictures.last.locator(".node")).to_have_count(COUNT)
    expect(page.locator(".outline li[data-subject]")).to_have_count(COUNT)


def test_who_goes_to_a_stop_that_waits_sees_it(drawer: Drawer) -> None:
    page = drawer.page
    page.evaluate(REST_ONCE)  # the words are there
    stop = far_end(page)
    page.locator(f".outline [data-stop='{stop}']").dispatch_event("click")
    page.wait_for_function(AT_REST)
    assert page.evaluate(IN_FRAME, stop)
    assert counted(page) == dict.fromkeys(("all", "seen", "once"), COUNT + page.evaluate(EDGES))


@pytest.mark.parametrize("tool", ["fit", "out"])
def test_who_looks_from_further_away_sees_all(drawer: Drawer, tool: str) -> None:
    page = drawer.page
    page.locator(f"[data-tool={tool}]").click()
    assert counted(page) == dict.fromkeys(("all", "seen", "once"), COUNT + page.evaluate(EDGES))


def test_who_moves_the_map_there_finds_it(drawer: Drawer) -> None:
    page = drawer.page
    stop = far_end(page)
    page.evaluate(PAN_TO, stop)
    page.wait_for_function(AT_REST)
    while page.evaluate("waiting.length"):
        page.evaluate(REST_ONCE)
    assert page.evaluate(IN_FRAME, stop)


def test_what_changes_while_it_waits_comes_once_and_as_it_is(drawer: Drawer) -> None:
    page = drawer.page
    stop = far_end(page)
    total = COUNT + page.evaluate(EDGES)
    page.evaluate(EDIT, [stop, "Nu heet het zo"])
    page.evaluate(REST_ONCE)
    drawer.settled()
    while page.evaluate("waiting.length"):
        page.evaluate(REST_ONCE)
    assert counted(page) == dict.fromkeys(("all", "seen", "once"), total)
    expect(drawer.stop("Nu heet het zo")).to_have_count(1)

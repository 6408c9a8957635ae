"""What is touched on a large map when somebody moves it or changes it: counted, never timed."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from cocreate.core.db import new_id
from tests.browser.drawing import AT_WORK, COMPLETE, Board, Drawer, make_board
from tests.browser.server import Server
from tests.browser.visitors import open_hall
from tests.trajectories.winding import winding

COUNT = 500
# Each place that was touched: of a stop or a line its id, of anything else what it is called.
WATCH = """() => {
  globalThis.touched = new Set();
  const own = (place) => {
    const { node, edge } = place.closest?.("[data-node], [data-edge]")?.dataset ?? {};
    return node ?? edge ?? place.getAttribute?.("class")?.split(" ")[0] ?? place.nodeName;
  };
  const hear = ({ target, addedNodes, removedNodes }) =>
    [target, ...addedNodes, ...removedNodes].forEach((place) => touched.add(own(place)));
  const watch = { attributes: true, childList: true, subtree: true, characterData: true };
  globalThis.watching?.disconnect();
  globalThis.watching = new MutationObserver((found) => found.forEach(hear));
  watching.observe(document.querySelector("[data-frame]"), watch);
}"""
TOUCHED = "() => { watching.takeRecords(); return [...touched]; }"
PAN = f"""async ([dx, dy, count]) => {{
  for (let step = 0; step < count; step += 1) {{
    {AT_WORK}.view.pan(dx, dy);
    await new Promise(requestAnimationFrame);
  }}
}}"""
AT_REST = "() => !document.querySelector('.map-pane').matches('.is-moving, .is-gliding')"
DO = f"([verb, fields]) => {AT_WORK}.operations.do(verb, fields)"
AT = f"(id) => {AT_WORK}.model.edgesAt(id).map((edge) => edge.id)"
IDS = f"[...{AT_WORK}.model.nodes.keys()]"
LAYERS = {"nodes", "edges", "presence", "map"}  # where stops and lines stand, and who is there


@pytest.fixture(scope="module")
def board(server: Server) -> Board:
    return make_board(server, *winding(COUNT, 3))


@pytest.fixture(scope="module")
def drawer(chromium: Browser, server: Server, board: Board) -> Iterator[Drawer]:
    """One large map for all that is tried here, complete and at rest."""
    with open_hall(chromium, server.url) as hall:
        drawer = board.seat(hall)
        rests(drawer.page)
        yield drawer


def rests(page: Page) -> None:
    page.wait_for_function(COMPLETE)
    page.wait_for_function(AT_REST)
    page.evaluate("document.fonts.ready")


def touched(page: Page) -> set[str]:
    return set(page.evaluate(TOUCHED))


def do(drawer: Drawer, verb: str, **fields: Any) -> None:
    """Do this, and wait until it has been to the server and back."""
    drawer.page.evaluate(DO, [verb, fields])
    drawer.settled()


@pytest.fixture
def layouts(drawer: Drawer) -> Iterator[Callable[[], int]]:
    """How often this page was laid out so far."""
    devtools = drawer.context.new_cdp_session(drawer.page)
    devtools.send("Performance.enable")

    def count() -> int:
        told = devtools.send("Performance.getMetrics")["metrics"]
        return int({each["name"]: each["value"] for each in told}["LayoutCount"])

    yield count
    devtools.detach()


def test_moving_the_map_lays_nothing_out_and_touches_the_sheet_only(
    drawer: Drawer, layouts: Callable[[], int]
) -> None:
    page = drawer.page
    before = layouts()
    page.evaluate(WATCH)
    page.evaluate(PAN, [-40, -5, 20])
    page.wait_for_function(AT_REST)
    frame = page.locator("[data-frame]").bounding_box()
    assert frame
    x, y = frame["x"] + frame["width"] - 10, frame["y"] + 10
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 11):
        page.mouse.move(x - 30 * step, y + 5 * step)
    page.mouse.up()
    page.wait_for_function(AT_REST)
    assert touched(page) == {"map-pane"}
    assert layouts() == before
    do(drawer, "edit", node_id=page.evaluate(IDS)[0], set={"text": "Zo begon het"}, was={})
    assert layouts() > before  # what is counted does count


def test_coming_closer_touches_no_stop(drawer: Drawer) -> None:
    page = drawer.page
    page.evaluate(WATCH)
    page.locator("[data-tool=in]").click()
    page.wait_for_function(AT_REST)
    assert touched(page) <= {"map-pane", "map-paper"}


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("edit", {"set": {"text": "Iets anders"}, "was": {}}),
        ("edit", {"set": {"state": "dropped", "when": "2024-05"}, "was": {}}),
        ("place", {"x": 900, "y": 900}),
        ("remove", {}),
    ],
)
def test_a_change_and_its_undo_touch_the_stop_and_its_lines(
    drawer: Drawer, verb: str, fields: dict[str, Any]
) -> None:
    page = drawer.page
    stop = page.evaluate(IDS)[20]
    own = {stop, *page.evaluate(AT, stop)}
    page.evaluate(WATCH)
    do(drawer, verb, node_id=stop, **fields)
    assert touched(page) & own
    do(drawer, "undo")
    assert stop in touched(page)
    assert touched(page) <= own | LAYERS


def test_growing_touches_what_is_new(drawer: Drawer) -> None:
    page = drawer.page
    before = set(page.evaluate(IDS))
    new = str(new_id())
    page.evaluate(WATCH)
    do(
        drawer,
        "grow",
        node_id=new,
        touched_id=page.evaluate(IDS)[30],
        text="Nieuw",
        question="what_next",
        visibility="space",
    )
    assert set(page.evaluate(IDS)) - before == {new}
    assert new in touched(page)
    assert touched(page) <= {new, *page.evaluate(AT, new)} | LAYERS


def test_what_somebody_else_changes_touches_the_same(drawer: Drawer, board: Board) -> None:
    page = drawer.page
    stop = page.evaluate(IDS)[40]
    own = {stop, *page.evaluate(AT, stop)}
    page.evaluate(WATCH)
    with open_hall(drawer.context.browser, drawer.url) as hall:
        do(board.seat(hall, 1), "edit", node_id=stop, set={"text": "Van een ander"}, was={})
    expect(drawer.stop("Van een ander")).to_have_count(1)
    assert stop in touched(page)
    assert touched(page) <= own | LAYERS


def test_choosing_a_stop_touches_that_one(drawer: Drawer) -> None:
    page = drawer.page
    stop = page.evaluate(IDS)[50]
    page.evaluate(f"(id) => {AT_WORK}.select(id)", stop)
    page.wait_for_function(AT_REST)
    page.evaluate(WATCH)
    page.evaluate(f"{AT_WORK}.select(null)")
    page.evaluate(f"(id) => {AT_WORK}.select(id)", stop)
    page.wait_for_function(AT_REST)
    assert touched(page) == {stop}

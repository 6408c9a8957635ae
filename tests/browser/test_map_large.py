"""Maps of all sizes: read at once, complete a moment later, and an edit touches only what it is about."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.drawing import AT_WORK, Board, make_board
from tests.browser.server import Server
from tests.browser.visitors import Hall, Visitor
from tests.trajectories.winding import winding

READABLE = 12.0  # css px
LETS_GO = 0.5  # px that rounding may take
SIZES = (25, 60, 100, 300, 1_000)
SCREENS = {"laptop": (1280, 800), "phone": (390, 844)}
SEEN = """() => {
  const frame = document.querySelector("[data-frame]").getBoundingClientRect();
  const isSeen = ({ left, right, top, bottom }) =>
    right > frame.left && left < frame.right && bottom > frame.top && top < frame.bottom;
  const scale = document.querySelector("svg.map").getScreenCTM().a;
  const sides = ({ left, top, right, bottom }) => [left, top, right, bottom];
  const told = [];
  for (const stop of document.querySelectorAll("svg.map .node")) {
    const box = stop.querySelector(".outline").getBoundingClientRect();
    if (!box.width || !isSeen(box)) continue;
    const all = [...stop.querySelectorAll(".words, .words *")];
    const texts = all.filter((each) => !each.firstElementChild && each.textContent);
    const size = Math.min(...texts.map((text) => scale * parseFloat(getComputedStyle(text).fontSize)));
    told.push({ box: sides(box), words: texts.map((text) => sides(text.getBoundingClientRect())), size });
  }
  return told;
}"""
STOPS = """() => ({
  ids: [...document.querySelectorAll("svg.map .node")].map((each) => each.dataset.node),
  hidden: document.querySelectorAll("svg.map g.far .node").length,
})"""
FOLDED = "[...document.querySelectorAll('svg.map [data-folded]')].map(({ dataset }) => +dataset.folded)"
WATCH = """() => {
  globalThis.touched = [];
  const own = (place) => {
    const { node, edge } = place.closest?.("[data-node], [data-edge]")?.dataset ?? {};
    return node ?? edge ?? place.className?.baseVal;
  };
  const hear = ({ target, addedNodes, removedNodes }) =>
    touched.push(...[target, ...addedNodes, ...removedNodes].map(own));
  const watch = { attributes: true, childList: true, subtree: true, characterData: true };
  new MutationObserver((found) => found.forEach(hear)).observe(document.querySelector("svg.map"), watch);
}"""
EDIT = (
    f"(id) => {AT_WORK}.operations.do('edit', {{ node_id: id, set: {{ text: 'Iets anders' }}, was: {{}} }})"
)
LINKS = """(id) => [...document.querySelectorAll("svg.map .edge")]
  .filter(({ dataset }) => dataset.source === id || dataset.target === id)
  .map(({ dataset }) => dataset.edge)"""


@pytest.fixture(scope="module")
def boards(server: Server) -> dict[int, Board]:
    """One map of each size."""
    return {count: make_board(server, *winding(count, 3)) for count in SIZES}


def covers(one: list[float], other: list[float]) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > LETS_GO and down > LETS_GO


def is_within(words: list[float], box: list[float]) -> bool:
    left, top, right, bottom = (side - other for side, other in zip(words, box, strict=True))
    return left >= -LETS_GO and top >= -LETS_GO and right <= LETS_GO and bottom <= LETS_GO


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("count", [25, 60, 100, 1_000])
def test_a_map_is_legible_on_opening(hall: Hall, boards: dict[int, Board], count: int, screen: str) -> None:
    width, height = SCREENS[screen]
    page = boards[count].seat(hall, viewport={"width": width, "height": height}).page
    told: list[dict[str, Any]] = page.evaluate(SEEN)
    assert len(told) >= (6 if screen == "laptop" else 1)
    assert min(each["size"] for each in told) >= READABLE
    boxes = [each["box"] for each in told]
    assert not [(a, b) for place, a in enumerate(boxes) for b in boxes[:place] if covers(a, b)]
    assert all(is_within(words, each["box"]) for each in told for words in each["words"])
    folded = page.evaluate(FOLDED)
    stops = page.evaluate(STOPS)["ids"]
    assert len(stops) + sum(folded) == count
    assert (sum(folded) > 0) is (count > 800)


def test_the_rest_of_a_large_map_comes_by_itself(hall: Hall, boards: dict[int, Board]) -> None:
    page = boards[300].seat(hall).page
    page.wait_for_function("() => !document.querySelector('svg.map g.far')")
    ids = page.evaluate(STOPS)["ids"]
    assert len(ids) == len(set(ids)) == 300
    assert page.locator("svg.map .node").last.evaluate("(stop) => getComputedStyle(stop).display") != "none"


def test_who_asks_for_the_whole_map_gets_it_at_once(hall: Hall, boards: dict[int, Board]) -> None:
    drawer = boards[300].seat(hall)
    page = drawer.page
    # A browser that never rests: nothing comes by itself.
    page.add_init_script("globalThis.requestIdleCallback = () => 0")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    waiting = page.evaluate(STOPS)
    assert 0 < waiting["hidden"] < 300
    page.locator("[data-tool=fit]").click()
    shown = page.evaluate(STOPS)
    assert (shown["hidden"], len(shown["ids"]), len(set(shown["ids"]))) == (0, 300, 300)


def test_without_a_script_nothing_of_a_large_map_is_hidden(hall: Hall, boards: dict[int, Board]) -> None:
    visitor = hall.welcome(Visitor, java_script_enabled=False)
    visitor.context.add_cookies([boards[300].cookies[0]])
    page = visitor.page
    page.goto(visitor.url + boards[300].path)
    assert page.locator("svg.map g.far .node").count() > 0
    expect(page.locator("svg.map g.far .node").last).to_be_visible()


@pytest.mark.parametrize("count", [100, 300])
def test_an_edit_touches_the_stop_and_its_links_only(
    hall: Hall, boards: dict[int, Board], count: int
) -> None:
    page = boards[count].seat(hall).page
    page.wait_for_function("() => !document.querySelector('svg.map g.far')")
    stop = page.locator("svg.map .node").nth(4).get_attribute("data-node")
    own = {stop, *page.evaluate(LINKS, stop)}
    page.evaluate(WATCH)
    page.evaluate(EDIT, stop)
    expect(page.locator(f"svg.map [data-node='{stop}']")).to_contain_text("Iets anders")
    page.wait_for_function("() => touched.length")
    touched = set(page.evaluate("touched"))
    assert stop in touched
    assert touched <= own | {"nodes", "edges", "presence", "map"}  # where they stand, and who is there

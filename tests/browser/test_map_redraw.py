"""A map that is read again while people draw: nothing that is newer than that page is lost, on any tablet."""

import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from tests.browser.drawing import AT_WORK, Board, Drawer, make_board, road, stops
from tests.browser.server import Server
from tests.browser.visitors import PATIENCE, Hall

ROAD = ("Voetbaldag", "Regen", "Spelmiddag")
MAP = re.compile(r"/trajectories/[0-9a-f-]+$")
OPERATIONS = "**/operations"
# A map as a tablet has it: what is drawn, what it knows, what stands there in words.
SHOWN = f"""() => {{
  const {{ model }} = {AT_WORK};
  const found = (selector) => [...document.querySelectorAll(selector)];
  const all = (selector, name) => found(selector).map((each) => each.dataset[name]).sort();
  const place = (stop) => stop.getAttribute("transform").match(/-?[\\d.]+/g).map(Number);
  const drawn = found("svg.map .node").map((stop) => [stop.dataset.node, place(stop)]);
  const facts = [...model.nodes.values()].map(({{ id, text, state, x, y }}) => [id, [text, state, x, y]]);
  return {{
    drawn: Object.fromEntries(drawn),
    twice: all("svg.map .node", "node").length - new Set(all("svg.map .node", "node")).size,
    lines: all("svg.map .edge", "edge"),
    facts: Object.fromEntries(facts),
    steps: [...model.edges.keys()].sort(),
    words: all(".outline li[data-subject]", "subject"),
  }};
}}"""


@pytest.fixture
def board(server: Server) -> Board:
    return make_board(server, stops(*ROAD), road(*ROAD))


@pytest.fixture
def two(hall: Hall, board: Board) -> tuple[Drawer, Drawer]:
    """Who may tidy the map, and somebody else; with enough on the map that tidying moves it."""
    one, other = board.seat(hall), board.seat(hall, 1)
    for words in ("een", "twee", "drie"):
        one.opens("Spelmiddag").grow(words)
    one.settled()
    expect(other.stop("drie")).to_have_count(1)
    return one, other


def tidy(drawer: Drawer) -> None:
    drawer.page.locator("[data-tool=tidy]").click()
    drawer.settled()


def wait(page: Page, is_so: Callable[[], bool]) -> None:
    """Until it is so; the page goes on meanwhile."""
    until = time.monotonic() + PATIENCE / 1000
    while not is_so():
        assert time.monotonic() < until
        page.wait_for_timeout(50)


def stored(drawer: Drawer) -> dict[str, Any]:
    """The map as the server has it, in the same words as `SHOWN`."""
    page = drawer.context.request.get(drawer.page.url).text()
    facts = json.loads(page.split("<template data-facts>")[1].split("</template>")[0])
    nodes = {node["id"]: node for node in facts["nodes"]}
    steps = sorted(edge["id"] for edge in facts["edges"])
    return {
        "drawn": {own_id: [node["x"], node["y"]] for own_id, node in nodes.items()},
        "twice": 0,
        "lines": steps,
        "facts": {
            own_id: [node["text"], node["state"], node["x"], node["y"]] for own_id, node in nodes.items()
        },
        "steps": steps,
        "words": sorted(nodes),
    }


def agree(*drawers: Drawer) -> None:
    """On each tablet the picture, what it knows and the outline become what the server has."""
    for drawer in drawers:
        drawer.settled()
    wanted = stored(drawers[0])
    for drawer in drawers:
        until = time.monotonic() + PATIENCE / 1000
        while (shown := drawer.page.evaluate(SHOWN)) != wanted and time.monotonic() < until:
            drawer.page.wait_for_timeout(100)
        assert shown == wanted


class Held:
    """What one tablet asks for comes when the test lets it come; a page as it was when it was asked for."""

    def __init__(self, drawer: Drawer, address: str | re.Pattern[str]) -> None:
        self.waiting: list[tuple[Route, APIResponse | None]] = []
        self._is_open = False
        self._page = drawer.page
        self._page.route(address, self._hold)

    def _hold(self, route: Route) -> None:
        if self._is_open:
            route.continue_()
        else:
            self.waiting.append((route, route.fetch() if route.request.method == "GET" else None))

    def arrives(self) -> None:
        """Something was asked for."""
        wait(self._page, lambda: len(self.waiting) > 0)

    def let_come(self) -> None:
        self._is_open = True
        for route, answer in self.waiting:
            if answer:
                route.fulfill(response=answer)
            else:
                route.continue_()


def test_a_page_that_comes_late_takes_nothing_newer_away(two: tuple[Drawer, Drawer]) -> None:
    one, other = two
    held = Held(other, MAP)
    tidy(one)
    held.arrives()
    one.line("Regen").click()
    one.grow("Onderweg").settled()
    one.line("twee").click()
    one.change(text="Tweede").settled()
    one.line("een").click()
    one.panel.locator("[data-act=remove]").click()
    one.settled()
    expect(other.stop("Onderweg")).to_have_count(1)
    expect(other.stop("een")).to_have_count(0)
    other.line("Regen").click()
    other.grow("Van mij").settled()
    held.let_come()
    wait(other.page, lambda: other.page.evaluate(SHOWN)["drawn"] == stored(one)["drawn"])
    agree(one, other)
    assert {"Onderweg", "Van mij", "Tweede"} <= other.told().keys()


def test_what_still_waits_here_stays_in_the_picture_when_the_map_is_read_again(
    two: tuple[Drawer, Drawer],
) -> None:
    one, other = two
    held = Held(other, OPERATIONS)
    other.opens("Spelmiddag").grow("Van mij")
    before = other.page.evaluate(f"{AT_WORK}.picture.svg.id = 'before'")
    tidy(one)
    other.page.wait_for_function(f"(before) => {AT_WORK}.picture.svg.id !== before", arg=before)
    expect(other.stop("Van mij")).to_have_count(1)
    expect(other.line("Van mij")).to_have_count(1)
    expect(other.stop("Van mij")).to_have_class(re.compile("is-provisional"))
    held.let_come()
    expect(one.stop("Van mij")).to_have_count(1)
    agree(one, other)


def test_a_page_that_did_not_come_is_asked_for_again(two: tuple[Drawer, Drawer]) -> None:
    one, other = two
    asked: list[Route] = []

    def fail(route: Route) -> None:
        asked.append(route)
        route.abort()

    other.page.route(MAP, fail)
    tidy(one)
    wait(other.page, lambda: len(asked) > 0)
    other.page.unroute(MAP)
    agree(one, other)


def test_of_two_pages_the_older_one_does_not_win(two: tuple[Drawer, Drawer]) -> None:
    """The map is tidied once more while the page of the first time is on its way."""
    one, other = two
    held = Held(other, MAP)
    tidy(one)
    held.arrives()
    one.line("drie").click()
    one.grow("Vier").settled()
    tidy(one)
    other.page.wait_for_timeout(1500)  # it could ask for the second by now
    assert len(held.waiting) == 1
    held.let_come()
    agree(one, other)

"""A map can be read when it opens, and wherever one looks: whatever its words are, on every kind of stop."""

from dataclasses import replace
from itertools import combinations, product
from typing import Any

import pytest
from playwright.sync_api import Page

from cocreate.trajectories.arrangement import FOLDED_FROM
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState
from tests.browser.drawing import AT_WORK, COMPLETE, Board, Drawer, make_board
from tests.browser.server import Server
from tests.browser.visitors import Hall
from tests.trajectories.winding import winding

SCREENS = {"laptop": (1280, 800), "phone": (390, 844)}
LETS_GO = 1.0  # px of the picture that rounding may take
ROOM = 140  # px that a row needs to be read
SAID = (
    "Aansprakelijkheidsverzekeringsmaatschappij",
    "WWWWWWWWWW MMMMMMMMMM WWWWWWWWWW MMMMMMMMMM WWWWWWWWWW",
    "iiiiiiiiii llllllllll iiiiiiiiii llllllllll",
    "سألت الجارة إن كان هناك مكان للجلوس في الساحة",
    "我们在广场上一起做饭，然后大家都留下来聊天到很晚",
    "Vroeg de gemeente om 25.000 euro (en kreeg 5.000) voor de verlichting van het voetbalveld",
    "ÉÉN ÀÇÕ ÜBERMÄSSIG",
    "x" * 500,
)
# In the units of the picture: of each stop its box and its words, and the words on lines.
PLACES = """() => {
  const svg = document.querySelector("svg.map");
  const { a: scale, e: left, f: top } = svg.getScreenCTM();
  const sides = (part) => {
    const box = part.getBoundingClientRect();
    return [box.left - left, box.top - top, box.right - left, box.bottom - top].map((side) => side / scale);
  };
  const all = (place, name) => [...place.querySelectorAll(name)];
  return {
    stops: all(svg, ".node").map((stop) => ({
      title: stop.querySelector("title").textContent,
      box: sides(stop.querySelector(".outline")),
      words: all(stop, ".words tspan").map(sides),
      caption: all(stop, ".caption").map(sides),
    })),
    labels: all(svg, ".edge .label tspan").map(sides),
  };
}"""
ROWS = """() => [...document.querySelectorAll(".map-words .outline .item")].map((row) => {
  const { left, right } = row.getBoundingClientRect();
  const room = row.closest(".map-words").getBoundingClientRect();
  return [Math.min(right, room.right) - Math.max(left, room.left), row.textContent.trim()];
})"""
READABLE = 12.0  # css px
# What is seen when a map opens: each box, its words, and the smallest letters in it, on the screen.
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
DRAWN = "document.querySelectorAll('svg.map .node').length"
INSIDE = "[...document.querySelectorAll('svg.map [data-folded]')].map(({ dataset }) => +dataset.folded)"
Sides = list[float]


def every_kind() -> tuple[list[MapNode], list[MapEdge]]:
    """Each kind of stop with each of these words."""
    nodes = [
        MapNode(f"{kind}{place}", text, kind, list(NodeState)[place % len(NodeState)], when="2024-09-28")
        for kind, (place, text) in product(NodeKind, enumerate(SAID))
    ]
    return nodes, []


def dated() -> tuple[list[MapNode], list[MapEdge]]:
    """A road as long captions make it."""
    nodes, edges = winding(300, 3)
    return [replace(node, when=f"2024-{1 + place % 12:02}-28") for place, node in enumerate(nodes)], edges


@pytest.fixture(scope="module")
def boards(server: Server) -> dict[str, Board]:
    return {"kinds": make_board(server, *every_kind()), "road": make_board(server, *dated())}


@pytest.mark.parametrize("count", [25, 100, 1_000])
def test_a_map_is_legible_when_it_opens(hall: Hall, server: Server, count: int) -> None:
    board = make_board(server, *winding(count, 3))
    for screen, (width, height) in SCREENS.items():
        page = board.seat(hall, viewport={"width": width, "height": height}).page
        told: list[dict[str, Any]] = page.evaluate(SEEN)
        assert len(told) >= (6 if screen == "laptop" else 1)
        assert min(each["size"] for each in told) >= READABLE
        assert not [pair for pair in combinations((each["box"] for each in told), 2) if covers(*pair)]
        assert all(is_within(words, each["box"]) for each in told for words in each["words"])
        page.evaluate(f"{AT_WORK}.rest.bringAll()")
        inside = page.evaluate(INSIDE)
        assert page.evaluate(DRAWN) + sum(inside) == count
        assert (sum(inside) > 0) is (count > FOLDED_FROM)


def whole(hall: Hall, board: Board, screen: str = "laptop") -> Page:
    """The page with all of the map on it."""
    width, height = SCREENS[screen]
    drawer: Drawer = board.seat(hall, locale="nl-NL", viewport={"width": width, "height": height})
    drawer.page.wait_for_function(COMPLETE)
    return drawer.page


def covers(one: Sides, other: Sides) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > LETS_GO and down > LETS_GO


def is_within(words: Sides, box: Sides) -> bool:
    left, top, right, bottom = (side - other for side, other in zip(words, box, strict=True))
    return left >= -LETS_GO and top >= -LETS_GO and right <= LETS_GO and bottom <= LETS_GO


def test_words_of_every_script_and_length_stay_in_every_kind_of_box(
    hall: Hall, boards: dict[str, Board]
) -> None:
    told = whole(hall, boards["kinds"]).evaluate(PLACES)["stops"]
    assert len(told) == len(NodeKind) * len(SAID)
    assert all(stop["words"] for stop in told)
    assert [s["title"] for s in told for words in s["words"] if not is_within(words, s["box"])] == []


def test_nothing_on_a_long_road_lies_on_a_stop(hall: Hall, boards: dict[str, Board]) -> None:
    told: dict[str, Any] = whole(hall, boards["road"]).evaluate(PLACES)
    boxes = [stop["box"] for stop in told["stops"]]
    captions = [each for stop in told["stops"] for each in stop["caption"]]
    assert len(boxes) == len(captions) == 300
    assert not [pair for pair in combinations(boxes, 2) if covers(*pair)]
    assert not [pair for pair in combinations(captions, 2) if covers(*pair)]
    for place, caption in enumerate(captions):
        assert not any(covers(caption, box) for box in boxes[:place] + boxes[place + 1 :])
    assert len(told["labels"]) > 50
    assert not [pair for pair in product(told["labels"], boxes) if covers(*pair)]


@pytest.mark.parametrize("screen", SCREENS)
def test_the_words_beside_a_map_have_room(hall: Hall, boards: dict[str, Board], screen: str) -> None:
    rows = whole(hall, boards["road"], screen).evaluate(ROWS)
    assert len(rows) == 300
    assert [words for room, words in rows if room < ROOM] == []

"""The picture that the server draws and the one that a browser draws: the same, read from either side."""

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from babel.dates import get_month_names
from playwright.sync_api import Page, Route

from cocreate.trajectories.drawing import Labels, Mark, picture_svg
from cocreate.trajectories.layout import PITCH, Point
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation
from tests.browser.drawing import AT_WORK, Board, Drawer, make_board
from tests.browser.server import Server
from tests.browser.visitors import Hall
from tests.trajectories.winding import winding

WAYS = ("ltr", "rtl")
COUNT, SEED = 60, 5
TOLD = ("سألت الجارة", "Aansprakelijkheidsverzekeringsmaatschappij", "Een heel lang verhaal. " * 20, "Kort")
ABOUT = ("", "2024", "2024-03", "2024-10-05")
NEAR = 0.11  # px; the server writes one digit behind the point
ROUND = 0.51  # px; and lines in whole px
PICTURE = re.compile(r"<svg [^>]*class=\"map\".*?</svg>", re.DOTALL)
# What a person sees of each stop and line: where and how large, in the units of the picture, in which colours
# and with which words.
LOOKS = """() => {
  const svg = document.querySelector("svg.map");
  const { a: scale, e: left, f: top } = svg.getScreenCTM();
  const styles = ["fill", "stroke", "strokeWidth", "strokeDasharray", "opacity", "fontSize", "fontWeight"];
  const look = (part) => {
    const [box, style] = [part.getBoundingClientRect(), getComputedStyle(part)];
    return {
      what: [part.tagName, part.getAttribute("class")],
      words: part.textContent,
      style: styles.map((name) => style[name]),
      box: [(box.left - left) / scale, (box.top - top) / scale, box.width / scale, box.height / scale],
    };
  };
  return Object.fromEntries([...svg.querySelectorAll(".node, .edge")].map((each) => [
    each.dataset.node ?? each.dataset.edge,
    {
      is: [...each.classList].filter((name) => !["is-provisional", "returns"].includes(name)),
      facts: { ...each.dataset },
      title: each.querySelector("title").textContent,
      parts: [...each.querySelectorAll("*")].filter((part) => part.tagName !== "title").map(look),
    },
  ]));
}"""
# A stop that is taken in hand, and its lines, are drawn by the browser: each where it stands.
DRAW_ALL = f"""() => {{
  const {{ picture, model }} = {AT_WORK};
  for (const {{ id, x, y }} of model.nodes.values()) picture.move(id, x, y);
  return document.querySelectorAll("svg.map .is-provisional").length;
}}"""
EDIT = f"([id, set]) => {AT_WORK}.operations.do('edit', {{ node_id: id, set, was: {{}} }})"
PLACE = f"([id, x, y]) => {AT_WORK}.operations.do('place', {{ node_id: id, x, y }})"
UNDO = f"() => {AT_WORK}.operations.do('undo')"
Looks = dict[str, dict[str, Any]]


def told_road() -> tuple[list[MapNode], list[MapEdge]]:
    """Stops of all kinds and states, with and without a time, in scripts of either way."""
    nodes, edges = winding(COUNT, SEED)
    nodes = [
        replace(
            node,
            text=TOLD[place // 5 % len(TOLD)] if place % 5 == 0 else node.text,
            when=ABOUT[place % len(ABOUT)],
            intended=place % 7 > 0,
        )
        for place, node in enumerate(nodes)
    ]
    return nodes, edges


@pytest.fixture(scope="module")
def board(server: Server) -> Board:
    return make_board(server, *told_road())


def turn(route: Route) -> None:
    """The same page for readers from right to left, with the picture that the server draws for them."""
    answer = route.fetch()
    page = answer.text()
    facts, names = (
        json.loads(page.split(f"<template data-{name}>")[1].split("</template>")[0])
        for name in ("facts", "names")
    )
    svg = picture_svg(
        [
            MapNode(
                each["id"], each["text"], NodeKind(each["kind"]), NodeState(each["state"]), each["intended"],
                when=each["when"],
            )
            for each in facts["nodes"]
        ],
        [
            MapEdge(each["id"], each["source"], each["target"], Relation(each["relation"]), each["label"])
            for each in facts["edges"]
        ],
        {each["id"]: Point(each["x"], each["y"]) for each in facts["nodes"]},
        title="Onze weg",
        description="",
        labels=Labels(**names, months=list(get_month_names("wide", "format", "nl").values())),
        marks={
            each["id"]: Mark(each["voice"] or "", each["told"], pinned=each["pinned"])
            for each in facts["nodes"]
        },
        rtl=True,
    )  # fmt: skip
    page = page.replace("<html ", '<html dir="rtl" ', 1)
    route.fulfill(response=answer, body=PICTURE.sub(lambda _: svg, page, count=1))


@pytest.fixture
def seat(hall: Hall, board: Board) -> Callable[[str], Drawer]:
    """Somebody who reads Dutch, or from right to left, in front of the map."""

    def sit(way: str) -> Drawer:
        drawer = board.seat(hall, locale="nl-NL")
        if way == "rtl":
            drawer.page.route("**/trajectories/*", turn)
            drawer.again()
        return drawer

    return sit


def looks(page: Page) -> Looks:
    return page.evaluate(LOOKS)  # type: ignore[no-any-return]


def looks_of(parts: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(part["what"], part["words"], part["style"]) for part in parts]


def sides_of(parts: list[dict[str, Any]]) -> list[float]:
    return [side for part in parts for side in part["box"]]


def named(look: dict[str, Any]) -> tuple[Any, ...]:
    return look["is"], look["facts"], look["title"]


def alike(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two drawings of one thing look the same."""
    return ((named(one), looks_of(one["parts"])) == (named(other), looks_of(other["parts"]))) and sides_of(
        one["parts"]
    ) == pytest.approx(sides_of(other["parts"]), abs=NEAR)


def differing(one: Looks, other: Looks) -> list[str]:
    """What is drawn differently, by its title."""
    assert one.keys() == other.keys()
    return [look["title"] for name, look in one.items() if not alike(look, other[name])]


def split(drawn: Looks) -> tuple[Looks, Looks]:
    """Stops, and lines."""
    stops = {name: look for name, look in drawn.items() if "node" in look["facts"]}
    return stops, {name: look for name, look in drawn.items() if name not in stops}


def shapes_of(line: dict[str, Any]) -> list[dict[str, Any]]:
    """A line without the words on it."""
    return [part for part in line["parts"] if part["what"][0] in ("path", "circle")]


def straight(page: Page) -> set[str]:
    """Lines to the next column, alone where they leave and where they come in: these go one way only."""
    nodes, edges = (page.evaluate(f"[...{AT_WORK}.model.{things}.values()]") for things in ("nodes", "edges"))
    across = {node["id"]: node["x"] for node in nodes}
    leaves, enters = (Counter(edge[end] for edge in edges) for end in ("source", "target"))
    return {
        edge["id"]
        for edge in edges
        if across[edge["target"]] - across[edge["source"]] == PITCH.width
        and leaves[edge["source"]] == enters[edge["target"]] == 1
    }


@pytest.mark.parametrize("way", WAYS)
def test_a_browser_draws_what_the_server_drew(seat: Callable[[str], Drawer], way: str) -> None:
    page = seat(way).page
    served = looks(page)
    stops, lines = split(served)
    assert len(stops) == COUNT
    assert page.evaluate(DRAW_ALL) == len(served)
    own_stops, own_lines = split(looks(page))
    assert differing(own_stops, stops) == []
    assert {name: named(line) for name, line in own_lines.items()} == {
        name: named(line) for name, line in lines.items()
    }
    for name, line in own_lines.items():
        assert looks_of(shapes_of(line)) == looks_of(shapes_of(lines[name])), line["title"]
    plain = straight(page)
    assert {lines[name]["facts"]["relation"] for name in plain} >= {"led_to", "inspired", "turned_into"}
    for name in plain:
        assert sides_of(shapes_of(own_lines[name])) == pytest.approx(
            sides_of(shapes_of(lines[name])), abs=ROUND
        ), lines[name]["title"]
        assert looks_of(own_lines[name]["parts"]) == looks_of(lines[name]["parts"]), lines[name]["title"]


@pytest.mark.parametrize("way", WAYS)
def test_a_map_opens_where_reading_begins(seat: Callable[[str], Drawer], way: str) -> None:
    drawer = seat(way)
    frame = drawer.page.locator("[data-frame]").bounding_box()
    first = drawer.page.locator("svg.map .node .outline").first.bounding_box()
    assert frame
    assert first
    left, right = first["x"] - frame["x"], frame["x"] + frame["width"] - first["x"] - first["width"]
    assert 0 <= (left if way == "ltr" else right) < frame["width"] / 10
    assert drawer.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_what_was_changed_here_looks_so_when_the_server_draws_it(seat: Callable[[str], Drawer]) -> None:
    drawer = seat("ltr")
    page = drawer.page
    one, two, three = page.evaluate(f"[...{AT_WORK}.model.nodes.keys()].slice(10, 13)")
    page.evaluate(
        EDIT, [one, {"text": "Samen koken in de kantine van de voetbalclub, elke week", "kind": "plan"}]
    )
    page.evaluate(EDIT, [two, {"state": "dropped", "when": "2025-08-09"}])
    page.evaluate(PLACE, [three, 700, 2_000])
    own, _ = split(looks(drawer.settled().page))
    drawer.again()
    theirs, _ = split(looks(page))
    assert own[three]["facts"]["pinned"] == "true"
    assert differing(own, theirs) == []
    for _ in range(3):
        page.evaluate(UNDO)
        drawer.settled()


@pytest.mark.parametrize("way", WAYS)
def test_an_edit_and_its_undo_leave_the_stops_as_they_were(seat: Callable[[str], Drawer], way: str) -> None:
    drawer = seat(way)
    page = drawer.page
    before, _ = split(looks(page))
    stop = [*before][7]
    page.evaluate(EDIT, [stop, {"text": "Iets anders"}])
    between, _ = split(looks(drawer.settled().page))
    assert differing(between, before) == [between[stop]["title"]]
    page.evaluate(UNDO)
    after, _ = split(looks(drawer.settled().page))
    assert differing(after, before) == []


def test_an_edit_leaves_the_lines_as_they_were(seat: Callable[[str], Drawer]) -> None:
    drawer = seat("ltr")
    stops, before = split(looks(drawer.page))
    for stop in [*stops][:6]:
        drawer.page.evaluate(EDIT, [stop, {"note": "Daar was iedereen bij."}])
    _, after = split(looks(drawer.settled().page))
    assert differing(after, before) == []


def test_a_line_that_is_drawn_here_keeps_its_words(seat: Callable[[str], Drawer]) -> None:
    page = seat("ltr").page
    page.evaluate(DRAW_ALL)
    labels = page.evaluate(f"[...{AT_WORK}.model.edges.values()].filter((edge) => edge.label).length")
    assert labels > 0
    assert page.locator("svg.map .edge .label").count() == labels


def test_words_that_just_fit_break_alike(seat: Callable[[str], Drawer]) -> None:
    drawer = seat("ltr")
    page = drawer.page
    stop = page.locator("svg.map .node").nth(20).get_attribute("data-node")
    words = "De buurvrouw van nummer acht belde bij de buren aan op zaterdag"
    page.evaluate(EDIT, [stop, {"text": words, "kind": "outcome"}])
    own = looks(drawer.settled().page)
    drawer.again()
    theirs = looks(page)
    page.evaluate(UNDO)
    drawer.settled()
    assert differing({stop: own[stop]}, {stop: theirs[stop]}) == []


def test_a_stop_with_others_folded_into_it_stays_so(hall: Hall, server: Server) -> None:
    drawer = make_board(server, *winding(820, SEED), people=1).seat(hall)
    page = drawer.settled().page
    folded = page.locator("svg.map [data-folded]").last
    of_it = "(one) => ['data-node', 'data-folded', 'transform'].map((name) => one.getAttribute(name))"
    stop, *before = folded.evaluate(of_it)
    page.evaluate(EDIT, [stop, {"text": "Iets anders"}])
    drawer.settled()
    drawn = drawer.stop("Iets anders")
    assert [drawn.get_attribute(name) for name in ("data-folded", "transform")] == before
    assert drawn.locator(".badge").count() == 1

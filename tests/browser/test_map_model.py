"""What a tablet works out by itself, held against what the server does: places, lines, ids, effects."""

import json
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from cocreate.core.db import new_id
from cocreate.trajectories.drawing import Labels, Mark, node_svg, shapes_data
from cocreate.trajectories.drawing.boxes import LETTERS, LINES
from cocreate.trajectories.drawing.words import fit
from cocreate.trajectories.layout import Point, layout
from cocreate.trajectories.rules import GrowQuestion, MapNode, NodeKind, NodeState, growth
from tests.browser.server import Server

IMPORT = """async ([file, script, given]) => {
  const address = new URL(`map/${file}`, document.querySelector("script[src*='/js/app']").src);
  const made = await import(address);
  return new Function("made", "given", script)(made, given);
}"""
TEXTS = (
    "Regen",
    "Een voetbaldag voor de hele buurt, met iedereen die wilde komen kijken",
    "Aansprakelijkheidsverzekeringsmaatschappij",
    "W" * 80,
    "café ﬁn 日本語テキスト und so weiter, so weiter, so weiter",
    "een   twee\n\ndrie\u202evier",
    "a" * 400,
    "…",
)


@pytest.fixture
def page(chromium: Browser, server: Server) -> Iterator[Page]:
    context = chromium.new_context(bypass_csp=True)  # to hand over a function as text; no page may do that
    page = context.new_page()
    page.goto(f"{server.url}/sign-in")
    yield page
    context.close()


def work(page: Page, file: str, script: str, given: Any = None) -> Any:
    return page.evaluate(IMPORT, [file, script, given])


def test_the_id_of_a_step_follows_from_its_stop(page: Page) -> None:
    ids = [str(new_id()) for _ in range(20)]
    told = work(page, "derived.js", "return given.map((id) => made.derivedId(id, 'edge'))", ids)
    assert told == [str(uuid.uuid5(uuid.UUID(own_id), "edge")) for own_id in ids]


def test_words_break_as_on_the_server(page: Page) -> None:
    for width in (120, 149, 160):
        told = work(
            page,
            "letters.js",
            "const letters = new made.Letters(given.widths);"
            "return given.texts.map((text) => letters.fit(text, given.width, given.sizes, given.lines))",
            {
                "widths": shapes_data()["widths"],
                "texts": TEXTS,
                "width": width,
                "sizes": LETTERS,
                "lines": LINES,
            },
        )
        assert [(each["size"], each["lines"]) for each in told] == [
            fit(text, width, LETTERS, LINES) for text in TEXTS
        ]


# Colours come from the stylesheet.
LOOKS = """
document.documentElement.lang = "en";
const shapes = new made.Shapes(given.data, given.names, given.way);
const facts = [
  ..."class d x y font-size stroke-width stroke-dasharray opacity transform text-anchor".split(" "),
  ..."data-node data-kind data-state data-voice data-told data-when data-pinned".split(" "),
];
const told = (part, name) => (part.getAttribute(name) ?? "").replace(" is-provisional", "");
const look = (part) => [
  part.tagName,
  part.firstElementChild ? "" : part.textContent,
  facts.map((name) => told(part, name)),
  [...part.children].map(look),
];
return given.stops.map(({ facts, drawn }) => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg">${drawn}</svg>`;
  const theirs = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement.firstElementChild;
  return [look(theirs), look(shapes.stop(facts))].map((each) => JSON.stringify(each));
});
"""
NUMBER = re.compile(r"-?\d*\.?\d+")
ROUNDED = 0.051  # px; the server writes one digit behind the point


def numbers(look: str) -> list[float]:
    return [float(digits) for digits in NUMBER.findall(look)]


@pytest.mark.parametrize("rtl", [False, True])
def test_a_stop_is_drawn_as_the_server_draws_it(page: Page, rtl: bool) -> None:
    labels, stops = Labels(), []
    for place, (kind, state) in enumerate((kind, state) for kind in NodeKind for state in NodeState):
        about = ("", "2024", "2024-03", "2024-03-15")[place % 4]
        node = MapNode(f"n{place}", TEXTS[place % len(TEXTS)], kind, state, when=about)
        mark = Mark(
            voice=("", "voice-resident", "voice-nobody")[place % 3], told=place + 1, pinned=place % 2 > 0
        )
        drawn = node_svg(node, Point(10.5, 20 + place), labels, mark=mark, rtl=rtl)
        facts = {"id": node.id, "text": node.text, "kind": kind, "state": state, "when": about}
        facts |= {"intended": True, "voice": mark.voice or None, "told": mark.told, "pinned": mark.pinned}
        stops.append({"facts": facts | {"x": 10.5, "y": 20 + place}, "drawn": drawn})
    names = {"kinds": dict(labels.kinds), "states": dict(labels.states), "relations": dict(labels.relations)}
    given = {"data": shapes_data(), "names": names, "way": -1 if rtl else 1, "stops": stops}
    for theirs, ours in work(page, "shapes.js", LOOKS, given):
        assert NUMBER.sub("#", ours) == NUMBER.sub("#", theirs)
        assert numbers(ours) == pytest.approx(numbers(theirs), abs=ROUNDED)


@pytest.mark.parametrize("question", GrowQuestion)
def test_an_answer_becomes_the_same(page: Page, question: GrowQuestion) -> None:
    told = work(page, "growth.js", "return made.growth(given)", question.value)
    expected = growth(question)
    assert (told["kind"], told["relation"], told.get("pointsIn", False)) == expected


@pytest.mark.parametrize("branches", [1, 2, 3, 30])
def test_a_new_stop_gets_the_place_that_the_server_will_give(page: Page, branches: int) -> None:
    nodes = [f"n{place}" for place in range(40)]
    edges = [(nodes[place // branches], nodes[place + 1]) for place in range(39)]
    points = layout(nodes[:1], [])
    for place, (touched, new) in enumerate(edges):
        spots = {name: point._asdict() for name, point in points.items()}
        after = [spots[target] for source, target in edges[:place] if source == touched]
        given = [list(spots.values()), spots[touched], after]
        told = work(page, "places.js", "return made.freePlace(given[0], given[1], false, given[2])", given)
        points = layout(nodes[: place + 2], edges[: place + 1], points)
        assert (told["x"], told["y"]) == points[new]
    assert branches == 30 or max(point.y for point in points.values()) > 0


FACTS = {
    "nodes": [
        {
            "id": name,
            "text": name,
            "kind": "event",
            "state": "happened",
            "x": 260 * place,
            "y": 0,
            "told": place,
            "references": [],
        }
        for place, name in enumerate("abc")
    ],
    "edges": [
        {"id": "ab", "source": "a", "target": "b", "relation": "led_to"},
        {"id": "bc", "source": "b", "target": "c", "relation": "led_to"},
    ],
}
PLAY = """
  const model = new made.Model(given.facts, { voice: "voice-youth" });
  for (const [act, ...what] of given.acts) model[act](...what);
  return {
    nodes: Object.fromEntries([...model.nodes].map(([id, node]) => [id, node])),
    edges: [...model.edges.values()].map((e) => `${e.source} ${e.relation} ${e.target}`).sort(),
    pending: model.pending.map(({ id }) => id),
  };
"""


def play(page: Page, *acts: list[Any]) -> Any:
    """The map after these calls on a model."""
    return work(page, "model.js", PLAY, {"facts": FACTS, "acts": json.loads(json.dumps(acts))})


def add(own_id: str, verb: str, **fields: Any) -> list[Any]:
    return ["add", {"id": own_id, "verb": verb, **fields}]


def test_each_verb_is_seen_at_once(page: Page) -> None:
    new = str(new_id())
    grown = play(page, add("1", "grow", node_id=new, text="n", touched_id="c", question="what_helped"))
    assert grown["nodes"][new]["kind"] == NodeKind.CONDITION
    assert grown["nodes"][new]["voice"] == "voice-youth"
    assert f"{new} made_possible c" in grown["edges"]
    edited = play(page, add("1", "edit", node_id="a", set={"text": "A", "state": "dropped"}))
    assert (edited["nodes"]["a"]["text"], edited["nodes"]["a"]["state"]) == ("A", "dropped")
    placed = play(page, add("1", "place", node_id="a", x=9, y=8))["nodes"]["a"]
    assert (placed["x"], placed["y"], placed["pinned"]) == (9, 8, True)
    linked = add("1", "connect", edge_id="ac", source_id="a", target_id="c", relation="meant")
    assert "a meant c" in play(page, linked, linked)["edges"]
    assert "a hindered b" in play(page, add("1", "relate", edge_id="ab", relation="hindered"))["edges"]
    turn = add("1", "relate", edge_id="ab", relation="led_to", source_id="b")
    assert "b led_to a" in play(page, turn)["edges"]
    again = add("2", "relate", edge_id="ab", relation="led_to", source_id="b")
    assert "b led_to a" in play(page, turn, again)["edges"]
    double = add("2", "connect", edge_id="ba", source_id="b", target_id="a", relation="meant")
    assert play(page, double, add("3", "relate", edge_id="ab", relation="meant", source_id="b"))["edges"] == [
        "b led_to c",
        "b meant a",
    ]
    assert play(page, add("1", "disconnect", edge_id="ab"))["edges"] == ["b led_to c"]
    removed = play(page, add("1", "remove", node_id="b"))
    assert set(removed["nodes"]) == {"a", "c"}
    assert removed["edges"] == []
    back = play(page, add("1", "remove", node_id="b"), add("2", "restore", node_id="b"))
    assert back["edges"] == ["a led_to b", "b led_to c"]
    merged = play(page, add("1", "merge", node_id="c", other_id="b"))
    assert merged["edges"] == ["a led_to c"]
    referred = add(
        "1", "refer", reference_id="r", node_id="a", subject_type="moment", subject_id="m", words="M"
    )
    assert play(page, referred)["nodes"]["a"]["references"][0]["text"] == "M"
    assert play(page, referred, add("2", "unrefer", reference_id="r"))["nodes"]["a"]["references"] == []


def test_undo_and_redo_of_what_still_waits(page: Page) -> None:
    edit, undo, redo = add("1", "edit", node_id="a", set={"text": "A"}), add("2", "undo"), add("3", "redo")
    assert play(page, edit, undo)["nodes"]["a"]["text"] == "a"
    assert play(page, edit, undo, redo)["nodes"]["a"]["text"] == "A"
    assert play(page, undo, redo)["nodes"]["a"]["text"] == "a"


def test_what_waits_is_laid_over_a_newer_base(page: Page) -> None:
    theirs = {**FACTS["nodes"][0], "text": "theirs", "state": "changed"}
    arrives = [
        "arrive",
        {
            "topic": "node",
            "subject_id": "a",
            "node": theirs,
            "edges": FACTS["edges"][:1],
            "op": "x",
            "seq": 5,
        },
    ]
    mine = add("1", "edit", node_id="a", set={"text": "mine"})
    both = play(page, mine, arrives, arrives)
    assert (both["nodes"]["a"]["text"], both["nodes"]["a"]["state"]) == ("mine", "changed")
    assert both["edges"] == ["a led_to b", "b led_to c"]
    gone = ["arrive", {"topic": "node", "subject_id": "a", "gone": True, "op": "y", "seq": 6}]
    assert set(play(page, mine, gone)["nodes"]) == {"b", "c"}


def test_what_is_acknowledged_stays_until_the_stream_has_passed_it(page: Page) -> None:
    mine = add("1", "edit", node_id="a", set={"text": "mine"})
    kept = play(page, mine, ["acknowledge", "1", 7, 5])
    assert (kept["nodes"]["a"]["text"], kept["pending"]) == ("mine", ["1"])
    assert play(page, mine, ["acknowledge", "1", 7, 5], ["passed", 7])["pending"] == []
    assert play(page, mine, ["acknowledge", "1", 7, 7])["pending"] == []
    refused = play(page, mine, ["drop", "1"])
    assert (refused["nodes"]["a"]["text"], refused["pending"]) == ("a", [])


def test_a_page_takes_nothing_away_that_was_kept_after_it(page: Page) -> None:
    mine = add("1", "edit", node_id="a", set={"text": "mine"})
    kept = [mine, ["acknowledge", "1", 9, 5]]
    older = play(page, *kept, ["replace", FACTS, 8])
    assert (older["nodes"]["a"]["text"], older["pending"]) == ("mine", ["1"])
    newer = play(page, *kept, ["replace", FACTS, 9])
    assert (newer["nodes"]["a"]["text"], newer["pending"]) == ("a", [])


def test_what_is_taken_back_is_in_no_stop_any_more(page: Page) -> None:
    told = [{"id": "r", "type": "moment", "subject_id": "m", "text": "M"}]
    refers = ["refers", "a", told]
    assert play(page, refers)["nodes"]["a"]["references"] == told
    assert play(page, refers, ["withdraw", "m"])["nodes"]["a"]["references"] == []
    assert play(page, refers, ["withdraw", "another"])["nodes"]["a"]["references"] == told
    mine = add("1", "refer", reference_id="s", node_id="b", subject_type="moment", subject_id="m", words="M")
    assert play(page, mine, ["withdraw", "m"])["nodes"]["b"]["references"] == []
    gone = ["arrive", {"topic": "node", "subject_id": "a", "gone": True, "op": "y", "seq": 6}]
    back = play(page, refers, gone, ["withdraw", "m"], add("2", "restore", node_id="a"))
    assert back["nodes"]["a"]["references"] == []

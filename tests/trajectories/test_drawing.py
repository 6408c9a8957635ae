import json
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cocreate.core.i18n import speaking
from cocreate.trajectories.drawing import (
    DARK,
    LIGHT,
    VOICES,
    Labels,
    Mark,
    edge_svgs,
    graph_data,
    node_svg,
    picture_svg,
    shapes_data,
)
from cocreate.trajectories.drawing.words import fit, width_of, wrap
from cocreate.trajectories.faces import picture_of
from cocreate.trajectories.layout import BOX, Point, layout
from cocreate.trajectories.models import Trajectory
from cocreate.trajectories.queries import Map
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation
from tests.trajectories.football import EDGES, NODES
from tests.trajectories.winding import winding

HOSTILE = [
    "</script><img src=x onerror=alert(1)>",
    '"><svg onload="alert(1)">',
    "'-alert(1)-'",
    "]]></title><style>*{}</style>",
    "<b>**bold**</b> _x_ `y`",
    "nul\x00 escape\x1b \u202eturned",
]
POINTS = layout([node.id for node in NODES], [(edge.source, edge.target) for edge in EDGES])


def picture(nodes=NODES, edges=EDGES, points=POINTS, **more):
    return picture_svg(
        nodes, edges, points, **{"title": "Road", "description": "How it went", "labels": Labels(), **more}
    )


def parts(svg, name):
    return [
        element for element in ElementTree.fromstring(svg).iter() if name in element.get("class", "").split()
    ]


def test_the_picture_tells_its_name_and_shows_every_node_and_step():
    svg = picture()
    root = ElementTree.fromstring(svg)
    assert (root.get("role"), root[0].text, root[1].text) == ("img", "Road", "How it went")
    assert len(parts(svg, "node")) == len(NODES)
    assert len(parts(svg, "edge")) == len(EDGES)
    assert len(parts(svg, "returns")) == 1
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=|href", svg)


@pytest.mark.parametrize("state", list(NodeState))
@pytest.mark.parametrize("kind", list(NodeKind))
def test_every_kind_and_state_has_a_class_and_a_shape(kind, state):
    svg = picture([MapNode("a", "A", kind, state)], [], {"a": Point(0, 0)})
    assert [element.get("class") for element in parts(svg, "node")] == [f"node kind-{kind} {state}"]
    assert bool(parts(svg, "caption")) is (state is not NodeState.HAPPENED)


def test_kinds_differ_in_shape_and_in_pictogram():
    shapes, pictograms = set(), set()
    for kind in NodeKind:
        svg = picture([MapNode("a", "A", kind, NodeState.HAPPENED)], [], {"a": Point(0, 0)})
        shapes.add(parts(svg, "outline")[0].get("d"))
        pictograms.add(parts(svg, "pictogram")[0].get("d"))
    assert len(shapes) == len(pictograms) == len(NodeKind)


def test_everything_drawn_lies_in_view():
    left, top, width, height = map(float, ElementTree.fromstring(picture()).get("viewBox").split())
    for line in parts(picture(), "line"):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", line.get("d"))]
        assert all(left <= x <= left + width for x in numbers[::2])
        assert all(top <= y <= top + height for y in numbers[1::2])


def test_right_to_left_is_the_mirror():
    def columns(svg):
        return [float(re.search(r"\((-?[\d.]+)", node.get("transform"))[1]) for node in parts(svg, "node")]

    assert columns(picture(rtl=True)) == [-x for x in columns(picture())]


def test_a_step_goes_around_what_stands_in_the_way():
    nodes = [MapNode(name, name, NodeKind.EVENT, NodeState.HAPPENED) for name in "abc"]
    points = {"a": Point(0, 0), "b": Point(260, 0), "c": Point(520, 0)}
    svg = picture(nodes, [MapEdge("e", "a", "c", Relation.LED_TO)], points)
    heights = [float(y) for _, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", parts(svg, "line")[0].get("d"))]
    assert max(map(abs, heights)) > 36


def spots(line):
    """Points along a drawn line, close to each other."""
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", line.get("d"))]
    curve = list(zip(numbers[::2], numbers[1::2], strict=True))
    for start in range(0, len(curve) - 1, 3):
        part = curve[start : start + 4]
        for time in range(41):
            t, u = time / 40, 1 - time / 40
            shares = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
            yield tuple(
                sum(share * at[axis] for share, at in zip(shares, part, strict=True)) for axis in (0, 1)
            )


def covers(point, spot):
    return abs(point.x - spot[0]) < BOX.width / 2 - 2 and abs(point.y - spot[1]) < BOX.height / 2 - 2


@pytest.mark.parametrize("count", [25, 60, 100, 250, 500])
def test_no_line_of_a_map_laid_out_runs_through_a_box(count):
    nodes, edges = winding(count)
    points = layout([node.id for node in nodes], [(edge.source, edge.target) for edge in edges])
    cells = {}
    for point in points.values():
        cells.setdefault((point.x // BOX.width, point.y // BOX.height), []).append(point)
    for line in parts(picture(nodes, edges, points), "line"):
        for x, y in spots(line):
            column, row = x // BOX.width, y // BOX.height
            around = [(column + dx, row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
            assert not any(covers(point, (x, y)) for cell in around for point in cells.get(cell, ()))


def test_a_walled_in_step_is_drawn_all_the_same():
    points = {f"w{row}": Point(260, 60 * row) for row in range(-40, 40)} | {
        "a": Point(0, 0),
        "b": Point(520, 0),
    }
    nodes = [MapNode(name, name, NodeKind.EVENT, NodeState.HAPPENED) for name in points]
    steps = [MapEdge("on", "a", "b", Relation.LED_TO), MapEdge("back", "b", "a", Relation.LED_TO)]
    assert len(parts(picture(nodes, steps, points), "line")) == 2


def test_nodes_without_a_place_are_left_out_with_their_steps():
    svg = picture(points={key: point for key, point in POINTS.items() if key != "cup"})
    assert len(parts(svg, "node")) == len(NODES) - 1
    assert len(parts(svg, "edge")) == len(EDGES) - 2
    assert ElementTree.fromstring(picture([], [], {})).get("viewBox")


def test_a_stop_carries_its_facts():
    dated = MapNode("a", "A", NodeKind.MOMENT, NodeState.EMERGED, when="2024-03")
    (node,) = parts(
        picture([dated], [], {"a": Point(0, 0)}, marks={"a": Mark("voice-youth", 5, 37, pinned=True)}), "node"
    )
    assert {key: value for key, value in node.attrib.items() if key.startswith("data-")} == {
        "data-node": "a",
        "data-kind": "moment",
        "data-state": "emerged",
        "data-voice": "voice-youth",
        "data-told": "5",
        "data-folded": "37",
        "data-pinned": "true",
        "data-when": "2024-03",
    }
    assert "".join(node.itertext()).count("+37") == 2  # on its badge and in its title
    assert len([each for each in node if each.get("class") == "below"]) == 2


def test_a_stop_without_marks_says_only_what_is_known():
    first, second = parts(picture(NODES[:2], []), "node")
    assert (first.get("data-told"), second.get("data-told")) == ("1", "2")
    assert not {"data-voice", "data-folded", "data-pinned", "data-when"} & first.attrib.keys()
    assert not parts(picture(), "voice-mark") + parts(picture(), "badge") + parts(picture(), "below")


def test_a_step_carries_its_facts():
    edge = parts(picture(), "edge")[4]
    assert [edge.get(f"data-{name}") for name in ("edge", "source", "target", "relation")] == [
        "5",
        "rain",
        "games",
        "turned_into",
    ]
    assert (edge[0].tag.rpartition("}")[2], edge[0].text) == ("title", "turned into")


def test_the_picture_says_what_it_is_for_and_which_way_it_reads():
    root = ElementTree.fromstring(picture(role="application", rtl=True))
    assert (root.get("role"), root.get("data-way")) == ("application", "-1")
    assert ElementTree.fromstring(picture()).get("data-way") == "1"


@pytest.mark.parametrize("rtl", [False, True])
def test_a_single_change_looks_as_in_the_whole_picture(rtl):
    nodes, edges = winding(60)
    points = layout([node.id for node in nodes], [(edge.source, edge.target) for edge in edges])
    marks = {node.id: Mark(list(VOICES)[place % 8], place + 1, place % 3) for place, node in enumerate(nodes)}
    whole = picture(nodes, edges, points, marks=marks, rtl=rtl)
    stops = [node_svg(node, points[node.id], Labels(), mark=marks[node.id], rtl=rtl) for node in nodes]
    steps = edge_svgs(nodes, edges, points, Labels(), rtl=rtl, only=None)
    assert "".join(stops) in whole
    assert list(steps) == [edge.id for edge in edges]
    assert "".join(steps.values()) in whole
    some = {edges[3].id, edges[40].id, "nobody"}
    assert edge_svgs(nodes, edges, points, Labels(), rtl=rtl, only=some) == {
        name: steps[name] for name in some - {"nobody"}
    }


def test_voices_differ_in_shape_and_are_painted_as_the_pages_do():
    assert len({mark.outline for mark in VOICES.values()}) == len(VOICES)
    tokens = (Path(__file__).parents[2] / "static" / "css" / "tokens.css").read_text()
    by_day = dict(re.findall(r"--(\w+): (#\w{6});", tokens[: tokens.index("@media")]))
    for voice, (outline, colour) in VOICES.items():
        name = voice.removeprefix("voice-")
        assert colour == by_day[f"v{name}" if name.isdigit() else name]
        (mark,) = parts(picture(NODES[:1], [], marks={"idea": Mark(voice)}), "voice-mark")
        assert (mark.get("class"), mark.get("d")) == (f"voice-mark {voice}", outline)


def test_an_unknown_voice_has_a_shape_of_its_own():
    (mark,) = parts(picture(marks={"idea": Mark('voice-"><script>')}), "voice-mark")
    assert mark.get("d") not in {known.outline for known in VOICES.values()}


def test_when_is_said_with_the_months_of_the_reader():
    labels = Labels(months=("januari", "februari", "maart", *["?"] * 9))
    said = {
        "2024": "2024",
        "2024-03": "maart 2024",
        "2024-03-05": "5 maart 2024",
        "2024-13": "13 2024",
        "": "",
    }
    assert {when: labels.when(when) for when in said} == said
    node = MapNode("a", "A", NodeKind.IDEA, NodeState.PLANNED, when="2024-03")
    (caption,) = parts(picture([node], [], {"a": Point(0, 0)}, labels=labels), "caption")
    assert caption.text == "planned · maart 2024"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "januari februari maart april mei juni juli augustus september oktober november december"),
        ("en", "January February March April May June July August September October November December"),
    ],
)
def test_every_month_has_its_name_in_the_language_of_the_page(app, language, said):
    about = [f"2024-{number:02}" for number in range(1, 13)] + ["2023", "2024-03-05"]
    nodes = [MapNode(when, when, NodeKind.EVENT, NodeState.HAPPENED, when=when) for when in about]
    points = {when: Point(260 * place, 0) for place, when in enumerate(about)}
    with app.test_request_context(), speaking(language):
        svg = str(picture_of(Map(Trajectory(title="Road"), nodes, [], points, {})))
    months = said.split()
    assert [caption.text for caption in parts(svg, "caption")] == [
        *[f"{month} 2024" for month in months],
        "2023",
        f"5 {months[2]} 2024",
    ]


def test_right_to_left_puts_everything_on_the_other_side():
    nodes = [MapNode("a", "سألت الجارة", NodeKind.IDEA, NodeState.PLANNED)]
    points, marks = {"a": Point(0, 0)}, {"a": Mark("voice-youth", 1, 3)}

    def across(name, rtl):
        (part,) = parts(picture(nodes, [], points, marks=marks, rtl=rtl), name)
        found = re.search(r"translate\((-?[\d.]+)", part.get("transform", "")) or re.search(
            r'x="(-?[\d.]+)', ElementTree.tostring(part, encoding="unicode")
        )
        return float(found[1])

    assert [across(name, rtl=False) < 0 for name in ("pictogram", "voice-mark", "words", "badge")] == [
        True,
        True,
        True,
        False,
    ]
    assert [across(name, rtl=True) > 0 for name in ("pictogram", "voice-mark", "words", "badge")] == [
        True,
        True,
        True,
        False,
    ]
    (words,) = parts(picture(nodes, [], points, rtl=True), "words")
    assert (words.get("text-anchor"), words.get("unicode-bidi")) == ("end", "plaintext")
    groups = [part for part in ElementTree.fromstring(picture(rtl=True)) if part.tag.endswith("}g")]
    assert [group.get("direction") for group in groups] == [
        "ltr",
        "ltr",
    ]  # so that the page turns nothing twice


def test_steps_run_to_the_left_where_reading_does():
    steps = [MapEdge("e", "a", "b", Relation.LED_TO)]
    nodes = [MapNode(name, name, NodeKind.EVENT, NodeState.HAPPENED) for name in "ab"]
    (line,) = parts(picture(nodes, steps, {"a": Point(0, 0), "b": Point(260, 0)}, rtl=True), "line")
    across = [x for x, _ in spots(line)]
    assert (across[0], across[-1]) == (-100, -160)
    assert all(one >= other for one, other in pairwise(across))


@pytest.mark.parametrize("relation", Relation)
@pytest.mark.parametrize(
    "target",
    [Point(260, 0), Point(260, 220), Point(0, 330), Point(-520, 110)],
    ids=["on", "down", "below", "back"],
)
def test_right_to_left_turns_a_step_with_its_end(relation, target):
    nodes = [MapNode(name, name, NodeKind.EVENT, NodeState.HAPPENED) for name in "ab"]
    steps = [MapEdge("e", "a", "b", relation, "omdat het kon")]

    def drawn(name, rtl):
        (part,) = parts(picture(nodes, steps, {"a": Point(0, 0), "b": target}, rtl=rtl), name)
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", part.get("d"))]
        return list(zip(numbers[::2], numbers[1::2], strict=True))

    for name in ("line", "head"):
        assert sorted(drawn(name, rtl=True)) == sorted((-x, y) for x, y in drawn(name, rtl=False))
    *_, before, tip = drawn("line", rtl=True)
    ahead = (tip[0] - before[0], tip[1] - before[1])
    for x, y in drawn("head", rtl=True):  # all of it lies before where the step arrives
        assert (tip[0] - x) * ahead[0] + (tip[1] - y) * ahead[1] >= 0


def test_words_on_a_step_stand_where_it_runs_from_right_to_left():
    nodes = [MapNode(name, name, NodeKind.EVENT, NodeState.HAPPENED) for name in "ab"]
    points = {"a": Point(0, 0), "b": Point(260, 220)}

    def label(words, rtl):
        (part,) = parts(
            picture(nodes, [MapEdge("e", "a", "b", Relation.LED_TO, words)], points, rtl=rtl), "label"
        )
        return part

    spots = {rtl: [float(line.get("x")) for line in label("omdat het kon", rtl)] for rtl in (False, True)}
    assert spots[True] == [-x for x in spots[False]]
    assert label("omdat", rtl=True).get("text-anchor") == "middle"
    assert label("omdat", rtl=True).get("unicode-bidi") is None
    assert label("لأنه كان ممكنا", rtl=False).get("unicode-bidi") == "plaintext"


def test_a_browser_gets_all_it_needs_to_draw_a_stop():
    data = json.loads(json.dumps(shapes_data()))
    assert set(data["kinds"]) == set(NodeKind)
    assert set(data["relations"]) == set(Relation)
    assert set(data["voices"]) == set(VOICES)
    assert (data["box"], data["pitch"]) == ({"width": 200, "height": 72}, {"width": 260, "height": 110})
    assert len(data["letters"]) == len(data["lines"])
    for kind in NodeKind:
        svg = picture([MapNode("a", "A", kind, NodeState.HAPPENED)], [], {"a": Point(0, 0)})
        assert parts(svg, "outline")[0].get("d") == data["kinds"][kind]["outline"]
        assert parts(svg, "pictogram")[0].get("d") == data["kinds"][kind]["pictogram"]
    assert "#" not in json.dumps(data)


def test_a_picture_stays_small():
    nodes, edges = winding(500)
    points = layout([node.id for node in nodes], [(edge.source, edge.target) for edge in edges])
    assert len(picture(nodes, edges, points)) < 1_250 * len(nodes)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words_in_the_picture(text):
    nodes = [MapNode(name, text, NodeKind.IDEA, NodeState.PLANNED, when=text) for name in "ab"]
    labels = Labels(
        dict.fromkeys(NodeKind, text), dict.fromkeys(NodeState, text), dict.fromkeys(Relation, text)
    )
    edges = [MapEdge("e", "a", "b", Relation.LED_TO, text)]
    points = {"a": Point(0, 0), "b": Point(300, 0)}
    marks = {"a": Mark(text, 1, 1), "b": Mark(text)}
    svg = picture(nodes, edges, points, title=text, description=text, labels=labels, marks=marks, role=text)
    allowed = {"svg", "title", "desc", "g", "path", "text", "tspan", "circle"}
    elements = list(ElementTree.fromstring(svg).iter())
    assert {element.tag.rpartition("}")[2] for element in elements} <= allowed
    assert not [
        name for element in elements for name in element.attrib if name.startswith("on") or name == "style"
    ]
    assert "\u202e" not in svg


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words_on_the_canvas(text):
    nodes = [MapNode("a", text, NodeKind.IDEA, NodeState.HAPPENED)]
    node = graph_data(nodes, [], {"a": Point(0, 0)}, palette=LIGHT)["nodes"][0]
    assert node["font"]["multi"] is False
    assert "title" not in node
    assert node["shape"] == "box"


def test_canvas_data_is_ready_for_json_and_stands_still():
    data = json.loads(json.dumps(graph_data(NODES, EDGES, POINTS, palette=DARK)))
    assert data["options"]["physics"] == {"enabled": False}
    assert [(node["x"], node["y"]) for node in data["nodes"]] == [tuple(POINTS[node.id]) for node in NODES]
    assert all(node["fixed"] == {"x": True, "y": True} and not node["physics"] for node in data["nodes"])
    looks = {
        node["state"]: (node["opacity"], node["borderWidth"], bool(node["shapeProperties"]["borderDashes"]))
        for node in data["nodes"]
    }
    assert looks["planned"] == (1, 2, True)
    assert looks["dropped"] == (0.7, 2, True)
    assert looks["emerged"] == (1, 4, False)
    assert [edge["relation"] for edge in data["edges"]] == [edge.relation for edge in EDGES]


def test_an_empty_label_does_not_become_the_id():
    data = graph_data(
        [MapNode("secret-id", "", NodeKind.IDEA, NodeState.HAPPENED)],
        [],
        {"secret-id": Point(0, 0)},
        palette=LIGHT,
    )
    assert "secret" not in data["nodes"][0]["label"]


def test_words_are_cut_into_lines_that_fit():
    text = "Meervoudigepersoonlijkheidsstoornissenbehandelcentrum en nog een heel lang verhaal daarachteraan"
    lines = wrap(text, 150, 14, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(width_of(line, 14) <= 150 for line in lines)
    assert wrap("kort", 150, 14, 3) == ["kort"]
    assert wrap(" \n ", 150, 14, 3) == []


def test_long_words_are_set_smaller_before_they_are_broken():
    assert fit("voetbaltoernooi", 140, (14, 12.5), 3) == (14, ["voetbaltoernooi"])
    assert fit("activiteitenbegeleidster", 185, (14, 12.5), 3)[0] == 12.5


def test_accents_stay_with_their_letter():
    assert all(not line.startswith("\u0301") for line in wrap("e\u0301" * 100, 60, 14, 3))

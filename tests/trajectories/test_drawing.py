import json
import re
from xml.etree import ElementTree

import pytest

from cocreate.trajectories.drawing import DARK, LIGHT, Labels, graph_data, picture_svg
from cocreate.trajectories.drawing.words import fit, width_of, wrap
from cocreate.trajectories.layout import Point, layout
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation
from tests.trajectories.football import EDGES, NODES

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


def test_nodes_without_a_place_are_left_out_with_their_steps():
    svg = picture(points={key: point for key, point in POINTS.items() if key != "cup"})
    assert len(parts(svg, "node")) == len(NODES) - 1
    assert len(parts(svg, "edge")) == len(EDGES) - 2
    assert ElementTree.fromstring(picture([], [], {})).get("viewBox")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words_in_the_picture(text):
    nodes = [MapNode(name, text, NodeKind.IDEA, NodeState.PLANNED) for name in "ab"]
    labels = Labels(
        dict.fromkeys(NodeKind, text), dict.fromkeys(NodeState, text), dict.fromkeys(Relation, text)
    )
    edges = [MapEdge("e", "a", "b", Relation.LED_TO, text)]
    points = {"a": Point(0, 0), "b": Point(300, 0)}
    svg = picture(nodes, edges, points, title=text, description=text, labels=labels)
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

import json

import pytest

from cocreate.trajectories.formats import MapFileError, read_map
from cocreate.trajectories.layout import Point
from cocreate.trajectories.rules import MAX_NOTE, MAX_TEXT, MapEdge, NodeKind, NodeState, Relation

GOOD = {
    "nodes": [
        {"id": "g", "type": "group", "label": "Before", "x": -10, "y": -10, "width": 400, "height": 300},
        {
            "id": "a",
            "type": "text",
            "text": "# Idea\nwith **force** and a [link](https://example.org)",
            "x": 0,
            "y": 0,
            "width": 200,
            "height": 60,
            "color": "4",
        },
        {"id": "b", "type": "file", "file": "notes/day.md", "x": 300, "y": 0, "width": 200, "height": 60},
        {
            "id": "c",
            "type": "link",
            "url": "https://example.org",
            "x": 600,
            "y": 0,
            "width": 200,
            "height": 60,
        },
        {
            "id": "d",
            "type": "text",
            "text": "ours",
            "kind": "meaning",
            "state": "emerged",
            "intended": False,
            "note": "kept",
            "x": 900,
            "y": 0,
            "width": 20,
            "height": 20,
        },
    ],
    "edges": [
        {"id": "e1", "fromNode": "a", "toNode": "b", "label": "and then"},
        {"id": "e2", "fromNode": "b", "toNode": "c", "fromEnd": "arrow", "toEnd": "none"},
        {"id": "e3", "fromNode": "c", "toNode": "a", "toEnd": "none"},
        {"id": "e4", "fromNode": "a", "toNode": "c", "fromEnd": "arrow"},
        {"fromNode": "c", "toNode": "d", "relation": "meant"},
    ],
}


def read(board, name="Our day.canvas"):
    return read_map(name, board if isinstance(board, bytes) else json.dumps(board).encode())


def test_a_canvas_with_everything():
    found = read(GOOD)
    assert found.title == "Our day"
    assert found.found == (5, 5)
    nodes = {node.id: node for node in found.nodes}
    assert (nodes["g"].kind, nodes["g"].text) == (NodeKind.CONDITION, "Before")
    assert (nodes["a"].text, nodes["a"].note) == ("Idea\nwith force and a link", "https://example.org")
    assert (nodes["b"].text, nodes["c"].text) == ("notes/day.md", "https://example.org")
    ours = nodes["d"]
    assert (ours.kind, ours.state, ours.intended, ours.note) == (
        NodeKind.MEANING,
        NodeState.EMERGED,
        False,
        "kept",
    )
    assert found.edges[0] == MapEdge("e1", "a", "b", Relation.LED_TO, "and then")
    assert (found.edges[1].source, found.edges[1].target) == ("c", "b")
    assert found.edges[4].relation is Relation.MEANT
    assert found.positions["a"] == Point(100, 30)
    assert found.placed == 5
    assert set(found.notes) == {
        "Groups kept as a condition, without what stood inside: 1.",
        "Colours that were left out: 1.",
        "Letters and lines with a look of their own, shown as ours: 1.",
        "Links that go both ways, drawn in the order they were written: 1.",
        "Links without a direction, drawn in the order they were written: 1.",
    }


def test_remarks_keep_their_template():
    remark = next(note for note in read(GOOD).notes if "Colours" in note)
    assert str(remark) == "Colours that were left out: 1."
    assert (remark.message, remark.params) == ("Colours that were left out: %(count)s.", {"count": 1})


def test_what_nobody_can_see_is_gone_and_long_texts_are_cut():
    board = {"nodes": [{"id": "a", "text": "x\ud800\x00\u202e y" + "z" * 600}, {"id": "b", "text": " "}]}
    cut, empty = read(board).nodes
    assert cut.text.startswith("x yzzz")
    assert len(cut.text) == MAX_TEXT
    assert len(cut.note) > 600
    assert empty.text == "…"
    assert read(board).positions is None


def test_what_has_no_place_here_is_counted():
    node = {"id": "a", "text": "A", "styleAttributes": {}, "kind": "airport", "when": "2024-13", "width": 9}
    edge = {"fromNode": "a", "toNode": "a", "color": "1", "relation": "unknown", "fromSide": "top"}
    found = read({"nodes": [node], "edges": [edge]})
    assert found.notes == (
        "Further values beside items and links, left out: 4.",
        "Colours that were left out: 1.",
        "Letters and lines with a look of their own, shown as ours: 1.",
    )


def test_nothing_beside_the_cards_is_lost_silently():
    node = {"id": "a", "type": "file", "file": "day.md", "text": "A", "subpath": "#noon", "relation": "meant"}
    edge = {"fromNode": "a", "toNode": "a", "note": "why", "kind": "idea"}
    found = read({"nodes": [node], "edges": [edge], "metadata": {"version": "1.0"}, "x": 1})
    assert (found.nodes[0].text, found.nodes[0].note) == ("A", "day.md")
    assert found.notes == ("Further values beside items and links, left out: 6.",)


def test_a_long_title_is_cut_and_that_is_told():
    found = read({"title": "x" * 201, "nodes": [{"id": "a", "text": "A"}]})
    assert found.title == "x" * 200
    assert found.notes == ("Long titles that were cut: 1.",)


def test_long_notes_are_cut_and_that_is_told():
    found = read({"nodes": [{"id": "a", "text": "A", "note": "x " * 4000}]})
    assert len(found.nodes[0].note) == MAX_NOTE
    assert found.notes == ("Long notes that were cut: 1.",)


def test_marks_of_markdown_that_are_meant_stay():
    found = read({"nodes": [{"id": "a", "text": r"\# one \*\*two\*\* `three` C:\new \[x\](y)" + "\n  four"}]})
    assert found.nodes[0].text == "# one **two** three C:\\new [x](y)\n  four"


def test_loops_doubles_and_repeated_edge_ids_are_welcome():
    edge = {"id": "e", "fromNode": "a", "toNode": "a"}
    found = read({"nodes": [{"id": "a", "text": "A"}], "edges": [edge] * 3})
    assert len({edge.id for edge in found.edges}) == 3


def test_items_that_only_a_link_names_are_added_by_name():
    edge = {"id": "e7", "fromNode": "a", "toNode": "x9"}
    found = read({"nodes": [{"id": "a", "text": "A"}], "edges": [edge]})
    assert found.found == (1, 1)
    assert found.added == {"x9"}
    assert found.notes == ("Items that a link names but the file does not hold, added by name: 1.",)


@pytest.mark.parametrize(
    ("board", "said"),
    [
        (b"{\n  nodes", "Line 2: this is not well-formed JSON (at character 3)."),
        (b"[]", "This is not a canvas: “nodes” is missing."),
        (b"\xff\xfe\x00", "We do not know the letters of this file. Save it as UTF-8 and try again."),
        ({"nodes": {}}, "The part “nodes” of this file is not a list."),
        ({"nodes": [7]}, "Item 1 under “nodes” is not an object."),
        ({"nodes": [{"text": "A"}]}, "Item 1 under “nodes” has no “id”."),
        ({"nodes": [{"id": "a"}, {"id": "a"}]}, "The name “a” is used for two items."),
        ({"nodes": []}, "There is nothing on this map."),
        (
            {"nodes": [{"id": "a"}], "edges": [{"id": "e", "fromNode": "a"}]},
            "Item 1 under “edges” has no “toNode”.",
        ),
    ],
)
def test_a_bad_canvas_is_refused_with_the_reason(board, said):
    with pytest.raises(MapFileError) as refused:
        read(board)
    assert str(refused.value) == said
    assert refused.value.message % refused.value.params == said

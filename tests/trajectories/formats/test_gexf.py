# ruff: noqa: E501 (files as programs write them)
import pytest

from cocreate.trajectories.formats import MapFileError, read_map
from cocreate.trajectories.layout import Point
from cocreate.trajectories.rules import NodeKind, Relation

GOOD = """<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz">
<meta><title>Who knows whom</title></meta>
<graph defaultedgetype="directed">
<attributes class="node"><attribute id="0" title="Kind"/><attribute id="1" title="size"/></attributes>
<attributes class="edge"><attribute id="0" title="relation"/></attributes>
<nodes><node id="a" label="A"><attvalues><attvalue for="0" value="moment"/><attvalue for="1" value="9"/></attvalues>
  <viz:color r="1" g="2" b="3"/><viz:position x="1.5" y="-2" z="0"/>
  <nodes><node id="c"><viz:position x="1" y="2"/></node></nodes></node>
<node id="b" label=""><viz:position x="3" y="4"/></node></nodes>
<edges><edge id="0" source="a" target="b" label="met"><attvalues><attvalue for="0" value="inspired"/></attvalues></edge>
<edge id="1" source="b" target="a" type="undirected"/><edge id="2" source="b" target="c" type="mutual"/></edges>
</graph></gexf>"""


def test_a_graph_with_everything():
    found = read_map("g.gexf", GOOD.encode())
    assert found.title == "Who knows whom"
    assert [(node.id, node.text) for node in found.nodes] == [("a", "A"), ("b", "b"), ("c", "c")]
    assert found.nodes[0].kind is NodeKind.MOMENT
    assert (found.edges[0].relation, found.edges[0].label) == (Relation.INSPIRED, "met")
    assert found.positions["a"] == Point(1.5, -2)
    assert found.placed == 3
    assert set(found.notes) == {
        "Further values beside items and links, left out: 1.",
        "Colours that were left out: 1.",
        "Groups that were opened, their items kept: 1.",
        "Links without a direction, drawn in the order they were written: 1.",
        "Links that go both ways, drawn in the order they were written: 1.",
    }


def test_items_that_only_a_link_names_are_added_by_name():
    edges = "<edge id='1' source='a' target='x9'/><edge id='1' source='a' target='x9' type='undirected'/>"
    found = read_map(
        "g.gexf",
        f"<gexf><graph defaultedgetype='directed'><nodes><node id='a'/></nodes><edges>{edges}</edges></graph></gexf>".encode(),
    )
    assert found.found == (1, 2)
    assert found.added == {"x9"}
    assert found.notes == (
        "Links without a direction, drawn in the order they were written: 1.",
        "Items that a link names but the file does not hold, added by name: 1.",
    )


def test_items_under_others_are_kept_and_that_is_told():
    nodes = "<node id='a'/><node id='b' pid='a'/><node id='c' pid='b' start='2024'/><node id='d' pid='a'/>"
    found = read_map("g.gexf", f"<gexf><graph><nodes>{nodes}</nodes></graph></gexf>".encode())
    assert found.found == (4, 0)
    assert found.notes == (
        "Periods of time that were left out: 1.",
        "Groups that were opened, their items kept: 2.",
    )


BESIDE = """<gexf xmlns:viz="http://www.gexf.net/1.2draft/viz"><meta lastmodifieddate="2024-03-15"><creator>Gephi</creator></meta>
<graph defaultedgetype="directed"><attributes class="node"><attribute id="k" title="kind"><default>event</default></attribute>
<attribute id="s" title="size"><default>3</default></attribute></attributes>
<nodes><node id="a"><attvalues><attvalue for="k" value="moment"/></attvalues><viz:shape value="disc"/><viz:size value="2"/></node>
<node id="b"><attvalues><attvalue for="s" value="1" start="2023"/><attvalue for="s" value="2" start="2024"/></attvalues><spells/></node>
<node id="c"><parents><parent for="a"/><parent for="b"/></parents><strange/></node></nodes>
<edges><edge id="1" source="a" target="b" weight="2.5"/></edges></graph></gexf>"""


def test_nothing_in_a_graph_is_lost_silently():
    found = read_map("g.gexf", BESIDE.encode())
    kinds = [node.kind for node in found.nodes]
    assert kinds == [NodeKind.MOMENT, NodeKind.EVENT, NodeKind.EVENT]
    assert set(found.notes) == {
        "Facts about the file itself, such as who made it, left out: 2.",
        # three sizes, one of them twice, a weight, and something strange
        "Further values beside items and links, left out: 6.",
        "Shapes and sizes that were left out: 2.",
        "Periods of time that were left out: 3.",
        "Groups that were opened, their items kept: 2.",
    }


def test_several_roads_to_one_parent_are_no_circle():
    above = "".join(f"<parents><parent for='{each}'/></parents>" for each in "bc")
    nodes = (
        f"<node id='a'>{above}</node><node id='b' pid='d'/><node id='c' pid='d'/><node id='d' pid='gone'/>"
    )
    found = read_map("g.gexf", f"<gexf><graph><nodes>{nodes}</nodes></graph></gexf>".encode())
    assert found.found == (4, 0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<gexf/>", "Line 1: “graph” is missing."),
        ("<gexf><graph/></gexf>", "There is nothing on this map."),
        ("<gexf><graph><nodes><node/></nodes></graph></gexf>", "Line 1: “node” has no “id”."),
        (
            "<gexf><graph><nodes><node id='a' pid='b'/><node id='b' pid='c'/><node id='c' pid='b'/></nodes></graph></gexf>",
            "The item “b” stands under itself.",
        ),
        (
            "<gexf><graph><nodes><node id='a' pid='a'/></nodes></graph></gexf>",
            "The item “a” stands under itself.",
        ),
        (
            "<gexf><graph><nodes><node id='a'><parents><parent for='b'/></parents></node>"
            "<node id='b'><parents><parent for='c'/><parent for='a'/></parents></node></nodes></graph></gexf>",
            "The item “a” stands under itself.",
        ),
    ],
)
def test_a_bad_graph_is_refused_with_the_reason(text, said):
    with pytest.raises(MapFileError) as refused:
        read_map("g.gexf", text.encode())
    assert str(refused.value) == said

# ruff: noqa: E501 (files as programs write them)
import pytest

from cocreate.trajectories.formats import MapFileError, read_map
from cocreate.trajectories.layout import Point
from cocreate.trajectories.rules import NodeKind, NodeState, Relation

GOOD = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
<key id="l" for="node" attr.name="label"/><key id="k" for="node" attr.name="kind"><default>event</default></key>
<key id="s" for="node" attr.name="state"/><key id="x" for="node" attr.name="x"/><key id="y" for="node" attr.name="y"/>
<key id="r" for="edge" attr.name="relation"/><key id="w" for="edge" attr.name="weight"/><key id="g" for="node"/>
<graph edgedefault="undirected">
<node id="a"><data key="l">A</data><data key="s">dropped</data><data key="x">1</data><data key="y">2</data></node>
<node id="b"><data key="k">meaning</data><data key="x">3</data><data key="y">4</data>
  <graph edgedefault="directed"><node id="c"><data key="x">5</data><data key="y">6</data>
    <data key="g"><y:ShapeNode><y:NodeLabel>drawn</y:NodeLabel></y:ShapeNode></data></node>
  <edge source="c" target="a"/></graph></node>
<edge id="e" source="a" target="b"><data key="r">hindered</data><data key="w">3</data></edge>
<edge id="e" source="a" target="b" directed="true"/>
<hyperedge/>
</graph></graphml>"""


def test_a_graph_with_everything():
    found = read_map("g.graphml", GOOD.encode())
    assert [(node.text, node.kind, node.state) for node in found.nodes] == [
        ("A", NodeKind.EVENT, NodeState.DROPPED),
        ("b", NodeKind.MEANING, NodeState.HAPPENED),
        ("drawn", NodeKind.EVENT, NodeState.HAPPENED),
    ]
    assert [(edge.source, edge.target) for edge in found.edges] == [("a", "b"), ("a", "b"), ("c", "a")]
    assert found.edges[0].relation is Relation.HINDERED
    assert found.positions == {"a": Point(1, 2), "b": Point(3, 4), "c": Point(5, 6)}
    assert "Links without a direction, drawn in the order they were written: 1." in found.notes
    assert "Links between more than two items, left out: 1." in found.notes
    assert "Groups that were opened, their items kept: 1." in found.notes


DRAWN = """<graphml xmlns:y="http://www.yworks.com/xml/graphml">
<key id="d" for="node" attr.name="description"/><key id="u" for="node" attr.name="url"/><key id="g" for="node"/>
<key id="n" for="node" attr.name="name"/><key id="l" for="node" attr.name="label"/><key id="v" for="graph" attr.name="version"/>
<key id="c" for="edge" attr.name="label"/><key id="m" for="edge" attr.name="name"/><key id="w" for="all" attr.name="weight"><default>1</default></key>
<graph edgedefault="directed"><data key="v">7</data>
<node id="a"><desc>in words</desc><data key="g"><y:ShapeNode><y:Fill/><y:NodeLabel>drawn</y:NodeLabel><y:NodeLabel>twice</y:NodeLabel></y:ShapeNode></data></node>
<node id="b"><data key="l">B</data><data key="n">Bob</data><data key="d">a man</data><data key="u">https://example.org</data><port name="x"/></node>
<edge source="a" target="b"><data key="c">one</data><data key="m">two</data></edge>
<edge source="a" target="b"><desc>a word</desc></edge>
<edge source="b" target="a" directed="false"/>
</graph></graphml>"""


def test_nothing_in_a_graph_is_lost_silently():
    found = read_map("g.graphml", DRAWN.encode())
    assert [(node.text, node.note) for node in found.nodes] == [
        ("drawn\ntwice", "in words"),
        ("B", "Bob\na man\nhttps://example.org"),
    ]
    steps = [(edge.source, edge.target, edge.label) for edge in found.edges]
    assert steps == [("a", "b", "one"), ("a", "b", "a word"), ("b", "a", "")]
    assert set(found.notes) == {
        # five weights, the version of the graph, a port, and the second name of a link
        "Further values beside items and links, left out: 8.",
        "Letters and lines with a look of their own, shown as ours: 1.",
        "Links without a direction, drawn in the order they were written: 1.",
    }


def test_items_that_only_a_link_names_are_added_by_name():
    text = '<graphml><graph><node id="a"/><edge source="a" target="z"/><edge source="z" target="y"/></graph></graphml>'
    found = read_map("g.graphml", text.encode())
    assert found.found == (1, 2)
    assert [node.id for node in found.nodes] == ["a", "z", "y"]
    assert found.added == {"z", "y"}
    assert found.notes == ("Items that a link names but the file does not hold, added by name: 2.",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<graphml/>", "Line 1: “graph” is missing."),
        ("<graphml><graph/></graphml>", "There is nothing on this map."),
        ("<graphml><graph>\n<node/></graph></graphml>", "Line 2: “node” has no “id”."),
        (
            "<graphml><graph><node id='a'/>\n<edge source='a'/></graph></graphml>",
            "Line 2: “edge” has no “target”.",
        ),
        (
            "<graphml><graph><node id='a'/><node id='a'/></graph></graphml>",
            "The name “a” is used for two items.",
        ),
        ("<graphml><key/><graph/></graphml>", "Line 1: “key” has no “id”."),
    ],
)
def test_a_bad_graph_is_refused_with_the_reason(text, said):
    with pytest.raises(MapFileError) as refused:
        read_map("g.graphml", text.encode())
    assert str(refused.value) == said

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
    assert len(found.notes) == 5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<gexf/>", "Line 1: “graph” is missing."),
        ("<gexf><graph/></gexf>", "There is nothing on this map."),
        ("<gexf><graph><nodes><node/></nodes></graph></gexf>", "Line 1: “node” has no “id”."),
        (
            "<gexf><graph><nodes><node id='a'/></nodes><edges><edge id='e7' source='a' target='x9'/></edges></graph></gexf>",
            "The link “e7” points to “x9”, which is not in the file.",
        ),
    ],
)
def test_a_bad_graph_is_refused_with_the_reason(text, said):
    with pytest.raises(MapFileError) as refused:
        read_map("g.gexf", text.encode())
    assert str(refused.value) == said

# ruff: noqa: E501 (files as programs write them)
"""Files with something of everything their formats know, one thing of a kind at an item."""

from collections.abc import Callable
from typing import Any

from tests.trajectories.formats.hostile import xmind

MM = """<map version="1.0.1"><attribute_registry SHOW_ATTRIBUTES="hide"/>
<node ID="root" TEXT="Root" COLOR="#f00" CREATED="1" FOLDED="true" POSITION="right" STYLE="fork">
 <attribute NAME="label" VALUE="so"/><attribute NAME="owner" VALUE="Noor" OBJECT="java.lang.String"/>
 <attribute_layout NAME_WIDTH="9"/>
 <icon BUILTIN="idea"/><cloud COLOR="#eee"/><font SIZE="12"/><edge COLOR="#333"/><hook NAME="MapStyle"/>
 <hook NAME="ExternalObject" URI="a.png"/><hook NAME="accessories/plugins/NodeNote.properties"><text>old note</text></hook>
 <hook NAME="plugins/latex/LatexNodeHook.properties" EQUATION="a^2"/>
 <richcontent TYPE="NOTE" HIDDEN="true"><html><body><p>A <b>note</b> <a href="https://example.org">there</a></p></body></html></richcontent>
 <arrowlink DESTINATION="b" MIDDLE_LABEL="later" COLOR="#00f" STARTARROW="Default" ENDARROW="None" RELATION="meant"/>
 <node ID="a" LINK="https://example.org/a" TEXT="A" BACKGROUND_COLOR="#fff" HGAP="9" SHORT_TEXT="short" FORMAT="x" OBJECT="o">
  <attribute NAME="label" VALUE="because"/><attribute NAME="relation" VALUE="meant"/><attribute NAME="kind" VALUE="moment"/></node>
 <node ID="b" TEXT="B" LINK="#a"/><node ID="c" CONTENT_ID="a"/><node ID="d" TEXT="D" BORDER_COLOR="#000"><attribute NAME="why" VALUE="not"/></node>
 <node ID="e" TEXT="E" NUMBERED="true"><arrowlink DESTINATION="a"/></node><node ID="f" TEXT="F" MODIFIED="2"/>
</node></map>"""
OPML = """<opml version="2.0"><head><title>Plan</title><ownerName>Noor</ownerName></head><body>
<outline text="A" title="Another" id="a" label="so" relation="meant" kind="moment" _note="more">
 <outline text="B" id="b" label="then" relation="inspired" url="https://example.org"/>
 <outline text="→ C" type="step" to="c" label="and" relation="meant"/></outline>
<outline text="C" id="c" created="2024"/><outline text="D" type="rss"/></body></opml>"""
GRAPHML = """<graphml xmlns:y="y"><desc>of the file</desc>
<key id="l" for="node" attr.name="label"/><key id="k" for="node" attr.name="kind"><default>event</default></key>
<key id="g" for="node"/><key id="p" for="node" attr.name="x"/><key id="w" for="all" attr.name="weight"/><key id="t" for="graph" attr.name="title"/><key id="v" for="graph" attr.name="version"/>
<key id="r" for="edge" attr.name="relation"/><key id="c" for="edge" attr.name="label"/>
<graph id="g" edgedefault="undirected" parse.nodes="2"><desc>of the graph</desc><data key="t">Title</data><data key="v">7</data>
<node id="a"><data key="l">A</data><data key="p">1</data><data key="w">3</data><port name="p"/><desc>in words</desc></node>
<node id="b"><data key="g"><y:ShapeNode><y:NodeLabel>drawn</y:NodeLabel></y:ShapeNode></data>
 <graph id="h" edgedefault="directed"><data key="v">8</data><desc>of the inner graph</desc><node id="c"/><edge source="c" target="a"/></graph></node>
<edge id="e" source="a" target="b" sourceport="p" directed="true"><data key="r">meant</data><data key="c">so</data></edge>
<edge source="b" target="a"/><hyperedge/></graph></graphml>"""
GEXF = """<gexf xmlns:viz="viz"><meta lastmodifieddate="2024"><title>Title</title><creator>Gephi</creator></meta>
<graph defaultedgetype="directed" mode="dynamic" timeformat="date">
<attributes class="node" mode="dynamic"><attribute id="k" title="kind"><default>event</default><options>a</options></attribute><attribute id="s" title="size"/></attributes>
<attributes class="edge"><attribute id="r" title="relation"/></attributes>
<nodes><node id="a" label="A" start="2024"><attvalues><attvalue for="k" value="moment"/><attvalue for="s" value="2" start="2023"/></attvalues>
 <viz:color r="1"/><viz:size value="2"/><viz:shape value="disc"/><viz:position x="1" y="2"/><spells><spell start="1"/></spells></node>
<node id="b" label="B" pid="a"/><node id="c" label="C"><parents><parent for="b"/></parents></node></nodes>
<edges><edge id="1" source="a" target="b" label="met" type="mutual" weight="2"><attvalues><attvalue for="r" value="meant"/></attvalues><viz:thickness value="2"/></edge><edge id="2" source="b" target="c"/></edges>
</graph></gexf>"""
OLDER = """<xmap-content xmlns:xlink="xlink" xmlns:svg="svg">
<sheet id="s" theme="t"><title>Sheet</title><topic id="a" timestamp="1" xlink:href="https://example.org" style-id="x" branch="folded">
<title svg:width="9">A</title><notes><plain>why</plain></notes><labels><label>outside</label></labels>
<marker-refs><marker-ref marker-id="priority-1"/></marker-refs><img src="a.png"/><position svg:x="1"/>
<boundaries><boundary id="f"><title>Ours</title></boundary><boundary id="g"/></boundaries><summaries><summary id="u"/></summaries>
<extensions><extension provider="other"/></extensions><numbering number-format="n"/>
<children><topics type="detached"><topic id="b" xlink:href="xmind:#a" modified-by="Noor" structure-class="y"><title>B</title></topic></topics></children></topic>
<relationships><relationship id="r" end1="a" end2="b" style-id="z"><title>later</title><control-points/></relationship></relationships>
<legend/></sheet></xmap-content>"""
NEWER: Any = [
    {
        "title": "Sheet",
        "theme": {"id": "x"},
        "rootTopic": {
            "id": "a",
            "title": "A",
            "structureClass": "org.xmind.ui.tree.right",
            "customWidth": 9,
            "position": {"x": 1},
            "branch": "folded",
            "href": "https://example.org",
            "labels": ["one", "two"],
            "markers": [{"markerId": "m"}, {"markerId": "n"}],
            "notes": {"ops": {"ops": [{"insert": "why"}]}},
            "boundaries": [{"title": "Ours"}, {"range": "master"}],
            "summaries": [{"range": "(0,1)", "topicId": "s"}],
            "image": {"src": "a.png"},
            "style": {"id": "s"},
            "numbering": {"numberFormat": "n"},
            "extensions": [
                {"provider": "other", "content": []},
                {"provider": "cocreate", "content": {"kind": "moment", "label": "so", "relation": "meant"}},
            ],
            "children": {
                "attached": [{"id": "b", "title": "B", "href": "xmind:#a"}],
                "detached": [{"id": "c", "title": "C"}],
                "summary": [{"id": "s", "title": "S", "notes": {"realHTML": {"content": "<p>so</p>"}}}],
            },
        },
        "relationships": [
            {
                "id": "r",
                "end1Id": "b",
                "end2Id": "c",
                "title": "later",
                "relation": "meant",
                "style": {"id": "y"},
            }
        ],
    }
]
CANVAS: Any = {
    "title": "Board",
    "metadata": {"version": "1.0"},
    "nodes": [
        {
            "id": "a",
            "type": "group",
            "label": "A",
            "x": 1,
            "y": 2,
            "width": 9,
            "height": 9,
            "background": "a.png",
        },
        {"id": "b", "type": "text", "text": "B **b**", "color": "4", "kind": "moment", "note": "why", "x": 1},
        {"id": "c", "type": "file", "file": "day.md", "subpath": "#noon", "text": 7},
        {"id": "d", "type": "link", "url": "https://example.org", "when": "2024"},
    ],
    "edges": [
        {
            "id": "e",
            "fromNode": "a",
            "toNode": "b",
            "fromSide": "top",
            "fromEnd": "arrow",
            "toEnd": "none",
            "color": "1",
            "label": "so",
            "relation": "meant",
            "note": "why",
        },
        {"id": "f", "fromNode": "b", "toNode": "x9", "toSide": "left"},
    ],
}
SAMPLES: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "map.mm": (MM, bytes),
    "map.opml": (OPML, bytes),
    "map.graphml": (GRAPHML, bytes),
    "map.gexf": (GEXF, bytes),
    "older.xmind": (OLDER, lambda data: xmind(("content.xml", data))),
}
BOARDS: dict[str, tuple[Any, Callable[[bytes], bytes]]] = {
    "map.canvas": (CANVAS, bytes),
    "newer.xmind": (NEWER, lambda data: xmind(("content.json", data))),
}

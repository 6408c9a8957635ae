# ruff: noqa: E501 (files as programs write them)
"""Whatever is taken out of a file, or put into it, is noticed: it is on the map, or a remark tells of it."""

import copy
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from xml.etree import ElementTree

import pytest

from cocreate.trajectories.formats import MapFileError, read_map
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
# What says nothing that a map could lose: which version of a format, of what sort a declaration is, names that
# only the file itself uses, and what says once more what its own parts say.
SILENT = {
    *("version", "class=node", "id=g", "id=h", "id=f", "id=u", "id=r", "id=s", "TYPE=NOTE", "for=all"),
    *("for=graph", "for=node", "for=edge", "NAME_WIDTH=9", "type=detached", "text=→ C"),
    *("defaultedgetype=static", "edgedefault=directed", "key=c", "key=g", "graphml > key g"),
    # The name of a value that is counted as left out.
    *("attr.name=weight", "attr.name=version", "graphml > key w", "graphml > key v", "key=v", "key=w"),
    *("title=size", "for=s", "value=2", "attributes > attribute s"),
}
# Left out as a whole, with one remark: nothing inside them is looked at.
CLOSED = {
    *(
        "attribute_registry",
        "attribute_layout",
        "icon",
        "cloud",
        "font",
        "hook",
        "port",
        "hyperedge",
        "color",
    ),
    *("size", "shape", "position", "spells", "thickness", "options", "creator", "ownerName", "marker-ref"),
    *("img", "summary", "extension", "numbering", "control-points", "legend", "ShapeNode"),
}
# Read for the words in them: what else would be there is no map.
WORDS = {"richcontent", "title", "notes", "label", "default", "desc", "data", "boundary"}

# Lists and what stands in them: no format has more to say there.
LISTS = {
    *("attvalues", "attvalue", "parents", "parent", "attribute", "labels", "marker-refs", "boundaries"),
    *("summaries", "extensions", "children", "topics", "relationships"),
}


def outcome(name: str, data: bytes) -> Any:
    """All that anybody hears of a file."""
    try:
        found = read_map(name, data)
    except MapFileError as error:
        return str(error)
    return found.title, found.nodes, found.edges, set(found.notes), found.placed, found.added


def local(name: str) -> str:
    return name.rpartition("}")[2]


def opened(
    root: ElementTree.Element, closed: Iterable[str] = ()
) -> Iterator[tuple[int, ElementTree.Element]]:
    """The elements whose parts are looked at, with their places in the document."""
    shut: set[ElementTree.Element] = set()
    for place, element in enumerate(root.iter()):
        tag = local(element.tag)
        is_look = tag == "edge" and element.get("source") is None and len(element) == 0
        if tag in CLOSED or tag in closed or is_look:
            shut |= set(element.iter())
        if element not in shut:
            yield place, element


def without_one(root: ElementTree.Element) -> Iterator[tuple[str, ElementTree.Element]]:
    """The document once for each attribute and each element: without it."""
    for place, element in opened(root):
        for name, value in element.attrib.items():
            less = copy.deepcopy(root)
            del list(less.iter())[place].attrib[name]
            yield f"{local(name)}={value}", less
        for number, child in enumerate(element):
            less = copy.deepcopy(root)
            parent = list(less.iter())[place]
            parent.remove(parent[number])
            yield f"{local(element.tag)} > {local(child.tag)} {child.get('id', number)}", less


def with_one_more(root: ElementTree.Element) -> Iterator[tuple[str, ElementTree.Element]]:
    """The document once for each element that is open: with an attribute that nobody knows, and with a part."""
    for place, element in opened(root, WORDS | LISTS):
        more = copy.deepcopy(root)
        list(more.iter())[place].set("unheard", "of")
        yield f"{local(element.tag)} unheard=", more
        more = copy.deepcopy(root)
        ElementTree.SubElement(list(more.iter())[place], "unheard")
        yield f"{local(element.tag)} > unheard", more


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_can_be_taken_out_of_a_document_unnoticed(name):
    text, packed = SAMPLES[name]
    root = ElementTree.fromstring(text)
    whole = outcome(name, packed(ElementTree.tostring(root)))
    assert isinstance(whole, tuple), whole
    unnoticed = [
        what
        for what, less in without_one(root)
        if what not in SILENT and what.partition("=")[0] not in SILENT
        if outcome(name, packed(ElementTree.tostring(less))) == whole
    ]
    assert unnoticed == []


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_can_be_put_into_a_document_unnoticed(name):
    text, packed = SAMPLES[name]
    root = ElementTree.fromstring(text)
    whole = outcome(name, packed(ElementTree.tostring(root)))
    noticed: dict[str, bool] = {}
    for what, more in with_one_more(root):
        # What an item has several of may be counted once: one place of each sort must tell.
        told = outcome(name, packed(ElementTree.tostring(more))) != whole
        noticed[what] = noticed.get(what, False) or told
    assert [what for what, told in noticed.items() if not told] == []


def paths(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where everything stands in a JSON document."""
    inside = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in inside:
        yield (*path, key)
        yield from paths(value, (*path, key))


def at(whole: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        whole = whole[key]
    return whole


# Inside what is counted as a whole; and names that only the file itself uses.
SEALED = {"theme", "style", "markers", "summaries", "image", "numbering", "position", "metadata", "content"}
MEASURES = {"x", "y", "width", "height"}  # together one remark, that we draw in our own way
NAMES = {("nodes", 1, "type"), ("nodes", 2, "type"), ("nodes", 3, "type")}


def is_open(path: tuple[Any, ...]) -> bool:
    above = path[:-1]
    is_ours = "content" in above and above[-3:] == ("extensions", 1, "content")
    is_theirs = above[-2:] == ("extensions", 0)
    is_sealed = bool(SEALED & set(above)) or is_theirs or path[-1] in MEASURES
    return not is_sealed or is_ours or "notes" in above


@pytest.mark.parametrize("name", BOARDS)
def test_nothing_can_be_taken_out_of_a_board_unnoticed(name):
    board, packed = BOARDS[name]
    whole = outcome(name, packed(json.dumps(board).encode()))
    assert isinstance(whole, tuple), whole
    unnoticed = []
    for path in filter(is_open, paths(board)):
        less = copy.deepcopy(board)
        del at(less, path[:-1])[path[-1]]
        if (
            path not in NAMES
            and path[-1] != "range"
            and outcome(name, packed(json.dumps(less).encode())) == whole
        ):
            unnoticed.append(path)
    assert unnoticed == []


@pytest.mark.parametrize("name", BOARDS)
def test_nothing_can_be_put_into_a_board_unnoticed(name):
    board, packed = BOARDS[name]
    whole = outcome(name, packed(json.dumps(board).encode()))
    unnoticed = []
    for path in [(), *filter(is_open, paths(board))]:
        more = copy.deepcopy(board)
        inside = at(more, path)
        closed = {"boundaries", "notes", "extensions"} | SEALED
        if isinstance(inside, dict) and not closed & set(path):
            inside["unheard"] = ["of"]
            if outcome(name, packed(json.dumps(more).encode())) == whole:
                unnoticed.append(path)
    assert unnoticed == []


MERMAID = [
    "---",
    "title: Day",
    "config: x",
    "---",
    "%% a remark",
    "mindmap",
    "  root((Football day))",
    "    Rain",
    "    ::icon(fa fa-cloud)",
    "    a[square]:::urgent",
    "      b{{corners}}",
    "      :::moment when-2024 unintended",
    "      %%{init: x}%%",
    '      c["`**bold**`"] %% later',
]


@pytest.mark.parametrize("place", [n for n, line in enumerate(MERMAID) if line not in {"---", "mindmap"}])
def test_no_line_can_be_taken_out_of_a_mindmap_unnoticed(place):
    whole = outcome("map.mmd", "\n".join(MERMAID).encode())
    assert isinstance(whole, tuple), whole
    less = MERMAID[:place] + MERMAID[place + 1 :]
    assert outcome("map.mmd", "\n".join(less).encode()) != whole


@pytest.mark.parametrize(
    "mark",
    ["((", "))", "{{", "**", ":::urgent", " unintended", " %% later", " when-2024", "::icon(fa fa-cloud)"],
)
def test_no_mark_can_be_taken_out_of_a_mindmap_unnoticed(mark):
    text = "\n".join(MERMAID)
    assert mark in text
    assert outcome("map.mmd", text.replace(mark, "").encode()) != outcome("map.mmd", text.encode())

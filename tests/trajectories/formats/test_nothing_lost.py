"""Whatever is taken out of a file, or put into it, is noticed: it is on the map, or a remark tells of it."""

import copy
import json
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree import ElementTree

import pytest

from cocreate.trajectories.formats import MapFileError, read_map
from tests.trajectories.formats.rich import BOARDS, SAMPLES

# What says nothing that a map could lose: which version of a format, of what sort a declaration is, names
# that only the file itself uses, and what says once more what its own parts say.
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
    """The document once for each open element: with an attribute that nobody knows, and with a part."""
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

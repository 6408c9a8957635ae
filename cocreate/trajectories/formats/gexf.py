"""GEXF (`.gexf`, as Gephi writes it)."""

from typing import Final

from cocreate.trajectories.formats.imported import TWO_WAY, UNDIRECTED, Draft, ImportedMap, MapFileError
from cocreate.trajectories.formats.sentences import marked as _l
from cocreate.trajectories.formats.vocabulary import OWN_WORDS, edge_words, node_words
from cocreate.trajectories.formats.xml import Element, read_xml

Names = dict[str, dict[str, str]]

DRAWING: Final = {
    "color": _l("Colours that were left out: %(count)s."),
    "spells": _l("Periods of time that were left out: %(count)s."),
}


def read(title: str, data: bytes) -> ImportedMap:
    """Nodes and edges, nested nodes too."""
    root = read_xml(data, "gexf")
    graph = root.child("graph")
    if graph is None:
        raise MapFileError(
            _l("Line %(line)s: “%(element)s” is missing."), {"line": root.line, "element": "graph"}
        )
    names = _names(graph)
    draft = Draft(_title(root) or title)
    nested = 0
    for nodes in (element for element in graph.walk() if element.tag == "nodes"):
        nested += nodes is not graph.child("nodes")
        for node in nodes.children("node"):
            _read_node(draft, node, names["node"])
    if nested:
        draft.leave(_l("Groups that were opened, their items kept: %(count)s."), nested)
    default = graph.attributes.get("defaultedgetype", "undirected")
    for edges in (element for element in graph.walk() if element.tag == "edges"):
        for edge in edges.children("edge"):
            _read_edge(draft, edge, names["edge"], default)
    return draft.finish()


def _title(root: Element) -> str:
    meta = root.child("meta")
    title = meta.child("title", "Title") if meta else None
    return title.own_text() if title else ""


def _names(graph: Element) -> Names:
    """Names of the attributes of nodes and of edges, by id."""
    names: Names = {"node": {}, "edge": {}}
    for group in graph.children("attributes"):
        known = names.setdefault(group.attributes.get("class", "node"), {})
        for attribute in group.children("attribute"):
            attribute_id = attribute.required("id")
            known[attribute_id] = attribute.attributes.get("title", attribute_id).lower()
    return names


def _values(draft: Draft, element: Element, names: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for group in element.children("attvalues"):
        for value in group.children("attvalue"):
            key = value.attributes.get("for") or value.attributes.get("id", "")
            found[names.get(key, key)] = value.attributes.get("value", "")
    if rest := len(found.keys() - OWN_WORDS):
        draft.leave(_l("Further values beside items and links, left out: %(count)s."), rest)
    for part in element.children(*DRAWING):
        draft.leave(DRAWING[part.tag])
    return found


def _read_node(draft: Draft, node: Element, names: dict[str, str]) -> None:
    node_id = node.required("id")
    words = node_words(_values(draft, node, names))
    draft.add_node(node_id, node.attributes.get("label", "").strip() or node_id, **words)
    if position := node.child("position"):
        draft.place(node_id, position.attributes.get("x"), position.attributes.get("y"))


def _read_edge(draft: Draft, edge: Element, names: dict[str, str], default: str) -> None:
    direction = edge.attributes.get("type", default)
    if direction == "mutual":
        draft.leave(TWO_WAY)
    elif direction != "directed":
        draft.leave(UNDIRECTED)
    words = edge_words(_values(draft, edge, names))
    draft.add_edge(
        edge.attributes.get("id", ""),
        edge.required("source"),
        edge.required("target"),
        label=edge.attributes.get("label", ""),
        **words,
    )

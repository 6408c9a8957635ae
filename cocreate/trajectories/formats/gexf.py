"""GEXF (`.gexf`, as Gephi writes it)."""

from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element as Tag

from cocreate.trajectories.formats.exported import whole
from cocreate.trajectories.formats.imported import Draft, ImportedMap, MapFileError
from cocreate.trajectories.formats.markup import add, as_bytes
from cocreate.trajectories.formats.sentences import BEYOND, COLOURS, OPENED, TWO_WAY, UNDIRECTED
from cocreate.trajectories.formats.sentences import marked as _l
from cocreate.trajectories.formats.vocabulary import edge_facts, edge_words, node_facts, node_words, strange
from cocreate.trajectories.formats.xml import Element, read_xml
from cocreate.trajectories.rules import MAX_EDGES, MAX_NODES, MapEdge, MapNode

Names = dict[str, dict[str, str]]

PERIODS: Final = _l("Periods of time that were left out: %(count)s.")
DRAWING: Final = {
    "color": COLOURS,
    "shape": _l("Shapes and sizes that were left out: %(count)s."),
    "size": _l("Shapes and sizes that were left out: %(count)s."),
    "thickness": _l("Shapes and sizes that were left out: %(count)s."),
    "spells": PERIODS,
}
_PERIOD: Final = frozenset({"start", "end", "startopen", "endopen", "timestamp"})
_OF_NODES: Final = ("kind", "state", "intended", "when", "note")
_OF_EDGES: Final = ("relation",)


def read(title: str, data: bytes) -> ImportedMap:
    """Nodes and edges, nested nodes too."""
    root = read_xml(data, "gexf", {"node": MAX_NODES, "edge": MAX_EDGES})
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
        draft.leave(OPENED, nested)
    default = graph.attributes.get("defaultedgetype", "undirected")
    for edges in (element for element in graph.walk() if element.tag == "edges"):
        for edge in edges.children("edge"):
            _read_edge(draft, edge, names["edge"], default)
    _look_at_parents(draft, graph)
    draft.add_missing_ends()
    return draft.finish()


def _look_at_parents(draft: Draft, graph: Element) -> None:
    """Items may name the one they stand under; that is a group, unless it leads back to itself."""
    parents = {
        node.attributes.get("id", ""): node.attributes["pid"]
        for node in graph.walk()
        if node.tag == "node" and node.attributes.get("pid")
    }
    if parents:
        draft.leave(OPENED, len(set(parents.values())))
    safe: set[str] = set()
    for node_id, parent_id in parents.items():
        road, here = {node_id}, parent_id
        while here in parents and here not in safe:
            if here in road:
                raise MapFileError(_l("The item “%(id)s” stands under itself."), {"id": here[:80]})
            road.add(here)
            here = parents[here]
        safe |= road


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
    if rest := len(strange(found)):
        draft.leave(BEYOND, rest)
    if element.attributes.keys() & _PERIOD:
        draft.leave(PERIODS)
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


def export_gexf(title: str, nodes: Sequence[MapNode], edges: Sequence[MapEdge]) -> bytes:
    """A directed graph, with what we know of nodes and edges as attributes."""
    drawn = whole(title, nodes, edges)
    root = Tag("gexf", {"xmlns": "http://gexf.net/1.3", "version": "1.3"})
    add(add(root, "meta"), "title", drawn.title)
    graph = add(root, "graph", defaultedgetype="directed")
    _declare(graph, "node", _OF_NODES)
    _declare(graph, "edge", _OF_EDGES)
    stops = add(graph, "nodes")
    for node in drawn.nodes:
        facts = {**node_facts(node), **({"note": node.note} if node.note else {})}
        _add_values(add(stops, "node", id=node.id, label=node.text), facts)
    steps = add(graph, "edges")
    for edge in drawn.edges:
        ends = {"id": edge.id, "source": edge.source, "target": edge.target}
        label = {"label": edge.label} if edge.label else {}
        _add_values(add(steps, "edge", **ends, **label), edge_facts(edge))
    return as_bytes(root)


def _declare(graph: Tag, part: str, names: Sequence[str]) -> None:
    group = add(graph, "attributes", **{"class": part})
    for name in names:
        add(group, "attribute", id=name, title=name, type="string")


def _add_values(element: Tag, facts: dict[str, str]) -> None:
    if facts:
        values = add(element, "attvalues")
        for name, value in facts.items():
            add(values, "attvalue", **{"for": name, "value": value})

"""GEXF (`.gexf`, as Gephi writes it)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element as Tag

from cocreate.trajectories.formats.exported import whole
from cocreate.trajectories.formats.imported import Draft, ImportedMap, MapFileError
from cocreate.trajectories.formats.markup import add, as_bytes
from cocreate.trajectories.formats.sentences import (
    ABOUT,
    BEYOND,
    COLOURS,
    OPENED,
    SHAPES,
    TWO_WAY,
    UNDIRECTED,
)
from cocreate.trajectories.formats.sentences import marked as _l
from cocreate.trajectories.formats.vocabulary import (
    OF_A_NODE,
    OF_AN_EDGE,
    OWN_WORDS,
    Words,
    edge_facts,
    edge_words,
    node_facts,
    node_words,
    strange,
)
from cocreate.trajectories.formats.xml import Element, read_xml
from cocreate.trajectories.rules import MAX_EDGES, MAX_NODES, MapEdge, MapNode

PERIODS: Final = _l("Periods of time that were left out: %(count)s.")
DRAWING: Final = {
    "color": COLOURS,
    "shape": SHAPES,
    "size": SHAPES,
    "thickness": SHAPES,
    "spells": PERIODS,
}
_PERIOD: Final = frozenset({"start", "end", "startopen", "endopen", "timestamp"})
_KNOWN: Final = {
    "node": frozenset({"attvalues", "position", "nodes", "edges", "parents", "id", "label", "pid"}),
    "edge": frozenset({"attvalues", "id", "label", "source", "target", "type"}),
}
_OF_A_FILE: Final = frozenset({"version", "schemaLocation", "variant", "meta", "graph"})
_OF_A_GRAPH: Final = frozenset({"defaultedgetype", "attributes", "nodes", "edges"})
_OF_NODES: Final = ("kind", "state", "intended", "when", "note")
_OF_EDGES: Final = ("relation",)


@dataclass(slots=True)
class _Attributes:
    """What the file calls its attributes of nodes or of edges: names by id, default values by name."""

    names: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)


def read(title: str, data: bytes) -> ImportedMap:
    """Nodes and edges, nested nodes too."""
    root = read_xml(data, "gexf", {"node": MAX_NODES, "edge": MAX_EDGES})
    graph = root.child("graph")
    if graph is None:
        raise MapFileError(
            _l("Line %(line)s: “%(element)s” is missing."), {"line": root.line, "element": "graph"}
        )
    known = _attributes(graph)
    draft = Draft(title)
    _read_meta(draft, root)
    _count_rest(draft, root, graph)
    groups = _groups(graph)
    nodes = [node for group in groups for node in group.children("node")]
    for node in nodes:
        _read_node(draft, node, known["node"])
    if nested := sum(1 for group in groups if group.tag == "nodes" and group is not graph.child("nodes")):
        draft.leave(OPENED, nested)
    default = graph.get("defaultedgetype", "undirected")
    for edge in (edge for group in groups for edge in group.children("edge")):
        _read_edge(draft, edge, known["edge"], default)
    _look_at_parents(draft, nodes)
    draft.add_missing_ends()
    return draft.finish()


def _groups(graph: Element) -> list[Element]:
    """The lists of nodes and of edges, and those inside nodes, in the order of the file."""
    waiting, groups = [graph], []
    while waiting:
        element = waiting.pop()
        groups += [element] if element.tag in {"nodes", "edges"} else []
        inside = [part for part in element.children("nodes", "edges", "node") if part.parts]
        waiting.extend(reversed(inside))
    return groups


def _look_at_parents(draft: Draft, nodes: Sequence[Element]) -> None:
    """Items may name those they stand under; that is a group, unless it leads back to itself."""
    parents = {node.get("id"): set(_parents(node)) for node in nodes}
    if groups := set().union(*parents.values()):
        draft.leave(OPENED, len(groups))
    safe: set[str] = set()
    for node_id, own in parents.items():
        road, climbing = {node_id}, [(node_id, iter(own))]
        while climbing:
            here, above = climbing[-1]
            parent = next((each for each in above if each in parents and each not in safe), None)
            if parent in road:
                raise MapFileError(_l("The item “%(id)s” stands under itself."), {"id": str(parent)[:80]})
            if parent is None:
                climbing.pop()
                road.discard(here)
                safe.add(here)
            else:
                road.add(parent)
                climbing.append((parent, iter(parents[parent])))


def _parents(node: Element) -> Iterator[str]:
    if node.get("pid"):
        yield node.get("pid")
    for group in node.children("parents"):
        yield from (parent.required("for") for parent in group.children("parent"))


def _read_meta(draft: Draft, root: Element) -> None:
    meta = root.child("meta")
    title = meta.child("title", "Title") if meta else None
    draft.title = (title.own_text() if title else "") or draft.title
    if meta and (facts := len(meta.attributes) + sum(1 for fact in meta.children() if fact is not title)):
        draft.leave(ABOUT, facts)


def _count_rest(draft: Draft, root: Element, graph: Element) -> None:
    """What the file says of itself and of the whole graph."""
    facts = len(root.attributes.keys() - _OF_A_FILE)
    facts += sum(1 for part in root.children() if part.tag not in _OF_A_FILE)
    facts += len(list(root.children("graph"))) - 1
    # All graphs are static, unless they say otherwise.
    facts += sum(
        1 for name, value in graph.attributes.items() if name not in _OF_A_GRAPH and value != "static"
    )
    facts += sum(1 for part in graph.children() if part.tag not in _OF_A_GRAPH)
    for group in graph.children("attributes"):
        facts += len(
            [value for name, value in group.attributes.items() if name != "class" and value != "static"]
        )
        facts += sum(1 for part in group.children() for inside in part.children() if inside.tag != "default")
        facts += sum(1 for part in group.children() if part.tag != "attribute")
    for group in graph.children("nodes", "edges"):
        facts += len(group.attributes.keys() - {"count"})
        facts += sum(1 for part in group.children() if f"{part.tag}s" != group.tag)
    if facts:
        draft.leave(ABOUT, facts)


def _attributes(graph: Element) -> dict[str, _Attributes]:
    """The attributes of nodes and of edges."""
    found = {"node": _Attributes(), "edge": _Attributes()}
    for group in graph.children("attributes"):
        known = found.setdefault(group.get("class", "node"), _Attributes())
        for attribute in group.children("attribute"):
            attribute_id = attribute.required("id")
            name = known.names[attribute_id] = attribute.get("title", attribute_id).lower()
            default = attribute.child("default")
            if default is not None:
                known.defaults[name] = default.own_text()
    return found


def _values(draft: Draft, element: Element, known: _Attributes, of: tuple[Words, ...]) -> dict[str, str]:
    found = dict(known.defaults)
    said: set[str] = set()
    rest = 0
    known_parts = _KNOWN[element.tag]
    for group in element.children("attvalues"):
        for value in group.children("attvalue"):
            key = value.get("for") or value.get("id")
            name = known.names.get(key, key)
            rest += name in said  # one thing with a value for each period
            said.add(name)
            found[name] = value.get("value")
            if value.attributes.keys() & _PERIOD:
                draft.leave(PERIODS)
    rest += len(strange(found, OWN_WORDS, of)) + len(element.attributes.keys() - known_parts - _PERIOD)
    rest += sum(1 for part in element.children() if part.tag not in known_parts and part.tag not in DRAWING)
    if rest:
        draft.leave(BEYOND, rest)
    if element.attributes.keys() & _PERIOD:
        draft.leave(PERIODS)
    for part in element.children(*DRAWING):
        draft.leave(DRAWING[part.tag])
    return found


def _read_node(draft: Draft, node: Element, known: _Attributes) -> None:
    node_id = node.required("id")
    words = node_words(_values(draft, node, known, OF_A_NODE))
    draft.add_node(node_id, node.get("label").strip() or node_id, **words)
    if position := node.child("position"):
        draft.place(node_id, position.get("x"), position.get("y"))


def _read_edge(draft: Draft, edge: Element, known: _Attributes, default: str) -> None:
    direction = edge.get("type", default)
    if direction == "mutual":
        draft.leave(TWO_WAY)
    elif direction != "directed":
        draft.leave(UNDIRECTED)
    words = edge_words(_values(draft, edge, known, OF_AN_EDGE))
    draft.add_edge(
        edge.get("id"),
        edge.required("source"),
        edge.required("target"),
        label=edge.get("label"),
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

"""GraphML (`.graphml`), with the labels of yEd where they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element as Tag

from cocreate.trajectories.formats.exported import whole
from cocreate.trajectories.formats.imported import Draft, ImportedMap, MapFileError
from cocreate.trajectories.formats.markup import add, as_bytes
from cocreate.trajectories.formats.sentences import ABOUT, BEYOND, LOOKS, OPENED, UNDIRECTED
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

NODE_TEXTS: Final = ("label", "name", "title", "text")
DESCRIPTIONS: Final = ("desc", "description", "url")
EDGE_TEXTS: Final = ("label", "edge label", "name", "desc", "description")
_FOR: Final = {"graph": {"graph"}, "node": {"node", "all"}, "edge": {"edge", "all"}}
_PLACE: Final = frozenset({"x", "y"})
# Attributes and parts; what else stands there is counted.
_KNOWN: Final = {
    "graph": frozenset({"id", "edgedefault", "data", "desc", "node", "edge", "hyperedge"}),
    "node": frozenset({"id", "data", "desc", "graph"}),
    "edge": frozenset({"id", "source", "target", "directed", "data", "desc", "graph"}),
    "graphml": frozenset({"schemaLocation", "key", "graph"}),
    "key": frozenset({"id", "for", "attr.name", "attr.type", "yfiles.type", "default"}),
}
_KEYS: Final = {
    "graph": ("title",),
    "node": ("label", "kind", "state", "intended", "when", "note"),
    "edge": ("label", "relation"),
}


@dataclass(slots=True)
class _Keys:
    """What the file calls its data: names by key, and default values by what they are for."""

    names: dict[str, str]
    defaults: dict[str, dict[str, str]]

    def values(self, draft: Draft, element: Element) -> dict[str, str]:
        """The data of a graph, a node or an edge, by name; what has a name twice is counted as left out."""
        found = dict(self.defaults.get(element.tag, {}))
        told: set[str] = set()
        for data in element.children("data"):
            key = data.get("key")
            name, said = self.names.get(key, key.lower()), data.own_text()
            if said and name in told and found[name] != said:
                draft.leave(BEYOND)
            elif said or name not in told:
                found[name] = said
            told.add(name)
        if described := element.child("desc"):
            found.setdefault("desc", described.own_text())
        return {name: value for name, value in found.items() if value}


def read(title: str, data: bytes) -> ImportedMap:
    """Nodes and edges, those of nested graphs too."""
    root = read_xml(data, "graphml", {"node": MAX_NODES, "edge": MAX_EDGES})
    graphs = _graphs(root)
    if not graphs:
        raise MapFileError(
            _l("Line %(line)s: “%(element)s” is missing."), {"line": root.line, "element": "graph"}
        )
    keys = _keys(root)
    draft = Draft(title)
    _read_facts(draft, root, graphs, keys)
    if len(graphs) > 1:
        draft.leave(OPENED, len(graphs) - 1)
    for graph in graphs:
        for node in graph.children("node"):
            _read_node(draft, node, keys)
    for graph in graphs:
        directed = graph.get("edgedefault") != "undirected"
        for edge in graph.children("edge"):
            _read_edge(draft, edge, keys, directed)
        if several := len(list(graph.children("hyperedge"))):
            draft.leave(_l("Links between more than two items, left out: %(count)s."), several)
    draft.add_missing_ends()
    return draft.finish()


def _read_facts(draft: Draft, root: Element, graphs: Sequence[Element], keys: _Keys) -> None:
    """What the file says of itself and of its graphs: a title, and what is counted as left out."""
    facts = keys.values(draft, graphs[0])
    draft.title = facts.pop("title", "") or draft.title
    if beyond := len(facts) + sum(len(keys.values(draft, graph)) for graph in graphs[1:]):
        draft.leave(BEYOND, beyond)
    about = sum(_unknown(part) for part in (root, *root.children("key"), *graphs))
    if about:
        draft.leave(ABOUT, about)


def _unknown(element: Element) -> int:
    """How many attributes and parts of an element nobody here knows."""
    known = _KNOWN[element.tag]
    return len(element.attributes.keys() - known) + sum(
        1 for part in element.children() if part.tag not in known
    )


def _graphs(root: Element) -> list[Element]:
    """The graphs in the file, and those inside their nodes."""
    waiting, graphs = [root], []
    while waiting:
        element = waiting.pop()
        graphs += [element] if element.tag == "graph" else []
        inside = [*element.children("graph", "node", "edge")]
        waiting.extend(part for part in reversed(inside) if part.parts or part.tag == "graph")
    return graphs


def _keys(root: Element) -> _Keys:
    names: dict[str, str] = {}
    defaults: dict[str, dict[str, str]] = {"node": {}, "edge": {}, "graph": {}}
    for key in root.children("key"):
        key_id = key.required("id")
        names[key_id] = key.get("attr.name", key_id).lower()
        default = key.child("default")
        for part, values in defaults.items():
            if default is not None and key.get("for", "all") in _FOR[part]:
                values[names[key_id]] = default.own_text()
    return _Keys(names, defaults)


def _read_node(draft: Draft, node: Element, keys: _Keys) -> None:
    node_id = node.required("id")
    values = keys.values(draft, node)
    named = [values.get(name, "") for name in NODE_TEXTS]
    said = [*named, _label(draft, node, "NodeLabel"), *(values.get(name, "") for name in DESCRIPTIONS)]
    text, *others = list(filter(None, said)) or [node_id]
    _count_rest(draft, node, values, OWN_WORDS | _PLACE | {*NODE_TEXTS, *DESCRIPTIONS}, OF_A_NODE)
    words = node_words(values)
    words["note"] = "\n".join(dict.fromkeys(filter(None, [words.get("note", ""), *others])))
    draft.add_node(node_id, text, **words)
    draft.place(node_id, values.get("x"), values.get("y"))


def _read_edge(draft: Draft, edge: Element, keys: _Keys, directed: bool) -> None:
    values = keys.values(draft, edge)
    if edge.get("directed", str(directed)).lower() != "true":
        draft.leave(UNDIRECTED)
    drawn = _label(draft, edge, "EdgeLabel")
    named = next((name for name in EDGE_TEXTS if name in values and not (drawn and "desc" in name)), "")
    label = values.get(named) or drawn
    _count_rest(draft, edge, values, OWN_WORDS | {named}, OF_AN_EDGE)
    draft.add_edge(
        edge.get("id"),
        edge.required("source"),
        edge.required("target"),
        label=label,
        **edge_words(values),
    )


def _label(draft: Draft, element: Element, tag: str) -> str:
    """The labels a drawing program keeps inside the data; how it draws is counted as left out."""
    drawings = [data for data in element.children("data") if data.child() is not None]
    if drawings:
        draft.leave(LOOKS)
    labels = (part.own_text() for data in drawings for part in data.walk() if part.tag == tag)
    return "\n".join(filter(None, labels))


def _count_rest(
    draft: Draft, element: Element, values: dict[str, str], carried: frozenset[str], of: tuple[Words, ...]
) -> None:
    rest = len(strange(values, carried, of)) + _unknown(element)
    if rest:
        draft.leave(BEYOND, rest)


def export_graphml(title: str, nodes: Sequence[MapNode], edges: Sequence[MapEdge]) -> bytes:
    """A directed graph, with what we know of nodes and edges as data."""
    drawn = whole(title, nodes, edges)
    root = Tag("graphml", {"xmlns": "http://graphml.graphdrawing.org/xmlns"})
    for part, names in _KEYS.items():
        for name in names:
            key = {"id": f"{part}-{name}", "for": part, "attr.name": name, "attr.type": "string"}
            add(root, "key", **key)
    graph = add(root, "graph", id="road", edgedefault="directed")
    _add_data(graph, {"title": drawn.title})
    for node in drawn.nodes:
        facts = {"label": node.text, **node_facts(node), "note": node.note}
        _add_data(add(graph, "node", id=node.id), facts)
    for edge in drawn.edges:
        step = add(graph, "edge", id=edge.id, source=edge.source, target=edge.target)
        _add_data(step, {"label": edge.label, **edge_facts(edge)})
    return as_bytes(root)


def _add_data(element: Tag, facts: dict[str, str]) -> None:
    for name, value in facts.items():
        if value:
            add(element, "data", value, key=f"{element.tag}-{name}")

"""GraphML (`.graphml`), with the labels of yEd where they are."""

from dataclasses import dataclass
from typing import Final

from cocreate.trajectories.formats.imported import UNDIRECTED, Draft, ImportedMap, MapFileError
from cocreate.trajectories.formats.sentences import marked as _l
from cocreate.trajectories.formats.vocabulary import OWN_WORDS, edge_words, node_words
from cocreate.trajectories.formats.xml import Element, read_xml

NODE_TEXTS: Final = ("label", "name", "title", "text", "desc", "description")
EDGE_TEXTS: Final = ("label", "edge label", "name")
_CARRIED: Final = OWN_WORDS | {*NODE_TEXTS, *EDGE_TEXTS, "x", "y"}


@dataclass(slots=True)
class _Keys:
    """What the file calls its data: names by key, and default values by what they are for."""

    names: dict[str, str]
    defaults: dict[str, dict[str, str]]

    def values(self, element: Element) -> dict[str, str]:
        """The data of a node or an edge, by name."""
        found = dict(self.defaults.get(element.tag, {}))
        for data in element.children("data"):
            key = data.attributes.get("key", "")
            found[self.names.get(key, key.lower())] = data.own_text()
        return {name: value for name, value in found.items() if value}


def read(title: str, data: bytes) -> ImportedMap:
    """Nodes and edges, those of nested graphs too."""
    root = read_xml(data, "graphml")
    graphs = [element for element in root.walk() if element.tag == "graph"]
    if not graphs:
        raise MapFileError(
            _l("Line %(line)s: “%(element)s” is missing."), {"line": root.line, "element": "graph"}
        )
    keys = _keys(root)
    draft = Draft(title)
    if len(graphs) > 1:
        draft.leave(_l("Groups that were opened, their items kept: %(count)s."), len(graphs) - 1)
    for graph in graphs:
        for node in graph.children("node"):
            _read_node(draft, node, keys)
    for graph in graphs:
        directed = graph.attributes.get("edgedefault") != "undirected"
        for edge in graph.children("edge"):
            _read_edge(draft, edge, keys, directed)
        if several := len(list(graph.children("hyperedge"))):
            draft.leave(_l("Links between more than two items, left out: %(count)s."), several)
    draft.add_missing_ends()
    return draft.finish()


def _keys(root: Element) -> _Keys:
    names: dict[str, str] = {}
    defaults: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    for key in root.children("key"):
        key_id = key.required("id")
        names[key_id] = key.attributes.get("attr.name", key_id).lower()
        default = key.child("default")
        for part, values in defaults.items():
            if default is not None and key.attributes.get("for", "all") in {part, "all"}:
                values[names[key_id]] = default.own_text()
    return _Keys(names, defaults)


def _read_node(draft: Draft, node: Element, keys: _Keys) -> None:
    node_id = node.required("id")
    values = keys.values(node)
    drawn = _label(node, "NodeLabel")
    text = next((values[name] for name in NODE_TEXTS if name in values), drawn or node_id)
    _count_rest(draft, values)
    draft.add_node(node_id, text, **node_words(values))
    draft.place(node_id, values.get("x"), values.get("y"))


def _read_edge(draft: Draft, edge: Element, keys: _Keys, directed: bool) -> None:
    values = keys.values(edge)
    if edge.attributes.get("directed", str(directed)).lower() != "true":
        draft.leave(UNDIRECTED)
    label = next((values[name] for name in EDGE_TEXTS if name in values), _label(edge, "EdgeLabel"))
    _count_rest(draft, values)
    draft.add_edge(
        edge.attributes.get("id", ""),
        edge.required("source"),
        edge.required("target"),
        label=label,
        **edge_words(values),
    )


def _label(element: Element, tag: str) -> str:
    """The label a drawing program keeps inside the data."""
    drawn = (data.find(tag) for data in element.children("data"))
    return next((label.own_text() for label in drawn if label), "")


def _count_rest(draft: Draft, values: dict[str, str]) -> None:
    if rest := len(values.keys() - _CARRIED):
        draft.leave(_l("Further values beside items and links, left out: %(count)s."), rest)

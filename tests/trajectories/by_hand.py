"""A map read slowly, by the words of docs/measures.md alone: nothing here is shared with what it checks."""

import unicodedata
from calendar import monthrange
from datetime import date
from itertools import combinations, pairwise

import networkx

from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation

HAPPENED = {NodeState.HAPPENED, NodeState.CHANGED, NodeState.EMERGED}
BEARS = {Relation.MADE_POSSIBLE, Relation.HINDERED}
WAYS = {Relation.LED_TO, Relation.TURNED_INTO, Relation.INSPIRED, Relation.PLANNED_NEXT}
HARVEST = {NodeKind.OUTCOME, NodeKind.MEANING}


class ByHand:
    """The same road as `Reading`, walked with a finger on the paper."""

    def __init__(self, nodes: list[MapNode], edges: list[MapEdge]) -> None:
        self.nodes = {node.id: node for node in nodes}
        self.names = [*self.nodes]
        self.edges = [edge for edge in edges if {edge.source, edge.target} <= {*self.names}]
        self.beside = [edge for edge in self.edges if self.is_circumstance(edge.source)]
        self.steps = [
            (edge.target, edge.source, edge.relation)
            if edge.relation is Relation.HINDERED
            else (edge.source, edge.target, edge.relation)
            for edge in self.edges
            if edge not in self.beside
        ]
        self.on_road = [name for name in self.names if not self.is_circumstance(name)]
        self.graph = networkx.DiGraph()
        self.graph.add_nodes_from(self.on_road)
        self.graph.add_edges_from((a, b) for a, b, _ in self.steps if a != b)
        self.to_itself = {a for a, b, _ in self.steps if a == b}
        self.returns: set[tuple[str, str]] = set()
        met: set[str] = set()
        for name in sorted(self.on_road, key=lambda each: self.graph.in_degree(each) > 0):
            self._walk(name, (), met)
        self.forward = self.graph.copy()
        self.forward.remove_edges_from(self.returns)

    def is_circumstance(self, name: str) -> bool:
        """Nothing led to it, and all it did was make something else possible, or get in its way."""
        out = [edge for edge in self.edges if edge.source == name]
        return (
            bool(out)
            and all(edge.relation in BEARS and edge.target != name for edge in out)
            and not any(edge.target == name for edge in self.edges)
        )

    def _walk(self, name: str, branch: tuple[str, ...], met: set[str]) -> None:
        if name in met:
            return
        met.add(name)
        ways = sorted(self.graph.successors(name), key=self.names.index)
        if all(days_of(self.nodes[way].when) for way in ways):
            ways.sort(key=lambda way: self.nodes[way].when)
        for way in ways:
            if way in (*branch, name):
                self.returns.add((name, way))
            else:
                self._walk(way, (*branch, name), met)

    def said(self, source: str, target: str) -> set[Relation]:
        """Everything that was said of one step."""
        return {relation for a, b, relation in self.steps if (a, b) == (source, target)}

    @property
    def origins(self) -> list[str]:
        """Where the road begins."""
        return [name for name in self.on_road if self.forward.out_degree(name) and not self._before(name)]

    @property
    def ends(self) -> list[str]:
        """What came of it."""
        last = [name for name in self.on_road if self._before(name) and not self.forward.out_degree(name)]
        harvest = [name for name in last if self.nodes[name].kind in HARVEST]
        standing = [name for name in last if self.nodes[name].state is not NodeState.DROPPED]
        return harvest or standing or last

    def routes(self) -> list[list[str]]:
        """Every route from an origin to an outcome."""
        return [route for a in self.origins for b in self.ends for route in self.ways(a, b)]

    def ways(self, source: str, target: str) -> list[list[str]]:
        """Every way from one stop to another."""
        return [*networkx.all_simple_paths(self.forward, source, target)]

    def on_every_route(self) -> set[str]:
        """Between beginning and end, what no route goes without, by the dominators of networkx."""
        graph = self.forward.copy()
        graph.add_edges_from(("in", origin) for origin in self.origins)
        graph.add_edges_from((end, "out") for end in self.ends)
        above = networkx.immediate_dominators(graph, "in")
        found, here = set(), above["out"]
        while here != "in":
            found.add(here)
            here = above[here]
        return found - {*self.origins, *self.ends}

    def happened(self, name: str) -> bool:
        """Whether it came about, as planned or not."""
        return self.nodes[name].state in HAPPENED

    def is_gone(self, way: list[str]) -> bool:
        """Whether a way was really gone: over what happened, and not only in plan."""
        pairs = pairwise(way)
        return all(map(self.happened, way)) and all(self.said(*p) != {Relation.PLANNED_NEXT} for p in pairs)

    def is_plan(self, way: list[str]) -> bool:
        """Whether a way was planned: in so many words, or over what never happened; no stop on it did."""
        return not any(map(self.happened, way[1:-1])) and all(
            Relation.PLANNED_NEXT in self.said(a, b)
            or (not (self.happened(a) and self.happened(b)) and self.said(a, b) != {Relation.HINDERED})
            for a, b in pairwise(way)
        )

    def is_surprise(self, name: str) -> bool:
        """Whether people said that nobody planned it."""
        return self.nodes[name].state is NodeState.EMERGED or (
            self.happened(name) and not self.nodes[name].intended
        )

    def ways_from_a_beginning(self, name: str) -> list[list[str]]:
        """Every way to a stop from what nothing led to; where it begins itself, that is the way."""
        starts = [each for each in self.on_road if not self._before(each)]
        return [[name]] if name in starts else [way for start in starts for way in self.ways(start, name)]

    def bore_on(self, relation: Relation, name: str, *, is_source: bool) -> list[str]:
        """What a stop helped or hindered, or what helped or hindered it; each once, in telling order."""
        bearing = [e for e in self.edges if e.relation is relation and e.source != e.target]
        if is_source:
            return [*dict.fromkeys(edge.target for edge in bearing if edge.source == name)]
        return [*dict.fromkeys(edge.source for edge in bearing if edge.target == name)]

    def said_alike(self, names: list[str]) -> list[list[str]]:
        """Stops whose words are for at least 60 % the same, or that are joined by others that are."""
        graph = networkx.Graph()
        graph.add_nodes_from(names)
        for one, other in combinations(names, 2):
            some, more = words(self.nodes[one].text), words(self.nodes[other].text)
            if some and more and 10 * len(some & more) >= 6 * len(some | more):
                graph.add_edge(one, other)
        return [sorted(group, key=self.names.index) for group in networkx.connected_components(graph)]

    def _before(self, name: str) -> int:
        return self.forward.in_degree(name)


def words(text: str) -> set[str]:
    """The words of a text without capitals, accents and signs; of signs alone, the text."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    plain = "".join(c if c.isalnum() or c == "_" else " " for c in bare)
    return set(plain.split()) or {bare.strip()} - {""}


def days_of(when: str) -> tuple[date, date] | None:
    """The first and the last day that a date can mean."""
    try:
        year, month, day = (*[int(part) for part in when.split("-")], None, None)[:3]
        last = month or 12
        return date(year, month or 1, day or 1), date(year, last, day or monthrange(year, last)[1])
    except ValueError:
        return None

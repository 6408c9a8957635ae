"""A map read as a road: what is walked, what only bears on it, where it begins and where it ends."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import networkx

from cocreate.trajectories.layout.road import Road
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation, is_when

BEARS_ON: Final = frozenset({Relation.MADE_POSSIBLE, Relation.HINDERED})
HARVEST: Final = frozenset({NodeKind.OUTCOME, NodeKind.MEANING})
HAPPENED: Final = frozenset({NodeState.HAPPENED, NodeState.CHANGED, NodeState.EMERGED})


@dataclass(frozen=True, slots=True)
class Step:
    """One step, in the way it is walked: a plan that rain got in the way of ran into the rain."""

    source: str
    target: str
    relation: Relation
    label: str = ""

    @property
    def is_turned(self) -> bool:
        """Whether it is walked against the way it was drawn."""
        return self.relation is Relation.HINDERED


@dataclass(frozen=True, slots=True)
class Reading:
    """Nodes in telling order; the steps; and beside the road what only helped or got in the way."""

    nodes: dict[str, MapNode]
    steps: tuple[Step, ...]
    beside: tuple[MapEdge, ...]
    road: Road
    rounds: tuple[tuple[int, ...], ...]
    relations: dict[tuple[int, int], tuple[Relation, ...]] = field(repr=False)
    origins: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, nodes: Sequence[MapNode], edges: Sequence[MapEdge]) -> "Reading":
        """Read a map once, for every measure. O(V + E)."""
        known = {node.id: node for node in nodes}
        edges = [edge for edge in edges if edge.source in known and edge.target in known]
        aside = circumstances(edges)
        beside = tuple(edge for edge in edges if edge.source in aside)
        steps = tuple(_walked(edge) for edge in edges if edge.source not in aside)
        on_road = [node for node in known.values() if node.id not in aside]
        number = {node.id: index for index, node in enumerate(on_road)}
        pairs = {(number[step.source], number[step.target]): None for step in steps}
        road, rounds = _road(on_road, pairs), rounds_of(len(on_road), pairs)
        relations: dict[tuple[int, int], tuple[Relation, ...]] = {}
        for step in steps:
            ends = number[step.source], number[step.target]
            relations[ends] = (*relations.get(ends, ()), step.relation)
        origins = tuple(i for i in range(len(road.ids)) if road.ahead[i] and not road.before[i])
        last = [i for i in range(len(road.ids)) if road.before[i] and not road.ahead[i]]
        return cls(
            known,
            steps,
            beside,
            road,
            rounds,
            relations,
            origins,
            _outcomes([known[road.ids[i]] for i in last], last),
        )

    def ids(self, numbers: Iterable[int]) -> tuple[str, ...]:
        """The nodes of the road by number."""
        return tuple(self.road.ids[number] for number in numbers)

    def at(self, number: int) -> MapNode:
        """A node of the road by number."""
        return self.nodes[self.road.ids[number]]


def rounds_of(count: int, pairs: Iterable[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    """Groups of nodes that each lead to all others (strongly connected, Tarjan 1972). O(V + E)."""
    graph: networkx.DiGraph[int] = networkx.DiGraph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(pairs)
    groups = networkx.strongly_connected_components(graph)
    return tuple(sorted(tuple(sorted(group)) for group in groups if len(group) > 1))


def is_earlier(one: str, other: str) -> bool:
    """Whether one date is certainly before another: “2024” and “2024-03” may be the same day."""
    shared = min(len(one), len(other))
    return is_when(one) and is_when(other) and one[:shared] < other[:shared]


def _road(nodes: Sequence[MapNode], pairs: Iterable[tuple[int, int]]) -> Road:
    """The forward graph; the earlier way is walked first, so that on a round what goes back returns."""
    ways: dict[int, list[int]] = defaultdict(list)
    for source, target in pairs:
        ways[source].append(target)
    for targets in ways.values():
        is_dated = all(is_when(nodes[target].when) for target in targets)
        targets.sort(key=lambda target: (nodes[target].when if is_dated else "", target))
    ids = [node.id for node in nodes]
    return Road.of(ids, ((ids[s], ids[t]) for s, targets in ways.items() for t in targets))


def circumstances(edges: Iterable[MapEdge]) -> frozenset[str]:
    """What nothing came to, and what did nothing but make possible or get in the way. O(E)."""
    bearing: dict[str, None] = {}
    walked: set[str] = set()
    for edge in edges:
        if edge.source == edge.target:
            walked.add(edge.source)
            continue
        walked.add(edge.target)
        if edge.relation in BEARS_ON:
            bearing[edge.source] = None
        else:
            walked.add(edge.source)
    return frozenset(bearing.keys() - walked)


def _walked(edge: MapEdge) -> Step:
    if edge.relation is Relation.HINDERED:
        return Step(edge.target, edge.source, edge.relation, edge.label)
    return Step(edge.source, edge.target, edge.relation, edge.label)


def _outcomes(nodes: Sequence[MapNode], numbers: Sequence[int]) -> tuple[int, ...]:
    """Of what nothing follows: what came of it and what it meant; else what was not dropped; else all."""
    harvest = [i for node, i in zip(nodes, numbers, strict=True) if node.kind in HARVEST]
    standing = [i for node, i in zip(nodes, numbers, strict=True) if node.state is not NodeState.DROPPED]
    return tuple(harvest or standing or numbers)

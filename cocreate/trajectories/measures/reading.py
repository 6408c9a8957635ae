"""A map read as a road: what is walked, what only bears on it, where it begins and where it ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from cocreate.trajectories.layout.road import Road, earlier_first, rounds
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation, is_when

BEARS_ON: Final = frozenset({Relation.MADE_POSSIBLE, Relation.HINDERED})
HARVEST: Final = frozenset({NodeKind.OUTCOME, NodeKind.MEANING})
HAPPENED: Final = frozenset({NodeState.HAPPENED, NodeState.CHANGED, NodeState.EMERGED})
_ALONE: Final = {relation: (relation,) for relation in Relation}


class Step(NamedTuple):
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
    """Nodes and edges in telling order, and the road they make.

    `bearing`: what made possible or got in the way, on the road or beside it; nothing bears on itself.
    """

    nodes: dict[str, MapNode]
    edges: tuple[MapEdge, ...] = field(repr=False)
    bearing: tuple[MapEdge, ...] = field(repr=False)
    road: Road
    rounds: tuple[tuple[int, ...], ...]
    relations: dict[tuple[int, int], tuple[Relation, ...]] = field(repr=False)
    origins: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, nodes: Sequence[MapNode], edges: Sequence[MapEdge]) -> "Reading":
        """Read a map once, for every measure. O(V + E)."""
        known = {node.id: node for node in nodes}
        edges = tuple([edge for edge in edges if edge.source in known and edge.target in known])
        bearing = tuple([e for e in edges if e.relation in BEARS_ON and e.source != e.target])
        aside = circumstances(edges)
        ids = tuple([node_id for node_id in known if node_id not in aside])
        relations = _relations(ids, edges)
        ways = _ways(relations, [known[node_id].when for node_id in ids])
        road = Road.walked(ids, ways)
        origins = tuple(i for i in range(len(road.ids)) if road.ahead[i] and not road.before[i])
        last = [i for i in range(len(road.ids)) if road.before[i] and not road.ahead[i]]
        return cls(
            known,
            edges,
            bearing,
            road,
            rounds(ways),
            relations,
            origins,
            _outcomes([known[road.ids[i]] for i in last], last),
        )

    @property
    def beside(self) -> list[MapEdge]:
        """What circumstances bear on: the edges that are not walked. O(E)."""
        on_road = set(self.road.ids)
        return [edge for edge in self.bearing if edge.source not in on_road]

    @property
    def steps(self) -> list[Step]:
        """Every edge that is walked, in the way it is walked, in telling order. O(E)."""
        on_road = set(self.road.ids)
        return [_walked(edge) for edge in self.edges if edge.source in on_road]

    def ids(self, numbers: Iterable[int]) -> tuple[str, ...]:
        """The nodes of the road by number."""
        return tuple(self.road.ids[number] for number in numbers)

    def at(self, number: int) -> MapNode:
        """A node of the road by number."""
        return self.nodes[self.road.ids[number]]


def is_earlier(one: str, other: str) -> bool:
    """Whether one date is certainly before another: “2024” and “2024-03” may be the same day."""
    shared = min(len(one), len(other))
    return is_when(one) and is_when(other) and one[:shared] < other[:shared]


def _relations(ids: Sequence[str], edges: Iterable[MapEdge]) -> dict[tuple[int, int], tuple[Relation, ...]]:
    """What was said of each two nodes of the road, by number in the way it is walked, each thing once."""
    number = {node_id: index for index, node_id in enumerate(ids)}
    relations: dict[tuple[int, int], tuple[Relation, ...]] = {}
    for edge in edges:
        if edge.source not in number:
            continue
        relation, ends = edge.relation, (number[edge.source], number[edge.target])
        if relation is Relation.HINDERED:
            ends = ends[::-1]
        told = relations.get(ends, ())
        if relation not in told:
            relations[ends] = (*told, relation) if told else _ALONE[relation]
    return relations


def _ways(pairs: Iterable[tuple[int, int]], when: Sequence[str]) -> Sequence[list[int]]:
    """From each node where it goes on to, the earlier way first."""
    ways: list[list[int]] = [[] for _ in when]
    for source, target in pairs:
        if source != target:
            ways[source].append(target)
    return earlier_first(ways, when)


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

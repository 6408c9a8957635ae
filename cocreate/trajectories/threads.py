"""Threads of a map: which stops belong together, and a large map with its side threads folded.

A map is read as a forest. Every stop hangs on the stop before it on the longest road to it; what only
helped (or hindered) hangs on the stop that it helped. A folded stop is inside the nearest shown one above it.
"""

from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from cocreate.trajectories.layout.road import Road
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind

WHOLE: Final = 800  # stops; a map with more opens folded
SHOWN: Final = 200  # stops of a folded map
OPENED: Final = 60  # stops that opening one thread shows at once; the rest is folded inside it
NOTED: Final = frozenset({NodeKind.TURNING_POINT, NodeKind.OUTCOME})
_NOBODY: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Folded:
    """A condensed map: `folded` says how many stops are inside a head, `inside` in which head a stop is.

    A step from or to a folded stop runs from or to its head, under its own id and without its label.
    """

    nodes: tuple[MapNode, ...]
    edges: tuple[MapEdge, ...]
    folded: dict[str, int]
    inside: dict[str, str]


def fold(
    nodes: Sequence[MapNode],
    edges: Sequence[MapEdge],
    open_ids: Collection[str] = _NOBODY,
    limit: int = SHOWN,
) -> Folded:
    """The map with at most about `limit` stops, and with the threads of `open_ids` unfolded; O(n log n)."""
    forest = _Forest(nodes, edges)
    shown = _choose(forest, range(len(nodes)), limit)
    head = forest.heads(shown)
    opened = {place for place, node in enumerate(nodes) if node.id in open_ids}
    while more := _unfold(forest, head, opened):
        shown |= more
        head = forest.heads(shown)
    inside = {nodes[place].id: nodes[top].id for place, top in enumerate(head) if place != top}
    folded: dict[str, int] = {}
    for top in inside.values():
        folded[top] = folded.get(top, 0) + 1
    kept = tuple(node for node in nodes if node.id not in inside)
    return Folded(kept, tuple(_repointed(kept, edges, inside)), folded, inside)


def thread_of(nodes: Sequence[MapNode], edges: Sequence[MapEdge], node_id: str) -> list[str]:
    """A stop with all that led to it and all that came of it, without going round loops; in given order."""
    road = Road.of([node.id for node in nodes], [(edge.source, edge.target) for edge in edges])
    if node_id not in road.ids:
        return []
    start = road.ids.index(node_id)
    found = {start}
    for ways in (road.ahead, road.before):
        waiting, seen = [start], {start}
        while waiting:
            fresh = set(ways[waiting.pop()]) - seen
            seen |= fresh
            waiting.extend(fresh)
        found |= seen
    return [road.ids[index] for index in sorted(found)]


class _Forest:
    """Stops by number, each with the one it hangs on (itself, where a tree begins)."""

    def __init__(self, nodes: Sequence[MapNode], edges: Sequence[MapEdge]) -> None:
        self.nodes = nodes
        self.road = Road.of([node.id for node in nodes], [(edge.source, edge.target) for edge in edges])
        self.above = self._hang()
        self.below: list[list[int]] = [[] for _ in nodes]
        for place, above in enumerate(self.above):
            if above != place:
                self.below[above].append(place)

    def _hang(self) -> list[int]:
        """Each on its deepest parent; what serves one stop alone hangs on that, if it is not its main road."""
        above = list(range(len(self.nodes)))
        depth = [0] * len(self.nodes)
        serves = [False] * len(self.nodes)  # one stop alone, with all that comes before it
        for place in self.road.order:
            parents = self.road.before[place]
            if parents:
                above[place] = max(parents, key=lambda parent: (depth[parent], -parent))
                depth[place] = depth[above[place]] + 1
            serves[place] = len(self.road.ahead[place]) == 1 and all(serves[parent] for parent in parents)
        for place in reversed(self.road.order):
            if not serves[place]:
                continue
            (child,) = self.road.ahead[place]
            if above[child] != place:
                above[place] = child
        return above

    @cached_property
    def order(self) -> list[int]:
        """Every stop after the one it hangs on."""
        order = [place for place, above in enumerate(self.above) if place == above]
        for place in order:
            order.extend(self.below[place])
        return order

    @cached_property
    def weight(self) -> list[int]:
        """How many stops hang on each, itself included, directly or not."""
        weight = [1] * len(self.nodes)
        for place in reversed(self.order):
            if self.above[place] != place:
                weight[self.above[place]] += weight[place]
        return weight

    @cached_property
    def main(self) -> set[int]:
        """The main road of every tree: from its beginning along the longest way, to an outcome if it can."""
        reach = [(0, node.kind is NodeKind.OUTCOME) for node in self.nodes]
        onward: dict[int, int] = {}
        for place in reversed(self.order):
            above = self.above[place]
            if above == place or place not in self.road.ahead[above]:
                continue
            there = reach[place][0] + 1, reach[place][1]
            if above not in onward or there > reach[above]:
                reach[above], onward[above] = there, place
        found = set()
        for place in self.order:
            if self.above[place] == place or (self.above[place] in found and onward[self.above[place]] == place):
                found.add(place)
        return found

    def heads(self, shown: Collection[int]) -> list[int]:
        """For each stop the shown one that it is inside: itself, or the nearest above."""
        head = list(range(len(self.nodes)))
        last = next((place for place in self.order if place in shown), 0)
        for place in self.order:
            if place in shown:
                last = place if self.above[place] == place else last
            else:
                head[place] = last if self.above[place] == place else head[self.above[place]]
        return head

"""Threads of a map: which stops belong together, and a large map with its side threads folded.

A map is read as a forest. Every stop hangs on the stop before it on the longest road to it; what only
helped (or hindered) hangs on the stop that it helped. A folded stop is inside the nearest shown one above it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from cocreate.trajectories.layout.road import Road
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind

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
    shown: Collection[str] | None = None,
) -> Folded:
    """At most about `limit` stops, or just `shown`; with the threads of `open_ids` unfolded. O(n log n)."""
    *_, last = unfolding(nodes, edges, open_ids, limit, shown)
    return last


def choose(
    nodes: Sequence[MapNode],
    edges: Sequence[MapEdge],
    among: Collection[str],
    keep: Collection[str] = _NOBODY,
    limit: int = SHOWN,
) -> frozenset[str]:
    """Ids of about `limit` stops out of `among` that stand for the others, and of what is in `keep`."""
    forest = _Forest(nodes, edges)
    chosen = _choose(forest, [place for place, node in enumerate(nodes) if node.id in among], limit)
    return frozenset(node.id for place, node in enumerate(nodes) if place in chosen or node.id in keep)


def unfolding(
    nodes: Sequence[MapNode],
    edges: Sequence[MapEdge],
    open_ids: Iterable[str] = _NOBODY,
    limit: int = SHOWN,
    shown: Collection[str] | None = None,
) -> Iterator[Folded]:
    """The folded map, and then again for each thread of `open_ids` that opens it further, in that order."""
    forest = _Forest(nodes, edges)
    number = {node.id: place for place, node in enumerate(nodes)}
    seen = {number[own_id] for own_id in shown or () if own_id in number}
    seen = seen or _choose(forest, range(len(nodes)), limit)
    head = forest.heads(seen)
    yield _condensed(nodes, edges, head)
    opened: set[int] = set()
    for own_id in open_ids:
        opened |= {number[own_id]} if own_id in number else set()
        before = len(seen)
        while more := _unfold(forest, head, opened):
            seen |= more
            head = forest.heads(seen)
        if len(seen) > before:
            yield _condensed(nodes, edges, head)


def _condensed(nodes: Sequence[MapNode], edges: Sequence[MapEdge], head: Sequence[int]) -> Folded:
    inside = {nodes[place].id: nodes[top].id for place, top in enumerate(head) if place != top}
    folded: dict[str, int] = {}
    for top in inside.values():
        folded[top] = folded.get(top, 0) + 1
    kept = tuple(node for node in nodes if node.id not in inside)
    return Folded(kept, tuple(_repointed(kept, edges, inside)), folded, inside)


def thread_of(nodes: Sequence[MapNode], edges: Sequence[MapEdge], node_id: str) -> list[str]:
    """A stop with all that led to it and all that came of it, without going round loops; in given order."""
    road = Road.of_map(nodes, edges)
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
        self.road = Road.of_map(nodes, edges)
        self.above = self._hang()
        self.below: list[list[int]] = [[] for _ in nodes]
        for place, above in enumerate(self.above):
            if above != place:
                self.below[above].append(place)

    def _hang(self) -> list[int]:
        """Each on its deepest parent; what serves one stop alone, aside of its main road, hangs on it."""
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
            if self.above[place] == place or (
                self.above[place] in found and onward.get(self.above[place]) == place
            ):
                found.add(place)
        return found

    def is_side(self, place: int) -> bool:
        """Whether a thread beside the main road begins here (what only helped is no thread)."""
        above = self.above[place]
        return above in self.main and place not in self.main and place in self.road.ahead[above]

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


def _choose(forest: _Forest, members: Sequence[int], limit: int) -> set[int]:
    """At most `limit` stops: beginnings, what is noted, the main road, where side threads begin.

    Each of these takes its share at first, the weightiest stops before the others; then what is left goes on.
    """
    if len(members) <= limit:
        return set(members)
    ranked = sorted(members, key=lambda place: (-forest.weight[place], place))
    beginnings = [place for place in ranked if forest.above[place] == place]
    noted = [place for place in ranked if forest.nodes[place].kind in NOTED]
    main = _main_first(forest, ranked)
    firsts = [place for place in ranked if forest.is_side(place)]
    by_turn = ((beginnings, 4), (noted, 2), (main, 2), (firsts, 4), (noted, 1), (main, 1), (ranked, 1))
    shown: set[int] = set()
    for wanted, share in by_turn:
        room = min(-(-limit // share), limit - len(shown))
        shown.update([place for place in wanted if place not in shown][:room])
    return shown


def _main_first(forest: _Forest, members: Iterable[int]) -> list[int]:
    """What of the main roads is among them: their ends, then where most hangs on beside the road."""
    road = [place for place in members if place in forest.main]
    goes_on = {forest.above[place] for place in forest.main}
    aside = {place: forest.weight[place] - _heaviest(forest, place) for place in road}
    return sorted(road, key=lambda place: (place in goes_on, -aside[place], place))


def _heaviest(forest: _Forest, place: int) -> int:
    return max((forest.weight[below] for below in forest.below[place]), default=0)


def _unfold(forest: _Forest, head: Sequence[int], opened: Collection[int]) -> set[int]:
    """What else is shown when the threads folded into `opened` unfold by one turn."""
    inside: dict[int, list[int]] = {}
    for place, top in enumerate(head):
        if place != top and top in opened:
            inside.setdefault(top, []).append(place)
    found: set[int] = set()
    for top, members in inside.items():
        found.update(place for place in members if forest.above[place] in {top, place})
        found |= _choose(forest, members, OPENED)
    return found


def _repointed(
    kept: Iterable[MapNode], edges: Sequence[MapEdge], inside: dict[str, str]
) -> Iterable[MapEdge]:
    """The steps between what is shown; of those that only folding brought together, one."""
    shown = {node.id for node in kept}
    there = {(edge.source, edge.target) for edge in edges if edge.source in shown and edge.target in shown}
    for edge in edges:
        if edge.source in shown and edge.target in shown:
            yield edge
            continue
        source, target = inside.get(edge.source, edge.source), inside.get(edge.target, edge.target)
        if source == target or (source, target) in there or not shown.issuperset((source, target)):
            continue
        there.add((source, target))
        yield replace(edge, source=source, target=target, label="")

"""The forward graph of a map: which steps go on, which come back, and the time slot of each node."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from cocreate.trajectories.rules import MapEdge, MapNode, is_when

Edge = tuple[str, str]
_NO_DATES: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Road:
    """Nodes by number in given order; steps are numbers, without doubles, self loops and unknown ends."""

    ids: tuple[str, ...]
    ahead: list[list[int]]
    before: list[list[int]]
    order: list[int]
    returns: frozenset[tuple[int, int]]

    @classmethod
    def of(cls, ids: Iterable[str], edges: Iterable[Edge], when: Mapping[str, str] = _NO_DATES) -> "Road":
        """The steps between known nodes, walked with the earlier way first (`earlier_first`)."""
        known = tuple(dict.fromkeys(ids))
        number = {node_id: index for index, node_id in enumerate(known)}
        every: list[dict[int, None]] = [{} for _ in known]
        for source, target in edges:
            start, end = number.get(source, -1), number.get(target, -1)
            if start >= 0 and end >= 0 and start != end:
                every[start][end] = None
        ways = [list(targets) for targets in every]
        return cls.walked(known, earlier_first(ways, [when.get(node_id, "") for node_id in known]))

    @classmethod
    def of_map(cls, nodes: Sequence[MapNode], edges: Iterable[MapEdge]) -> "Road":
        """The road of a map as it was drawn."""
        ends = [(edge.source, edge.target) for edge in edges]
        return cls.of([node.id for node in nodes], ends, {node.id: node.when for node in nodes if node.when})

    @classmethod
    def walked(cls, ids: tuple[str, ...], ways: Sequence[Sequence[int]]) -> "Road":
        """Split ways into forward ones and those that return to where the road already was, in this order."""
        _, returns = _walk(ways)
        ahead = [[t for t in targets if (s, t) not in returns] for s, targets in enumerate(ways)]
        before: list[list[int]] = [[] for _ in ids]
        for source_index, targets in enumerate(ahead):
            for target_index in targets:
                before[target_index].append(source_index)
        last_first, _ = _walk(
            [targets[::-1] for targets in ahead], -1
        )  # so that the first told ends up first
        return cls(ids, ahead, before, last_first[::-1], returns)

    def starts(self) -> Iterator[int]:
        """Where telling can begin: nodes that nothing forward leads to, then the others, in given order."""
        return iter(sorted(range(len(self.ids)), key=lambda index: bool(self.before[index])))

    def slots(self) -> list[int]:
        """Ordinal time: one later than the latest forward parent; what only leads in stands just before."""
        slot = [0] * len(self.ids)
        for index in self.order:
            for child in self.ahead[index]:
                slot[child] = max(slot[child], slot[index] + 1)
        leads_in = self._leads_in()
        for index in reversed(self.order):
            if leads_in[index] and self.ahead[index]:
                slot[index] = min(slot[child] for child in self.ahead[index]) - 1
        return slot

    def _leads_in(self) -> list[bool]:
        """Whether all that comes before a node serves this node alone."""
        leads = [False] * len(self.ids)
        for index in self.order:
            leads[index] = all(
                leads[parent] and len(self.ahead[parent]) == 1 for parent in self.before[index]
            )
        return leads

    def components(self) -> list[list[int]]:
        """Groups of nodes that hang together by forward steps, the one with the first node first."""
        group = [-1] * len(self.ids)
        groups: list[list[int]] = []
        for start in range(len(self.ids)):
            if group[start] >= 0:
                continue
            group[start] = len(groups)
            members = [start]
            for index in members:
                for neighbour in (*self.ahead[index], *self.before[index]):
                    if group[neighbour] < 0:
                        group[neighbour] = len(groups)
                        members.append(neighbour)
            groups.append(members)
        return groups


def earlier_first(ways: Sequence[list[int]], when: Sequence[str]) -> Sequence[list[int]]:
    """The ways on from each node: by date where all have one, else in the order of telling; in place.

    The earlier way is walked first, so that on a round the step back in time is the one that returns.
    """
    date = [about if about and is_when(about) else "" for about in when]
    for targets in ways:
        targets.sort()
        if all(date[target] for target in targets):
            targets.sort(key=date.__getitem__)
    return ways


def rounds(ways: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """Groups of nodes that each lead to all others (strongly connected, Sharir 1981). O(V + E)."""
    finished, returns = _walk(ways)
    if not returns:
        return ()
    back: list[list[int]] = [[] for _ in ways]
    for source, targets in enumerate(ways):
        for target in targets:
            back[target].append(source)
    is_met = [False] * len(ways)
    groups = []
    for start in reversed(finished):
        if is_met[start]:
            continue
        is_met[start] = True
        group = [start]
        for index in group:
            for source in back[index]:
                if not is_met[source]:
                    is_met[source] = True
                    group.append(source)
        if len(group) > 1:
            groups.append(tuple(sorted(group)))
    return tuple(sorted(groups))


def _walk(targets: Sequence[Sequence[int]], way: int = 1) -> tuple[list[int], frozenset[tuple[int, int]]]:
    """Depth first, sources first (last ones first when `way` is −1): nodes as left, and steps that return."""
    reached = [False] * len(targets)
    for steps in targets:
        for target in steps:
            reached[target] = True
    new, open_, done = 0, 1, 2
    mark = [new] * len(targets)
    finished: list[int] = []
    returns: set[tuple[int, int]] = set()
    for start in sorted(range(len(targets))[::way], key=reached.__getitem__):
        if mark[start] != new:
            continue
        mark[start] = open_
        branch = [(start, iter(targets[start]))]
        while branch:
            index, remaining = branch[-1]
            for target in remaining:
                if mark[target] == open_:
                    returns.add((index, target))
                elif mark[target] == new:
                    mark[target] = open_
                    branch.append((target, iter(targets[target])))
                    break
            else:
                mark[index] = done
                finished.append(index)
                branch.pop()
    return finished, frozenset(returns)

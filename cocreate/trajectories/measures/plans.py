"""The plan against what happened: longer ways than planned, and what nobody planned."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from typing import Final

from cocreate.trajectories.measures.reading import BEARS_ON, HAPPENED, Reading
from cocreate.trajectories.measures.routes import shares
from cocreate.trajectories.rules import NodeKind, NodeState, Relation

NEAREST: Final = 8
_NO_RESULT: Final = frozenset({NodeKind.CONDITION, NodeKind.ACTOR, NodeKind.MEANING})

Met = dict[int, int]  # a stop that happened, and how many planned steps away


@dataclass(frozen=True, slots=True)
class Detour:
    """Two stops that the plan joined in fewer steps than it took; `between` lies on the way it went."""

    source_id: str
    target_id: str
    planned: int
    happened: int
    between: tuple[str, ...]

    @property
    def ratio(self) -> float:
        """How many times as long as planned."""
        return self.happened / self.planned

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes this is about."""
        return (self.source_id, self.target_id, *self.between)


@dataclass(frozen=True, slots=True)
class Unplanned:
    """Something that came about and was on nobody's plan, or came only by (`through`) what was on nobody's plan."""

    node_id: str
    through: tuple[str, ...]
    helped_by: tuple[str, ...]
    share: float

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes this is about."""
        return (self.node_id, *self.through, *self.helped_by)


def detours(reading: Reading) -> list[Detour]:
    """Where the way that was gone is longer than the way that was planned; the longest against plan first.

    For two stops a, b that happened: ratio = d_happened(a, b) / d_planned(a, b), in steps, coming back not
    counted. A planned way is one step "planned next", or runs over what never happened; a way that was gone runs
    over what did. Per stop the 8 nearest points where plan and event meet again are looked at:
    O(8 (V + E)) for the plans, and for each stop with a plan a search of what lies between: O(P (V + E)) at worst.
    """
    gone = _gone(reading)
    plan = _met_again(reading)
    goals = {goal for met in plan.values() for goal in met}
    leads = _leads_to(reading, gone, goals)
    found = []
    for start, met in plan.items():
        for goal, way in _shortest(start, met, gone, leads).items():
            if len(way) + 1 > met[goal]:
                ends = reading.ids((start, goal))
                found.append(Detour(*ends, met[goal], len(way) + 1, reading.ids(way)))
    return sorted(found, key=lambda detour: (-detour.ratio, -detour.happened))


def _gone(reading: Reading) -> list[list[int]]:
    """Per node, where the road really went on to."""
    happened = [reading.at(i).state in HAPPENED for i in range(len(reading.road.ids))]
    planned = {Relation.PLANNED_NEXT}
    return [
        [t for t in targets if happened[s] and happened[t] and set(reading.relations[s, t]) != planned]
        for s, targets in enumerate(reading.road.ahead)
    ]


def _met_again(reading: Reading) -> dict[int, Met]:
    """For each stop that happened: the nearest others to which a plan leads that nothing happened on between."""
    road = reading.road
    happened = [reading.at(i).state in HAPPENED for i in range(len(road.ids))]
    met: list[Met] = [{} for _ in road.ids]
    for index in reversed(road.order):
        near: Met = {}
        for child in road.ahead[index]:
            relations = reading.relations[index, child]
            if happened[index] and happened[child] and Relation.PLANNED_NEXT not in relations:
                continue
            if set(relations) == {Relation.HINDERED}:
                continue
            beyond = {child: 0} if happened[child] else met[child]
            for goal, steps in beyond.items():
                near[goal] = min(steps + 1, near.get(goal, steps + 1))
        met[index] = dict(nsmallest(NEAREST, near.items(), key=lambda item: (item[1], item[0])))
    return {index: near for index, near in enumerate(met) if near and happened[index]}


def _leads_to(reading: Reading, gone: list[list[int]], goals: Iterable[int]) -> list[int]:
    """Per node the goals it leads to over what happened, as bits. O(E) operations on numbers of so many bits."""
    bit = {goal: 1 << place for place, goal in enumerate(sorted(goals))}
    leads = [0] * len(gone)
    for index in reversed(reading.road.order):
        for child in gone[index]:
            leads[index] |= leads[child] | bit.get(child, 0)
    return [own | bit.get(index, 0) for index, own in enumerate(leads)]


def _shortest(start: int, met: Met, gone: list[list[int]], leads: list[int]) -> dict[int, list[int]]:
    """The nodes between on a shortest way to each goal, breadth first, only past what leads to one of them."""
    goals = {goal for goal in met if leads[goal] & leads[start]}
    wanted = 0
    for goal in goals:
        wanted |= leads[goal] & ~_beyond(goal, gone, leads)
    came_from = {start: start}
    layer = [start]
    ways: dict[int, list[int]] = {}
    while layer and len(ways) < len(goals):
        following = []
        for index in layer:
            for child in gone[index]:
                if child not in came_from and leads[child] & wanted:
                    came_from[child] = index
                    following.append(child)
                    if child in goals:
                        ways[child] = _between(start, child, came_from)
        layer = following
    return ways


def _beyond(index: int, gone: list[list[int]], leads: list[int]) -> int:
    beyond = 0
    for child in gone[index]:
        beyond |= leads[child]
    return beyond


def _between(start: int, goal: int, came_from: Mapping[int, int]) -> list[int]:
    way = []
    index = came_from[goal]
    while index != start:
        way.append(index)
        index = came_from[index]
    return way[::-1]


def unplanned(reading: Reading) -> list[Unplanned]:
    """What came about and nobody planned; what most routes pass first. O(V + E).

    Either people said so of the thing itself (it emerged, or was not intended) and it did not merely get in the
    way; or it is what came of the road, and every way to it passes something of that sort.
    """
    road, share = reading.road, shares(reading)
    surprises = {i for i in range(len(road.ids)) if _is_surprise(reading, i)}
    hinders = {t for (_, t), relations in reading.relations.items() if Relation.HINDERED in relations}
    foreseen = _foreseen(reading, surprises)
    helped: dict[str, list[str]] = defaultdict(list)
    for edge in (*reading.steps, *reading.beside):
        if edge.relation is Relation.MADE_POSSIBLE and edge.source != edge.target:
            helped[edge.target].append(edge.source)
    found = []
    for index, node_id in enumerate(road.ids):
        node = reading.nodes[node_id]
        if node.state not in HAPPENED or node.kind in _NO_RESULT:
            continue
        is_result = node.kind is NodeKind.OUTCOME or index in reading.ends
        is_indirect = is_result and index not in foreseen and bool(road.before[index])
        if index in surprises if index not in hinders else False:
            through: tuple[str, ...] = ()
        elif is_indirect and index not in surprises:
            through = reading.ids(_last_surprises(reading, index, surprises))
        else:
            continue
        found.append(Unplanned(node_id, through, tuple(dict.fromkeys(helped[node_id])), share[index]))
    return sorted(found, key=lambda each: (bool(each.through), -round(each.share, 9)))


def _is_surprise(reading: Reading, index: int) -> bool:
    node = reading.at(index)
    return node.state is NodeState.EMERGED or (node.state in HAPPENED and not node.intended)


def _foreseen(reading: Reading, surprises: set[int]) -> set[int]:
    """What can be reached from a beginning without passing a surprise."""
    road = reading.road
    reached = {index for index in range(len(road.ids)) if not road.before[index]} - surprises
    for index in road.order:
        if index in reached:
            reached.update(child for child in road.ahead[index] if child not in surprises)
    return reached


def _last_surprises(reading: Reading, index: int, surprises: set[int]) -> list[int]:
    """The surprises nearest before a node. O(V + E)."""
    seen, waiting, found = {index}, [index], []
    for here in waiting:
        for parent in reading.road.before[here]:
            if parent in seen:
                continue
            seen.add(parent)
            (found if parent in surprises else waiting).append(parent)
    return sorted(found)


__all__ = ["BEARS_ON", "Detour", "Unplanned", "detours", "unplanned"]

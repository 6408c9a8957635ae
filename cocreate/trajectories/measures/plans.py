"""The plan against what happened: longer ways than planned, and what nobody planned."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cocreate.trajectories.measures.reading import HAPPENED, Reading
from cocreate.trajectories.measures.routes import shares
from cocreate.trajectories.rules import NodeKind, NodeState, Relation

NEAREST: Final = 8
FAR: Final = 1 << 30  # steps; farther than any way on a map
LOOKS: Final = 4_000_000  # at steps, in all; the searches for ways that were gone share them equally
_ONLY_PLANNED: Final = {Relation.PLANNED_NEXT}
_NO_RESULT: Final = frozenset({NodeKind.CONDITION, NodeKind.ACTOR, NodeKind.MEANING})

Met = dict[int, int]  # a node that was looked for, and how many steps away


@dataclass(frozen=True, slots=True)
class Detour:
    """Two stops that the plan joined in fewer steps than it took."""

    source_id: str
    target_id: str
    planned: int
    happened: int

    @property
    def ratio(self) -> float:
        """How many times as long as planned."""
        return self.happened / self.planned

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes this is about."""
        return (self.source_id, self.target_id)


@dataclass(frozen=True, slots=True)
class Unplanned:
    """Something that came about on nobody's plan, itself or only by way (`through`) of such a thing."""

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
    counted. A planned way is one step “planned next”, or runs over what never happened; a way that was gone
    runs over what did. Per stop the 8 nearest points where plan and event meet again are looked at,
    O(8 (V + E)); then for each of P stops with a plan what lies between is searched, with 4,000,000 / P looks
    at a step: enough to find every way when P · E is no more than that. O(min(P E, 4,000,000)).
    """
    gone, happened = _gone(reading), _happened(reading)
    met = nearest(reversed(reading.road.order), _planned(reading), happened)
    plan = {index: met[index] for index in range(len(met)) if happened[index] and met[index]}
    bits = {
        goal: 1 << place for place, goal in enumerate(sorted({goal for m in plan.values() for goal in m}))
    }
    leads = _leads_to(reading, gone, bits)
    rank = [0] * len(gone)
    for place, index in enumerate(reading.road.order):
        rank[index] = place
    looks = LOOKS // max(1, len(plan))
    found = []
    for start, goals in plan.items():
        reached = {goal: bits[goal] for goal in goals if leads[start] & bits[goal]}
        for goal, steps in _how_far(start, reached, gone, leads, rank, looks).items():
            if steps > goals[goal]:
                source, target = reading.ids((start, goal))
                found.append(Detour(source, target, goals[goal], steps))
    return sorted(found, key=lambda detour: (-detour.ratio, -detour.happened))


def nearest(order: Iterable[int], neighbours: Sequence[Sequence[int]], is_goal: Sequence[bool]) -> list[Met]:
    """For each node the 8 nearest goals by its neighbours, not looking past a goal, and how many steps away.

    `order` gives every node after its neighbours. The nearest of a node are among the nearest of its
    neighbours, so 8 of each are enough. O(8 E).
    """
    met: list[Met] = [{} for _ in neighbours]
    for index in order:
        near: Met = {}
        for neighbour in neighbours[index]:
            if is_goal[neighbour]:
                near[neighbour] = 1
                continue
            for goal, steps in met[neighbour].items():
                if near.get(goal, FAR) > steps + 1:
                    near[goal] = steps + 1
        nearby = sorted([(steps, goal) for goal, steps in near.items()])[:NEAREST]
        met[index] = {goal: steps for steps, goal in nearby}
    return met


def _happened(reading: Reading) -> list[bool]:
    return [reading.at(index).state in HAPPENED for index in range(len(reading.road.ids))]


def _gone(reading: Reading) -> list[list[int]]:
    """Per node, where the road really went on to."""
    happened = _happened(reading)
    return [
        [t for t in targets if happened[s] and happened[t] and set(reading.relations[s, t]) != _ONLY_PLANNED]
        for s, targets in enumerate(reading.road.ahead)
    ]


def _planned(reading: Reading) -> list[list[int]]:
    """Per node, where the plan went on to: “planned next”, or to or from what never happened."""
    happened = _happened(reading)
    return [
        [
            t
            for t in targets
            if Relation.PLANNED_NEXT in (relations := reading.relations[s, t])
            or (not (happened[s] and happened[t]) and set(relations) != {Relation.HINDERED})
        ]
        for s, targets in enumerate(reading.road.ahead)
    ]


def _leads_to(reading: Reading, gone: list[list[int]], bits: Mapping[int, int]) -> list[int]:
    """Per node the goals it is or leads to over what happened, as bits. O(E) operations on so many bits."""
    leads = [bits.get(index, 0) for index in range(len(gone))]
    for index in reversed(reading.road.order):
        for child in gone[index]:
            leads[index] |= leads[child]
    return leads


def _how_far(
    start: int, goals: Mapping[int, int], gone: list[list[int]], leads: list[int], rank: list[int], looks: int
) -> dict[int, int]:
    """Steps to each goal, breadth first, past nothing that leads to none; with so many `looks` at steps.

    What stands behind the last goal in forward order (`rank`) leads to none, and is left out first.
    """
    wanted = sum(goals.values())
    last = max((rank[goal] for goal in goals), default=-1)
    found: dict[int, int] = {}
    layer, met, steps = [start], {start}, 0
    while layer and wanted:
        following, steps = [], steps + 1
        for index in layer:
            looks -= len(gone[index])
            if looks < 0:
                return found
            for child in gone[index]:
                if child in met or rank[child] > last or not leads[child] & wanted:
                    continue
                met.add(child)
                following.append(child)
                if child in goals:
                    found[child] = steps
                    wanted ^= goals[child]
        layer = following
    return found


def unplanned(reading: Reading) -> list[Unplanned]:
    """What came about and nobody planned; what most routes pass first. O(8 (V + E) + V log V).

    Either people said so of the thing itself (it emerged, or was not intended) and it did not merely get in
    the way; or it is what came of the road, and every way to it passes such a thing, of which `through` names
    the last.
    """
    road, share = reading.road, shares(reading)
    surprise = [_is_surprise(reading, index) for index in range(len(road.ids))]
    hinders = {edge.source for edge in reading.bearing if edge.relation is Relation.HINDERED}
    foreseen = _foreseen(reading, surprise)
    unforeseen = [[] if index in foreseen else before for index, before in enumerate(road.before)]
    behind = nearest(road.order, unforeseen, surprise)
    helped, ends = _helped_by(reading), frozenset(reading.ends)
    found = []
    for index, node_id in enumerate(road.ids):
        node = reading.nodes[node_id]
        if node.state not in HAPPENED or node.kind in _NO_RESULT:
            continue
        is_result = node.kind is NodeKind.OUTCOME or index in ends
        through = () if surprise[index] or index in foreseen else reading.ids(behind[index])
        if (surprise[index] and node_id not in hinders) or (through and is_result):
            found.append(Unplanned(node_id, through, tuple(dict.fromkeys(helped[node_id])), share[index]))
    return sorted(found, key=lambda each: (bool(each.through), -round(each.share, 9)))


def _is_surprise(reading: Reading, index: int) -> bool:
    node = reading.at(index)
    return node.state is NodeState.EMERGED or (node.state in HAPPENED and not node.intended)


def _foreseen(reading: Reading, surprise: Sequence[bool]) -> set[int]:
    """What can be reached from a beginning without passing a surprise."""
    road = reading.road
    reached = {i for i in range(len(road.ids)) if not road.before[i] and not surprise[i]}
    for index in road.order:
        if index in reached:
            reached.update(child for child in road.ahead[index] if not surprise[child])
    return reached


def _helped_by(reading: Reading) -> dict[str, list[str]]:
    helped: dict[str, list[str]] = defaultdict(list)
    for edge in reading.bearing:
        if edge.relation is Relation.MADE_POSSIBLE:
            helped[edge.target].append(edge.source)
    return helped

"""All routes from where the road begins to what came of it, without walking them one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import frexp, inf, ldexp
from sys import float_info

from cocreate.trajectories.measures.reading import Reading


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """A stop that many routes pass, but not all; `share` of all routes, between 0 and 1."""

    node_id: str
    share: float
    ways_in: int
    ways_out: int

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes this is about."""
        return (self.node_id,)


@dataclass(frozen=True, slots=True)
class Passage:
    """The stops that every route passes, in the order they are passed; beginning and end not counted."""

    nodes: tuple[str, ...]
    routes: float


@dataclass(frozen=True, slots=True)
class Count:
    """A number of routes as `part` × 2^`power`, because it passes what a float can hold."""

    part: float
    power: int

    @classmethod
    def total(cls, counts: Sequence["Count"]) -> "Count":
        """Their sum; the relative error stays that of one float addition each."""
        if not counts:
            return cls(0.0, 0)
        power = max(count.power for count in counts)
        part, shift = frexp(sum(ldexp(count.part, count.power - power) for count in counts))
        return cls(part, power + shift)

    def over(self, other: "Count") -> float:
        """This divided by another."""
        return ldexp(self.part / other.part, self.power - other.power) if other.part else 0.0


def onward(reading: Reading) -> list[Count]:
    """From each node: how many routes go on to an outcome.

    r(v) = 1 when v is an outcome, else the sum of r(w) over the steps v → w. O(V + E).
    """
    ends = frozenset(reading.ends)
    count = [Count(0.0, 0)] * len(reading.road.ids)
    for index in reversed(reading.road.order):
        parts = [count[child] for child in reading.road.ahead[index] if count[child].part]
        count[index] = Count(0.5, 1) if index in ends else Count.total(parts)
    return count


def shares(reading: Reading) -> list[float]:
    """Of all routes from an origin to an outcome: the share that passes each node.

    Choosing a route blindly is a walk: start at origin o with chance r(o) / Σ r, go from v to w with chance
    r(w) / r(v). The chance to pass w is then Σ share(v) · r(w) / r(v) over the steps v → w. That is
    N(→v) · N(v→) / N, the search path count of Hummon and Doreian (1989) as a share, without a number larger
    than 1 ever being needed. O(V + E).
    """
    count = onward(reading)
    total = Count.total([count[origin] for origin in reading.origins])
    share = [0.0] * len(count)
    for origin in reading.origins:
        share[origin] = count[origin].over(total)
    for index in reading.road.order:
        if share[index]:
            for child in reading.road.ahead[index]:
                share[child] += share[index] * count[child].over(count[index])
    return [min(1.0, each) for each in share]


def turning_points(reading: Reading) -> list[TurningPoint]:
    """Where roads meet or part, by the share of all routes that pass; largest first. O(V + E + V log V)."""
    share, road = shares(reading), reading.road
    always = set(on_every_route(reading))
    found = [
        TurningPoint(road.ids[i], share[i], len(road.before[i]), len(road.ahead[i]))
        for i in range(len(road.ids))
        if share[i] and i not in always and road.before[i] and road.ahead[i]
        if max(len(road.before[i]), len(road.ahead[i])) > 1
    ]
    return sorted(found, key=lambda point: (-round(point.share, 9), -point.ways_in - point.ways_out))


def passages(reading: Reading) -> list[Passage]:
    """What no route goes without, when there is more than one route. O(V + E)."""
    count = onward(reading)
    total = Count.total([count[origin] for origin in reading.origins])
    routes = total.over(Count(0.5, 1)) if total.power < float_info.max_exp else inf
    road = reading.road
    between = [i for i in on_every_route(reading) if road.before[i] and road.ahead[i]]
    return [Passage(reading.ids(between), routes)] if between and routes > 1 else []


def on_every_route(reading: Reading) -> list[int]:
    """The nodes that every route passes, beginnings and outcomes too, in forward order. O(V + E).

    With the nodes on routes in forward order, a node is passed by every route exactly when no step leaps over
    it; coming in counts as a step from before the first node, an outcome as a step to after the last. These
    are the dominators of all outcomes together, seen from all origins together.
    """
    road, ends = reading.road, frozenset(reading.ends)
    found = on_routes(reading)
    walked = [index for index in road.order if index in found]
    place = {index: spot for spot, index in enumerate(walked)}
    reach = max((place[origin] for origin in reading.origins if origin in place), default=-1)
    passed = []
    for spot, index in enumerate(walked):
        if reach <= spot:
            passed.append(index)
        if index in ends:
            reach = len(walked)
        reach = max([reach, *(place[child] for child in road.ahead[index] if child in place)])
    return passed


def on_routes(reading: Reading) -> frozenset[int]:
    """The nodes that an origin leads to and that lead to an outcome. O(V + E)."""
    road = reading.road
    come_from, lead_to = set(reading.origins), set(reading.ends)
    for index in road.order:
        if index in come_from:
            come_from.update(road.ahead[index])
    for index in reversed(road.order):
        if index in lead_to:
            lead_to.update(road.before[index])
    return frozenset(come_from & lead_to)

"""What single stops tell: coming back, going apart, coming together, going nowhere."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from cocreate.trajectories.measures.reading import HAPPENED, HARVEST, Reading, is_earlier
from cocreate.trajectories.rules import NodeKind, NodeState, Relation

WAYS: Final = frozenset({Relation.LED_TO, Relation.TURNED_INTO, Relation.INSPIRED, Relation.PLANNED_NEXT})


@dataclass(frozen=True, slots=True)
class Loop:
    """A stop that people came back to: from where, and everything that lies on the way round."""

    node_id: str
    from_ids: tuple[str, ...]
    around: tuple[str, ...]

    @property
    def times(self) -> int:
        """How often: the steps that return here, each pair of ends once."""
        return len(self.from_ids)

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes this is about."""
        return tuple(dict.fromkeys((self.node_id, *self.from_ids)))


@dataclass(frozen=True, slots=True)
class BackInTime:
    """A step to something that was, by the dates people gave, certainly earlier."""

    source_id: str
    target_id: str

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes this is about."""
        return (self.source_id, self.target_id)


@dataclass(frozen=True, slots=True)
class Fork:
    """A stop from which the road went several ways."""

    node_id: str
    way_ids: tuple[str, ...]

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes this is about."""
        return (self.node_id, *self.way_ids)


@dataclass(frozen=True, slots=True)
class Merge:
    """A stop in which several ways came together."""

    node_id: str
    way_ids: tuple[str, ...]

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes this is about."""
        return (self.node_id, *self.way_ids)


@dataclass(frozen=True, slots=True)
class DeadEnd:
    """Something that was dropped, or that happened and after which the map is silent."""

    node_id: str
    was_dropped: bool
    hindered_by: tuple[str, ...]

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes this is about."""
        return (self.node_id, *self.hindered_by)


def loops(reading: Reading) -> list[Loop]:
    """Every stop that a step returns to; the most often first.

    Two nodes lie on one loop when each can be reached from the other. Which of its steps is the one that
    returns, the forward graph says by dates and by the order of telling; a step of a node to itself is one
    too. O(V + E).
    """
    road = reading.road
    around = {index: ids for group, ids in ((g, reading.ids(g)) for g in reading.rounds) for index in group}
    sources: dict[int, list[int]] = defaultdict(list)
    for source, target in sorted(road.returns | {(s, t) for s, t in reading.relations if s == t}):
        sources[target].append(source)
    found = [
        Loop(road.ids[target], reading.ids(from_), around.get(target, (road.ids[target],)))
        for target, from_ in sorted(sources.items())
    ]
    return sorted(found, key=lambda loop: (-loop.times, -len(loop.around)))


def back_in_time(reading: Reading) -> list[BackInTime]:
    """Forward steps whose target was over before their source can have begun. O(E).

    Dates are compared as far as both tell. A loop's return is no surprise and is left to `loops`; neither is
    it that what got in the way was there already.
    """
    found = []
    for source, targets in enumerate(reading.road.ahead):
        for target in targets:
            if reading.relations[source, target] == (Relation.HINDERED,):
                continue
            if is_earlier(reading.at(target).when, reading.at(source).when):
                found.append(BackInTime(*reading.ids((source, target))))
    return found


def forks(reading: Reading) -> list[Fork]:
    """Stops with two or more ways out in the forward graph; the most ways first. O(V + E + V log V)."""
    road = reading.road
    found = [
        Fork(road.ids[i], reading.ids(ways))
        for i in range(len(road.ids))
        if len(ways := [t for t in road.ahead[i] if _is_way(reading, i, t)]) > 1
    ]
    return sorted(found, key=lambda fork: -len(fork.way_ids))


def merges(reading: Reading) -> list[Merge]:
    """Stops with two or more ways in in the forward graph; the most ways first. O(V + E + V log V)."""
    road = reading.road
    found = [
        Merge(road.ids[i], reading.ids(sorted(ways)))
        for i in range(len(road.ids))
        if len(ways := [s for s in road.before[i] if _is_way(reading, s, i)]) > 1
    ]
    return sorted(found, key=lambda merge: -len(merge.way_ids))


def dead_ends(reading: Reading) -> list[DeadEnd]:
    """What was dropped, what got in its way first; then what happened and led nowhere. O(V + E).

    Something led nowhere when a step came to it, none goes on from it, it is not itself what came of things
    or what they meant, and the road does go on elsewhere to something that is.
    """
    hindered: dict[str, list[str]] = defaultdict(list)
    for edge in reading.bearing:
        if edge.relation is Relation.HINDERED:
            hindered[edge.target].append(edge.source)
    dropped = [
        DeadEnd(node.id, True, tuple(dict.fromkeys(hindered[node.id])))
        for node in reading.nodes.values()
        if node.state is NodeState.DROPPED
    ]
    quiet = [DeadEnd(reading.road.ids[i], False, ()) for i in _silent(reading)]
    return [*sorted(dropped, key=lambda end: -len(end.hindered_by)), *quiet]


def _is_way(reading: Reading, source: int, target: int) -> bool:
    return not WAYS.isdisjoint(reading.relations[source, target])


def _silent(reading: Reading) -> list[int]:
    road, ends = reading.road, frozenset(reading.ends)
    if not any(reading.at(end).kind in HARVEST for end in ends):
        return []
    busy = {source for source, _ in road.returns} | {s for s, t in reading.relations if s == t}
    busy |= {
        index
        for (_, index), relations in reading.relations.items()
        if Relation.HINDERED in relations  # it did something: it got in the way
    }
    return [
        i
        for i in range(len(road.ids))
        if road.before[i] and not road.ahead[i] and i not in ends and i not in busy
        if reading.at(i).state in HAPPENED and reading.at(i).kind not in (NodeKind.CONDITION, NodeKind.ACTOR)
    ]

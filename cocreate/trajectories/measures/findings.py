"""Everything the measures find, in the order in which it tells most."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Final

from cocreate.trajectories.measures.conditions import RecurringCondition, recurring_conditions
from cocreate.trajectories.measures.plans import Detour, Unplanned, detours, unplanned
from cocreate.trajectories.measures.reading import Reading
from cocreate.trajectories.measures.routes import Passage, TurningPoint, passages, turning_points
from cocreate.trajectories.measures.turns import (
    BackInTime,
    DeadEnd,
    Fork,
    Loop,
    Merge,
    back_in_time,
    dead_ends,
    forks,
    loops,
    merges,
)
from cocreate.trajectories.rules import MapEdge, MapNode

Finding = (
    Unplanned
    | Loop
    | RecurringCondition
    | Detour
    | DeadEnd
    | TurningPoint
    | Merge
    | Fork
    | Passage
    | BackInTime
)
_MOST_ROUTES: Final = 0.5
_SMALL: Final = 25
_CROSSING: Final = (TurningPoint, Merge, Fork)


def findings(nodes: Sequence[MapNode], edges: Sequence[MapEdge]) -> list[Finding]:
    """All that can be asked about a map: the strongest of each kind first, then the next of each, and so on.

    The kinds follow each other from what surprises to what confirms. Of one crossing only one thing is told.
    A turning point counts when at least half of all routes pass it, a crossing of two ways on a small map.
    """
    reading = Reading.of(nodes, edges)
    ways = 2 if len(nodes) <= _SMALL else 3
    kinds: list[Sequence[Finding]] = [
        unplanned(reading),
        loops(reading),
        recurring_conditions(reading),
        detours(reading),
        dead_ends(reading),
        [point for point in turning_points(reading) if point.share >= _MOST_ROUTES],
        [merge for merge in merges(reading) if len(merge.way_ids) >= ways],
        [fork for fork in forks(reading) if len(fork.way_ids) >= ways],
        passages(reading),
        back_in_time(reading),
    ]
    return list(_once_for_each_crossing(each for row in zip_longest(*kinds) for each in row if each))


def _once_for_each_crossing(found: Iterable[Finding]) -> Iterable[Finding]:
    crossed: set[str] = set()
    for each in found:
        if isinstance(each, _CROSSING):
            if each.node_id in crossed:
                continue
            crossed.add(each.node_id)
        yield each

"""Where each node of a map stands: time from left to right, the same for everybody."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from cocreate.trajectories.layout.newcomers import settle
from cocreate.trajectories.layout.paper import BOX, PITCH, Point, stack
from cocreate.trajectories.layout.road import Edge, Road
from cocreate.trajectories.layout.tidying import around, is_taken

__all__ = ["BOX", "PITCH", "Point", "arcs", "around", "is_backward", "is_taken", "layout"]

_NOTHING: Final[Mapping[str, Point]] = MappingProxyType({})
_NO_DATES: Final[Mapping[str, str]] = MappingProxyType({})


def layout(
    nodes: Sequence[str],
    edges: Sequence[Edge],
    placed: Mapping[str, Point] = _NOTHING,
    when: Mapping[str, str] = _NO_DATES,
    taken: Iterable[Point] = (),
) -> dict[str, Point]:
    """The centre of every node's box, in px; what is in `placed` stays exactly there.

    A newcomer takes none of the places in `taken` either, which are no part of the page.
    Dates in `when` (“2024”, “2024-03”, “2024-03-15”) count where the steps leave the order free.
    """
    road = Road.of(nodes, edges, when)
    fixed = {index: placed[node_id] for index, node_id in enumerate(road.ids) if node_id in placed}
    groups = road.components()
    dates = [when.get(node_id, "") for node_id in road.ids]
    if not fixed:
        points = stack(road, groups, dates)
    else:
        known = set(fixed)
        joined = [group for group in groups if not known.isdisjoint(group)]
        points = settle(road, joined, fixed, taken)
        apart = [group for group in groups if known.isdisjoint(group)]
        points |= stack(road, apart, dates, below=points.values())
    return {node_id: points[index] for index, node_id in enumerate(road.ids)}


def arcs(nodes: Sequence[str], edges: Sequence[Edge], when: Mapping[str, str] = _NO_DATES) -> frozenset[int]:
    """Positions in `edges` of the loops: steps back to where the road already was, and steps to itself."""
    road = Road.of(nodes, edges, when)
    number = {node_id: index for index, node_id in enumerate(road.ids)}
    return frozenset(
        position
        for position, (source, target) in enumerate(edges)
        if source in number
        and target in number
        and (source == target or (number[source], number[target]) in road.returns)
    )


def is_backward(source: Point, target: Point) -> bool:
    """Whether a step runs against the direction of time on paper (a loop, or a row that wraps)."""
    return target.x < source.x

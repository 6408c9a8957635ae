"""Where the stops of a whole map stand, and which of them are folded into others when it is large.

The stored places are the truth, also of what is folded. What is folded in is decided when a map is laid out
as a whole, or becomes too large, and then kept: an edit folds nothing and unfolds nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from cocreate.trajectories.layout import PITCH, Point, around, layout
from cocreate.trajectories.rules import MapEdge, MapNode
from cocreate.trajectories.threads import Folded, choose, fold, unfolding

FOLDED_FROM: Final = 800  # stops; a larger map is legible only when its side threads are folded
RECENT: Final = 50  # stops told last, which are never folded in: somebody is still busy with them
ASIDE: Final = 4  # columns between what is shown of a large map and what is folded in

_NOBODY: Final[frozenset[str]] = frozenset()
_NOWHERE: Final[Mapping[str, Point]] = MappingProxyType({})
_NEVER: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A place for every stop of a map, and those that are folded in."""

    points: dict[str, Point]
    folded_in: frozenset[str] = _NOBODY


def arrange(
    nodes: Sequence[MapNode],
    edges: Sequence[MapEdge],
    by_hand: Mapping[str, Point] = _NOWHERE,
    when: Mapping[str, str] = _NEVER,
) -> Arrangement:
    """A map laid out anew around what was placed by hand, and in the order of the dates in `when`.

    Of a large one what is shown is laid out by itself, with the steps as they are then seen; what is folded
    in stands apart at the right, where it is in nobody's way.
    """
    if len(nodes) <= FOLDED_FROM:
        return Arrangement(_laid_out(nodes, edges, by_hand, when))
    shown = shown_of(nodes, edges, pinned=by_hand.keys())
    short = fold(nodes, edges, shown=shown)
    points = _laid_out(short.nodes, short.edges, by_hand, when)
    rest = [node for node in nodes if node.id not in points]
    apart = _laid_out(rest, edges, _NOWHERE, when)
    left = max(point.x for point in points.values()) + ASIDE * PITCH.width
    top = min(point.y for point in points.values())
    return Arrangement(
        points | {own_id: Point(left + x, top + y) for own_id, (x, y) in apart.items()}, frozenset(apart)
    )


def shown_of(
    nodes: Sequence[MapNode],
    edges: Sequence[MapEdge],
    folded_in: Collection[str] = _NOBODY,
    pinned: Collection[str] = _NOBODY,
    most: int = FOLDED_FROM,
) -> frozenset[str]:
    """Ids of what a large map shows: all that is not folded in, and what was placed by hand.

    When that is more than `most`, only the chief ones of it, the last told, and what was placed by hand.
    """
    shown = [node.id for node in nodes if node.id not in folded_in or node.id in pinned]
    if len(shown) <= most:
        return frozenset(shown)
    keep = {*shown[-RECENT:], *(own_id for own_id in shown if own_id in pinned)}
    return choose(nodes, edges, among=frozenset(shown), keep=keep)


def unfold(
    nodes: Sequence[MapNode],
    edges: Sequence[MapEdge],
    points: Mapping[str, Point],
    shown: Collection[str],
    open_ids: Sequence[str] = (),
) -> tuple[Folded, dict[str, Point]]:
    """A large map as it is seen with these threads opened, in this order.

    What is shown stands where it stands. What an opened thread adds finds a free place near its head, and
    what was opened before it moves no more.
    """
    first, *turns = unfolding(nodes, edges, open_ids, shown=shown)
    standing = {node.id: points[node.id] for node in first.nodes}
    seen = first
    for seen in turns:
        standing = layout([node.id for node in seen.nodes], _ends(seen.edges), standing)
    return seen, {node.id: standing[node.id] for node in seen.nodes}


def _laid_out(
    nodes: Sequence[MapNode],
    edges: Sequence[MapEdge],
    by_hand: Mapping[str, Point],
    when: Mapping[str, str],
) -> dict[str, Point]:
    ids = [node.id for node in nodes]
    return around(ids, layout(ids, _ends(edges), when=when), by_hand)


def _ends(edges: Sequence[MapEdge]) -> list[tuple[str, str]]:
    return [(edge.source, edge.target) for edge in edges]

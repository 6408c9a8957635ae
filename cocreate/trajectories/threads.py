"""Threads of a large map: folded into their first node, so that what is shown can be read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from typing import Final

from cocreate.trajectories.layout.road import Road
from cocreate.trajectories.outline import OutlineItem, outline
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind

SHOWN: Final = 180  # nodes that a folded map shows, besides the threads that somebody opened
TELLING: Final = frozenset({NodeKind.TURNING_POINT, NodeKind.OUTCOME})
TELLS_MORE: Final = 4  # so many times its own weight does such a node count


@dataclass(frozen=True, slots=True)
class Folded:
    """A map with side threads folded.

    `folded` says how many nodes are folded into a shown one, `inside` into which one a hidden node is.
    """

    nodes: list[MapNode]
    edges: list[MapEdge]
    folded: dict[str, int]
    inside: dict[str, str]


def fold(
    nodes: Sequence[MapNode],
    edges: Sequence[MapEdge],
    open_ids: Collection[str] = frozenset(),
    limit: int = SHOWN,
) -> Folded:
    """Show the heaviest threads first, from where the road begins, until `limit` nodes; O(n log n).

    A node weighs as much as the thread behind it in reading order. What hangs on an opened node is
    shown on top of the limit. Steps to a hidden node lead to the one it is folded into.
    """
    roots = outline(nodes, edges)
    order = {node.id: place for place, node in enumerate(nodes)}
    weight = _weights(roots)
    shown = _choose(roots, weight, order, limit)
    _open(roots, shown, frozenset(open_ids))
    inside = _heads(roots, shown)
    counts: dict[str, int] = {}
    for head in inside.values():
        counts[head] = counts.get(head, 0) + 1
    return Folded([node for node in nodes if node.id in shown], _led(edges, shown, inside), counts, inside)


def thread_of(nodes: Sequence[MapNode], edges: Sequence[MapEdge], node_id: str) -> list[str]:
    """The ids of a node, of all that led to it and of all that came of it, in telling order; O(n + m)."""
    road = Road.of([node.id for node in nodes], [(edge.source, edge.target) for edge in edges])
    if node_id not in road.ids:
        return []
    start = road.ids.index(node_id)
    reached = _reach(start, road.ahead) | _reach(start, road.before)
    return [own_id for index, own_id in enumerate(road.ids) if index in reached]


def _reach(start: int, steps: Sequence[Sequence[int]]) -> set[int]:
    reached, waiting = {start}, [start]
    while waiting:
        for following in steps[waiting.pop()]:
            if following not in reached:
                reached.add(following)
                waiting.append(following)
    return reached


def _weights(roots: Sequence[OutlineItem]) -> dict[str, int]:
    """How much hangs on each node in reading order, itself included."""
    weight: dict[str, int] = {}
    for item in reversed(_walk(roots)):
        own = TELLS_MORE if item.kind in TELLING else 1
        weight[item.id] = own + sum(weight[child.id] for child in item.children)
    return weight


def _walk(roots: Sequence[OutlineItem]) -> list[OutlineItem]:
    """Every item, parents before children; without recursion, because a road can be long."""
    found: list[OutlineItem] = []
    waiting = list(reversed(roots))
    while waiting:
        item = waiting.pop()
        found.append(item)
        waiting.extend(reversed(item.children))
    return found


def _choose(
    roots: Sequence[OutlineItem], weight: dict[str, int], order: dict[str, int], limit: int
) -> set[str]:
    shown: set[str] = set()
    heap: list[tuple[int, int, OutlineItem]] = []
    for item in roots:
        heappush(heap, (-weight[item.id], order[item.id], item))
    while heap and len(shown) < limit:
        _, _, item = heappop(heap)
        shown.add(item.id)
        for child in item.children:
            heappush(heap, (-weight[child.id], order[child.id], child))
    return shown


def _open(roots: Sequence[OutlineItem], shown: set[str], open_ids: frozenset[str]) -> None:
    """Show what hangs on opened nodes, as far as they are shown themselves."""
    for item in _walk(roots):
        if item.id in shown and item.id in open_ids:
            shown.update(child.id for child in item.children)


def _heads(roots: Sequence[OutlineItem], shown: set[str]) -> dict[str, str]:
    """Into which shown node each hidden one is folded; a hidden beginning goes with the one before it."""
    inside: dict[str, str] = {}
    last = next((item.id for item in roots if item.id in shown), "")
    for root in roots:
        if root.id in shown:
            last = root.id
        waiting = [(root, last)]
        while waiting:
            item, head = waiting.pop()
            if item.id in shown:
                head = item.id
            else:
                inside[item.id] = head
            waiting.extend((child, head) for child in item.children)
    return inside


def _led(edges: Sequence[MapEdge], shown: set[str], inside: dict[str, str]) -> list[MapEdge]:
    """Steps between what is shown; several that become the same are one."""
    known: set[tuple[str, str, str]] = set()
    found: list[MapEdge] = []
    for edge in edges:
        source, target = inside.get(edge.source, edge.source), inside.get(edge.target, edge.target)
        key = (source, target, edge.relation)
        is_folded = (source, target) != (edge.source, edge.target)
        if not {source, target} <= shown or (is_folded and (source == target or key in known)):
            continue
        known.add(key)
        found.append(replace(edge, source=source, target=target) if is_folded else edge)
    return found

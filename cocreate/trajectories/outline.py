"""A map in reading order: the nested list beside the picture."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from cocreate.trajectories.layout.road import Road
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation

# As static/js/map/outline.js has it. A browser flattens what nests deeper than 512 elements, and a page
# that draws itself in turns runs out of turns long before.
DEEPEST: Final = 39


@dataclass(frozen=True, slots=True)
class Reference:
    """“See also”: a step to a node that is listed elsewhere."""

    id: str
    text: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """One node, once; `relation` says how its parent in the list bears on it."""

    id: str
    text: str
    kind: NodeKind
    state: NodeState
    relation: Relation | None
    depth: int
    children: list["OutlineItem"] = field(default_factory=list)
    refers_to: list[Reference] = field(default_factory=list)


def outline(nodes: Sequence[MapNode], edges: Sequence[MapEdge]) -> list[OutlineItem]:
    """Every node once, depth first from where the road begins; further parents are told by reference.

    What hangs deeper than `DEEPEST` begins a branch of its own, and what it hangs on refers to it.
    """
    place = {node.id: index for index, node in enumerate(nodes)}
    steps: list[list[tuple[int, Relation]]] = [[] for _ in nodes]
    for edge in edges:
        if edge.source in place and edge.target in place:
            steps[place[edge.source]].append((place[edge.target], edge.relation))
    road = Road.of_map(nodes, edges)
    listed: dict[int, OutlineItem] = {}
    roots: list[OutlineItem] = []
    waiting = list(road.starts())[::-1]
    while waiting:
        start = waiting.pop()
        if start not in listed:
            listed[start] = _item(nodes[start], None, 0)
            roots.append(listed[start])
            waiting += _grow(start, nodes, steps, listed)[::-1]
    return roots


def _grow(
    start: int,
    nodes: Sequence[MapNode],
    steps: Sequence[Sequence[tuple[int, Relation]]],
    listed: dict[int, OutlineItem],
) -> list[int]:
    """List what hangs on `start`; gives what would hang too deep."""
    deeper = []
    branch = [(start, iter(steps[start]))]
    while branch:
        index, remaining = branch[-1]
        step = next(remaining, None)
        if step is None:
            branch.pop()
            continue
        target, relation = step
        here = listed[index]
        if target in listed or here.depth == DEEPEST:
            here.refers_to.append(Reference(nodes[target].id, nodes[target].text, relation))
            if target not in listed:
                deeper.append(target)
            continue
        listed[target] = _item(nodes[target], relation, here.depth + 1)
        here.children.append(listed[target])
        branch.append((target, iter(steps[target])))
    return deeper


def _item(node: MapNode, relation: Relation | None, depth: int) -> OutlineItem:
    return OutlineItem(node.id, node.text, node.kind, node.state, relation, depth)

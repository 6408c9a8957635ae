"""What a map file is made of, before it is written: clean texts, and a tree where a format needs one."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from cocreate.trajectories.formats.imported import plain, seen
from cocreate.trajectories.rules import MapEdge, MapNode

MAX_DEPTH: Final = 100  # how deep a mindmap nests; what hangs deeper begins a branch of its own


@dataclass(frozen=True, slots=True)
class Whole:
    """A map that can be written: no letter in it that a file cannot hold, every edge with both its ends."""

    title: str
    nodes: tuple[MapNode, ...]
    edges: tuple[MapEdge, ...]


def whole(title: str, nodes: Sequence[MapNode], edges: Sequence[MapEdge]) -> Whole:
    """The map, cleaned as `imported` cleans what it reads."""
    kept = {
        node.id: replace(node, id=seen(node.id), text=plain(node.text) or "…", note=plain(node.note))
        for node in nodes
    }
    steps = (
        replace(
            edge,
            id=seen(edge.id),
            source=kept[edge.source].id,
            target=kept[edge.target].id,
            label=plain(edge.label),
        )
        for edge in edges
        if edge.source in kept and edge.target in kept
    )
    return Whole(plain(title), tuple(kept.values()), tuple(steps))


@dataclass(frozen=True, slots=True)
class Step:
    """An edge with its place in the order of the map."""

    told: int
    edge: MapEdge


@dataclass(slots=True)
class Branch:
    """A node in a tree: the step it hangs on, what hangs on it, and its steps to what hangs elsewhere."""

    told: int
    node: MapNode
    step: Step | None
    depth: int
    children: list["Branch"] = field(default_factory=list)
    others: list[Step] = field(default_factory=list)


def forest(drawn: Whole) -> list[Branch]:
    """Every node once, depth first from where roads begin, at most MAX_DEPTH deep."""
    place = {node.id: (told, node) for told, node in enumerate(drawn.nodes, start=1)}
    steps: dict[str, list[Step]] = {node.id: [] for node in drawn.nodes}
    led_to = set()
    for told, edge in enumerate(drawn.edges, start=1):
        steps[edge.source].append(Step(told, edge))
        if edge.source != edge.target:
            led_to.add(edge.target)
    found: dict[str, Branch] = {}
    roots = []
    first = [node for node in drawn.nodes if node.id not in led_to]
    for node in (*first, *drawn.nodes):
        if node.id not in found:
            roots.append(Branch(*place[node.id], None, 1))
            _grow(roots[-1], place, steps, found)
    return roots


def _grow(
    root: Branch,
    place: dict[str, tuple[int, MapNode]],
    steps: dict[str, list[Step]],
    found: dict[str, Branch],
) -> None:
    found[root.node.id] = root
    growing = [(root, iter(steps[root.node.id]))]
    while growing:
        branch, remaining = growing[-1]
        step = next(remaining, None)
        if step is None:
            growing.pop()
            continue
        target = step.edge.target
        if target in found or branch.depth >= MAX_DEPTH:
            branch.others.append(step)
            continue
        child = found[target] = Branch(*place[target], step, branch.depth + 1)
        branch.children.append(child)
        growing.append((child, iter(steps[target])))

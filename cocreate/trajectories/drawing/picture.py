"""A map as a picture of its own: SVG from the server, for every page, for print and without a script."""

from collections.abc import Collection, Mapping, Sequence
from html import escape
from math import inf
from types import MappingProxyType
from typing import Final, NamedTuple

from cocreate.trajectories.drawing import boxes, steps
from cocreate.trajectories.drawing.boxes import CAPTION_BELOW, box
from cocreate.trajectories.drawing.ground import Ground
from cocreate.trajectories.drawing.look import Labels
from cocreate.trajectories.drawing.marks import Mark
from cocreate.trajectories.drawing.markup import n, said
from cocreate.trajectories.drawing.routes import Route, Step, route
from cocreate.trajectories.drawing.shapes import SHAPES
from cocreate.trajectories.drawing.steps import step
from cocreate.trajectories.layout import BOX, Point, arcs
from cocreate.trajectories.rules import MapEdge, MapNode

FONT: Final = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
EDGE: Final = 24.0  # px of white around the picture
LEAST: Final = Point(640, 240)  # the picture of a single node is not blown up
ABOVE: Final = 19.0  # that marks stick out above a box
_NONE: Final[Mapping[str, Mark]] = MappingProxyType({})


def picture_svg(
    nodes: Sequence[MapNode],
    edges: Sequence[MapEdge],
    points: Mapping[str, Point],
    *,
    title: str,
    description: str,
    labels: Labels,
    marks: Mapping[str, Mark] = _NONE,
    role: str = "img",
    rtl: bool = False,
) -> str:
    """The map as one `<svg>`, every text escaped; nodes without a point and steps to them are not drawn.

    Without a mark, a node counts as told in the order of `nodes`.
    """
    drawn = picture_in_two(
        nodes,
        edges,
        points,
        title=title,
        description=description,
        labels=labels,
        marks=marks,
        role=role,
        rtl=rtl,
    )
    return drawn.whole


class InTwo(NamedTuple):
    """A picture of what is near, and the whole of it, in which what is far stands in groups `far`."""

    near: str
    whole: str


def picture_in_two(
    nodes: Sequence[MapNode],
    edges: Sequence[MapEdge],
    points: Mapping[str, Point],
    *,
    title: str,
    description: str,
    labels: Labels,
    marks: Mapping[str, Mark] = _NONE,
    role: str = "img",
    rtl: bool = False,
    far: Collection[str] = (),
) -> InTwo:
    """The same; and without the nodes in `far` and the steps between them, which a page can show later."""
    way = -1 if rtl else 1
    drawn = _Drawn(nodes, edges, points)
    routes = drawn.routes(None)
    stops = [
        (node.id in far, box(node, points[node.id], labels, marks.get(node.id) or Mark(told=place), way))
        for place, node in enumerate(nodes, 1)
        if node.id in drawn.shown
    ]
    lines = [
        (edge.source in far and edge.target in far, step(edge, way_there, _told(edge, labels), way))
        for edge, way_there in routes
    ]
    view = _view(list(drawn.points.values()), [way_there for _, way_there in routes], way)
    _, _, width, height = view.split()
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map" role="{said(role)}" data-way="{way}"'
        f' viewBox="{view}" width="{width}" height="{height}"'
        f' font-family="{escape(FONT)}" stroke-linejoin="round">'
        f"<title>{said(title)}</title><desc>{said(description)}</desc>"
    )
    return InTwo(
        *(
            f"{head}<g {steps.COMMON}>{one}</g><g {boxes.COMMON}>{other}</g></svg>"
            for one, other in zip(_near_first(lines), _near_first(stops), strict=True)
        )
    )


def _near_first(parts: Sequence[tuple[bool, str]]) -> tuple[str, str]:
    near = "".join(part for is_far, part in parts if not is_far)
    far = "".join(part for is_far, part in parts if is_far)
    return near, f'{near}<g class="far">{far}</g>' if far else near


def node_svg(node: MapNode, point: Point, labels: Labels, *, mark: Mark, rtl: bool = False) -> str:
    """One node, exactly as the whole picture has it, to go in its `<g class="nodes">`."""
    return box(node, point, labels, mark, -1 if rtl else 1)


def edge_svgs(
    nodes: Sequence[MapNode],
    edges: Sequence[MapEdge],
    points: Mapping[str, Point],
    labels: Labels,
    *,
    rtl: bool = False,
    only: Collection[str] | None = None,
) -> dict[str, str]:
    """Steps by id (all, or those in `only`), exactly as in the whole picture."""
    way = -1 if rtl else 1
    routes = _Drawn(nodes, edges, points).routes(only)
    return {edge.id: step(edge, way_there, _told(edge, labels), way) for edge, way_there in routes}


class _Drawn:
    """What of a map can be drawn: the nodes that stand somewhere and the steps between them."""

    def __init__(
        self, nodes: Sequence[MapNode], edges: Sequence[MapEdge], points: Mapping[str, Point]
    ) -> None:
        self.shown = {node.id: node for node in nodes if node.id in points}
        self.points = {node_id: points[node_id] for node_id in self.shown}
        self.edges = [edge for edge in edges if edge.source in self.shown and edge.target in self.shown]

    def routes(self, only: Collection[str] | None) -> list[tuple[MapEdge, Route]]:
        """Steps with their way over the paper; the way of one does not hang on which others are asked for."""
        back = arcs(
            list(self.shown),
            [(edge.source, edge.target) for edge in self.edges],
            {node.id: node.when for node in self.shown.values()},
        )
        loop = [inf if place in back else -inf for place in range(len(self.edges))]  # loops join from below
        heights = {node_id: point.y for node_id, point in self.points.items()}
        leave = self._ports(
            [(e.source, max(y, heights[e.target])) for e, y in zip(self.edges, loop, strict=True)]
        )
        enter = self._ports(
            [(e.target, max(y, heights[e.source])) for e, y in zip(self.edges, loop, strict=True)]
        )
        ground = Ground(self.points.values())
        stands = self.points
        return [
            (
                edge,
                route(
                    ground,
                    Step(stands[edge.source], stands[edge.target], leave[place], enter[place], place in back),
                ),
            )
            for place, edge in enumerate(self.edges)
            if only is None or edge.id in only
        ]

    def _ports(self, ends: Sequence[tuple[str, float]]) -> list[float]:
        """How far from the middle of a side each step joins, so that steps to one node stay apart."""
        at: dict[str, list[tuple[float, int]]] = {}
        for place, (node_id, other_y) in enumerate(ends):
            at.setdefault(node_id, []).append((other_y, place))
        offset = [0.0] * len(ends)
        for node_id, joined in at.items():
            pitch = min(12.0, 2 * SHAPES[self.shown[node_id].kind].ports / max(len(joined) - 1, 1))
            for rank, (_, place) in enumerate(sorted(joined)):
                offset[place] = (rank - (len(joined) - 1) / 2) * pitch
        return offset


def _told(edge: MapEdge, labels: Labels) -> str:
    """What the step is, without the words of its ends: those can be changed or withdrawn on their own."""
    return said(labels.relations.get(edge.relation, ""))


def _view(points: Sequence[Point], routes: Sequence[Route], way: int) -> str:
    """The viewBox around all boxes and steps."""
    across = [x for each in routes for x, _ in each.curve]
    down = [y for each in routes for _, y in each.curve]
    if points:
        across += [min(x for x, _ in points) - BOX.width / 2, max(x for x, _ in points) + BOX.width / 2]
        down.append(min(y for _, y in points) - BOX.height / 2 - ABOVE)
        down.append(max(y for _, y in points) + BOX.height / 2 + CAPTION_BELOW)
    left, right, top, bottom = (
        (min(across), max(across), min(down), max(down)) if across else (0.0, 0.0, 0.0, 0.0)
    )
    width = max(right - left, LEAST.x) + 2 * EDGE
    height = max(bottom - top, LEAST.y) + 2 * EDGE
    corner = way * (left + right) / 2 - width / 2, (top + bottom) / 2 - height / 2
    return " ".join(map(n, (*corner, width, height)))

"""A map as a picture of its own: SVG from the server, for every page, for print and without a script."""

from collections.abc import Mapping, Sequence
from math import inf
from typing import Final

from cocreate.trajectories.drawing.boxes import CAPTION_BELOW, box
from cocreate.trajectories.drawing.look import Labels
from cocreate.trajectories.drawing.markup import n, said, tag
from cocreate.trajectories.drawing.routes import Ground, Route, Step
from cocreate.trajectories.drawing.shapes import SHAPES
from cocreate.trajectories.drawing.steps import step
from cocreate.trajectories.layout import BOX, Point, arcs
from cocreate.trajectories.rules import MapEdge, MapNode

FONT: Final = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
EDGE: Final = 24.0  # px of white around the picture
LEAST: Final = Point(640, 240)  # the picture of a single node is not blown up


def picture_svg(
    nodes: Sequence[MapNode],
    edges: Sequence[MapEdge],
    points: Mapping[str, Point],
    *,
    title: str,
    description: str,
    labels: Labels,
    rtl: bool = False,
) -> str:
    """The map as one `<svg>`, every text escaped; nodes without a point and steps to them are not drawn."""
    way = -1 if rtl else 1
    shown = {node.id: node for node in nodes if node.id in points}
    standing = {node_id: points[node_id] for node_id in shown}
    drawn = [edge for edge in edges if edge.source in shown and edge.target in shown]
    routes = _routes(shown, drawn, standing)
    steps = (
        step(edge, route, _told(edge, shown, labels), way) for edge, route in zip(drawn, routes, strict=True)
    )
    return tag(
        "svg",
        tag("title", said(title)),
        tag("desc", said(description)),
        tag("g", *steps, "", class_="edges", fill="none", stroke_linecap="round"),
        tag(
            "g", *(box(shown[key], point, labels, way) for key, point in standing.items()), "", class_="nodes"
        ),
        xmlns="http://www.w3.org/2000/svg",
        class_="map",
        role="img",
        viewBox=_view([*standing.values()], routes, way),
        font_family=FONT,
        stroke_linejoin="round",
    )


def _told(edge: MapEdge, shown: Mapping[str, MapNode], labels: Labels) -> str:
    name = labels.relations.get(edge.relation, "")
    return f"{shown[edge.source].text} – {name} – {shown[edge.target].text}"


def _routes(
    shown: Mapping[str, MapNode], drawn: Sequence[MapEdge], points: Mapping[str, Point]
) -> list[Route]:
    back = arcs(list(shown), [(edge.source, edge.target) for edge in drawn])
    ground = Ground(points.values())
    loop = [inf if place in back else -inf for place in range(len(drawn))]  # most loops come from below
    leave = _ports(shown, [(e.source, max(y, points[e.target].y)) for e, y in zip(drawn, loop, strict=True)])
    enter = _ports(shown, [(e.target, max(y, points[e.source].y)) for e, y in zip(drawn, loop, strict=True)])
    return [
        ground.route(
            Step(points[edge.source], points[edge.target], leave[place], enter[place], place in back)
        )
        for place, edge in enumerate(drawn)
    ]


def _ports(shown: Mapping[str, MapNode], ends: Sequence[tuple[str, float]]) -> list[float]:
    """How far from the middle of a side each step joins, so that steps to one node stay apart."""
    at: dict[str, list[tuple[float, int]]] = {}
    for place, (node_id, other_y) in enumerate(ends):
        at.setdefault(node_id, []).append((other_y, place))
    offset = [0.0] * len(ends)
    for node_id, joined in at.items():
        pitch = min(12.0, 2 * SHAPES[shown[node_id].kind].ports / max(len(joined) - 1, 1))
        for rank, (_, place) in enumerate(sorted(joined)):
            offset[place] = (rank - (len(joined) - 1) / 2) * pitch
    return offset


def _view(points: Sequence[Point], routes: Sequence[Route], way: int) -> str:
    """The viewBox around all boxes and steps."""
    spots = [spot for route in routes for spot in route.curve]
    for x, y in points:
        spots.append(Point(x - BOX.width / 2, y - BOX.height / 2))
        spots.append(Point(x + BOX.width / 2, y + BOX.height / 2 + CAPTION_BELOW))
    across, down = [x for x, _ in spots] or [0.0], [y for _, y in spots] or [0.0]
    width = max(max(across) - min(across), LEAST.x) + 2 * EDGE
    height = max(max(down) - min(down), LEAST.y) + 2 * EDGE
    left = way * (min(across) + max(across)) / 2 - width / 2
    top = (min(down) + max(down)) / 2 - height / 2
    return f"{n(left)} {n(top)} {n(width)} {n(height)}"

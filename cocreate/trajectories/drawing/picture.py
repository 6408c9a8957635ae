"""A map as a picture of its own: SVG from the server, for every page, for print and without a script."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from math import atan2, cos, sin
from typing import Final

from cocreate.trajectories.drawing.look import DASHES, LIGHT, PLANNED_DASH, Labels
from cocreate.trajectories.drawing.routes import GAP, Ground, Route
from cocreate.trajectories.drawing.shapes import SHAPES
from cocreate.trajectories.drawing.words import seen, wrap
from cocreate.trajectories.layout import BOX, Point, arcs
from cocreate.trajectories.rules import MapEdge, MapNode, NodeState, Relation

FONT: Final = 'system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif'
LETTER: Final = 14.0
LINE: Final = 17.0
CAPTION: Final = 12.0
EDGE: Final = 24.0  # px of white around the picture
SMALL: Final = Point(640, 240)  # a picture of one node is not blown up
PICTOGRAM: Final = 20.0
CAREFUL: Final = 1_500  # steps; in larger maps they run straight, so that the picture comes at once
OUTLINES: Final = {
    NodeState.PLANNED: f'stroke="{LIGHT.ink}" stroke-width="2" stroke-dasharray="{PLANNED_DASH[0]} {PLANNED_DASH[1]}"',
    NodeState.HAPPENED: f'stroke="{LIGHT.ink}" stroke-width="2"',
    NodeState.CHANGED: f'stroke="{LIGHT.ink}" stroke-width="6"',
    NodeState.DROPPED: f'stroke="{LIGHT.ink_soft}" stroke-width="2" stroke-dasharray="{PLANNED_DASH[0]} {PLANNED_DASH[1]}" opacity=".5"',
    NodeState.EMERGED: f'stroke="{LIGHT.accent}" stroke-width="4"',
}


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
    pen = _Pen(labels, rtl=rtl)
    shown = {node.id: node for node in nodes if node.id in points}
    drawn = [edge for edge in edges if edge.source in shown and edge.target in shown]
    back = arcs(list(shown), [(edge.source, edge.target) for edge in drawn])
    ground = Ground((points[node_id] for node_id in shown), careful=len(drawn) <= CAREFUL)
    routes = [
        ground.route(points[edge.source], points[edge.target], returns=position in back)
        for position, edge in enumerate(drawn)
    ]
    lines = [pen.edge(edge, route, shown) for edge, route in zip(drawn, routes, strict=True)]
    boxes = [pen.node(node, points[node_id]) for node_id, node in shown.items()]
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="map" role="img" viewBox="{_view(points, shown, routes, rtl)}"'
            f" font-family='{FONT}' stroke-linejoin=\"round\">",
            f"<title>{_text(title)}</title><desc>{_text(description)}</desc>",
            '<g class="edges" fill="none" stroke-linecap="round">',
            *lines,
            '</g><g class="nodes">',
            *boxes,
            "</g></svg>",
        )
    )


def _view(points: Mapping[str, Point], shown: Iterable[str], routes: Sequence[Route], rtl: bool) -> str:
    """The viewBox around all boxes and steps."""
    spots = [spot for route in routes for spot in route.curve]
    for node_id in shown:
        x, y = points[node_id]
        spots += [
            Point(x - BOX.width / 2, y - BOX.height / 2),
            Point(x + BOX.width / 2, y + BOX.height / 2 + LINE),
        ]
    left, right = min((x for x, _ in spots), default=0.0), max((x for x, _ in spots), default=0.0)
    top, bottom = min((y for _, y in spots), default=0.0), max((y for _, y in spots), default=0.0)
    width, height = max(right - left, SMALL.x) + 2 * EDGE, max(bottom - top, SMALL.y) + 2 * EDGE
    middle = (left + right) / (-2 if rtl else 2)
    return f"{_n(middle - width / 2)} {_n((top + bottom - height) / 2)} {_n(width)} {_n(height)}"


class _Pen:
    """Draws nodes and steps, mirrored where reading goes from right to left."""

    def __init__(self, labels: Labels, *, rtl: bool) -> None:
        self._labels = labels
        self._way = -1 if rtl else 1

    def node(self, node: MapNode, point: Point) -> str:
        """A box with its shape, pictogram, words, and what became of it."""
        shape = SHAPES[node.kind]
        emerged, dropped = node.state is NodeState.EMERGED, node.state is NodeState.DROPPED
        fill = LIGHT.accent_wash if emerged else LIGHT.sheet
        mirror = ' transform="scale(-1 1)"' if self._way < 0 else ""
        outline = f'<path class="outline" d="{shape.outline}" fill="{fill}" {OUTLINES[node.state]}{mirror}/>'
        if node.state is NodeState.CHANGED:
            outline += f'<path class="inline" d="{shape.outline}" fill="none" stroke="{fill}" stroke-width="2"{mirror}/>'
        ink = LIGHT.accent if emerged else LIGHT.ink_soft
        scale = PICTOGRAM / 24
        left = self._way * (shape.inset + PICTOGRAM / 2 - BOX.width / 2) - PICTOGRAM / 2
        pictogram = (
            f'<path class="pictogram" d="{shape.pictogram}" fill="none" stroke="{ink}" stroke-width="2" '
            f'stroke-linecap="round" transform="translate({_n(left)} {_n(-PICTOGRAM / 2)}) scale({scale:.3f})"/>'
        )
        planned = "" if node.intended else " unintended"
        return (
            f'<g class="node kind-{node.kind.value.replace("_", "-")} {node.state.value}{planned}" '
            f'transform="translate({_n(self._way * point.x)} {_n(point.y)})">'
            f"<title>{_text(self._told(node))}</title>{outline}{pictogram}"
            f"{self._words(node, shape.inset, dropped=dropped)}{self._caption(node)}</g>"
        )

    def _told(self, node: MapNode) -> str:
        kind, state = self._labels.kinds.get(node.kind, ""), self._labels.states.get(node.state, "")
        return f"{node.text} ({kind}, {state})"

    def _words(self, node: MapNode, inset: float, *, dropped: bool) -> str:
        start = inset + PICTOGRAM + 9
        room = BOX.width - start - max(inset, 10)
        lines = wrap(node.text, room, LETTER, 3)
        top = -(len(lines) - 1) * LINE / 2 + LETTER * 0.36
        anchor = "start" if self._way > 0 else "end"
        x = _n(self._way * (start - BOX.width / 2))
        spans = "".join(
            f'<tspan x="{x}" y="{_n(top + number * LINE)}">{_text(line)}</tspan>'
            for number, line in enumerate(lines)
        )
        ink = LIGHT.ink_soft if dropped else LIGHT.ink
        return (
            f'<text class="words" font-size="{_n(LETTER)}" font-weight="600" fill="{ink}" '
            f'text-anchor="{anchor}" unicode-bidi="plaintext">{spans}</text>'
        )

    def _caption(self, node: MapNode) -> str:
        if node.state is NodeState.HAPPENED:
            return ""
        said = _text(self._labels.states.get(node.state, ""))
        ink = LIGHT.accent if node.state is NodeState.EMERGED else LIGHT.ink_soft
        return (
            f'<text class="caption" y="{_n(BOX.height / 2 + 16)}" font-size="{_n(CAPTION)}" fill="{ink}" '
            f'text-anchor="middle" unicode-bidi="plaintext">{said}</text>'
        )

    def edge(self, edge: MapEdge, route: Route, shown: Mapping[str, MapNode]) -> str:
        """A step with its line, its end and its words."""
        curve = [Point(self._way * x, y) for x, y in route.curve]
        name = self._labels.relations.get(edge.relation, "")
        told = f"{shown[edge.source].text} – {name} – {shown[edge.target].text}"
        dash = " ".join(str(length) for length in DASHES[edge.relation])
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        width = 3.5 if edge.relation is Relation.TURNED_INTO else 2
        return (
            f'<g class="edge relation-{edge.relation.value.replace("_", "-")}"><title>{_text(told)}</title>'
            f'<path class="line" d="{_path(curve)}" stroke="{LIGHT.ink_soft}" stroke-width="{width}"{dashes}/>'
            f"{_ends(edge.relation, curve)}{self._beside(edge.label, route.middle, curve)}</g>"
        )

    def _beside(self, label: str, middle: Point, curve: Sequence[Point]) -> str:
        if not label.strip():
            return ""
        room = max(GAP + 10, abs(curve[-1].x - curve[0].x) - 20)
        spans = "".join(
            f'<tspan x="{_n(self._way * middle.x)}" y="{_n(middle.y - 6 - number * CAPTION * 1.1)}">{_text(line)}</tspan>'
            for number, line in enumerate(reversed(wrap(label, room, CAPTION, 2)))
        )
        return (
            f'<text class="label" font-size="{_n(CAPTION)}" fill="{LIGHT.ink_soft}" stroke="{LIGHT.sheet}" '
            f'stroke-width="4" paint-order="stroke" text-anchor="middle" unicode-bidi="plaintext">{spans}</text>'
        )


def _path(curve: Sequence[Point]) -> str:
    start, *rest = (f"{_n(x)} {_n(y)}" for x, y in curve)
    return f"M{start}C{' '.join(rest)}"


def _ends(relation: Relation, curve: Sequence[Point]) -> str:
    """Head of the step: an arrow, an open one for what inspired or meant, a bar for what got in the way."""
    tip = curve[-1]
    back = next((other for other in reversed(curve[:-1]) if other != tip), Point(tip.x - 1, tip.y))
    angle = atan2(tip.y - back.y, tip.x - back.x)

    def spot(along: float, aside: float) -> str:
        return (
            f"{_n(tip.x + along * cos(angle) - aside * sin(angle))} "
            f"{_n(tip.y + along * sin(angle) + aside * cos(angle))}"
        )

    stroke = f'stroke="{LIGHT.ink_soft}" stroke-width="2"'
    if relation is Relation.HINDERED:
        bar = f'<path class="head bar" d="M{spot(-3, -11)}L{spot(-3, 11)}" stroke="{LIGHT.ink}" stroke-width="5"/>'
        return bar
    if relation in {Relation.INSPIRED, Relation.MEANT}:
        return f'<path class="head open" d="M{spot(-11, -6)}L{spot(-2, 0)}L{spot(-11, 6)}" {stroke}/>'
    head = f'<path class="head" d="M{spot(-12, -6)}L{spot(-2, 0)}L{spot(-12, 6)}z" fill="{LIGHT.ink_soft}" {stroke}/>'
    if relation is Relation.MADE_POSSIBLE:
        start = curve[0]
        return f'{head}<circle class="tail" cx="{_n(start.x)}" cy="{_n(start.y)}" r="5" fill="{LIGHT.sheet}" {stroke}/>'
    return head


def _text(text: str) -> str:
    return escape(seen(text), quote=True)


def _n(value: float) -> str:
    """A number as short as it can be."""
    return f"{value:.1f}".rstrip("0").rstrip(".").replace("-0", "0" if abs(value) < 0.05 else "-0")

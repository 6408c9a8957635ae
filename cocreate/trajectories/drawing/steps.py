"""Edges in a picture: the line and the end say the relation, the words stand beside."""

from collections.abc import Sequence
from math import atan2, cos, sin
from typing import Final

from cocreate.trajectories.drawing.look import DASHES, LIGHT
from cocreate.trajectories.drawing.markup import lines, n, path, said, tag
from cocreate.trajectories.drawing.routes import GAP, Route
from cocreate.trajectories.drawing.words import wrap
from cocreate.trajectories.layout import Point
from cocreate.trajectories.rules import MapEdge, Relation

LETTER: Final = 12.0
PITCH: Final = 14.0
BOLD: Final = 3.5
THIN: Final = 2.0


def step(edge: MapEdge, route: Route, told: str, way: int) -> str:
    """One step along its route; `way` is −1 where reading goes from right to left."""
    curve = [Point(way * x, y) for x, y in route.curve]
    middle = Point(way * route.middle.x, route.middle.y)
    line = tag(
        "path",
        class_="line",
        d=path(curve),
        stroke=LIGHT.ink_soft,
        stroke_width=BOLD if edge.relation is Relation.TURNED_INTO else THIN,
        stroke_dasharray=" ".join(map(str, DASHES[edge.relation])) or None,
    )
    returns = " returns" if route.returns else ""
    return tag(
        "g",
        tag("title", said(told)),
        line,
        *_ends(edge.relation, curve),
        _label(edge.label, middle, abs(curve[-1].x - curve[0].x)),
        class_=f"edge relation-{edge.relation}{returns}",
    )


def _ends(relation: Relation, curve: Sequence[Point]) -> list[str]:
    """An arrow; open for what inspired or meant; a bar for what hindered; with a ring for what helped."""
    if relation is Relation.HINDERED:
        bar = _tip(curve, (-4, -11), (-4, 11))
        return [tag("path", class_="head bar", d=bar, stroke=LIGHT.ink, stroke_width=5)]
    if relation in {Relation.INSPIRED, Relation.MEANT}:
        vee = _tip(curve, (-11, -6), (-2, 0), (-11, 6))
        return [tag("path", class_="head open", d=vee, stroke=LIGHT.ink_soft, stroke_width=THIN)]
    arrow = f"{_tip(curve, (-12, -6), (-2, 0), (-12, 6))}z"
    head = tag("path", class_="head", d=arrow, fill=LIGHT.ink_soft, stroke=LIGHT.ink_soft, stroke_width=THIN)
    if relation is not Relation.MADE_POSSIBLE:
        return [head]
    x, y = curve[0]
    ring = tag(
        "circle", class_="ring", cx=x, cy=y, r=6, fill=LIGHT.sheet, stroke=LIGHT.ink_soft, stroke_width=THIN
    )
    return [head, ring]


def _tip(curve: Sequence[Point], *spots: tuple[float, float]) -> str:
    """Path data of spots told as px along and aside from the end of a curve."""
    tip = curve[-1]
    back = next((other for other in reversed(curve[:-1]) if other != tip), Point(tip.x - 1, tip.y))
    angle = atan2(tip.y - back.y, tip.x - back.x)
    return "M" + "L".join(
        f"{n(tip.x + along * cos(angle) - aside * sin(angle))} "
        f"{n(tip.y + along * sin(angle) + aside * cos(angle))}"
        for along, aside in spots
    )


def _label(label: str, middle: Point, across: float) -> str:
    words = wrap(label, max(GAP + 10, across - 20), LETTER, 2)
    if not words:
        return ""
    return tag(
        "text",
        lines(words, middle.x, middle.y - 6 - (len(words) - 1) * PITCH, PITCH),
        class_="label",
        font_size=LETTER,
        fill=LIGHT.ink_soft,
        stroke=LIGHT.sheet,
        stroke_width=4,
        paint_order="stroke",
        text_anchor="middle",
        unicode_bidi="plaintext",
    )

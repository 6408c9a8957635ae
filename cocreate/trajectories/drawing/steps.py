"""Edges in a picture: the line and the end say the relation, the words stand beside."""

from collections.abc import Mapping, Sequence
from functools import cache
from math import hypot
from typing import Final

from cocreate.trajectories.drawing.look import DASHES, LIGHT
from cocreate.trajectories.drawing.markup import lines, n, own_way, path, said
from cocreate.trajectories.drawing.routes import GAP, Route
from cocreate.trajectories.drawing.words import wrap
from cocreate.trajectories.layout import Point
from cocreate.trajectories.rules import MapEdge, Relation

LETTER: Final = 12.5
PITCH: Final = 14.5
LEAST: Final = GAP + 10  # px that words on a step may take
BESIDE: Final = 20  # px of a longer step that they leave free
ABOVE: Final = 6  # px above the line
LINES: Final = 2
BOLD: Final = 3.5
# What most of a step has in common.
COMMON: Final = (
    f'class="edges" direction="ltr" fill="none" stroke="{LIGHT.ink_soft}" stroke-width="2"'
    ' stroke-linecap="round"'
)

Spots = tuple[tuple[float, float], ...]  # px along and aside from the end of a curve
ARROW: Final[Spots] = ((-12, -6), (-2, 0), (-12, 6))
VEE: Final[Spots] = ((-11, -6), (-2, 0), (-11, 6))
BAR: Final[Spots] = ((-4, -11), (-4, 11))
TIPS: Final[Mapping[Relation, Spots]] = {
    **dict.fromkeys(Relation, ARROW),
    Relation.INSPIRED: VEE,
    Relation.MEANT: VEE,
    Relation.HINDERED: BAR,
}


def step(edge: MapEdge, route: Route, told: str, way: int) -> str:
    """One step along its route; `way` is −1 where reading goes from right to left."""
    curve = [Point(-x, y) for x, y in route.curve] if way < 0 else route.curve
    return (
        f'<g class="edge relation-{edge.relation}{" returns" if route.returns else ""}"'
        f' data-edge="{said(edge.id)}" data-source="{said(edge.source)}"'
        f' data-target="{said(edge.target)}" data-relation="{edge.relation}"><title>{told}</title>'
        f'<path class="line" d="{path(curve)}"{_stroke(edge.relation)}/>{_end(edge.relation, curve)}'
        f"{_label(edge.label, route, way) if edge.label else ''}</g>"
    )


@cache
def _stroke(relation: Relation) -> str:
    bold = f' stroke-width="{BOLD}"' if relation is Relation.TURNED_INTO else ""
    dash = " ".join(map(str, DASHES[relation]))
    return bold + (f' stroke-dasharray="{dash}"' if dash else "")


def _end(relation: Relation, curve: Sequence[Point]) -> str:
    """An arrow; open for what inspired or meant; a bar for what hindered; with a ring for what helped."""
    tip = _tip(curve, TIPS[relation])
    if relation is Relation.HINDERED:
        return f'<path class="head bar" d="{tip}" stroke="{LIGHT.ink}" stroke-width="5"/>'
    if relation in {Relation.INSPIRED, Relation.MEANT}:
        return f'<path class="head open" d="{tip}"/>'
    head = f'<path class="head" d="{tip}z" fill="{LIGHT.ink_soft}"/>'
    if relation is not Relation.MADE_POSSIBLE:
        return head
    x, y = curve[0]
    return f'{head}<circle class="ring" cx="{n(x)}" cy="{n(y)}" r="6" fill="{LIGHT.sheet}"/>'


def _tip(curve: Sequence[Point], spots: Spots) -> str:
    """Path data of spots told as px along and aside from the end of a curve."""
    x, y = curve[-1]
    back = next((other for other in curve[-2::-1] if other != curve[-1]), Point(x - 1, y))
    far = hypot(x - back.x, y - back.y)
    cos, sin = (x - back.x) / far, (y - back.y) / far
    return "M" + "L".join(
        [f"{n(x + along * cos - aside * sin)} {n(y + along * sin + aside * cos)}" for along, aside in spots]
    )


def _label(label: str, route: Route, way: int) -> str:
    across = abs(route.curve[-1].x - route.curve[0].x)
    words = wrap(label, max(LEAST, across - BESIDE), LETTER, LINES)
    if not words:
        return ""
    middle = route.middle
    return (
        f'<text class="label" font-size="{LETTER}" fill="{LIGHT.ink_soft}" stroke="{LIGHT.sheet}"'
        f' stroke-width="4" paint-order="stroke" text-anchor="middle"{own_way(label)}>'
        f"{lines(words, way * middle.x, middle.y - ABOVE - (len(words) - 1) * PITCH, PITCH)}</text>"
    )

"""Nodes in a picture: the shape and pictogram of the kind, the outline of the state, the words."""

from functools import cache
from typing import Final

from cocreate.trajectories.drawing.look import LIGHT, PLANNED_DASH, Labels
from cocreate.trajectories.drawing.marks import Mark, attributes, badge, stack, voice_mark
from cocreate.trajectories.drawing.markup import lines, n, own_way, said
from cocreate.trajectories.drawing.shapes import SHAPES, Shape
from cocreate.trajectories.drawing.words import fit
from cocreate.trajectories.layout import BOX, Point
from cocreate.trajectories.rules import MapNode, NodeKind, NodeState

LETTERS: Final = (17.0, 15.0, 13.5, 12.5)
LEADING: Final = 1.22
CAPTION: Final = 12.5
CAPTION_BELOW: Final = 17.0  # from the box to the line its caption stands on
STACKED: Final = 4.0  # further below a folded one
PICTOGRAM: Final = 20.0
BESIDE: Final = 9.0  # between the pictogram and the words
LINES: Final = (3, 3, 4, 4)  # at each letter size
_END: Final = ' text-anchor="end"'
# What most of a box has in common; `direction` keeps “start” at the left on a page from right to left.
COMMON: Final = (
    f'class="nodes" direction="ltr" fill="none" stroke="{LIGHT.ink_soft}" stroke-width="2" font-weight="600"'
)


def box(node: MapNode, point: Point, labels: Labels, mark: Mark, way: int) -> str:
    """One node at its place; `way` is −1 where reading goes from right to left."""
    kind, state = labels.kinds.get(node.kind, ""), labels.states.get(node.state, "")
    more = f", +{mark.folded}" if mark.folded else ""
    shape = SHAPES[node.kind]
    when = f' data-when="{said(node.when)}"' if node.when else ""
    return (
        f'<g class="node kind-{node.kind} {node.state}{"" if node.intended else " unintended"}"'
        f' data-node="{said(node.id)}" data-kind="{node.kind}" data-state="{node.state}"'
        f'{attributes(mark)}{when} transform="translate({n(way * point.x)} {n(point.y)})">'
        f"<title>{said(f'{node.text} ({kind}, {state}{more})')}</title>"
        f"{stack(mark.folded, shape.outline, way)}{_frame(node.kind, node.state, way)}"
        f"{_words(node, shape, way)}{_caption(node, labels, mark)}"
        f"{voice_mark(mark.voice, way)}{badge(mark.folded, way)}</g>"
    )


@cache
def _frame(kind: NodeKind, state: NodeState, way: int) -> str:
    """Outline and pictogram: dashed when planned, faded when dropped, thick if emerged, double if changed."""
    shape = SHAPES[kind]
    emerged, dropped, changed = (
        state is wanted for wanted in (NodeState.EMERGED, NodeState.DROPPED, NodeState.CHANGED)
    )
    mirror = ' transform="scale(-1 1)"' if way < 0 else ""
    look = f' fill="{LIGHT.accent_wash if emerged else LIGHT.sheet}"'
    if not dropped:
        look += f' stroke="{LIGHT.accent if emerged else LIGHT.ink}"'
    if changed or emerged:
        look += f' stroke-width="{6 if changed else 4}"'
    if dropped or state is NodeState.PLANNED:
        look += f' stroke-dasharray="{" ".join(map(str, PLANNED_DASH))}"'
    if dropped:
        look += ' opacity="0.5"'
    double = f'<path class="inline" d="{shape.outline}" stroke="{LIGHT.sheet}"{mirror}/>' if changed else ""
    glow = f' stroke="{LIGHT.accent}"' if emerged else ""
    left = way * (shape.start + (PICTOGRAM - BOX.width) / 2) - PICTOGRAM / 2
    return (
        f'<path class="outline" d="{shape.outline}"{look}{mirror}/>{double}'
        f'<path class="pictogram" d="{shape.pictogram}"'
        f'{glow} stroke-linecap="round"'
        f' transform="translate({n(left)} {n(-PICTOGRAM / 2)}) scale({PICTOGRAM / 24:.3f})"/>'
    )


def _words(node: MapNode, shape: Shape, way: int) -> str:
    start = shape.start + PICTOGRAM + BESIDE
    size, words = fit(node.text, BOX.width - start - shape.end, LETTERS, LINES)
    pitch = size * LEADING
    top = size * 0.36 - (len(words) - 1) * pitch / 2
    return (
        f'<text class="words" font-size="{n(size)}"'
        f' fill="{LIGHT.ink_soft if node.state is NodeState.DROPPED else LIGHT.ink}" stroke="none"'
        f"{'' if way > 0 else _END}{own_way(node.text)}>"
        f"{lines(words, way * (start - BOX.width / 2), top, pitch)}</text>"
    )


def _caption(node: MapNode, labels: Labels, mark: Mark) -> str:
    """What became of it, in words, unless it just happened; and about when."""
    state = "" if node.state is NodeState.HAPPENED else labels.states.get(node.state, "")
    told = " · ".join(filter(None, (state, labels.when(node.when))))
    if not told:
        return ""
    below = BOX.height / 2 + CAPTION_BELOW + (STACKED if mark.folded else 0)
    return (
        f'<text class="caption" y="{n(below)}" font-size="{n(CAPTION)}"'
        f' font-weight="400" text-anchor="middle"'
        f' fill="{LIGHT.accent if node.state is NodeState.EMERGED else LIGHT.ink_soft}" stroke="none"'
        f"{own_way(told)}>{said(told)}</text>"
    )

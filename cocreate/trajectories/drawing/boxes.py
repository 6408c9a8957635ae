"""Nodes in a picture: the shape and pictogram of the kind, the outline of the state, the words."""

from typing import Final

from cocreate.trajectories.drawing.look import LIGHT, PLANNED_DASH, Labels
from cocreate.trajectories.drawing.markup import lines, n, said, tag
from cocreate.trajectories.drawing.shapes import SHAPES, Shape
from cocreate.trajectories.drawing.words import fit
from cocreate.trajectories.layout import BOX, Point
from cocreate.trajectories.rules import MapNode, NodeState

LETTERS: Final = (17.0, 15.0, 13.5, 12.5)
LEADING: Final = 1.22
CAPTION: Final = 12.0
CAPTION_BELOW: Final = 17.0  # from the box to the line its caption stands on
PICTOGRAM: Final = 20.0
BESIDE: Final = 9.0  # between the pictogram and the words
LINES: Final = 3


def box(node: MapNode, point: Point, labels: Labels, way: int) -> str:
    """One node at its place; `way` is −1 where reading goes from right to left."""
    shape = SHAPES[node.kind]
    kind, state = labels.kinds.get(node.kind, ""), labels.states.get(node.state, "")
    names = ("node", f"kind-{node.kind}", str(node.state), "" if node.intended else "unintended")
    return tag(
        "g",
        tag("title", said(f"{node.text} ({kind}, {state})")),
        *_outline(node.state, shape, "scale(-1 1)" if way < 0 else None),
        _pictogram(node.state, shape, way),
        _words(node, shape, way),
        _caption(node.state, state),
        class_=" ".join(filter(None, names)),
        transform=f"translate({n(way * point.x)} {n(point.y)})",
    )


def _outline(state: NodeState, shape: Shape, mirror: str | None) -> list[str]:
    """Dashed when planned, faded when dropped, thick when it emerged, double when it changed."""
    emerged, dropped, changed = (
        state is wanted for wanted in (NodeState.EMERGED, NodeState.DROPPED, NodeState.CHANGED)
    )
    fill = LIGHT.accent_wash if emerged else LIGHT.sheet
    outline = tag(
        "path",
        class_="outline",
        d=shape.outline,
        fill=fill,
        stroke=LIGHT.accent if emerged else LIGHT.ink_soft if dropped else LIGHT.ink,
        stroke_width=6 if changed else 4 if emerged else 2,
        stroke_dasharray=" ".join(map(str, PLANNED_DASH)) if dropped or state is NodeState.PLANNED else None,
        opacity="0.5" if dropped else None,
        transform=mirror,
    )
    inline = tag(
        "path",
        class_="inline",
        d=shape.outline,
        fill="none",
        stroke=LIGHT.sheet,
        stroke_width=2,
        transform=mirror,
    )
    return [outline, inline] if changed else [outline]


def _pictogram(state: NodeState, shape: Shape, way: int) -> str:
    left = way * (shape.start + (PICTOGRAM - BOX.width) / 2) - PICTOGRAM / 2
    return tag(
        "path",
        class_="pictogram",
        d=shape.pictogram,
        fill="none",
        stroke=LIGHT.accent if state is NodeState.EMERGED else LIGHT.ink_soft,
        stroke_width=2,
        stroke_linecap="round",
        transform=f"translate({n(left)} {n(-PICTOGRAM / 2)}) scale({PICTOGRAM / 24:.3f})",
    )


def _words(node: MapNode, shape: Shape, way: int) -> str:
    start = shape.start + PICTOGRAM + BESIDE
    size, words = fit(node.text, BOX.width - start - shape.end, LETTERS, LINES)
    pitch = size * LEADING
    top = size * 0.36 - (len(words) - 1) * pitch / 2
    return tag(
        "text",
        lines(words, way * (start - BOX.width / 2), top, pitch),
        class_="words",
        font_size=size,
        font_weight="600",
        fill=LIGHT.ink_soft if node.state is NodeState.DROPPED else LIGHT.ink,
        text_anchor="start" if way > 0 else "end",
        unicode_bidi="plaintext",
    )


def _caption(state: NodeState, name: str) -> str:
    """What became of it, in words, unless it just happened."""
    if state is NodeState.HAPPENED:
        return ""
    return tag(
        "text",
        said(name),
        class_="caption",
        y=BOX.height / 2 + CAPTION_BELOW,
        font_size=CAPTION,
        fill=LIGHT.accent if state is NodeState.EMERGED else LIGHT.ink_soft,
        text_anchor="middle",
        unicode_bidi="plaintext",
    )

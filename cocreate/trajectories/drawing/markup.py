"""Elements of a picture as text: every attribute and every word escaped."""

from collections.abc import Sequence
from html import escape

from cocreate.trajectories.drawing.words import seen
from cocreate.trajectories.layout import Point

NOTHING = 0.05  # px


def tag(name: str, *inside: str, **attributes: str | float | None) -> str:
    """An element around finished markup; `class_` is class, `stroke_width` stroke-width; None is left out."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value if isinstance(value, str) else n(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{told}>{''.join(inside)}</{name}>" if inside else f"<{name}{told}/>"


def said(text: str) -> str:
    """Somebody's words as markup."""
    return escape(seen(text))


def n(value: float) -> str:
    """A number as short as it can be, to a tenth of a px."""
    return "0" if abs(value) < NOTHING else f"{value:.1f}".removesuffix(".0")


def path(curve: Sequence[Point]) -> str:
    """Path data of a curve."""
    start, *rest = (f"{n(x)} {n(y)}" for x, y in curve)
    return f"M{start}C{' '.join(rest)}"


def lines(words: Sequence[str], x: float, y: float, pitch: float) -> str:
    """Lines of text under each other, the first at `y`."""
    return "".join(tag("tspan", said(line), x=x, y=y + number * pitch) for number, line in enumerate(words))

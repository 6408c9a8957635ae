"""Elements of a picture as text: every attribute and every word escaped."""

import re
from collections.abc import Sequence
from html import escape
from typing import Final

from cocreate.trajectories.drawing.words import seen
from cocreate.trajectories.layout import Point

NOTHING: Final = 0.05  # px
_TURNS: Final = re.compile(
    "[\u0590-\u08ff\u200f\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def said(text: str) -> str:
    """Somebody's words as markup."""
    return escape(seen(text))


def n(value: float) -> str:
    """A number as short as it can be, to a tenth of a px."""
    return "0" if -NOTHING < value < NOTHING else f"{value:.1f}".removesuffix(".0")


def path(curve: Sequence[Point]) -> str:
    """Path data of a curve, in whole px."""
    start, *rest = curve
    return f"M{start[0]:.0f} {start[1]:.0f}C" + " ".join([f"{x:.0f} {y:.0f}" for x, y in rest])


def own_way(text: str) -> str:
    """The attribute that lets words of a script from right to left run their own way, where there are any."""
    return ' unicode-bidi="plaintext"' if _TURNS.search(text) else ""


def lines(words: Sequence[str], x: float, y: float, pitch: float) -> str:
    """Lines of text under each other, the first at `y`."""
    across = n(x)
    return "".join(
        [
            f'<tspan x="{across}" y="{n(y + number * pitch)}">{escape(line)}</tspan>'
            for number, line in enumerate(words)
        ]
    )

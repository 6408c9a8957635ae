"""How it is and how people would like it: two marks on one scale, and what lies between."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from cocreate.indicators.drawing.frame import WIDTH, Words, mark, n, picture, text

EDGE: Final = 14.0
ROW: Final = 46.0
HEAD: Final = 54.0
TOP: Final = 26.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Whose it is, how it is and how they wish it; `gap` in words. Without numbers `note` says why."""

    label: str
    key: str
    css: str
    have: float | None = None
    wish: float | None = None
    gap: str = ""
    told: str = ""
    is_head: bool = False
    note: str = ""


def pairs_svg(
    pairs: Sequence[Pair], lowest: float, highest: float, ends: tuple[str, str], words: Words
) -> str:
    """The pairs under each other: what is has a filled mark, what is wished an open one."""
    y = TOP
    drawn = text("end", EDGE, 14, ends[0]) + text("end end-high", WIDTH - EDGE, 14, ends[1])

    def x(value: float) -> float:
        return EDGE + (WIDTH - 2 * EDGE) * (value - lowest) / (highest - lowest)

    for pair in pairs:
        tall = HEAD if pair.is_head else ROW
        line = y + tall - 16
        drawn += text("head" if pair.is_head else f"label {escape(pair.css)}", EDGE, y + 14, pair.label)
        if pair.have is None or pair.wish is None:
            drawn += text("note", EDGE, line + 4, pair.note)
        else:
            drawn += _dumbbell(pair, x(pair.have), x(pair.wish), line, y + 14)
        y += tall
    return picture(words, WIDTH, y + 4, drawn, "pairs")


def _dumbbell(pair: Pair, have: float, wish: float, y: float, label: float) -> str:
    size = 0.8 if pair.is_head else 0.7
    from_, to = sorted((have, wish))
    beside = text("gap", WIDTH - EDGE, label, pair.gap)
    return (
        f'<path class="axis" d="M{n(EDGE)} {n(y)}H{n(WIDTH - EDGE)}"/>'
        f'<path class="span {escape(pair.css)}" d="M{n(from_)} {n(y)}H{n(to)}">'
        f"<title>{escape(pair.told)}</title></path>"
        f"{mark(pair.key or 'resident', pair.css, wish, y, pair.told, size, is_hollow=True)}"
        f"{mark(pair.key or 'resident', pair.css, have, y, pair.told, size * 0.8)}{beside}"
    )

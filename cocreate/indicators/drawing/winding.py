"""Small steps as a winding road: a step aside or back weighs as much as one towards, and is on the road."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import cos, pi
from typing import Final

from cocreate.indicators.rules import Direction

MOST: Final = 12  # the last ones; all of them stand in the list beside it
GAP: Final = 46.0
EDGE: Final = 26.0
MIDDLE: Final = 62.0
HEIGHT: Final = 124.0
WEAVE: Final = 9.0
BOW: Final = 36.0

# Drawn around 0 0, all of one size.
MARKS: Final = {
    Direction.TOWARDS: "M-3-5L3 0L-3 5",
    Direction.ASIDE: "M-5 3L0-3L5 3",
    Direction.BACK: "M3-5L-3 0L3 5",
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One step on the road, and what it says."""

    direction: Direction
    told: str


def winding_svg(turns: Sequence[Turn], key: str, title: str, words: str) -> str:
    """The last steps from left to right, in the order of days; every text escaped."""
    some = turns[-MOST:]
    spots = [(EDGE + place * GAP, MIDDLE + _off(turn, place)) for place, turn in enumerate(some)]
    width = 2 * EDGE + GAP * max(len(some) - 1, 0)
    drawn = "".join(
        f'<g transform="translate({_n(x)} {_n(y)})"><title>{escape(turn.told)}</title>'
        f'<circle class="step" r="13"/><path class="way" d="{MARKS[turn.direction]}"/></g>'
        for turn, (x, y) in zip(some, spots, strict=True)
    )
    name = escape(key)
    return (
        f'<svg class="winding" role="img" aria-labelledby="t-{name} d-{name}" width="{_n(width)}"'
        f' viewBox="0 0 {_n(width)} {_n(HEIGHT)}"><title id="t-{name}">{escape(title)}</title>'
        f'<desc id="d-{name}">{escape(words)}</desc>'
        f'<path class="road" d="{_road(some, spots)}"/>{drawn}</svg>'
    )


def _off(turn: Turn, place: int) -> float:
    """How far from the middle of the road: aside bows out above, back below, and no road is straight."""
    weave = WEAVE * cos(pi * place)
    return weave + {Direction.TOWARDS: 0.0, Direction.ASIDE: -BOW, Direction.BACK: BOW}[turn.direction]


def _road(turns: Sequence[Turn], spots: Sequence[tuple[float, float]]) -> str:
    """A curve through all spots; into a step back it loops, for that is how it goes."""
    path = "".join(f"M{_n(x)} {_n(y)}" for x, y in spots[:1])
    for turn, (x, y), (to_x, to_y) in zip(turns[1:], spots, spots[1:], strict=False):
        if turn.direction is Direction.BACK:
            path += f"C{_n(to_x + GAP * 0.6)} {_n(y)} {_n(to_x + GAP * 0.6)} {_n(to_y)} {_n(to_x)} {_n(to_y)}"
        else:
            half = (x + to_x) / 2
            path += f"C{_n(half)} {_n(y)} {_n(half)} {_n(to_y)} {_n(to_x)} {_n(to_y)}"
    return path


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")

"""How far voices agree, as a strip: one mark for each voice, between nobody and everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

WIDTH: Final = 400.0  # px from "nobody is for it" to "everybody is"
HEIGHT: Final = 44.0
EDGE: Final = 14.0
SIZE: Final = 9.0
NEAR: Final = 2 * SIZE + 2  # px; marks nearer to each other than this are stacked

# Drawn around 0 0. As on the maps: a voice has a shape of its own, so that colour never carries it alone.
SHAPES: Final = {
    "resident": "M-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0z",
    "youth": "M0-10L10 8H-10z",
    "professional": "M-8-8H8V8H-8z",
    "policymaker": "M0-11L11 0L0 11L-11 0z",
}
OWN_SHAPES: Final = (
    "M-4-10H4V-4H10V4H4V10H-4V4H-10V-4H-4z",
    "M-10-6L0-11L10-6V6L0 11L-10 6z",
    "M0 10L-10-8H10z",
    "M-10-5H10V5H-10z",
)


@dataclass(frozen=True, slots=True)
class Spot:
    """One voice on the strip: its name, the class with its colour, how far it agrees (0 to 1), in words."""

    name: str
    css: str
    key: str
    agreement: float
    told: str


def strip_svg(spots: Sequence[Spot], words: str) -> str:
    """The strip as an `<svg>`, every text escaped; `words` say the same. CSS mirrors it right to left."""
    heights = _levels([spot.agreement for spot in spots])
    tall = HEIGHT + max(heights, default=0) * (2 * SIZE + 2)
    base = tall - HEIGHT / 2
    drawn = "".join(
        f'<path class="spot {escape(spot.css)}" d="{shape_of(spot.key)}"'
        f' transform="translate({_n(_x(spot.agreement))} {_n(base - level * (2 * SIZE + 2))})">'
        f"<title>{escape(spot.told)}</title></path>"
        for spot, level in sorted(zip(spots, heights, strict=True), key=lambda each: -each[1])
    )
    span = ""
    if len(spots) > 1:
        least, most = min(spot.agreement for spot in spots), max(spot.agreement for spot in spots)
        span = f'<path class="span" d="M{_n(_x(least))} {_n(base)}H{_n(_x(most))}"/>'
    view = f"0 0 {_n(WIDTH + 2 * EDGE)} {_n(tall)}"
    return (
        f'<svg class="strip" role="img" aria-label="{escape(words)}" viewBox="{view}">'
        f'<path class="axis" d="M{_n(EDGE)} {_n(base)}H{_n(EDGE + WIDTH)}"/>'
        f'<path class="half" d="M{_n(_x(0.5))} {_n(base - 14)}V{_n(base + 14)}"/>'
        f"{span}{drawn}</svg>"
    )


def shape_of(key: str) -> str:
    """The outline of a voice's mark; voices of a space's own share a few."""
    return SHAPES.get(key) or OWN_SHAPES[sum(map(ord, key)) % len(OWN_SHAPES)]


def _levels(values: Sequence[float]) -> list[int]:
    """On which level each mark stands, so that none covers another."""
    levels = [0] * len(values)
    taken: list[list[float]] = []
    for place in sorted(range(len(values)), key=lambda place: values[place]):
        x = _x(values[place])
        level = next((n for n, marks in enumerate(taken) if x - marks[-1] >= NEAR), len(taken))
        if level == len(taken):
            taken.append([])
        taken[level].append(x)
        levels[place] = level
    return levels


def _x(agreement: float) -> float:
    return EDGE + WIDTH * agreement


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")

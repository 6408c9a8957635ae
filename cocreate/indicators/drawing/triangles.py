"""What lies between three words: the mean place of a group in a triangle, and how it moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from cocreate.indicators.drawing.frame import WIDTH, Words, mark, n, picture, text

SIDE: Final = 240.0
TALL: Final = SIDE * 0.8660254
LEFT: Final = (WIDTH - SIDE) / 2
TOP: Final = 30.0
LINE: Final = 26  # letters of a corner's name in one line
BELOW: Final = 22.0
BOTH: Final = 46  # letters of two of them beside each other


@dataclass(frozen=True, slots=True)
class Place:
    """Where a group stands: its mean share of left, right and top (of 100 together), in words too."""

    left: float
    right: float
    top: float
    told: str


@dataclass(frozen=True, slots=True)
class Trail:
    """One voice (or all together, without a key) over the rounds; names say which round a place is of."""

    key: str
    css: str
    places: Sequence[tuple[str, Place]]


def triangle_svg(corners: tuple[str, str, str], trails: Sequence[Trail], words: Words) -> str:
    """The triangle with a mark for each place; those of one trail are joined."""
    base = TOP + TALL
    drawn = (
        f'<path class="triangle" d="M{n(LEFT)} {n(base)}H{n(LEFT + SIDE)}L{n(WIDTH / 2)} {n(TOP)}z"/>'
        f'<path class="grid" d="{_middle()}"/>'
        + text("corner", WIDTH / 2, TOP - 12, _cut(corners[2], 2 * LINE))
        + text("corner corner-left", 2, base + BELOW, _cut(corners[0], LINE))
        + text("corner corner-right", WIDTH - 2, _right_y(base, corners), _cut(corners[1], LINE))
    )
    for trail in trails:
        points = [_at(place) for _name, place in trail.places]
        if len(points) > 1:
            path = "M" + "L".join(f"{n(x)} {n(y)}" for x, y in points)
            css = "together" if not trail.key else f"voice-line {escape(trail.css)}"
            drawn += f'<path class="{css}" d="{path}"/>'
        for (name, place), (x, y) in zip(trail.places, points, strict=True):
            if trail.key:
                drawn += mark(trail.key, trail.css, x, y, place.told, 0.55)
            else:
                drawn += (
                    f'<g><circle class="stop" cx="{n(x)}" cy="{n(y)}" r="9"/>'
                    f"{text('stop-name', x, y + 4.5, name)}<title>{escape(place.told)}</title></g>"
                )
    return picture(
        words, WIDTH, base + (48 if _right_y(base, corners) > base + BELOW else 30), drawn, "triangles"
    )


def _at(place: Place) -> tuple[float, float]:
    whole = place.left + place.right + place.top
    return LEFT + SIDE * (place.right + place.top / 2) / whole, TOP + TALL * (1 - place.top / whole)


def _middle() -> str:
    """Three lines from the middle, so that one sees which corner is nearest."""
    x, y = _at(Place(1, 1, 1, ""))
    ends = (_at(Place(1, 1, 0, "")), _at(Place(1, 0, 1, "")), _at(Place(0, 1, 1, "")))
    return "".join(f"M{n(x)} {n(y)}L{n(end[0])} {n(end[1])}" for end in ends)


def _right_y(base: float, corners: tuple[str, str, str]) -> float:
    """On a line of its own when the names of both lower corners are long."""
    return base + (BELOW + 18 if len(corners[0]) + len(corners[1]) > BOTH else BELOW)


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"

"""Shape and pictogram of each kind of node; together they say the kind without colour."""

from dataclasses import dataclass
from typing import Final

from cocreate.trajectories.rules import NodeKind


@dataclass(frozen=True, slots=True)
class Shape:
    """An outline around (0, 0), 200 by 72 px, and a pictogram of 24 by 24.

    `start` and `end` keep words off the sides, `ports` is how far up and down steps may join at a side,
    `radius` is for the canvas, which only knows boxes.
    """

    outline: str
    pictogram: str
    glyph: str
    start: float = 12
    end: float = 10
    ports: float = 20
    radius: int = 4


def _rounded(radius: int) -> str:
    """A box with round corners."""
    width, height = 200 - 2 * radius, 72 - 2 * radius
    turn = f"a{radius} {radius} 0 0 1"
    return (
        f"M{radius - 100}-36h{width}{turn} {radius} {radius}v{height}{turn}-{radius} {radius}"
        f"h-{width}{turn}-{radius}-{radius}v-{height}{turn} {radius}-{radius}z"
    )


SHAPES: Final = {
    NodeKind.IDEA: Shape(
        _rounded(36),
        "M9.5 18.500h5M10.5 21.500h3M9 15.500c-2.2-1.3-3.5-3.4-3.5-6a6.5 6.5 0 0 1 13 0c0 2.6-1.3 4.7-3.5 6z",
        "✦",
        start=18,
        end=16,
        ports=12,
        radius=36,
    ),
    NodeKind.PLAN: Shape(
        "M-97-36H82L100-18V33a3 3 0 0 1-3 3H-97a3 3 0 0 1-3-3V-33a3 3 0 0 1 3-3zM82-36V-18H100",
        "M9 4.500H5.500v16h13v-16H15M9 3h6v3.500H9zM9 11h6M9 15.500h4",
        "☰",
        end=20,
        radius=2,
    ),
    NodeKind.ACTIVITY: Shape(_rounded(14), "M7 4.5 19.5 12 7 19.500z", "▶", radius=14),
    NodeKind.EVENT: Shape(_rounded(3), "M4 6h16v14H4zM4 10.500h16M8.5 3v5M15.5 3v5", "■", radius=3),
    NodeKind.MOMENT: Shape(
        "M-100-24a12 12 0 0 0 12-12H88a12 12 0 0 0 12 12V24a12 12 0 0 0-12 12H-88a12 12 0 0 0-12-12z",
        "M12 3.200l2.7 5.6 6.1.8-4.5 4.3 1.1 6.100L12 17l-5.4 3 1.1-6.100L3.2 9.600l6.1-.8z",
        "★",
        start=14,
        end=10,
        ports=16,
        radius=20,
    ),
    NodeKind.TURNING_POINT: Shape(
        "M-100 0-80-36H80L100 0 80 36H-80z",
        "M12 21v-7.500L5.5 7M12 13.5 18.5 7M5 12V6.500h5.500M13.5 6.500H19V12",
        "◆",
        start=20,
        end=20,
        ports=6,
        radius=0,
    ),
    NodeKind.CONDITION: Shape(
        "M-100-20-84-36H84L100-20V20L84 36H-84L-100 20z",
        "M8 20.500a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM11.2 12.8 20 4M16.5 7.500l3 3",
        "✚",
        start=14,
        end=10,
        ports=18,
        radius=8,
    ),
    NodeKind.ACTOR: Shape(
        "M-64-36H96a4 4 0 0 1 4 4V32a4 4 0 0 1-4 4H-64a36 36 0 0 1 0-72z",
        "M12 11.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.500c.4-4.2 3.4-6 7.5-6s7.1 1.8 7.5 6",
        "☺",
        start=18,
        end=8,
        ports=12,
        radius=28,
    ),
    NodeKind.OUTCOME: Shape(
        "M-97-36H78L100 0 78 36H-97a3 3 0 0 1-3-3V-33a3 3 0 0 1 3-3z",
        "M6 21V4h12.500l-3 4.5 3 4.500H6",
        "⚑",
        end=24,
        ports=8,
        radius=0,
    ),
    NodeKind.MEANING: Shape(
        "M-80-36H80a20 20 0 0 1 20 20V16a20 20 0 0 1-20 20H-50L-66 46V36H-80a20 20 0 0 1-20-20V-16"
        "a20 20 0 0 1 20-20z",
        "M12 20.500C5.2 16.2 3.5 12.6 3.5 9.600a4.5 4.5 0 0 1 8.5-2.1 4.5 4.5 0 0 1 8.5 2.1"
        "c0 3-1.7 6.6-8.5 10.900z",
        "♥",
        start=14,
        end=12,
        ports=16,
        radius=22,
    ),
}

"""Where the boxes of a map stand, and where between them a line is free to run."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import floor, hypot
from typing import Final, NamedTuple

from cocreate.trajectories.layout import BOX, PITCH, Point

HALF_WIDTH: Final = BOX.width / 2
HALF_HEIGHT: Final = BOX.height / 2
MARGIN: Final = 7.0
INNER_WIDTH, INNER_HEIGHT = HALF_WIDTH - MARGIN, HALF_HEIGHT - MARGIN
CAPTION: Final = 21.0  # below a box, where it may say what became of it
ABOVE: Final = HALF_HEIGHT + MARGIN  # px from the middle of a box up to where a line is free
BELOW: Final = HALF_HEIGHT + CAPTION
STRIDE: Final = 24.0
FAR: Final = 6 * PITCH.height  # px up and down from its ends that a line looks for a free lane

Curve = tuple[Point, ...]  # a start, then three points for each cubic Bézier
Span = tuple[float, float]  # from, to, in px


class Stretch(NamedTuple):
    """A part of a lane: from one x to another at heights that are free all along."""

    start: float
    end: float
    free: Sequence[Span]


class Ground:
    """The boxes of a map by column, from top to bottom."""

    def __init__(self, points: Iterable[Point]) -> None:
        self._columns: dict[int, list[Point]] = {}
        for point in sorted(points, key=lambda point: point.y):
            self._columns.setdefault(floor(point.x / PITCH.width), []).append(point)
        self._heights = {key: [point.y for point in column] for key, column in self._columns.items()}
        self._sides = {
            key: (min(x for x, _ in column), max(x for x, _ in column))
            for key, column in self._columns.items()
        }

    def hits(self, curve: Curve, own: set[Point], enough: int) -> int:
        """How many spots of a curve lie on another box, or well inside its own; at most `enough`."""
        hits = 0
        for start in range(0, len(curve) - 1, 3):
            across = [x for x, _ in curve[start : start + 4]]
            down = [y for _, y in curve[start : start + 4]]
            # A curve stays within the square around its four points.
            near = self.within(min(across), max(across), min(down), max(down))
            if not near:
                continue
            is_near_others = not own.issuperset(near)
            for x, y in spots(curve, start):
                hits += (is_near_others and not own.issuperset(self.within(x, x, y, y))) or any(
                    abs(x - box.x) < INNER_WIDTH and abs(y - box.y) < INNER_HEIGHT for box in own
                )
                if hits >= enough:
                    return hits
        return hits

    def lane(self, start: float, end: float, top: float, bottom: float) -> list[Span]:
        """Heights between `top` and `bottom` at which nothing stands from one x to the other."""
        return _between([box.y for box in self.within(start, end, top, bottom)], top, bottom)

    def stretches(self, start: Point, end: Point) -> list[Stretch] | None:
        """Lanes from one gap between columns to another, as long as can be; nothing when walled in."""
        top, bottom = min(start.y, end.y) - FAR, max(start.y, end.y) + FAR
        found: list[Stretch] = []
        for key in range(floor(start.x / PITCH.width), floor(end.x / PITCH.width) + 1):
            left, right = self._sides.get(key, (0.0, 0.0))
            if key not in self._columns or left - HALF_WIDTH < start.x or right + HALF_WIDTH > end.x:
                continue
            column = self._heights[key]
            heights = column[bisect_left(column, top - BELOW) : bisect_right(column, bottom + ABOVE)]
            free = _between(heights, top, bottom)
            both = _overlap(found[-1].free, free) if found else []
            if both:
                found[-1] = Stretch(found[-1].start, right + HALF_WIDTH, both)
            elif free:
                found.append(Stretch(left - HALF_WIDTH, right + HALF_WIDTH, free))
            else:
                return None
        return found

    def within(self, left: float, right: float, top: float, bottom: float) -> list[Point]:
        """The boxes that come near a rectangle."""
        left, right = left - HALF_WIDTH - MARGIN, right + HALF_WIDTH + MARGIN
        found: list[Point] = []
        for key in range(floor(left / PITCH.width), floor(right / PITCH.width) + 1):
            if key in self._columns:
                heights = self._heights[key]
                first, last = bisect_right(heights, top - BELOW), bisect_left(heights, bottom + ABOVE)
                found += [box for box in self._columns[key][first:last] if left < box.x < right]
        return found


def spots(curve: Curve, start: int) -> Iterator[Point]:
    """Points along the part of a curve from `start`, a stride apart or less."""
    a, b, c, d = curve[start : start + 4]
    length = hypot(b.x - a.x, b.y - a.y) + hypot(c.x - b.x, c.y - b.y) + hypot(d.x - c.x, d.y - c.y)
    for p, q, r, s in _weights(min(max(8, int(length / STRIDE)), 200)):
        yield Point(p * a.x + q * b.x + r * c.x + s * d.x, p * a.y + q * b.y + r * c.y + s * d.y)


@cache
def _weights(steps: int) -> tuple[tuple[float, float, float, float], ...]:
    """How much each of the four points of a cubic Bézier counts, at even times (Bernstein polynomials)."""
    times = [step / steps for step in range(steps + 1)]
    return tuple(((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3) for t in times)


def _between(heights: Iterable[float], top: float, bottom: float) -> list[Span]:
    """What is left free between boxes at these heights."""
    free: list[Span] = []
    for height in sorted(heights):
        if height - ABOVE > top:
            free.append((top, height - ABOVE))
        top = max(top, height + BELOW)
    if top < bottom:
        free.append((top, bottom))
    return free


def _overlap(some: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """Where both are free."""
    found: list[Span] = []
    one = two = 0
    while one < len(some) and two < len(others):
        (a, b), (c, d) = some[one], others[two]
        if max(a, c) < min(b, d):
            found.append((max(a, c), min(b, d)))
        if b < d:
            one += 1
        else:
            two += 1
    return found

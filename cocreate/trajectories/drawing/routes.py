"""How steps run over the paper: on in time, around what stands in the way, and back in an arc."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import floor, hypot
from typing import Final

from cocreate.trajectories.layout import BOX, PITCH, Point

HALF_WIDTH: Final = BOX.width / 2
HALF_HEIGHT: Final = BOX.height / 2
GAP: Final = PITCH.width - BOX.width
LANE: Final = PITCH.height / 2
LANES: Final = 7
MARGIN: Final = 7.0
STRIDE: Final = 16.0

Curve = tuple[Point, ...]  # a start, then three points for each cubic Bézier


@dataclass(frozen=True, slots=True)
class Route:
    """One step on paper."""

    curve: Curve
    middle: Point


class Ground:
    """Where the boxes stand, so that a step can go around them."""

    def __init__(self, points: Iterable[Point], *, careful: bool) -> None:
        self._cells: dict[tuple[int, int], list[Point]] = {}
        self._careful = careful
        for point in points:
            self._cells.setdefault(_cell(point), []).append(point)

    def route(self, source: Point, target: Point, *, returns: bool) -> Route:
        """The first way that touches no other box, else the one that touches fewest."""
        best, least = None, float("inf")
        for curve in _ways(source, target, returns=returns):
            spots = list(_spots(curve))
            hits = self._hits(spots, {source, target}) if self._careful else 0
            if hits < least:
                best, least = Route(curve, spots[len(spots) // 2]), hits
            if not least:
                break
        assert best is not None  # noqa: S101 (there is always a first way)
        return best

    def _hits(self, spots: Sequence[Point], own: set[Point]) -> int:
        return sum(
            abs(box.x - spot.x) < HALF_WIDTH + MARGIN and abs(box.y - spot.y) < HALF_HEIGHT + MARGIN
            for spot in spots
            for box in self._near(spot)
            if box not in own
        )

    def _near(self, spot: Point) -> Iterator[Point]:
        column, row = _cell(spot)
        for x in (column - 1, column, column + 1):
            for y in (row - 1, row, row + 1):
                yield from self._cells.get((x, y), ())


def _ways(source: Point, target: Point, *, returns: bool) -> Iterator[Curve]:
    """Ways to draw a step, the most natural first."""
    across, down = target.x - source.x, target.y - source.y
    if source == target:
        yield _own_loop(source)
    elif returns or (across < BOX.width and abs(down) < PITCH.height * 0.8):
        yield from _arcs(source, target)
    elif across >= BOX.width + MARGIN:
        yield from _forward(source, target)
    elif abs(across) < BOX.width:
        yield _vertical(source, target)
        yield _side(source, target)
    else:
        yield from _line_feed(source, target)


def _own_loop(point: Point) -> Curve:
    top = point.y - HALF_HEIGHT
    return (
        Point(point.x + 20, top),
        Point(point.x + 10, top - 42),
        Point(point.x + 90, top - 42),
        Point(point.x + 70, top),
    )


def _forward(source: Point, target: Point) -> Iterator[Curve]:
    start, end = Point(source.x + HALF_WIDTH, source.y), Point(target.x - HALF_WIDTH, target.y)
    yield (start, *_bend(start, end))
    lanes = {start.y + LANE * step for step in range(-LANES, LANES + 1)}
    lanes |= {end.y + LANE * step for step in range(-LANES, LANES + 1)}
    for lane in sorted(lanes, key=lambda y: (abs(y - start.y) + abs(y - end.y), y)):
        enter, leave = Point(start.x + GAP, lane), Point(end.x - GAP, lane)
        if enter.x < leave.x:
            yield (start, *_bend(start, enter), *_straight(enter, leave), *_bend(leave, end))


def _arcs(source: Point, target: Point) -> Iterator[Curve]:
    """Back in time: a wide bow under or over everything between."""
    across = abs(target.x - source.x)
    if across < BOX.width and abs(target.y - source.y) >= BOX.height:
        yield _side(source, target)
        return
    for depth in (46 + across * 0.08, 100 + across * 0.08, 160 + across * 0.1, 230 + across * 0.1):
        for side in (1, -1):
            start = Point(source.x - 24, source.y + side * HALF_HEIGHT)
            end = Point(target.x + 24, target.y + side * HALF_HEIGHT)
            bottom = (max if side > 0 else min)(start.y, end.y) + side * depth
            yield (start, *_bow(start, end, bottom))


def _bow(start: Point, end: Point, bottom: float) -> Curve:
    middle = Point((start.x + end.x) / 2, bottom)
    reach = abs(start.x - end.x) / 2
    pull = min(reach * 0.6, 150.0) * (1 if start.x > end.x else -1)
    return (
        Point(start.x, start.y + (bottom - start.y) * 0.8),
        Point(middle.x + max(reach - abs(pull), 20) * (1 if pull > 0 else -1), bottom),
        middle,
        Point(middle.x - max(reach - abs(pull), 20) * (1 if pull > 0 else -1), bottom),
        Point(end.x, end.y + (bottom - end.y) * 0.8),
        end,
    )


def _vertical(source: Point, target: Point) -> Curve:
    way = 1 if target.y > source.y else -1
    start, end = Point(source.x, source.y + way * HALF_HEIGHT), Point(target.x, target.y - way * HALF_HEIGHT)
    half = (end.y - start.y) / 2
    return (start, Point(start.x, start.y + half), Point(end.x, end.y - half), end)


def _side(source: Point, target: Point) -> Curve:
    """Out and in at the same side, along what stands between."""
    start, end = Point(source.x + HALF_WIDTH, source.y), Point(target.x + HALF_WIDTH, target.y)
    x = max(start.x, end.x) + GAP * 0.9
    return (start, Point(x, start.y), Point(x, end.y), end)


def _line_feed(source: Point, target: Point) -> Iterator[Curve]:
    """On to the next line of a wrapped map: out at the end, back between the lines, in at the beginning."""
    start, end = Point(source.x + HALF_WIDTH, source.y), Point(target.x - HALF_WIDTH, target.y)
    way = 1 if target.y >= source.y else -1
    for step in range(LANES * 2):
        lane = end.y - way * (LANE + step * LANE / 2)
        right, left = Point(start.x, lane), Point(end.x, lane)
        yield (
            start,
            Point(start.x + GAP * 0.8, start.y),
            Point(start.x + GAP * 0.8, lane),
            right,
            *_straight(right, left),
            Point(end.x - GAP * 0.8, lane),
            Point(end.x - GAP * 0.8, end.y),
            end,
        )


def _bend(start: Point, end: Point) -> Curve:
    """Off level and in level."""
    pull = (end.x - start.x) / 2
    return (Point(start.x + pull, start.y), Point(end.x - pull, end.y), end)


def _straight(start: Point, end: Point) -> Curve:
    third = (end.x - start.x) / 3
    return (Point(start.x + third, start.y), Point(end.x - third, end.y), end)


def _spots(curve: Curve) -> Iterator[Point]:
    """Points along a curve, a stride apart or less."""
    for start in range(0, len(curve) - 1, 3):
        a, b, c, d = curve[start : start + 4]
        length = hypot(b.x - a.x, b.y - a.y) + hypot(c.x - b.x, c.y - b.y) + hypot(d.x - c.x, d.y - c.y)
        steps = min(max(8, int(length / STRIDE)), 200)
        for step in range(steps + 1):
            t = step / steps
            u = 1 - t
            p, q, r, s = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
            yield Point(p * a.x + q * b.x + r * c.x + s * d.x, p * a.y + q * b.y + r * c.y + s * d.y)


def _cell(point: Point) -> tuple[int, int]:
    return floor(point.x / PITCH.width), floor(point.y / PITCH.height)

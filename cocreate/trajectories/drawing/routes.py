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
LANES: Final = 5
MARGIN: Final = 7.0
CAPTION: Final = 21.0  # below a box, where it may say what became of it
PATIENCE: Final = (
    150_000  # spots looked at for a whole map; after that steps run straight, so that it comes soon
)
STRIDE: Final = 24.0
BOW: Final = 44.0  # how far a loop keeps from what it goes around
BEND: Final = 150.0
SHIFT: Final = 24.0  # a loop leaves beside the middle, so that two loops at one box stay apart

Cell = tuple[int, int]
Curve = tuple[Point, ...]  # a start, then three points for each cubic Bézier


@dataclass(frozen=True, slots=True)
class Step:
    """A step between two boxes: how far from the middle of their sides it joins, and if it loops back."""

    source: Point
    target: Point
    leave: float
    enter: float
    returns: bool

    @property
    def start(self) -> Point:
        """On the side of the source towards later."""
        return Point(self.source.x + HALF_WIDTH, self.source.y + self.leave)

    @property
    def end(self) -> Point:
        """On the side of the target towards earlier."""
        return Point(self.target.x - HALF_WIDTH, self.target.y + self.enter)


@dataclass(frozen=True, slots=True)
class Route:
    """One step on paper."""

    curve: Curve
    middle: Point
    returns: bool


class Ground:
    """Where the boxes stand, so that a step can go around them."""

    def __init__(self, points: Iterable[Point]) -> None:
        self._cells: dict[Cell, list[Point]] = {}
        self._around: dict[Cell, list[Point]] = {}
        self._columns: dict[int, tuple[float, float]] = {}
        self._patience = PATIENCE
        for point in points:
            cell = _cell(point)
            self._cells.setdefault(cell, []).append(point)
            top, bottom = self._columns.get(cell[0], (point.y, point.y))
            self._columns[cell[0]] = min(top, point.y), max(bottom, point.y)

    def route(self, step: Step) -> Route:
        """The first way that touches no other box, else the one that touches fewest."""
        best, least = None, float("inf")
        for curve in self._ways(step):
            spots = list(_spots(curve))
            hits = self._hits(spots, {step.source, step.target}, least) if self._patience > 0 else 0
            if hits < least:
                best, least = Route(curve, spots[len(spots) // 2], step.returns), hits
            if not least:
                break
        assert best is not None  # noqa: S101 (there is always a first way)
        return best

    def _ways(self, step: Step) -> Iterator[Curve]:
        """Ways to draw a step, the most natural first."""
        across, down = step.target.x - step.source.x, step.target.y - step.source.y
        if step.source == step.target:
            yield _own_loop(step.source)
        elif abs(across) < BOX.width and abs(down) >= PITCH.height * 0.8:
            if not step.returns:
                yield _vertical(step)
            yield _side(step)
        elif step.returns or across < BOX.width:
            yield from self._back(step)
        else:
            yield from _forward(step)

    def _back(self, step: Step) -> Iterator[Curve]:
        """To the left: a loop in a bow under or over all between, or on to the next line of a wrapped map."""
        top, bottom = self._span(step)
        if step.returns:
            for level in (BOW, 2 * BOW):
                yield _bow(step, max(step.source.y, step.target.y) + HALF_HEIGHT + level, 1)
                yield _bow(step, min(step.source.y, step.target.y) - HALF_HEIGHT - level, -1)
            yield _bow(step, bottom + HALF_HEIGHT + BOW, 1)
            yield _bow(step, top - HALF_HEIGHT - BOW, -1)
        else:
            way = 1 if step.target.y >= step.source.y else -1
            for lane in range(LANES * 2):
                yield _around(step, step.target.y - way * LANE * (1 + lane / 2))
        yield _around(step, bottom + HALF_HEIGHT + BOW)
        yield _around(step, top - HALF_HEIGHT - BOW)

    def _span(self, step: Step) -> tuple[float, float]:
        """Top and bottom of what stands in the columns from the one end of a step to the other."""
        ends = sorted((_cell(step.source)[0], _cell(step.target)[0]))
        inside = [span for column, span in self._columns.items() if ends[0] <= column <= ends[1]]
        return min(top for top, _ in inside), max(bottom for _, bottom in inside)

    def _hits(self, spots: Sequence[Point], own: set[Point], enough: float) -> int:
        """How many spots lie on a box of another node; stops counting at `enough`."""
        hits = 0
        for spot in spots:
            hits += any(
                abs(box.x - spot.x) < HALF_WIDTH + MARGIN
                and -MARGIN < spot.y - box.y + HALF_HEIGHT < BOX.height + CAPTION
                for box in self._near(_cell(spot))
                if box not in own
            )
            self._patience -= 1
            if hits >= enough:
                break
        return hits

    def _near(self, cell: Cell) -> list[Point]:
        """The boxes in and around a cell."""
        if cell not in self._around:
            column, row = cell
            around = [(x, y) for x in (column - 1, column, column + 1) for y in (row - 1, row, row + 1)]
            self._around[cell] = [point for near in around for point in self._cells.get(near, ())]
        return self._around[cell]


def _own_loop(point: Point) -> Curve:
    top = point.y - HALF_HEIGHT
    return (
        Point(point.x + 20, top),
        Point(point.x + 10, top - 42),
        Point(point.x + 90, top - 42),
        Point(point.x + 70, top),
    )


def _forward(step: Step) -> Iterator[Curve]:
    """On in time: straight there, else along a lane between the rows."""
    start, end = step.start, step.end
    yield (start, *_bend(start, end))
    lanes = {y + LANE / 4 * lane for y in (start.y, end.y) for lane in range(-4 * LANES, 4 * LANES + 1)}
    for lane in sorted(lanes, key=lambda y: (abs(y - start.y) + abs(y - end.y), y)):
        enter, leave = Point(start.x + GAP, lane), Point(end.x - GAP, lane)
        if enter.x < leave.x:
            yield (start, *_bend(start, enter), *_straight(enter, leave), *_bend(leave, end))


def _bow(step: Step, level: float, side: int) -> Curve:
    """From under (or over) one box to under (or over) the other, along `level`."""
    start = Point(step.source.x - SHIFT, step.source.y + side * HALF_HEIGHT)
    end = Point(step.target.x + SHIFT, step.target.y + side * HALF_HEIGHT)
    way = 1 if end.x >= start.x else -1
    turn = way * min(abs(end.x - start.x) / 2, BEND)
    first, last = Point(start.x + turn, level), Point(end.x - turn, level)
    return (
        start,
        Point(start.x, start.y + (level - start.y) * 0.75),
        Point(start.x + turn * 0.35, level),
        first,
        *_straight(first, last),
        Point(end.x - turn * 0.35, level),
        Point(end.x, end.y + (level - end.y) * 0.75),
        end,
    )


def _vertical(step: Step) -> Curve:
    source, target = step.source, step.target
    way = 1 if target.y > source.y else -1
    start, end = Point(source.x, source.y + way * HALF_HEIGHT), Point(target.x, target.y - way * HALF_HEIGHT)
    half = (end.y - start.y) / 2
    return (start, Point(start.x, start.y + half), Point(end.x, end.y - half), end)


def _side(step: Step) -> Curve:
    """Out and in at the same side, along what stands between."""
    start, end = step.start, Point(step.target.x + HALF_WIDTH, step.target.y + step.enter)
    x = max(start.x, end.x) + GAP * 0.9
    return (start, Point(x, start.y), Point(x, end.y), end)


def _around(step: Step, lane: float) -> Curve:
    """Out at the end, back along `lane`, in at the beginning."""
    start, end, turn = step.start, step.end, GAP * 0.8
    right, left = Point(start.x, lane), Point(end.x, lane)
    return (
        start,
        Point(start.x + turn, start.y),
        Point(start.x + turn, lane),
        right,
        *_straight(right, left),
        Point(end.x - turn, lane),
        Point(end.x - turn, end.y),
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


def _cell(point: Point) -> Cell:
    return floor(point.x / PITCH.width), floor(point.y / PITCH.height)

"""A way for a step that no easy curve can go: along the gutters between boxes, with round corners."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import Final, NamedTuple

from cocreate.trajectories.drawing.ground import CAPTION, HALF_HEIGHT, HALF_WIDTH, Curve, Ground
from cocreate.trajectories.layout import PITCH, Point

ACROSS, DOWN = 20, 10  # px between the lines of the grid
CLEAR: Final = 6.0  # px that a line keeps from a box
BEND: Final = 30  # what a corner costs, as px of way
WORDY: Final = 3  # times as dear to run over what may be said below a box
ROUND: Final = 16.0  # px of a corner
MOST: Final = 12_000  # places looked at before giving up
AROUND: Final = Point(1.5 * PITCH.width, 2.5 * PITCH.height)  # beyond both ends that a way may go
_AHEAD: Final = ((1, 0), (0, 1), (-1, 0), (0, -1))

Cell = tuple[int, int]


class Door(NamedTuple):
    """Where a way leaves or comes to a box, in which direction (of `_AHEAD`), and what that costs."""

    box: Point
    spot: Point
    heading: int
    cost: int


class Place(NamedTuple):
    """A crossing of the grid, and in which direction the way comes along."""

    cell: Cell
    heading: int


class Grid:
    """Lines over the ground between two boxes, with what stands on them."""

    def __init__(
        self, ground: Ground, source: Point, target: Point, doors: Sequence[Door], aside: float
    ) -> None:
        left, right = sorted((source.x, target.x))
        top, bottom = sorted((source.y, target.y))
        left, right = left - AROUND.x, right + AROUND.x
        top, bottom = top - AROUND.y, bottom + AROUND.y
        own = [door.spot for door in doors]
        self.xs = sorted({*_marks(left, right, ACROSS, aside), *(spot.x for spot in own)})
        self.ys = sorted({*_marks(top, bottom, DOWN, aside), *(spot.y for spot in own)})
        self.closed: set[Cell] = set()
        self.wordy: set[Cell] = set()
        for box in {*ground.within(left, right, top, bottom), source, target}:
            low = box.y + HALF_HEIGHT
            self.closed.update(self._covered(box, box.y - HALF_HEIGHT - CLEAR, low + CLEAR))
            self.wordy.update(self._covered(box, low, low + CAPTION))

    def cell(self, spot: Point) -> Cell:
        """The crossing at a spot that a line of the grid runs over."""
        return bisect_left(self.xs, spot.x), bisect_left(self.ys, spot.y)

    def spot(self, cell: Cell) -> Point:
        """Where a crossing lies."""
        return Point(self.xs[cell[0]], self.ys[cell[1]])

    def has(self, cell: Cell) -> bool:
        """Whether a line can run here."""
        return 0 <= cell[0] < len(self.xs) and 0 <= cell[1] < len(self.ys) and cell not in self.closed

    def _covered(self, box: Point, top: float, bottom: float) -> Iterator[Cell]:
        side = HALF_WIDTH + CLEAR
        rows = range(bisect_right(self.ys, top), bisect_left(self.ys, bottom))
        for column in range(bisect_right(self.xs, box.x - side), bisect_left(self.xs, box.x + side)):
            yield from ((column, row) for row in rows)


def along_gutters(ground: Ground, out: Sequence[Door], into: Sequence[Door], aside: float) -> Curve | None:
    """The shortest way round all boxes with few corners (A*), from a door to a door; None when there is none.

    `aside` shifts the lines of the grid, so that ways along one gutter need not lie on each other.
    """
    grid = Grid(ground, out[0].box, into[0].box, (*out, *into), aside)
    goals = {Place(grid.cell(door.spot), (door.heading + 2) % 4): door for door in into}
    starts = [(door.cost, Place(grid.cell(door.spot), door.heading)) for door in out]
    waiting: list[tuple[float, float, Place, Place | None]] = [
        (0.0, cost, place, None) for cost, place in starts if grid.has(place.cell)
    ]
    heapify(waiting)
    came_from: dict[Place, Place | None] = {}
    while waiting and len(came_from) < MOST:
        _, spent, here, before = heappop(waiting)
        if here in came_from:
            continue
        came_from[here] = before
        if here in goals and before is not None:
            return _curve([(grid.spot(place.cell), place.heading) for place in _back(here, came_from)])
        for following, cost in _steps(grid, here, goals):
            if following not in came_from:
                left = max(0.0, _far(grid.spot(following.cell), into[0].box) - HALF_WIDTH - CLEAR)
                heappush(waiting, (spent + cost + left, spent + cost, following, here))
    return None


def doors(box: Point, aside: float, front: int) -> tuple[Door, ...]:
    """All sides of a box; the one in front (of `_AHEAD`), where steps join `aside` of the middle, first."""
    found = []
    for heading, cost in ((front, 0), (1, 60), (3, 60), (2 - front, 120)):
        x, y = _AHEAD[heading]
        port = aside if heading == front else 0.0
        spot = Point(box.x + x * (HALF_WIDTH + CLEAR), box.y + port + y * (HALF_HEIGHT + CLEAR))
        found.append(Door(box, spot, heading, cost))
    return tuple(found)


def _steps(grid: Grid, here: Place, goals: dict[Place, Door]) -> Iterator[tuple[Place, float]]:
    """Straight on, or round a corner; never back."""
    spot = grid.spot(here.cell)
    for turn in (0, 1, 3):
        heading = (here.heading + turn) % 4
        x, y = _AHEAD[heading]
        cell = here.cell[0] + x, here.cell[1] + y
        if not grid.has(cell):
            continue
        dear = WORDY if cell in grid.wordy else 1
        following = Place(cell, heading)
        last = goals[following].cost if following in goals else 0
        yield following, _far(spot, grid.spot(cell)) * dear + (BEND if turn else 0) + last


def _far(one: Point, other: Point) -> float:
    return abs(one.x - other.x) + abs(one.y - other.y)


def _back(place: Place | None, came_from: dict[Place, Place | None]) -> list[Place]:
    way = []
    while place is not None:
        way.append(place)
        place = came_from[place]
    return way[::-1]


def _marks(start: float, end: float, pitch: int, aside: float) -> Iterable[float]:
    """Even marks, at the same places for every step that keeps as far aside."""
    return (mark + aside % pitch for mark in range(int(start // pitch) * pitch, int(end) + pitch, pitch))


def _curve(way: Sequence[tuple[Point, int]]) -> Curve:
    """From the side of one box to that of the other, with round corners."""
    (first, out), (last, into) = way[0], way[-1]
    corners = [_ahead(first, out, -CLEAR)]
    corners += [spot for (spot, heading), (_, next_heading) in pairwise(way) if heading != next_heading]
    corners.append(_ahead(last, into, CLEAR))
    curve = [corners[0]]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        room = min(ROUND, _far(before, corner) / 2, _far(corner, after) / 2)
        start, end = _towards(corner, before, room), _towards(corner, after, room)
        curve += [
            *_line(curve[-1], start),
            _towards(corner, before, room / 2),
            _towards(corner, after, room / 2),
            end,
        ]
    return (*curve, *_line(curve[-1], corners[-1]))


def _ahead(spot: Point, heading: int, far: float) -> Point:
    x, y = _AHEAD[heading]
    return Point(spot.x + x * far, spot.y + y * far)


def _towards(spot: Point, other: Point, far: float) -> Point:
    """So far from a spot on the way to another one."""
    share = far / (_far(spot, other) or 1.0)
    return Point(spot.x + (other.x - spot.x) * share, spot.y + (other.y - spot.y) * share)


def _line(start: Point, end: Point) -> Curve:
    """A straight part; nothing when it has no length."""
    if start == end:
        return ()
    third = _far(start, end) / 3
    return (_towards(start, end, third), _towards(end, start, third), end)

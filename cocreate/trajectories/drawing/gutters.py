"""A way for a step that no easy curve can go: along the gutters between boxes, with round corners."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush
from typing import Final, NamedTuple

from cocreate.trajectories.drawing.ground import CAPTION, HALF_HEIGHT, HALF_WIDTH, Curve, Ground
from cocreate.trajectories.layout import PITCH, Point

ACROSS, DOWN = 20, 10  # px between the lines of the grid
CLEAR: Final = 6.0  # px that a line keeps from a box
BEND: Final = 30  # what a corner costs, as px of way
WORDY: Final = 3  # times as dear to run over what may be said below a box
ROUND: Final = 16.0  # px of a corner
MOST: Final = 20_000  # corners looked at before giving up
AROUND: Final = Point(1.5 * PITCH.width, 2.5 * PITCH.height)  # beyond both ends that a way may go
_AHEAD: Final = ((1, 0), (0, 1), (-1, 0), (0, -1))

Cell = tuple[int, int]


class Door(NamedTuple):
    """Where a way leaves or comes to a box, in which direction (of `_AHEAD`), and what that costs."""

    spot: Point
    heading: int
    cost: int


class Place(NamedTuple):
    """A crossing of the grid, and in which direction the way comes along."""

    cell: Cell
    heading: int


class Grid:
    """Lines over the ground between two boxes, with what stands on them."""

    def __init__(self, ground: Ground, source: Point, target: Point, doors: Sequence[Door]) -> None:
        left, right = sorted((source.x, target.x))
        top, bottom = sorted((source.y, target.y))
        left, right = left - AROUND.x, right + AROUND.x
        top, bottom = top - AROUND.y, bottom + AROUND.y
        own = [door.spot for door in doors]
        self.xs = sorted({*_marks(left, right, ACROSS), *(spot.x for spot in own)})
        self.ys = sorted({*_marks(top, bottom, DOWN), *(spot.y for spot in own)})
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


def along_gutters(ground: Ground, source: Point, target: Point, leave: float, enter: float) -> Curve | None:
    """The shortest way round all boxes with few corners (A*); None when there is none."""
    out = tuple(_doors(source, leave, 0))
    into = tuple(_doors(target, enter, 2))
    grid = Grid(ground, source, target, (*out, *into))
    goals = {Place(grid.cell(door.spot), (door.heading + 2) % 4): door for door in into}
    came_from: dict[Place, Place | None] = {}
    waiting: list[tuple[float, float, Place, Place | None]] = []
    for door in out:
        heappush(waiting, (0.0, door.cost, Place(grid.cell(door.spot), door.heading), None))
    while waiting and len(came_from) < MOST:
        _, spent, here, before = heappop(waiting)
        if here in came_from:
            continue
        came_from[here] = before
        if here in goals and before is not None:
            return _rounded(_unbent([grid.spot(place.cell) for place in _back(here, came_from)]))
        for following, cost in _steps(grid, here, goals):
            if following not in came_from:
                far = _far(grid.spot(following.cell), target)
                heappush(waiting, (spent + cost + far, spent + cost, following, here))
    return None


def _doors(box: Point, aside: float, front: int) -> Iterator[Door]:
    """All sides of a box, the one in front (`_AHEAD`) first."""
    for heading, cost in ((front, 0), (1, 60), (3, 60), (2 - front, 120)):
        x, y = _AHEAD[heading]
        port = aside if heading == front else 0.0
        yield Door(Point(box.x + x * (HALF_WIDTH + CLEAR), box.y + y * (HALF_HEIGHT + CLEAR) + (port if x else 0)), heading, cost)


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


def _marks(start: float, end: float, pitch: int) -> Iterable[float]:
    """Even marks, at the same places for every step."""
    return (float(mark) for mark in range(int(start // pitch) * pitch, int(end) + pitch, pitch))

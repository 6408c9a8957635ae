"""Newcomers on a map that stands: a free place near their own, while nothing else moves.

A road that grows past the edge of the page goes on at the left, below all that stands, as text does.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from math import ceil, floor, inf, sqrt
from typing import Final

from cocreate.trajectories.layout.paper import PITCH, Point
from cocreate.trajectories.layout.road import Road

BREATH: Final = 0.85  # share of a pitch that must stay between a newcomer and the others
ROWS_NEAR: Final = (
    6  # rows up and down that are tried before the next column, and three more in each next one
)
LEAST_ACROSS: Final = 8  # columns of a small map, so that it fills a tablet before it wraps
ACROSS: Final = 1.2  # columns of a larger one, for each square root of its nodes: about the shape of a screen
OUTSIDE: Final = 1 / 12  # share of the nodes past the edge that were put there; with more it is the page
NEXT_LINE: Final = 2  # rows from the lowest node to a new line

Cell = tuple[int, int]
Anchor = tuple[float, float, int]


class Paper:
    """What is taken, in cells of one pitch, so that looking for a free place stays cheap."""

    def __init__(self, taken: Mapping[int, Point], coming: int = 0) -> None:
        self._cells: dict[Cell, list[Point]] = {}
        self._search: dict[Anchor, Iterator[Point]] = {}
        self._left = min((point.x for point in taken.values()), default=0.0)
        self._edge = _edge(self._left, [point.x for point in taken.values()], coming)
        self._bottom = -inf
        for point in taken.values():
            self.take(point)

    def take(self, point: Point) -> None:
        """Keep this place for a node."""
        self._cells.setdefault(_cell(point), []).append(point)
        self._bottom = max(self._bottom, point.y)

    def avoid(self, points: Iterable[Point]) -> None:
        """Let nobody stand there; how far the page goes does not hang on it."""
        for point in points:
            self._cells.setdefault(_cell(point), []).append(point)

    def is_last_column(self, x: float) -> bool:
        """Whether the page ends right after `x`; what was put outside the page by hand goes on there."""
        return self._edge - PITCH.width < x <= self._edge

    def next_line(self) -> Point:
        """Where a new line begins."""
        return Point(self._left, self._bottom + NEXT_LINE * PITCH.height)

    def free_near(self, ideal: Point, direction: int) -> Point:
        """The first free place from `ideal`: up and down, then on in `direction` (1 later, −1 earlier)."""
        anchor = (ideal.x, ideal.y, direction)
        if anchor not in self._search:  # a taken place is never given back, so a search goes on where it was
            self._search[anchor] = _around(ideal, direction)
        point = next(point for point in self._search[anchor] if self.is_free(point))
        self.take(point)
        return point

    def is_free(self, point: Point) -> bool:
        """Whether a box at this point would stand on no other one."""
        column, row = _cell(point)
        return not any(
            abs(other.x - point.x) < BREATH * PITCH.width and abs(other.y - point.y) < BREATH * PITCH.height
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other in self._cells.get((x, y), ())
        )


def settle(
    road: Road, groups: Sequence[Sequence[int]], fixed: Mapping[int, Point], taken: Iterable[Point] = ()
) -> dict[int, Point]:
    """Give every newcomer in `groups` a place: after its parents, else beside whom it is linked to."""
    points = dict(fixed)
    waiting = {index for group in groups for index in group if index not in fixed}
    paper = Paper(fixed, len(waiting))
    paper.avoid(taken)
    for index in road.order:
        parents = [parent for parent in road.before[index] if parent in points]
        if index in waiting and parents:
            points[index] = paper.free_near(_after(road, parents, points, paper), 1)
            waiting.discard(index)
    reached = deque(index for group in groups for index in group if index in points)
    while reached:
        here = reached.popleft()
        for child in road.ahead[here]:
            if child in waiting:
                points[child] = paper.free_near(_after(road, [here], points, paper), 1)
                waiting.discard(child)
                reached.append(child)
        for parent in road.before[here]:
            if parent in waiting:
                children = [points[child] for child in road.ahead[parent] if child in points]
                points[parent] = paper.free_near(_ahead_of(children), -1)
                waiting.discard(parent)
                reached.append(parent)
    return points


def _after(road: Road, parents: Sequence[int], points: Mapping[int, Point], paper: Paper) -> Point:
    """Right of the parents; at the edge of the page on a new line, together with what went there before."""
    last = max(parents, key=lambda parent: points[parent].x)
    here = points[last]
    if not paper.is_last_column(here.x):
        return Point(here.x + PITCH.width, _mean_row([points[parent] for parent in parents]))
    others = (points[child] for child in road.ahead[last] if child in points)
    return next((other for other in others if other.x < here.x and other.y > here.y), paper.next_line())


def _edge(left: float, across: Sequence[float], coming: int) -> float:
    """The last column of the page, in px: as wide as suits the number of nodes, or as the map already is."""
    count = len(across) + coming
    edge = left + (max(LEAST_ACROSS, ceil(ACROSS * sqrt(count))) - 1) * PITCH.width
    is_wider = sum(x > edge for x in across) > OUTSIDE * count
    return max(across) if is_wider else edge


def _ahead_of(children: Sequence[Point]) -> Point:
    return Point(min(point.x for point in children) - PITCH.width, _mean_row(children))


def _mean_row(points: Sequence[Point]) -> float:
    """Mean height, on whole pixels so that siblings share one search."""
    return float(round(sum(point.y for point in points) / len(points)))


def _around(ideal: Point, direction: int) -> Iterator[Point]:
    for column in count():
        x = ideal.x + direction * column * PITCH.width
        yield Point(x, ideal.y)
        for row in range(1, ROWS_NEAR + 1 + 3 * column):
            yield Point(x, ideal.y + row * PITCH.height)
            yield Point(x, ideal.y - row * PITCH.height)


def _cell(point: Point) -> Cell:
    return floor(point.x / PITCH.width), floor(point.y / PITCH.height)

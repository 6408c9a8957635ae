"""How steps run over the paper: on in time, around what stands in the way, and back in an arc."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cocreate.trajectories.drawing.ground import (
    ABOVE,
    FAR,
    HALF_HEIGHT,
    HALF_WIDTH,
    Curve,
    Ground,
    Span,
    spots,
)
from cocreate.trajectories.layout import BOX, PITCH, Point

GAP: Final = PITCH.width - BOX.width
TURN: Final = GAP * 0.8
BOW: Final = 44.0  # how far a loop keeps from what it goes around
BEND: Final = 150.0
SHIFT: Final = 24.0  # a loop leaves beside the middle, so that two loops at one box stay apart
APART: Final = 9.0  # px between lines that run along the same lane
ABREAST: Final = 5
ENOUGH: Final = 60  # spots on other boxes; more is no worse


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

    @property
    def aside(self) -> float:
        """How far into a lane it keeps, so that lines along one lane stay apart."""
        return APART * (round((self.source.x + self.source.y + self.leave) / APART) % ABREAST)


@dataclass(frozen=True, slots=True)
class Route:
    """One step on paper."""

    curve: Curve
    returns: bool

    @property
    def middle(self) -> Point:
        """Halfway along, where its words stand."""
        along = [spot for start in range(0, len(self.curve) - 1, 3) for spot in spots(self.curve, start)]
        return along[len(along) // 2]


def route(ground: Ground, step: Step) -> Route:
    """The first way that touches no other box, else the one that touches fewest."""
    own = {step.source, step.target}
    best = next((way for way in _ways(ground, step) if not ground.hits(way, own, 1)), None)
    if best is None:
        best = min(_ways(ground, step), key=lambda way: ground.hits(way, own, ENOUGH))
    return Route(best, step.returns)


def _ways(ground: Ground, step: Step) -> Iterator[Curve]:
    """Ways to draw a step, the most natural first."""
    across, down = step.target.x - step.source.x, step.target.y - step.source.y
    if step.source == step.target:
        yield _own_loop(step.source)
    elif abs(across) < BOX.width and abs(down) >= PITCH.height * 0.8:
        if not step.returns:
            yield _vertical(step)
        yield _side(step)
    elif across < BOX.width:
        yield from _back(ground, step)
    else:
        yield (step.start, *_bend(step.start, step.end))
        yield from _lanes(ground, step)


def _lanes(ground: Ground, step: Step) -> Iterator[Curve]:
    """On in time along free lanes, from one gap between columns to the next."""
    start, end = step.start, step.end
    stretches = ground.stretches(start, end)
    if not stretches:
        return
    curve, here = [start], start
    for stretch in stretches:
        height = _near(stretch.free, here.y, step.aside)
        enter, leave = Point(stretch.start, height), Point(stretch.end, height)
        curve += [*_bend(here, enter), *_straight(enter, leave)]
        here = leave
    yield (*curve, *_bend(here, end))


def _back(ground: Ground, step: Step) -> Iterator[Curve]:
    """To the left: a loop in a bow under or over all between, or on to the next line of a wrapped map."""
    low, high = max(step.source.y, step.target.y), min(step.source.y, step.target.y)
    if step.returns:
        yield _bow(step, low + HALF_HEIGHT + BOW, 1)
        yield _bow(step, high - HALF_HEIGHT - BOW, -1)
    left, right = sorted((step.start.x, step.end.x))
    free = ground.lane(left - TURN, right + TURN, high - FAR, low + FAR)
    if free and step.returns:
        under = _near(free, low + ABOVE, step.aside)
        over = _near(free, high - ABOVE, step.aside)
        for lane in sorted((under, over), key=lambda lane: abs(lane - low) + abs(lane - high)):
            yield _around(step, lane)
    elif free:
        yield _around(step, _near(free, step.target.y, step.aside))
    yield _around(step, low + FAR)


def _near(free: Sequence[Span], height: float, aside: float) -> float:
    """The free height nearest to the one wanted, and a little aside from what is in the way."""

    def closest(span: Span) -> float:
        top, bottom = span
        inside = min(aside, (bottom - top) / 2)
        return min(max(height, top + inside), bottom - inside)

    return min(map(closest, free), key=lambda at: (abs(at - height), at))


def _own_loop(point: Point) -> Curve:
    top = point.y - HALF_HEIGHT
    return (
        Point(point.x + 20, top),
        Point(point.x + 10, top - 42),
        Point(point.x + 90, top - 42),
        Point(point.x + 70, top),
    )


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
    start, end, turn = step.start, step.end, TURN
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

"""A map laid out afresh: columns in time, rows that wrap like text, groups stacked on the paper."""

from collections.abc import Iterable, Sequence
from math import ceil, exp, log, sqrt
from typing import Final, NamedTuple

from cocreate.trajectories.layout.road import Road
from cocreate.trajectories.layout.times import in_time, later


class Point(NamedTuple):
    """Centre of a box, in px."""

    x: float
    y: float


class Size(NamedTuple):
    """Width and height, in px."""

    width: float
    height: float


BOX: Final = Size(200, 72)
PITCH: Final = Size(260, 110)
ASPECT: Final = 1.6
SHORTEST: Final = 5  # columns on a line
TRIES: Final = 3
SWEEPS: Final = 4
GAP: Final = 1.0  # rows left free between two lines of a wrapped map, and between groups

Column = list[int]
Spot = tuple[float, float]  # column, row


def stack(
    road: Road, groups: Sequence[Sequence[int]], when: Sequence[str], below: Iterable[Point] = ()
) -> dict[int, Point]:
    """Lay out each group and set them on shelves: large ones first, or in time; single nodes in a grid."""
    slot = later(road, road.slots(), when)
    rank = {index: position for position, index in enumerate(road.order)}
    connected = sorted((group for group in groups if len(group) > 1), key=lambda group: -len(group))
    by_time = in_time(
        connected, lambda group: min((when[index] for index in group if when[index]), default="")
    )
    blocks = [
        _block(road, in_time(sorted(group, key=rank.__getitem__), when.__getitem__), slot)
        for group in by_time
    ]
    single = in_time((group[0] for group in groups if len(group) == 1), when.__getitem__)
    if single:
        blocks.append(_grid(single, max((_extent(block).width for block in blocks), default=0)))
    taken = list(below)
    left = min((point.x for point in taken), default=0.0)
    top = max((point.y for point in taken), default=-PITCH.height * (1 + GAP)) + PITCH.height * (1 + GAP)
    return {
        index: Point(left + column * PITCH.width, top + row * PITCH.height)
        for index, (column, row) in _shelve(blocks).items()
    }


def _block(road: Road, members: Sequence[int], slot: Sequence[int]) -> dict[int, Spot]:
    """One group of connected nodes, from its own corner; its lines as long as makes it look like a page."""
    limit = max(12, ceil(sqrt(len(members))))
    layers: dict[int, Column] = {}
    for index in members:
        layers.setdefault(slot[index], []).append(index)
    ordered = _sweep(road, [layers[key] for key in sorted(layers)])
    columns = [part for layer in ordered for part in _split(layer, limit)]
    spots = _lines(road, columns, len(columns))
    off, best = _off_page(spots), spots
    across = len(columns)
    for _ in range(TRIES):
        across = _line_length(len(columns), round(across / exp(_off_page(spots) / 2)))
        spots = _lines(road, columns, across)
        if abs(_off_page(spots)) < abs(off):
            off, best = _off_page(spots), spots
    return best


def _lines(road: Road, columns: Sequence[Column], across: int) -> dict[int, Spot]:
    """Columns `across` to a line, the lines below each other."""
    spots: dict[int, Spot] = {}
    top = 0.0
    for start in range(0, len(columns), across):
        line = columns[start : start + across]
        rows = _rows(road, line)
        highest = min(rows.values())
        for offset, column in enumerate(line):
            spots |= {index: (float(offset), top + rows[index] - highest) for index in column}
        top += max(rows.values()) - highest + 1 + GAP
    return spots


def _line_length(columns: int, wanted: int) -> int:
    """Columns on one line: about as many as wanted and never a short one, so that all lines are equal."""
    lines = max(1, round(columns / max(wanted, SHORTEST)))
    return ceil(columns / lines)


def _off_page(spots: dict[int, Spot]) -> float:
    """How much wider than a page a block is: the logarithm, so that 0 is right and below is too high."""
    size = _extent(spots)
    return log(size.width * PITCH.width / (size.height * PITCH.height) / ASPECT)


def _split(layer: Column, limit: int) -> list[Column]:
    """A layer higher than `limit` stands in several columns, of about equal height."""
    parts = ceil(len(layer) / limit)
    height = ceil(len(layer) / parts)
    return [layer[start : start + height] for start in range(0, len(layer), height)]


def _sweep(road: Road, layers: list[Column]) -> list[Column]:
    """Order each layer by the mean place of its neighbours, to and fro, so that fewer steps cross."""
    place: dict[int, float] = {}
    for layer in layers:
        _number(layer, place)
    for turn in range(SWEEPS):
        neighbours = road.ahead if turn % 2 else road.before
        for layer in reversed(layers) if turn % 2 else layers:
            pull = {index: _mean(neighbours[index], place, place[index]) for index in layer}
            layer.sort(key=pull.__getitem__)
            _number(layer, place)
    return layers


def _number(layer: Column, place: dict[int, float]) -> None:
    middle = (len(layer) - 1) / 2
    for position, index in enumerate(layer):
        place[index] = position - middle


def _mean(neighbours: Sequence[int], place: dict[int, float], otherwise: float) -> float:
    """Mean place of the neighbours that have one."""
    found = [place[neighbour] for neighbour in neighbours if neighbour in place]
    return sum(found) / len(found) if found else otherwise


def _rows(road: Road, columns: Sequence[Column]) -> dict[int, float]:
    """Rows in one line of columns: each node as close to its neighbours as the others allow."""
    row: dict[int, float] = {}
    for column in columns:
        _number(column, row)
    for column in columns[1:]:
        _align(column, [_mean(road.before[index], row, row[index]) for index in column], row)
    for column in reversed(columns[:-1]):
        _align(column, [_mean(road.ahead[index], row, row[index]) for index in column], row)
    for column in columns[1:]:
        _align(column, [_mean(road.before[index], row, row[index]) for index in column], row)
    return row


def _align(column: Column, wanted: Sequence[float], row: dict[int, float]) -> None:
    """Least-squares rows at a pitch of at least one, in the column's order (pool adjacent violators)."""
    pools: list[tuple[float, int]] = []
    for position, want in enumerate(wanted):
        mean, count = want - position, 1
        while pools and pools[-1][0] > mean:
            other, size = pools.pop()
            mean, count = (mean * count + other * size) / (count + size), count + size
        pools.append((mean, count))
    position = 0
    for mean, count in pools:
        start = round(mean * 4) / 4
        for _ in range(count):
            row[column[position]] = start + position
            position += 1


def _grid(single: Sequence[int], width: float) -> dict[int, Spot]:
    """Nodes without a step, as wide as the widest group or in the shape of a page."""
    across = max(int(width), min(len(single), max(4, ceil(sqrt(len(single))))))
    return {index: (float(place % across), float(place // across)) for place, index in enumerate(single)}


def _extent(block: dict[int, Spot]) -> Size:
    """Columns and rows a block takes."""
    return Size(max(column for column, _ in block.values()) + 1, max(row for _, row in block.values()) + 1)


def _shelve(blocks: Sequence[dict[int, Spot]]) -> dict[int, Spot]:
    """Blocks side by side on shelves of about the width of a landscape page."""
    sizes = [_extent(block) for block in blocks]
    area = sum((size.width + GAP) * (size.height + GAP) for size in sizes)
    page = max([sqrt(area * ASPECT * PITCH.height / PITCH.width), *(size.width for size in sizes)])
    spots: dict[int, Spot] = {}
    left, top, height = 0.0, 0.0, 0.0
    for block, size in zip(blocks, sizes, strict=True):
        if left and left + size.width > page:
            left, top, height = 0.0, top + height + GAP, 0.0
        spots |= {index: (left + column, top + row) for index, (column, row) in block.items()}
        left, height = left + size.width + GAP, max(height, size.height)
    return spots

"""Laying out maps, and refusing hostile ones: CPU, the median of a few turns."""

from collections.abc import Callable
from statistics import median
from time import process_time

from benchmarks import Row, at_most
from cocreate.trajectories.formats import MapFileError, read_map
from cocreate.trajectories.layout import layout

TURNS = 7
DEEP = 200_000


def main() -> list[Row]:
    """Measure; gives the rows."""
    rows = [
        at_most(f"Layout of {count} nodes", round(_layout(count) * 1000, 1), target, "ms CPU")
        for count, target in ((500, 50), (5_000, 300))
    ]
    slowest = max(_refuse(name, data) for name, data in _hostile().items())
    return [*rows, at_most("The slowest hostile file is refused within", round(slowest, 3), 1, "s CPU")]


def _layout(count: int) -> float:
    ids = [str(number) for number in range(count)]
    edges = [(ids[max(0, number - 1 - number * 7 % 12)], ids[number]) for number in range(1, count)]
    edges += [(ids[number * 31 % count], ids[number * 17 % count]) for number in range(count // 2)]
    return median(_took(lambda: layout(ids, edges)) for _ in range(TURNS))


def _hostile() -> dict[str, bytes]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return {
        "deep.opml": b"<opml><body>" + b"<outline>" * DEEP,
        "deep.canvas": b'{"nodes":' + b"[" * DEEP,
        "laughs.mm": f'<!DOCTYPE map [<!ENTITY l0 "ha">{laughs}]><map>&l9;</map>'.encode(),
        "many.graphml": b"<graphml><graph>" + b"".join(b'<node id="%d"/>' % n for n in range(60_000)),
        "label.canvas": b'{"nodes":[{"id":"1","type":"text","text":"' + b"x" * 50_000_000 + b'"}]}',
    }


def _refuse(name: str, data: bytes) -> float:
    def refused() -> None:
        try:
            read_map(name, data)
        except MapFileError:
            return
        raise RuntimeError(f"{name} was read")

    return _took(refused)


def _took(work: Callable[[], object]) -> float:
    began = process_time()
    work()
    return process_time() - began

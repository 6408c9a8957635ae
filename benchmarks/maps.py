"""Laying out and drawing maps, and refusing hostile ones: CPU, the median of a few turns."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any
from warnings import catch_warnings

from benchmarks import Row, at_most
from cocreate.trajectories.drawing import Labels, picture_svg
from cocreate.trajectories.layout import layout
from tests.trajectories.formats.hostile import HOSTILE
from tests.trajectories.winding import winding

TURNS = 7


def main() -> list[Row]:
    """Measure; gives the rows."""
    rows = [
        at_most(f"Layout of {count} nodes", round(_layout(count) * 1000, 1), target, "ms CPU")
        for count, target in ((500, 50), (5_000, 300))
    ]
    rows += [
        at_most(f"Picture of {count} nodes", round(_picture(count) * 1000, 1), target, "ms CPU")
        for count, target in ((500, 80), (2_000, 350))
    ]
    costs = _costs()
    if read := [name for name, cost in costs.items() if not cost["said"]]:
        raise RuntimeError(f"{read} were read")
    slow, large = (max(costs, key=lambda name, what=what: costs[name][what]) for what in ("seconds", "peak"))
    slowest, largest = round(costs[slow]["seconds"], 2), round(costs[large]["peak"])
    return [
        *rows,
        at_most(f"The slowest of {len(costs)} hostile files is refused within", slowest, 1, "s CPU", slow),
        at_most("Most memory that a hostile file takes, Python and all", largest, 200, "MB", large),
    ]


def _layout(count: int) -> float:
    ids = [str(number) for number in range(count)]
    edges = [(ids[max(0, number - 1 - number * 7 % 12)], ids[number]) for number in range(1, count)]
    edges += [(ids[number * 31 % count], ids[number * 17 % count]) for number in range(count // 2)]
    return median(_took(lambda: layout(ids, edges)) for _ in range(TURNS))


def _picture(count: int) -> float:
    nodes, edges = winding(count)
    points = layout([node.id for node in nodes], [(edge.source, edge.target) for edge in edges])
    return median(
        _took(lambda: picture_svg(nodes, edges, points, title="", description="", labels=Labels()))
        for _ in range(TURNS)
    )


def _costs() -> dict[str, dict[str, Any]]:
    """What each hostile file costs: read one after the other, in a program that does nothing else."""
    costs: dict[str, dict[str, Any]] = {}
    with TemporaryDirectory() as folder:
        for name, make in HOSTILE.items():
            file = Path(folder, name)
            with catch_warnings(action="ignore"):  # a package with two parts of one name is meant
                file.write_bytes(make())
            command = [sys.executable, "-m", "tests.trajectories.formats.hostile", str(file)]
            done = subprocess.run(command, capture_output=True, check=True)
            file.unlink()
            costs[name] = next(iter(json.loads(done.stdout).values()))
    return costs


def _took(work: Callable[[], object]) -> float:
    began = process_time()
    work()
    return process_time() - began

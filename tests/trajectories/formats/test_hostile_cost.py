"""What a hostile file may cost, in a program of its own. Precise seconds are in benchmarks/maps.py."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cocreate.trajectories.formats import ENDINGS
from tests.trajectories.formats.hostile import HOSTILE, LARGE

ROOT = Path(__file__).parents[3]
MOST = 200  # MB, with the interpreter and everything it has imported
LONGEST = 3  # s of CPU: three times what it may take, because a busy machine may not fail a test


def costs(folder, files):
    for name, make in files.items():
        (folder / name).write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-m", "tests.trajectories.formats.hostile", *(folder / name for name in files)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {Path(path).name: cost for path, cost in json.loads(done.stdout).items()}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("ending", sorted({Path(name).suffix for name in HOSTILE}))
def test_hostile_files_are_refused_cheaply(tmp_path, ending):
    found = costs(tmp_path, {name: make for name, make in HOSTILE.items() if name.endswith(ending)})
    assert {name for name, cost in found.items() if not cost["said"]} == set()
    assert {name: cost["peak"] for name, cost in found.items() if cost["peak"] > MOST} == {}
    assert {name: cost["seconds"] for name, cost in found.items() if cost["seconds"] > LONGEST} == {}


def test_strange_maps_are_read_in_little_memory(tmp_path):
    found = costs(tmp_path, LARGE)
    assert {name: cost["said"] for name, cost in found.items() if cost["said"]} == {}
    assert {name: cost["peak"] for name, cost in found.items() if cost["peak"] > MOST} == {}


def test_there_is_something_hostile_of_every_format():
    assert {Path(name).suffix for name in HOSTILE} == set(ENDINGS) - {".mermaid"}

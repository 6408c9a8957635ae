"""Elections that others published with their winners, read out of the source packages that hold them."""

import csv
import json
import os
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

PINNED = Path(__file__).parents[2] / "requirements" / "elections.txt"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cocreate-elections"
LONGEST = 90  # s
_LIST_OF_LISTS = r"(\[(?:\s*\[[\d,\s]*\],?)*\])"


@dataclass(frozen=True)
class Election:
    """A participatory budget in the format of Pabulib; `selected` is empty when the file does not tell."""

    budget: int
    costs: dict[str, int]
    votes: dict[str, int]
    approvals: dict[str, list[str]]
    selected: set[str]


@dataclass(frozen=True)
class Committee:
    """A profile of abcvoting with the committees that its authors expect of one rule."""

    approvals: dict[int, list[int]]
    items: list[int]
    seats: int
    expected: list[list[int]]


def package(name: str) -> Path:
    """The pinned source package, fetched once for this machine; without it a test about it is skipped."""
    held = CACHE / f"{name}-{pins()[name]}.tar.gz"
    if not held.exists():
        fetch()
    if not held.exists():
        pytest.skip(f"The real elections in {held.name} could not be fetched with pip to {CACHE}.")
    return held


def pins() -> dict[str, str]:
    """Name and version of each pinned package."""
    return dict(re.findall(r"^(\w+)==(\S+)", PINNED.read_text(), re.M))


@cache
def fetch() -> None:
    """Ask the registry for the pinned packages, once in a run; pip checks their hashes first.

    Of these two alone the source is meant: what pip needs to read them may come as wheels, which is faster.
    """
    ask = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ",".join(pins())]
    ask += ["--require-hashes", "--retries", "1", "--dest", str(CACHE), "--requirement", str(PINNED)]
    with suppress(subprocess.TimeoutExpired):
        subprocess.run(ask, capture_output=True, timeout=LONGEST, check=False)


def texts(name: str, ending: str) -> Iterator[tuple[str, str]]:
    """Names and texts of the files in a package that end so."""
    with tarfile.open(package(name)) as archive:
        for member in archive:
            if member.name.endswith(ending) and (file := archive.extractfile(member)):
                yield Path(member.name).name, file.read().decode()


def election(name: str, ending: str) -> Election:
    """The one election of a package whose file ends so."""
    tables = read_tables(next(texts(name, ending))[1])
    projects = {row["project_id"]: row for row in tables["PROJECTS"]}
    return Election(
        budget=next(int(row["value"]) for row in tables["META"] if row["key"] == "budget"),
        costs={project: int(row["cost"]) for project, row in projects.items()},
        votes={project: int(row["votes"]) for project, row in projects.items()},
        approvals={row["voter_id"]: row["vote"].split(",") for row in tables["VOTES"]},
        selected={project for project, row in projects.items() if row.get("selected") == "1"},
    )


def read_tables(text: str) -> dict[str, list[dict[str, str]]]:
    """The three tables of a .pb file (Pabulib): each begins with its name, then its columns."""
    tables: dict[str, list[dict[str, str]]] = {}
    columns: list[str] | None = None
    for row in csv.reader(text.splitlines(), delimiter=";"):
        if row and row[0] in {"META", "PROJECTS", "VOTES"}:
            here, columns = tables.setdefault(row[0], []), None
        elif columns is None:
            columns = row
        else:
            here.append(dict(zip(columns, row, strict=False)))
    return tables


def committees(rule: str) -> list[Committee]:
    """All profiles of abcvoting for which it says what a rule should choose."""
    found = []
    for _, text in texts("abcvoting", ".abc.yaml"):
        result = re.search(rf"rule_id: {rule}\n  result: {_LIST_OF_LISTS}\n  resolute: true", text)
        if result:
            profile = re.search(rf"^profile: {_LIST_OF_LISTS}", text, re.M)
            count = re.search(r"^num_cand: (\d+)", text, re.M)
            seats = re.search(r"^committeesize: (\d+)", text, re.M)
            assert profile
            assert count
            assert seats
            found.append(
                Committee(
                    dict(enumerate(json.loads(profile[1]))),
                    list(range(int(count[1]))),
                    int(seats[1]),
                    json.loads(result[1]),
                )
            )
    return found

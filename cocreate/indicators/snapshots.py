"""What is shown of answers as it is kept: a snapshot written as plain lists, and read back the same."""

from collections.abc import Mapping
from typing import Any

from cocreate.indicators.disclosure import Cell, Cluster, Snapshot


def write_snapshot(snapshot: Snapshot) -> dict[str, Any]:
    """All of a snapshot, in an order that says nothing."""
    return {
        "cells": [
            [cell.number, cell.voice, sorted(cell.people), [sorted(part.items()) for part in cell.told]]
            for cell in snapshot.cells
        ],
        "fallen": [sorted(people) for people in snapshot.fallen],
        "clusters": [
            [cluster.voice, sorted(cluster.cells), sorted(cluster.people)] for cluster in snapshot.clusters
        ],
        "waiting": snapshot.waiting,
    }


def read_snapshot(content: Mapping[str, Any]) -> Snapshot:
    """The snapshot that was written."""
    return Snapshot(
        cells=tuple(
            Cell(number, voice, frozenset(people), tuple(dict(map(tuple, part)) for part in told))
            for number, voice, people, told in content["cells"]
        ),
        fallen=tuple(frozenset(people) for people in content["fallen"]),
        clusters=tuple(
            Cluster(voice, frozenset(cells), frozenset(people))
            for voice, cells, people in content["clusters"]
        ),
        waiting=content["waiting"],
    )

"""What can be seen in a map, in numbers and never as a verdict; docs/measures.md explains."""

from cocreate.trajectories.measures.conditions import RecurringCondition, recurring_conditions
from cocreate.trajectories.measures.findings import Finding, findings
from cocreate.trajectories.measures.plans import Detour, Unplanned, detours, unplanned
from cocreate.trajectories.measures.reading import Reading, Step
from cocreate.trajectories.measures.routes import Passage, TurningPoint, passages, shares, turning_points
from cocreate.trajectories.measures.turns import (
    BackInTime,
    DeadEnd,
    Fork,
    Loop,
    Merge,
    back_in_time,
    dead_ends,
    forks,
    loops,
    merges,
)

__all__ = [
    "BackInTime",
    "DeadEnd",
    "Detour",
    "Finding",
    "Fork",
    "Loop",
    "Merge",
    "Passage",
    "Reading",
    "RecurringCondition",
    "Step",
    "TurningPoint",
    "Unplanned",
    "back_in_time",
    "dead_ends",
    "detours",
    "findings",
    "forks",
    "loops",
    "merges",
    "passages",
    "recurring_conditions",
    "shares",
    "turning_points",
    "unplanned",
]

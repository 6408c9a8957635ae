"""Benchmarks: each module measures one thing and gives rows with a target beside the figure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure, or none when it is measured elsewhere. `met` is None when there is nothing to meet here."""

    name: str
    value: float | None
    unit: str
    target: str = ""
    met: bool | None = None
    note: str = ""


def at_most(name: str, value: float, limit: float, unit: str, note: str = "") -> Row:
    """A figure that should not pass a limit."""
    return Row(name, value, unit, f"≤ {limit:g}", value <= limit, note)


def at_least(name: str, value: float, limit: float, unit: str, note: str = "") -> Row:
    """A figure that should not stay below a limit."""
    return Row(name, value, unit, f"≥ {limit:g}", value >= limit, note)

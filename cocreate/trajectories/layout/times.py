"""About when things were, as far as people said: “2024”, “2024-03” or “2024-03-15”."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

from cocreate.trajectories.layout.road import Road

T = TypeVar("T")
_AFTER_ALL: Final = "~"  # sorts behind what can follow in a date, so that 2024 is not before March 2024


def in_time(things: Iterable[T], when: Callable[[T], str]) -> list[T]:
    """The dated ones in order of time, in the places they had; the others stay."""
    things = list(things)
    dated = iter(sorted(filter(when, things), key=when))
    return [next(dated) if when(thing) else thing for thing in things]


def later(road: Road, slot: Sequence[int], when: Sequence[str]) -> list[int]:
    """Slots in which what came later does not stand before what was surely earlier, where the steps allow."""
    moved = list(slot)
    wanted = _wanted(slot, when)
    for index in reversed(road.order):
        latest = min((moved[child] for child in road.ahead[index]), default=len(slot)) - 1
        moved[index] = max(moved[index], min(wanted[index], latest))
    return moved


def _wanted(slot: Sequence[int], when: Sequence[str]) -> list[int]:
    """For each dated node the last slot of what was surely earlier."""
    dated = [index for index, date in enumerate(when) if date]
    past = sorted(dated, key=lambda index: when[index] + _AFTER_ALL)
    wanted, last, done = [0] * len(slot), 0, 0
    for index in sorted(dated, key=when.__getitem__):
        while done < len(past) and when[past[done]] + _AFTER_ALL < when[index]:
            last = max(last, slot[past[done]])
            done += 1
        wanted[index] = last
    return wanted

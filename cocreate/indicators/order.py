"""In which order questions are asked: never a sensitive one first, and never one last."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cocreate.indicators.rules import SENSITIVE

AT_LEAST: Final = 2  # light questions around the sensitive ones: one to begin with, one to end with


class End(StrEnum):
    """The two places where nothing sensitive stands."""

    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A sensitive question at an end, and which light one could stand there; None when there is none left."""

    end: End
    place: int
    instead: int | None


def is_light(sensitivity: int) -> bool:
    """Whether a question may stand anywhere."""
    return sensitivity < SENSITIVE


def misplaced(sensitivities: Sequence[int]) -> tuple[Misplaced, ...]:
    """What is wrong with this order, with what would help; nothing when it is fine."""
    if not sensitivities:
        return ()
    light = [place for place, each in enumerate(sensitivities) if is_light(each)]
    last = len(sensitivities) - 1
    found = []
    if 0 not in light:
        found.append(Misplaced(End.FIRST, 0, light[0] if light else None))
    if last not in light:
        # The first light one is needed where it is, or at the beginning.
        found.append(Misplaced(End.LAST, last, light[-1] if len(light) >= AT_LEAST else None))
    return tuple(found)


def better(sensitivities: Sequence[int]) -> tuple[int, ...]:
    """The same places in a better order: a light question comes to an end where one is missing.

    All others stay in the order in which they were. Where there is one light question only, it comes first.
    """
    places = list(range(len(sensitivities)))
    light = [place for place in places if is_light(sensitivities[place])]
    if light and not is_light(sensitivities[0]):
        places.remove(light[0])
        places.insert(0, light[0])
    if len(light) >= AT_LEAST and not is_light(sensitivities[places[-1]]):
        places.remove(light[-1])
        places.append(light[-1])
    return tuple(places)

"""What the voices say together, and on what some of them were not heard enough to tell."""

from dataclasses import dataclass

import numpy as np

from cocreate.impacts.agreement.proportions import share
from cocreate.impacts.agreement.stances import HALF, MINIMUM, TIE, Real, Stances, Truth, Whole
from cocreate.impacts.rules import Position


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """How far the voices agree to each proposal; a voice of whom nobody spoke counts as one half.

    by_voice: (A + 1)/(S + 2), by voice and proposal. product: of all voices, Polis' group-aware consensus.
    root: its g-th root for g voices, so that more voices do not make it smaller. weakest: place of the voice
    that agrees least, the first of equals. is_heard: whether enough of a voice took a stance.
    """

    by_voice: Real
    product: Real
    root: Real
    weakest: Whole
    is_heard: Truth

    @property
    def in_weakest(self) -> Real:
        """The agreement of the voice that agrees least, by proposal."""
        return np.asarray(self.by_voice.min(axis=0), np.float64)


def agreement(stances: Stances, minimum: int = MINIMUM) -> Agreement:
    """How far the voices agree to each proposal. O(voices · proposals), as everything here."""
    by_voice = share(stances.at(Position.FOR), stances.spoke)
    root = np.exp(np.log(by_voice).mean(axis=0))
    return Agreement(
        by_voice,
        by_voice.prod(axis=0),
        root.clip(by_voice.min(axis=0), by_voice.max(axis=0)),  # never beyond its voices by a rounding
        by_voice.argmin(axis=0),
        stances.spoke >= minimum,
    )


@dataclass(frozen=True, slots=True)
class NotHeardEnough:
    """A proposal to which too few of some voices took a stance."""

    proposal: int
    voices: tuple[str, ...]


def not_heard_enough(stances: Stances, minimum: int = MINIMUM) -> list[NotHeardEnough]:
    """The proposals to which some voice has fewer stances than the minimum, and which voices."""
    few = stances.spoke < minimum
    return [
        NotHeardEnough(int(proposal), stances.names(few[:, proposal]))
        for proposal in np.flatnonzero(few.any(axis=0))
    ]


@dataclass(frozen=True, slots=True)
class Bridge:
    """A proposal that more than half of every voice is for."""

    proposal: int
    root: float
    weakest: str
    in_weakest: float


def bridges(stances: Stances, minimum: int = MINIMUM, line: float = HALF) -> list[Bridge]:
    """Proposals above the line in every voice, each heard enough; by g-th root, the highest first."""
    found = agreement(stances, minimum)
    lowest = found.in_weakest
    chosen = np.flatnonzero(found.is_heard.all(axis=0) & (lowest > line))
    keys = (-lowest[chosen], -found.root[chosen].round(TIE))
    return [
        Bridge(int(each), float(found.root[each]), stances.voices[found.weakest[each]], float(lowest[each]))
        for each in chosen[np.lexsort(keys)]
    ]

"""What a voice says differently from the others, and on what the voices stand on two sides."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np

from cocreate.impacts.agreement.proportions import share, z_between, z_half
from cocreate.impacts.agreement.stances import HALF, MINIMUM, TIE, Stances
from cocreate.impacts.agreement.together import Agreement, agreement
from cocreate.impacts.rules import Position

CLEAR: Final = 1.2816  # one-sided 90 %, as in Polis
_CHANCE: Final = 0.1  # of calling voices divided that are not, on one proposal


@dataclass(frozen=True, slots=True)
class Difference:
    """A voice says something clearly more, or clearly less, than all others together do.

    Shares are smoothed; `z_others` compares with the others, `z_half` with half of the voice itself.
    """

    voice: str
    proposal: int
    position: Position
    share: float
    share_of_others: float
    z_others: float
    z_half: float

    @property
    def is_more(self) -> bool:
        """Whether the voice says it more: only this is what Polis calls representative."""
        return self.z_others > 0


def differences(stances: Stances, minimum: int = MINIMUM) -> list[Difference]:
    """What each voice says differently, agreeing or objecting; the clearest first.

    Both |z| > 1.2816 and on the same side: more than the others and more than half, or less than both. (More
    than the others while most of the voice does not is no word of that voice.) The voice and the others
    together must both have the minimum.
    """
    spoke = stances.spoke
    others_spoke = spoke.sum(axis=0) - spoke
    enough = (spoke >= minimum) & (others_spoke >= minimum)
    found: list[Difference] = []
    for position in (Position.FOR, Position.OBJECTION):
        said = stances.at(position)
        others_said = said.sum(axis=0) - said
        others, half = z_between(said, spoke, others_said, others_spoke), z_half(said, spoke)
        clear = enough & (np.abs(others) > CLEAR) & (np.abs(half) > CLEAR) & (others * half > 0)
        shares, of_others = share(said, spoke), share(others_said, others_spoke)
        found += [
            Difference(
                stances.voices[at[0]],
                int(at[1]),
                position,
                *(float(each[at]) for each in (shares, of_others, others, half)),
            )
            for at in zip(*np.nonzero(clear), strict=True)
        ]
    return sorted(found, key=lambda each: round(-abs(each.z_others), TIE))


@dataclass(frozen=True, slots=True)
class Divide:
    """A proposal that some voices are mostly for and others are not: each side, the farthest voice first.

    spread: the agreement of the first of one side minus that of the first of the other; z: how clear that is.
    """

    proposal: int
    spread: float
    z: float
    mostly_for: tuple[str, ...]
    not_mostly_for: tuple[str, ...]


def divides(stances: Stances, minimum: int = MINIMUM, line: float = HALF) -> list[Divide]:
    """Proposals with voices above and voices not above the line, clearly apart; by spread, the widest first.

    The spread weighs a small voice as much as a large one. Whether it is more than chance, `z_between` the
    farthest two tells; of k voices there are k(k - 1) such pairs to pick from, which share the 10 %
    (Bonferroni). Voices that are not heard enough stand on no side.
    """
    found, columns = agreement(stances, minimum), np.arange(stances.counts.shape[1])
    top = np.where(found.is_heard, found.by_voice, -np.inf).argmax(axis=0)
    low = np.where(found.is_heard, found.by_voice, np.inf).argmin(axis=0)
    highest, lowest = found.by_voice[top, columns], found.by_voice[low, columns]
    said, spoke = stances.at(Position.FOR), stances.spoke
    apart = z_between(said[top, columns], spoke[top, columns], said[low, columns], spoke[low, columns])
    limits = np.array([_farthest_by_chance(voices) for voices in range(len(stances.voices) + 1)])
    is_clear = apart > limits[found.is_heard.sum(axis=0)]
    chosen = np.flatnonzero(is_clear & (highest > line) & (lowest <= line))
    spread = highest[chosen] - lowest[chosen]
    order = np.lexsort((-apart[chosen], -spread.round(TIE)))
    return [
        Divide(int(each), float(wide), float(apart[each]), *_sides(stances, found, each, line))
        for each, wide in zip(chosen[order], spread[order], strict=True)
    ]


def _farthest_by_chance(voices: int) -> float:
    pairs = voices * (voices - 1)
    return NormalDist().inv_cdf(1 - _CHANCE / pairs) if pairs else np.inf


def _sides(
    stances: Stances, found: Agreement, proposal: int, line: float
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    agreed, is_heard = found.by_voice[:, proposal], found.is_heard[:, proposal]
    rising = np.argsort(agreed, kind="stable")
    rising = rising[is_heard[rising]]
    above = agreed[rising] > line
    return stances.names(rising[above][::-1]), stances.names(rising[~above])

"""What the voices were counted to say: of each voice, to each proposal, how many people stand where."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cocreate.impacts.rules import Position

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
Truth = NDArray[np.bool_]

POSITIONS: Final = tuple(Position)
VALUES: Final = {Position.FOR: 1, Position.OBJECTION: -1, Position.DONT_KNOW: 0}  # as in an export of Polis
NO_STANCE: Final = -128
MINIMUM: Final = 5  # PRODUCT, invariant 9: people of one voice, inside a space
HALF: Final = 0.5
TIE: Final = 12  # digits; figures that differ less are equal


@dataclass(frozen=True, slots=True, eq=False)
class Stances:
    """How many people stand where: `counts` by voice, proposal and position; `people` by voice, on anything.

    From counts alone nobody can tell who is the same person: `people` is then how many there are at least.
    """

    voices: tuple[str, ...]
    counts: Whole
    people: Whole

    @classmethod
    def of_counts(
        cls, voices: Sequence[str], counts: NDArray[np.integer], people: NDArray[np.integer] | None = None
    ) -> "Stances":
        """From how many there are: shape (voices, proposals, 3), the positions in the order of `Position`."""
        if counts.shape[:1] + counts.shape[2:] != (len(voices), len(POSITIONS)):
            raise ValueError(f"{counts.shape} is not {len(voices)} voices × proposals × {len(POSITIONS)}")
        if not voices or len(set(voices)) < len(voices):
            raise ValueError("each voice must be named, once")
        if counts.dtype.kind not in "iu" or (counts < 0).any():
            raise ValueError("people are counted in whole numbers")
        if people is None:
            people = counts.sum(axis=2).max(axis=1, initial=0)
        elif people.shape != (len(voices),):
            raise ValueError(f"{people.shape} is not {len(voices)} voices")
        return cls(tuple(voices), counts.astype(np.int64), people.astype(np.int64))

    @classmethod
    def of_votes(
        cls, voices: Sequence[str], voice_of: NDArray[np.integer], votes: NDArray[np.int8]
    ) -> "Stances":
        """From who said what: shape (people, proposals), 1 for, -1 objection, 0 don't know, or `NO_STANCE`.

        `voice_of` each person is a place in `voices`, or -1 for nobody's voice: they do not count. O(votes).
        """
        if votes.ndim != 2 or voice_of.shape != votes.shape[:1]:  # noqa: PLR2004
            raise ValueError(f"{voice_of.shape} is not one voice for each row of {votes.shape}")
        if ((voice_of < -1) | (voice_of >= len(voices))).any():
            raise ValueError("a voice that is not there")
        if ((votes < -1) & (votes != NO_STANCE) | (votes > 1)).any():
            raise ValueError("a stance that is none")
        counts = np.zeros((len(voices), votes.shape[1], len(POSITIONS)), np.int64)
        people = np.zeros(len(voices), np.int64)
        for voice in range(len(voices)):
            theirs = votes[voice_of == voice]
            people[voice] = np.count_nonzero((theirs != NO_STANCE).any(axis=1))
            for place, position in enumerate(POSITIONS):
                counts[voice, :, place] = np.count_nonzero(theirs == VALUES[position], axis=0)
        return cls.of_counts(voices, counts, people)

    @property
    def spoke(self) -> Whole:
        """How many took a stance, don't know included, by voice and proposal: Polis calls it S."""
        whole: Whole = self.counts.sum(axis=2)
        return whole

    def at(self, position: Position) -> Whole:
        """How many stand there, by voice and proposal."""
        return self.counts[:, :, POSITIONS.index(position)]

    def names(self, chosen: NDArray[np.integer] | Truth) -> tuple[str, ...]:
        """The voices at these places."""
        return tuple(str(name) for name in np.array(self.voices, object)[chosen])

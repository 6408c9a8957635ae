"""Whose voice is missing, by what a space wishes to hear."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from cocreate.impacts.agreement.stances import Stances, Whole


@dataclass(frozen=True, slots=True)
class Composition:
    """Whom a space wishes to hear: of a voice so many people, or such a share of all who speak, or both."""

    people: Mapping[str, int] = field(default_factory=dict)
    shares: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if any(wished < 0 for wished in self.people.values()):
            raise ValueError("fewer than nobody")
        if any(not 0 <= part <= 1 for part in self.shares.values()) or sum(self.shares.values()) > 1 + 1e-9:
            raise ValueError("shares are parts of one")

    @property
    def voices(self) -> tuple[str, ...]:
        """Every voice of which something is wished."""
        return tuple(dict.fromkeys((*self.people, *self.shares)))

    def wished(self, voice: str, speaking: Whole) -> Whole:
        """How many of this voice there should be at least among so many who speak.

        A share is rounded down (the lower quota, Balinski and Young 1982), but not to nobody.
        """
        part = self.shares.get(voice, 0)
        quota = np.floor(part * speaking + 1e-9).astype(np.int64)  # 0.29 of 100 is 29
        least = np.maximum(quota, 1) if part else np.zeros_like(speaking)
        return np.asarray(np.maximum(self.people.get(voice, 0), least), np.int64)


@dataclass(frozen=True, slots=True)
class Absence:
    """A voice of which fewer people took a stance than was wished."""

    voice: str
    there: int
    wished: int

    @property
    def is_missing(self) -> bool:
        """Whether nobody of this voice took a stance there."""
        return self.there == 0


@dataclass(frozen=True, slots=True)
class Unheard:
    """Who has not been heard: over all proposals, and of each; in the order of the space's voices."""

    overall: tuple[Absence, ...]
    by_proposal: tuple[tuple[Absence, ...], ...]


def unheard(stances: Stances, composition: Composition | None = None) -> Unheard:
    """The voices that are missing or too few; when a space wishes nothing, those of which nobody spoke."""
    wish = composition or Composition()
    if not wish.voices:
        wish = Composition(people=dict.fromkeys(stances.voices, 1))
    there = np.column_stack((stances.people, stances.spoke))
    speaking = there.sum(axis=0)
    found: list[list[Absence]] = [[] for _ in speaking]
    for voice in sorted(wish.voices, key=lambda name: _place(stances.voices, name)):
        place = _place(stances.voices, voice)
        heard = there[place] if place < len(there) else 0 * speaking
        wished = wish.wished(voice, speaking)
        for column in np.flatnonzero(heard < wished):
            found[column].append(Absence(voice, int(heard[column]), int(wished[column])))
    overall, *by_proposal = (tuple(absences) for absences in found)
    return Unheard(overall, tuple(by_proposal))


def _place(voices: Sequence[str], voice: str) -> int:
    """Where a voice stands; after all of them when it is not there."""
    return voices.index(voice) if voice in voices else len(voices)

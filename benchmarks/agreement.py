"""Agreement across voices, from who voted what and from counts: CPU, the median of a few turns."""

from collections.abc import Callable
from statistics import median
from time import process_time

import numpy as np

from benchmarks import Row, at_most
from cocreate.impacts.agreement import (
    NO_STANCE,
    Composition,
    Stances,
    agreement,
    bridges,
    differences,
    divides,
    not_heard_enough,
    unheard,
)

TURNS = 7
PEOPLE, STATEMENTS = 2_000, 500
VOICES = ("resident", "young", "professional", "policymaker", "carer", "researcher")
WISH = Composition(people={"young": 400}, shares=dict.fromkeys(VOICES[:5], 0.2))


def main() -> list[Row]:
    """Measure; gives the rows."""
    voice_of, votes = made_up_votes()
    counted = Stances.of_votes(VOICES, voice_of, votes)
    from_votes = _took(lambda: everything(Stances.of_votes(VOICES, voice_of, votes)))
    from_counts = _took(lambda: everything(Stances.of_counts(VOICES, counted.counts, counted.people)))
    of = f"{PEOPLE:,} people × {STATEMENTS} statements, {len(VOICES)} voices"
    told = f"{everything(counted)} findings"
    return [
        at_most(f"Agreement across voices for {of}", round(from_votes, 3), 1, "s CPU", told),
        at_most("… from counts", round(from_counts, 3), 1, "s CPU"),
    ]


def made_up_votes() -> tuple[np.ndarray, np.ndarray]:
    """Of each person a voice, and votes in which the voices differ; half of them are missing."""
    chance = np.random.default_rng(1)
    voice_of = chance.integers(0, len(VOICES), PEOPLE)
    for_it = chance.random((len(VOICES), STATEMENTS))[voice_of]
    drawn = chance.random((PEOPLE, STATEMENTS))
    votes = np.where(drawn < for_it * 0.8, 1, np.where(drawn < 0.8, -1, 0))
    return voice_of, np.where(chance.random(votes.shape) < 0.5, NO_STANCE, votes).astype(np.int8)


def everything(stances: Stances) -> int:
    """All that can be told of these stances; how many findings."""
    agreement(stances)
    lists = (not_heard_enough, bridges, divides, differences)
    absences = unheard(stances, WISH)
    return sum(len(find(stances)) for find in lists) + sum(
        map(len, (absences.overall, *absences.by_proposal))
    )


def _took(work: Callable[[], object]) -> float:
    return median(_once(work) for _ in range(TURNS))


def _once(work: Callable[[], object]) -> float:
    began = process_time()
    work()
    return process_time() - began

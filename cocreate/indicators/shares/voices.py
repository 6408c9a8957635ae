"""A fair set as each voice sees it: what it had, what it paid for, and how many of its people it reaches."""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from cocreate.indicators.shares.ballots import Approvals, Item, Voter
from cocreate.indicators.shares.choosing import FairSet

Voice = TypeVar("Voice", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people approve of how many of the winners: {number of winners: people}."""

    people: Mapping[int, int]

    @property
    def at_least_one(self) -> int:
        """People who approve of one winner or more."""
        return sum(count for winners, count in self.people.items() if winners)

    @property
    def average(self) -> Fraction:
        """Winners that each approves of, on average."""
        return Fraction(
            sum(winners * count for winners, count in self.people.items()), sum(self.people.values())
        )


@dataclass(frozen=True, slots=True)
class VoiceShare(Generic[Item, Voice]):
    """One voice in a fair set; money is in seats or in units of the budget.

    `due` is its people's part of the budget, `given` what they were given at last, `paid_for` what they
    spent on each winner. `gained` people approve of more winners than plain majority had brought them, `lost`
    of fewer.
    """

    voice: Voice | None
    people: int
    due: Fraction
    given: Fraction
    paid_for: Mapping[Item, Fraction]
    fair: Reach
    plain: Reach
    gained: int
    lost: int

    @property
    def spent(self) -> Fraction:
        """What its people paid in all."""
        return sum(self.paid_for.values(), Fraction())


def voice_shares(
    fair: FairSet[Item, Voter], approvals: Approvals[Voter, Item], voices: Mapping[Voter, Voice]
) -> list[VoiceShare[Item, Voice]]:
    """Each voice in the order of `voices`; people without one stand under None, at the end.

    `approvals` are those of the fair set. Payments of one person tell what they approve of: what is shown
    of a voice must hold enough people, which is for the caller to see to.
    """
    people: dict[Voice | None, list[Voter]] = {voice: [] for voice in voices.values()}
    for voter in approvals:
        people.setdefault(voices.get(voter), []).append(voter)
    return [_share(fair, approvals, voice, voters) for voice, voters in people.items() if voters]


def _share(
    fair: FairSet[Item, Voter],
    approvals: Approvals[Voter, Item],
    voice: Voice | None,
    voters: Collection[Voter],
) -> VoiceShare[Item, Voice]:
    won, plain = ([len(items.intersection(approvals[voter])) for voter in voters] for items in _sets(fair))
    paid_for: dict[Item, Fraction] = defaultdict(Fraction)
    for each in fair.rounds:
        for voter in voters:
            if voter in each.payments:
                paid_for[each.item] += each.payments[voter]
    return VoiceShare(
        voice,
        len(voters),
        fair.equal_part * len(voters),
        fair.share * len(voters),
        dict(paid_for),
        Reach(Counter(won)),
        Reach(Counter(plain)),
        gained=sum(mine > theirs for mine, theirs in zip(won, plain, strict=True)),
        lost=sum(mine < theirs for mine, theirs in zip(won, plain, strict=True)),
    )


def _sets(fair: FairSet[Item, Voter]) -> tuple[set[Item], set[Item]]:
    return set(fair.winners), set(fair.plain)

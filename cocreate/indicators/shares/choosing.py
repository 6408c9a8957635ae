"""The fair set: the method of equal shares, its completion, and what each round tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import ceil
from typing import Generic

from cocreate.indicators.shares.ballots import Approvals, Ballots, Item, Voter, cost_ballots, seat_ballots
from cocreate.indicators.shares.majority import most_approved
from cocreate.indicators.shares.spending import Purchase, purchases


class Completion(Enum):
    """What happens with what the rule itself leaves unspent."""

    NONE = "none"
    ADD_ONE = "add1"
    ADD_ONE_THEN_APPROVALS = "add1u"


@dataclass(frozen=True, slots=True)
class Round(Generic[Item, Voter]):
    """An item that won, and what each voter paid for it; `tied` are the equals that had to wait.

    `rho` is the most that anyone paid for each unit of `cost`.
    """

    item: Item
    cost: int
    rho: Fraction
    payments: Mapping[Voter, Fraction]
    tied: tuple[Item, ...]

    @property
    def effective_votes(self) -> Fraction:
        """How many full payers would have asked as much of each (equalshares.net)."""
        return 1 / self.rho


@dataclass(frozen=True, slots=True)
class FairSet(Generic[Item, Voter]):
    """What won and why: rounds that were paid for, then what approvals alone filled up.

    `share` is what everybody was given at last, `equal_part` the budget divided by the voters.
    """

    budget: int
    equal_part: Fraction
    share: Fraction
    rounds: tuple[Round[Item, Voter], ...]
    filled: tuple[Item, ...]
    plain: tuple[Item, ...]

    @property
    def winners(self) -> tuple[Item, ...]:
        """In the order of winning."""
        return (*(each.item for each in self.rounds), *self.filled)

    @property
    def only_fair(self) -> tuple[Item, ...]:
        """What won and plain majority would not have chosen."""
        return tuple(item for item in self.winners if item not in set(self.plain))

    @property
    def only_plain(self) -> tuple[Item, ...]:
        """What plain majority would have chosen and did not win."""
        return tuple(item for item in self.plain if item not in set(self.winners))


def fair_set(
    items: Sequence[Item],
    approvals: Approvals[Voter, Item],
    seats: int,
    completion: Completion = Completion.ADD_ONE_THEN_APPROVALS,
) -> FairSet[Item, Voter]:
    """A fair set of at most `seats` items (Peters and Skowron 2020), items in the order of proposal.

    Everybody in `approvals` has seats / people to spend, an item costs 1, ties go to the earliest proposal.
    Add-one gives everybody 1 / people more, which is one seat more in all, while the set stays within the
    seats. Raises ValueError on an item that is listed twice or not at all, and on fewer than one seat.
    """
    ballots = seat_ballots(items, approvals, seats)
    return _choose(ballots, completion, step=Fraction(1, ballots.people or 1))


def fair_budget(
    costs: Mapping[Item, int],
    approvals: Approvals[Voter, Item],
    budget: int,
    completion: Completion = Completion.ADD_ONE_THEN_APPROVALS,
    step: int = 1,
) -> FairSet[Item, Voter]:
    """A fair set within a budget (Peters, Pierczyński and Skowron 2021); the use of an item is its cost.

    Ties go to the lowest cost, then to the most approvals, then to the earliest proposal. Add-one gives
    everybody `step` more, one unit of money, while the set stays affordable.
    Raises ValueError as `fair_set` does, and on a cost, budget or step that is not a whole number above 0.
    """
    ballots = cost_ballots(costs, approvals, budget)
    if step <= 0:
        raise ValueError(f"The step must be above 0, not {step!r}.")
    return _choose(ballots, completion, Fraction(step))


def _choose(ballots: Ballots[Item, Voter], completion: Completion, step: Fraction) -> FairSet[Item, Voter]:
    equal_part = Fraction(ballots.budget, ballots.people or 1)
    share, bought = equal_part, list(purchases(ballots, equal_part))
    if completion is not Completion.NONE:
        share, bought = _complete(ballots, share, bought, step)
    places = [purchase.item for purchase in bought]
    filled = most_approved(ballots, places) if completion is Completion.ADD_ONE_THEN_APPROVALS else []
    return FairSet(
        ballots.budget,
        equal_part,
        share,
        tuple(_round(ballots, purchase) for purchase in bought),
        tuple(ballots.items[item] for item in filled),
        tuple(ballots.items[item] for item in most_approved(ballots)),
    )


def _complete(
    ballots: Ballots[Item, Voter], share: Fraction, bought: list[Purchase], step: Fraction
) -> tuple[Fraction, list[Purchase]]:
    """The last share, and what it buys, before nothing is left to spend or the next would buy too much.

    It ends: a share as large as the dearest item buys all.
    """
    most = min(ballots.budget, ballots.cost_of(ballots.eligible))
    if (idle := ceil((_least_share(ballots, most) - share) / step) - 1) > 0:
        share += idle * step
        bought = list(purchases(ballots, share))
    while ballots.cost_of(purchase.item for purchase in bought) < most:
        tried = _within_budget(ballots, share + step)
        if tried is None:
            break
        share, bought = share + step, tried
    return share, bought


def _least_share(ballots: Ballots[Item, Voter], most: int) -> Fraction:
    """With less than this nothing can cost `most`: too little money in all, or too few items within reach."""
    votes, eligible = ballots.votes, ballots.eligible
    spenders = {group for item in eligible for group in ballots.backers[item]}
    least = Fraction(most, sum(len(ballots.groups[group]) for group in spenders) or 1)
    within_reach = 0
    for reach, item in sorted((Fraction(ballots.costs[item], votes[item]), item) for item in eligible):
        within_reach += ballots.costs[item]
        if within_reach >= most:
            return max(least, reach)
    return least


def _within_budget(ballots: Ballots[Item, Voter], share: Fraction) -> list[Purchase] | None:
    bought, spent = [], 0
    for purchase in purchases(ballots, share):
        spent += ballots.costs[purchase.item]
        if spent > ballots.budget:
            return None
        bought.append(purchase)
    return bought


def _round(ballots: Ballots[Item, Voter], purchase: Purchase) -> Round[Item, Voter]:
    payments = {
        voter: amount
        for group, part in purchase.paid.items()
        for amount in [Fraction(part, purchase.parts)]
        for voter in ballots.groups[group]
    }
    return Round(
        ballots.items[purchase.item],
        ballots.costs[purchase.item],
        Fraction(*purchase.rho),
        payments,
        tuple(ballots.items[item] for item in purchase.tied),
    )

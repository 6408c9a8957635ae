"""What plain majority would choose: most approvals first."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from cocreate.indicators.shares.ballots import Approvals, Ballots, Item, Voter, cost_ballots, seat_ballots


def plain_set(items: Sequence[Item], approvals: Approvals[Voter, Item], seats: int) -> tuple[Item, ...]:
    """The items with most approvals; among equals the earliest proposal."""
    ballots = seat_ballots(items, approvals, seats)
    return tuple(ballots.items[item] for item in most_approved(ballots))


def plain_budget(
    costs: Mapping[Item, int], approvals: Approvals[Voter, Item], budget: int
) -> tuple[Item, ...]:
    """Down the list by approvals, each item that still fits; among equals the earliest proposal."""
    ballots = cost_ballots(costs, approvals, budget)
    return tuple(ballots.items[item] for item in most_approved(ballots))


def most_approved(ballots: Ballots[Any, Any], chosen: Collection[int] = ()) -> list[int]:
    """What approvals alone add to what is chosen, in order; what nobody approves of is never added."""
    votes = ballots.votes
    room = ballots.budget - ballots.cost_of(chosen)
    added = []
    for item in sorted(ballots.fits(chosen), key=lambda item: (-votes[item], item)):
        if ballots.costs[item] <= room:
            room -= ballots.costs[item]
            added.append(item)
    return added

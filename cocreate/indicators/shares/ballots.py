"""Who approves of what, made ready for counting."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)
Voter = TypeVar("Voter", bound=Hashable)
Approvals = Mapping[Voter, Collection[Item]]


@dataclass(frozen=True, slots=True)
class Ballots(Generic[Item, Voter]):
    """Items by place, the earliest proposal first; people who approve of the same are one group.

    `budget` and `costs` are whole numbers (seats: each item costs 1). `turns` says who goes first among
    equals, the lowest first.
    """

    items: tuple[Item, ...]
    costs: tuple[int, ...]
    budget: int
    groups: tuple[tuple[Voter, ...], ...]
    backers: tuple[tuple[int, ...], ...]  # per item, the groups that approve of it
    turns: tuple[int, ...]

    @property
    def people(self) -> int:
        """How many there are, with those who approve of nothing."""
        return sum(map(len, self.groups))

    @property
    def votes(self) -> list[int]:
        """How many approve of each item."""
        return [sum(len(self.groups[group]) for group in backers) for backers in self.backers]

    @property
    def eligible(self) -> list[int]:
        """The items that somebody approves of and that the budget could pay for."""
        return [item for item, cost in enumerate(self.costs) if self.backers[item] and cost <= self.budget]

    def cost_of(self, places: Iterable[int]) -> int:
        """What these cost together."""
        return sum(self.costs[item] for item in places)

    def fits(self, chosen: Iterable[int]) -> list[int]:
        """The eligible items that could still be had beside those chosen."""
        taken = set(chosen)
        room = self.budget - self.cost_of(taken)
        return [item for item in self.eligible if item not in taken and self.costs[item] <= room]


def seat_ballots(
    items: Sequence[Item], approvals: Approvals[Voter, Item], seats: int
) -> Ballots[Item, Voter]:
    """Every item costs one seat; among equals the earliest proposal goes first."""
    costs = dict.fromkeys(items, 1)
    if len(costs) < len(items):
        raise ValueError("An item stands twice in the list.")
    groups, backers = _grouped(costs, approvals)
    _demand_whole("the number of seats", seats)
    return Ballots(tuple(costs), (1,) * len(costs), seats, groups, backers, tuple(range(len(costs))))


def cost_ballots(
    costs: Mapping[Item, int], approvals: Approvals[Voter, Item], budget: int
) -> Ballots[Item, Voter]:
    """Among equals the cheapest goes first, then the one with most approvals, then the earliest proposal."""
    groups, backers = _grouped(costs, approvals)
    _demand_whole("the budget", budget)
    for item, cost in costs.items():
        _demand_whole(f"the cost of {item!r}", cost)
    amounts = tuple(costs.values())
    votes = [sum(len(groups[group]) for group in mine) for mine in backers]
    order = sorted(range(len(amounts)), key=lambda place: (amounts[place], -votes[place], place))
    turns = [0] * len(order)
    for turn, place in enumerate(order):
        turns[place] = turn
    return Ballots(tuple(costs), amounts, budget, groups, backers, tuple(turns))


def _demand_whole(what: str, amount: object) -> None:
    """A share of nothing buys everything, and a rounded one makes ties by chance."""
    if not isinstance(amount, int) or amount <= 0:
        raise ValueError(f"{what[0].upper()}{what[1:]} must be a whole number above 0, not {amount!r}.")


def _grouped(
    items: Collection[Item], approvals: Approvals[Voter, Item]
) -> tuple[tuple[tuple[Voter, ...], ...], tuple[tuple[int, ...], ...]]:
    alike: dict[frozenset[Item], list[Voter]] = defaultdict(list)
    for voter, approved in approvals.items():
        alike[frozenset(approved)].append(voter)
    backers: dict[Item, list[int]] = {item: [] for item in items}
    for group, theirs in enumerate(alike):
        for item in theirs:
            if item not in backers:
                raise ValueError(f"Somebody approves of {item!r}, which is not in the list.")
            backers[item].append(group)
    return tuple(map(tuple, alike.values())), tuple(map(tuple, backers.values()))

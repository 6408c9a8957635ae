"""One run of the method of equal shares: everybody starts with the same and pays for what they approve of."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from typing import Any

from cocreate.indicators.shares.ballots import Ballots


@dataclass(frozen=True, slots=True)
class Purchase:
    """An item that was paid for: by group what each of its people paid, as whole numbers of 1 / `parts`."""

    item: int
    rho: tuple[int, int]
    paid: dict[int, int]
    parts: int
    tied: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Price:
    """Who have less than left / payers pay all they have; the other `payers` share what is `left`."""

    item: int
    left: int
    payers: int
    cost: int
    near: float

    def exceeds(self, other: "Price") -> bool:
        """Whether this asks more for each unit of cost, exactly."""
        return self.left * other.payers * other.cost > other.left * self.payers * self.cost


def purchases(ballots: Ballots[Any, Any], share: Fraction) -> Iterator[Purchase]:
    """Buys with this share for everybody, until nobody's money is enough for anything they approve of.

    Each round buys the item of least ρ = q / cost, where q is the most that anyone pays when its backers
    share the cost as equally as they can: Σ min(money, q) = cost. ρ only grows from round to round, so an
    item is looked at again only when what it asked before is less than the best found now. All is exact.
    """
    purse = Purse(ballots, share)
    asked = dict.fromkeys(ballots.eligible, 0.0)
    while best := _cheapest(purse, asked):
        best.sort(key=lambda price: ballots.turns[price.item])
        del asked[best[0].item]
        yield purse.pay(best[0], tied=tuple(price.item for price in best[1:]))


def _cheapest(purse: "Purse", asked: dict[int, float]) -> list[Price]:
    """The items that ask least, all of them; forgets those that cannot be paid for any more.

    A quotient of two whole numbers is rounded correctly, so where two floats differ they tell the order;
    where they do not, whole numbers decide.
    """
    found: list[Price] = []
    for item in sorted(asked, key=asked.__getitem__):
        if found and asked[item] > found[0].near:
            break
        price = purse.price(item)
        if price is None:
            del asked[item]
            continue
        asked[item] = price.near
        if not found or found[0].exceeds(price):
            found = [price]
        elif not price.exceeds(found[0]):
            found.append(price)
    return found


class Purse:
    """What each person of each group still has: whole numbers over one denominator, so nothing is rounded."""

    def __init__(self, ballots: Ballots[Any, Any], share: Fraction) -> None:
        self._costs = ballots.costs
        self._sizes = [len(group) for group in ballots.groups]
        self._parts = share.denominator
        self._money = [share.numerator] * len(self._sizes)
        self._backers = [list(backers) for backers in ballots.backers]

    def price(self, item: int) -> Price | None:
        """What the item asks of its backers, or nothing when they have too little."""
        money, sizes, cost = self._money, self._sizes, self._costs[item]
        rich = self._backers[item] = [group for group in self._backers[item] if money[group]]
        left = cost * self._parts
        while rich:
            payers = sum([sizes[group] for group in rich])
            too_little = (left - 1) // payers  # money < left / payers, in whole numbers
            poor = [group for group in rich if money[group] <= too_little]
            if not poor:
                return Price(item, left, payers, cost, left / (payers * cost * self._parts))
            left -= sum([sizes[group] * money[group] for group in poor])
            rich = [group for group in rich if money[group] > too_little]
        return None

    def pay(self, price: Price, tied: tuple[int, ...]) -> Purchase:
        """Take the price from its backers."""
        finer = price.payers // gcd(price.left, price.payers)
        if finer > 1:
            self._parts *= finer
            self._money = [amount * finer for amount in self._money]
        each = price.left * finer // price.payers
        paid = {group: min(each, self._money[group]) for group in self._backers[price.item]}
        for group, amount in paid.items():
            self._money[group] -= amount
        return Purchase(price.item, (each, price.cost * self._parts), paid, self._parts, tied)

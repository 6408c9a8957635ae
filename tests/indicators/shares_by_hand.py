"""The method of equal shares counted slowly, by the words of docs/fair-set.md alone."""

from collections.abc import Callable, Collection, Mapping
from fractions import Fraction

Approvals = Mapping[int, Collection[int]]
Turn = Callable[[int], object]


def rho(cost: int, purses: list[Fraction]) -> Fraction | None:
    """The least r so that everybody paying r · cost, or all they have, makes up the cost."""
    purses = sorted(purses)
    for poor in range(len(purses)):
        each = Fraction(cost - sum(purses[:poor])) / (len(purses) - poor)
        if each <= purses[poor]:
            return each / cost
    return None


def one_run(costs: Mapping[int, int], approvals: Approvals, share: Fraction, turn: Turn) -> list[int]:
    """What a share for everybody buys, in order."""
    money = dict.fromkeys(approvals, share)
    bought: list[int] = []
    while True:
        asked = {}
        for item, cost in costs.items():
            found = rho(cost, [money[voter] for voter, approved in approvals.items() if item in approved])
            if item not in bought and found is not None:
                asked[item] = found
        if not asked:
            return bought
        best = min(asked, key=lambda item: (asked[item], turn(item)))
        for voter, approved in approvals.items():
            if best in approved:
                money[voter] -= min(money[voter], asked[best] * costs[best])
        bought.append(best)


def with_add_one(
    costs: Mapping[int, int], approvals: Approvals, budget: int, step: Fraction, turn: Turn
) -> tuple[Fraction, list[int]]:
    """The last share before all is spent or bought, or the next would spend too much; and what it buys."""
    costs = {
        item: cost
        for item, cost in costs.items()
        if cost <= budget and any(item in approved for approved in approvals.values())
    }
    share = Fraction(budget, len(approvals) or 1)
    bought = one_run(costs, approvals, share, turn)
    while len(bought) < len(costs) and sum(costs[item] for item in bought) < budget:
        more = one_run(costs, approvals, share + step, turn)
        if sum(costs[item] for item in more) > budget:
            break
        share, bought = share + step, more
    return share, bought

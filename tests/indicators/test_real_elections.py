"""Winners that cities and the authors of the rule published are found again."""

from fractions import Fraction

import pytest

from cocreate.indicators.shares import Completion, fair_budget, fair_set, plain_budget, voice_shares
from tests.indicators.elections import committees, election

pytestmark = pytest.mark.timeout(240)  # the first time, the elections are fetched

CITIES_BY_MAJORITY = [
    "poland_lodz_2024_.pb",
    "poland_warszawa_2024_bemowo.pb",
    "poland_warszawa_2024_mokotow.pb",
    "poland_warszawa_2024_praga-poludnie.pb",
    "poland_warszawa_2024_ursynow.pb",
]


def test_the_green_million_of_wieliczka_2023():
    """The first city to use the rule. equalshares.net/elections/zielony-milion holds the figures below."""
    held = election("pabumeasures", "wieliczka_2023_green-budget.pb")
    fair = fair_budget(held.costs, held.approvals, held.budget)
    assert set(fair.winners) == held.selected
    assert len(fair.winners) == 30
    assert sum(held.costs[project] for project in fair.winners) == 995_079
    assert (len(fair.only_plain), sum(held.votes[project] for project in fair.only_plain)) == (4, 1453)
    assert (len(fair.only_fair), sum(held.votes[project] for project in fair.only_fair)) == (11, 2414)
    (everybody,) = voice_shares(fair, held.approvals, {})
    assert everybody.people == 6586
    assert round(100 - 100 * everybody.fair.at_least_one / everybody.people) == 18
    assert round(100 - 100 * everybody.plain.at_least_one / everybody.people) == 28
    assert 1.61 <= everybody.fair.average < 1.62
    assert 1.47 <= everybody.plain.average < 1.48


def test_the_budget_of_swiecie_2024():
    """Held in 2023; equalshares.net/swiecie/2024 holds the figures below.

    First what is too dear for its votes is left out: votes / voters < cost / three budgets.
    """
    held = election("pabumeasures", "swiecie_2023_.pb")
    costs = {
        project: cost
        for project, cost in held.costs.items()
        if Fraction(held.votes[project], len(held.approvals)) >= Fraction(cost, 3 * held.budget)
    }
    assert len(held.costs) - len(costs) == 1
    approvals = {voter: set(approved) & costs.keys() for voter, approved in held.approvals.items()}
    fair = fair_budget(costs, approvals, held.budget)
    assert len(fair.winners) == 17
    assert sum(costs[project] for project in fair.winners) == 1_040_337
    assert (int(fair.equal_part), int(fair.share * 100)) == (419, 66_111)


@pytest.mark.parametrize("city", CITIES_BY_MAJORITY)
def test_what_plain_majority_chose_in_cities(city: str):
    held = election("pabumeasures", city)
    assert set(plain_budget(held.costs, held.approvals, held.budget)) == held.selected


def test_the_committees_that_abcvoting_expects():
    """With one cost for all. Where a run would end above the seats, abcvoting cuts it off; we do not."""
    full = 0
    for each in committees("equal-shares-with-increment-completion"):
        fair = fair_set(each.items, each.approvals, each.seats, Completion.ADD_ONE)
        if len(fair.winners) == each.seats:
            assert set(fair.winners) in map(set, each.expected)
            full += 1
    assert full == 391

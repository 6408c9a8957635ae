"""Choosing a fair set: CPU, the median of a few turns."""

from collections.abc import Callable
from random import Random
from statistics import median
from time import process_time

from benchmarks import Row, at_most
from cocreate.indicators.shares import fair_budget, fair_set, voice_shares

PEOPLE, ITEMS, VOICES = 500, 200, 6
TURNS = 5
LIMIT = 2  # s

Approvals = dict[int, list[int]]


def main() -> list[Row]:
    """Measure; gives the rows."""
    chance = Random(1)
    few = {voter: chance.sample(range(ITEMS), 5) for voter in range(PEOPLE)}
    many = {voter: chance.sample(range(ITEMS), ITEMS // 3) for voter in range(PEOPLE)}
    absent = {voter: approved if voter % 2 else [] for voter, approved in few.items()}
    popular = {
        voter: [item for item in range(ITEMS) if chance.random() < 0.8 * (item + 1) ** -0.7]
        for voter in range(PEOPLE)
    }
    costs = {item: chance.randint(500, 5_000) for item in range(ITEMS)}
    return [
        _row("20 of 200 indicators, 500 people who approve of 5 each", lambda: _told(few, 20)),
        _row("… who approve of a third", lambda: _told(many, 20)),
        _row("… who mostly approve of the same", lambda: _told(popular, 20)),
        _row("… half of whom approve of nothing", lambda: _told(absent, 20)),
        _row("100 of 200 indicators, who mostly approve of the same", lambda: _told(popular, 100)),
        _row("199 of 200 indicators, who mostly approve of the same", lambda: _told(popular, 199)),
        _row(
            "A budget of 100,000 over 200 items, 500 people, in steps of 1",
            lambda: fair_budget(costs, few, 100_000),
        ),
    ]


def _told(approvals: Approvals, seats: int) -> None:
    """Chosen, and told to each voice."""
    fair = fair_set(range(ITEMS), approvals, seats)
    voice_shares(fair, approvals, {voter: voter % VOICES for voter in approvals})


def _row(name: str, work: Callable[[], object]) -> Row:
    return at_most(name, round(median(_took(work) for _ in range(TURNS)), 2), LIMIT, "s CPU")


def _took(work: Callable[[], object]) -> float:
    began = process_time()
    work()
    return process_time() - began

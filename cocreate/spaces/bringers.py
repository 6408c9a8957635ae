"""Who knows answers of others, as they brought these people in: docs/disclosure.md says what follows."""

from collections import Counter
from collections.abc import Sequence
from itertools import chain

Bringers = frozenset[
    str
]  # who brought somebody in, or typed over what they wrote; nobody: they came themselves


def are_enough(people: Sequence[Bringers], threshold: int) -> bool:
    """Whether these are shown as one: to all of them together, and to each who brought some of them in."""
    return len(people) >= threshold and may_stand_together(people, threshold)


def may_stand_together(people: Sequence[Bringers], threshold: int) -> bool:
    """Whether each bringer who leaves out their own people is left with nobody, or with enough people.

    People who came in themselves never stand with people who were brought in: nobody makes up their number.
    """
    if len(set(people)) == 1:
        return True
    others = [len(people) - number for number in _numbers(people).values()]
    return all(people) and all(number == 0 or number >= threshold for number in others)


def known_to_one(people: Sequence[Bringers]) -> int:
    """How many of these one bringer knows at most, of those who do not know them all."""
    return max((number for number in _numbers(people).values() if number < len(people)), default=0)


def _numbers(people: Sequence[Bringers]) -> Counter[str]:
    return Counter(chain.from_iterable(people))

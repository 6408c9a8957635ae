"""Made-up rounds: who answered what and when, and who came later, changed their mind or withdrew."""

import random

from cocreate.indicators.disclosure import Guard
from tests.indicators.attacker import Datum, Glance, History, Told

SCALES = [range(2), range(3), range(1, 6), range(11)]


def make_guard(rng: random.Random) -> Guard:
    """Mostly as the product has it."""
    guard = Guard(
        inside=rng.choice([5, 5, 5, 3, 4, 6]), steady=rng.random() < 0.7, by_voice=rng.random() < 0.8
    )
    return guard.for_sensitive() if rng.random() < 0.2 else guard


def make_gathering(rng: random.Random, on_paper: bool = False) -> tuple[History, dict[Datum, int]]:
    """Up to 28 people of up to four voices in up to three rounds, and what they answered.

    On paper most of it is typed over after the round closed, a sheet or a whole table at a time.
    """
    people = {
        f"{rng.randrange(10**6):06}-{number}": rng.choice("aaabbcd"[: rng.randint(1, 7)])
        for number in range(rng.randint(5, 28))
    }
    bringers = _bringers(rng, people)
    told = _Telling(rng, people, bringers, rng.choice(SCALES), parts=rng.choice([1, 1, 1, 2]))
    for place in range(rng.choice([1, 1, 2, 3])):
        (told.hold_on_paper if on_paper else told.hold)(place)
    return History(told.options, tuple(told.happened)), told.values


def _bringers(rng: random.Random, people: dict[str, str]) -> dict[str, frozenset[str]]:
    """Who was brought in by whom: mostly nobody; else many by one, or by several, some by two at once."""
    sets = rng.choice(
        [[""], ["", "x"], ["", "x", "x", "x", "x", "x"], ["", "x", "y"], ["x", "y", "z", "", "xy"]]
    )
    return {person: frozenset(rng.choice(sets)) for person in people}


class _Telling:
    def __init__(
        self,
        rng: random.Random,
        people: dict[str, str],
        bringers: dict[str, frozenset[str]],
        options: range,
        parts: int,
    ) -> None:
        self.rng, self.people, self.bringers, self.options, self.parts = rng, people, bringers, options, parts
        self.happened: list[Told | Glance] = []
        self.values: dict[Datum, int] = {}
        self.taste = {voice: self._taste() for voice in "abcd"}

    def _taste(self) -> list[float]:
        """How a voice tends to answer: any way, much alike, or all the same."""
        alike = self.rng.choice([0.2, 1.0, 3.0, 30.0])
        middle = self.rng.choice(self.options)
        return [2.0 ** (-alike * abs(option - middle)) for option in self.options]

    def hold(self, place: int) -> None:
        """People answer in some order, the round closes, and more happens, also in earlier rounds."""
        came = [person for person in self.people if self.rng.random() < self.rng.choice([0.7, 0.95])]
        self.rng.shuffle(came)
        for person in came:
            self.tell(place, person)
            if self.rng.random() < 0.12:
                self.happened.append(Glance(place, is_closed=False))
        self.happened.append(Glance(place, is_closed=True))
        for _ in range(self.rng.randint(0, 6)):
            self.afterwards(self.rng.randint(0, place))

    def hold_on_paper(self, place: int) -> None:
        """Few answer before the round closes; the others come in after it, watched as closely as can be."""
        came = [person for person in self.people if self.rng.random() < self.rng.choice([0.7, 0.95])]
        self.rng.shuffle(came)
        early = self.rng.randint(0, len(came) // 2)
        for person in came[:early]:
            self.tell(place, person)
        self.happened.append(Glance(place, is_closed=True))
        looks = self.rng.choice([1.0, 0.5, 0.1])  # after each sheet, or after some, or after tables
        for person in came[early:]:
            self.tell(place, person)
            if self.rng.random() < looks:
                self.happened.append(Glance(place, is_closed=True))
            if self.rng.random() < 0.1:
                self.afterwards(self.rng.randint(0, place))
        self.happened.append(Glance(place, is_closed=True))  # the days for typing over are past

    def afterwards(self, place: int) -> None:
        """One person comes late, changes their mind or withdraws, or a whole group comes in."""
        number = self.rng.choice([1, 1, 1, 6])
        for person in self.rng.sample(sorted(self.people), min(number, len(self.people))):
            self.tell(place, person, withdraws=number == 1 and self.rng.random() < 0.5)
        if self.rng.random() < 0.8:
            self.happened.append(Glance(place, is_closed=True))

    def tell(self, place: int, person: str, withdraws: bool = False) -> None:
        voice = self.people[person]
        is_missing = withdraws or self.rng.random() < 0.05
        parts = 0 if is_missing else self.parts
        told = Told(len(self.happened), place, person, voice, parts, self.bringers[person])
        self.happened.append(told)
        for datum in told.data:
            self.values[datum] = self.rng.choices(self.options, self.taste[voice])[0]

"""Somebody who sees everything that is ever shown, and wants to know what one other person answered.

They know who is in which voice, and when each answered, changed their mind or withdrew; what they answered
themselves; and how the figures are made. They do not know what others answered.
"""

import itertools
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from cocreate.impacts.rules import Circle

Datum = tuple[int, int]  # one answer that somebody gave, and which part of it
Values = Mapping[Datum, int]


@dataclass(frozen=True)
class Told:
    """Somebody told something in a round. Without parts it is a withdrawal."""

    number: int
    round: int
    person: str
    voice: str
    parts: int
    brought_by: frozenset[str] = frozenset()

    @cached_property
    def data(self) -> list[Datum]:
        return [(self.number, part) for part in range(self.parts)]


@dataclass(frozen=True)
class Glance:
    """The moment at which the attacker looks at a round."""

    round: int
    is_closed: bool


@dataclass(frozen=True)
class History:
    """What everybody can know happened, in its order, and which answers there were to choose from."""

    options: range
    happened: tuple[Told | Glance, ...]

    @property
    def told(self) -> list[Told]:
        return [each for each in self.happened if isinstance(each, Told)]


@dataclass(frozen=True)
class Look:
    """One figure: of which answers it is made, how often each is told, or only their sum."""

    circle: Circle
    data: frozenset[Datum]
    counts: tuple[tuple[int, int], ...] = ()
    total: int | None = None

    @property
    def untold(self) -> int:
        return len(self.data) - sum(times for _value, times in self.counts)

    @property
    def is_exact(self) -> bool:
        return self.total is not None or not self.untold


class Publisher(Protocol):
    """Whatever shows figures of a round as it is now: by person the last thing they told, if any."""

    def show(self, glance: Glance, now: Mapping[str, Told], values: Values) -> list[Look]: ...

    def together(self) -> list[frozenset[Datum]]:
        """Which answers stand together, as who knows how figures are made knows."""


@dataclass(frozen=True)
class Found:
    """What the attacker found out, and about whom."""

    how: str
    people: frozenset[str]
    coalition: tuple[str, ...] = ()


def play(history: History, values: Values, publisher: Publisher) -> list[Look]:
    """Everything that was shown, glance after glance."""
    return list(itertools.chain.from_iterable(_glances(history, values, publisher)))


def is_just_so(history: History, values: Values, publisher: Publisher, looks: Sequence[Look]) -> bool:
    """Whether exactly this would have been shown."""
    seen = 0
    for glance in _glances(history, values, publisher):
        if glance != looks[seen : seen + len(glance)]:
            return False
        seen += len(glance)
    return seen == len(looks)


def _glances(history: History, values: Values, publisher: Publisher) -> Iterator[list[Look]]:
    now: dict[int, dict[str, Told]] = defaultdict(dict)
    for each in history.happened:
        if isinstance(each, Glance):
            yield publisher.show(each, now[each.round], values)
        elif each.parts:
            now[each.round][each.person] = each
        else:
            now[each.round].pop(each.person, None)


# By algebra: which small groups have an exact sum?


def small_sums(
    looks: Iterable[Look],
    threshold: int,
    same: Callable[[Datum], object] = lambda datum: datum,
    known: frozenset[Datum] = frozenset(),
) -> list[frozenset[object]]:
    """Groups of fewer than the threshold that sums and differences of exact figures single out.

    At most 20,000 are tried. `same` names what two answers have in common that are taken to be alike; what
    is `known` is subtracted.
    """
    left_out = set(map(same, known))
    rows = {frozenset(map(same, look.data)) - left_out for look in looks if look.is_exact} - {frozenset()}
    atoms = atoms_of(rows)
    small = [place for place, atom in enumerate(atoms) if len(atom) < threshold]
    if not small:
        return []
    matrix = np.array([[float(atom <= row) for atom in atoms] for row in rows])
    _u, sizes, v = np.linalg.svd(matrix)
    null = v[int((sizes > 1e-9).sum()) :]
    found = []
    several = itertools.chain.from_iterable(
        itertools.combinations(small, number) for number in range(1, threshold)
    )
    for chosen in itertools.islice(several, 20_000):
        people = frozenset().union(*(atoms[place] for place in chosen))
        if len(people) < threshold and np.abs(null[:, list(chosen)].sum(axis=1)).max(initial=0) < 1e-9:
            found.append(people)
    return found


def atoms_of(groups: Iterable[frozenset]) -> list[frozenset]:
    """The smallest sets of which all these are made."""
    marks = defaultdict(list)
    for number, group in enumerate(groups):
        for each in group:
            marks[each].append(number)
    atoms = defaultdict(set)
    for each, mark in marks.items():
        atoms[tuple(mark)].add(each)
    return [frozenset(atom) for atom in atoms.values()]


# By whole numbers: which answers of one person fit all that is shown?


def fitting_answers(
    target: object,
    looks: Sequence[Look],
    options: range,
    known: Mapping[object, int],
    same: Callable[[Datum], object] = lambda datum: datum,
) -> set[int]:
    """The answers that the target can have given, by the figures alone. Exact: it tries until one fits."""
    rows = [(frozenset(map(same, look.data)), look) for look in looks]
    atoms = atoms_of(row for row, _look in rows)
    home = next((atom for atom in atoms if target in atom), None)
    if home is None:
        return set(options)
    near, reached = {home}, set(home)
    while more := [row for row, _look in rows if row & reached and not row <= reached]:
        reached |= frozenset().union(*more)
    near = [home, *sorted((atom for atom in atoms if atom <= reached and atom != home), key=len)]
    near_rows = [(row, look) for row, look in rows if row <= reached]
    known_near = {each: known[each] for each in reached if each in known}
    return {answer for answer in options if _fits(near, near_rows, options, {**known_near, target: answer})}


def _fits(atoms, rows, options, known) -> bool:
    """Whether some way of answering agrees with every figure."""
    fixed = [Counter(known[each] for each in atom if each in known) for atom in atoms]
    free = [sum(each not in known for each in atom) for atom in atoms]
    inside = [[atom <= row for row, _look in rows] for atom in atoms]

    def deeper(place: int, sums: list[Counter], open_: list[int]) -> bool:
        if not all(_can_still(look, sums[n], open_[n], options) for n, (_row, look) in enumerate(rows)):
            return False
        if place == len(atoms):
            return True
        for chosen in _spread(free[place], list(options)):
            after = [c + chosen if inside[place][n] else c for n, c in enumerate(sums)]
            left = [o - free[place] if inside[place][n] else o for n, o in enumerate(open_)]
            if deeper(place + 1, after, left):
                return True
        return False

    start = [
        sum((fixed[place] for place in range(len(atoms)) if inside[place][n]), Counter())
        for n in range(len(rows))
    ]
    room = [sum(free[place] for place in range(len(atoms)) if inside[place][n]) for n in range(len(rows))]
    return deeper(0, start, room)


def _can_still(look: Look, sums: Counter, room: int, options: range) -> bool:
    if look.total is not None:
        so_far = sum(value * times for value, times in sums.items())
        return so_far + room * options[0] <= look.total <= so_far + room * options[-1]
    told = dict(look.counts)
    short = sum(max(0, times - sums[value]) for value, times in told.items())
    over = sum(max(0, times - told.get(value, 0)) for value, times in sums.items())
    return short <= room and over <= look.untold


def _spread(people: int, options: Sequence[int]) -> Iterator[Counter]:
    """Every way in which so many people can have answered."""
    for chosen in itertools.combinations_with_replacement(options, people):
        yield Counter(chosen)


# By worlds: could all have looked just the same with another answer of this person?


def unmasked(
    history: History,
    values: Values,
    publisher: Callable[[], Publisher],
    coalition: tuple[str, ...] = (),
    proven: list[set[Datum]] | None = None,
) -> list[Found]:
    """Whose answers a coalition knows for sure, because in no other world would it have seen what it saw.

    A world with another answer of somebody that shows exactly the same, made by the very same publisher,
    proves that nobody can be sure of them, even knowing how figures are made. Where none is found, whole
    numbers tell whether the figures alone give it away. `proven` keeps in what other worlds differ, for
    other coalitions.
    """
    true = publisher()
    looks = play(history, values, true)
    people = {datum: each.person for each in history.told for datum in each.data}
    proven = [] if proven is None else proven
    own = {datum for datum, person in people.items() if person in coalition}
    safe = own.union(*(changed for changed in proven if not changed & own))
    atoms = atoms_of([*{look.data for look in looks}, *true.together()])
    for world in _worlds(atoms, values, history.options, safe, own):
        changed = {datum for datum, value in world.items() if value != values[datum]}
        if not changed <= safe and is_just_so(history, world, publisher(), looks):
            safe |= changed
            proven.append(changed)
        if len(safe) == len(people):
            return []
    known = {datum: values[datum] for datum in own}
    found = []
    for datum in sorted(set(people) - safe):
        answers = fitting_answers(datum, looks, history.options, known)
        how = "certain" if len(answers) == 1 else "no other world"
        found.append(Found(how, frozenset([people[datum]]), coalition))
    return found


def _worlds(
    atoms: Sequence[frozenset], values: Values, options: range, safe: set[Datum], known: set[Datum]
) -> Iterator[dict[Datum, int]]:
    """Other worlds that may look the same; answers that are safe by now need no other."""
    classes = [sorted(atom - known) for atom in atoms]
    yield {**values, **_elsewhere(values, classes, options, known)}
    yield {**values, **dict(itertools.chain.from_iterable(_turned(some, values) for some in classes if some))}
    for at_once in itertools.zip_longest(*classes):
        yield {
            **values,
            **{each: _next(values[each], 1, options) for each in at_once if each not in {None, *safe}},
        }
    for members in classes:
        yield from _alike(members, values, options, safe)
    for one in (datum for datum in values if datum not in safe):
        yield from _exchanged(one, values, options, safe, known)


def _alike(members, values, options, safe) -> Iterator[dict[Datum, int]]:
    """All of them gave the same answer."""
    for answer in options:
        if any(member not in safe for member in members):
            yield {**values, **dict.fromkeys(members, answer)}


def _exchanged(one, values, options, safe, known) -> Iterator[dict[Datum, int]]:
    """One gave another answer, perhaps the one that somebody else gave, who then gave theirs."""
    others = [datum for datum in values if datum not in known and values[datum] != values[one]]
    for step in range(1, len(options)):
        if one not in safe:
            yield {**values, one: _next(values[one], step, options)}
    for other in others:
        if one not in safe:
            yield {**values, one: values[other], other: values[one]}


def _elsewhere(values: Values, classes, options: range, known) -> dict[Datum, int]:
    """What was never shown, with another answer."""
    shown = set(itertools.chain.from_iterable(classes)) | known
    return {datum: _next(value, 1, options) for datum, value in values.items() if datum not in shown}


def _next(value: int, step: int, options: range) -> int:
    return options[(options.index(value) + step) % len(options)]


def _turned(members: Sequence[Datum], values: Values) -> list[tuple[Datum, int]]:
    """The same answers among the same people, given by others of them."""
    ordered = sorted(members, key=lambda each: values[each])
    step = max(Counter(values[each] for each in ordered).values())
    return [(each, values[ordered[(place + step) % len(ordered)]]) for place, each in enumerate(ordered)]


def brought(history: History) -> dict[str, frozenset[str]]:
    """The people of whom one bringer knows what they answered, by bringer."""
    found = defaultdict(set)
    for each in history.told:
        for bringer in each.brought_by:
            found[bringer].add(each.person)
    return {bringer: frozenset(people) for bringer, people in sorted(found.items())}


def coalitions(history: History, values: Values, groups: Iterable[frozenset], rng: random.Random):
    """Nobody but themselves; two at random; and the two who differ from all others, where it hurts most.

    And each who brought people in: they know what all of these answered, and two more tell them.
    """
    people = {datum: each.person for each in history.told for datum in each.data}
    everybody = sorted(set(people.values()))
    yield ()
    if not everybody:
        return  # everybody took back what they told
    yield (rng.choice(everybody),)
    yield tuple(rng.sample(everybody, min(2, len(everybody))))
    atoms = atoms_of(groups)
    rng.shuffle(atoms)
    for group in atoms[:4]:
        most, _times = Counter(values[datum] for datum in group).most_common(1)[0]
        odd = sorted({people[datum] for datum in group if values[datum] != most})
        yield tuple(rng.sample(odd, min(2, len(odd))))
        for theirs in brought(history).values():
            others = [person for person in odd if person not in theirs]
            yield (*sorted(theirs), *rng.sample(others, min(2, len(others))))

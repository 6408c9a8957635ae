"""What may be shown of answers, so that nobody is unmasked; docs/disclosure.md explains and proves."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain

from cocreate.impacts.rules import OUTSIDE_THRESHOLD, Circle
from cocreate.indicators.figures import Counts, Figure, Figures, told
from cocreate.spaces.bringers import Bringers, are_enough, known_to_one, may_stand_together

People = frozenset[str]
OTHERS = None  # the voice of people who are only shown together with people of other voices
SPLIT = 2  # times the threshold: so large is a cell when a group is cut, lest one withdrawal hides all


@dataclass(frozen=True, slots=True)
class Guard:
    """How large what is shown must be, and against whom it holds.

    `colluders` people who tell each other what they answered learn nobody else's answer. When `steady`,
    rounds are guarded as if no answer changed in between, so that who joined or left is not the difference.
    """

    inside: int = 5
    outside: int = OUTSIDE_THRESHOLD
    colluders: int = 2
    steady: bool = True
    by_voice: bool = True

    def for_sensitive(self) -> "Guard":
        """The same for a delicate question: inside as strict as outside."""
        return replace(self, inside=self.threshold(Circle.OUTSIDE))

    def threshold(self, circle: Circle) -> int:
        """The fewest people that this circle is shown as one."""
        return max(self.inside, self.outside) if circle is Circle.OUTSIDE else self.inside


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered in a round: one value, or what is and what is wished; None where it is missing.

    Why it is missing stays out of this. Reasons are shown, if at all, as a question of their own.
    `brought_by` are those who brought this person in, or typed over what they wrote: they know the answer.
    """

    person: str
    voice: str
    values: tuple[int | None, ...]
    brought_by: Bringers = frozenset()


@dataclass(frozen=True, slots=True)
class Cell:
    """People who are shown together or not at all, and what is told of their answers, once and for good."""

    number: int
    voice: str | None
    people: People
    told: tuple[Counts, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Whole cells that are one to who looks from outside."""

    voice: str | None
    cells: frozenset[int]
    people: People


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is shown of one question in one round, until the next. It holds no answer of a single person."""

    cells: tuple[Cell, ...] = ()
    fallen: tuple[People, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    waiting: int = 0

    @property
    def seen(self) -> list[People]:
        """Every group of which anything was ever shown inside."""
        return [cell.people for cell in self.cells] + list(self.fallen)


def publish(
    previous: Snapshot | None,
    answers: Iterable[Answer],
    guard: Guard = Guard(),
    others: Sequence[Snapshot] = (),
    is_closed: bool = True,
) -> Snapshot:
    """The next snapshot of a round, after its previous one; `others` are the last ones of the other rounds.

    Who is in which cell hangs on who answered and never on what. A cell is frozen: a change of mind waits
    for the next round, and the cell falls as a whole as soon as one of its people withdrew. While the round
    is open, small voices wait for more people of their own.
    """
    before = previous or Snapshot()
    given = _given(answers)
    standing = tuple(cell for cell in before.cells if cell.people <= given.keys())
    fallen = before.fallen + tuple(c.people for c in before.cells if c not in standing)
    spent = frozenset(chain.from_iterable(before.seen))
    waiting = {person: answer for person, answer in given.items() if person not in spent}
    seen = [people for snapshot in others for people in snapshot.seen] if guard.steady else []
    groups = _groups(waiting, _atoms([*seen, *before.seen]), guard, is_closed)
    first = len(before.cells) + len(before.fallen)
    new = tuple(
        Cell(number, voice, people, _told_of([waiting[person] for person in people], guard))
        for number, (voice, people) in enumerate(groups, first)
    )
    cells = standing + new
    large = [cell for cell in cells if len(cell.people) >= guard.inside]  # the space may have asked for fewer
    clusters = _clusters(before, large, guard, others, is_closed)
    return Snapshot(cells, fallen, clusters, len(waiting) - sum(len(cell.people) for cell in new))


def large_enough(snapshot: Snapshot, inside: int) -> Snapshot:
    """What is left of it in a space that asks for so many people by now, whatever it asked for before.

    Cells that are too small for that are in no number, and nothing comes in their place: all that is shown
    before, meanwhile and after is made of whole cells, each of enough people for when it is shown.
    """
    outside = Guard(inside=inside).threshold(Circle.OUTSIDE)
    return replace(
        snapshot,
        cells=tuple(cell for cell in snapshot.cells if len(cell.people) >= inside),
        clusters=tuple(cluster for cluster in snapshot.clusters if len(cluster.people) >= outside),
    )


def figures_for(snapshot: Snapshot, circle: Circle) -> Figures:
    """What may be seen of a snapshot from here. Outside it is made of nothing but what is seen inside."""
    cells = {cell.number: cell for cell in snapshot.cells}
    shown: dict[str | None, list[Cell]] = defaultdict(list)
    if circle is Circle.OUTSIDE:
        for cluster in snapshot.clusters:
            if cluster.cells <= cells.keys():
                shown[cluster.voice] += [cells[number] for number in sorted(cluster.cells)]
    else:
        for cell in snapshot.cells:
            shown[cell.voice].append(cell)
    return Figures(
        {voice: _sum_of(some) for voice, some in shown.items()},
        _sum_of(list(chain.from_iterable(shown.values()))),
    )


def _given(answers: Iterable[Answer]) -> dict[str, Answer]:
    """Whole answers by person. What is missing is no answer, nor is half of a pair."""
    given: dict[str, Answer] = {}
    for answer in answers:
        if answer.person in given:
            raise ValueError("somebody answered twice in one round")
        if answer.values and None not in answer.values:
            given[answer.person] = answer
    return given


def _told_of(answers: Sequence[Answer], guard: Guard) -> tuple[Counts, ...]:
    colluders = guard.colluders + known_to_one([answer.brought_by for answer in answers])
    parts = zip(*(answer.values for answer in answers), strict=True)
    return tuple(told(Counter(value for value in part if value is not None), colluders) for part in parts)


def _sum_of(cells: Sequence[Cell]) -> tuple[Figure, ...]:
    n = sum(len(cell.people) for cell in cells)
    parts = zip(*(cell.told for cell in cells), strict=True)
    return tuple(Figure(n, dict(sorted(sum(map(Counter, part), Counter()).items()))) for part in parts)


def _atoms(seen: Sequence[People]) -> list[People]:
    """The smallest groups that anybody can tell apart by what was ever shown."""
    marks: dict[str, list[int]] = defaultdict(list)
    for number, people in enumerate(seen):
        for person in people:
            marks[person].append(number)
    atoms: dict[tuple[int, ...], set[str]] = defaultdict(set)
    for person, mark in marks.items():
        atoms[tuple(mark)].add(person)
    return [frozenset(people) for people in atoms.values()]


def _groups(
    waiting: Mapping[str, Answer], atoms: Sequence[People], guard: Guard, is_closed: bool
) -> list[tuple[str | None, People]]:
    """The people of new cells: as they stood together before, newcomers by voice, the rest as the others."""
    voices = {person: answer.voice if guard.by_voice else "" for person, answer in waiting.items()}
    brought = {person: answer.brought_by for person, answer in waiting.items()}
    parts = [(_part(atom & waiting.keys(), atom, guard.inside, is_closed), atom) for atom in atoms]
    groups = [part for part, atom in parts if part and _may_come_along(part, atom, brought, guard.inside)]
    found = [(_voice_of(voices[person] for person in people), people) for people in groups]
    newcomers: dict[Bringers, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for person in waiting.keys() - frozenset(chain.from_iterable(atoms)):
        newcomers[brought[person]][voices[person]].add(person)
    left: set[str] = set()
    for brought_by in sorted(newcomers, key=sorted):
        pieces, rest = _by_voice(newcomers[brought_by], guard.inside, is_closed)
        found += pieces
        left |= rest if brought_by else set()
    if is_closed and are_enough([brought[person] for person in left], guard.inside):
        found.append((_voice_of(voices[person] for person in left), frozenset(left)))
    return found


def _by_voice(
    newcomers: Mapping[str, set[str]], threshold: int, is_closed: bool
) -> tuple[list[tuple[str | None, People]], set[str]]:
    """Cells of people who came in alike: by voice, then the small voices together; and who is left over."""
    found: list[tuple[str | None, People]] = []
    rest: set[str] = set()
    for voice, people in sorted(newcomers.items()):
        if len(people) >= threshold:
            found += [(voice or OTHERS, piece) for piece in _pieces(people, threshold)]
        else:
            rest |= people
    if is_closed and len(rest) >= threshold:
        found += [(OTHERS, piece) for piece in _pieces(rest, threshold)]
        rest = set()
    return found, rest


def _may_come_along(part: People, atom: People, brought: Mapping[str, Bringers], threshold: int) -> bool:
    """Whether who stood together before can be shown by those who came: all, unless they came in alike."""
    bringers = [brought[person] for person in part]
    return len(set(bringers)) == 1 or (part == atom and may_stand_together(bringers, threshold))


def _part(present: Set[str], atom: People, threshold: int, is_closed: bool) -> People:
    """Who of an atom can be shown: all, or so many that both they and those left out are enough people."""
    out = len(atom) - len(present)
    if not out or (out >= threshold and len(present) >= threshold):
        return frozenset(present)
    if is_closed and 0 < out < threshold and len(atom) >= 2 * threshold:
        return frozenset(sorted(present)[: len(atom) - threshold])
    return frozenset()


def _pieces(people: Set[str], threshold: int) -> list[People]:
    pieces = max(1, len(people) // (SPLIT * threshold))
    return [frozenset(sorted(people)[number::pieces]) for number in range(pieces)]


def _voice_of(voices: Iterable[str]) -> str | None:
    different = set(voices)
    return (different.pop() or OTHERS) if len(different) == 1 else OTHERS


def _clusters(
    before: Snapshot, cells: Sequence[Cell], guard: Guard, others: Sequence[Snapshot], is_closed: bool
) -> tuple[Cluster, ...]:
    """What outsiders see as one: cells of one voice, or of the others, that are enough people for them."""
    threshold = guard.threshold(Circle.OUTSIDE)
    taken = frozenset(chain.from_iterable(cluster.cells for cluster in before.clusters))
    free: dict[str | None, list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.number not in taken:
            free[cell.voice].append(cell)
    for small in [voice for voice, some in free.items() if voice is not OTHERS and _size(some) < threshold]:
        free[OTHERS] += free.pop(small)
    if not is_closed:
        free.pop(OTHERS, None)
    found = list(before.clusters)
    for voice, some in free.items():
        seen = [c.people for snapshot in others for c in snapshot.clusters] if guard.steady else []
        fitting = _fitting(some, _atoms([*seen, *(cluster.people for cluster in found)]), threshold)
        if _size(fitting) >= threshold:
            people = frozenset(chain.from_iterable(cell.people for cell in fitting))
            found.append(Cluster(voice, frozenset(cell.number for cell in fitting), people))
    return tuple(found)


def _fitting(cells: Sequence[Cell], atoms: Sequence[People], threshold: int) -> list[Cell]:
    """These cells without those that would set too few people apart, of a group shown before or newcomers."""
    left = list(cells)
    for _ in cells:
        people = frozenset(chain.from_iterable(cell.people for cell in left))
        apart = [atom for atom in atoms if atom & people and not _cuts_well(atom, people, threshold)]
        newcomers = people.difference(*atoms)
        if len(newcomers) < threshold:
            apart.append(newcomers)
        left = [cell for cell in left if all(cell.people.isdisjoint(group) for group in apart)]
    return left


def _cuts_well(atom: People, people: People, threshold: int) -> bool:
    return atom <= people or min(len(atom & people), len(atom - people)) >= threshold


def _size(cells: Iterable[Cell]) -> int:
    return sum(len(cell.people) for cell in cells)

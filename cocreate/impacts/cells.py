"""Who is shown together: cells of people, and the steps in which they are brought up to date.

Every number that is shown is a sum of whole cells, and no step is smaller than the threshold: docs/trust.md.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cocreate.impacts.rules import Circle, Tally
from cocreate.spaces.bringers import Bringers


@dataclass(frozen=True, slots=True)
class Cell:
    """People who are shown together or not at all: of one voice, or of the small voices (none) together."""

    circle: Circle  # the farthest that sees it
    voice: Hashable | None


@dataclass(frozen=True, slots=True)
class Told:
    """The answer of one person, who may know of it, and how it was counted when it was last shown."""

    person: Hashable
    voice: Hashable
    reach: Circle | None  # the farthest circle that may know; none: it is counted nowhere
    answer: str
    cell: Cell | None = None
    shown: str | None = None
    before: Mapping[str, Circle] = field(default_factory=dict)  # how far each answer of theirs was ever shown
    has_left: bool = False  # they were shown once, and took it back
    brought_by: Bringers = frozenset()  # who typed this over for them, and so knows it

    def is_new_to(self, circle: Circle) -> bool:
        """Whether nobody who looks from there was ever shown a number with this answer of theirs in it."""
        if self.has_left:
            return False
        seen = self.before.get(self.answer)
        return seen is None or seen.is_nearer_than(circle)


@dataclass(frozen=True, slots=True)
class Counted:
    """So many people of one voice who are shown alike."""

    voice: Hashable
    reach: Circle
    people: int
    cell: Cell | None = None
    shown: str | None = None
    is_brought: bool = False  # somebody typed over what they said


Cells = dict[Hashable, Cell | None]
Tallies = tuple[dict[Hashable, Tally], Tally]


def without_who_left(people: Iterable[Told]) -> Cells:
    """Where people stand from now on, as far as that changes: whoever takes back their answer, or shows it
    to fewer, takes along their whole cell.
    """
    changed: Cells = {}
    for some in _as_they_came(people):
        step = _Step(some)
        step.drop_who_left()
        changed |= step.changed
    return changed


def in_step(people: Iterable[Told], thresholds: Mapping[Circle, int], is_due: bool) -> Cells:
    """Where people stand from now on, as far as that changes or their answer is brought up to date.

    `thresholds` has the circles that see the proposal. `is_due` at the end of a part of a meeting: at other
    moments small voices wait, unless one of them is missing, so that each may grow to be shown by itself.
    """
    changed: Cells = {}
    for some in _as_they_came(people):
        step = _Step(some)
        step.drop_who_left()
        for circle in Circle:
            if circle in thresholds:
                step.make_voices(circle, thresholds)
                if circle is not Circle.OUTSIDE:
                    step.make_rest(circle, thresholds, is_due)
        changed |= step.changed
    return changed


def tallies(counted: Iterable[Counted], circle: Circle, threshold: int, answers: type[StrEnum]) -> Tallies:
    """What this circle is shown of one question: by voice, and all together. A sum of whole cells.

    The totals are of now: they count people. All together is not shown when a voice is missing in it.
    """
    known = [each for each in counted if not circle.is_farther_than(each.reach)]
    people: Counter[Hashable] = Counter()
    cells: dict[tuple[Cell, bool], Counter[str]] = defaultdict(Counter)
    voices: dict[tuple[Cell, bool], set[Hashable]] = defaultdict(set)
    for each in known:
        people[each.voice] += each.people
        if each.cell is not None and each.shown is not None and not circle.is_farther_than(each.cell.circle):
            cells[each.cell, each.is_brought][each.shown] += each.people
            voices[each.cell, each.is_brought].add(each.voice)
    fit = {cell: split for cell, split in cells.items() if split.total() >= threshold}
    by_voice: dict[Hashable, Counter[str]] = defaultdict(Counter)
    for (cell, _is_brought), split in fit.items():
        by_voice[cell.voice].update(split)
    heard = {voice for each in fit for voice in (voices[each] if each[0].voice is None else {each[0].voice})}
    together = sum(fit.values(), Counter[str]()) if heard >= people.keys() else None

    def told(split: Counter[str] | None) -> dict[StrEnum, int] | None:
        return {answer: split[answer] for answer in answers} if split else None

    found = {voice: Tally(number, told(by_voice.get(voice))) for voice, number in people.items()}
    return found, Tally(people.total(), told(together))


def _as_they_came(people: Iterable[Told]) -> list[list[Told]]:
    """Who came in themselves, and who was brought in. These never stand in one cell: who brought somebody in
    knows what they said, and would read what the few others said.
    """
    found: dict[bool, list[Told]] = {False: [], True: []}
    for each in people:
        found[bool(each.brought_by)].append(each)
    return list(found.values())


class _Step:
    """People of whom some are in a cell, and the others wait."""

    def __init__(self, people: Iterable[Told]) -> None:
        self._people = list(people)
        self._by_voice: dict[Hashable, list[Told]] = defaultdict(list)
        for each in self._people:
            self._by_voice[each.voice].append(each)
        self._cells: Cells = {each.person: each.cell for each in self._people}
        self.changed: Cells = {}

    def drop_who_left(self) -> None:
        """Cells of which somebody may not be known any more fall."""
        self._fall(
            {
                each.cell
                for each in self._people
                if each.cell and (each.reach is None or each.reach.is_nearer_than(each.cell.circle))
            }
        )

    def make_voices(self, circle: Circle, thresholds: Mapping[Circle, int]) -> None:
        """Bring each voice up to date of which enough people say something new: all of it that is not
        shown farther away. A voice that is told there with others is not shown by a part of its people.
        """
        for voice, people in self._by_voice.items():
            here = [each for each in people if _reaches(each, circle)]
            if not any(self._is_among_small_voices_beyond(each, circle) for each in here):
                joining = [each for each in here if self._may_move(each, circle, {voice, None})]
                self._make(Cell(circle, voice), joining, thresholds)

    def make_rest(self, circle: Circle, thresholds: Mapping[Circle, int], is_due: bool) -> None:
        """The voices that have no cell of their own, together."""
        own = {cell.voice for cell in self._cells.values() if cell}
        small = [each for each in self._people if _reaches(each, circle) and each.voice not in own]
        told = {each.voice for each in small if self._is_told(each, circle)}
        if is_due or {each.voice for each in small} - told:
            joining = [each for each in small if self._may_move(each, circle, {None})]
            self._make(Cell(circle, None), joining, thresholds)

    def _make(self, cell: Cell, joining: list[Told], thresholds: Mapping[Circle, int]) -> None:
        """Enough of them were in no number before with what they say now, as seen from here or nearer."""
        joining = self._without_few(cell.circle, joining, thresholds[cell.circle])
        is_enough_here = self._is_a_step(cell, joining, cell.circle, thresholds[cell.circle])
        if is_enough_here and self._is_a_step(cell, joining, Circle.MEETING, min(thresholds.values())):
            self._fall({cell, *(self._cells[each.person] for each in joining)})
            for each in joining:
                self._put(each, cell)

    def _is_a_step(self, cell: Cell, joining: list[Told], circle: Circle, threshold: int) -> bool:
        """Whether enough people say something new; also to each bringer, who knows what their own people say.
        To them nothing may have changed either, where all who say something new are their own.
        """
        if sum(each.is_new_to(circle) for each in joining) < threshold:
            return False
        for bringer in {bringer for each in joining for bringer in each.brought_by}:
            others = [each for each in joining if bringer not in each.brought_by]
            new = sum(each.is_new_to(circle) for each in others)
            if new < threshold and (new or not self._stand_as_they_are(cell, others, bringer)):
                return False
        return True

    def _stand_as_they_are(self, cell: Cell, others: list[Told], bringer: str) -> bool:
        """Whether nothing is told anew of whom this bringer did not bring in."""
        standing = {
            each.person
            for each in self._people
            if self._cells[each.person] == cell and bringer not in each.brought_by
        }
        is_same = {each.person for each in others} == standing
        return is_same and all(each.shown == each.answer for each in others)

    def _without_few(self, circle: Circle, joining: list[Told], threshold: int) -> list[Told]:
        """Who joins, without those who would be too few beside the people one bringer knows: they wait."""
        for bringer in sorted({bringer for each in joining for bringer in each.brought_by}):
            new = [each for each in joining if each.is_new_to(circle)]
            few = {each.person for each in new if bringer not in each.brought_by}
            if len(few) < threshold and not any(self._cells[person] for person in few):
                joining = [each for each in joining if each.person not in few]
        return joining

    def _fall(self, cells: set[Cell | None]) -> None:
        for each in self._people:
            if self._cells[each.person] in cells - {None}:
                self._put(each, None)

    def _put(self, each: Told, cell: Cell | None) -> None:
        self._cells[each.person] = self.changed[each.person] = cell

    def _may_move(self, each: Told, circle: Circle, voices: set[Hashable | None]) -> bool:
        cell = self._cells[each.person]
        return cell is None or (cell.voice in voices and not cell.circle.is_farther_than(circle))

    def _is_told(self, each: Told, circle: Circle) -> bool:
        cell = self._cells[each.person]
        return cell is not None and not cell.circle.is_nearer_than(circle)

    def _is_among_small_voices_beyond(self, each: Told, circle: Circle) -> bool:
        cell = self._cells[each.person]
        return cell is not None and cell.voice is None and cell.circle.is_farther_than(circle)


def _reaches(each: Told, circle: Circle) -> bool:
    return each.reach is not None and not each.reach.is_nearer_than(circle)

"""A room in which people tell, change their mind and take back; and what is shown of it, number by number."""

from dataclasses import dataclass, field, replace

from cocreate.impacts.cells import Counted, Told, in_step, tallies, without_who_left
from cocreate.impacts.rules import Circle, Position

FOR, OBJECTION, DONT_KNOW = Position


@dataclass
class Room:
    """Answers to one question, kept as the product keeps them."""

    thresholds: dict[Circle, int]
    told: dict[str, Told] = field(default_factory=dict)
    is_on_stage: bool = False
    bringers: dict[str, frozenset[str]] = field(default_factory=dict)  # who typed over for whom

    def tell(self, person, answer, voice="a", reach=Circle.SPACE):
        """Somebody answers, for the first time or again."""
        earlier = self.told.get(person) or Told(
            person, voice, reach, answer, brought_by=self.bringers.get(person, frozenset())
        )
        self.told[person] = replace(earlier, voice=voice, reach=reach, answer=answer)
        self._follow()

    def take_back(self, person):
        """Somebody takes back what they said."""
        told = self.told[person]
        has_left = told.has_left or bool(told.before)
        self.told[person] = replace(told, reach=None, answer="", shown=None, before={}, has_left=has_left)
        self._follow()

    def show_to(self, person, reach):
        """Somebody shows it farther, or nearer; `None` to nobody."""
        self.told[person] = replace(self.told[person], reach=reach)
        self._follow()

    def move_on(self):
        """A part of the meeting is over."""
        self.is_on_stage = False
        self._put(in_step(self.told.values(), self.thresholds, is_due=True))

    def numbers(self, circle, of=None):
        """What this circle is shown; `of` counts another answer than what is shown of each."""
        shown = [
            Counted(
                each.voice,
                each.reach,
                1,
                each.cell,
                of(each) if of else each.shown,
                bool(each.brought_by),
            )
            for each in self.told.values()
            if each.reach is not None
        ]
        voices, whole = tallies(shown, circle, self.thresholds[circle], Position)
        return {**voices, "all": whole}

    def splits(self, circle=Circle.SPACE):
        """How many are for it, object, don't know; of every number that is shown."""
        found = self.numbers(circle)
        return {name: tuple(tally.split.values()) for name, tally in found.items() if tally.is_shown}

    def looks(self, circle):
        """Of which answers of which people each number is made, found by asking the numbers."""
        looks = {}
        for marked in self.told.values():
            found = self.numbers(circle, of=lambda each, marked=marked: _marked(each, marked))
            for name, tally in found.items():
                if tally.is_shown and tally.split[FOR]:
                    looks.setdefault(name, set()).add((marked.person, marked.shown))
        return {name: frozenset(data) for name, data in looks.items()}

    def _follow(self):
        people = self.told.values()
        self._put(
            without_who_left(people) if self.is_on_stage else in_step(people, self.thresholds, is_due=False)
        )

    def _put(self, cells):
        for person, cell in cells.items():
            told = self.told[person]
            before = dict(told.before)
            if cell:
                seen = before.get(told.answer, Circle.MEETING)
                before[told.answer] = min(seen, cell.circle, key=list(Circle).index)
            shown = told.answer if cell else None
            self.told[person] = replace(told, cell=cell, shown=shown, before=before)


def _marked(each, marked):
    if each.shown is None:
        return None
    return FOR if each.person == marked.person else OBJECTION


def tallies_by_circle(counts, thresholds):
    """What is shown when all of this is told before anybody looks, and then looked at from every circle."""
    room = Room(thresholds)
    for circle, voices in counts.items():
        for voice, split in voices.items():
            for answer, people in split.items():
                for number in range(people):
                    person = f"{circle} {voice} {answer} {number}"
                    room.told[person] = Told(person, voice, circle, answer)
    room.move_on()
    found = {}
    for circle in thresholds:
        numbers = room.numbers(circle)
        found[circle] = {name: tally for name, tally in numbers.items() if name != "all"}, numbers["all"]
    return found

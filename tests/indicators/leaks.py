"""Publishers of figures: the one we use, and some that each forget one thing."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from cocreate.impacts.rules import Circle
from cocreate.indicators.disclosure import Answer, Guard, Snapshot, figures_for, publish
from tests.indicators.attacker import Glance, Look, Told, Values


class Ours:
    """Publishes as the product does, in all circles; and says of which answers each figure is made."""

    def __init__(self, guard: Guard) -> None:
        self.guard = guard
        self.snapshots: dict[int, Snapshot] = {}
        self.made_of: dict[tuple[int, int], list[Told]] = {}

    def bringers(self, told: Told) -> frozenset[str]:
        return told.brought_by

    def show(self, glance: Glance, now: Mapping[str, Told], values: Values) -> list[Look]:
        answers = [
            Answer(each.person, each.voice, tuple(values[datum] for datum in each.data), self.bringers(each))
            for each in now.values()
        ]
        others = [shown for place, shown in self.snapshots.items() if place != glance.round]
        snapshot = publish(
            self.snapshots.get(glance.round), answers, self.guard, others, is_closed=glance.is_closed
        )
        self.snapshots[glance.round] = snapshot
        for cell in snapshot.cells:
            self.made_of.setdefault((glance.round, cell.number), [now[person] for person in cell.people])
        return [
            look for circle in (Circle.OUTSIDE, Circle.SPACE) for look in self.looks(glance.round, circle)
        ]

    def together(self):
        parts = {part for made in self.made_of.values() for each in made for part in range(each.parts)}
        return [
            frozenset((each.number, part) for each in made)
            for made in self.made_of.values()
            for part in parts
        ]

    def looks(self, place: int, circle: Circle) -> list[Look]:
        snapshot = self.snapshots[place]
        seen = figures_for(snapshot, circle)
        members: dict[str | None, list[Told]] = defaultdict(list)
        if circle is Circle.SPACE:
            for cell in snapshot.cells:
                members[cell.voice] += self.made_of[place, cell.number]
        standing = {cell.number for cell in snapshot.cells}
        for cluster in snapshot.clusters if circle is Circle.OUTSIDE else ():
            if cluster.cells <= standing:
                for number in cluster.cells:
                    members[cluster.voice] += self.made_of[place, number]
        assert members.keys() == seen.by_voice.keys()
        told = [(seen.by_voice[voice], members[voice]) for voice in members]
        told.append((seen.together, [each for some in members.values() for each in some]))
        return [
            look_at(circle, people, part, figure.counts, figure.n)
            for parts, people in told
            for part, figure in enumerate(parts)
        ]


def look_at(circle, people, part, counts, n=None) -> Look:
    """A figure of these people."""
    assert n is None or n == len(people)
    data = frozenset((each.number, part) for each in people)
    return Look(circle, data, tuple(sorted(counts.items())))


def counted(people, values) -> Look:
    """The full truth about these people."""
    return look_at(Circle.SPACE, people, 0, Counter(values[each.number, 0] for each in people))


def by_voice(now) -> dict[str, list[Told]]:
    voices = defaultdict(list)
    for each in now.values():
        voices[each.voice].append(each)
    return voices


class Careless:
    """Keeps nobody together."""

    def together(self):
        return []


class TotalBesideVoices(Careless):
    """Hides small voices and shows the total: no complementary suppression. What it shows stays as it was."""

    def show(self, glance, now, values):
        if not glance.is_closed:
            return []
        return [counted(some, values) for some in [*by_voice(now).values(), now.values()] if len(some) >= 5]


class Live(Careless):
    """Shows each voice that is large enough, as it is at this very moment."""

    def show(self, glance, now, values):
        return [counted(some, values) for some in by_voice(now).values() if len(some) >= 5]


class LiveMeans(Live):
    """The same, and only how many and how high on average."""

    def show(self, glance, now, values):
        return [
            Look(look.circle, look.data, total=sum(value * times for value, times in look.counts))
            for look in super().show(glance, now, values)
        ]


class SamePeopleCompared(Careless):
    """Beside a later round: what those who are in it answered in the first."""

    def __init__(self) -> None:
        self.first: dict[str, Told] = {}

    def show(self, glance, now, values):
        if not glance.round:
            self.first = dict(now)
        both = [each for person, each in self.first.items() if person in now]
        return [counted(some, values) for some in (now.values(), both) if len(some) >= 5]


class AllAlike(Careless):
    """Shows that everybody of a voice answered the same."""

    def show(self, glance, now, values):
        return [counted(some, values) for some in by_voice(now).values() if len(some) >= 5][:1]


class RestAgain(Careless):
    """Hides a group of whom somebody withdrew until enough new people came, and shows it then with them."""

    def __init__(self) -> None:
        self.shown: frozenset[str] = frozenset()

    def show(self, glance, now, values):
        if len(now.keys() ^ self.shown) < 5 and now.keys() != self.shown:
            return []
        self.shown = frozenset(now)
        return [counted(list(now.values()), values)]


class OddOnesOut(Ours):
    """Ours, for people who would never tell each other what they answered."""

    def __init__(self) -> None:
        super().__init__(Guard(colluders=0))


class BroughtInAmongAll(Ours):
    """Ours, when it did not matter who brought somebody in."""

    def bringers(self, told):
        return frozenset()


class RoundsApart(Ours):
    """Ours, when nobody's answer were the same in two rounds."""

    def __init__(self) -> None:
        super().__init__(Guard(steady=False))

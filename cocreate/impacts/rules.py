"""Stances, and what may be shown of them."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Position(StrEnum):
    """Where somebody stands towards a proposal."""

    FOR = "for"
    OBJECTION = "objection"
    DONT_KNOW = "dont_know"


class Stage(StrEnum):
    """How far a proposal has come."""

    PROPOSED = "proposed"
    IN_DISCUSSION = "in_discussion"
    AGREED = "agreed"
    RETIRED = "retired"


class Level(StrEnum):
    """For whom something should change."""

    INDIVIDUAL = "individual"
    COLLECTIVE = "collective"


class Horizon(StrEnum):
    """When, or where, one would notice."""

    NOW = "now"
    LATER = "later"
    NEXT_GENERATION = "next_generation"
    ELSEWHERE = "elsewhere"


class Lens(StrEnum):
    """The track of co-creation that an impact belongs to: does it work, does it matter, is it good work."""

    EFFECTIVENESS = "effectiveness"
    MEANING = "meaning"
    CRAFT = "craft"


class Realism(StrEnum):
    """The two-sided check: asking too much of people is unfair, and so is expecting too little of them."""

    TOO_BIG = "too_big"
    FAIR = "fair"
    TOO_SMALL = "too_small"
    DONT_KNOW = "dont_know"


@dataclass(frozen=True, slots=True)
class Facets:
    """What kind of change it is, as far as somebody said so."""

    level: Level | None = None
    is_prevention: bool | None = None
    horizon: Horizon | None = None
    lens: Lens | None = None


class Circle(StrEnum):
    """Who looks at how people stand, from far to near: who is nearer sees what the farther see, and more."""

    OUTSIDE = "outside"
    SPACE = "space"
    MEETING = "meeting"

    def is_farther_than(self, other: "Circle") -> bool:
        """Whether this one sees less."""
        order = list(Circle)
        return order.index(self) < order.index(other)


OUTSIDE_THRESHOLD = 10  # PRODUCT, invariant 9: larger groups for who does not belong to the space


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people of one voice answered, and how: None when they are too few.

    In the split of a nearer circle a few may be missing, whom a look from farther away would unmask.
    """

    total: int
    split: Mapping[StrEnum, int] | None

    @property
    def is_shown(self) -> bool:
        """Whether there are enough people to show how they stand."""
        return self.split is not None

    @property
    def missing(self) -> int:
        """How many took a stance and are not in the split that is shown."""
        return self.total - sum(self.split.values()) if self.split else 0


Counts = Mapping[str, Mapping[StrEnum, int]]
Tallies = tuple[dict[str, Tally], Tally]


def tallies_by_circle(
    counts: Mapping[Circle, Counts], thresholds: Mapping[Circle, int], answers: type[StrEnum] = Position
) -> dict[Circle, Tallies]:
    """What each circle is shown of one question with these answers: by voice, and of all together.

    `counts` holds each answer once, at the farthest circle that may know of it; `thresholds` has the circles
    that see the proposal. Whoever can look from several places may add and subtract all that is shown there,
    so every number is made of whole cells: groups of people, each in one cell only, each cell large enough.
    """
    cells = _Cells(answers)
    found = {}
    for circle in Circle:
        cells.hear(counts.get(circle, {}))
        if circle in thresholds:
            cells.settle(thresholds[circle], has_rest=circle is not Circle.OUTSIDE)
            found[circle] = cells.tallies()
    return found


class _Cells:
    """People by voice, of whom those who wait are in no cell yet."""

    def __init__(self, answers: type[StrEnum]) -> None:
        self._answers = answers
        self._told: Counter[str] = Counter()
        self._by_voice: dict[str, Counter[StrEnum]] = {}
        self._rest: Counter[StrEnum] = Counter()
        self._voices_in_rest: set[str] = set()
        self._waiting: dict[str, Counter[StrEnum]] = defaultdict(Counter)

    def hear(self, counts: Counts) -> None:
        """These took a stance too, as far as one can know who looks from here."""
        for voice, split in counts.items():
            self._told[voice] += sum(split.values())
            self._waiting[voice].update(split)

    def settle(self, threshold: int, has_rest: bool) -> None:
        """Make cells of who waits: of one voice, or else of all together, who then are never shown apart."""
        for voice, split in self._waiting.items():
            if voice not in self._voices_in_rest and split.total() >= threshold:
                self._by_voice.setdefault(voice, Counter()).update(split)
                split.clear()
        if has_rest and sum(split.total() for split in self._waiting.values()) >= threshold:
            for voice, split in self._waiting.items():
                if split.total() and voice not in self._by_voice:
                    self._voices_in_rest.add(voice)
                self._rest.update(split)
                split.clear()

    def tallies(self) -> Tallies:
        """What can be shown. The whole is, unless a voice is missing in it that anybody could subtract."""
        voices = {
            voice: Tally(people, self._whole_split(self._by_voice.get(voice)))
            for voice, people in self._told.items()
        }
        is_missing = any(
            split.total() and voice not in self._by_voice and voice not in self._voices_in_rest
            for voice, split in self._waiting.items()
        )
        together = sum(self._by_voice.values(), self._rest)
        return voices, Tally(self._told.total(), None if is_missing else self._whole_split(together))

    def _whole_split(self, split: Counter[StrEnum] | None) -> dict[StrEnum, int] | None:
        return {answer: split[answer] for answer in self._answers} if split and split.total() else None

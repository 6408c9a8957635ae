"""Stances, and what may be shown of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cocreate.core.audience import Audience, Visibility


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


REWORDED: Final = "reworded"  # why something is no longer agreed: it is said in other words now


def covers(above: Audience, below: Audience) -> bool:
    """Whether everybody for whom the one below is meant may also see the one above."""
    if above.visibility is Visibility.PUBLIC:
        return True
    if below.visibility is Visibility.PUBLIC:
        return False
    if above.visibility is Visibility.SPACE:
        return True
    if below.visibility is Visibility.SPACE:
        return False
    is_same_maker = above.maker_id is not None and above.maker_id == below.maker_id
    if above.visibility is Visibility.MAKER:
        return below.visibility is Visibility.MAKER and is_same_maker
    is_same_meeting = above.workshop_id is not None and above.workshop_id == below.workshop_id
    return is_same_meeting or (below.visibility is Visibility.MAKER and is_same_maker)


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
        return _ORDER[self] < _ORDER[other]

    def is_nearer_than(self, other: "Circle") -> bool:
        """Whether this one sees more."""
        return _ORDER[self] > _ORDER[other]


_ORDER = {circle: place for place, circle in enumerate(Circle)}


OUTSIDE_THRESHOLD = 10  # PRODUCT, invariant 9: larger groups for who does not belong to the space


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people of one voice answered, and how: None when they are too few.

    In a split a few may be missing: who came later, or whom a look from farther away would unmask.
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
        return max(self.total - sum(self.split.values()), 0) if self.split else 0

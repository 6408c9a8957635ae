"""Colours and words of a drawn map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from cocreate.trajectories.rules import NodeKind, NodeState, Relation


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a map; shape, line and words say the same."""

    sheet: str
    ink: str
    ink_soft: str
    line: str
    accent: str
    accent_wash: str


LIGHT: Final = Palette("#fffdf8", "#1f2630", "#545c66", "#ddd3c2", "#0b5d5b", "#e0eeea")
DARK: Final = Palette("#24211d", "#f3ede2", "#b8b0a3", "#403a32", "#85d3c8", "#1f3835")

_KINDS: Final[dict[str, str]] = {kind: kind.value.replace("_", " ") for kind in NodeKind}
_STATES: Final[dict[str, str]] = {state: state.value for state in NodeState} | {"emerged": "not planned"}
_RELATIONS: Final[dict[str, str]] = {relation: relation.value.replace("_", " ") for relation in Relation}
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NUMBERS: Final = frozenset(f"{number:02}" for number in range(1, 13))


@dataclass(frozen=True, slots=True)
class Labels:
    """What kinds, states, relations and months are called in the reader's language (else in English)."""

    kinds: Mapping[str, str] = field(default_factory=lambda: dict(_KINDS))
    states: Mapping[str, str] = field(default_factory=lambda: dict(_STATES))
    relations: Mapping[str, str] = field(default_factory=lambda: dict(_RELATIONS))
    months: Sequence[str] = _MONTHS

    def when(self, about: str) -> str:
        """“2024”, “2024-03” or “2024-03-15” as people say it."""
        year, *rest = about.split("-")
        named = [self.months[int(rest[0]) - 1]] if rest and rest[0] in _NUMBERS else rest[:1]
        return " ".join([*(day.lstrip("0") for day in rest[1:2]), *named, year])


# Dashes of a step on paper and on the canvas, in px; an empty one is a whole line.
DASHES: Final[Mapping[Relation, tuple[int, ...]]] = {
    Relation.LED_TO: (),
    Relation.TURNED_INTO: (),
    Relation.INSPIRED: (1, 6),
    Relation.MADE_POSSIBLE: (),
    Relation.HINDERED: (12, 4, 2, 4),
    Relation.MEANT: (1, 6),
    Relation.PLANNED_NEXT: (7, 5),
}
PLANNED_DASH: Final = (7, 5)

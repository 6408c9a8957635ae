"""The words of a trajectory: kinds, states, relations, and how a map grows by answering."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

MAX_TEXT: Final = 500
MAX_NOTE: Final = 5_000
MAX_NODES: Final = 20_000
MAX_EDGES: Final = 60_000


class NodeKind(StrEnum):
    """What a node tells about."""

    IDEA = "idea"
    PLAN = "plan"
    ACTIVITY = "activity"
    EVENT = "event"
    MOMENT = "moment"
    TURNING_POINT = "turning_point"
    CONDITION = "condition"
    ACTOR = "actor"
    OUTCOME = "outcome"
    MEANING = "meaning"


class NodeState(StrEnum):
    """What became of a node; a dropped one stays visible."""

    PLANNED = "planned"
    HAPPENED = "happened"
    CHANGED = "changed"
    DROPPED = "dropped"
    EMERGED = "emerged"


class Relation(StrEnum):
    """How the source of an edge bears on its target."""

    LED_TO = "led_to"
    TURNED_INTO = "turned_into"
    INSPIRED = "inspired"
    MADE_POSSIBLE = "made_possible"
    HINDERED = "hindered"
    MEANT = "meant"
    PLANNED_NEXT = "planned_next"


@dataclass(frozen=True, slots=True)
class MapNode:
    """One thing on the road, in people's own words."""

    id: str
    text: str
    kind: NodeKind
    state: NodeState
    intended: bool = True
    note: str = ""
    when: str = ""  # about when, as far as people know: "2024", "2024-03" or "2024-03-15"


@dataclass(frozen=True, slots=True)
class MapEdge:
    """A step on the road, from source to target."""

    id: str
    source: str
    target: str
    relation: Relation
    label: str = ""


class GrowQuestion(StrEnum):
    """The questions by which a touched node grows another."""

    WHAT_NEXT = "what_next"
    WHAT_ELSE = "what_else"
    WHAT_HINDERED = "what_hindered"
    WHAT_HELPED = "what_helped"
    WHAT_MEANT = "what_meant"


class Growth(NamedTuple):
    """What an answer becomes: a kind of node, a relation, and whether that points into the touched node."""

    kind: NodeKind
    relation: Relation
    points_in: bool

    def ends(self, touched_id: str, new_id: str) -> tuple[str, str]:
        """Source and target of the new edge."""
        return (new_id, touched_id) if self.points_in else (touched_id, new_id)


_GROWTH: Final = {
    GrowQuestion.WHAT_NEXT: Growth(NodeKind.EVENT, Relation.LED_TO, points_in=False),
    GrowQuestion.WHAT_ELSE: Growth(NodeKind.OUTCOME, Relation.INSPIRED, points_in=False),
    GrowQuestion.WHAT_HINDERED: Growth(NodeKind.CONDITION, Relation.HINDERED, points_in=True),
    GrowQuestion.WHAT_HELPED: Growth(NodeKind.CONDITION, Relation.MADE_POSSIBLE, points_in=True),
    GrowQuestion.WHAT_MEANT: Growth(NodeKind.MEANING, Relation.MEANT, points_in=False),
}


def growth(question: GrowQuestion) -> Growth:
    """What the answer to `question` becomes on the map."""
    return _GROWTH[question]


_WHEN: Final = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")


def is_when(text: str) -> bool:
    """Whether this tells a year, a month or a day: “2024”, “2024-03”, “2024-03-15”."""
    found = _WHEN.fullmatch(text)
    if not found:
        return False
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True

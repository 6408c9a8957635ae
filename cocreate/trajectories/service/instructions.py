"""What somebody asks to be done to a map."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from cocreate.core.audience import Visibility
from cocreate.trajectories.operations import Fields, Value, Verb
from cocreate.trajectories.rules import GrowQuestion, NodeKind, NodeState, Relation


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that grows the map; without a touched node it is a new beginning."""

    text: str
    question: GrowQuestion | None = None
    touched_id: uuid.UUID | None = None
    state: NodeState = NodeState.HAPPENED
    kind: NodeKind | None = None
    when: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """Fields of a node as they should be, and as this device knew them before."""

    set: Fields
    was: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Instruction:
    """One operation as asked for: its id from the device, where it was asked, and what it is about."""

    id: uuid.UUID
    verb: Verb
    workshop_id: uuid.UUID | None = None
    part_id: uuid.UUID | None = None  # in which part of that meeting
    node_id: uuid.UUID | None = None
    other_id: uuid.UUID | None = None
    edge_id: uuid.UUID | None = None
    reference_id: uuid.UUID | None = None
    answer: Answer | None = None
    visibility: Visibility = Visibility.MAKER
    is_by_helper: bool = False
    edit: Edit | None = None
    place: tuple[float, float] | None = None
    relation: Relation | None = None
    subject: tuple[str, uuid.UUID] | None = None

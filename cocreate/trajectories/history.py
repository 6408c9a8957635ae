"""What happened to a node: earlier words, by whose voice, and what was taken away."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from cocreate.core.audience import Viewer, sees, visible
from cocreate.core.changes import Change
from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.spaces.queries import VoiceFacts, voices_by_maker
from cocreate.spaces.rules import Act, may
from cocreate.trajectories.models import Node, Trajectory
from cocreate.trajectories.operations import Thing, Value, read

TOLD = ("text", "note", "kind", "state", "intended", "when", "alive")


@dataclass(frozen=True, slots=True)
class Line:
    """One field that was set: by which voice, when, from what to what."""

    at: datetime
    voice: VoiceFacts | None
    field: str
    before: Value
    after: Value


def history_of(viewer: Viewer, trajectory: Trajectory, node_id: uuid.UUID) -> list[Line]:
    """Everything that was said of a node, oldest first, for who may see it."""
    node = session().get(Node, node_id)
    is_there = node is not None and node.trajectory_id == trajectory.id and node.withdrawn_at is None
    if node is None or not is_there or not viewer.is_member or not sees(viewer, node.audience):
        raise NotFound
    query = select(Change).where(
        Change.space_id == viewer.space_id,
        Change.subject_type == Node.topic,
        Change.subject_id == node_id,
        Change.scope_id == trajectory.id,
    )
    # What was said to fewer people stays with them, also when the node was shown to more since.
    rows = [row for row in session().scalars(query.order_by(Change.seq)) if sees(viewer, row.audience)]
    voices = voices_by_maker(row.actor_id for row in rows if row.actor_id)
    return [
        Line(row.created_at, voices.get(row.actor_id) if row.actor_id else None, *said)
        for row in rows
        for said in _said(row, str(node_id))
    ]


def removed_from(viewer: Viewer, trajectory: Trajectory) -> list[Node]:
    """Nodes that were taken off a map and that this viewer may put back, the last one first."""
    query = select(Node).where(
        Node.trajectory_id == trajectory.id,
        Node.alive.is_(False),
        Node.withdrawn_at.is_(None),
        visible(viewer, Node),
    )
    if not may(viewer, Act.FACILITATE):
        query = query.where(Node.maker_id == viewer.membership_id)
    return list(session().scalars(query.order_by(Node.created_at.desc()).limit(100)))


def _said(row: Change, node_id: str) -> Iterator[tuple[str, Value, Value]]:
    operation = read(row.seq, row.payload)
    for effect in operation.effects if operation else ():
        if effect.thing == Thing.NODE and effect.id == node_id:
            is_new = effect.before == {"alive": False} and "text" in effect.after
            fields = ("text",) if is_new else TOLD
            for field in fields:
                if field in effect.after:
                    yield field, effect.before.get(field), effect.after[field]

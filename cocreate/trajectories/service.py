"""Drawing the road: starting a map, growing it by answering, bringing one in from a file."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from cocreate.core.audience import Viewer, Visibility, sees
from cocreate.core.changes import Log
from cocreate.core.db import new_id
from cocreate.core.problems import NotFound
from cocreate.spaces.contributions import Arrival, contribute, record
from cocreate.spaces.rules import Activity
from cocreate.trajectories.layout import Point, layout
from cocreate.trajectories.models import Edge, Node, Trajectory
from cocreate.trajectories.queries import links, placed, trajectory_of
from cocreate.trajectories.rules import GrowQuestion, MapEdge, MapNode, NodeKind, NodeState, growth


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that grows the map; without a touched node it is a new beginning."""

    text: str
    question: GrowQuestion | None = None
    touched_id: uuid.UUID | None = None
    state: NodeState = NodeState.HAPPENED


def start_trajectory(log: Log, title: str, workshop_id: uuid.UUID | None = None) -> Trajectory:
    """An empty map."""
    trajectory = Trajectory(space_id=log.space_id, title=title, workshop_id=workshop_id)
    log.session.add(trajectory)
    log.session.flush()
    return trajectory


def grow(viewer: Viewer, arrival: Arrival, trajectory_id: uuid.UUID, answer: Answer) -> dict[str, Any]:
    """Keep an answer as the next node, already linked to the one that was touched."""

    def keep(log: Log) -> Node:
        trajectory = trajectory_of(log.space_id, trajectory_id)
        touched = _touched(log, viewer, trajectory, answer.touched_id)
        node = Node(
            id=arrival.id,
            space_id=log.space_id,
            maker_id=viewer.membership_id,
            workshop_id=arrival.workshop_id,
            visibility=arrival.visibility,
            trajectory_id=trajectory.id,
            text=answer.text,
            kind=growth(answer.question).kind if touched and answer.question else NodeKind.IDEA,
            state=answer.state,
            intended=answer.state is not NodeState.EMERGED,
            position=_next_position(log, trajectory),
        )
        log.session.add(node)
        log.session.flush()
        if touched is not None:
            _link(log, trajectory, touched, node, answer.question or GrowQuestion.WHAT_NEXT)
        _settle(trajectory, node)
        return node

    return contribute(viewer, arrival, Activity.MAP, keep)


def bring_in(
    log: Log,
    trajectory: Trajectory,
    maker_id: uuid.UUID,
    visibility: Visibility,
    nodes: tuple[MapNode, ...],
    edges: tuple[MapEdge, ...],
) -> None:
    """Fill an empty trajectory with a map that was drawn elsewhere; one row in the log for each node."""
    points = layout([node.id for node in nodes], [(edge.source, edge.target) for edge in edges])
    rows = {
        node.id: Node(
            id=new_id(),
            space_id=log.space_id,
            maker_id=maker_id,
            visibility=visibility,
            trajectory_id=trajectory.id,
            text=node.text,
            note=node.note,
            kind=node.kind,
            state=node.state,
            intended=node.intended,
            position=position,
            x=points[node.id].x,
            y=points[node.id].y,
        )
        for position, node in enumerate(nodes, start=1)
    }
    log.session.add_all(rows.values())
    log.session.flush()
    log.session.add_all(_drawn(trajectory, edge, rows) for edge in edges)
    for row in rows.values():
        record(log, row, "shared")


def _drawn(trajectory: Trajectory, edge: MapEdge, rows: Mapping[str, Node]) -> Edge:
    return Edge(
        id=new_id(),
        trajectory_id=trajectory.id,
        source_id=rows[edge.source].id,
        target_id=rows[edge.target].id,
        relation=edge.relation,
        label=edge.label,
    )


def _touched(log: Log, viewer: Viewer, trajectory: Trajectory, node_id: uuid.UUID | None) -> Node | None:
    if node_id is None:
        return None
    node = log.session.get(Node, node_id)
    if node is None or node.trajectory_id != trajectory.id or not sees(viewer, node.audience):
        raise NotFound
    # Somebody took it back while this answer was on its way: the answer stays, as a new beginning.
    return None if node.withdrawn_at is not None else node


def _link(log: Log, trajectory: Trajectory, touched: Node, node: Node, question: GrowQuestion) -> None:
    growing = growth(question)
    source_id, target_id = (node.id, touched.id) if growing.points_in else (touched.id, node.id)
    edge = Edge(
        id=new_id(),
        trajectory_id=trajectory.id,
        source_id=source_id,
        target_id=target_id,
        relation=growing.relation,
    )
    log.session.add(edge)
    log.session.flush()


def _next_position(log: Log, trajectory: Trajectory) -> int:
    last = select(func.max(Node.position)).where(Node.trajectory_id == trajectory.id)
    return (log.session.scalar(last) or 0) + 1


def _settle(trajectory: Trajectory, node: Node) -> None:
    standing = placed(trajectory.id)
    own = str(node.id)
    standing.pop(own, None)
    points: dict[str, Point] = layout([*standing, own], links(trajectory.id), standing)
    node.x, node.y = points[own]

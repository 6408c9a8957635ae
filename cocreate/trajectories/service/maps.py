"""Whole maps: starting one, opening it to the space, bringing one in from a file."""

import uuid
from collections.abc import Iterable, Mapping

from cocreate.core.audience import Viewer, Visibility
from cocreate.core.changes import Log, changing
from cocreate.core.db import new_id
from cocreate.core.problems import NotFound
from cocreate.spaces.rules import Act, may
from cocreate.trajectories.arrangement import arrange
from cocreate.trajectories.models import Edge, Node, Trajectory
from cocreate.trajectories.operations import Verb, told
from cocreate.trajectories.queries import trajectory_of
from cocreate.trajectories.rules import MapEdge, MapNode
from cocreate.trajectories.service.drawing import everybody, made_from_nothing
from cocreate.trajectories.service.nodes import EDGE_FIELDS, NODE_FIELDS


def start_trajectory(log: Log, title: str, workshop_id: uuid.UUID | None = None) -> Trajectory:
    """An empty map."""
    trajectory = Trajectory(space_id=log.space_id, title=title, workshop_id=workshop_id)
    log.session.add(trajectory)
    log.session.flush()
    return trajectory


def open_to_space(viewer: Viewer, trajectory_id: uuid.UUID, is_open: bool) -> None:
    """Let everybody in the space draw on it, also between meetings, or not any more; who leads may."""
    if not may(viewer, Act.FACILITATE):
        raise NotFound
    with changing(viewer.space_id) as log:
        trajectory = trajectory_of(viewer.space_id, trajectory_id)
        if trajectory.is_open == is_open:
            return
        trajectory.is_open = is_open
        log.record(
            "trajectory",
            "opened" if is_open else "closed",
            audience=everybody(trajectory),
            subject_type="trajectory",
            subject_id=trajectory.id,
            actor_id=viewer.membership_id,
            scope_id=trajectory.id,
        )


def bring_in(
    log: Log,
    trajectory: Trajectory,
    maker_id: uuid.UUID,
    visibility: Visibility,
    nodes: tuple[MapNode, ...],
    edges: tuple[MapEdge, ...],
) -> None:
    """Fill an empty trajectory with a map that was drawn elsewhere; one row in the log for each node."""
    arranged = arrange(nodes, edges)
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
            when=node.when,
            position=position,
            x=arranged.points[node.id].x,
            y=arranged.points[node.id].y,
            folded_in=node.id in arranged.folded_in,
        )
        for position, node in enumerate(nodes, start=1)
    }
    log.session.add_all(rows.values())
    log.session.flush()
    drawn = [_drawn(trajectory, maker_id, edge, rows) for edge in edges]
    log.session.add_all(drawn)
    position = {row.id: row.position for row in rows.values()}
    at: dict[uuid.UUID, list[Edge]] = {}
    for edge in drawn:  # a step is told with the later of its two ends
        at.setdefault(max(edge.source_id, edge.target_id, key=position.__getitem__), []).append(edge)
    for row in rows.values():
        _tell(log, trajectory, row, at.get(row.id, []))


def _tell(log: Log, trajectory: Trajectory, node: Node, edges: Iterable[Edge]) -> None:
    effects = [made_from_nothing(node, NODE_FIELDS), *(made_from_nothing(e, EDGE_FIELDS) for e in edges)]
    log.record(
        Node.topic,
        "shared",
        audience=node.audience,
        subject_type=Node.topic,
        subject_id=node.id,
        actor_id=node.maker_id,
        scope_id=trajectory.id,
        payload={"verb": Verb.GROW, "effects": told(effects)},
    )


def _drawn(trajectory: Trajectory, maker_id: uuid.UUID, edge: MapEdge, rows: Mapping[str, Node]) -> Edge:
    return Edge(
        id=new_id(),
        trajectory_id=trajectory.id,
        source_id=rows[edge.source].id,
        target_id=rows[edge.target].id,
        relation=edge.relation,
        label=edge.label,
        maker_id=maker_id,
    )

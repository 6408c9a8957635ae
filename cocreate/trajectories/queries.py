"""Reading trajectories: what a viewer may see of a map."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select

from cocreate.core.audience import Viewer, visible
from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.spaces.queries import VoiceFacts, voices_by_maker
from cocreate.trajectories.layout import Point
from cocreate.trajectories.models import Edge, Node, Trajectory
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation


@dataclass(frozen=True, slots=True)
class Map:
    """A trajectory as one viewer sees it, in the order it was told."""

    trajectory: Trajectory
    nodes: list[MapNode]
    edges: list[MapEdge]
    points: dict[str, Point]
    voices: dict[str, VoiceFacts]


def trajectory_of(space_id: uuid.UUID, trajectory_id: uuid.UUID) -> Trajectory:
    """The trajectory, in its own space."""
    trajectory = session().get(Trajectory, trajectory_id)
    if trajectory is None or trajectory.space_id != space_id:
        raise NotFound
    return trajectory


def trajectory_of_workshop(workshop_id: uuid.UUID) -> Trajectory | None:
    """The map that is drawn in a workshop."""
    return session().scalar(select(Trajectory).where(Trajectory.workshop_id == workshop_id))


def trajectories_seen(viewer: Viewer) -> list[tuple[Trajectory, int]]:
    """Every trajectory of which this viewer may see something, and how many nodes; newest first."""
    count = func.count(Node.id)
    query = (
        select(Trajectory, count)
        .join(Node, Node.trajectory_id == Trajectory.id)
        .where(Node.withdrawn_at.is_(None), visible(viewer, Node))
        .group_by(Trajectory.id)
        .order_by(Trajectory.created_at.desc())
    )
    return [(trajectory, seen) for trajectory, seen in session().execute(query)]


def map_of(viewer: Viewer, trajectory: Trajectory) -> Map:
    """What this viewer may see of a trajectory."""
    columns = (
        Node.id,
        Node.text,
        Node.kind,
        Node.state,
        Node.intended,
        Node.note,
        Node.x,
        Node.y,
        Node.maker_id,
    )
    query = select(*columns).where(
        Node.trajectory_id == trajectory.id, Node.withdrawn_at.is_(None), visible(viewer, Node)
    )
    rows = session().execute(query.order_by(Node.position, Node.id)).all()
    by_maker = voices_by_maker(row.maker_id for row in rows)
    shown = {row.id for row in rows}
    links = session().execute(
        select(Edge.id, Edge.source_id, Edge.target_id, Edge.relation, Edge.label)
        .where(Edge.trajectory_id == trajectory.id)
        .order_by(Edge.id)
    )
    return Map(
        trajectory,
        [map_node(row) for row in rows],
        [map_edge(link) for link in links if link.source_id in shown and link.target_id in shown],
        {str(row.id): Point(row.x, row.y) for row in rows},
        {str(row.id): by_maker[row.maker_id] for row in rows if row.maker_id in by_maker},
    )


def map_node(row: Any) -> MapNode:
    """A stored node, as the pure functions know it."""
    return MapNode(str(row.id), row.text, NodeKind(row.kind), NodeState(row.state), row.intended, row.note)


def map_edge(row: Any) -> MapEdge:
    """A stored edge, as the pure functions know it."""
    return MapEdge(str(row.id), str(row.source_id), str(row.target_id), Relation(row.relation), row.label)


def edges_at(node_id: uuid.UUID) -> list[Edge]:
    """The edges that begin or end at a node."""
    return list(
        session().scalars(select(Edge).where(or_(Edge.source_id == node_id, Edge.target_id == node_id)))
    )


def placed(trajectory_id: uuid.UUID) -> dict[str, Point]:
    """Where every node of a trajectory stands, whoever may see it: nobody's node may cover another."""
    rows = session().execute(select(Node.id, Node.x, Node.y).where(Node.trajectory_id == trajectory_id))
    return {str(node_id): Point(x, y) for node_id, x, y in rows}


def links(trajectory_id: uuid.UUID) -> list[tuple[str, str]]:
    """Every link of a trajectory, from source to target."""
    query = (
        select(Edge.source_id, Edge.target_id).where(Edge.trajectory_id == trajectory_id).order_by(Edge.id)
    )
    return [(str(source), str(target)) for source, target in session().execute(query)]

"""Where everything on a map stands and what it hangs on, whoever may see it."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from cocreate.core.db import session
from cocreate.trajectories.arrangement import FOLDED_FROM
from cocreate.trajectories.layout import Point
from cocreate.trajectories.models import Edge, Node
from cocreate.trajectories.queries import map_edge, map_node
from cocreate.trajectories.rules import MapEdge
from cocreate.trajectories.threads import fold


@dataclass(frozen=True, slots=True)
class Standing:
    """Where every node on a map stands, whoever may see it: nobody's node may cover another.

    What is folded in stands `apart`; a map of up to `FOLDED_FROM` nodes has nothing of that.
    """

    shown: dict[str, Point]
    apart: dict[str, Point]


def standing_on(trajectory_id: uuid.UUID, but: uuid.UUID) -> Standing:
    """Where every node stands but this one."""
    query = (
        select(Node.id, Node.x, Node.y, Node.folded_in, Node.pinned)
        .where(Node.trajectory_id == trajectory_id, Node.alive.is_(True), Node.withdrawn_at.is_(None))
        .order_by(Node.position, Node.id)
    )
    rows = session().execute(query).all()
    is_large = len(rows) > FOLDED_FROM
    standing = Standing({}, {})
    for node_id, x, y, folded_in, pinned in rows:
        if node_id != but:
            is_apart = is_large and folded_in and not pinned
            (standing.apart if is_apart else standing.shown)[str(node_id)] = Point(x, y)
    return standing


def heads_of(trajectory_id: uuid.UUID, shown: Collection[str]) -> dict[str, str]:
    """In which of these nodes each other one is folded, whoever may see it."""
    on_it = (Node.trajectory_id == trajectory_id, Node.alive.is_(True), Node.withdrawn_at.is_(None))
    nodes = session().scalars(select(Node).where(*on_it).order_by(Node.position, Node.id))
    return fold([map_node(node) for node in nodes], steps_of(trajectory_id), shown=shown).inside


def steps_of(trajectory_id: uuid.UUID) -> list[MapEdge]:
    """Every step of a trajectory, whoever may see it."""
    query = select(Edge).where(Edge.trajectory_id == trajectory_id, Edge.alive.is_(True))
    return [map_edge(edge) for edge in session().scalars(query.order_by(Edge.id))]


def links(trajectory_id: uuid.UUID) -> list[tuple[str, str]]:
    """Every link of a trajectory, from source to target."""
    query = (
        select(Edge.source_id, Edge.target_id)
        .where(Edge.trajectory_id == trajectory_id, Edge.alive.is_(True))
        .order_by(Edge.id)
    )
    return [(str(source), str(target)) for source, target in session().execute(query)]

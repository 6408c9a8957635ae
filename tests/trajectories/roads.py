"""Roads of a space for tests: brought in whole, and tied to what helped or to what people want."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from cocreate.core.audience import Visibility
from cocreate.core.changes import changing
from cocreate.core.db import new_id, session
from cocreate.moments.models import WorkingFactor
from cocreate.trajectories.models import Node, NodeReference
from cocreate.trajectories.rules import MapEdge, MapNode
from cocreate.trajectories.service import bring_in, start_trajectory
from tests.factories import MadeWorkshop, Member
from tests.trajectories.football import EDGES, NODES


def make_road(
    maker: Member,
    title: str,
    nodes: Sequence[MapNode] = NODES,
    edges: Sequence[MapEdge] = EDGES,
    visibility: Visibility = Visibility.SPACE,
) -> uuid.UUID:
    """A trajectory with these stops."""
    with changing(maker.space_id) as log:
        trajectory = start_trajectory(log, title)
        bring_in(log, trajectory, maker.id, visibility, tuple(nodes), tuple(edges))
        return trajectory.id


def stops_of(trajectory_id: uuid.UUID) -> list[Node]:
    """Its stops, in the order they were told."""
    return list(
        session().scalars(select(Node).where(Node.trajectory_id == trajectory_id).order_by(Node.position))
    )


def make_factor(
    maker: Member, workshop: MadeWorkshop, name: str, visibility: Visibility = Visibility.SPACE
) -> uuid.UUID:
    """What helped, under a name."""
    with changing(maker.space_id) as log:
        factor = WorkingFactor(
            id=new_id(),
            space_id=maker.space_id,
            maker_id=maker.id,
            workshop_id=workshop.id,
            visibility=visibility,
            name=name,
        )
        log.session.add(factor)
        return factor.id


def refer(
    maker: Member, trajectory_id: uuid.UUID, place: int, subject_type: str, subject_id: uuid.UUID
) -> None:
    """Say what the stop at this place has to do with."""
    with changing(maker.space_id) as log:
        log.session.add(
            NodeReference(
                trajectory_id=trajectory_id,
                node_id=stops_of(trajectory_id)[place].id,
                subject_type=subject_type,
                subject_id=subject_id,
                maker_id=maker.id,
            )
        )

"""What was there when a meeting closed, and what came later."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from sqlalchemy import or_, select

from cocreate.core.audience import Viewer
from cocreate.core.db import session, utcnow
from cocreate.indicators.queries.ballots import Paper, lists_of_meeting, paper_of
from cocreate.trajectories.models import Node
from cocreate.trajectories.queries import Map
from cocreate.workshops.models import Workshop
from cocreate.workshops.rules import StepKind


@dataclass(frozen=True, slots=True)
class Choice:
    """What people chose from in a meeting: counted before it closed, or not."""

    counted: Paper | None = None
    uncounted: Paper | None = None  # it was still open when the meeting closed


def choice_in(wall: Viewer, workshop: Workshop) -> Choice:
    """The list that was open during the meeting. What is counted later is nothing that this room chose."""
    if workshop.opened_at is None or not any(step.kind == StepKind.CHOOSE for step in workshop.steps):
        return Choice()
    ends = workshop.closed_at or utcnow()
    lists = [
        each
        for each in chain.from_iterable(lists_of_meeting(wall.space_id, workshop.id))
        if each.opened_at <= ends and (each.closed_at or ends) >= workshop.opened_at
    ]
    counted = next((each for each in lists if each.closed_at and each.closed_at <= ends), None)
    if counted or not lists:
        return Choice(counted=paper_of(wall, counted) if counted else None)
    return Choice(uncounted=paper_of(wall, lists[0]))


def map_at_closing(seen: Map | None, workshop: Workshop) -> tuple[Map | None, int]:
    """The map without the stops that came after the meeting, and how many those are; of an open one as it is.

    What was told in the meeting and came in late from a tablet is of the meeting.
    """
    if seen is None or workshop.closed_at is None:
        return seen, 0
    later = _later(seen.trajectory.id, workshop.id, workshop.closed_at)
    nodes = [node for node in seen.nodes if node.id not in later]
    here = {node.id for node in nodes}
    steps = [edge for edge in seen.edges if edge.source in here and edge.target in here]
    points = {own_id: point for own_id, point in seen.points.items() if own_id in here}
    then = replace(seen, nodes=nodes, edges=steps, points=points)
    return (then if nodes else None), len(seen.nodes) - len(nodes)


def _later(trajectory_id: uuid.UUID, workshop_id: uuid.UUID, closed_at: datetime) -> set[str]:
    elsewhere = or_(Node.workshop_id.is_(None), Node.workshop_id != workshop_id)
    query = select(Node.id).where(Node.trajectory_id == trajectory_id, Node.created_at > closed_at, elsewhere)
    return {str(own_id) for own_id in session().scalars(query)}

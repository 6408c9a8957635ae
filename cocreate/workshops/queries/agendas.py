"""Reading agendas: the parts of a meeting as lines, and what a space keeps for another time."""

import uuid
from collections.abc import Container, Mapping
from typing import Any, Final

from sqlalchemy import literal, select, union

from cocreate.core.changes import Change
from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.indicators.models import Answer, Ballot
from cocreate.spaces.contributions import Contribution
from cocreate.spaces.rules import Activity
from cocreate.trajectories.models import Node
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.models import OwnAgenda, Workshop
from cocreate.workshops.rules import StepKind
from cocreate.workshops.sketches import Line, from_row, sketch_of

# Says in which meeting it was told, and not in which part: one map, one list, one round is there for all.
_OF_NO_PART: Final[Mapping[str, Activity]] = {
    Node.topic: Activity.MAP,
    Ballot.topic: Activity.CHOOSING,
    Answer.topic: Activity.MEASURING,
}


def lines_of(workshop: Workshop) -> list[Line]:
    """The agenda of a meeting: what is over or on stage is fixed."""
    now = next((n for n, step in enumerate(workshop.steps) if step.id == workshop.current_step_id), -1)
    staged = select(Change.payload).where(Change.subject_type == "workshop", Change.subject_id == workshop.id)
    rows = session().scalars(staged.where(Change.topic == "stage", Change.verb == "moved"))
    seen = {payload.get("step_id") for payload in rows}
    told = _told_in(workshop, seen)
    is_closed = workshop.closed_at is not None
    return [
        Line(step.id, sketch_of(step), is_closed or n <= now, str(step.id) in seen, step.id in told)
        for n, step in enumerate(workshop.steps)
    ]


def _told_in(workshop: Workshop, seen: Container[str | None]) -> set[uuid.UUID]:
    """In which parts somebody told something of any kind; also what was typed over from paper, on no stage.

    What was taken back counts: its maker may tell it again.
    """
    each = [
        select(literal(kind.topic), kind.part_id).where(
            kind.space_id == workshop.space_id, kind.workshop_id == workshop.id
        )
        for kind in Contribution.__subclasses__()
    ]
    found = {(topic, part_id) for topic, part_id in session().execute(union(*each))}
    said = {part_id for _topic, part_id in found}
    hosted = {step.id: ACTIVITIES[StepKind(step.kind)].opens for step in workshop.steps}
    # Where no part with it was on stage, it was told on paper in any of these.
    on_stage = {activity for part_id, activity in hosted.items() if str(part_id) in seen}
    loose = {activity for topic, activity in _OF_NO_PART.items() if (topic, None) in found} - on_stage
    return {part_id for part_id, activity in hosted.items() if part_id in said or activity in loose}


def kept_lines(rows: list[dict[str, Any]]) -> list[Line]:
    """The parts of an agenda that a space keeps."""
    return [Line(uuid.UUID(row["id"]), from_row(row)) for row in rows]


def kept_agenda(space_id: uuid.UUID, agenda_id: uuid.UUID) -> OwnAgenda:
    """An agenda of this space's own."""
    kept = session().get(OwnAgenda, agenda_id)
    if kept is None or kept.space_id != space_id:
        raise NotFound
    return kept


def kept_agendas(space_id: uuid.UUID) -> list[OwnAgenda]:
    """The agendas that a space keeps, newest first."""
    query = select(OwnAgenda).where(OwnAgenda.space_id == space_id).order_by(OwnAgenda.created_at.desc())
    return list(session().scalars(query))

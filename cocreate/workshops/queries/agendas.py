"""Reading agendas: the parts of a meeting as lines, and what a space keeps for another time."""

import uuid
from typing import Any

from sqlalchemy import select

from cocreate.core.changes import Change
from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.replies.models import MoodMark, Reply
from cocreate.workshops.models import OwnAgenda, Workshop
from cocreate.workshops.sketches import Line, from_row, sketch_of


def lines_of(workshop: Workshop) -> list[Line]:
    """The agenda of a meeting: what is over or on stage is fixed."""
    now = next((n for n, step in enumerate(workshop.steps) if step.id == workshop.current_step_id), -1)
    staged = select(Change.payload).where(Change.subject_type == "workshop", Change.subject_id == workshop.id)
    rows = session().scalars(staged.where(Change.topic == "stage", Change.verb == "moved"))
    seen = {payload.get("step_id") for payload in rows} | _answered(workshop.id)
    is_closed = workshop.closed_at is not None
    return [
        Line(step.id, sketch_of(step), is_closed or n <= now, str(step.id) in seen)
        for n, step in enumerate(workshop.steps)
    ]


def _answered(workshop_id: uuid.UUID) -> set[str]:
    """In which parts somebody said something, by id; also what was typed over from paper, on no stage."""
    said: tuple[type[Reply | MoodMark], ...] = (Reply, MoodMark)
    return {
        str(step_id)
        for kind in said
        for step_id in session().scalars(
            select(kind.step_id).where(kind.workshop_id == workshop_id).distinct()
        )
    }


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

"""Preparing a workshop: from an agenda, with a map to draw on."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from cocreate.accounts.rules import make_join_code
from cocreate.core.changes import Log, changing
from cocreate.indicators.queries.answering import is_measuring
from cocreate.trajectories.queries import trajectory_of
from cocreate.trajectories.service import start_trajectory
from cocreate.workshops.library import AGENDAS, Agenda, with_asking
from cocreate.workshops.models import Step, Workshop
from cocreate.workshops.rules import StepSketch
from cocreate.workshops.service.stage import record


def start_workshop(
    space_id: uuid.UUID,
    title: str,
    trajectory_id: uuid.UUID | None = None,
    agenda: Agenda | Sequence[StepSketch] = Agenda.MOMENTS,
) -> uuid.UUID:
    """A workshop from a ready agenda or from these steps; with a map to draw on, an existing or a new one."""
    with changing(space_id) as log:
        workshop = Workshop(space_id=space_id, title=title, code=_free_code(log))
        log.session.add(workshop)
        log.session.flush()
        for position, sketch in enumerate(_sketches(space_id, agenda)):
            log.session.add(step_from(sketch, workshop.id, position))
        if trajectory_id is None:
            start_trajectory(log, title, workshop.id)
        else:
            trajectory_of(space_id, trajectory_id).workshop_id = workshop.id
        record(log, workshop, "workshop", "prepared")
        return workshop.id


def step_from(sketch: StepSketch, workshop_id: uuid.UUID, position: int) -> Step:
    """A step as it is sketched."""
    return Step(
        workshop_id=workshop_id,
        position=position,
        kind=sketch.kind,
        phase=sketch.phase,
        minutes=sketch.minutes,
        title=sketch.title,
        prompt=sketch.prompt,
        widest=sketch.widest,
        most_each=sketch.most_each,
        has_names=sketch.has_names,
        settings=dict(sketch.settings),
    )


def _sketches(space_id: uuid.UUID, agenda: Agenda | Sequence[StepSketch]) -> Sequence[StepSketch]:
    if not isinstance(agenda, Agenda):
        return agenda
    return with_asking(AGENDAS[agenda]) if is_measuring(space_id) else AGENDAS[agenda]


def _free_code(log: Log) -> str:
    while True:
        code = make_join_code()
        if log.session.scalar(select(Workshop.id).where(Workshop.code == code)) is None:
            return code

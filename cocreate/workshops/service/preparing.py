"""Preparing a workshop: from an agenda, with a map to draw on, maybe as one of a series."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from cocreate.accounts.rules import make_join_code
from cocreate.core.changes import Log, changing
from cocreate.core.problems import NotFound
from cocreate.indicators.queries.answering import is_measuring
from cocreate.trajectories.queries import trajectory_of
from cocreate.trajectories.service import start_trajectory
from cocreate.workshops.library import AGENDAS, Agenda, with_asking
from cocreate.workshops.models import Series, Step, Workshop
from cocreate.workshops.rules import StepKind, StepSketch
from cocreate.workshops.service.stage import record

TITLE_MOST: Final = 120


@dataclass(frozen=True, slots=True)
class Place:
    """Where a meeting stands: when it is to begin, and of which series it is."""

    planned_at: datetime | None = None
    series_id: uuid.UUID | None = None


def start_workshop(
    space_id: uuid.UUID,
    title: str,
    trajectory_id: uuid.UUID | None = None,
    agenda: Agenda | Sequence[StepSketch] = Agenda.MOMENTS,
    place: Place = Place(),
) -> uuid.UUID:
    """A workshop from a ready agenda or from these steps; with a map to draw on, an existing or a new one."""
    with changing(space_id) as log:
        workshop = _prepare(log, title, sketches_of(space_id, agenda), place)
        if trajectory_id is None:
            workshop.trajectory_id = start_trajectory(log, title, workshop.id).id
        else:
            workshop.trajectory_id = trajectory_of(space_id, trajectory_id).id
        return workshop.id


def start_series(log: Log, title: str) -> uuid.UUID:
    """Meetings that belong together; none yet."""
    series = Series(space_id=log.space_id, title=title)
    log.session.add(series)
    log.session.flush()
    return series.id


def start_meetings(
    space_id: uuid.UUID,
    title: str,
    agendas: Sequence[tuple[str, Agenda]],
    planned_at: datetime | None = None,
) -> uuid.UUID:
    """A series with one meeting for each of these agendas, under its own title. Gives the series.

    The first is to begin at that time. Only where a map is drawn is there one, of that meeting.
    """
    with changing(space_id) as log:
        series_id = start_series(log, title)
        for number, (name, agenda) in enumerate(agendas):
            place = Place(None if number else planned_at, series_id)
            workshop = _prepare(log, name[:TITLE_MOST], sketches_of(space_id, agenda), place)
            if any(sketch.kind is StepKind.MAP for sketch in AGENDAS[agenda]):
                workshop.trajectory_id = start_trajectory(log, title, workshop.id).id
        return series_id


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


def sketches_of(space_id: uuid.UUID, agenda: Agenda | Sequence[StepSketch]) -> Sequence[StepSketch]:
    """The steps of a ready agenda, with time to answer where something is measured; others as they are."""
    if not isinstance(agenda, Agenda):
        return agenda
    is_asked = agenda in (Agenda.MOMENTS, Agenda.YOUTH_PANEL) and is_measuring(space_id)
    return with_asking(AGENDAS[agenda]) if is_asked else AGENDAS[agenda]


def _prepare(log: Log, title: str, sketches: Sequence[StepSketch], place: Place) -> Workshop:
    workshop = Workshop(
        space_id=log.space_id,
        title=title,
        code=_free_code(log),
        planned_at=place.planned_at,
        series_id=place.series_id,
        series_position=_next_in(log, place.series_id),
    )
    log.session.add(workshop)
    log.session.flush()
    for position, sketch in enumerate(sketches):
        log.session.add(step_from(sketch, workshop.id, position))
    record(log, workshop, "workshop", "prepared")
    return workshop


def _next_in(log: Log, series_id: uuid.UUID | None) -> int | None:
    if series_id is None:
        return None
    series = log.session.get(Series, series_id)
    if series is None or series.space_id != log.space_id:
        raise NotFound
    last = select(func.max(Workshop.series_position)).where(Workshop.series_id == series_id)
    return (log.session.scalar(last) or 0) + 1


def _free_code(log: Log) -> str:
    while True:
        code = make_join_code()
        if log.session.scalar(select(Workshop.id).where(Workshop.code == code)) is None:
            return code

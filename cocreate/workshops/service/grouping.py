"""Putting what belongs together under a heading. Nobody's words change by it, and nothing is lost."""

import uuid
from typing import Final

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from cocreate.core.audience import Viewer
from cocreate.core.changes import Log, changing
from cocreate.core.problems import Conflict, NotFound
from cocreate.workshops.models import Grouped, Heading, Workshop
from cocreate.workshops.queries.arrivals import GROUPED, seen_in
from cocreate.workshops.service.stage import record, workshop_in

MOST: Final = 20  # headings over one kind of thing


def make_heading(viewer: Viewer, workshop_id: uuid.UUID, topic: str, words: str) -> uuid.UUID:
    """A new heading, after the others."""
    if topic not in GROUPED:
        raise NotFound
    with changing(viewer.space_id) as log:
        workshop = workshop_in(log, workshop_id)
        before = _in_order(log, workshop_id, topic)
        if len(before) >= MOST:
            raise Conflict(_l("There are many headings already. Use one of those, or remove one."))
        place = before[-1].position + 1 if before else 0
        heading = Heading(
            space_id=log.space_id, workshop_id=workshop_id, topic=topic, words=words, position=place
        )
        log.session.add(heading)
        log.session.flush()
        _note(log, workshop, topic)
        return heading.id


def rename_heading(viewer: Viewer, workshop_id: uuid.UUID, heading_id: uuid.UUID, words: str) -> None:
    """Other words for a heading; the last word wins."""
    with changing(viewer.space_id) as log:
        heading = _heading(log, workshop_id, heading_id)
        if heading.words != words:
            heading.words = words
            _note(log, workshop_in(log, workshop_id), heading.topic)


def move_heading(viewer: Viewer, workshop_id: uuid.UUID, heading_id: uuid.UUID, by: int) -> None:
    """One place earlier (-1) or later (1). At the end it stays where it is."""
    with changing(viewer.space_id) as log:
        heading = _heading(log, workshop_id, heading_id)
        order = _in_order(log, workshop_id, heading.topic)
        place = order.index(heading)
        to = min(max(place + by, 0), len(order) - 1)
        if to != place:
            order.insert(to, order.pop(place))
            for position, each in enumerate(order):
                each.position = position
            _note(log, workshop_in(log, workshop_id), heading.topic)


def remove_heading(viewer: Viewer, workshop_id: uuid.UUID, heading_id: uuid.UUID) -> None:
    """The heading goes; what stood under it comes loose."""
    with changing(viewer.space_id) as log:
        heading = _heading(log, workshop_id, heading_id)
        log.session.execute(delete(Grouped).where(Grouped.heading_id == heading.id))
        log.session.delete(heading)
        log.session.flush()
        _note(log, workshop_in(log, workshop_id), heading.topic)


def put_under(
    viewer: Viewer, workshop_id: uuid.UUID, topic: str, subject_id: uuid.UUID, heading_id: uuid.UUID | None
) -> None:
    """Put this under a heading, or (none) loose again. Of two at once the last word wins."""
    with changing(viewer.space_id) as log:
        workshop = workshop_in(log, workshop_id)
        if topic not in GROUPED:
            raise NotFound
        seen_in(viewer, topic, subject_id, workshop_id)
        stands = select(Grouped).where(Grouped.workshop_id == workshop_id, Grouped.subject_id == subject_id)
        now = log.session.scalar(stands)
        if (now.heading_id if now else None) == heading_id:
            return
        if heading_id is None:
            log.session.delete(now)
        elif _heading(log, workshop_id, heading_id).topic != topic:
            raise NotFound
        elif now is None:
            log.session.add(Grouped(workshop_id=workshop_id, heading_id=heading_id, subject_id=subject_id))
        else:
            now.heading_id = heading_id
        log.session.flush()
        _note(log, workshop, topic)


def _heading(log: Log, workshop_id: uuid.UUID, heading_id: uuid.UUID) -> Heading:
    heading = log.session.get(Heading, heading_id)
    if heading is None or heading.workshop_id != workshop_id or heading.space_id != log.space_id:
        raise NotFound
    return heading


def _in_order(log: Log, workshop_id: uuid.UUID, topic: str) -> list[Heading]:
    query = select(Heading).where(Heading.workshop_id == workshop_id, Heading.topic == topic)
    return list(log.session.scalars(query.order_by(Heading.position, Heading.created_at, Heading.id)))


def _note(log: Log, workshop: Workshop, topic: str) -> None:
    """Every surface looks at the headings as they are by then; the log holds no words of them."""
    step = workshop.current_step
    on = {"step_id": str(step.id), "kind": step.kind} if step else {}
    record(log, workshop, "stage", "grouped", {**on, "grouped_topic": topic})

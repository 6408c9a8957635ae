"""The one thing that the screen shows large, and what is set aside from every surface."""

import uuid
from dataclasses import replace

from flask_babel import lazy_gettext as _l

from cocreate.core.audience import Viewer
from cocreate.core.changes import changing
from cocreate.core.problems import Conflict, NotFound
from cocreate.impacts.service import show_impact_of
from cocreate.indicators.models import Indicator
from cocreate.indicators.queries.instruments import panel_of_sign
from cocreate.indicators.service.settling import settle_shown
from cocreate.spaces.hiding import bring_back, set_aside
from cocreate.spaces.rules import Act, may
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries.arrivals import card_of, kind_aside, seen_in
from cocreate.workshops.service.stage import record, workshop_in


def light(room: Viewer, workshop_id: uuid.UUID, topic: str, subject_id: uuid.UUID) -> None:
    """Show this large on the screen; `room` sees what everybody in the meeting may see, and no more."""
    with changing(room.space_id) as log:
        workshop = workshop_in(log, workshop_id)
        # What helped may have been named in an earlier meeting: then everybody in the space sees it.
        if card_of(seen_in(replace(room, sees_space=True), topic, subject_id, workshop_id)) is None:
            raise NotFound
        if workshop.opened_at is None:
            raise Conflict(_l("Open the doors first."))
        if workshop.closed_at is not None:
            raise Conflict(_l("This meeting is closed."))
        if (workshop.lit_topic, workshop.lit_id) != (topic, subject_id):
            workshop.lit_topic, workshop.lit_id = topic, subject_id
            record(log, workshop, "stage", "lit", _lit(workshop))


def dim(space_id: uuid.UUID, workshop_id: uuid.UUID) -> None:
    """The screen goes back to everything that was told. Again is as good as once."""
    with changing(space_id) as log:
        workshop = workshop_in(log, workshop_id)
        if workshop.lit_id is not None:
            workshop.lit_topic = workshop.lit_id = None
            record(log, workshop, "stage", "lit", _lit(workshop))


def put_aside(viewer: Viewer, workshop_id: uuid.UUID, topic: str, subject_id: uuid.UUID, reason: str) -> None:
    """Take it from every surface, with a reason that its maker reads; what hangs on it follows.

    A panel's signs are its own: who leads cannot set these aside.
    """
    if not may(viewer, Act.FACILITATE):
        raise NotFound
    with changing(viewer.space_id) as log:
        workshop = workshop_in(log, workshop_id)
        if topic == Indicator.topic and panel_of_sign(subject_id) is not None:
            raise NotFound
        set_aside(viewer, kind_aside(topic), subject_id, workshop_id, reason)
        if workshop.lit_id == subject_id:
            dim(viewer.space_id, workshop_id)
        show_impact_of(log, topic, subject_id)
        settle_shown(log, topic, subject_id)


def take_back_in(viewer: Viewer, workshop_id: uuid.UUID, topic: str, subject_id: uuid.UUID) -> None:
    """Bring back what was set aside; what hangs on it follows."""
    with changing(viewer.space_id) as log:
        workshop_in(log, workshop_id)
        bring_back(viewer, kind_aside(topic), subject_id, workshop_id)
        show_impact_of(log, topic, subject_id)
        settle_shown(log, topic, subject_id)


def _lit(workshop: Workshop) -> dict[str, object]:
    """What the log says: which thing, and on which step, which stays the one that is on."""
    step = workshop.current_step
    return {
        "step_id": str(step.id) if step else None,
        "kind": step.kind if step else None,
        "lit_topic": workshop.lit_topic,
        "lit_id": str(workshop.lit_id) if workshop.lit_id else None,
    }

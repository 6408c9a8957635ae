"""Reading back in a meeting that goes on: who leads it writes down what was heard, and nobody else."""

import uuid

from flask_babel import lazy_gettext as _l

from cocreate.core.audience import Viewer
from cocreate.core.changes import Log, changing
from cocreate.core.problems import Conflict, NotFound
from cocreate.replies.models import Summary
from cocreate.replies.service import drop_summary, write_summary
from cocreate.workshops.service.stage import workshop_in
from cocreate.workshops.service.steering import require_lead


def read_back(viewer: Viewer, workshop_id: uuid.UUID, text: str) -> None:
    """One more sentence comes to every tablet."""
    with changing(viewer.space_id) as log:
        _led_now(log, viewer, workshop_id)
        write_summary(viewer, workshop_id, text)


def read_back_no_more(viewer: Viewer, summary_id: uuid.UUID) -> uuid.UUID:
    """It leaves every tablet. Again is as good as once. Gives the meeting."""
    with changing(viewer.space_id) as log:
        summary = log.session.get(Summary, summary_id)
        if summary is None or summary.space_id != log.space_id:
            raise NotFound
        _led_now(log, viewer, summary.workshop_id)
        return drop_summary(viewer, summary_id)


def _led_now(log: Log, viewer: Viewer, workshop_id: uuid.UUID) -> None:
    workshop = workshop_in(log, workshop_id)
    require_lead(workshop, viewer.membership_id)
    if workshop.opened_at is None:
        raise Conflict(_l("Open the doors first."))
    if workshop.closed_at is not None:
        raise Conflict(_l("This meeting is closed."))

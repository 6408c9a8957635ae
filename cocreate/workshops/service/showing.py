"""Showing the room what came out of the step on stage, and taking it away again."""

import uuid

from flask_babel import lazy_gettext as _l

from cocreate.core.changes import Log, changing
from cocreate.core.db import utcnow
from cocreate.core.problems import Conflict
from cocreate.spaces.models import Space
from cocreate.workshops.models import Step, Workshop
from cocreate.workshops.queries.results import FROZEN, MOODS, has_result, moods_now
from cocreate.workshops.rules import StepKind
from cocreate.workshops.service.stage import leave_stage, record, workshop_in


def show_result(space_id: uuid.UUID, workshop_id: uuid.UUID) -> None:
    """From now on the room sees what came out; the vote closes, and is counted as it is now.

    What is under way from a tablet still comes in, and is counted when that is enough people. Again is as
    good as once.
    """
    with changing(space_id) as log:
        workshop = workshop_in(log, workshop_id)
        step = _on_stage(workshop)
        if step.shown_at is None:
            leave_stage(log, workshop)
            workshop.part_locked_at = workshop.part_locked_at or utcnow()  # who saw it would answer otherwise
            if StepKind(step.kind) in MOODS:
                _freeze(log, workshop, step)
            step.shown_at = utcnow()
            _note(log, workshop, step)


def take_result_away(space_id: uuid.UUID, workshop_id: uuid.UUID) -> None:
    """The room no longer sees it. Again is as good as once."""
    with changing(space_id) as log:
        workshop = workshop_in(log, workshop_id)
        step = _on_stage(workshop)
        if step.shown_at is not None:
            step.shown_at = None
            _note(log, workshop, step)


def _on_stage(workshop: Workshop) -> Step:
    step = workshop.current_step
    if step is None or not workshop.is_open:
        raise Conflict(_l("Open the doors first."))
    if not has_result(workshop, step):
        raise Conflict(_l("There is nothing to show of this part."))
    return step


def _freeze(log: Log, workshop: Workshop, step: Step) -> None:
    """Once for all as soon as something is shown: a second look is the same, so that nobody can subtract.

    While nothing is, it is counted again once enough people more answered: whoever sees the difference
    between nothing and something sees it of all of them together. So few that nothing can be shown whatever
    they answer tell nothing at all, and do not count as a look.
    """
    threshold = log.session.get_one(Space, log.space_id).threshold
    before = step.settings.get(FROZEN, {})
    is_counted = before.get("step_id") == str(step.id)
    if is_counted and before["shown"]:
        return
    now = moods_now(workshop.id, step.id, threshold)
    added = set(now["of"]).difference(before["of"] if is_counted else ())
    if len(added) >= (threshold if is_counted else 2 * threshold):
        step.settings = {**step.settings, FROZEN: now}


def _note(log: Log, workshop: Workshop, step: Step) -> None:
    told = {"step_id": str(step.id), "kind": step.kind, "is_shown": step.shown_at is not None}
    record(log, workshop, "stage", "shown", told)

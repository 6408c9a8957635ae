"""Typing over what people wrote on paper in a meeting: as their own, under the label of their sheet.

Nobody speaks for another here: what is kept is what stands on the sheet, and its maker is whoever wrote it.
"""

import uuid
from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from cocreate.core.audience import Audience, Viewer, Visibility
from cocreate.core.changes import Log, changing
from cocreate.core.db import empty_write_ahead_log
from cocreate.core.problems import Conflict, Invalid, NotFound
from cocreate.impacts.service import show_impact_of
from cocreate.indicators.models import PaperPerson
from cocreate.indicators.service.settling import settle
from cocreate.indicators.service.sheets import membership_with
from cocreate.spaces.contributions import Contribution, withdraw
from cocreate.spaces.models import Attendance, Membership, Space
from cocreate.spaces.openings import open_activity
from cocreate.spaces.queries import viewer_for
from cocreate.spaces.rules import Act, may
from cocreate.spaces.service import attend
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries.sheets import ENTERED, KINDS, came_before, entries_of, has_harvest
from cocreate.workshops.rules import StepKind
from cocreate.workshops.service.stage import terms_of, workshop_in

Keeping = Callable[[Viewer], dict[str, Any]]  # what stands on the sheet, as its writer's own


def begin_sheet(
    viewer: Viewer,
    workshop_id: uuid.UUID,
    label: str,
    voice_id: uuid.UUID | None,
    is_same: bool = False,
) -> uuid.UUID:
    """Whoever has this label was in this meeting; the same label is the same person, in every meeting.

    A label that is known from elsewhere is asked about first: two people with one label would become one.
    """
    with changing(viewer.space_id) as log:
        workshop = _led(log, viewer, workshop_id)
        is_known = log.session.get(PaperPerson, (log.space_id, label)) is not None
        membership = membership_with(log, label, voice_id)
        if is_known and not is_same and log.session.get(Attendance, (workshop.id, membership.id)) is None:
            raise Invalid(fields={"is_same": [_asked(label, came_before(membership.id))]})
        membership.bring_in(viewer.membership_id)
        attend(log, workshop.id, membership)
        return membership.id


def enter_part(viewer: Viewer, workshop_id: uuid.UUID, membership_id: uuid.UUID, keep: Keeping) -> None:
    """Keep one thing that stands on a sheet, all of it or nothing; and who typed it over."""
    with changing(viewer.space_id) as log:
        workshop = _led(log, viewer, workshop_id)
        writer = _writer(log, workshop, membership_id)
        log.session.get_one(Membership, membership_id).bring_in(viewer.membership_id)
        _open_all(log, workshop)
        log.session.flush()
        made = _made(log, uuid.UUID(keep(writer)["subject_id"]))
        if made.maker_id == membership_id:  # and not what somebody else had named so before
            made.is_by_helper = True
        log.record(
            ENTERED,
            "entered",
            audience=Audience(Visibility.MAKER, viewer.membership_id, workshop.id),
            subject_type=made.topic,
            subject_id=made.id,
            actor_id=viewer.membership_id,
        )


def take_back_entry(
    viewer: Viewer, workshop_id: uuid.UUID, membership_id: uuid.UUID, contribution_id: uuid.UUID
) -> None:
    """Somebody mistyped: what they typed over goes, until the harvest of the meeting is made."""
    with changing(viewer.space_id) as log:
        workshop = _led(log, viewer, workshop_id)
        writer = _writer(log, workshop, membership_id)
        mine = {entry.id: entry for entry in entries_of(viewer, workshop, membership_id)}
        if contribution_id not in mine:
            raise NotFound
        if has_harvest(workshop):
            raise Conflict(_l("What came out of this meeting is on paper already. This stays as it is."))
        topic = mine[contribution_id].topic
        withdraw(writer, KINDS[topic], contribution_id)
        show_impact_of(log, topic, contribution_id)
        settle(log, topic, contribution_id)
    empty_write_ahead_log()


def _asked(label: str, title: str | None) -> Any:
    if title is None:
        return _l("%(label)s is there already. Is this the same person?", label=label)
    return _l(
        "%(label)s is there already. Is this the same person as in “%(meeting)s”?",
        label=label,
        meeting=title,
    )


def _led(log: Log, viewer: Viewer, workshop_id: uuid.UUID) -> Workshop:
    if not may(viewer, Act.FACILITATE):
        raise NotFound
    return workshop_in(log, workshop_id)


def _writer(log: Log, workshop: Workshop, membership_id: uuid.UUID) -> Viewer:
    """Whoever filled in the sheet; a membership that somebody holds themselves is nobody's to write for."""
    on_paper = select(PaperPerson).where(
        PaperPerson.space_id == log.space_id, PaperPerson.membership_id == membership_id
    )
    was_there = log.session.get(Attendance, (workshop.id, membership_id))
    if log.session.scalar(on_paper) is None or was_there is None:
        raise NotFound
    membership = log.session.get_one(Membership, membership_id)
    return viewer_for(log.session.get_one(Space, log.space_id), membership)


def _open_all(log: Log, workshop: Workshop) -> None:
    """What was done on paper alone was never on a stage; it counts all the same, on the terms of its step."""
    for step in workshop.steps:
        activity = ACTIVITIES[StepKind(step.kind)].opens
        if activity is None:
            continue
        opened = open_activity(log, workshop.id, activity)
        if str(step.id) not in opened.parts:
            open_activity(log, workshop.id, activity, {step.id: terms_of(step)})
        opened.closed_at = workshop.closed_at


def _made(log: Log, contribution_id: uuid.UUID) -> Contribution:
    found = (log.session.get(kind, contribution_id) for kind in KINDS.values())
    return next(each for each in found if each is not None)

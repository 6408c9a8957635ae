"""Saying how one is here, answering, promising; writing down what was heard, and checking it."""

import uuid
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from cocreate.core.audience import Audience, Viewer, Visibility
from cocreate.core.changes import Log, changing
from cocreate.core.db import utcnow
from cocreate.core.problems import NotFound
from cocreate.replies.models import Commitment, MoodMark, Reply, Summary, SummaryCheck
from cocreate.replies.rules import IsRight, Mood
from cocreate.spaces.contributions import Arrival, contribute, own_or_new
from cocreate.spaces.models import Membership, Space
from cocreate.spaces.rules import Act, Activity, may


def mark_mood(viewer: Viewer, arrival: Arrival, step_id: uuid.UUID, mood: Mood) -> dict[str, Any]:
    """How somebody is here in this part; again is another answer, not one more."""

    def keep(log: Log) -> MoodMark:
        made = own_or_new(log, viewer, arrival, MoodMark, step_id=step_id)
        made.arrive(arrival)
        made.mood, made.visibility = mood, Visibility.MAKER
        return made

    return contribute(viewer, replace(arrival, part_id=step_id), Activity.MOODS, keep)


def reply(viewer: Viewer, arrival: Arrival, step_id: uuid.UUID, text: str) -> dict[str, Any]:
    """Answer an open question."""

    def keep(log: Log) -> Reply:
        made = Reply(**_told(log, viewer, arrival), step_id=step_id, text=text)
        log.session.add(made)
        return made

    return contribute(viewer, replace(arrival, part_id=step_id), Activity.REPLIES, keep)


def promise(viewer: Viewer, arrival: Arrival, text: str, by_on: date | None) -> dict[str, Any]:
    """Say what one will do, and by when."""

    def keep(log: Log) -> Commitment:
        made = Commitment(**_told(log, viewer, arrival), text=text, by_on=by_on)
        log.session.add(made)
        return made

    return contribute(viewer, arrival, Activity.COMMITMENTS, keep)


def check_summary(
    viewer: Viewer, arrival: Arrival, summary_id: uuid.UUID, answer: IsRight, text: str
) -> dict[str, Any]:
    """Say whether a summary of this meeting is right; the last answer counts."""

    def keep(log: Log) -> SummaryCheck:
        summary = log.session.get(Summary, summary_id)
        if summary is None or summary.dropped_at or summary.space_id != log.space_id:
            raise NotFound
        if summary.workshop_id != arrival.workshop_id:
            raise NotFound
        made = own_or_new(log, viewer, arrival, SummaryCheck, summary_id=summary_id)
        made.arrive(arrival)
        # Words that were typed before somebody chose otherwise are not on the page any more.
        made.answer, made.text = answer, text if answer is IsRight.NOT_QUITE else ""
        _count(log, summary)
        return made

    return contribute(viewer, arrival, Activity.READING_BACK, keep)


def _count(log: Log, summary: Summary) -> None:
    """Numbers are made anew when enough people answered or changed theirs: one look more tells of no one."""
    log.session.flush()
    checks = log.session.scalars(select(SummaryCheck).where(SummaryCheck.summary_id == summary.id)).all()
    makers = select(Membership.id).where(Membership.id.in_([each.maker_id for each in checks]))
    brought = set(log.session.scalars(makers.where(Membership.brought_by != "")))
    threshold = log.session.get_one(Space, log.space_id).threshold
    for is_brought in (False, True):  # whoever typed answers over knows these: they hide nobody else's
        some = [each for each in checks if (each.maker_id in brought) is is_brought]
        changed = [each for each in some if not each.withdrawn_at and each.answer != each.shown_answer]
        if len(changed) >= threshold:
            for each in some:
                each.shown_answer = None if each.withdrawn_at else each.answer


def write_summary(viewer: Viewer, workshop_id: uuid.UUID, text: str) -> uuid.UUID:
    """Who leads writes down what was heard; it comes to every tablet."""
    if not may(viewer, Act.FACILITATE) or viewer.membership_id is None:
        raise NotFound
    with changing(viewer.space_id) as log:
        summary = Summary(
            space_id=log.space_id, workshop_id=workshop_id, text=text, made_by_id=viewer.membership_id
        )
        log.session.add(summary)
        log.session.flush()
        _record(log, viewer, summary, "written")
        return summary.id


def drop_summary(viewer: Viewer, summary_id: uuid.UUID) -> uuid.UUID:
    """It is not read back any more. Again is as good as once. Gives the workshop."""
    with changing(viewer.space_id) as log:
        summary = log.session.get(Summary, summary_id)
        if summary is None or summary.space_id != viewer.space_id or not may(viewer, Act.FACILITATE):
            raise NotFound
        if summary.dropped_at is None:
            summary.dropped_at = utcnow()
            _record(log, viewer, summary, "dropped")
        return summary.workshop_id


def _told(log: Log, viewer: Viewer, arrival: Arrival) -> dict[str, Any]:
    return {
        "id": arrival.id,
        "space_id": log.space_id,
        "maker_id": viewer.membership_id,
        "workshop_id": arrival.workshop_id,
        "visibility": arrival.visibility,
    }


def _record(log: Log, viewer: Viewer, summary: Summary, verb: str) -> None:
    log.record(
        "summary",
        verb,
        audience=Audience(Visibility.WORKSHOP, None, summary.workshop_id),
        subject_type="summary",
        subject_id=summary.id,
        actor_id=viewer.membership_id,
    )

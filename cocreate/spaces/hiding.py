"""Setting aside what somebody told, with a reason, and bringing it back; nobody's words are changed."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select

from cocreate.core.audience import Audience, Viewer, Visibility, sees
from cocreate.core.changes import changing
from cocreate.core.db import session, utcnow
from cocreate.core.problems import NotFound
from cocreate.spaces.aside import hiding_of, note_hiding, words_aside
from cocreate.spaces.contributions import Contribution, record
from cocreate.spaces.models import Hiding, Membership
from cocreate.spaces.rules import Act, may


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something that was set aside: why, by whom, and when."""

    id: uuid.UUID
    topic: str
    reason: str
    by: str | None  # the name of who leads, where they gave one
    at: datetime
    visibility: Visibility  # how far it is shown when it comes back


def set_aside(
    viewer: Viewer,
    kind: type[Contribution],
    contribution_id: uuid.UUID,
    workshop_id: uuid.UUID | None,
    reason: str,
) -> None:
    """From now on only its maker sees it; for who leads, of what others could see in that meeting or in none.

    Of an answer with a reason only the reason goes: nobody takes away where somebody stands. Again is as good
    as once.
    """
    if not may(viewer, Act.FACILITATE) or viewer.membership_id is None:
        raise NotFound
    with changing(viewer.space_id) as log:
        made = log.session.get(kind, contribution_id)
        if made is None or made.space_id != log.space_id or made.workshop_id != workshop_id:
            raise NotFound
        if hiding_of(log, made) is not None:
            return
        if made.withdrawn_at is not None or made.visibility == Visibility.MAKER or not words_aside(made):
            raise NotFound
        hiding = log.session.get(Hiding, made.id)
        if hiding is None:
            hiding = Hiding(subject_id=made.id, space_id=log.space_id, topic=made.topic)
            log.session.add(hiding)
        hiding.workshop_id, hiding.visibility, hiding.reason = workshop_id, made.visibility, reason
        hiding.hidden_by_id, hiding.hidden_at, hiding.restored_at = viewer.membership_id, utcnow(), None
        record(log, made, "hidden", actor_id=viewer.membership_id)  # to those who saw it until now
        if not made.counts_when_aside:
            made.visibility = Visibility.MAKER
        made.touch()
        log.session.flush()
        note_hiding(log, hiding, viewer.membership_id)


def bring_back(
    viewer: Viewer, kind: type[Contribution], contribution_id: uuid.UUID, workshop_id: uuid.UUID | None
) -> None:
    """It is shown again, as far as it was and no further than its maker wants by now.

    What was taken back meanwhile stays gone. Again is as good as once.
    """
    if not may(viewer, Act.FACILITATE):
        raise NotFound
    with changing(viewer.space_id) as log:
        made = log.session.get(kind, contribution_id)
        hiding = log.session.get(Hiding, contribution_id)
        if made is None or hiding is None or hiding.space_id != log.space_id:
            raise NotFound
        if hiding.workshop_id != workshop_id or made.space_id != log.space_id:
            raise NotFound
        if hiding.restored_at is not None or made.withdrawn_at is not None:
            return
        hiding.restored_at = utcnow()
        if not made.counts_when_aside:
            made.visibility = hiding.visibility
        made.touch()
        log.session.flush()
        record(log, made, "shared", actor_id=viewer.membership_id)
        note_hiding(log, hiding, viewer.membership_id)


def set_aside_in(workshop_id: uuid.UUID) -> list[SetAside]:
    """What is set aside of a meeting, the last first; for who leads."""
    return _found(Hiding.workshop_id == workshop_id)


def set_aside_between(space_id: uuid.UUID, topics: Iterable[str]) -> list[SetAside]:
    """What is set aside of these kinds in a whole space, the last first; for who leads."""
    return _found((Hiding.space_id == space_id) & Hiding.topic.in_(set(topics)))


def set_aside_of(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, SetAside]:
    """Which of these are set aside now, and why; for who told them."""
    return {each.id: each for each in _found(Hiding.subject_id.in_(set(ids)))}


def is_set_aside(kind: type[Contribution]) -> ColumnElement[bool]:
    """Whether it is set aside now; a condition, for who counts what its maker keeps to themselves."""
    return exists().where(Hiding.subject_id == kind.id, Hiding.restored_at.is_(None))


def may_read(viewer: Viewer, aside: SetAside, maker_id: uuid.UUID, workshop_id: uuid.UUID | None) -> bool:
    """Whether who leads may read it again: they saw it, unless its maker shows it to nobody by now."""
    return may(viewer, Act.FACILITATE) and sees(viewer, Audience(aside.visibility, maker_id, workshop_id))


def words_for(viewer: Viewer, aside: SetAside, made: Contribution) -> list[str]:
    """Its words, where who leads may read them again."""
    if made.counts_when_aside:  # who may see the answer is as its maker says, also meanwhile
        aside = replace(aside, visibility=aside.visibility.least(Visibility(made.visibility)))
    return words_aside(made) if may_read(viewer, aside, made.maker_id, made.workshop_id) else []


def _found(which: ColumnElement[bool]) -> list[SetAside]:
    query = (
        select(Hiding, Membership.name)
        .join(Membership, Membership.id == Hiding.hidden_by_id)
        .where(which, Hiding.restored_at.is_(None))
        .order_by(Hiding.hidden_at.desc(), Hiding.subject_id)
    )
    return [
        SetAside(each.subject_id, each.topic, each.reason, name, each.hidden_at, Visibility(each.visibility))
        for each, name in session().execute(query)
    ]

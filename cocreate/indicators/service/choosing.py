"""Choosing together: making a list, saying what one approves of, counting once."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from cocreate.core.audience import Audience, Viewer, Visibility
from cocreate.core.changes import Log, changing
from cocreate.core.db import new_id, utcnow
from cocreate.core.problems import Conflict, Invalid, NotFound
from cocreate.indicators.models import Ballot, Choosing, ChoosingItem, Indicator
from cocreate.indicators.outcome import count_votes
from cocreate.indicators.queries.choosing import (
    choosing_seen,
    costs_of,
    leads,
    may_choose,
    seconds_by_sign,
    signs_for_all,
    signs_to_begin_with,
    votes_in,
)
from cocreate.spaces.contributions import Arrival, contribute, own_or_new
from cocreate.spaces.models import Opening, Space
from cocreate.spaces.openings import open_activity
from cocreate.spaces.queries import panels_of
from cocreate.spaces.rules import Activity

MOST_AT_STAGE: Final = 5  # signs to choose, when a meeting opens a list by itself


@dataclass(frozen=True, slots=True)
class Draft:
    """A list to choose from: how many may be chosen, or else how many seconds answering all may take."""

    title: str
    signs: Sequence[uuid.UUID]
    voice_id: uuid.UUID | None = None
    seats: int | None = None
    seconds: int | None = None


def open_choosing(viewer: Viewer, draft: Draft) -> uuid.UUID:
    """Let everybody, or one panel, choose from these signs. Who leads may; a panel's is its own."""
    if not leads(viewer, draft.voice_id):
        raise NotFound
    with changing(viewer.space_id) as log:
        known = [sign for sign in signs_for_all(viewer.space_id) if sign.id in set(draft.signs)]
        if len(known) < len(set(draft.signs)):
            raise Invalid(_l("One of these signs is not there any more. Look at the list once more."))
        if not known or (draft.seats is None) == (draft.seconds is None):
            raise Invalid(_l("Choose which signs, and how many of them."))
        return _open(log, draft, known, viewer.membership_id, _meeting_of(log, viewer, draft.voice_id))


def open_for_meeting(log: Log, workshop_id: uuid.UUID, title: str) -> None:
    """A list of all signs, where nothing is open. Where a panel chooses, it makes its list itself."""
    still_open = select(Choosing.id).where(
        Choosing.space_id == log.space_id,
        Choosing.voice_id.is_(None),
        Choosing.closed_at.is_(None),
        Choosing.workshop_id.is_(None) | (Choosing.workshop_id == workshop_id),
    )
    signs = signs_to_begin_with(signs_for_all(log.space_id))
    if not signs or panels_of(log.space_id) or log.session.scalar(still_open):
        return
    seats = min(MOST_AT_STAGE, (len(signs) + 1) // 2)
    _open(log, Draft(title, [sign.id for sign in signs], seats=seats), signs, None, workshop_id)


def approve(
    viewer: Viewer, arrival: Arrival, choosing_id: uuid.UUID, approved: Sequence[str]
) -> dict[str, Any]:
    """Keep which signs this viewer wants; the last choice counts, and nobody else ever sees it."""
    alone = replace(arrival, visibility=Visibility.MAKER)

    def keep(log: Log) -> Ballot:
        choosing = choosing_seen(viewer, choosing_id)
        if not may_choose(viewer, choosing):
            raise NotFound
        if choosing.closed_at is not None:
            raise Conflict(_l("This was counted already, so your choice came too late."))
        listed = set(log.session.scalars(_listed_in(choosing)))
        if not approved or not {uuid.UUID(each) for each in approved} <= listed:
            raise Invalid(_l("Choose from the signs on the list."))
        ballot = own_or_new(log, viewer, alone, Ballot, choosing_id=choosing.id)
        ballot.arrive(alone)
        ballot.approved = [str(uuid.UUID(each)) for each in dict.fromkeys(approved)]
        log.session.flush()
        _hear(log, choosing, ballot)
        return ballot

    return contribute(viewer, alone, Activity.CHOOSING, keep)


def close_choosing(viewer: Viewer, choosing_id: uuid.UUID) -> None:
    """Count, once and for good. With too few people nothing is counted. Again is as good as once."""
    with changing(viewer.space_id) as log:
        choosing = choosing_seen(viewer, choosing_id)
        if not leads(viewer, choosing.voice_id):
            raise NotFound
        if choosing.closed_at is not None:
            return
        space = log.session.get_one(Space, viewer.space_id)
        choosing.closed_at = utcnow()
        choosing.result = count_votes(
            costs_of(choosing), votes_in(choosing), space.threshold, choosing.seats, choosing.seconds
        )
        _record(log, choosing, "closed", viewer.membership_id)


def hear_less(log: Log, ballot_id: uuid.UUID) -> None:
    """Somebody took back their choice: there is one fewer to count, or to be shown among."""
    ballot = log.session.get(Ballot, ballot_id)
    if ballot is not None:
        _hear(log, log.session.get_one(Choosing, ballot.choosing_id), ballot)


def _meeting_of(log: Log, viewer: Viewer, voice_id: uuid.UUID | None) -> uuid.UUID | None:
    """The meeting in which a list is made: where people choose now, and who makes it came, or leads."""
    choosing_now = (
        select(Opening.workshop_id)
        .where(
            Opening.space_id == log.space_id,
            Opening.activity == Activity.CHOOSING,
            Opening.workshop_id.is_not(None),
            Opening.staged_at.is_not(None),
            Opening.closed_at.is_(None),
        )
        .order_by(Opening.staged_at.desc())
    )
    rooms = [room for room in log.session.scalars(choosing_now) if room]
    mine = [room for room in rooms if room in viewer.workshop_ids]
    if not mine and voice_id is None and len(rooms) == 1:
        mine = rooms  # who leads a meeting is on no list of who came
    return next(iter(mine), None)


def _open(
    log: Log,
    draft: Draft,
    signs: Sequence[Indicator],
    actor_id: uuid.UUID | None,
    workshop_id: uuid.UUID | None,
) -> uuid.UUID:
    choosing = Choosing(
        id=new_id(),
        space_id=log.space_id,
        workshop_id=workshop_id,
        voice_id=draft.voice_id,
        title=draft.title,
        seats=draft.seats,
        seconds=draft.seconds,
    )
    log.session.add(choosing)
    log.session.flush()
    costs = seconds_by_sign(signs)
    log.session.add_all(
        ChoosingItem(choosing_id=choosing.id, indicator_id=sign.id, position=place, seconds=costs[sign.id])
        for place, sign in enumerate(signs)
    )
    log.session.flush()
    open_activity(log, None, Activity.CHOOSING)
    _record(log, choosing, "opened", actor_id)
    return choosing.id


def _listed_in(choosing: Choosing) -> Any:
    return select(ChoosingItem.indicator_id).where(ChoosingItem.choosing_id == choosing.id)


def _hear(log: Log, choosing: Choosing, ballot: Ballot) -> None:
    """One more or one fewer has chosen: told where it happened, never who or what."""
    if ballot.workshop_id is None:
        audience = Audience(Visibility.SPACE)
    else:
        audience = Audience(Visibility.WORKSHOP, None, ballot.workshop_id)
    log.record("turnout", "heard", audience=audience, subject_type="choosing", subject_id=choosing.id)


def _record(
    log: Log, choosing: Choosing, verb: Literal["opened", "closed"], actor_id: uuid.UUID | None = None
) -> None:
    """Tell everybody in the space, and the walls of the rooms where people choose now."""
    here = (Opening.space_id == log.space_id) & (Opening.activity == Activity.CHOOSING)
    rooms = select(Opening.workshop_id).where(
        here, Opening.workshop_id.is_not(None), Opening.closed_at.is_(None)
    )
    audiences = [Audience(Visibility.SPACE)]
    audiences += [Audience(Visibility.WORKSHOP, None, room) for room in log.session.scalars(rooms)]
    for audience in audiences:
        log.record(
            "choosing",
            verb,
            audience=audience,
            subject_type="choosing",
            subject_id=choosing.id,
            actor_id=actor_id,
        )

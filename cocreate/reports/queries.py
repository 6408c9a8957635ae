"""What stands on the shelves of a library, and what was said of one impact: each in one question."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    Uuid,
    and_,
    case,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from cocreate.core.audience import Viewer, visible
from cocreate.core.db import UTCDateTime, session
from cocreate.impacts.models import DesiredImpact, RealismCheck, Remark, Stance, Wording
from cocreate.impacts.rules import Position
from cocreate.indicators.models import Indicator
from cocreate.moments.models import Moment, WorkingFactor
from cocreate.spaces.hiding import SetAside, is_set_aside, set_aside_between, words_for
from cocreate.spaces.models import Hiding, Membership, Voice
from cocreate.spaces.queries import VoiceFacts

MOST = 500  # of each; a page is not an archive
SAID: Final[Mapping[str, Any]] = {kind.topic: kind for kind in (Stance, RealismCheck, Wording, Remark)}


@dataclass(frozen=True, slots=True)
class Placed:
    """Something a viewer may see: which version, and which impact it is about."""

    id: uuid.UUID
    version: int
    impact_id: uuid.UUID | None
    statement: str | None


def shelves(viewer: Viewer) -> dict[str, list[Placed]]:
    """What this viewer may see, by topic, newest first; of stances only reasons, objections first."""
    nothing = type_coerce(null(), Uuid)
    kinds = (
        (Moment, nothing, null(), literal(0)),
        (WorkingFactor, nothing, null(), literal(0)),
        (DesiredImpact, nothing, DesiredImpact.statement, literal(0)),
        (Indicator, Indicator.impact_id, null(), literal(0)),
        (Stance, Stance.impact_id, null(), case((Stance.position == Position.OBJECTION, 0), else_=1)),
    )
    parts = []
    for kind, about, statement, first in kinds:
        part = select(
            literal(kind.topic).label("topic"),
            kind.id,
            kind.version,
            about.label("impact_id"),
            statement.label("statement"),
            first.label("first"),
            kind.created_at,
        ).where(kind.withdrawn_at.is_(None), visible(viewer, kind), kind.is_listed())
        parts.append(part.where(Stance.reason != "", ~is_set_aside(Stance)) if kind is Stance else part)
    everything = union_all(*parts).subquery()
    rows = session().execute(
        select(
            everything.c.topic, *[everything.c[name] for name in ("id", "version", "impact_id", "statement")]
        ).order_by(everything.c.first, everything.c.created_at.desc(), everything.c.id.desc())
    )
    placed: dict[str, list[Placed]] = defaultdict(list)
    for topic, *row in rows:
        if len(placed[topic]) < MOST:
            placed[topic].append(Placed(*row))
    return placed


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was said of an impact; `text` holds the reason, where it is an answer with one.

    Of an impact itself `answer` says how far it has come.
    """

    topic: str
    id: uuid.UUID
    created_at: datetime
    maker_id: uuid.UUID
    answer: str
    text: str
    taken_at: datetime | None
    voice: VoiceFacts | None
    aside: str | None  # why who leads set it aside; for who told it, and nobody else


def said_of(viewer: Viewer, impact: DesiredImpact) -> dict[str, list[Said]]:
    """What was said of this impact as far as this viewer may see it, by topic, oldest first.

    The impact itself is first of its own topic; what says the same and is told under it comes after it.
    Answers without a reason are counted elsewhere: of those only the viewer's own are here.
    """
    told = union_all(_itself(viewer, impact), *_said(viewer, impact)).subquery()
    voice = [each.label(None) for each in (Voice.id, Voice.key, Voice.name, Voice.icon, Voice.tone)]
    query = (
        select(told, *voice)
        .join(Membership, Membership.id == told.c.maker_id)
        .outerjoin(Voice, Voice.id == Membership.voice_id)
        .order_by(told.c.first, told.c.created_at, told.c.id)
    )
    found: dict[str, list[Said]] = defaultdict(list)
    voices: dict[uuid.UUID | None, VoiceFacts | None] = {None: None}
    for row in session().execute(query):
        spoken = row[len(told.c) :]
        if spoken[0] not in voices:
            voices[spoken[0]] = VoiceFacts(*spoken)
        of = voices[spoken[0]]
        found[row.topic].append(
            Said(
                row.topic,
                row.id,
                row.created_at,
                row.maker_id,
                row.answer,
                row.text,
                row.taken_at,
                of,
                row.aside,
            )
        )
    return found


def _said(viewer: Viewer, impact: DesiredImpact) -> Iterator[Select[Any]]:
    nothing = literal("")
    kinds: tuple[tuple[Any, Any, Any, Any], ...] = (
        (Stance, Stance.position, Stance.reason, null()),
        (RealismCheck, RealismCheck.answer, RealismCheck.reason, null()),
        (Wording, nothing, Wording.text, Wording.taken_at),
        (Remark, nothing, Remark.text, null()),
    )
    for kind, answer, text, taken in kinds:
        is_own = kind.maker_id == viewer.membership_id  # they read their reason also while it is set aside
        is_read = and_(text != "", ~is_set_aside(kind)) if kind.counts_when_aside else text != ""
        yield _row(viewer, kind, answer, text, taken, literal(0)).where(
            kind.impact_id == impact.id,
            kind.withdrawn_at.is_(None),
            visible(viewer, kind),
            or_(is_read, is_own),
        )


def _itself(viewer: Viewer, impact: DesiredImpact) -> Select[Any]:
    of_it = case((DesiredImpact.id == impact.id, 0), else_=1)
    is_below = and_(DesiredImpact.absorbed_by_id == impact.id, visible(viewer, DesiredImpact))
    return _row(viewer, DesiredImpact, DesiredImpact.stage, DesiredImpact.statement, null(), of_it).where(
        DesiredImpact.withdrawn_at.is_(None), or_(DesiredImpact.id == impact.id, is_below)
    )


def _row(viewer: Viewer, kind: Any, answer: Any, text: Any, taken: Any, first: Any) -> Select[Any]:
    return select(
        literal(kind.topic).label("topic"),
        kind.id.label("id"),
        kind.created_at.label("created_at"),
        kind.maker_id.label("maker_id"),
        answer.label("answer"),
        text.label("text"),
        type_coerce(taken, UTCDateTime).label("taken_at"),
        _why_aside(viewer, kind).label("aside"),
        first.label("first"),
    )


def _why_aside(viewer: Viewer, kind: Any) -> ColumnElement[str | None]:
    why = select(Hiding.reason).where(Hiding.subject_id == kind.id, Hiding.restored_at.is_(None))
    return case((kind.maker_id == viewer.membership_id, why.correlate(kind).scalar_subquery()), else_=null())


@dataclass(frozen=True, slots=True)
class Aside:
    """A wish that was set aside, or something told on one, with its words where who leads may read them."""

    about: SetAside
    impact_id: uuid.UUID
    words: list[str]


def wishes_aside(viewer: Viewer) -> list[Aside]:
    """The wishes that are set aside, the last first; for who leads."""
    return _asides(viewer, {DesiredImpact.topic: DesiredImpact})


def told_aside(viewer: Viewer, impact_id: uuid.UUID) -> list[Aside]:
    """What is set aside of all that was told on this wish, the last first; for who leads."""
    return [each for each in _asides(viewer, SAID) if each.impact_id == impact_id]


def _asides(viewer: Viewer, kinds: Mapping[str, Any]) -> list[Aside]:
    found = []
    for each in set_aside_between(viewer.space_id, kinds):
        made = session().get(kinds[each.topic], each.id)
        if made is not None and made.withdrawn_at is None:
            about = made.id if isinstance(made, DesiredImpact) else made.impact_id
            found.append(Aside(each, about, words_for(viewer, each, made)))
    return found

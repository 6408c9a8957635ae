"""Reading contributions of any kind: what a viewer may see, and the facts of a card."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select

from cocreate.core.audience import Viewer, sees, visible
from cocreate.core.cards import render_cards
from cocreate.core.changes import Change
from cocreate.core.db import session
from cocreate.core.faces import Face, FaceMaker, View
from cocreate.core.problems import NotFound
from cocreate.spaces.contributions import Contribution
from cocreate.spaces.models import Membership, Voice
from cocreate.spaces.queries import VoiceFacts

Kind = TypeVar("Kind", bound=Contribution)
GONE = frozenset({"withdrawn", "hidden", "absorbed"})


def versions(
    viewer: Viewer, kind: type[Contribution], *, workshop_id: uuid.UUID | None = None, limit: int = 500
) -> list[tuple[uuid.UUID, int]]:
    """Ids and versions of what this viewer may see, newest first: all that a cached card needs."""
    query = select(kind.id, kind.version).where(
        kind.withdrawn_at.is_(None), visible(viewer, kind), kind.is_listed()
    )
    if workshop_id is not None:
        query = query.where(kind.workshop_id == workshop_id)
    rows = session().execute(query.order_by(kind.created_at.desc(), kind.id.desc()).limit(limit))
    return [(row[0], row[1]) for row in rows]


def seen(viewer: Viewer, kind: type[Kind], contribution_id: uuid.UUID) -> Kind:
    """A contribution this viewer may see; everything else does not exist."""
    made = session().get(kind, contribution_id)
    if made is None or made.space_id != viewer.space_id or made.withdrawn_at is not None:
        raise NotFound
    if not sees(viewer, made.audience):
        raise NotFound
    return made


def facts(
    kind: type[Contribution], ids: Iterable[uuid.UUID], *more: ColumnElement[Any]
) -> Mapping[uuid.UUID, Mapping[str, Any]]:
    """The words of these contributions, each with the voice of its maker; withdrawn ones are not there."""
    told = [
        kind.id,
        kind.created_at,
        kind.signed,
        kind.is_by_helper,
        *[getattr(kind, word) for word in kind.reads or kind.words],
        *more,
    ]
    voice = [each.label(None) for each in (Voice.id, Voice.key, Voice.name, Voice.icon, Voice.tone)]
    query = (
        select(*told, *voice)
        .join(Membership, Membership.id == kind.maker_id)
        .outerjoin(Voice, Voice.id == Membership.voice_id)
        .where(kind.id.in_(set(ids)), kind.withdrawn_at.is_(None))
    )
    names = [str(column.key) for column in told]
    voices: dict[uuid.UUID | None, VoiceFacts | None] = {None: None}
    found: dict[uuid.UUID, dict[str, Any]] = {}
    for row in session().execute(query):
        words, spoken = row[: len(names)], row[len(names) :]
        if spoken[0] not in voices:
            voices[spoken[0]] = VoiceFacts(*spoken)
        found[row[0]] = {**dict(zip(names, words, strict=True)), "voice": voices[spoken[0]]}
    return found


def mine(viewer: Viewer, kind: type[Contribution]) -> list[Any]:
    """What this viewer told, newest first."""
    query = select(kind).where(kind.maker_id == viewer.membership_id, kind.withdrawn_at.is_(None))
    return list(session().scalars(query.order_by(kind.created_at.desc(), kind.id.desc())))


def card_face(kind: type[Contribution]) -> FaceMaker:
    """How contributions that are shown as cards look on a live surface."""
    in_a_meeting = (View.CONSOLE, View.SCREEN)

    def face(change: Change, view: View) -> Face | None:
        if change.verb in GONE:
            return Face({"gone": True})
        made = session().get(kind, change.subject_id)
        if made is None or made.withdrawn_at is not None:
            return None
        card = _meeting_card(kind) if view in in_a_meeting else kind.topic
        cards = render_cards(card, [(made.id, made.version)], is_signed=view is not View.SCREEN)
        return Face({"card": str(cards[0])}, made.audience) if cards[0] else None

    return face


def wall(
    viewer: Viewer,
    kind: type[Contribution],
    *,
    workshop_id: uuid.UUID | None = None,
    limit: int = 500,
    is_signed: bool = True,
) -> list[Any]:
    """The cards of what this viewer may see, newest first; as a meeting sees them; no names on a screen."""
    found = versions(viewer, kind, workshop_id=workshop_id, limit=limit)
    return list(render_cards(_meeting_card(kind), found, is_signed=is_signed))


def _meeting_card(kind: type[Contribution]) -> str:
    return kind.meeting_card or kind.topic

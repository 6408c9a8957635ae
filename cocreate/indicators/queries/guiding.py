"""Reading who walks along with whom, and what has been low for a while: for those two people alone."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from cocreate.accounts.models import Account
from cocreate.core.audience import Viewer
from cocreate.core.db import session
from cocreate.indicators.models import Guide
from cocreate.indicators.queries.own_line import LowSignal, answers_given, low_ways, own_lines
from cocreate.indicators.queries.steps import ShownGoal, goals_shown
from cocreate.spaces.models import Membership, Voice
from cocreate.spaces.queries import VoiceFacts, voices_by_maker
from cocreate.spaces.rules import Role

LEADS = (Role.FACILITATOR, Role.STEWARD)
_NAME = func.coalesce(func.nullif(Membership.name, ""), Account.name)


@dataclass(frozen=True, slots=True)
class Nameable:
    """Somebody who can be asked to walk along, by the name they go by here."""

    id: uuid.UUID
    name: str
    voice: VoiceFacts | None


@dataclass(frozen=True, slots=True)
class Named:
    """Who walks along with the viewer now."""

    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Guided:
    """Somebody the viewer walks along with: by the name they gave, if any, and what the viewer may see."""

    name: str | None
    voice: VoiceFacts | None
    since: datetime
    lows: Sequence[LowSignal]
    goals: Sequence[ShownGoal]


def guides_to_choose(viewer: Viewer) -> list[Nameable]:
    """Who leads this space, and professionals, as far as they gave a name; nobody else's name is shown."""
    query = (
        select(Membership.id, _NAME)
        .outerjoin(Account, Account.person_id == Membership.person_id)
        .outerjoin(Voice, Voice.id == Membership.voice_id)
        .where(
            Membership.space_id == viewer.space_id,
            Membership.id != viewer.membership_id,
            or_(
                Membership.role.in_(LEADS),
                (Membership.role == Role.PARTICIPANT) & (Voice.key == "professional"),
            ),
            _NAME.is_not(None),
        )
    )
    rows = session().execute(query.order_by(_NAME, Membership.id)).all()
    voices = voices_by_maker(row[0] for row in rows)
    return [Nameable(row[0], row[1], voices.get(row[0])) for row in rows]


def guide_of(viewer: Viewer) -> Named | None:
    """Whom the viewer named, when somebody walks along now."""
    query = (
        select(_NAME, Guide.named_at)
        .join(Membership, Membership.id == Guide.guide_id)
        .outerjoin(Account, Account.person_id == Membership.person_id)
        .where(
            Guide.space_id == viewer.space_id,
            Guide.membership_id == viewer.membership_id,
            Guide.ended_at.is_(None),
        )
    )
    row = session().execute(query.order_by(Guide.named_at.desc()).limit(1)).first()
    return Named(row[0] or "", row[1]) if row else None


def is_guide(viewer: Viewer) -> bool:
    """Whether anybody named the viewer."""
    query = select(Guide.id).where(
        Guide.space_id == viewer.space_id, Guide.guide_id == viewer.membership_id, Guide.ended_at.is_(None)
    )
    return viewer.is_member and session().scalar(query.limit(1)) is not None


def guided_by(viewer: Viewer) -> list[Guided]:
    """Everybody who named the viewer and nobody else, in the order in which they did."""
    query = (
        select(Guide.membership_id, Membership.name, Guide.named_at)
        .join(Membership, Membership.id == Guide.membership_id)
        .where(
            Guide.space_id == viewer.space_id,
            Guide.guide_id == viewer.membership_id,
            Guide.ended_at.is_(None),
        )
    )
    rows = session().execute(query.order_by(Guide.named_at, Guide.id)).all()
    voices = voices_by_maker(row[0] for row in rows)
    return [
        Guided(
            name or None,
            voices.get(membership_id),
            since,
            lows_of(viewer.space_id, membership_id),
            goals_shown(viewer, membership_id),
        )
        for membership_id, name, since in rows
    ]


def lows_of(space_id: uuid.UUID, membership_id: uuid.UUID) -> list[LowSignal]:
    """What has been low for a while for somebody. Only for themselves, and for whom they named."""
    given = answers_given(space_id, membership_id)
    lines = own_lines(given, low_ways(space_id, membership_id, given))
    return [line.low for line in lines if line.low]

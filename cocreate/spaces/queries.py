"""Reading spaces, voices and memberships."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import func, select

from cocreate.core.audience import Viewer
from cocreate.core.db import session
from cocreate.spaces.models import Attendance, Membership, Space, Voice
from cocreate.spaces.rules import Act, Role, may
from cocreate.spaces.vocabulary import voice_name


@dataclass(frozen=True)
class VoiceFacts:
    """A voice, ready to be shown."""

    id: uuid.UUID
    key: str
    own_name: str | None
    icon: str
    tone: int

    @cached_property
    def name(self) -> str:
        """Its name in the language of the page; so one of these lives no longer than a request."""
        return voice_name(self.key, self.own_name)


def space_of(space_id: uuid.UUID) -> Space | None:
    """The space with this id."""
    return session().get(Space, space_id)


def voices_of(space_id: uuid.UUID) -> list[VoiceFacts]:
    """The voices of a space, in their order."""
    query = select(Voice.id, Voice.key, Voice.name, Voice.icon, Voice.tone)
    rows = session().execute(query.where(Voice.space_id == space_id).order_by(Voice.position))
    return [VoiceFacts(*row) for row in rows]


def membership_of(space_id: uuid.UUID, person_id: uuid.UUID) -> Membership | None:
    """How this person belongs to this space."""
    query = select(Membership).where(Membership.space_id == space_id, Membership.person_id == person_id)
    return session().scalar(query)


def viewer_for(space: Space, membership: Membership | None) -> Viewer:
    """How somebody looks at a space."""
    if membership is None:
        return Viewer(space.id, sees_public=space.is_public)
    attended = select(Attendance.workshop_id).where(Attendance.membership_id == membership.id)
    viewer = Viewer(
        space_id=space.id,
        membership_id=membership.id,
        role=membership.role,
        voice_id=membership.voice_id,
        workshop_ids=frozenset(session().scalars(attended)),
        sees_public=True,
    )
    if not may(viewer, Act.FACILITATE):
        return viewer
    return Viewer(
        viewer.space_id,
        viewer.membership_id,
        viewer.role,
        viewer.voice_id,
        viewer.workshop_ids,
        is_in_every_workshop=True,
        sees_public=True,
    )


def voices_by_maker(makers: Iterable[uuid.UUID]) -> dict[uuid.UUID, VoiceFacts]:
    """The voice of each of these memberships, where it has one."""
    query = select(Membership.id, Voice.id, Voice.key, Voice.name, Voice.icon, Voice.tone).join(
        Voice, Voice.id == Membership.voice_id
    )
    rows = session().execute(query.where(Membership.id.in_(set(makers))))
    return {row[0]: VoiceFacts(*row[1:]) for row in rows}


def spaces_of_person(person_id: uuid.UUID) -> list[tuple[Space, Membership]]:
    """Every space this person belongs to, newest first."""
    query = select(Space, Membership).join(Membership, Membership.space_id == Space.id)
    rows = session().execute(query.where(Membership.person_id == person_id).order_by(Space.created_at.desc()))
    return [(space, membership) for space, membership in rows]


def count_by_voice(workshop_id: uuid.UUID) -> dict[uuid.UUID | None, int]:
    """How many participants came to a workshop, by voice."""
    query = (
        select(Membership.voice_id, func.count())
        .join(Attendance, Attendance.membership_id == Membership.id)
        .where(Attendance.workshop_id == workshop_id, Membership.role == Role.PARTICIPANT)
        .group_by(Membership.voice_id)
    )
    return dict(session().execute(query).all())

"""Reading spaces, voices and memberships."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property

from markupsafe import Markup
from sqlalchemy import ColumnElement, Uuid, and_, bindparam, func, select

from cocreate.core.assets import pictogram
from cocreate.core.audience import Viewer
from cocreate.core.changes import LogHead
from cocreate.core.db import session
from cocreate.spaces.models import Attendance, Membership, Space, Voice
from cocreate.spaces.rules import ALLOWED, BUILT_IN_VOICES, IMPORTED, Act, Role
from cocreate.spaces.vocabulary import voice_name


@dataclass(frozen=True)
class VoiceFacts:
    """A voice, ready to be shown."""

    id: uuid.UUID
    key: str
    own_name: str | None
    icon: str
    tone: int

    def __hash__(self) -> int:
        """Its id says all: hashing every word of it was a third of counting stances."""
        return hash(self.id)

    @cached_property
    def name(self) -> str:
        """Its name in the language of the page; so one of these lives no longer than a request."""
        return voice_name(self.key, self.own_name)

    @property
    def is_imported(self) -> bool:
        """Whether it came in with a conversation from elsewhere, and is not for people here to choose."""
        return self.key.startswith(IMPORTED)

    @property
    def css(self) -> str:
        """The class that carries its colour."""
        return f"voice-{self.tone if self.tone > BUILT_IN else self.key}"

    @cached_property
    def badge(self) -> Markup:
        """Its name with its pictogram, as it stands on every card."""
        mark = pictogram(self.icon)
        return Markup('<span class="voice {}"><span class="voice-mark">{}</span>{}</span>').format(
            self.css, mark, self.name
        )


@dataclass(frozen=True, slots=True)
class Hoped:
    """A voice of a space: whether it must be heard before anything is agreed, and how many people of it
    the space hopes to hear (0: it did not say).
    """

    voice: VoiceFacts
    is_needed: bool
    wished: int


@dataclass(frozen=True, slots=True)
class SpaceFacts:
    """A space, ready to be shown."""

    id: uuid.UUID
    name: str
    purpose: str
    language: str
    timezone: str
    is_public: bool
    words: Mapping[str, str]
    threshold: int
    low_counts_limit: bool
    silence_ends_low: bool


@dataclass(frozen=True, slots=True)
class MembershipFacts:
    """How somebody belongs to a space."""

    id: uuid.UUID
    voice_id: uuid.UUID | None
    name: str | None
    role: str
    shares_with: str


@dataclass(frozen=True, slots=True)
class Glance:
    """A space, the one who looks, and how far its log has come."""

    space: SpaceFacts
    membership: MembershipFacts | None
    viewer: Viewer
    seq: int


BUILT_IN = len(BUILT_IN_VOICES)
_SPACE = [getattr(Space, each.name) for each in fields(SpaceFacts)]
_MEMBERSHIP = [getattr(Membership, each.name) for each in fields(MembershipFacts)]


# Built once: putting a question together costs more than asking it. The types are said, because a foreign
# key learns its own only when the other table is known.
_GLANCE = (
    select(*_SPACE, LogHead.seq, *_MEMBERSHIP, Attendance.workshop_id)
    .join(LogHead, LogHead.space_id == Space.id)
    .outerjoin(
        Membership,
        and_(Membership.space_id == Space.id, Membership.person_id == bindparam("person_id", type_=Uuid)),
    )
    .outerjoin(Attendance, Attendance.membership_id == Membership.id)
    .where(Space.id == bindparam("space_id", type_=Uuid))
)


def look_in(space_id: uuid.UUID, person_id: uuid.UUID | None) -> Glance | None:
    """What every page of a space begins with, in one question to the database."""
    asked = {"space_id": space_id, "person_id": person_id}
    rows = session().connection().execute(_GLANCE, asked).all()
    if not rows:
        return None
    ends = len(_SPACE)
    space, seq, member = SpaceFacts(*rows[0][:ends]), rows[0][ends], rows[0][ends + 1 : -1]
    membership = MembershipFacts(*member) if member[0] else None
    attended = frozenset(row[-1] for row in rows if row[-1])
    return Glance(space, membership, _viewer(space, membership, attended), seq)


def _viewer(
    space: "SpaceFacts | Space",
    membership: MembershipFacts | Membership | None,
    attended: frozenset[uuid.UUID],
) -> Viewer:
    if membership is None:
        return Viewer(space.id, sees_public=space.is_public)
    return Viewer(
        space_id=space.id,
        membership_id=membership.id,
        role=membership.role,
        voice_id=membership.voice_id,
        workshop_ids=attended,
        is_in_every_workshop=Act.FACILITATE in ALLOWED[Role(membership.role)],
        sees_public=True,
    )


def space_of(space_id: uuid.UUID) -> Space | None:
    """The space with this id."""
    return session().get(Space, space_id)


def voices_of(space_id: uuid.UUID, *which: ColumnElement[bool]) -> list[VoiceFacts]:
    """The voices of a space, in their order; only those for which all of `which` holds."""
    query = select(Voice.id, Voice.key, Voice.name, Voice.icon, Voice.tone)
    rows = session().execute(query.where(Voice.space_id == space_id, *which).order_by(Voice.position))
    return [VoiceFacts(*row) for row in rows]


def voices_needed(space_id: uuid.UUID) -> list[VoiceFacts]:
    """The voices of which somebody must have taken a stance before anything is agreed here."""
    return [voice for voice in voices_of(space_id, Voice.is_needed.is_(True)) if not voice.is_imported]


def panels_of(space_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """The voices that are panels: what they propose as signs is their own."""
    query = select(Voice.id).where(Voice.space_id == space_id, Voice.is_panel.is_(True))
    return frozenset(session().scalars(query))


def voices_wished(space_id: uuid.UUID) -> dict[str, int]:
    """How many people of each voice the space hopes to hear, where it said so."""
    query = select(Voice.key, Voice.wished).where(Voice.space_id == space_id, Voice.wished.is_not(None))
    return {key: wished for key, wished in session().execute(query) if wished}


def composition_of(space_id: uuid.UUID) -> list[Hoped]:
    """Every voice of a space with what it hopes for, in their order; of imported ones nothing."""
    told = (Voice.id, Voice.key, Voice.name, Voice.icon, Voice.tone, Voice.is_needed, Voice.wished)
    rows = session().execute(select(*told).where(Voice.space_id == space_id).order_by(Voice.position))
    found = [(VoiceFacts(*row[:5]), row.is_needed, row.wished or 0) for row in rows]
    return [
        Hoped(voice, False, 0) if voice.is_imported else Hoped(voice, is_needed, wished)
        for voice, is_needed, wished in found
    ]


def membership_of(space_id: uuid.UUID, person_id: uuid.UUID) -> Membership | None:
    """How this person belongs to this space."""
    query = select(Membership).where(Membership.space_id == space_id, Membership.person_id == person_id)
    return session().scalar(query)


def viewer_for(space: Space, membership: Membership | None) -> Viewer:
    """How somebody looks at a space."""
    if membership is None:
        return _viewer(space, None, frozenset())
    attended = select(Attendance.workshop_id).where(Attendance.membership_id == membership.id)
    return _viewer(space, membership, frozenset(session().scalars(attended)))


def threshold_of(space_id: uuid.UUID) -> int:
    """The fewest people of whom a number is shown inside this space."""
    return session().scalars(select(Space.threshold).where(Space.id == space_id)).one()


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

"""Opening spaces, becoming a member, coming to a workshop."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from cocreate.core.audience import Audience, Visibility
from cocreate.core.changes import Log, begin_log, changing
from cocreate.core.db import writing
from cocreate.core.problems import Invalid, NotFound
from cocreate.spaces.contributions import touch_told_by
from cocreate.spaces.heard import voices_changed
from cocreate.spaces.models import Attendance, Membership, Space, Voice
from cocreate.spaces.rules import FEWEST, MOST_FEWEST, Role, VoiceWish, sketch_voices
from cocreate.spaces.withheld import fewest_changed


@dataclass(frozen=True, slots=True)
class SpaceDraft:
    """What somebody fills in to open a space."""

    name: str
    purpose: str = ""
    language: str = "nl"
    own_voices: list[str] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    is_public: bool = False
    threshold: int | None = None  # none: as it was, or as few as may be
    low_counts_limit: bool = False
    silence_ends_low: bool = False


def open_space(person_id: uuid.UUID, draft: SpaceDraft) -> Space:
    """A new space with its voices; whoever opens it becomes its steward."""
    with writing() as transaction:
        space = Space(
            name=draft.name,
            purpose=draft.purpose,
            language=draft.language,
            words=draft.words,
            is_public=draft.is_public,
            threshold=_enough(draft.threshold or FEWEST),
            low_counts_limit=draft.low_counts_limit,
            silence_ends_low=draft.silence_ends_low,
        )
        transaction.add(space)
        transaction.flush()
        begin_log(space.id)
        with changing(space.id) as log:
            for position, sketch in enumerate(sketch_voices(draft.own_voices)):
                add_voice(log, sketch.key, sketch.name, sketch.icon, sketch.tone, position)
            join_space(log, person_id, role=Role.STEWARD)
            _record(log, "opened")
    return space


def change_space(space_id: uuid.UUID, draft: SpaceDraft) -> None:
    """Change the name, the purpose, the words and the voices of a space. Voices are added, never removed."""
    with changing(space_id) as log:
        space = log.session.get(Space, space_id)
        if space is None:
            raise NotFound
        space.name, space.purpose, space.language = draft.name, draft.purpose, draft.language
        space.words, space.is_public = draft.words, draft.is_public
        space.low_counts_limit, space.silence_ends_low = draft.low_counts_limit, draft.silence_ends_low
        if draft.threshold is not None and draft.threshold != space.threshold:
            space.threshold = _enough(draft.threshold)
            fewest_changed(log)
        known = list(log.session.scalars(select(Voice.name).where(Voice.space_id == space_id)))
        wanted = [each for each in sketch_voices(draft.own_voices) if each.name and each.name not in known]
        for position, sketch in enumerate(wanted, start=len(known)):
            # The place comes first: no later name can then make the key of an earlier one.
            key = f"later-{position}-{sketch.key}"
            add_voice(log, key[:40], sketch.name, sketch.icon, sketch.tone, position)
        if wanted:
            voices_changed(log)
        _record(log, "changed")


def _enough(threshold: int) -> int:
    if not FEWEST <= threshold <= MOST_FEWEST:
        raise Invalid(_l("Choose a number from %(least)s to %(most)s.", least=FEWEST, most=MOST_FEWEST))
    return threshold


def compose(space_id: uuid.UUID, wishes: Mapping[uuid.UUID, VoiceWish]) -> None:
    """Say which voices must be heard before anything is agreed, and how many people of each one hopes for."""
    with changing(space_id) as log:
        voices = log.session.scalars(select(Voice).where(Voice.space_id == space_id, Voice.id.in_(wishes)))
        for voice in voices:
            wish = wishes[voice.id]
            voice.is_needed, voice.wished, voice.is_panel = wish.is_needed, wish.people, wish.is_panel
        voices_changed(log)
        _record(log, "changed")


def add_voice(log: Log, key: str, name: str | None, icon: str, tone: int, position: int) -> Voice:
    """One more voice in a space."""
    voice = Voice(space_id=log.space_id, key=key, name=name, icon=icon, tone=tone, position=position)
    log.session.add(voice)
    log.session.flush()
    return voice


def join_space(
    log: Log,
    person_id: uuid.UUID,
    *,
    role: Role = Role.PARTICIPANT,
    voice_id: uuid.UUID | None = None,
    name: str | None = None,
    shares_with: Visibility = Visibility.MAKER,
) -> Membership:
    """Make a person a member. Who is one already keeps the role and may change voice and name."""
    mine = (Membership.space_id == log.space_id) & (Membership.person_id == person_id)
    membership = log.session.scalar(select(Membership).where(mine))
    if membership is None:
        membership = Membership(space_id=log.space_id, person_id=person_id, role=role)
        log.session.add(membership)
    if voice_id is not None:
        voice = log.session.get(Voice, voice_id)
        if voice is None or voice.space_id != log.space_id:
            raise NotFound
        before, membership.voice_id = membership.voice_id, voice_id
        if before not in (None, voice_id):
            touch_told_by(log, membership.id)
            voices_changed(log)
            _record(log, "changed")
    membership.name = name or membership.name
    membership.shares_with = shares_with
    log.session.flush()
    return membership


def attend(log: Log, workshop_id: uuid.UUID, membership: Membership) -> None:
    """This membership is in the room."""
    if log.session.get(Attendance, (workshop_id, membership.id)) is None:
        log.session.add(Attendance(workshop_id=workshop_id, membership_id=membership.id))
        log.record(
            "room",
            "arrived",
            audience=Audience(Visibility.WORKSHOP, None, workshop_id),
            subject_type="workshop",
            subject_id=workshop_id,
        )


def _record(log: Log, verb: str) -> None:
    log.record(
        "space", verb, audience=Audience(Visibility.SPACE), subject_type="space", subject_id=log.space_id
    )

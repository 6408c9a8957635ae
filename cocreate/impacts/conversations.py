"""A Polis conversation becomes proposals and stances, in one transaction."""

import uuid

from flask_babel import gettext as _
from sqlalchemy import func, select

from cocreate.core.audience import Visibility
from cocreate.core.changes import Log, changing
from cocreate.core.db import new_id
from cocreate.impacts.models import DesiredImpact, Stance
from cocreate.impacts.polis import Conversation
from cocreate.impacts.queries import ON_IMPACTS
from cocreate.impacts.rules import Position
from cocreate.impacts.service.showing import bring_up_to_date
from cocreate.spaces.contributions import record
from cocreate.spaces.imports import add_absent_person
from cocreate.spaces.models import Voice
from cocreate.spaces.rules import IMPORTED, OWN_VOICE_ICONS
from cocreate.spaces.service import add_voice

POSITIONS = {1: Position.FOR, -1: Position.OBJECTION, 0: Position.DONT_KNOW}


def bring_in_conversation(space_id: uuid.UUID, told: Conversation, visibility: Visibility) -> None:
    """All of it or nothing; `AlreadyHere` when this conversation came in before."""
    mark = f"polis:{told.url or told.topic}"
    with changing(space_id) as log:
        voices = _add_group_voices(log, told)
        people = {
            person.id: add_absent_person(log, f"{mark}:{person.id}", voices[person.group])
            for person in told.participants
        }
        impacts = _add_impacts(log, told, people, visibility)
        _add_stances(log, told, people, impacts, visibility)
        # All of it came in one step, so nobody can compare before and after.
        bring_up_to_date(log, ON_IMPACTS, [impact.id for impact in impacts.values()], is_due=True)
        for impact in impacts.values():
            record(log, impact, "shared")


def _add_group_voices(log: Log, told: Conversation) -> dict[int | None, uuid.UUID]:
    """Each opinion group speaks with a voice of its own; so do those whom Polis put in no group."""
    already = log.session.scalar(select(func.count()).where(Voice.space_id == log.space_id)) or 0
    groups = sorted(
        {person.group for person in told.participants}, key=lambda group: (group is None, group or 0)
    )
    voices = {}
    for index, group in enumerate(groups):
        name = (
            _("No opinion group")
            if group is None
            else _("Opinion group %(letter)s", letter=chr(65 + group % 26))
        )
        place = already + index
        icon = OWN_VOICE_ICONS[place % len(OWN_VOICE_ICONS)]
        voice = add_voice(log, f"{IMPORTED}{place}", name, icon, 5 + place % 4, place)
        voices[group] = voice.id
    return voices


def _add_impacts(
    log: Log, told: Conversation, people: dict[int, uuid.UUID], visibility: Visibility
) -> dict[int, DesiredImpact]:
    impacts = {
        comment.id: DesiredImpact(
            id=new_id(),
            space_id=log.space_id,
            maker_id=people[comment.author],
            visibility=visibility,
            first_words=comment.text,
            created_at=comment.created_at,
        )
        for comment in told.comments
    }
    log.session.add_all(impacts.values())
    log.session.flush()
    return impacts


def _add_stances(
    log: Log,
    told: Conversation,
    people: dict[int, uuid.UUID],
    impacts: dict[int, DesiredImpact],
    visibility: Visibility,
) -> None:
    stances = [
        Stance(
            id=new_id(),
            space_id=log.space_id,
            maker_id=people[vote.participant],
            visibility=visibility,
            impact_id=impacts[vote.comment].id,
            position=POSITIONS[vote.value],
            created_at=vote.at,
        )
        for vote in told.votes
    ]
    log.session.add_all(stances)
    log.session.flush()
    for stance in stances:
        record(log, stance, "shared")

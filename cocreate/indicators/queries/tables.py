"""Reading answers for tables: of those who agreed, or one's own; and who took a table out before."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from cocreate.core.audience import Viewer, Visibility
from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.impacts.rules import OUTSIDE_THRESHOLD
from cocreate.indicators.codebook import Asked, Version, asked_in
from cocreate.indicators.models import Answer, ExportConsent, Instrument, Measuring, Round, TableExport
from cocreate.indicators.queries.figures import lines_of
from cocreate.indicators.queries.instruments import all_questions_of, definition_of
from cocreate.indicators.queries.measuring import measuring_seen, rounds_of
from cocreate.indicators.tables import Shown, Told
from cocreate.spaces.models import Membership, Space, Voice
from cocreate.spaces.queries import SpaceFacts

_SHOWN: Final = (Visibility.SPACE, Visibility.PUBLIC)


@dataclass(frozen=True, slots=True)
class Asking:
    """The rounds of a measuring with what each of them asks, and every question of them all."""

    measuring: Measuring
    rounds: Sequence[Round]
    versions: Mapping[uuid.UUID, int]  # of the questionnaire, by round
    items: Mapping[uuid.UUID, tuple[uuid.UUID, str]]  # of which instrument, and its key there
    asked: Sequence[Asked]

    def places_of(self, asked: Asked) -> set[tuple[uuid.UUID, str]]:
        """The items that ask a question, each with its instrument."""
        instruments = {self.versions[each.id]: each.instrument_id for each in self.rounds}
        return {(instruments[version], key) for version, key in asked.items.items()}

    @property
    def numbers(self) -> dict[int, int]:
        """The version that each round asks."""
        return {each.number: self.versions[each.id] for each in self.rounds}


@dataclass(frozen=True, slots=True)
class Taken:
    """That a table was taken out before."""

    at: datetime
    role: str
    kind: str
    people: int


def measuring_of_member(viewer: Viewer, measuring_id: uuid.UUID) -> Measuring:
    """A measuring, for who belongs to the space."""
    if not viewer.is_member:
        raise NotFound
    return measuring_seen(viewer, measuring_id)


def asking_of(measuring: Measuring) -> Asking:
    """What was asked in all rounds until now."""
    rounds = rounds_of(measuring)
    wanted = select(Instrument).where(Instrument.id.in_({each.instrument_id for each in rounds}))
    found = {each.id: each for each in session().scalars(wanted.options(selectinload(Instrument.items)))}
    versions = []
    for each in found.values():
        asked = all_questions_of(each)
        names = {question.key: str(question.question_id) for question in asked if not question.is_taken_back}
        delicate = {question.key: question.sensitivity for question in asked}
        versions.append(Version(definition_of(each), each.version, names, delicate))
    return Asking(
        measuring,
        rounds,
        {each.id: found[each.instrument_id].version for each in rounds},
        {item.id: (each.id, item.key) for each in found.values() for item in each.items},
        asked_in(versions),
    )


def fewest_in_a_table(space: Space | SpaceFacts) -> int:
    """How many people must be in a table of rows: it leaves the space."""
    return max(space.threshold, OUTSIDE_THRESHOLD)


def told_with_consent(asking: Asking, timezone: str) -> list[Told]:
    """Every answer of who lets theirs go along; what was withdrawn is in none of it."""
    agreed = (ExportConsent.measuring_id == asking.measuring.id) & ExportConsent.ended_at.is_(None)
    joined = _ANSWERS.join(ExportConsent, ExportConsent.membership_id == Answer.maker_id)
    return _told(asking, joined.where(agreed), timezone)


def told_by_me(viewer: Viewer, asking: Asking, timezone: str) -> list[Told]:
    """What this viewer answered."""
    return _told(asking, _ANSWERS.where(Answer.maker_id == viewer.membership_id), timezone)


_ANSWERS: Select[Any] = (
    select(
        Answer.maker_id,
        func.coalesce(Voice.name, Voice.key).label("voice"),
        Answer.round_id,
        Answer.item_id,
        Answer.value,
        Answer.missing,
        Answer.visibility,
        Answer.is_by_helper,
        Answer.is_on_paper,
        Answer.created_at,
        Membership.brought_by,
    )
    .join(Membership, Membership.id == Answer.maker_id)
    .outerjoin(Voice, Voice.id == Membership.voice_id)
    .where(Answer.withdrawn_at.is_(None))
)


def _told(asking: Asking, query: Select[Any], timezone: str) -> list[Told]:
    rounds = {each.id: each for each in asking.rounds}
    zone = ZoneInfo(timezone)
    return [
        Told(
            person=str(row.maker_id),
            voice=row.voice,
            round=rounds[row.round_id].number,
            version=asking.versions[row.round_id],
            item=asking.items[row.item_id][1],
            value=row.value,
            missing=row.missing,
            is_shown=row.visibility in _SHOWN,
            is_by_helper=row.is_by_helper,
            is_on_paper=row.is_on_paper,
            month=f"{row.created_at.astimezone(zone):%Y-%m}",
            is_brought=bool(row.brought_by),
        )
        for row in session().execute(query.where(Answer.round_id.in_(rounds))).all()
    ]


def how_many_agreed(measuring: Measuring) -> int:
    """How many people said themselves that their answers may go along now."""
    query = (
        select(func.count())
        .select_from(ExportConsent)
        .join(Membership, Membership.id == ExportConsent.membership_id)
        .where(
            ExportConsent.measuring_id == measuring.id,
            ExportConsent.ended_at.is_(None),
            Membership.brought_by == "",
        )
    )
    return session().scalar(query) or 0


def has_agreed(viewer: Viewer, measuring: Measuring) -> bool:
    """Whether this viewer lets their answers go along now."""
    found = session().get(ExportConsent, (measuring.id, viewer.membership_id))
    return found is not None and found.ended_at is None


def taken_before(measuring: Measuring) -> list[Taken]:
    """The tables that were taken out before, newest first."""
    query = (
        select(TableExport.made_at, Membership.role, TableExport.kind, TableExport.people)
        .join(Membership, Membership.id == TableExport.made_by_id)
        .where(TableExport.measuring_id == measuring.id)
        .order_by(TableExport.made_at.desc())
    )
    return [Taken(*row) for row in session().execute(query)]


def shown_to(viewer: Viewer, asking: Asking) -> list[Shown]:
    """Figures of the group, exactly as this viewer sees them on the page of figures."""
    shown = []
    for line in lines_of(viewer, asking.rounds):
        place = asking.items[line.question.item_id]
        asked = next((each for each in asking.asked if place in asking.places_of(each)), None)
        for each, published in zip(asking.rounds, line.by_round, strict=True):
            if asked is not None and published is not None:
                shown.append(Shown(asked, each.number, published.figures))
    return shown

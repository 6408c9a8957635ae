"""Reading what is on paper in a meeting: what the sheets ask, and which of them were typed over."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select

from cocreate.core.audience import Viewer, visible
from cocreate.core.changes import Change
from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.impacts.models import DesiredImpact, RealismCheck, Stance
from cocreate.impacts.rules import Stage
from cocreate.indicators.models import Answer, Ballot, Indicator, Measuring, PaperPerson, Round
from cocreate.indicators.queries.choosing import words_of_signs
from cocreate.indicators.queries.instruments import Question
from cocreate.indicators.queries.measuring import measurings_of, rounds_of
from cocreate.indicators.queries.sheets import questions_on
from cocreate.moments.models import Moment, WorkingFactor
from cocreate.replies.models import Commitment, MoodMark, Reply, SummaryCheck
from cocreate.spaces.contributions import Contribution
from cocreate.spaces.models import Attendance, Membership
from cocreate.spaces.queries import VoiceFacts, voices_of
from cocreate.trajectories.models import Node
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries.harvest import HARVEST
from cocreate.workshops.sheets import Wish

ENTERED: Final = "paper"  # the topic in the log
MOST_WISHES: Final = 500
KINDS: Final[Mapping[str, type[Contribution]]] = {
    kind.topic: kind
    for kind in (
        Moment,
        WorkingFactor,
        DesiredImpact,
        Stance,
        RealismCheck,
        Indicator,
        Ballot,
        Node,
        MoodMark,
        Reply,
        Commitment,
        SummaryCheck,
    )
}


@dataclass(frozen=True, slots=True)
class Written:
    """A sheet that was typed over: what stands on it, from where its writer speaks, how many things."""

    membership_id: uuid.UUID
    label: str
    voice: VoiceFacts | None
    count: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was typed over, for who typed it."""

    topic: str
    id: uuid.UUID
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A round as it stands on a sheet."""

    round_id: uuid.UUID
    title: str
    questions: list[Question]


def sheets_of(workshop: Workshop) -> list[Written]:
    """Everybody who wrote on paper in this meeting, by label, with how many things were typed over."""
    voices = {voice.id: voice for voice in voices_of(workshop.space_id)}
    query = (
        select(PaperPerson.label, Membership.id, Membership.voice_id)
        .join(Membership, Membership.id == PaperPerson.membership_id)
        .join(Attendance, Attendance.membership_id == Membership.id)
        .where(PaperPerson.space_id == workshop.space_id, Attendance.workshop_id == workshop.id)
    )
    rows = sorted(session().execute(query), key=lambda row: _in_order(row[0]))
    counts = _counts(workshop, [row[1] for row in rows])
    return [
        Written(made_id, label, voices.get(voice_id) if voice_id else None, counts.get(made_id, 0))
        for label, made_id, voice_id in rows
    ]


def sheet_in(workshop: Workshop, membership_id: uuid.UUID) -> Written:
    """One of them; whoever was there without paper has no sheet."""
    found = next((each for each in sheets_of(workshop) if each.membership_id == membership_id), None)
    if found is None:
        raise NotFound
    return found


def came_before(membership_id: uuid.UUID) -> str | None:
    """Where somebody on paper was the last time: the name of that meeting, else of what they answered."""
    met = (
        select(Workshop.title)
        .join(Attendance, Attendance.workshop_id == Workshop.id)
        .where(Attendance.membership_id == membership_id)
        .order_by(Attendance.arrived_at.desc(), Workshop.id.desc())
    )
    answered = (
        select(Measuring.title)
        .join(Round, Round.measuring_id == Measuring.id)
        .join(Answer, Answer.round_id == Round.id)
        .where(Answer.maker_id == membership_id)
        .order_by(Answer.created_at.desc())
    )
    return session().scalar(met.limit(1)) or session().scalar(answered.limit(1))


def labels_elsewhere(workshop: Workshop) -> list[str]:
    """What stands on the sheets of everybody in the space who was not in this meeting."""
    here = select(Attendance.membership_id).where(Attendance.workshop_id == workshop.id)
    query = select(PaperPerson.label).where(
        PaperPerson.space_id == workshop.space_id, PaperPerson.membership_id.not_in(here)
    )
    return list(session().scalars(query))


def place_in_space(workshop: Workshop) -> int:
    """How many meetings of the space were made before this one."""
    query = select(func.count()).where(Workshop.space_id == workshop.space_id, Workshop.id < workshop.id)
    return session().scalar(query) or 0


def entries_of(viewer: Viewer, workshop: Workshop, membership_id: uuid.UUID) -> list[Entry]:
    """What this viewer typed over from a sheet, the last first; what others typed is not theirs to read."""
    query = (
        select(Change.subject_type, Change.subject_id)
        .where(
            Change.space_id == workshop.space_id,
            Change.topic == ENTERED,
            Change.verb == "entered",
            Change.actor_id == viewer.membership_id,
            Change.workshop_id == workshop.id,
        )
        .order_by(Change.seq.desc())
    )
    found: dict[uuid.UUID, Entry] = {}
    for topic, made_id in session().execute(query):
        if made_id is None:
            continue
        made: Any = session().get(KINDS[topic], made_id)
        if made and made.withdrawn_at is None and made.maker_id == membership_id:
            found.setdefault(made_id, Entry(topic, made_id, _words_of(made)))
    return list(found.values())


def has_harvest(workshop: Workshop) -> bool:
    """Whether a copy of the harvest was made: from then on what was typed over stays as it is."""
    query = select(Change.seq).where(
        Change.space_id == workshop.space_id,
        Change.topic == HARVEST,
        Change.verb == "copied",
        Change.subject_id == workshop.id,
    )
    return session().scalar(query.limit(1)) is not None


def round_on_paper(viewer: Viewer) -> Asked | None:
    """The round of questions that is open now, for the sheets."""
    for measuring in measurings_of(viewer.space_id):
        open_now = [each for each in rounds_of(measuring) if each.closed_at is None]
        if measuring.ended_at is None and open_now:
            return Asked(open_now[-1].id, measuring.title, questions_on(viewer, open_now[-1]))
    return None


def wishes_on_paper(room: Viewer, workshop: Workshop, limit: int = MOST_WISHES) -> list[Wish]:
    """What is wanted, as far as this room may see it: of this meeting first, then in order of number.

    A wish is numbered by when the room could see it for the first time. The log only grows at its end, so
    what was printed is right for as long as somebody types it over.
    """
    known = (
        select(Change.subject_id, func.min(Change.seq).label("since"))
        .where(Change.subject_type == DesiredImpact.topic, visible(room, Change))
        .group_by(Change.subject_id)
        .subquery()
    )
    numbered = select(known.c.subject_id, func.row_number().over(order_by=known.c.since).label("number"))
    numbers = numbered.subquery()
    is_here = func.coalesce(DesiredImpact.workshop_id == workshop.id, False)
    query = (
        select(DesiredImpact, numbers.c.number, is_here)
        .join(numbers, numbers.c.subject_id == DesiredImpact.id)
        .where(DesiredImpact.withdrawn_at.is_(None), visible(room, DesiredImpact))
        .order_by(is_here.desc(), numbers.c.number)
        .limit(limit)
    )
    return [
        Wish(number, each.id, each.statement, Stage(each.stage), bool(here), each.absorbed_by_id is None)
        for each, number, here in session().execute(query)
    ]


def _counts(workshop: Workshop, makers: list[uuid.UUID]) -> dict[uuid.UUID, int]:
    counts: dict[uuid.UUID, int] = {}
    for kind in KINDS.values():
        query = (
            select(kind.maker_id, func.count())
            .where(kind.maker_id.in_(makers), kind.workshop_id == workshop.id, kind.withdrawn_at.is_(None))
            .group_by(kind.maker_id)
        )
        for maker_id, count in session().execute(query):
            counts[maker_id] = counts.get(maker_id, 0) + count
    return counts


def _words_of(made: Any) -> str:
    if isinstance(made, Ballot):
        return " · ".join(words_of_signs(made.approved))
    if isinstance(made, Stance | RealismCheck):
        about = session().get(DesiredImpact, made.impact_id)
        return " · ".join([about.statement if about else "", *made.told])
    return " · ".join(made.told)


def _in_order(label: str) -> tuple[str, int, str]:
    letters = label.rstrip("0123456789")
    number = label[len(letters) :]
    return letters.casefold(), int(number[:9] or 0), label

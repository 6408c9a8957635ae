"""Reading what is asked of somebody now, what they answered, and what they said to the same before."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, Uuid, bindparam, cast, select

from cocreate.core.audience import Viewer
from cocreate.core.db import session, utcnow
from cocreate.core.problems import NotFound
from cocreate.indicators.kinds import AnswerKind, Missing
from cocreate.indicators.models import Answer, Instrument, InstrumentItem, Measuring, Round
from cocreate.indicators.queries.instruments import Question, instrument_seen, questions_of
from cocreate.indicators.queries.measuring import round_seen
from cocreate.indicators.scoring import Answers
from cocreate.indicators.words import helped_words, in_words, missing_words
from cocreate.spaces.openings import GRACE
from cocreate.spaces.rules import Act, may


@dataclass(frozen=True, slots=True)
class Posed:
    """One question of a round, and what this person answered to it, in words."""

    question: Question
    is_answered: bool
    words: str = ""
    is_by_helper: bool = False

    @property
    def is_open(self) -> bool:
        """Whether people answer it in words of their own, so that they can show them to others."""
        return getattr(self.question.answers, "kind", None) is AnswerKind.OPEN


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a round asks of one person."""

    round_id: uuid.UUID
    number: int
    title: str
    why: str
    is_open: bool
    posed: Sequence[Posed]

    @property
    def first_open(self) -> int:
        """The place of the first question without an answer; after the last when there is none."""
        return next((place for place, each in enumerate(self.posed) if not each.is_answered), len(self.posed))

    def place_of(self, item_id: uuid.UUID | None) -> int:
        """The place of a question, or of the first without an answer."""
        places = {each.question.item_id: place for place, each in enumerate(self.posed)}
        return places.get(item_id, self.first_open) if item_id else self.first_open


@dataclass(frozen=True, slots=True)
class Earlier:
    """What somebody said to the same question in an earlier round."""

    at: datetime
    words: str


# Built once: every answer that comes in asks this.
_ASKED = (
    select(
        Round.closed_at,
        Measuring.space_id,
        Measuring.voice_id,
        Instrument.id,
        Instrument.frozen_at,
        InstrumentItem.key,
        cast(Instrument.definition, Text).label("definition"),
    )
    .join(Measuring, Measuring.id == Round.measuring_id)
    .join(Instrument, Instrument.id == Round.instrument_id)
    .join(InstrumentItem, InstrumentItem.instrument_id == Instrument.id)
    .where(
        Round.id == bindparam("round", type_=Uuid),
        InstrumentItem.id == bindparam("item", type_=Uuid),
    )
)


def asked_now(viewer: Viewer, round_id: uuid.UUID, item_id: uuid.UUID) -> Any:
    """The row about one question of a round that this viewer is asked; `NotFound` when they are not."""
    row = session().connection().execute(_ASKED, {"round": round_id, "item": item_id}).first()
    if row is None or row.space_id != viewer.space_id or not is_asked(viewer, row.voice_id):
        raise NotFound
    return row


def is_asked(viewer: Viewer, voice_id: uuid.UUID | None) -> bool:
    """Whether a measuring asks this viewer: a member who contributes, of the voice it asks."""
    return may(viewer, Act.CONTRIBUTE) and voice_id in (None, viewer.voice_id)


def still_counts(closed_at: datetime | None) -> bool:
    """Whether an answer that comes in now counts: a tablet without wifi may come home a week later."""
    return closed_at is None or closed_at + GRACE > utcnow()


def sheet_of(viewer: Viewer, round_id: uuid.UUID) -> Sheet:
    """What a round asks of this viewer; `NotFound` when it asks them nothing."""
    found, measuring = round_seen(viewer, round_id)
    if not is_asked(viewer, measuring.voice_id):
        raise NotFound
    mine = {each.item_id: each for each in _answers_of(viewer, Answer.round_id == round_id)}
    questions = questions_of(instrument_seen(viewer, found.instrument_id))
    return Sheet(
        found.id,
        found.number,
        measuring.title,
        measuring.why,
        found.closed_at is None,
        [_posed(question, mine.get(question.item_id)) for question in questions],
    )


def round_for(viewer: Viewer) -> Sheet | None:
    """The newest open round that this viewer has something to answer in; else the newest they answered."""
    query = (
        select(Round.id)
        .join(Measuring, Measuring.id == Round.measuring_id)
        .where(Measuring.space_id == viewer.space_id, Round.closed_at.is_(None))
        .where(Measuring.voice_id.is_(None) | (Measuring.voice_id == viewer.voice_id))
        .order_by(Round.opened_at.desc(), Round.id.desc())
    )
    if not may(viewer, Act.CONTRIBUTE):
        return None
    sheets = [sheet_of(viewer, round_id) for round_id in session().scalars(query).all()]
    unfinished = (sheet for sheet in sheets if sheet.first_open < len(sheet.posed))
    return next(unfinished, sheets[0] if sheets else None)


def earlier_of(viewer: Viewer, round_id: uuid.UUID, item_id: uuid.UUID) -> list[Earlier]:
    """What this viewer said to the same question before, oldest first; only once they answered it now."""
    found, measuring = round_seen(viewer, round_id)
    here = (Answer.round_id == round_id) & (Answer.item_id == item_id)
    if not is_asked(viewer, measuring.voice_id) or not _answers_of(viewer, here):
        raise NotFound
    same = select(InstrumentItem.question_id).where(InstrumentItem.id == item_id).scalar_subquery()
    query = (
        select(Answer, Round.opened_at)
        .join(InstrumentItem, InstrumentItem.id == Answer.item_id)
        .join(Round, Round.id == Answer.round_id)
        .where(
            Answer.maker_id == viewer.membership_id,
            Answer.withdrawn_at.is_(None),
            InstrumentItem.question_id == same,
            Round.id != round_id,
            Round.opened_at <= found.opened_at,
        )
        .order_by(Round.opened_at, Answer.created_at)
    )
    return [
        Earlier(answer.created_at, _words_of(answer, answer.item.answers))
        for answer, _opened_at in session().execute(query).all()
    ]


def said_in_answer(made: Answer) -> list[str]:
    """What its maker reads back: what was asked, and what they answered or why not."""
    words = (made.item.text, _words_of(made, made.item.answers), helped_words() if made.is_by_helper else "")
    return [each for each in words if each]


def _answers_of(viewer: Viewer, which: Any) -> list[Answer]:
    own = (Answer.maker_id == viewer.membership_id) & Answer.withdrawn_at.is_(None)
    return list(session().scalars(select(Answer).where(own, which)))


def _posed(question: Question, mine: Answer | None) -> Posed:
    if mine is None:
        return Posed(question, is_answered=False)
    return Posed(question, True, _words_of(mine, question.answers), mine.is_by_helper)


def _words_of(answer: Answer, answers: Answers | None) -> str:
    if answer.missing:
        return missing_words()[Missing(answer.missing)]
    return in_words(answers, answer.value) if answers and answer.value is not None else ""

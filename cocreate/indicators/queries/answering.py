"""Reading what is asked of somebody now, what they answered, and what they said to the same before."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Text, Uuid, bindparam, cast, select

from cocreate.core.audience import Viewer
from cocreate.core.db import session, utcnow
from cocreate.core.problems import NotFound
from cocreate.indicators.kinds import AnswerKind, Missing
from cocreate.indicators.models import Answer, Instrument, InstrumentItem, Measuring, Round
from cocreate.indicators.queries.behind import is_taken_back
from cocreate.indicators.queries.instruments import Question, instrument_seen, questions_of
from cocreate.indicators.queries.measuring import (
    BASELINE,
    is_asked,
    is_open_for,
    measurings_of,
    own_rounds_of,
    round_seen,
    rounds_of,
    rounds_to_answer,
    today_in,
)
from cocreate.indicators.rhythm import RoundState
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
        Round.number,
        Measuring.id.label("measuring_id"),
        Measuring.ended_at,
        Measuring.until,
        Measuring.open_days,
        Measuring.space_id,
        Measuring.voice_id,
        Instrument.id.label("instrument_id"),
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
    is_theirs = row is not None and row.space_id == viewer.space_id and may(viewer, Act.CONTRIBUTE)
    if row is None or not is_theirs or row.voice_id not in (None, viewer.voice_id):
        raise NotFound
    return row


def is_past_grace(*ends: datetime | None) -> bool:
    """Whether any of these ends was so long ago that nothing more comes in."""
    now = utcnow()
    return any(each is not None and each + GRACE <= now for each in ends)


def is_long_over(until: date | None, space_id: uuid.UUID) -> bool:
    """Whether the last day was so long ago that nothing more comes in.

    It does not wait for a page: only who opens one closes the rounds and ends the measuring.
    """
    return until is not None and not _is_in_grace(until + timedelta(days=1), today_in(space_id))


def still_counts(viewer: Viewer, asked: Any, *, is_on_paper: bool) -> bool:
    """Whether an answer that comes in now counts: a tablet without wifi may come home a week later.

    Whose round it is by a person's own days is looked up only where there are such days, and not for paper:
    who hands that out has looked.
    """
    if is_past_grace(asked.closed_at, asked.ended_at) or is_long_over(asked.until, viewer.space_id):
        return False
    if is_on_paper:
        return True
    if asked.number == BASELINE and asked.open_days is None and asked.until is None:
        return True
    today = today_in(viewer.space_id)
    measuring = session().get_one(Measuring, asked.measuring_id)
    own = (each for each in own_rounds_of(viewer, measuring, today) if each.number == asked.number)
    return any(each.state is not RoundState.COMING and _is_in_grace(each.closes_on, today) for each in own)


def _is_in_grace(closes_on: date | None, today: date) -> bool:
    return closes_on is None or today < closes_on + GRACE


def sheet_of(viewer: Viewer, round_id: uuid.UUID) -> Sheet:
    """What a round asks of this viewer; `NotFound` when it asks them nothing."""
    found, measuring = round_seen(viewer, round_id)
    if not is_asked(viewer, measuring):
        raise NotFound
    mine = {each.item_id: each for each in _answers_of(viewer, Answer.round_id == round_id)}
    questions = questions_of(instrument_seen(viewer, found.instrument_id))
    return Sheet(
        found.id,
        found.number,
        measuring.title,
        measuring.why,
        is_open_for(viewer, found, measuring, today_in(viewer.space_id)),
        [_posed(question, mine.get(question.item_id)) for question in questions],
    )


def round_for(viewer: Viewer) -> Sheet | None:
    """The newest round in which this viewer has something to answer; else one that they can still change."""
    if not may(viewer, Act.CONTRIBUTE):
        return None
    asked = [each.round for each in rounds_to_answer(viewer)] or _finished(viewer)
    newest = max(asked, key=lambda each: (each.opened_at, each.id), default=None)
    return sheet_of(viewer, newest.id) if newest else None


def _finished(viewer: Viewer) -> list[Round]:
    today = today_in(viewer.space_id)
    return [
        each
        for measuring in measurings_of(viewer.space_id)
        if measuring.ended_at is None
        for each in rounds_of(measuring)
        if is_open_for(viewer, each, measuring, today)
    ]


def is_measuring(space_id: uuid.UUID) -> bool:
    """Whether anything is measured in this space now."""
    going_on = (Measuring.space_id == space_id) & Measuring.ended_at.is_(None)
    return session().scalar(select(Measuring.id).where(going_on).limit(1)) is not None


def earlier_of(viewer: Viewer, round_id: uuid.UUID, item_id: uuid.UUID) -> list[Earlier]:
    """What this viewer said to the same question before, oldest first; only once they answered it now."""
    found, measuring = round_seen(viewer, round_id)
    here = (Answer.round_id == round_id) & (Answer.item_id == item_id)
    if not is_asked(viewer, measuring) or not _answers_of(viewer, here):
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
    asked = "" if is_taken_back(made.item.indicator_id) else made.item.text
    words = (asked, _words_of(made, made.item.answers), helped_words() if made.is_by_helper else "")
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

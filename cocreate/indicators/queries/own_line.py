"""Reading what one person answered over time, question by question; only for that person."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cocreate.core.db import session
from cocreate.indicators.kinds import AnswerKind, AnswerShape, Missing
from cocreate.indicators.models import Answer, Instrument, Measuring, Round
from cocreate.indicators.queries.instruments import Question, questions_of
from cocreate.indicators.queries.own_rounds import Missed, missed_rounds
from cocreate.indicators.queries.steps import zone_of
from cocreate.indicators.rhythm import LowRule, RoundAnswer, long_low
from cocreate.indicators.scoring import Answers

# Where a number has a low end. Between the two poles of a dyad neither is low.
CAN_BE_LOW = frozenset({AnswerKind.SCALE_0_10, AnswerKind.SCALE_1_10, AnswerKind.COUNT})


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody answered to one question in one round, or why not; nothing at all: a missed round."""

    measuring_id: uuid.UUID
    number: int
    on: date
    value: Any = None
    missing: Missing | None = None


@dataclass(frozen=True, slots=True)
class LowSignal:
    """That a question has been low for a while: since when, and over how many rounds. Never how low."""

    question_id: uuid.UUID
    text: str
    since: date
    rounds: int


@dataclass(slots=True)
class OwnLine:
    """One question with all that somebody said to it, oldest first; how it is asked now."""

    question_id: uuid.UUID
    text: str
    answers: Answers
    said: list[Said] = field(default_factory=list)
    low: LowSignal | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """An answer with what it belongs to."""

    answer: Answer
    round: Round
    measuring: Measuring
    question: Question
    on: date


def own_lines(
    space_id: uuid.UUID, membership_id: uuid.UUID, given: Sequence[Given] | None = None
) -> list[OwnLine]:
    """Every question this person answered, over all rounds and measurings, in the order of first answers."""
    given = answers_given(space_id, membership_id) if given is None else given
    lines: dict[uuid.UUID, OwnLine] = {}
    for each in given:
        asked = each.question
        line = lines.setdefault(asked.question_id, OwnLine(asked.question_id, asked.text, asked.answers))
        line.text, line.answers = asked.text, asked.answers
        line.said.append(_said(each))
    for missed in _missed_by(space_id, membership_id, given):
        for question_id in missed.question_ids & lines.keys():
            lines[question_id].said.append(
                Said(missed.measuring_id, missed.number, missed.due_on, missing=Missing.MISSED_ROUND)
            )
    rules = {each.measuring.id: each.measuring for each in given}
    for line in lines.values():
        line.said.sort(key=lambda said: (said.on, said.number))
        line.low = _low_of(line, rules)
    return list(lines.values())


def answers_given(space_id: uuid.UUID, membership_id: uuid.UUID) -> list[Given]:
    """Every answer of this person that was not taken back, oldest first."""
    query = (
        select(Answer, Round, Measuring)
        .join(Round, Round.id == Answer.round_id)
        .join(Measuring, Measuring.id == Round.measuring_id)
        .where(
            Answer.maker_id == membership_id,
            Answer.withdrawn_at.is_(None),
            Measuring.space_id == space_id,
        )
        .order_by(Answer.created_at, Answer.id)
    )
    rows = session().execute(query).all()
    zone = zone_of(space_id)
    questions = _questions_in({row[1].instrument_id for row in rows})
    return [
        Given(answer, round_, measuring, questions[answer.item_id], _day(answer, zone))
        for answer, round_, measuring in rows
        if answer.item_id in questions
    ]


def _missed_by(space_id: uuid.UUID, membership_id: uuid.UUID, given: Sequence[Given]) -> Iterable[Missed]:
    by_measuring: dict[uuid.UUID, list[Given]] = defaultdict(list)
    for each in given:
        by_measuring[each.measuring.id].append(each)
    for some in by_measuring.values():
        first = min(each.on for each in some)
        answered = {each.round.number for each in some}
        yield from missed_rounds(space_id, membership_id, some[0].measuring, first, answered)


def _questions_in(instrument_ids: set[uuid.UUID]) -> Mapping[uuid.UUID, Question]:
    query = select(Instrument).where(Instrument.id.in_(instrument_ids))
    instruments = session().scalars(query.options(selectinload(Instrument.items)))
    return {asked.item_id: asked for instrument in instruments for asked in questions_of(instrument)}


def _day(answer: Answer, zone: ZoneInfo) -> date:
    return answer.created_at.astimezone(zone).date()


def _said(given: Given) -> Said:
    missing = Missing(given.answer.missing) if given.answer.missing else None
    return Said(given.measuring.id, given.round.number, given.on, given.answer.value, missing)


def _low_of(line: OwnLine, measurings: Mapping[uuid.UUID, Measuring]) -> LowSignal | None:
    """What has been low for a while by the rule of the measuring in which it was asked; the longest row."""
    found = []
    for measuring in measurings.values():
        if measuring.low_limit is None or not _can_be_low(line.answers, measuring.low_limit):
            continue
        rule = LowRule(measuring.low_limit, measuring.low_rounds, measuring.low_days)
        rounds = {
            said.number: RoundAnswer(said.number, said.on, said.missing or said.value)
            for said in line.said
            if said.measuring_id == measuring.id and (said.missing or isinstance(said.value, int))
        }
        low = long_low(rule, rounds.values())
        if low:
            found.append(LowSignal(line.question_id, line.text, low.since, low.rounds))
    return max(found, key=lambda low: low.rounds, default=None)


def _can_be_low(answers: Answers, limit: int) -> bool:
    if not isinstance(answers, AnswerShape) or answers.kind not in CAN_BE_LOW or answers.ends is None:
        return False
    return answers.ends[0] <= limit <= answers.ends[1]

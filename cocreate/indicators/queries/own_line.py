"""Reading what one person answered over time, question by question; only for that person."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cocreate.core.audience import Viewer
from cocreate.core.db import session
from cocreate.indicators.kinds import AnswerKind, AnswerShape, Missing
from cocreate.indicators.models import Answer, Instrument, InstrumentItem, Measuring, Round
from cocreate.indicators.queries.instruments import Question, all_questions_of, definition_of
from cocreate.indicators.queries.measuring import day_of, own_rounds_of, timezone_of, today_in
from cocreate.indicators.rhythm import LowRule, RoundAnswer, RoundState, Silence, long_low
from cocreate.indicators.scoring import Answers
from cocreate.spaces.models import Membership, Space
from cocreate.spaces.queries import viewer_for

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
    is_reversed: bool
    on: date


@dataclass(frozen=True, slots=True)
class LowWays:
    """What else a space says of low for long: whether the limit is low too, and what silence does.

    `missed` has the rounds that somebody did not answer, by measuring and question, where that counts.
    """

    counts_limit: bool = False
    silence: Silence = Silence.NEUTRAL
    missed: Mapping[tuple[uuid.UUID, uuid.UUID], Sequence[RoundAnswer]] = field(default_factory=dict)


def own_lines(given: Sequence[Given], ways: LowWays) -> list[OwnLine]:
    """Every question that was answered, over all rounds and measurings, in the order of first answers."""
    lines: dict[uuid.UUID, OwnLine] = {}
    for each in given:
        asked = each.question
        line = lines.setdefault(asked.question_id, OwnLine(asked.question_id, asked.text, asked.answers))
        line.text, line.answers = asked.text, asked.answers
        line.said.append(_said(each))
    for line in lines.values():
        line.said.sort(key=lambda said: (said.on, said.number))
        line.low = _low_of(line, given, ways)
    return list(lines.values())


def with_missed_rounds(viewer: Viewer, lines: Sequence[OwnLine], given: Sequence[Given]) -> list[OwnLine]:
    """The viewer's own lines with a gap for each round they were asked and did not answer."""
    today = today_in(viewer.space_id)
    measurings = {each.measuring.id: each.measuring for each in given}
    for measuring in measurings.values():
        states = own_rounds_of(viewer, measuring, today)
        missed = {own.number: own.due_on for own in states if own.state is RoundState.MISSED}
        asked = _questions_by_round(measuring.id) if missed else {}
        for line in lines:
            since = min((said.on for said in line.said if said.measuring_id == measuring.id), default=None)
            line.said += [
                Said(measuring.id, number, due_on, missing=Missing.MISSED_ROUND)
                for number, due_on in missed.items()
                if since and due_on > since and line.question_id in asked.get(number, ())
            ]
    for line in lines:
        line.said.sort(key=lambda said: (said.on, said.number))
    return list(lines)


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
    timezone = timezone_of(space_id)
    asked = _asked_in({row[1].instrument_id for row in rows})
    return [
        Given(answer, round_, measuring, *asked[answer.item_id], day_of(answer.created_at, timezone))
        for answer, round_, measuring in rows
        if answer.item_id in asked
    ]


def low_ways(space_id: uuid.UUID, membership_id: uuid.UUID, given: Sequence[Given]) -> LowWays:
    """How low for long is counted here for this person."""
    space = session().get_one(Space, space_id)
    if not space.silence_ends_low:
        return LowWays(space.low_counts_limit)
    viewer = viewer_for(space, session().get_one(Membership, membership_id))
    today, missed = today_in(space_id), defaultdict(list)
    for measuring in {each.measuring.id: each.measuring for each in given}.values():
        if measuring.low_limit is None:
            continue
        asked = _questions_by_round(measuring.id)
        for own in own_rounds_of(viewer, measuring, today):
            if own.state is RoundState.MISSED:
                silent = RoundAnswer(own.number, own.due_on, Missing.MISSED_ROUND)
                for question_id in asked.get(own.number, ()):
                    missed[measuring.id, question_id].append(silent)
    return LowWays(space.low_counts_limit, Silence.BREAKS, missed)


def _asked_in(instrument_ids: set[uuid.UUID]) -> Mapping[uuid.UUID, tuple[Question, bool]]:
    """Each question of these versions, and whether its highest answer counts as its lowest."""
    query = select(Instrument).where(Instrument.id.in_(instrument_ids))
    found: dict[uuid.UUID, tuple[Question, bool]] = {}
    for instrument in session().scalars(query.options(selectinload(Instrument.items))):
        definition = definition_of(instrument)
        reversed_keys = {item.key for item in definition.items if item.is_reversed}
        for asked in all_questions_of(instrument):
            found[asked.item_id] = (asked, asked.key in reversed_keys)
    return found


def _questions_by_round(measuring_id: uuid.UUID) -> dict[int, set[uuid.UUID]]:
    """What was asked in each round of a measuring, by its number."""
    query = (
        select(Round.number, InstrumentItem.question_id)
        .join(InstrumentItem, InstrumentItem.instrument_id == Round.instrument_id)
        .where(Round.measuring_id == measuring_id)
    )
    found: dict[int, set[uuid.UUID]] = defaultdict(set)
    for number, question_id in session().execute(query):
        found[number].add(question_id)
    return found


def _said(given: Given) -> Said:
    missing = Missing(given.answer.missing) if given.answer.missing else None
    return Said(given.measuring.id, given.round.number, given.on, given.answer.value, missing)


def _low_of(line: OwnLine, given: Sequence[Given], ways: LowWays) -> LowSignal | None:
    """What has been low for a while by the rule of the measuring in which it was asked; the longest row."""
    found = []
    own = [each for each in given if each.question.question_id == line.question_id and line.text]
    for measuring in {each.measuring.id: each.measuring for each in own}.values():
        if measuring.low_limit is None or not _can_be_low(line.answers, measuring.low_limit):
            continue
        limits = (measuring.low_limit, measuring.low_rounds, measuring.low_days)
        rule = LowRule(*limits, ways.counts_limit, ways.silence)
        rounds = {each.number: each for each in ways.missed.get((measuring.id, line.question_id), ())}
        rounds |= {
            each.round.number: RoundAnswer(each.round.number, each.on, value)
            for each in own
            if each.measuring.id == measuring.id and (value := _number(each)) is not None
        }
        low = long_low(rule, rounds.values())
        if low:
            found.append(LowSignal(line.question_id, line.text, low.since, low.rounds))
    return max(found, key=lambda low: low.rounds, default=None)


def _number(given: Given) -> int | Missing | None:
    """What an answer counts for in a row of low ones; nothing where its low end is the good one."""
    if given.is_reversed:
        return None
    if given.answer.missing:
        return Missing(given.answer.missing)
    return given.answer.value if isinstance(given.answer.value, int) else None


def _can_be_low(answers: Answers, limit: int) -> bool:
    if not isinstance(answers, AnswerShape) or answers.kind not in CAN_BE_LOW or answers.ends is None:
        return False
    return answers.ends[0] <= limit <= answers.ends[1]

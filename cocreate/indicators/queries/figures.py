"""Reading what the group may see of its answers: question by question, over all rounds of a measuring."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, Text, cast, select
from sqlalchemy.orm import selectinload

from cocreate.core.audience import Viewer, Visibility, visible
from cocreate.core.db import session
from cocreate.impacts.rules import Circle
from cocreate.indicators import scoring
from cocreate.indicators.figures import Figures
from cocreate.indicators.instrument_files import answers_in, asked_in
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.models import (
    Answer,
    Indicator,
    Instrument,
    InstrumentItem,
    Measuring,
    Publication,
    Round,
)
from cocreate.indicators.queries.behind import DELICATE
from cocreate.indicators.queries.instruments import Question, questions_of
from cocreate.indicators.queries.publications import fewest_for, shown_of
from cocreate.indicators.queries.shown import Shown, shown_in
from cocreate.spaces.models import Space
from cocreate.spaces.queries import threshold_of
from cocreate.spaces.shelves import facts

MOST_WORDS = 500  # open answers on one page
MOST_LINES = 400  # rounds of questions on the page of all impacts


@dataclass(frozen=True, slots=True)
class Line:
    """One question over the rounds of a measuring: what may be seen of it, and where it was not asked.

    `by_round` goes along with the rounds: None where nothing was made public. `said` holds the words that
    people show, newest first: of a question for words, or of those that stand right behind this one.
    """

    question: Question
    is_asked: Sequence[bool]
    by_round: Sequence[Shown | None]
    is_changed: bool = False  # other rounds asked the same thing in another way
    said: Sequence[Mapping[str, Any]] = field(default_factory=tuple)

    @property
    def is_words(self) -> bool:
        """Whether it is answered in words."""
        return _is_words(self.question)


@dataclass(frozen=True, slots=True)
class SmallLine:
    """A question about an impact, over the rounds of one measuring, for a picture in passing."""

    measuring_id: uuid.UUID
    question_id: uuid.UUID
    text: str
    answers: scoring.Answers
    figures: Sequence[Figures]


def circle_of(viewer: Viewer) -> Circle:
    """From how far somebody looks at figures."""
    return Circle.SPACE if viewer.is_member else Circle.OUTSIDE


def lines_of(viewer: Viewer, rounds: Sequence[Round]) -> list[Line]:
    """Every question that was asked in these rounds: as the last round has them, then those of before.

    Words stand with the question that was asked right before; only what has none has a place of its own.
    """
    asked = _asked(rounds)
    shown = shown_in([each.id for each in rounds], circle_of(viewer), threshold_of(viewer.space_id))
    homes = _homes(asked)
    said = _said(viewer, rounds, homes) if homes else {}
    last: dict[uuid.UUID, Question] = {}
    for each in reversed(rounds):
        for question in asked[each.instrument_id]:
            last.setdefault(question.question_id, question)
    hidden = _hidden_from(viewer, last.values())
    every = [question for questions in asked.values() for question in questions]
    return [
        _line(question, rounds, asked, shown, every, said.get(question_id, []))
        for question_id, question in last.items()
        if question.indicator_id not in hidden and (not _is_words(question) or question_id in homes.values())
    ]


def _hidden_from(viewer: Viewer, questions: Iterable[Question]) -> set[uuid.UUID]:
    """The signs behind these questions whose words are not for this viewer: who said them chose how far."""
    signs = {each.indicator_id for each in questions if each.indicator_id}
    if viewer.is_member or not signs:
        return set()  # a questionnaire asks only what all who belong to the space may see
    shown = select(Indicator.id).where(Indicator.id.in_(signs), visible(viewer, Indicator))
    return signs - set(session().scalars(shown))


def _line(
    question: Question,
    rounds: Sequence[Round],
    asked: Mapping[uuid.UUID, Sequence[Question]],
    shown: Mapping[tuple[uuid.UUID, uuid.UUID], Shown],
    every: Sequence[Question],
    said: Sequence[Mapping[str, Any]],
) -> Line:
    items = [_item_of(asked[each.instrument_id], question.question_id) for each in rounds]
    return Line(
        question,
        [item is not None for item in items],
        [shown.get((each.id, item)) if item else None for each, item in zip(rounds, items, strict=True)],
        _is_changed(question, every),
        said,
    )


def questions_measured(viewer: Viewer) -> dict[uuid.UUID, str]:
    """The questions that are asked in this space, as they were asked last."""
    query = (
        select(Instrument)
        .join(Round, Round.instrument_id == Instrument.id)
        .where(Instrument.space_id == viewer.space_id)
        .order_by(Round.opened_at)
        .options(selectinload(Instrument.items))
    )
    return {
        question.question_id: question.text
        for instrument in session().scalars(query).unique()
        for question in questions_of(instrument)
        if not _is_words(question)
    }


def _asked(rounds: Sequence[Round]) -> dict[uuid.UUID, list[Question]]:
    """The questions of each version that was used."""
    ids = {each.instrument_id for each in rounds}
    query = select(Instrument).where(Instrument.id.in_(ids)).options(selectinload(Instrument.items))
    return {instrument.id: questions_of(instrument) for instrument in session().scalars(query)}


def _item_of(questions: Sequence[Question], question_id: uuid.UUID) -> uuid.UUID | None:
    return next((each.item_id for each in questions if each.question_id == question_id), None)


def _is_changed(question: Question, all_asked: Sequence[Question]) -> bool:
    return any(
        each.question_id != question.question_id
        and (
            each.key == question.key
            or (each.indicator_id is not None and each.indicator_id == question.indicator_id)
        )
        for each in all_asked
    )


def _homes(asked: Mapping[uuid.UUID, Sequence[Question]]) -> dict[uuid.UUID, uuid.UUID]:
    """With which question the words stand that answer an item: the one right before it, or its own."""
    homes = {}
    for questions in asked.values():
        before: Question | None = None
        for question in questions:
            if _is_words(question):
                homes[question.item_id] = (before or question).question_id
            else:
                before = question
    return homes


def _said(
    viewer: Viewer, rounds: Sequence[Round], homes: Mapping[uuid.UUID, uuid.UUID]
) -> dict[uuid.UUID, list[Mapping[str, Any]]]:
    found: dict[uuid.UUID, list[Mapping[str, Any]]] = defaultdict(list)
    for each in _words(viewer, rounds, homes):
        found[homes[each["item_id"]]].append(each)
    return found


def _words(viewer: Viewer, rounds: Sequence[Round], items: Iterable[uuid.UUID]) -> list[Mapping[str, Any]]:
    """What people answered in words and show to others, newest first."""
    query = (
        select(Answer.id)
        .where(
            Answer.round_id.in_([each.id for each in rounds]),
            Answer.item_id.in_(items),
            Answer.withdrawn_at.is_(None),
            Answer.value.is_not(None),
            Answer.visibility.in_([Visibility.SPACE, Visibility.PUBLIC]),
            visible(viewer, Answer),
        )
        .order_by(Answer.created_at.desc(), Answer.id.desc())
        .limit(MOST_WORDS)
    )
    ids = list(session().scalars(query))
    columns = (Answer.item_id.expression, Answer.round_id.expression, Answer.value.expression)
    told = facts(Answer, ids, *columns) if ids else {}
    return [told[each] for each in ids if each in told]


def _is_words(question: Question) -> bool:
    return isinstance(question.answers, AnswerShape) and question.answers.kind is AnswerKind.OPEN


def small_lines(
    viewer: Viewer, impact_ids: Iterable[uuid.UUID] | None = None
) -> dict[uuid.UUID, list[SmallLine]]:
    """What was measured of these impacts (of all, when none are named): one question for all of them."""
    query = _measured(viewer, impact_ids)
    circle = circle_of(viewer)
    rows: dict[tuple[uuid.UUID, ...], list[Figures]] = defaultdict(list)
    asked: dict[tuple[uuid.UUID, ...], tuple[str, str]] = {}
    for *about, key, definition, content, threshold, sensitivity in session().execute(query):
        rows[tuple(about)].append(shown_of(content, circle, fewest_for(threshold, sensitivity)))
        asked[tuple(about)] = (definition, key)  # as the last round asked it
    found: dict[uuid.UUID, list[SmallLine]] = defaultdict(list)
    for (impact_id, measuring_id, question_id), figures in rows.items():
        definition, key = asked[impact_id, measuring_id, question_id]
        answers = answers_in(definition, key)
        if answers is not None and any(each.together for each in figures):
            text = asked_in(definition, key)
            found[impact_id].append(SmallLine(measuring_id, question_id, text, answers, figures))
    return found


def _measured(viewer: Viewer, impact_ids: Iterable[uuid.UUID] | None) -> Select[Any]:
    query = (
        select(
            Indicator.impact_id,
            Measuring.id,
            InstrumentItem.question_id,
            InstrumentItem.key,
            cast(Instrument.definition, Text),
            Publication.content,
            Space.threshold,
            DELICATE,
        )
        .join(InstrumentItem, InstrumentItem.indicator_id == Indicator.id)
        .join(Instrument, Instrument.id == InstrumentItem.instrument_id)
        .join(Publication, Publication.item_id == InstrumentItem.id)
        .join(Round, Round.id == Publication.round_id)
        .join(Measuring, Measuring.id == Round.measuring_id)
        .join(Space, Space.id == Measuring.space_id)
        .where(
            Measuring.space_id == viewer.space_id,
            Indicator.withdrawn_at.is_(None),
            Indicator.visibility.in_([Visibility.SPACE, Visibility.PUBLIC]),
            visible(viewer, Indicator),
        )
        .order_by(Measuring.started_at, InstrumentItem.position, Round.number)
        .limit(MOST_LINES)
    )
    return query if impact_ids is None else query.where(Indicator.impact_id.in_(list(impact_ids)))

"""Making public what may be shown of answers: when a round closes, in batches, and after a withdrawal."""

import uuid
from typing import Final

from sqlalchemy import func, select

from cocreate.core.audience import Audience, Visibility
from cocreate.core.changes import Log
from cocreate.core.db import utcnow
from cocreate.indicators import scoring
from cocreate.indicators.disclosure import Guard, publish
from cocreate.indicators.kinds import AnswerKind
from cocreate.indicators.models import Answer, Instrument, Publication, Round
from cocreate.indicators.queries.instruments import Question, questions_of
from cocreate.indicators.queries.publications import (
    answers_to_publish,
    content_of,
    other_snapshots,
    snapshot_of,
    whole_or_nothing,
)
from cocreate.indicators.rules import SENSITIVE
from cocreate.spaces.models import Space

TOPIC: Final = "figures"
BATCH: Final = 2  # times the threshold: so many new answers, or a tenth of those there were, are worth a look
TENTH: Final = 10


def guard_for(threshold: int, sensitivity: int, by_voice: bool = True) -> Guard:
    """How what is shown of a question is guarded in a space with this threshold.

    Rounds are guarded as if nobody's answer changed only where a question is delicate: docs/figures.md says
    what that costs everywhere else.
    """
    guard = Guard(inside=threshold, steady=sensitivity >= SENSITIVE, by_voice=by_voice)
    return guard.for_sensitive() if sensitivity >= SENSITIVE else guard


def publish_round(log: Log, round_: Round) -> None:
    """Show what may be shown of every question of a round that closes."""
    for question in _questions(log, round_):
        _publish(log, round_, question, is_closed=True)


def publish_item(log: Log, round_: Round, item_id: uuid.UUID, is_closed: bool) -> None:
    """Show what may be shown of one question in one round by now."""
    for question in _questions(log, round_):
        if question.item_id == item_id:
            _publish(log, round_, question, is_closed)


def answered(log: Log, round_: Round, item_id: uuid.UUID) -> None:
    """Look again when enough answers came in since the last time; else it is one count and no more."""
    counted = select(func.count()).where(
        Answer.round_id == round_.id,
        Answer.item_id == item_id,
        Answer.withdrawn_at.is_(None),
        Answer.value.is_not(None),
    )
    shown = select(Publication.people).where(
        Publication.round_id == round_.id, Publication.item_id == item_id
    )
    threshold = select(Space.threshold).where(Space.id == log.space_id)
    people, before, least = log.session.execute(
        select(counted.scalar_subquery(), shown.scalar_subquery(), threshold.scalar_subquery())
    ).one()
    if people - (before or 0) >= max(BATCH * least, people // TENTH):
        publish_item(log, round_, item_id, is_closed=round_.closed_at is not None)


def answer_withdrawn(log: Log, answer_id: uuid.UUID) -> None:
    """Whoever stood together with an answer that was taken back is no longer shown, from this moment."""
    answer = log.session.get_one(Answer, answer_id)
    if log.session.get(Publication, (answer.round_id, answer.item_id)) is not None:
        round_ = log.session.get_one(Round, answer.round_id)
        publish_item(log, round_, answer.item_id, is_closed=round_.closed_at is not None)


def _questions(log: Log, round_: Round) -> list[Question]:
    return questions_of(log.session.get_one(Instrument, round_.instrument_id))


def _publish(log: Log, round_: Round, question: Question, is_closed: bool) -> None:
    if _is_words(question.answers):
        return
    is_triad = _is_triad(question.answers)
    given = answers_to_publish(round_.id, question.item_id, question.answers)
    before = log.session.get(Publication, (round_.id, question.item_id))
    threshold = log.session.get_one(Space, log.space_id).threshold
    snapshot = publish(
        snapshot_of(before.content) if before else None,
        given,
        # All of a triad is told or nothing: of small groups that would mostly be nothing.
        guard_for(threshold, question.sensitivity, by_voice=not is_triad),
        other_snapshots(round_.id, question.question_id),
        is_closed,
    )
    if is_triad:
        snapshot = whole_or_nothing(snapshot)
    content = content_of(snapshot)
    if before is None:
        before = Publication(round_id=round_.id, item_id=question.item_id, content={}, people=0)
        log.session.add(before)
    before.people = len(given)
    if content == before.content:
        return
    before.content, before.published_at = content, utcnow()
    log.record(
        TOPIC,
        "published",
        audience=Audience(Visibility.SPACE),
        subject_type="measuring",
        subject_id=round_.measuring_id,
        scope_id=round_.measuring_id,
    )


def _is_words(answers: scoring.Answers) -> bool:
    return not isinstance(answers, scoring.Choices) and answers.kind is AnswerKind.OPEN


def _is_triad(answers: scoring.Answers) -> bool:
    return not isinstance(answers, scoring.Choices) and answers.kind is AnswerKind.TRIAD

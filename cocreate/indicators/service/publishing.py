"""Making public what may be shown of answers: when a round closes, in batches, when the last ones that came
after it are in, and after a withdrawal.
"""

import uuid
from typing import Final

from sqlalchemy import Uuid, bindparam, func, select

from cocreate.core.audience import Audience, Visibility
from cocreate.core.changes import Log
from cocreate.core.db import utcnow
from cocreate.indicators import scoring
from cocreate.indicators.disclosure import Guard, publish
from cocreate.indicators.kinds import AnswerKind
from cocreate.indicators.models import Answer, Instrument, InstrumentItem, Measuring, Publication, Round
from cocreate.indicators.queries.instruments import Question, all_questions_of
from cocreate.indicators.queries.publications import (
    answers_to_publish,
    content_of,
    fewest_for,
    other_snapshots,
    snapshot_of,
    whole_or_nothing,
)
from cocreate.indicators.rules import SENSITIVE, Rhythm
from cocreate.spaces.models import Space

TOPIC: Final = "figures"
BATCH: Final = 2  # times the threshold: so many new answers, or a tenth of those there were, are worth a look
TENTH: Final = 10
# Built once, for every answer asks this: how many there are, how many there were, the threshold.
_COUNT: Final = select(
    select(func.count())
    .where(
        Answer.round_id == bindparam("round", type_=Uuid),
        Answer.item_id == bindparam("item", type_=Uuid),
        Answer.withdrawn_at.is_(None),
        Answer.missing.is_(None),
    )
    .scalar_subquery(),
    select(Publication.people)
    .where(
        Publication.round_id == bindparam("round", type_=Uuid),
        Publication.item_id == bindparam("item", type_=Uuid),
    )
    .scalar_subquery(),
    select(Space.threshold).where(Space.id == bindparam("space", type_=Uuid)).scalar_subquery(),
)


def guard_for(threshold: int, sensitivity: int, by_voice: bool = True) -> Guard:
    """How what is shown of a question is guarded in a space with this threshold.

    Rounds are guarded as if nobody's answer changed only where a question is delicate: docs/figures.md says
    what that costs everywhere else.
    """
    fewest = fewest_for(threshold, sensitivity)
    return Guard(inside=fewest, steady=sensitivity >= SENSITIVE, by_voice=by_voice)


def publish_round(log: Log, round_: Round) -> None:
    """Show what may be shown of every question of a round that closes, or to which nothing more comes."""
    for question in _questions(log, round_):
        _publish(log, round_, question, is_closed=True)


def publish_item(log: Log, round_: Round, item_id: uuid.UUID, is_closed: bool) -> None:
    """Show what may be shown of one question in one round by now."""
    for question in _questions(log, round_):
        if question.item_id == item_id:
            _publish(log, round_, question, is_closed)


def answered(log: Log, round_id: uuid.UUID, item_id: uuid.UUID) -> None:
    """Look again when enough answers came in since the last time; else it is one count and no more."""
    asked = {"round": round_id, "item": item_id, "space": log.space_id}
    people, before, least = log.session.connection().execute(_COUNT, asked).one()
    if people - (before or 0) >= max(BATCH * least, people // TENTH):
        _publish_by_now(log, round_id, item_id)


def brought_in(log: Log, round_id: uuid.UUID, item_id: uuid.UUID) -> None:
    """A table came in. Into a round that was closed before, nothing else may follow: look at it now."""
    if log.session.get_one(Round, round_id).closed_at is not None:
        _publish_by_now(log, round_id, item_id)
    else:
        answered(log, round_id, item_id)


def answer_withdrawn(log: Log, answer_id: uuid.UUID) -> None:
    """Whoever stood together with an answer that was taken back is no longer shown, from this moment."""
    answer = log.session.get_one(Answer, answer_id)
    taken_back(log, answer.round_id, answer.item_id)


def taken_back(log: Log, round_id: uuid.UUID, item_id: uuid.UUID) -> None:
    """Somebody withdrew what they answered here, or would rather not say it after all."""
    if log.session.get(Publication, (round_id, item_id)) is not None:
        _publish_by_now(log, round_id, item_id)


def _publish_by_now(log: Log, round_id: uuid.UUID, item_id: uuid.UUID) -> None:
    round_ = log.session.get_one(Round, round_id)
    # After so many meetings everybody has a day of their own, and no round ever closes.
    rhythm = log.session.get_one(Measuring, round_.measuring_id).rhythm
    publish_item(log, round_, item_id, round_.closed_at is not None or rhythm == Rhythm.MEETINGS)


def _questions(log: Log, round_: Round) -> list[Question]:
    # Also those whose words were taken back: an answer to them can still be withdrawn.
    return all_questions_of(log.session.get_one(Instrument, round_.instrument_id))


def _publish(log: Log, round_: Round, question: Question, is_closed: bool) -> None:
    if _is_words(question.answers):
        return
    is_triad = _is_triad(question.answers)
    given = answers_to_publish(round_.id, question.item_id, question.answers)
    before = log.session.get(Publication, (round_.id, question.item_id))
    threshold = log.session.get_one(Space, log.space_id).threshold
    # All of a triad is told or nothing: of small groups that would mostly be nothing.
    guard = guard_for(threshold, question.sensitivity, by_voice=not is_triad)
    same = (question.question_id, question.indicator_id)
    others = other_snapshots(round_.id, *same) if guard.steady else ()
    snapshot = publish(snapshot_of(before.content) if before else None, given, guard, others, is_closed)
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
    _record(log, round_.measuring_id)


def show_all_again(log: Log) -> None:
    """Numbers are of other groups from now on: who looks at figures is told that there are newer ones."""
    for measuring_id in log.session.scalars(select(Measuring.id).where(Measuring.space_id == log.space_id)):
        _record(log, measuring_id)


def show_sign_again(log: Log, indicator_id: uuid.UUID) -> None:
    """It is delicate by now, or no longer: numbers of it are of other groups, in every measuring."""
    asking = select(Round.measuring_id).join(
        InstrumentItem, InstrumentItem.instrument_id == Round.instrument_id
    )
    for measuring_id in log.session.scalars(
        asking.where(InstrumentItem.indicator_id == indicator_id).distinct()
    ):
        _record(log, measuring_id)


def _record(log: Log, measuring_id: uuid.UUID) -> None:
    log.record(
        TOPIC,
        "published",
        audience=Audience(Visibility.SPACE),
        subject_type="measuring",
        subject_id=measuring_id,
        scope_id=measuring_id,
    )


def _is_words(answers: scoring.Answers) -> bool:
    return not isinstance(answers, scoring.Choices) and answers.kind is AnswerKind.OPEN


def _is_triad(answers: scoring.Answers) -> bool:
    return not isinstance(answers, scoring.Choices) and answers.kind is AnswerKind.TRIAD

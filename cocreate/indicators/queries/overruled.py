"""Reading which words stay in questions although they may hurt, with the reason that was given for it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from cocreate.core.db import session
from cocreate.indicators.cautions import Phrase, hits
from cocreate.indicators.models import Indicator, Instrument
from cocreate.indicators.queries.building import cautions_of, phrases_of
from cocreate.indicators.queries.instruments import Question, all_questions_of
from cocreate.indicators.scoring import Choices


@dataclass(frozen=True, slots=True)
class Overruled:
    """Words that stay in a question on purpose, and why."""

    phrases: Sequence[str]
    because: str


def words_in(question: Question) -> list[str]:
    """All that people read of a question."""
    answers = question.answers
    if isinstance(answers, Choices):
        return [question.text, *(option.label for option in answers.options)]
    return [question.text, *answers.labels, answers.unit]


def overruled_in(
    space_id: uuid.UUID, questions: Sequence[Question]
) -> Mapping[uuid.UUID, Sequence[Overruled]]:
    """By item, what stays on purpose: for the reason of its sign, and for that of the questionnaire.

    A reason for the words of before says nothing of other words.
    """
    signs = _kept_with_signs(space_id, questions)
    open_yet = _open_yet(space_id, questions, signs) if any(each.because for each in questions) else {}
    found = {}
    for each in questions:
        kept = [signs[each.item_id]] if each.item_id in signs else []
        if each.because and open_yet[each.item_id]:
            kept.append(Overruled([phrase.phrase for phrase in open_yet[each.item_id]], each.because))
        if kept:
            found[each.item_id] = kept
    return found


def unexplained_in(
    space_id: uuid.UUID, questions: Sequence[Question]
) -> Mapping[uuid.UUID, Sequence[Phrase]]:
    """By item, the phrases for which nobody said why they stay; only items that have any."""
    found = _open_yet(space_id, questions, _kept_with_signs(space_id, questions))
    return {
        each.item_id: found[each.item_id] for each in questions if found[each.item_id] and not each.because
    }


def to_explain(instrument: Instrument) -> list[Question]:
    """The questions of a version that may not be asked yet: a word needs a reason, or other words.

    A version that has answers goes on as it was.
    """
    if instrument.frozen_at is not None:
        return []
    questions = all_questions_of(instrument)
    without = unexplained_in(instrument.space_id, questions)
    return [each for each in questions if each.item_id in without]


def _open_yet(
    space_id: uuid.UUID, questions: Sequence[Question], signs: Mapping[uuid.UUID, Overruled]
) -> dict[uuid.UUID, list[Phrase]]:
    """By item, the phrases of today that its sign says nothing about."""
    phrases, found = cautions_of(space_id), {}
    for each in questions:
        told = signs[each.item_id].phrases if each.item_id in signs else ()
        met = [] if each.is_taken_back else hits(phrases, *words_in(each))
        found[each.item_id] = [phrase for phrase in met if phrase.phrase not in told]
    return found


def _kept_with_signs(space_id: uuid.UUID, questions: Sequence[Question]) -> dict[uuid.UUID, Overruled]:
    asked = [each for each in questions if each.indicator_id and not each.is_taken_back]
    query = select(Indicator).where(
        Indicator.id.in_({each.indicator_id for each in asked}), Indicator.overruled_because != ""
    )
    signs = {sign.id: sign for sign in session().scalars(query)} if asked else {}
    phrases = [phrase for phrase, _is_off, _is_own in phrases_of(space_id)] if signs else []
    found = {}
    for each in asked:
        sign = signs.get(each.indicator_id) if each.indicator_id else None
        if sign is None:
            continue
        kept = hits([phrase for phrase in phrases if phrase.phrase in sign.overruled], *words_in(each))
        if kept:
            found[each.item_id] = Overruled([phrase.phrase for phrase in kept], sign.overruled_because)
    return found

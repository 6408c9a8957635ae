"""Reading which words stay in questions although they may hurt, with the reason that was given for it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from cocreate.core.db import session
from cocreate.indicators.cautions import hits
from cocreate.indicators.models import Indicator
from cocreate.indicators.queries.building import phrases_of
from cocreate.indicators.queries.instruments import Question
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


def overruled_in(space_id: uuid.UUID, questions: Sequence[Question]) -> Mapping[uuid.UUID, Overruled]:
    """By item, what stays on purpose. A reason for the words of before says nothing of other words."""
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

"""Reading what one person's answers come to, where a questionnaire has scales; only for that person."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cocreate.core.db import session
from cocreate.indicators import scoring
from cocreate.indicators.kinds import Answer as Value
from cocreate.indicators.kinds import AnswerRefused, Missing, read_answer
from cocreate.indicators.models import Instrument
from cocreate.indicators.queries.instruments import definition_of
from cocreate.indicators.queries.own_line import Given


@dataclass(frozen=True, slots=True)
class OwnScore:
    """What a scale came to on one day: a number, or None when too much is missing; the names of its parts."""

    on: date
    number: Fraction | None
    bands: Sequence[tuple[str, str]]  # by which set of cut-offs, and what it is called there
    missing: int


@dataclass(frozen=True, slots=True)
class OwnScale:
    """A scale of a questionnaire with what it came to, oldest first."""

    title: str
    label: str
    scores: Sequence[OwnScore]


def own_scales(given: Iterable[Given]) -> list[OwnScale]:
    """What these answers come to, by scale: a number with its published names, and never a verdict."""
    by_round = sorted(given, key=lambda each: (each.on, each.round.id.hex))
    definitions = _definitions({each.round.instrument_id for each in by_round})
    found: dict[tuple[str, str], list[OwnScore]] = {}
    in_one = sorted(by_round, key=lambda each: each.round.id.hex)
    for _round_id, some in groupby(in_one, key=lambda each: each.round.id):
        answered = list(some)
        definition = definitions[answered[0].round.instrument_id]
        for label, score in _scores(definition, answered):
            found.setdefault((definition.title, label), []).append(score)
    return [
        OwnScale(title, label, sorted(scores, key=lambda score: score.on))
        for (title, label), scores in found.items()
    ]


def _definitions(ids: set[uuid.UUID]) -> Mapping[uuid.UUID, scoring.Instrument]:
    query = select(Instrument).where(Instrument.id.in_(ids)).options(selectinload(Instrument.items))
    return {instrument.id: definition_of(instrument) for instrument in session().scalars(query)}


def _scores(definition: scoring.Instrument, answered: Sequence[Given]) -> Iterable[tuple[str, OwnScore]]:
    answers = {each.question.key: value for each in answered if (value := _value(each)) is not None}
    on = max(each.on for each in answered)
    scores = scoring.score(definition, answers).scales
    for scale in definition.every_scale:
        score = scores[scale.key]
        number = score.metric if scale.table else score.value
        yield scale.label, OwnScore(on, number, list(_bands(scale, score)), len(score.missing))


def _bands(scale: scoring.Scale, score: scoring.ScaleScore) -> Iterable[tuple[str, str]]:
    for cutoffs in scale.cutoffs:
        for band in cutoffs.bands:
            if band.key == score.categories[cutoffs.key]:
                yield cutoffs.label, band.label


def _value(given: Given) -> Value | None:
    if given.answer.missing:
        return Missing(given.answer.missing)
    answers = given.question.answers
    if isinstance(answers, scoring.Choices):
        is_there = given.answer.value in {option.key for option in answers.options}
        return str(given.answer.value) if is_there else None
    try:
        return read_answer(answers, given.answer.value)
    except AnswerRefused:
        return None

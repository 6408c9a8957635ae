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
from cocreate.indicators.models import Instrument
from cocreate.indicators.queries.instruments import definition_of, scores_of
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


def own_scales(given: Sequence[Given]) -> list[OwnScale]:
    """What these answers come to, by scale: a number with its published names, and never a verdict."""
    versions = _versions({each.round.instrument_id for each in given})
    found: dict[tuple[str, str], list[OwnScore]] = {}
    for _round_id, some in groupby(sorted(given, key=_round), key=_round):
        answered = list(some)
        version = versions[answered[0].round.instrument_id]
        for label, score in _scores(version, answered):
            found.setdefault((version.title, label), []).append(score)
    return [
        OwnScale(title, label, sorted(scores, key=lambda score: score.on))
        for (title, label), scores in found.items()
    ]


def _round(given: Given) -> str:
    return given.round.id.hex


def _versions(ids: set[uuid.UUID]) -> Mapping[uuid.UUID, Instrument]:
    query = select(Instrument).where(Instrument.id.in_(ids)).options(selectinload(Instrument.items))
    return {instrument.id: instrument for instrument in session().scalars(query)}


def _scores(version: Instrument, answered: Sequence[Given]) -> Iterable[tuple[str, OwnScore]]:
    scales = definition_of(version).every_scale
    if not scales:
        return
    on = max(each.on for each in answered)
    scores = scores_of(version, [each.answer for each in answered]).scales
    for scale in scales:
        score = scores[scale.key]
        number = score.metric if scale.table else score.value
        yield scale.label, OwnScore(on, number, list(_bands(scale, score)), len(score.missing))


def _bands(scale: scoring.Scale, score: scoring.ScaleScore) -> Iterable[tuple[str, str]]:
    for cutoffs in scale.cutoffs:
        for band in cutoffs.bands:
            if band.key == score.categories[cutoffs.key]:
                yield cutoffs.label, band.label

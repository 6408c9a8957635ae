"""Kinds of answers: what each of them accepts, why there may be none, and what many say together."""

from cocreate.indicators.kinds.means import Number, PairMeans, mean, mean_pair
from cocreate.indicators.kinds.reading import MAX_WORDS, AnswerRefused, Refusal, read_answer, read_missing
from cocreate.indicators.kinds.shapes import (
    MAX_LABEL,
    MOST,
    SKIPS,
    Agreement,
    Answer,
    AnswerKind,
    AnswerShape,
    BadShape,
    Facts,
    HaveAndWish,
    Level,
    Missing,
    Triad,
    Value,
    facts_of,
)
from cocreate.indicators.kinds.triangle import triad_at

__all__ = [
    "MAX_LABEL",
    "MAX_WORDS",
    "MOST",
    "SKIPS",
    "Agreement",
    "Answer",
    "AnswerKind",
    "AnswerRefused",
    "AnswerShape",
    "BadShape",
    "Facts",
    "HaveAndWish",
    "Level",
    "Missing",
    "Number",
    "PairMeans",
    "Refusal",
    "Triad",
    "Value",
    "facts_of",
    "mean",
    "mean_pair",
    "read_answer",
    "read_missing",
    "triad_at",
]

"""Figures of groups as rows: exactly what a circle is shown, and nothing that is worked out from more."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cocreate.core.tables import Cell
from cocreate.indicators.codebook import Asked
from cocreate.indicators.figures import Figure, Figures
from cocreate.indicators.kinds import Agreement, AnswerKind
from cocreate.indicators.kinds.shapes import Level
from cocreate.indicators.scoring import Answers, Choices
from cocreate.indicators.scoring.refusal import marked as _l
from cocreate.indicators.tables.voices import OTHER

ALL: Final = "all"
FACTS: Final[Mapping[str, str]] = {
    "column": _l("Which question it is about. Each has its own line below."),
    "question": _l("The question, in words."),
    "round": _l("Which round: 0 is the baseline."),
    "voice": _l("The voice; “all” is everybody together, “other” the voices of few people."),
    "people": _l("How many people answered."),
    "mean": _l("The mean, where all answers are told."),
    "untold": _l("How many answers are not told, so that nobody can be recognised."),
    "answer": _l("An answer, by its code."),
    "how_often": _l("How many people gave this answer."),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of one question in one round."""

    asked: Asked
    round: int
    figures: Figures


def figure_rows(shown: Iterable[Shown], voices: Mapping[str, str]) -> list[list[Cell]]:
    """A row for each answer that is told of each group; one without an answer where none is told.

    `voices` say what a voice is called in tables. People of voices that are not told are “other”.
    """
    rows: list[list[Cell]] = [list(FACTS)]
    for each in shown:
        groups = [(ALL, each.figures.together)]
        groups += [
            (voices.get(voice, voice) if voice else OTHER, parts)
            for voice, parts in each.figures.by_voice.items()
        ]
        for voice, parts in groups:
            for column, figure in zip(each.asked.columns, parts, strict=bool(parts)):
                start: list[Cell] = [column, each.asked.item.text, each.round, voice, figure.n]
                rows += [start + rest for rest in _told(each.asked.answers, figure)]
    return rows


def _told(answers: Answers, figure: Figure) -> Iterator[list[Cell]]:
    if not figure.n:
        return
    mean = round(figure.mean, 4) if figure.mean is not None and _has_mean(answers) else None
    for value, times in figure.counts.items():
        yield [mean, figure.untold, _code(answers, value), times]
    if not figure.counts:
        yield [mean, figure.untold, None, None]


def _has_mean(answers: Answers) -> bool:
    return not isinstance(answers, Choices) and answers.level is Level.NUMERIC


def _code(answers: Answers, value: int) -> Cell:
    """What a count of a value stands for: the place of a choice counts it, other answers count themselves."""
    if isinstance(answers, Choices):
        return answers.options[value].key
    return list(Agreement)[value].value if answers.kind is AnswerKind.YES_MORE_OR_LESS_NO else value

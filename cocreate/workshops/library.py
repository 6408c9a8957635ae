"""The ready agendas. Their words are in `agenda_words`, in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Final

from cocreate.core.audience import Visibility
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.rules import Phase, StepKind, StepSketch


class Agenda(StrEnum):
    """The ready agendas; the last five are the meetings of one series."""

    MOMENTS = "moments"
    YOUTH_PANEL = "youth_panel"
    WALK = "walk"
    ROAD = "road"
    CASE = "case"
    COUNCIL = "council"
    MEASURING = "measuring"
    DEFINE = "define"
    DISCOVER = "discover"
    DREAM = "dream"
    DESIGN = "design"
    DELIVER = "deliver"


FIVE: Final = (Agenda.DEFINE, Agenda.DISCOVER, Agenda.DREAM, Agenda.DESIGN, Agenda.DELIVER)
ALONE: Final = tuple(agenda for agenda in Agenda if agenda not in FIVE)
# How long each says that it takes.
MINUTES: Final[Mapping[Agenda, int]] = {
    Agenda.MOMENTS: 135,
    Agenda.YOUTH_PANEL: 90,
    Agenda.WALK: 45,
    Agenda.ROAD: 60,
    Agenda.CASE: 60,
    Agenda.COUNCIL: 30,
    Agenda.MEASURING: 20,
    Agenda.DEFINE: 75,
    Agenda.DISCOVER: 105,
    Agenda.DREAM: 90,
    Agenda.DESIGN: 90,
    Agenda.DELIVER: 105,
}
WORDS: Final = "words"  # in the settings of a step: under which key its own words stand


def _part(
    kind: StepKind,
    minutes: int,
    words: str = "",
    phase: Phase | None = None,
    widest: Visibility | None = None,
) -> StepSketch:
    settings = {WORDS: words} if words else {}
    return StepSketch(kind, phase or ACTIVITIES[kind].phase, minutes, widest=widest, settings=settings)


def _staying(*parts: StepSketch) -> tuple[StepSketch, ...]:
    """A meeting that promises that what is told here stays here: nothing goes beyond who is there."""
    return tuple(
        replace(part, widest=Visibility.WORKSHOP) if ACTIVITIES[part.kind].topics else part for part in parts
    )


def _whole(phase: Phase, *parts: tuple[StepKind, int, str]) -> tuple[StepSketch, ...]:
    """A meeting that is all in one move."""
    return tuple(_part(kind, minutes, words, phase) for kind, minutes, words in parts)


AGENDAS: Final[Mapping[Agenda, tuple[StepSketch, ...]]] = {
    Agenda.MOMENTS: (
        _part(StepKind.WELCOME, 15),
        _part(StepKind.PAIR_TALK, 25),
        _part(StepKind.MOMENTS, 20),
        _part(StepKind.MAP, 35, phase=Phase.DISCOVER),
        _part(StepKind.FACTORS, 15),
        _part(StepKind.IMPACTS, 8),
        _part(StepKind.INDICATORS, 7),
        _part(StepKind.READ_BACK, 5),
        _part(StepKind.THANKS, 2),
        _part(StepKind.CLOSE, 3),
    ),
    Agenda.YOUTH_PANEL: (
        _part(StepKind.WELCOME, 8),
        _part(StepKind.CHECK_IN, 4),
        _part(StepKind.IMPACTS, 18, "panel.impacts"),
        _part(StepKind.INDICATORS, 25, "panel.indicators", Phase.DREAM),
        _part(StepKind.REALISM, 10),
        _part(StepKind.CHOOSE, 15),
        _part(StepKind.CHECK_OUT, 4),
        _part(StepKind.THANKS, 3),
        _part(StepKind.CLOSE, 3),
    ),
    Agenda.WALK: (
        _part(StepKind.WELCOME, 5, "walk.welcome"),
        _part(StepKind.PAIR_TALK, 20, "walk.pair_talk"),
        _part(StepKind.MOMENTS, 12, "walk.moments"),
        _part(StepKind.FACTORS, 5),
        _part(StepKind.CLOSE, 3),
    ),
    Agenda.ROAD: (
        _part(StepKind.WELCOME, 5, "road.welcome"),
        _part(StepKind.MAP, 37, "road.map", Phase.DISCOVER),
        _part(StepKind.FACTORS, 10, "road.factors"),
        _part(StepKind.READ_BACK, 5),
        _part(StepKind.CLOSE, 3),
    ),
    Agenda.CASE: _staying(
        _part(StepKind.WELCOME, 5, "case.welcome"),
        _part(StepKind.MOMENTS, 12, "case.moments"),
        _part(StepKind.OPEN_QUESTION, 10, "case.ask"),
        _part(StepKind.OPEN_QUESTION, 12, "case.advise", Phase.DREAM),
        _part(StepKind.FACTORS, 8, "case.factors"),
        _part(StepKind.COMMITMENTS, 8, "case.commitments"),
        _part(StepKind.CLOSE, 5),
    ),
    Agenda.COUNCIL: (
        _part(StepKind.WELCOME, 3, "council.welcome"),
        _part(StepKind.MOMENTS, 9, "council.moments"),
        _part(StepKind.OPEN_QUESTION, 6, "council.ask"),
        _part(StepKind.COMMITMENTS, 7, "council.commitments"),
        _part(StepKind.THANKS, 2),
        _part(StepKind.CLOSE, 3),
    ),
    Agenda.MEASURING: (
        _part(StepKind.WELCOME, 3, "measuring.welcome"),
        _part(StepKind.MEASURE, 10),
        _part(StepKind.OPEN_QUESTION, 4, "measuring.missed", Phase.DELIVER),
        _part(StepKind.CLOSE, 3),
    ),
    Agenda.DEFINE: _whole(
        Phase.DEFINE,
        (StepKind.WELCOME, 10, ""),
        (StepKind.CHECK_IN, 5, ""),
        (StepKind.PAIR_TALK, 15, "define.pair_talk"),
        (StepKind.OPEN_QUESTION, 15, "define.about"),
        (StepKind.OPEN_QUESTION, 15, "define.missing"),
        (StepKind.CHECK_OUT, 5, ""),
        (StepKind.CLOSE, 10, ""),
    ),
    Agenda.DISCOVER: _whole(
        Phase.DISCOVER,
        (StepKind.WELCOME, 5, ""),
        (StepKind.CHECK_IN, 5, ""),
        (StepKind.PAIR_TALK, 30, ""),
        (StepKind.MOMENTS, 25, ""),
        (StepKind.BREAK, 10, ""),
        (StepKind.FACTORS, 15, ""),
        (StepKind.CHECK_OUT, 5, ""),
        (StepKind.CLOSE, 10, ""),
    ),
    Agenda.DREAM: _whole(
        Phase.DREAM,
        (StepKind.WELCOME, 5, ""),
        (StepKind.CHECK_IN, 5, ""),
        (StepKind.OPEN_QUESTION, 15, "dream.picture"),
        (StepKind.IMPACTS, 25, ""),
        (StepKind.STANCES, 20, ""),
        (StepKind.READ_BACK, 10, ""),
        (StepKind.CHECK_OUT, 5, ""),
        (StepKind.CLOSE, 5, ""),
    ),
    Agenda.DESIGN: _whole(
        Phase.DESIGN,
        (StepKind.WELCOME, 5, ""),
        (StepKind.CHECK_IN, 5, ""),
        (StepKind.INDICATORS, 30, ""),
        (StepKind.REALISM, 15, ""),
        (StepKind.CHOOSE, 20, ""),
        (StepKind.CHECK_OUT, 5, ""),
        (StepKind.CLOSE, 10, ""),
    ),
    Agenda.DELIVER: _whole(
        Phase.DELIVER,
        (StepKind.WELCOME, 5, ""),
        (StepKind.CHECK_IN, 5, ""),
        (StepKind.MAP, 35, "deliver.map"),
        (StepKind.BREAK, 10, ""),
        (StepKind.COMMITMENTS, 15, ""),
        (StepKind.READ_BACK, 10, ""),
        (StepKind.THANKS, 10, ""),
        (StepKind.CHECK_OUT, 5, ""),
        (StepKind.CLOSE, 10, ""),
    ),
}
ASKING: Final = _part(StepKind.MEASURE, 10)
_PARTING: Final = frozenset({StepKind.CHECK_OUT, StepKind.THANKS, StepKind.CLOSE})


def with_asking(agenda: Sequence[StepSketch]) -> list[StepSketch]:
    """The same agenda where something is measured: people answer at the end, before they part."""
    if any(part.kind is StepKind.MEASURE for part in agenda):
        return list(agenda)
    place = len(agenda)
    while place and agenda[place - 1].kind in _PARTING:
        place -= 1
    return [*agenda[:place], ASKING, *agenda[place:]]

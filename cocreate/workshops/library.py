"""The ready agendas. Their words are in `words`, in the reader's language."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from cocreate.workshops.rules import Phase, StepKind, StepSketch


class Agenda(StrEnum):
    """The ready agendas: moments that lead to what we want, or a panel that finds its own signs."""

    MOMENTS = "moments"
    YOUTH_PANEL = "youth_panel"


AGENDAS: Final[Mapping[Agenda, tuple[StepSketch, ...]]] = {
    Agenda.MOMENTS: (
        StepSketch(StepKind.WELCOME, Phase.DEFINE, 15),
        StepSketch(StepKind.MOMENTS, Phase.DISCOVER, 25),
        StepSketch(StepKind.IMPACTS, Phase.DREAM, 30),
        StepSketch(StepKind.INDICATORS, Phase.DESIGN, 20),
        StepSketch(StepKind.MAP, Phase.DELIVER, 35),
        StepSketch(StepKind.CLOSE, Phase.DELIVER, 10),
    ),
    Agenda.YOUTH_PANEL: (
        StepSketch(StepKind.WELCOME, Phase.DEFINE, 10),
        StepSketch(StepKind.IMPACTS, Phase.DREAM, 20),
        StepSketch(StepKind.INDICATORS, Phase.DREAM, 25),
        StepSketch(StepKind.REALISM, Phase.DESIGN, 10),
        StepSketch(StepKind.CHOOSE, Phase.DESIGN, 15),
        StepSketch(StepKind.CLOSE, Phase.DELIVER, 10),
    ),
}
ASKING: Final = StepSketch(StepKind.MEASURE, Phase.DELIVER, 10)


def with_asking(agenda: Sequence[StepSketch]) -> list[StepSketch]:
    """The same agenda where something is measured: people answer at the end, before they part."""
    return [*agenda[:-1], ASKING, agenda[-1]]

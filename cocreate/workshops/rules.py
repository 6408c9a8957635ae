"""Agendas and steps: which activity a step hosts, and what the clock says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cocreate.spaces.rules import Activity


class Phase(StrEnum):
    """The five moves of appreciative inquiry."""

    DEFINE = "define"
    DISCOVER = "discover"
    DREAM = "dream"
    DESIGN = "design"
    DELIVER = "deliver"


class StepKind(StrEnum):
    """What happens in a step."""

    WELCOME = "welcome"
    MOMENTS = "moments"
    IMPACTS = "impacts"
    INDICATORS = "indicators"
    REALISM = "realism"
    CHOOSE = "choose"
    MAP = "map"
    MEASURE = "measure"
    CLOSE = "close"


OPENS: dict[StepKind, Activity] = {
    StepKind.MOMENTS: Activity.MOMENTS,
    StepKind.IMPACTS: Activity.IMPACTS,
    StepKind.INDICATORS: Activity.INDICATORS,
    StepKind.REALISM: Activity.IMPACTS,
    StepKind.CHOOSE: Activity.CHOOSING,
    StepKind.MAP: Activity.MAP,
    StepKind.MEASURE: Activity.MEASURING,
}
TOPICS: dict[StepKind, str] = {
    StepKind.MOMENTS: "moment",
    StepKind.IMPACTS: "impact",
    StepKind.INDICATORS: "indicator",
    StepKind.MAP: "node",
    StepKind.MEASURE: "round",
}


@dataclass(frozen=True, slots=True)
class StepSketch:
    """One line of an agenda."""

    kind: StepKind
    phase: Phase
    minutes: int


FROM_MOMENTS_TO_IMPACT = (
    StepSketch(StepKind.WELCOME, Phase.DEFINE, 15),
    StepSketch(StepKind.MOMENTS, Phase.DISCOVER, 25),
    StepSketch(StepKind.IMPACTS, Phase.DREAM, 30),
    StepSketch(StepKind.INDICATORS, Phase.DESIGN, 20),
    StepSketch(StepKind.MAP, Phase.DELIVER, 35),
    StepSketch(StepKind.CLOSE, Phase.DELIVER, 10),
)
YOUTH_PANEL = (
    StepSketch(StepKind.WELCOME, Phase.DEFINE, 10),
    StepSketch(StepKind.IMPACTS, Phase.DREAM, 20),
    StepSketch(StepKind.INDICATORS, Phase.DREAM, 25),
    StepSketch(StepKind.REALISM, Phase.DESIGN, 10),
    StepSketch(StepKind.CHOOSE, Phase.DESIGN, 15),
    StepSketch(StepKind.CLOSE, Phase.DELIVER, 10),
)


class Agenda(StrEnum):
    """The ready agendas: moments that lead to what we want, or a panel that finds its own signs."""

    MOMENTS = "moments"
    YOUTH_PANEL = "youth_panel"


AGENDAS: dict[Agenda, tuple[StepSketch, ...]] = {
    Agenda.MOMENTS: FROM_MOMENTS_TO_IMPACT,
    Agenda.YOUTH_PANEL: YOUTH_PANEL,
}

ASKING = StepSketch(StepKind.MEASURE, Phase.DELIVER, 10)


def with_asking(agenda: Sequence[StepSketch]) -> list[StepSketch]:
    """The same agenda where something is measured: people answer at the end, before they part."""
    return [*agenda[:-1], ASKING, agenda[-1]]


def clock_times(minutes: Sequence[int], current: int | None, at: datetime) -> list[datetime]:
    """When each step begins: counted on from the current one, which began at `at`, and back from it."""
    anchor = current or 0
    starts = [at] * len(minutes)
    for index in range(anchor + 1, len(minutes)):
        starts[index] = starts[index - 1] + timedelta(minutes=minutes[index - 1])
    for index in range(anchor - 1, -1, -1):
        starts[index] = starts[index + 1] - timedelta(minutes=minutes[index])
    return starts

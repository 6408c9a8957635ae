"""Agendas and steps: the five moves, what the clock says, and what a step asks of everybody."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from cocreate.core.audience import Visibility
from cocreate.core.clocks import later, within


class Phase(StrEnum):
    """The five moves of appreciative inquiry."""

    DEFINE = "define"
    DISCOVER = "discover"
    DREAM = "dream"
    DESIGN = "design"
    DELIVER = "deliver"


class StepKind(StrEnum):
    """The activity that a step hosts."""

    WELCOME = "welcome"
    CHECK_IN = "check_in"
    PAIR_TALK = "pair_talk"
    MOMENTS = "moments"
    FACTORS = "factors"
    IMPACTS = "impacts"
    STANCES = "stances"
    INDICATORS = "indicators"
    REALISM = "realism"
    CHOOSE = "choose"
    MAP = "map"
    MEASURE = "measure"
    READ_BACK = "read_back"
    COMMITMENTS = "commitments"
    OPEN_QUESTION = "open_question"
    BREAK = "break"
    THANKS = "thanks"
    CHECK_OUT = "check_out"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class StepSketch:
    """One line of an agenda. Empty words are the built-in ones, in the reader's language."""

    kind: StepKind
    phase: Phase
    minutes: int
    title: str = ""
    prompt: str = ""
    widest: Visibility | None = None
    most_each: int | None = None
    has_names: bool = False
    settings: dict[str, Any] = field(default_factory=dict)


def clock_times(minutes: Sequence[int], current: int | None, at: datetime) -> list[datetime]:
    """When each step begins: counted on from the current one, which began at `at`, and back from it."""
    anchor = current or 0
    starts = [within(at)] * len(minutes)
    for index in range(anchor + 1, len(minutes)):
        starts[index] = later(starts[index - 1], minutes[index - 1])
    for index in range(anchor - 1, -1, -1):
        starts[index] = later(starts[index + 1], -minutes[index])
    return starts


# How many letters fit in which size of type on the screen; what is longer gets the smallest.
LETTERS: Final = (36, 72, 120, 210, 320)


def size_for(words: str) -> int:
    """In which size words stand on the screen: 1 is the largest."""
    return bisect_left(LETTERS, len(words)) + 1

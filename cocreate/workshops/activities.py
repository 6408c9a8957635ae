"""What each activity is on every surface: one table of stage, console, screen, paper and harvest.

The surfaces are templates. Stage, screen and paper have one for each activity,
`templates/workshops/<surface>/<kind>.html`; the console has one where it does something of its own. The
harvest is one page, put together from what was told (`queries/harvest.py`), with no template for a kind.
What each activity is everywhere, in words: `surfaces.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cocreate.spaces.rules import Activity
from cocreate.workshops.rules import Phase, StepKind


@dataclass(frozen=True, slots=True)
class Hosted:
    """An activity as a step hosts it."""

    phase: Phase
    minutes: int
    icon: str
    opens: Activity | None = None  # what people can contribute to meanwhile
    topics: tuple[str, ...] = ()  # what arrives on the console and on the screen
    has_limits: bool = False  # whether it makes sense to say how many things one person tells
    takes_names: bool = False  # whether its form lets people put their name with what they tell
    has_result: bool = False  # whether who leads can show the room what came out; see queries/results.py


ACTIVITIES: Final[Mapping[StepKind, Hosted]] = {
    StepKind.WELCOME: Hosted(Phase.DEFINE, 15, "hand-raised"),
    StepKind.CHECK_IN: Hosted(Phase.DEFINE, 5, "sun", Activity.MOODS, has_result=True),
    StepKind.PAIR_TALK: Hosted(Phase.DISCOVER, 25, "chat-bubble-left-right"),
    StepKind.MOMENTS: Hosted(
        Phase.DISCOVER, 20, "sparkles", Activity.MOMENTS, ("moment",), has_limits=True, takes_names=True
    ),
    StepKind.FACTORS: Hosted(Phase.DISCOVER, 15, "key", Activity.MOMENTS, ("working_factor",)),
    StepKind.IMPACTS: Hosted(
        Phase.DREAM,
        15,
        "flag",
        Activity.IMPACTS,
        ("impact",),
        has_limits=True,
        takes_names=True,
        has_result=True,
    ),
    StepKind.STANCES: Hosted(
        Phase.DREAM, 10, "hand-thumb-up", Activity.IMPACTS, ("impact",), has_result=True
    ),
    StepKind.INDICATORS: Hosted(
        Phase.DESIGN, 20, "eye", Activity.INDICATORS, ("indicator",), has_limits=True, takes_names=True
    ),
    StepKind.REALISM: Hosted(Phase.DESIGN, 10, "scale", Activity.IMPACTS, has_result=True),
    StepKind.CHOOSE: Hosted(Phase.DESIGN, 15, "check-circle", Activity.CHOOSING),
    StepKind.MAP: Hosted(Phase.DELIVER, 35, "map", Activity.MAP, ("node",)),
    StepKind.MEASURE: Hosted(Phase.DELIVER, 10, "clipboard-document-list", Activity.MEASURING, ("round",)),
    StepKind.READ_BACK: Hosted(Phase.DELIVER, 10, "arrow-path", Activity.READING_BACK, ("summary",)),
    StepKind.COMMITMENTS: Hosted(
        Phase.DELIVER,
        10,
        "hand-raised",
        Activity.COMMITMENTS,
        ("commitment",),
        has_limits=True,
        takes_names=True,
    ),
    StepKind.OPEN_QUESTION: Hosted(
        Phase.DISCOVER,
        10,
        "question-mark-circle",
        Activity.REPLIES,
        ("reply",),
        has_limits=True,
        takes_names=True,
    ),
    StepKind.BREAK: Hosted(Phase.DISCOVER, 15, "pause"),
    StepKind.THANKS: Hosted(Phase.DELIVER, 5, "gift"),
    StepKind.CHECK_OUT: Hosted(Phase.DELIVER, 5, "moon", Activity.MOODS, has_result=True),
    StepKind.CLOSE: Hosted(Phase.DELIVER, 10, "key"),
}

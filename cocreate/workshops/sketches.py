"""Sketches of parts: kept for another time, and put in another order."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, TypeVar

from cocreate.core.audience import Visibility
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.library import WORDS
from cocreate.workshops.rules import Phase, StepKind, StepSketch

QUESTIONS: Final = "questions"  # in the settings of a step: what two people take along when they talk
_KEPT: Final = (WORDS, QUESTIONS)  # what happened in a meeting is no part of its agenda
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line:
    """A part of an agenda that is being made."""

    id: uuid.UUID
    sketch: StepSketch
    is_fixed: bool = False  # over, or on stage: it stays where it is
    was_on_stage: bool = False  # people may have told something in it: it stays in the agenda
    is_told_in: bool = False  # people told something in it, on a tablet or on paper

    @property
    def keeps_its_activity(self) -> bool:
        """Whether it stays what it is; a meeting ends as meetings end."""
        return self.is_fixed or self.stays or self.sketch.kind is StepKind.CLOSE

    @property
    def keeps_its_words(self) -> bool:
        """Whether it asks what it asks: an answer stays under the question that it was given to."""
        return self.stays and is_asking(self.sketch.kind)

    @property
    def stays(self) -> bool:
        """Whether it stays in the agenda."""
        return self.was_on_stage or self.is_told_in


def is_asking(kind: StepKind) -> bool:
    """Whether people answer what this activity asks, on a tablet, on paper or to each other."""
    return ACTIVITIES[kind].opens is not None or kind is StepKind.PAIR_TALK


def asked_in(sketch: StepSketch) -> tuple[Any, ...]:
    """What a part asks, as it is kept: its own words, those of a ready agenda, what two people take along."""
    carried = sketch.settings.get(QUESTIONS) if QUESTIONS in terms_known(sketch.kind) else None
    return sketch.prompt, sketch.settings.get(WORDS), carried


def goes_further(sketch: StepSketch, widest: Visibility | None) -> bool:
    """Whether this lets people show further what is told in a part than it does now."""
    now = sketch.widest or Visibility.PUBLIC
    return now.least(widest or Visibility.PUBLIC) is not (widest or Visibility.PUBLIC)


def new_part(kind: StepKind) -> StepSketch:
    """An activity as it is when nothing was chosen yet."""
    return StepSketch(kind, ACTIVITIES[kind].phase, ACTIVITIES[kind].minutes)


def turned(sketch: StepSketch, kind: StepKind) -> StepSketch:
    """The same place and time for another activity: words and settings of the first one go."""
    if kind is sketch.kind:
        return sketch
    is_usual = sketch.phase is ACTIVITIES[sketch.kind].phase
    phase = ACTIVITIES[kind].phase if is_usual else sketch.phase
    return replace(sketch, kind=kind, phase=phase, settings={})


def terms_known(kind: StepKind) -> frozenset[str]:
    """Which settings and terms of a part an activity knows, by name."""
    hosted = ACTIVITIES[kind]
    is_told = bool(hosted.topics) and hosted.opens is not None
    known = {QUESTIONS: kind is StepKind.PAIR_TALK, "widest": is_told}
    known |= {"most_each": hosted.has_limits, "has_names": hosted.takes_names}
    return frozenset(name for name, is_known in known.items() if is_known)


def dropped(before: StepSketch, kind: StepKind) -> list[str]:
    """Which settings and terms go when a part becomes another activity, by name."""
    had = {
        QUESTIONS: before.settings.get(QUESTIONS),
        "widest": before.widest,
        "most_each": before.most_each,
        "has_names": before.has_names,
    }
    return [name for name, value in had.items() if value and name not in terms_known(kind)]


def sketch_of(step: Any) -> StepSketch:
    """A step of a meeting as a sketch: what it is, without what happened in it."""
    return StepSketch(
        StepKind(step.kind),
        Phase(step.phase),
        step.minutes,
        step.title,
        step.prompt,
        Visibility(step.widest) if step.widest else None,
        step.most_each,
        step.has_names,
        kept_settings(step.settings),
    )


def kept_settings(settings: dict[str, Any]) -> dict[str, Any]:
    """Of the settings of a step: what belongs to the agenda."""
    return {name: settings[name] for name in _KEPT if settings.get(name)}


def as_row(sketch: StepSketch, id: uuid.UUID) -> dict[str, Any]:
    """A sketch as it is kept."""
    return {"id": str(id), **asdict(sketch)}


def from_row(row: dict[str, Any]) -> StepSketch:
    """A sketch as it was kept."""
    widest = Visibility(row["widest"]) if row["widest"] else None
    facts = {**row, "kind": StepKind(row["kind"]), "phase": Phase(row["phase"]), "widest": widest}
    return StepSketch(**{name: facts[name] for name in StepSketch.__slots__})


def moved(parts: Sequence[T], place: int, to: int, first: int = 0) -> list[T]:
    """The same parts with one of them elsewhere; nothing comes before `first`, and nothing beyond the end."""
    rest = [*parts[:place], *parts[place + 1 :]]
    to = min(max(to, first), len(rest))
    return [*rest[:to], parts[place], *rest[to:]]


def place_for_new(kinds: Sequence[str], first: int = 0) -> int:
    """Where a new part comes: at the end, but before everybody parts."""
    ends = bool(kinds) and kinds[-1] == StepKind.CLOSE
    return max(first, len(kinds) - ends)

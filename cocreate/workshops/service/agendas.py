"""Making the agenda of one meeting."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from flask_babel import lazy_gettext as _l

from cocreate.core.changes import Log, changing
from cocreate.core.problems import Conflict, NotFound
from cocreate.spaces.openings import change_terms
from cocreate.trajectories.service import start_trajectory
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.models import Step, Workshop
from cocreate.workshops.queries.agendas import lines_of
from cocreate.workshops.rules import StepKind, StepSketch
from cocreate.workshops.service.preparing import step_from
from cocreate.workshops.service.stage import record, terms_of, workshop_in
from cocreate.workshops.service.steering import LEAST
from cocreate.workshops.sketches import (
    QUESTIONS,
    Line,
    asked_in,
    goes_further,
    kept_settings,
    moved,
    new_part,
    place_for_new,
)

MOST_PARTS: Final = 40
LAST: Final = _l("An agenda has at least one part.")
FULL: Final = _l("This agenda is full. Take a part out first.")
_GONE: Final = _l("This part is not in the agenda any more. Somebody else took it out.")
_STAYS: Final = _l("This part is over, or on stage now. It stays where it is.")
KEEPS: Final = _l(
    "This part was on stage, or filled in on paper. What people told in it stays, and so does its activity."
)
CLOSES: Final = _l("The close stays a close, and nothing else becomes one. Take a part out, or add one.")
ASKED: Final = _l("People may have answered this question already. Add a part with the new one.")
WIDER: Final = _l("People told something here, and it goes no further than this part said. Add a new part.")
_TOLD: Final = _l(
    "This part was on stage, or filled in on paper. What people told in it stays, and so does the part."
)


class Making(Protocol):
    """An agenda that is being made: of one meeting, or one that a space keeps."""

    def add(self, kind: StepKind) -> uuid.UUID:
        """One more part."""

    def place(self, part_id: uuid.UUID, to: int) -> None:
        """A part elsewhere."""

    def change(self, part_id: uuid.UUID, wanted: StepSketch) -> None:
        """A part as it is wanted; of two who change it the last word wins."""

    def remove(self, part_id: uuid.UUID) -> None:
        """A part out of it."""


@dataclass(frozen=True, slots=True)
class MeetingAgenda:
    """The agenda of one meeting. While it goes on, what is over or on stage stays where it is."""

    space_id: uuid.UUID
    workshop_id: uuid.UUID

    def add(self, kind: StepKind) -> uuid.UUID:
        """One more part, at the end but before everybody parts."""
        with changing(self.space_id) as log:
            workshop, lines = self._open(log)
            if len(lines) >= MOST_PARTS:
                raise Conflict(FULL)
            step = step_from(new_part(kind), workshop.id, len(lines))
            log.session.add(step)
            log.session.flush()
            self._bring_map(log, workshop, kind)
            to = place_for_new([line.sketch.kind for line in lines], _first(lines))
            self._number(log, workshop, moved([*(line.id for line in lines), step.id], len(lines), to))
            return step.id

    def place(self, part_id: uuid.UUID, to: int) -> None:
        """A part elsewhere, after what is over."""
        with changing(self.space_id) as log:
            workshop, lines = self._open(log)
            at = place_of(lines, part_id)
            if lines[at].is_fixed:
                raise Conflict(_STAYS)
            self._number(log, workshop, moved([line.id for line in lines], at, to, _first(lines)))

    def change(self, part_id: uuid.UUID, wanted: StepSketch) -> None:
        """A part as it is wanted. On stage its terms hold at once."""
        with changing(self.space_id) as log:
            workshop, lines = self._open(log)
            line = lines[place_of(lines, part_id)]
            stay_or_turn(line, wanted.kind)
            if problem := kept_to(line, wanted):
                raise Conflict(problem[1])
            step = log.session.get_one(Step, part_id)
            step.kind, step.phase = wanted.kind, wanted.phase
            self._bring_map(log, workshop, wanted.kind)
            step.title, step.prompt, step.minutes = wanted.title, wanted.prompt, wanted.minutes
            step.extra_minutes = max(step.extra_minutes, LEAST - step.minutes)
            step.widest, step.most_each, step.has_names = wanted.widest, wanted.most_each, wanted.has_names
            before = kept_settings(step.settings)
            ran = {name: each for name, each in step.settings.items() if name not in before}
            step.settings = {**ran, **kept_settings(wanted.settings)}
            activity = ACTIVITIES[StepKind(step.kind)].opens
            if activity is not None and workshop.current_step_id == step.id:
                change_terms(log, workshop.id, activity, terms_of(step), step.id)
            _tell(log, workshop)

    def remove(self, part_id: uuid.UUID) -> None:
        """A part out of it, when it never was on stage."""
        with changing(self.space_id) as log:
            workshop, lines = self._open(log)
            line = lines[place_of(lines, part_id)]
            if line.is_fixed or line.stays:
                raise Conflict(_STAYS if line.is_fixed else _TOLD)
            if len(lines) == 1:
                raise Conflict(LAST)
            log.session.delete(log.session.get_one(Step, part_id))
            self._number(log, workshop, [each.id for each in lines if each.id != part_id])

    def plan(self, title: str, planned_at: datetime | None) -> None:
        """What the meeting is called, and when it is to begin."""
        with changing(self.space_id) as log:
            workshop, _lines = self._open(log)
            workshop.title, workshop.planned_at = title, planned_at
            _tell(log, workshop)

    def _open(self, log: Log) -> tuple[Workshop, list[Line]]:
        workshop = workshop_in(log, self.workshop_id)
        if workshop.closed_at is not None:
            raise Conflict(_l("This meeting is closed. Copy its agenda to use it again."))
        return workshop, lines_of(workshop)

    def _bring_map(self, log: Log, workshop: Workshop, kind: StepKind) -> None:
        if kind is StepKind.MAP and workshop.trajectory_id is None:
            workshop.trajectory_id = start_trajectory(log, workshop.title, workshop.id).id

    def _number(self, log: Log, workshop: Workshop, order: Sequence[uuid.UUID]) -> None:
        for position, step_id in enumerate(order):
            log.session.get_one(Step, step_id).position = position
        log.session.flush()
        log.session.expire(workshop, ["steps"])
        _tell(log, workshop)


def place_of(lines: Sequence[Line], part_id: uuid.UUID) -> int:
    """Where a part stands; `NotFound`, in plain words, when somebody else took it out."""
    at = next((n for n, line in enumerate(lines) if line.id == part_id), None)
    if at is None:
        raise NotFound(_GONE)
    return at


def stay_or_turn(line: Line, kind: StepKind) -> None:
    """`Conflict` when a part that stays what it is should become another activity."""
    if kind is not line.sketch.kind and (line.keeps_its_activity or kind is StepKind.CLOSE):
        raise Conflict(CLOSES if StepKind.CLOSE in (kind, line.sketch.kind) else KEEPS)


def kept_to(line: Line, wanted: StepSketch) -> tuple[str, Any] | None:
    """Which field breaks what people went by when they told something, and in which words that is said.

    What was asked stays, and so does how far it goes at most; it may go less far.
    """
    if line.keeps_its_words and asked_in(wanted) != asked_in(line.sketch):
        return ("prompt" if wanted.prompt != line.sketch.prompt else QUESTIONS), ASKED
    if line.is_told_in and goes_further(line.sketch, wanted.widest):
        return "widest", WIDER
    return None


def _first(lines: Sequence[Line]) -> int:
    """The first place that is not over and not on stage."""
    return sum(line.is_fixed for line in lines)


def _tell(log: Log, workshop: Workshop) -> None:
    """Clocks, tablets and the screen follow."""
    step = workshop.current_step
    on_stage = {"step_id": str(step.id), "kind": step.kind} if step else {}
    record(log, workshop, "stage", "agenda", on_stage)

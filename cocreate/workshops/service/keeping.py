"""Agendas that a space keeps for another time; made in the same way as that of a meeting."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from cocreate.core.changes import Log, changing
from cocreate.core.db import new_id
from cocreate.core.problems import Conflict
from cocreate.workshops.models import OwnAgenda
from cocreate.workshops.queries.agendas import kept_agenda, kept_lines
from cocreate.workshops.rules import StepKind, StepSketch
from cocreate.workshops.service.agendas import FULL, LAST, MOST_PARTS, place_of, stay_or_turn
from cocreate.workshops.sketches import as_row, moved, new_part, place_for_new, sketch_of


@dataclass(frozen=True, slots=True)
class KeptAgenda:
    """An agenda that a space keeps."""

    space_id: uuid.UUID
    agenda_id: uuid.UUID

    def add(self, kind: StepKind) -> uuid.UUID:
        """One more part, at the end but before everybody parts."""
        with changing(self.space_id) as log:
            kept = self._kept(log)
            if len(kept.steps) >= MOST_PARTS:
                raise Conflict(FULL)
            part_id = new_id()
            to = place_for_new([row["kind"] for row in kept.steps])
            kept.steps = moved([*kept.steps, as_row(new_part(kind), part_id)], len(kept.steps), to)
            return part_id

    def place(self, part_id: uuid.UUID, to: int) -> None:
        """A part elsewhere."""
        with changing(self.space_id) as log:
            kept = self._kept(log)
            kept.steps = moved(kept.steps, self._at(kept, part_id), to)

    def change(self, part_id: uuid.UUID, wanted: StepSketch) -> None:
        """A part as it is wanted."""
        with changing(self.space_id) as log:
            kept = self._kept(log)
            at = self._at(kept, part_id)
            stay_or_turn(kept_lines(kept.steps)[at], wanted.kind)
            kept.steps = [as_row(wanted, part_id) if n == at else row for n, row in enumerate(kept.steps)]

    def remove(self, part_id: uuid.UUID) -> None:
        """A part out of it."""
        with changing(self.space_id) as log:
            kept = self._kept(log)
            at = self._at(kept, part_id)
            if len(kept.steps) == 1:
                raise Conflict(LAST)
            kept.steps = [row for n, row in enumerate(kept.steps) if n != at]

    def rename(self, title: str) -> None:
        """Under another name."""
        with changing(self.space_id) as log:
            self._kept(log).title = title

    def throw_away(self) -> None:
        """Not kept any more. Meetings made from it stay as they are."""
        with changing(self.space_id) as log:
            log.session.delete(self._kept(log))

    def _kept(self, log: Log) -> OwnAgenda:
        return kept_agenda(log.space_id, self.agenda_id)

    def _at(self, kept: OwnAgenda, part_id: uuid.UUID) -> int:
        return place_of(kept_lines(kept.steps), part_id)


def keep_agenda(
    space_id: uuid.UUID, made_by_id: uuid.UUID, title: str, sketches: Sequence[StepSketch]
) -> uuid.UUID:
    """These steps as an agenda of the space's own."""
    with changing(space_id) as log:
        rows = [as_row(sketch_of(sketch), new_id()) for sketch in sketches]
        kept = OwnAgenda(space_id=space_id, title=title, steps=rows, made_by_id=made_by_id)
        log.session.add(kept)
        log.session.flush()
        return kept.id

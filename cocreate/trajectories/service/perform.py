"""Doing what is asked to a map: once, in order, all of it or nothing."""

import uuid
from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from cocreate.core.audience import Viewer
from cocreate.core.changes import Log, changing
from cocreate.core.problems import NotFound
from cocreate.spaces.contributions import Arrival
from cocreate.trajectories.operations import Verb
from cocreate.trajectories.queries import trajectory_of
from cocreate.trajectories.service import linking, nodes, wholes
from cocreate.trajectories.service.drawing import Drawing
from cocreate.trajectories.service.instructions import Answer, Instruction

Told = dict[str, Any]

_ACTS: dict[Verb, Callable[[Drawing], Told]] = {
    Verb.GROW: nodes.grow,
    Verb.EDIT: nodes.edit,
    Verb.PLACE: nodes.place,
    Verb.REMOVE: nodes.remove,
    Verb.RESTORE: nodes.restore,
    Verb.CONNECT: linking.connect,
    Verb.RELATE: linking.relate,
    Verb.DISCONNECT: linking.disconnect,
    Verb.REFER: linking.refer,
    Verb.UNREFER: linking.unrefer,
    Verb.MERGE: wholes.merge,
    Verb.TIDY: wholes.tidy,
    Verb.UNDO: wholes.undo,
    Verb.REDO: wholes.redo,
}
# Words that stood on the map go back to who asked, but are kept in no receipt: they may be withdrawn.
_NOT_KEPT = frozenset({"met"})


def perform(viewer: Viewer, trajectory_id: uuid.UUID, instruction: Instruction) -> Told:
    """Do it exactly once; the same id again gets the first answer."""
    if viewer.membership_id is None:
        raise NotFound
    try:
        with changing(viewer.space_id) as log:
            earlier = log.receipt(instruction.id, viewer.membership_id)
            return earlier or _perform(log, viewer, viewer.membership_id, trajectory_id, instruction)
    except IntegrityError as taken:
        # An id that is in use, but not by an earlier operation of this membership.
        raise NotFound from taken


def grow(viewer: Viewer, arrival: Arrival, trajectory_id: uuid.UUID, answer: Answer) -> Told:
    """Keep an answer as the next node, already linked to the one that was touched."""
    instruction = Instruction(
        arrival.id,
        Verb.GROW,
        arrival.workshop_id,
        part_id=arrival.part_id,
        node_id=arrival.id,
        answer=answer,
        visibility=arrival.visibility,
        is_by_helper=arrival.is_by_helper,
    )
    return perform(viewer, trajectory_id, instruction)


def _perform(
    log: Log, viewer: Viewer, membership_id: uuid.UUID, trajectory_id: uuid.UUID, instruction: Instruction
) -> Told:
    drawing = Drawing(log, viewer, trajectory_of(viewer.space_id, trajectory_id), instruction)
    drawing.require_hand()
    wholes.keep_folded(drawing)
    outcome = _ACTS[instruction.verb](drawing)
    answer = {"id": str(instruction.id), "state": "kept", "subject_id": None, **outcome}
    if drawing.seq is not None:
        answer["seq"] = drawing.seq
    elif "skipped" not in answer:
        # There is no row in the log, and so nothing that undoing could take back.
        answer["skipped"] = _("It was like that already. Nothing changed.")
    kept = {key: value for key, value in answer.items() if key not in _NOT_KEPT}
    log.session.flush()
    log.keep_receipt(instruction.id, membership_id, instruction.verb, kept)
    return answer

"""Drawing on a map over the wire: operations, who is where, what a node can have to do with, its history."""

import uuid

from flask import jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from cocreate.core.forms import as_uuid, json_body, read_part
from cocreate.core.problems import NotFound
from cocreate.core.whispers import whisper
from cocreate.spaces.access import Here, enter
from cocreate.spaces.queries import voices_by_maker
from cocreate.spaces.rules import Act
from cocreate.trajectories.faces import reference_told
from cocreate.trajectories.forms import PresenceForm, read_instruction
from cocreate.trajectories.history import history_of, removed_from
from cocreate.trajectories.queries import node_seen, references_on, subjects_of, trajectory_of
from cocreate.trajectories.service import everybody, perform
from cocreate.trajectories.views.blueprint import blueprint

ADDRESS = "/spaces/<uuid:space_id>/trajectories/<uuid:trajectory_id>"


@blueprint.post(f"{ADDRESS}/operations")
def operate(space_id: uuid.UUID, trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Do one thing to a map, once."""
    here = enter(space_id, Act.CONTRIBUTE)
    instruction, membership_id = read_instruction(json_body())
    if membership_id and membership_id != here.viewer.membership_id:
        raise NotFound(_l("This was told by somebody else on this tablet. It waits until they are back."))
    return jsonify(perform(here.viewer, trajectory_id, instruction)), 201


@blueprint.post(f"{ADDRESS}/presence")
def be_present(space_id: uuid.UUID, trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Say which node I am at, to who sees that node; by the colour of my voice only, and kept nowhere."""
    here = enter(space_id, Act.CONTRIBUTE)
    form = read_part(PresenceForm, json_body())
    trajectory = trajectory_of(space_id, trajectory_id)
    node = node_seen(here.viewer, trajectory, as_uuid(form.node_id.data))
    whisper(
        space_id,
        node.audience if node else everybody(trajectory),
        "presence",
        {
            "trajectory_id": str(trajectory_id),
            "node_id": str(node.id) if node else None,
            "who": form.who.data,
            "tone": _tone(here),
        },
    )
    return "", 204


def _tone(here: Here) -> str | None:
    membership_id = here.viewer.membership_id
    voice = voices_by_maker([membership_id]).get(membership_id) if membership_id else None
    return voice.css if voice else None


@blueprint.get(f"{ADDRESS}/subjects")
def subjects(space_id: uuid.UUID, trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """What a node of this map can have to do with."""
    here = enter(space_id, Act.CONTRIBUTE)
    trajectory_of(space_id, trajectory_id)
    found = subjects_of(here.viewer)
    return jsonify([{"type": kind, "id": own_id, "text": text} for kind, own_id, text in found])


@blueprint.get(f"{ADDRESS}/nodes/<uuid:node_id>/references")
def references(space_id: uuid.UUID, trajectory_id: uuid.UUID, node_id: uuid.UUID) -> ResponseReturnValue:
    """What a node of this map has to do with, as far as I may see that."""
    here = enter(space_id, Act.READ)
    node_seen(here.viewer, trajectory_of(space_id, trajectory_id), node_id)
    found = references_on(here.viewer, trajectory_id, node_id).get(str(node_id), [])
    return jsonify([reference_told(each, space_id) for each in found])


@blueprint.get(f"{ADDRESS}/nodes/<uuid:node_id>/history")
def history(space_id: uuid.UUID, trajectory_id: uuid.UUID, node_id: uuid.UUID) -> ResponseReturnValue:
    """What happened to a node, with its earlier words."""
    here = enter(space_id, Act.READ)
    trajectory = trajectory_of(space_id, trajectory_id)
    lines = history_of(here.viewer, trajectory, node_id)
    return render_template("trajectories/_history.html", lines=lines, space=here.space)


@blueprint.get(f"{ADDRESS}/removed")
def removed(space_id: uuid.UUID, trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """What was taken off a map and can come back."""
    here = enter(space_id, Act.CONTRIBUTE)
    nodes = removed_from(here.viewer, trajectory_of(space_id, trajectory_id))
    return render_template("trajectories/_removed.html", nodes=nodes)

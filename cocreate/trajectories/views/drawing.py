"""Drawing on a map over the wire: operations, who is where, what a node can have to do with, its history."""

import uuid

from flask import jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from cocreate.core.forms import json_body
from cocreate.core.problems import NotFound
from cocreate.spaces.access import enter
from cocreate.spaces.rules import Act
from cocreate.trajectories.forms import read_instruction
from cocreate.trajectories.history import history_of, removed_from
from cocreate.trajectories.queries import subjects_of, trajectory_of
from cocreate.trajectories.service import perform
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


@blueprint.get(f"{ADDRESS}/subjects")
def subjects(space_id: uuid.UUID, trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """What a node of this map can have to do with."""
    here = enter(space_id, Act.CONTRIBUTE)
    trajectory_of(space_id, trajectory_id)
    found = subjects_of(here.viewer)
    return jsonify([{"type": kind, "id": own_id, "text": text} for kind, own_id, text in found])


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

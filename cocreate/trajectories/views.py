"""Maps over the wire: growing them, seeing them."""

import uuid

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from cocreate.core.audience import Viewer
from cocreate.core.forms import as_uuid, text_of
from cocreate.core.problems import NotFound
from cocreate.spaces.access import enter, enter_as_room
from cocreate.spaces.arrivals import receive
from cocreate.spaces.rules import Act
from cocreate.trajectories.faces import graph_of
from cocreate.trajectories.forms import GrowForm
from cocreate.trajectories.queries import Map, map_of, trajectory_of
from cocreate.trajectories.rules import GrowQuestion, NodeState
from cocreate.trajectories.service import Answer, grow

blueprint = Blueprint("trajectories", __name__)


@blueprint.post("/spaces/<uuid:space_id>/trajectories/<uuid:trajectory_id>/nodes")
def create(space_id: uuid.UUID, trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Keep an answer as the next node."""
    return receive(
        space_id,
        GrowForm,
        lambda here, form: grow(
            here.viewer,
            form.arrival(),
            trajectory_id,
            Answer(
                text_of(form.text),
                GrowQuestion(form.question.data) if form.question.data else None,
                as_uuid(form.touched_id.data),
                NodeState(form.state.data),
            ),
        ),
    )


@blueprint.get("/spaces/<uuid:space_id>/trajectories/<uuid:trajectory_id>")
def show(space_id: uuid.UUID, trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """The map, and the same as an outline beside it."""
    here = enter(space_id, Act.READ)
    seen = _seen(here.viewer, trajectory_id)
    return render_template(
        "trajectories/show.html",
        here=here,
        space=here.space,
        trajectory=seen.trajectory,
        map=seen,
        seq=here.seq,
    )


@blueprint.get("/spaces/<uuid:space_id>/trajectories/<uuid:trajectory_id>/graph")
def graph(space_id: uuid.UUID, trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """What the canvas draws: nodes, edges and options, as pyvis makes them."""
    workshop_id = request.args.get("workshop", type=uuid.UUID)
    viewer = enter_as_room(space_id, workshop_id) if workshop_id else enter(space_id, Act.READ).viewer
    return jsonify(graph_of(_seen(viewer, trajectory_id, in_room=workshop_id is not None)))


def _seen(viewer: Viewer, trajectory_id: uuid.UUID, *, in_room: bool = False) -> Map:
    seen = map_of(viewer, trajectory_of(viewer.space_id, trajectory_id))
    if not seen.nodes and not viewer.is_member and not in_room:
        raise NotFound  # its title may say more than a passer-by may know
    return seen

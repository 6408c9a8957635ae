"""Maps over the wire: growing them, seeing them."""

import uuid
from typing import Final

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from cocreate.core.audience import Viewer
from cocreate.core.forms import as_uuid, text_of
from cocreate.core.i18n import current_language
from cocreate.core.kept import keep
from cocreate.core.problems import NotFound
from cocreate.spaces.access import Here, enter
from cocreate.spaces.arrivals import receive
from cocreate.spaces.queries import voices_by_maker
from cocreate.spaces.rules import Act, may
from cocreate.trajectories.forms import GrowForm
from cocreate.trajectories.queries import Map, map_of, may_draw, trajectory_of, unfolded
from cocreate.trajectories.rules import GrowQuestion, NodeState
from cocreate.trajectories.service import Answer, grow, open_to_space
from cocreate.trajectories.views.blueprint import blueprint

MOST_OPENED: Final = 100  # threads that one address can hold open


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
    """The map to read and, for who may, to draw on; and the same as an outline beside it."""
    here = enter(space_id, Act.READ)
    trajectory = trajectory_of(space_id, trajectory_id)
    opened = tuple(request.args.getlist("open", type=uuid.UUID)[:MOST_OPENED])
    key = ("map", trajectory.id, here.seq, current_language(), here.viewer, opened)
    return render_template(
        "trajectories/show.html",
        here=here,
        space=here.space,
        seq=here.seq,
        trajectory=trajectory,
        may_facilitate=may(here.viewer, Act.FACILITATE),
        body=keep(key, lambda: _body(here, trajectory_id, opened)),
    )


@blueprint.post("/spaces/<uuid:space_id>/trajectories/<uuid:trajectory_id>/opening")
def opening(space_id: uuid.UUID, trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Let everybody in the space draw on it between meetings, or not any more."""
    here = enter(space_id, Act.FACILITATE)
    open_to_space(here.viewer, trajectory_id, bool(request.form.get("open")))
    return redirect(f"/spaces/{space_id}/trajectories/{trajectory_id}", 303)


def _body(here: Here, trajectory_id: uuid.UUID, opened: tuple[uuid.UUID, ...]) -> str:
    """The map with all that stands around it; a large one opens with its side threads folded."""
    seen = seen_map(here.viewer, trajectory_id, refers=True)
    membership_id = here.viewer.membership_id
    return render_template(
        "trajectories/_map.html",
        here=here,
        space=here.space,
        seq=here.seq,
        trajectory=seen.trajectory,
        seen=seen,
        map=unfolded(seen, [*map(str, opened)]),
        total=len(seen.nodes),
        opened=opened,
        may_facilitate=may(here.viewer, Act.FACILITATE),
        may_draw=may_draw(here.viewer, seen.trajectory),
        voice=voices_by_maker([membership_id]).get(membership_id) if membership_id else None,
        view="library",
        workshop=None,
    )


def seen_map(viewer: Viewer, trajectory_id: uuid.UUID, *, refers: bool = False) -> Map:
    """What this viewer sees of a map; `NotFound` when that is nothing and they are no member."""
    seen = map_of(viewer, trajectory_of(viewer.space_id, trajectory_id), refers=refers)
    if not seen.nodes and not viewer.is_member:
        raise NotFound  # its title may say more than a passer-by may know
    return seen

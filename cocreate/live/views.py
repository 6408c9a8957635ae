"""The stream of a space's changes."""

import uuid

from flask import Blueprint, Response, current_app, request

from cocreate.config import Config
from cocreate.core.audience import Viewer
from cocreate.core.changes import head_of
from cocreate.core.faces import View
from cocreate.core.i18n import current_language
from cocreate.core.problems import NotFound
from cocreate.live.aside import ask_aside
from cocreate.live.hub import Hub
from cocreate.live.renderings import Look
from cocreate.live.stream import Watcher, ask_to_reload, stream
from cocreate.spaces.access import enter
from cocreate.spaces.rules import Act

bp = Blueprint("live", __name__)


@bp.get("/spaces/<uuid:space_id>/changes")
def changes(space_id: uuid.UUID) -> Response:
    """What happens in this space from now on, or from where this browser left off."""
    view = _view()
    viewer, head = ask_aside(lambda: (_viewer(space_id, view), head_of(space_id)))
    config: Config = current_app.extensions["cocreate"]
    hub: Hub = current_app.extensions["cocreate.live"]
    seq = _seq(head)
    if seq is None or not 0 <= head - seq <= config.live_backlog:
        return _answer(iter([ask_to_reload()]))
    watcher = Watcher(space_id, viewer, Look(view, current_language()), seq)
    return _answer(stream(hub, watcher, config.heartbeat))


def _view() -> View:
    try:
        return View(request.args.get("view", View.STAGE))
    except ValueError:
        raise NotFound from None


def _viewer(space_id: uuid.UUID, view: View) -> Viewer:
    act = Act.FACILITATE if view in (View.CONSOLE, View.SCREEN) else Act.READ
    viewer = enter(space_id, act).viewer
    if view is not View.SCREEN:
        return viewer
    # A projector sees what the room sees, whoever of the facilitators switched it on.
    workshop_id = request.args.get("workshop", type=uuid.UUID)
    if workshop_id is None:
        raise NotFound
    return Viewer(space_id, workshop_ids=frozenset({workshop_id}))


def _seq(head: int) -> int | None:
    said = request.headers.get("Last-Event-ID") or request.args.get("after")
    if not said:
        return head
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 20 else None  # noqa: PLR2004


def _answer(body: object) -> Response:
    answer = Response(body, mimetype="text/event-stream", direct_passthrough=True)  # type: ignore[arg-type]
    answer.headers["X-Accel-Buffering"] = "no"
    answer.headers["Cache-Control"] = "no-store"
    return answer

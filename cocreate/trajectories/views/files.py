"""Maps as files of other programs: taking one along, bringing one in."""

import uuid
from typing import Final

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from cocreate.core.audience import Visibility
from cocreate.core.forms import given_form, text_of
from cocreate.core.problems import NotFound
from cocreate.core.security import csrf
from cocreate.spaces.access import Here, enter
from cocreate.spaces.imports import AlreadyHere
from cocreate.spaces.rules import Act
from cocreate.trajectories.formats import EXPORTS, MapFileError
from cocreate.trajectories.forms import MapFileForm
from cocreate.trajectories.imports import BroughtIn, bring_in_file, refusal, said
from cocreate.trajectories.views.blueprint import blueprint
from cocreate.trajectories.views.maps import seen_map
from cocreate.trajectories.views.takeaway import as_file

MAX_UPLOAD: Final = 5 * 1024 * 1024  # reading more would keep everybody else in the space waiting
_REST_OF_FORM: Final = 64 * 1024
blueprint.add_app_template_global(lambda: EXPORTS, "map_formats")


@blueprint.get("/spaces/<uuid:space_id>/trajectories/<uuid:trajectory_id>/file/<format_name>")
def take_file(space_id: uuid.UUID, trajectory_id: uuid.UUID, format_name: str) -> ResponseReturnValue:
    """What this viewer may see of a map, as a file for another program."""
    here = enter(space_id, Act.READ)
    seen = seen_map(here.viewer, trajectory_id)
    export = EXPORTS.get(format_name)
    if export is None or not seen.nodes:
        raise NotFound
    title = seen.trajectory.title or here.space.name
    content = export.write(title, seen.nodes, seen.edges)
    if export.comment:
        left = said(export.left(seen.nodes, seen.edges))
        content += "".join(f"{export.comment}{remark}\n" for remark in left).encode()
    return as_file(content, title, export.suffix.removeprefix("."), export.media_type)


@blueprint.get("/spaces/<uuid:space_id>/trajectories/new")
def new_from_file(space_id: uuid.UUID) -> ResponseReturnValue:
    """Choose a file with a map in it; for who leads."""
    here = enter(space_id, Act.FACILITATE)
    return _page(here, MapFileForm(formdata=None))


@blueprint.post("/spaces/<uuid:space_id>/trajectories")
def receive_file(space_id: uuid.UUID) -> ResponseReturnValue:
    """Bring in the map in a file, and tell what is different from it."""
    request.max_content_length = MAX_UPLOAD + _REST_OF_FORM
    try:
        csrf.protect()
    except RequestEntityTooLarge:
        here = enter(space_id, Act.FACILITATE)
        return _refused(here, MapFileForm(formdata=None), _too_large(), 413)
    here = enter(space_id, Act.FACILITATE)
    form = given_form(MapFileForm)
    form.file.process(request.files)
    if not form.validate():
        return _page(here, form), 422
    content = form.file.data.read(MAX_UPLOAD + 1)
    if len(content) > MAX_UPLOAD:
        return _refused(here, form, _too_large(), 413)
    try:
        visibility = Visibility(form.visibility.data)
        name = form.file.data.filename
        brought = bring_in_file(space_id, name, content, visibility, text_of(form.title))
    except MapFileError as error:
        return _refused(here, form, refusal(error), 422)
    except AlreadyHere:
        return _refused(here, form, _("This map is in this space already."), 409)
    return _page(here, form, brought), 201


# To find the token the whole file is read; first we say how large it may be, then `protect` looks.
csrf.exempt(receive_file)


def _too_large() -> str:
    sentence: str = _("This file is larger than %(megabytes)s MB.", megabytes=MAX_UPLOAD // 1024**2)
    return sentence


def _refused(here: Here, form: MapFileForm, reason: str, status: int) -> ResponseReturnValue:
    form.file.errors = [reason]
    return _page(here, form), status


def _page(here: Here, form: MapFileForm, brought: BroughtIn | None = None) -> str:
    return render_template(
        "trajectories/bring_in.html", here=here, space=here.space, form=form, brought=brought
    )

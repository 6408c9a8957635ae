"""Moments, and what helped in them, over the wire."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from cocreate.core.audience import Viewer
from cocreate.core.forms import as_uuid, text_of
from cocreate.moments.forms import FactorForm, LinkForm, MomentForm
from cocreate.moments.service import (
    MomentDraft,
    link_moment,
    name_factor,
    share_moment,
    unlink_moment,
)
from cocreate.spaces.arrivals import receive
from cocreate.spaces.contributions import Arrival

blueprint = Blueprint("moments", __name__)
Linking = Callable[[Viewer, Arrival, uuid.UUID, uuid.UUID], dict[str, Any]]


@blueprint.post("/spaces/<uuid:space_id>/moments")
def create(space_id: uuid.UUID) -> ResponseReturnValue:
    """Keep a moment."""
    return receive(
        space_id,
        MomentForm,
        lambda here, form: share_moment(
            here.viewer,
            form.arrival(),
            MomentDraft(
                text_of(form.what_happened),
                text_of(form.why_it_mattered),
                text_of(form.what_made_it_possible),
            ),
        ),
    )


@blueprint.post("/spaces/<uuid:space_id>/working-factors")
def name(space_id: uuid.UUID) -> ResponseReturnValue:
    """Keep what helped."""
    return receive(
        space_id,
        FactorForm,
        lambda here, form: name_factor(
            here.viewer, form.arrival(), text_of(form.name), as_uuid(form.moment_id.data)
        ),
    )


@blueprint.post("/spaces/<uuid:space_id>/moment-factors")
def link(space_id: uuid.UUID) -> ResponseReturnValue:
    """This helped in that moment."""
    return _linking(space_id, link_moment)


@blueprint.post("/spaces/<uuid:space_id>/moment-factors/withdrawal")
def unlink(space_id: uuid.UUID) -> ResponseReturnValue:
    """It did not, after all."""
    return _linking(space_id, unlink_moment)


def _linking(space_id: uuid.UUID, do: Linking) -> ResponseReturnValue:
    return receive(
        space_id,
        LinkForm,
        lambda here, form: do(
            here.viewer, form.arrival(), uuid.UUID(form.moment_id.data), uuid.UUID(form.factor_id.data)
        ),
    )

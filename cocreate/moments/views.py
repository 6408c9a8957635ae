"""Moments over the wire."""

import uuid

from flask import Blueprint
from flask.typing import ResponseReturnValue

from cocreate.core.forms import text_of
from cocreate.moments.forms import MomentForm
from cocreate.moments.service import MomentDraft, share_moment
from cocreate.spaces.arrivals import receive

blueprint = Blueprint("moments", __name__)


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

"""Desired impacts and stances over the wire."""

import uuid

from flask import Blueprint
from flask.typing import ResponseReturnValue

from cocreate.core.forms import text_of
from cocreate.impacts.forms import ImpactForm, StanceForm
from cocreate.impacts.rules import Position
from cocreate.impacts.service import propose_impact, take_stance
from cocreate.spaces.arrivals import receive

blueprint = Blueprint("impacts", __name__)


@blueprint.post("/spaces/<uuid:space_id>/impacts")
def create(space_id: uuid.UUID) -> ResponseReturnValue:
    """Keep a proposal."""
    return receive(
        space_id,
        ImpactForm,
        lambda here, form: propose_impact(here.viewer, form.arrival(), text_of(form.statement)),
    )


@blueprint.post("/spaces/<uuid:space_id>/stances")
def take(space_id: uuid.UUID) -> ResponseReturnValue:
    """Keep a stance."""
    return receive(
        space_id,
        StanceForm,
        lambda here, form: take_stance(
            here.viewer,
            form.arrival(),
            uuid.UUID(form.impact_id.data),
            Position(form.position.data),
            text_of(form.reason),
        ),
    )

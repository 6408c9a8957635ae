"""Desired impacts and stances over the wire."""

import uuid

from flask import Blueprint
from flask.typing import ResponseReturnValue

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
        lambda here, form: propose_impact(here.viewer, form.arrival(), form.statement.data),
    )


@blueprint.post("/spaces/<uuid:space_id>/impacts/<uuid:impact_id>/stances")
def take(space_id: uuid.UUID, impact_id: uuid.UUID) -> ResponseReturnValue:
    """Keep a stance."""
    return receive(
        space_id,
        StanceForm,
        lambda here, form: take_stance(
            here.viewer, form.arrival(), impact_id, Position(form.position.data), form.reason.data or ""
        ),
    )

"""Indicators over the wire."""

import uuid

from flask.typing import ResponseReturnValue

from cocreate.core.forms import text_of
from cocreate.indicators.forms.signs import IndicatorForm
from cocreate.indicators.service import propose_indicator
from cocreate.indicators.views.blueprint import SPACE, blueprint
from cocreate.spaces.arrivals import receive


@blueprint.post(f"{SPACE}/indicators")
def create(space_id: uuid.UUID) -> ResponseReturnValue:
    """Keep an indicator."""
    return receive(
        space_id,
        IndicatorForm,
        lambda here, form: propose_indicator(
            here.viewer, form.arrival(), uuid.UUID(form.impact_id.data), text_of(form.question)
        ),
    )

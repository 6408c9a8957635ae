"""What was heard, written down by who leads a meeting."""

import uuid

from flask import Blueprint
from flask.typing import ResponseReturnValue

from cocreate.core.forms import Form, read_form, text_of
from cocreate.replies.forms import SummaryForm
from cocreate.spaces.access import enter
from cocreate.spaces.rules import Act
from cocreate.workshops.service.reading_back import read_back, read_back_no_more
from cocreate.workshops.views.steering import back

blueprint = Blueprint("reading_back", __name__)
SUMMARIES = "/spaces/<uuid:space_id>/summaries"


@blueprint.post(SUMMARIES)
def write(space_id: uuid.UUID) -> ResponseReturnValue:
    """One more sentence."""
    here = enter(space_id, Act.FACILITATE)
    form = read_form(SummaryForm)
    workshop_id = uuid.UUID(form.workshop_id.data)
    read_back(here.viewer, workshop_id, text_of(form.text))
    return back(workshop_id)


@blueprint.post(f"{SUMMARIES}/<uuid:summary_id>/removal")
def drop(space_id: uuid.UUID, summary_id: uuid.UUID) -> ResponseReturnValue:
    """It is not read back any more."""
    here = enter(space_id, Act.FACILITATE)
    read_form(Form)
    return back(read_back_no_more(here.viewer, summary_id))

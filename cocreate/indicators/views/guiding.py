"""Who walks along with me, and with whom I walk along."""

import uuid

from flask import make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from cocreate.core.forms import read_form
from cocreate.indicators.forms.guiding import GuideEndingForm, GuideForm
from cocreate.indicators.queries.guiding import guided_by
from cocreate.indicators.service.guiding import let_guide_go, name_guide
from cocreate.indicators.views.blueprint import SPACE, blueprint
from cocreate.indicators.views.own_line import enter_as_member
from cocreate.spaces.access import enter
from cocreate.spaces.rules import Act


@blueprint.post(f"{SPACE}/guides")
def name(space_id: uuid.UUID) -> ResponseReturnValue:
    """Name somebody to walk along with me."""
    here = enter(space_id, Act.CONTRIBUTE)
    name_guide(here.viewer, uuid.UUID(read_form(GuideForm).guide_id.data))
    return redirect(f"/spaces/{space_id}/my-line#guide", 303)


@blueprint.post(f"{SPACE}/guides/ending")
def let_go(space_id: uuid.UUID) -> ResponseReturnValue:
    """Nobody walks along with me any more."""
    here = enter(space_id, Act.TAKE_BACK)
    read_form(GuideEndingForm)
    let_guide_go(here.viewer)
    return redirect(f"/spaces/{space_id}/my-line#guide", 303)


@blueprint.get(f"{SPACE}/guided")
def guided(space_id: uuid.UUID) -> ResponseReturnValue:
    """Who named me, and what they let me see; everybody has a list of their own."""
    here = enter_as_member(space_id, Act.READ)
    people = guided_by(here.viewer)
    page = render_template("indicators/guided.html", here=here, space=here.space, people=people)
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer

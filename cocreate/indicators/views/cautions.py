"""The words a space is careful with."""

import uuid

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from cocreate.core.forms import given_form, text_of
from cocreate.core.i18n import current_language
from cocreate.core.problems import Invalid
from cocreate.indicators.forms.building import CautionForm
from cocreate.indicators.queries.building import phrases_of
from cocreate.indicators.service.building import add_caution, switch_caution
from cocreate.indicators.views.blueprint import SPACE, blueprint
from cocreate.spaces.access import Here, enter
from cocreate.spaces.rules import Act


@blueprint.get(f"{SPACE}/cautions")
def cautions(space_id: uuid.UUID) -> ResponseReturnValue:
    """All phrases with their reasons, and a form for one more; for who leads."""
    here = enter(space_id, Act.FACILITATE)
    return _page(here, CautionForm(formdata=None, data={"language": current_language()}))


@blueprint.post(f"{SPACE}/cautions")
def be_careful(space_id: uuid.UUID) -> ResponseReturnValue:
    """Be careful with one more phrase; or give the hint about one no longer, or again."""
    here = enter(space_id, Act.FACILITATE)
    form = given_form(CautionForm)
    if not form.validate():
        if request.is_json:
            raise Invalid(fields=form.problems())
        return _page(here, form), 422
    language, phrase = text_of(form.language), text_of(form.phrase)
    if form.switch.data:
        switch_caution(here.viewer, language, phrase, form.switch.data == "off")
    else:
        add_caution(here.viewer, language, phrase, text_of(form.reason), text_of(form.suggestion))
    return redirect(f"/spaces/{space_id}/cautions", 303)


def _page(here: Here, form: CautionForm) -> str:
    return render_template(
        "indicators/cautions.html",
        here=here,
        space=here.space,
        form=form,
        phrases=phrases_of(here.space.id),
    )

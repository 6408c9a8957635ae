"""Figures from elsewhere, which stand beside our own with their source."""

import uuid
from collections.abc import Sequence

from flask import redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cocreate.core.forms import Choice, given_form, read_form, text_of
from cocreate.core.i18n import local_target
from cocreate.impacts.queries import impacts_seen
from cocreate.indicators.forms.context import ContextForm, RemovalForm
from cocreate.indicators.queries.context import context_figures
from cocreate.indicators.queries.figures import questions_measured
from cocreate.indicators.service.context import About, add_context_figure, remove_context_figure
from cocreate.indicators.views.blueprint import SPACE, blueprint
from cocreate.spaces.access import Here, enter
from cocreate.spaces.rules import Act

RULE = f"{SPACE}/context-figures"


@blueprint.get(RULE)
def context(space_id: uuid.UUID) -> ResponseReturnValue:
    """All of them; who leads adds one, or takes one away."""
    here = enter(space_id, Act.FACILITATE)
    choices = _choices(here)
    return _page(here, ContextForm.beside(choices)(formdata=None), choices)


@blueprint.post(RULE)
def add_context(space_id: uuid.UUID) -> ResponseReturnValue:
    """Keep one."""
    here = enter(space_id, Act.FACILITATE)
    choices = _choices(here)
    form = given_form(ContextForm.beside(choices))
    if not form.validate():
        return _page(here, form, choices), 422
    add_context_figure(here.viewer, form.draft())
    return redirect(local_target(text_of(form.back), f"/spaces/{space_id}/context-figures"), 303)


@blueprint.post(f"{RULE}/<uuid:figure_id>/removal")
def remove_context(space_id: uuid.UUID, figure_id: uuid.UUID) -> ResponseReturnValue:
    """Take one away."""
    here = enter(space_id, Act.FACILITATE)
    form = read_form(RemovalForm)
    remove_context_figure(here.viewer, figure_id)
    return redirect(local_target(text_of(form.back), f"/spaces/{space_id}/context-figures"), 303)


def _choices(here: Here) -> list[Choice]:
    """What a figure can stand beside, as far as this viewer may see it."""
    found = [Choice("", _("Nothing in particular"))]
    found += [Choice(str(About(impact_id=each.id)), each.statement) for each in impacts_seen(here.viewer)]
    questions = questions_measured(here.viewer)
    return found + [Choice(str(About(question_id=own)), text) for own, text in questions.items()]


def _page(here: Here, form: ContextForm, choices: Sequence[Choice]) -> str:
    names = {choice.value: choice.label for choice in choices if choice.value}
    found = context_figures(here.viewer)
    about = {each.id: names.get(str(About(each.impact_id, each.question_id))) for each in found}
    return render_template(
        "indicators/context.html", here=here, space=here.space, form=form, figures=found, about=about
    )

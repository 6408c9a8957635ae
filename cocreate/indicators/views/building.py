"""From sign to question: the pages of signs, building, trying out, standing somewhere, deciding."""

import uuid

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from cocreate.core.forms import given_form, read_form, text_of
from cocreate.core.problems import Conflict, Invalid, NotFound
from cocreate.impacts.rules import Position
from cocreate.indicators.forms.building import QuestionForm, SignDecisionForm, SignStanceForm, TryoutForm
from cocreate.indicators.kinds import Agreement
from cocreate.indicators.queries.building import may_build
from cocreate.indicators.queries.signs import indicator_seen
from cocreate.indicators.service.building import Cautioned, build, try_out
from cocreate.indicators.service.deciding import decide, take_stance_on_sign
from cocreate.indicators.views.blueprint import SPACE, blueprint
from cocreate.indicators.views.reading import all_of_them, one_of_them
from cocreate.spaces.access import Here, enter
from cocreate.spaces.arrivals import receive
from cocreate.spaces.rules import Act

SIGN = f"{SPACE}/indicators/<uuid:indicator_id>"


@blueprint.get(f"{SPACE}/indicators")
def signs(space_id: uuid.UUID) -> ResponseReturnValue:
    """All signs, by what they are a sign of, and how far each has come."""
    here = enter(space_id, Act.READ)
    return render_template("indicators/index.html", here=here, space=here.space, **all_of_them(here))


@blueprint.get(SIGN)
def sign(space_id: uuid.UUID, indicator_id: uuid.UUID) -> ResponseReturnValue:
    """One sign: the question it becomes, who tried it, how voices stand, what is done with it."""
    here = enter(space_id, Act.READ)
    indicator = indicator_seen(here.viewer, indicator_id)
    form = QuestionForm.of(indicator, request.args.get("kind"))
    return _page(here, indicator_id, form)


@blueprint.post(f"{SIGN}/question")
def ask(space_id: uuid.UUID, indicator_id: uuid.UUID) -> ResponseReturnValue:
    """Make a question of it, or change that; with words that may hurt only for a reason."""
    here = enter(space_id, Act.CONTRIBUTE)
    if not may_build(here.viewer, indicator_seen(here.viewer, indicator_id)):
        raise NotFound
    form = given_form(QuestionForm)
    if form.validate():
        try:
            build(here.viewer, indicator_id, form.draft())
            return _back(space_id, indicator_id)
        except Cautioned as cautioned:
            form.overruled_because.errors = [str(cautioned.message)]
            problem = cautioned.fields
        except Conflict as conflict:
            if request.is_json:
                raise
            # What was typed stays; who looked at the newer question may keep it after all.
            form.asked.errors = [str(conflict.message)]
            form.built.data = str(indicator_seen(here.viewer, indicator_id).built)
            return _page(here, indicator_id, form), conflict.status
    else:
        problem = form.problems()
    if request.is_json:
        raise Invalid(fields=problem)
    return _page(here, indicator_id, form), 422


@blueprint.post(f"{SPACE}/tryouts")
def tried_out(space_id: uuid.UUID) -> ResponseReturnValue:
    """Keep whether a question was clear to who tried it."""
    return receive(
        space_id,
        TryoutForm,
        lambda here, form: try_out(
            here.viewer,
            form.arrival(),
            uuid.UUID(form.indicator_id.data),
            form.built.data or 0,
            Agreement(form.clear.data),
            text_of(form.note),
            form.seconds.data,
        ),
    )


@blueprint.post(f"{SPACE}/indicator-stances")
def stand_on_sign(space_id: uuid.UUID) -> ResponseReturnValue:
    """Keep where somebody stands on a sign."""
    return receive(
        space_id,
        SignStanceForm,
        lambda here, form: take_stance_on_sign(
            here.viewer,
            form.arrival(),
            uuid.UUID(form.indicator_id.data),
            Position(form.position.data),
            text_of(form.reason),
        ),
    )


@blueprint.post(f"{SIGN}/decision")
def decide_sign(space_id: uuid.UUID, indicator_id: uuid.UUID) -> ResponseReturnValue:
    """Say what is done with it."""
    here = enter(space_id, Act.CONTRIBUTE)
    indicator_seen(here.viewer, indicator_id)
    decide(here.viewer, indicator_id, read_form(SignDecisionForm).chosen())
    return _back(space_id, indicator_id)


def _page(here: Here, indicator_id: uuid.UUID, form: QuestionForm) -> str:
    facts = one_of_them(here, indicator_seen(here.viewer, indicator_id), form)
    return render_template("indicators/show.html", here=here, space=here.space, form=form, **facts)


def _back(space_id: uuid.UUID, indicator_id: uuid.UUID) -> ResponseReturnValue:
    return redirect(f"/spaces/{space_id}/indicators/{indicator_id}", 303)

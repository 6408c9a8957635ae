"""Desired impacts over the wire: proposing, answering, deciding."""

import uuid

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from cocreate.core.forms import read_form, text_of
from cocreate.impacts.forms import (
    AbsorptionForm,
    AdoptionForm,
    DecisionForm,
    FacetsForm,
    ImpactForm,
    RealismForm,
    RemarkForm,
    StanceForm,
    WordingForm,
)
from cocreate.impacts.models import DesiredImpact
from cocreate.impacts.rules import Position, Realism, Stage
from cocreate.impacts.service import (
    absorb,
    check_realism,
    describe,
    move_to,
    propose_impact,
    release,
    remark_on,
    set_aside_on,
    suggest_wording,
    take_back_in_on,
    take_stance,
    take_wording,
)
from cocreate.spaces.access import enter
from cocreate.spaces.arrivals import receive
from cocreate.spaces.forms import AsideForm, ReturnForm
from cocreate.spaces.rules import Act

blueprint = Blueprint("impacts", __name__)
SPACE = "/spaces/<uuid:space_id>"
IMPACT = f"{SPACE}/impacts/<uuid:impact_id>"


@blueprint.post(f"{SPACE}/impacts")
def create(space_id: uuid.UUID) -> ResponseReturnValue:
    """Keep a proposal."""
    return receive(
        space_id,
        ImpactForm,
        lambda here, form: propose_impact(here.viewer, form.arrival(), text_of(form.statement)),
    )


@blueprint.post(f"{SPACE}/stances")
def take(space_id: uuid.UUID) -> ResponseReturnValue:
    """Keep a stance, and how somebody would say it."""
    return receive(
        space_id,
        StanceForm,
        lambda here, form: take_stance(
            here.viewer,
            form.arrival(),
            uuid.UUID(form.impact_id.data),
            Position(form.position.data),
            text_of(form.reason),
            text_of(form.wording),
        ),
    )


@blueprint.post(f"{SPACE}/wordings")
def suggest(space_id: uuid.UUID) -> ResponseReturnValue:
    """Keep how somebody would say it."""
    return receive(
        space_id,
        WordingForm,
        lambda here, form: suggest_wording(
            here.viewer, form.arrival(), uuid.UUID(form.impact_id.data), text_of(form.text)
        ),
    )


@blueprint.post(f"{SPACE}/remarks")
def remark(space_id: uuid.UUID) -> ResponseReturnValue:
    """Keep what somebody wants to say about it."""
    return receive(
        space_id,
        RemarkForm,
        lambda here, form: remark_on(
            here.viewer, form.arrival(), uuid.UUID(form.impact_id.data), text_of(form.text)
        ),
    )


@blueprint.post(f"{SPACE}/realism-checks")
def check(space_id: uuid.UUID) -> ResponseReturnValue:
    """Keep whether somebody thinks it is realistic."""
    return receive(
        space_id,
        RealismForm,
        lambda here, form: check_realism(
            here.viewer,
            form.arrival(),
            uuid.UUID(form.impact_id.data),
            Realism(form.answer.data),
            text_of(form.reason),
        ),
    )


@blueprint.post(f"{SPACE}/wordings/<uuid:wording_id>/adoption")
def adopt(space_id: uuid.UUID, wording_id: uuid.UUID) -> ResponseReturnValue:
    """Whoever proposed it says it that way from now on, or no longer."""
    here = enter(space_id, Act.CONTRIBUTE)
    impact_id = take_wording(here.viewer, wording_id, bool(read_form(AdoptionForm).taken.data))
    return _back(space_id, impact_id)


@blueprint.post(f"{IMPACT}/facets")
def facets(space_id: uuid.UUID, impact_id: uuid.UUID) -> ResponseReturnValue:
    """Say what kind of change it is."""
    here = enter(space_id, Act.CONTRIBUTE)
    describe(here.viewer, impact_id, read_form(FacetsForm).facets())
    return _back(space_id, impact_id)


@blueprint.post(f"{IMPACT}/decision")
def decide(space_id: uuid.UUID, impact_id: uuid.UUID) -> ResponseReturnValue:
    """Say how far it has come."""
    here = enter(space_id, Act.FACILITATE)
    move_to(here.viewer, impact_id, Stage(read_form(DecisionForm).stage.data))
    return _back(space_id, impact_id)


@blueprint.post(f"{IMPACT}/absorption")
def merge(space_id: uuid.UUID, impact_id: uuid.UUID) -> ResponseReturnValue:
    """Tell another one that says the same under this one."""
    here = enter(space_id, Act.FACILITATE)
    absorb(here.viewer, impact_id, uuid.UUID(read_form(AbsorptionForm).other_id.data))
    return _back(space_id, impact_id)


@blueprint.post(f"{IMPACT}/release")
def let_go(space_id: uuid.UUID, impact_id: uuid.UUID) -> ResponseReturnValue:
    """Let one that was told under another stand on its own again."""
    here = enter(space_id, Act.FACILITATE)
    release(here.viewer, impact_id)
    return _back(space_id, impact_id)


@blueprint.post(f"{IMPACT}/asides")
def aside(space_id: uuid.UUID, impact_id: uuid.UUID) -> ResponseReturnValue:
    """Set it aside with a reason, or something that was told on it."""
    form = read_form(AsideForm)
    here = enter(space_id, Act.FACILITATE)
    topic = text_of(form.topic)
    set_aside_on(here.viewer, impact_id, topic, uuid.UUID(form.id.data), text_of(form.reason))
    if topic == DesiredImpact.topic:  # its page is for nobody now, but its maker
        return redirect(f"/spaces/{space_id}/impacts", 303)
    return _back(space_id, impact_id)


@blueprint.post(f"{IMPACT}/asides/<uuid:told_id>/return")
def take_back_in(space_id: uuid.UUID, impact_id: uuid.UUID, told_id: uuid.UUID) -> ResponseReturnValue:
    """Take it back in."""
    form = read_form(ReturnForm)
    here = enter(space_id, Act.FACILITATE)
    take_back_in_on(here.viewer, impact_id, text_of(form.topic), told_id)
    if text_of(form.topic) == DesiredImpact.topic:  # its maker may show it to nobody by now
        return redirect(f"/spaces/{space_id}/impacts", 303)
    return _back(space_id, impact_id)


def _back(space_id: uuid.UUID, impact_id: uuid.UUID) -> ResponseReturnValue:
    return redirect(f"/spaces/{space_id}/impacts/{impact_id}", 303)

"""Choosing together over the wire: lists, a ballot, what came out."""

import uuid
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cocreate.core.db import new_id
from cocreate.core.forms import Choice, given_form, read_form, text_of
from cocreate.core.i18n import local_target
from cocreate.core.problems import Invalid, NotFound
from cocreate.indicators.forms.choosing import EVERYBODY, BallotForm, ChoosingForm, ClosingForm
from cocreate.indicators.models import Choosing
from cocreate.indicators.queries.ballots import paper_of
from cocreate.indicators.queries.choosing import (
    choosing_seen,
    choosings_of,
    leads,
    seconds_by_sign,
    signs_for_all,
    signs_to_begin_with,
    threshold_for,
    turnout,
)
from cocreate.indicators.service.choosing import approve, close_choosing, open_choosing
from cocreate.indicators.views.blueprint import SPACE, blueprint
from cocreate.indicators.views.outcomes import told_outcome
from cocreate.spaces.access import Here, enter
from cocreate.spaces.arrivals import receive
from cocreate.spaces.openings import is_open_between_meetings
from cocreate.spaces.queries import voices_of
from cocreate.spaces.rules import Act, Activity

CHOOSINGS = f"{SPACE}/choosings"


@blueprint.get(CHOOSINGS)
def choosings(space_id: uuid.UUID) -> ResponseReturnValue:
    """What is chosen now, what was chosen, and for who leads: a new list."""
    here = enter(space_id, Act.READ)
    return _lists(here, ChoosingForm(formdata=None) if _voices(here) else None)


@blueprint.post(CHOOSINGS)
def open_list(space_id: uuid.UUID) -> ResponseReturnValue:
    """Let people choose from now on."""
    here = enter(space_id, Act.CONTRIBUTE)
    if not (voices := _voices(here)):
        raise NotFound
    form = given_form(ChoosingForm).offer(_signs(here), voices)
    if not form.validate():
        if request.is_json:
            raise Invalid(fields=form.problems())
        return _lists(here, form), 422
    return redirect(f"/spaces/{space_id}/choosings/{open_choosing(here.viewer, form.draft())}", 303)


@blueprint.get(f"{CHOOSINGS}/<uuid:choosing_id>")
def choosing(space_id: uuid.UUID, choosing_id: uuid.UUID) -> ResponseReturnValue:
    """While it is open: what I choose, and how many people did. Afterwards: what came out, and why."""
    here = enter(space_id, Act.READ)
    wanted = choosing_seen(here.viewer, choosing_id)
    return render_template(
        "indicators/choosing.html",
        here=here,
        space=here.space,
        choosing=wanted,
        leads=leads(here.viewer, wanted.voice_id),
        panel=_voice(here, wanted),
        threshold=threshold_for(here.viewer),
        voices=voices_of(space_id),
        paper=paper_of(here.viewer, wanted),
        is_open=is_open_between_meetings(space_id, Activity.CHOOSING),
        ballot_id=new_id(),
        told=told_outcome(here, wanted),
    )


@blueprint.post(f"{SPACE}/ballots")
def ballots(space_id: uuid.UUID) -> ResponseReturnValue:
    """Keep which signs somebody wants."""
    return receive(
        space_id,
        BallotForm,
        lambda here, form: approve(
            here.viewer, form.arrival(), uuid.UUID(form.choosing_id.data), form.approved.data or ()
        ),
    )


@blueprint.post(f"{CHOOSINGS}/<uuid:choosing_id>/closing")
def close_list(space_id: uuid.UUID, choosing_id: uuid.UUID) -> ResponseReturnValue:
    """Count, once and for good."""
    here = enter(space_id, Act.CONTRIBUTE)
    form = read_form(ClosingForm)
    close_choosing(here.viewer, choosing_id)
    if request.is_json:
        return {"state": "done"}, 200
    return redirect(local_target(text_of(form.back), f"/spaces/{space_id}/choosings/{choosing_id}"), 303)


def _lists(here: Here, form: ChoosingForm | None) -> str:
    found = choosings_of(here.space.id)
    signs = signs_for_all(here.space.id) if form else []
    if form and not form.is_submitted():
        form.offer(_signs(here), _voices(here))
        form.signs.data = [str(sign.id) for sign in signs_to_begin_with(signs)]
        form.voice_id.data = _voices(here)[0].value
    return render_template(
        "indicators/choosings.html",
        here=here,
        space=here.space,
        form=form,
        costs={str(key): seconds for key, seconds in seconds_by_sign(signs).items()},
        open_ones=[each for each in found if each.closed_at is None],
        closed_ones=[each for each in found if each.closed_at is not None],
        turnouts={each.id: turnout(here.viewer, each) for each in found if each.closed_at is None},
        panels={each.id: _voice(here, each) for each in found},
    )


def _signs(here: Here) -> list[Choice]:
    return [Choice(str(sign.id), sign.asked or sign.question) for sign in signs_for_all(here.space.id)]


def _voices(here: Here) -> list[Choice]:
    """For whom this viewer may open a list."""
    everybody = [Choice(EVERYBODY, _("Everybody in this space"))] if leads(here.viewer, None) else []
    own = [voice for voice in voices_of(here.space.id) if voice.id == here.viewer.voice_id]
    return everybody + [Choice(str(voice.id), voice.name) for voice in own if leads(here.viewer, voice.id)]


def _voice(here: Here, wanted: Choosing) -> Any:
    """The panel that chooses, when it is not everybody."""
    return next((voice for voice in voices_of(here.space.id) if voice.id == wanted.voice_id), None)

"""Leading a meeting: pace, locks, and handing it over."""

import uuid

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cocreate.accounts.identity import current_person_id, has_account
from cocreate.core.audience import Audience, Visibility
from cocreate.core.forms import given_form, read_form, text_of
from cocreate.core.problems import Invalid, NotFound
from cocreate.core.security import limiter, only_failures
from cocreate.core.whispers import whisper
from cocreate.spaces.access import Here, enter
from cocreate.spaces.rules import Act
from cocreate.workshops.forms import NothingForm
from cocreate.workshops.forms.steering import HandoverForm, LockForm, PartLockForm, TimeForm, WritingForm
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries import workshop_of
from cocreate.workshops.service.handing_over import make_handover, take_handover
from cocreate.workshops.service.steering import (
    give_time,
    go_on,
    lock_doors,
    lock_part,
    pause,
    require_lead,
    take_lead,
)

blueprint = Blueprint("steering", __name__)
WORKSHOP = "/workshops/<uuid:workshop_id>"


@blueprint.post(f"{WORKSHOP}/pause")
def start_pause(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """The clock stands still."""
    read_form(NothingForm)
    workshop, here = leading(workshop_id)
    pause(workshop.id, here.space.id)
    return back(workshop_id)


@blueprint.post(f"{WORKSHOP}/pause/end")
def end_pause(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """The clock goes on."""
    read_form(NothingForm)
    workshop, here = leading(workshop_id)
    go_on(workshop.id, here.space.id)
    return back(workshop_id)


@blueprint.post(f"{WORKSHOP}/minutes")
def minutes(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """More time for the part on stage, or less."""
    form = read_form(TimeForm)
    workshop, here = leading(workshop_id)
    given = form.given.data or 0
    give_time(workshop.id, here.space.id, uuid.UUID(form.step_id.data), form.minutes.data or 0, given)
    return back(workshop_id)


@blueprint.post(f"{WORKSHOP}/lock")
def lock(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """Nobody new comes in, or people do again."""
    form = read_form(LockForm)
    workshop, here = leading(workshop_id)
    lock_doors(workshop.id, here.space.id, bool(form.locked.data))
    return back(workshop_id)


@blueprint.post(f"{WORKSHOP}/part-lock")
def part_lock(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """The part on stage takes no more answers, or does again."""
    form = read_form(PartLockForm)
    workshop, here = leading(workshop_id)
    lock_part(workshop.id, here.space.id, uuid.UUID(form.step_id.data), bool(form.locked.data))
    return back(workshop_id)


@blueprint.post(f"{WORKSHOP}/lead")
def lead(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """Take over."""
    read_form(NothingForm)
    workshop = workshop_of(workshop_id)
    here = enter(workshop.space_id, Act.FACILITATE)
    take_lead(workshop.id, here.space.id, here.viewer.membership_id)
    return back(workshop_id)


@blueprint.post(f"{WORKSHOP}/handovers")
def make(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """A code for somebody who comes to lead; it is shown once."""
    read_form(NothingForm)
    workshop, here = leading(workshop_id)
    if here.viewer.membership_id is None:
        raise NotFound
    code = make_handover(workshop.id, here.space.id, here.viewer.membership_id)
    base = current_app.extensions["cocreate"].base_url or request.host_url
    return render_template(
        "workshops/handover_code.html",
        here=here,
        space=here.space,
        workshop=workshop,
        code=code,
        address=f"{base.rstrip('/')}/handover",
    )


@blueprint.route("/handover", methods=["GET", "POST"])
@limiter.limit(
    lambda: current_app.extensions["cocreate"].guesses, methods=["POST"], deduct_when=only_failures
)
def take() -> ResponseReturnValue:
    """Type the code, or let the QR code type it, and lead. Who leads has an account."""
    person_id = current_person_id()
    if request.method != "POST" or person_id is None or not has_account():
        page = render_template(
            "workshops/handover.html", form=HandoverForm(formdata=None), may_take=has_account()
        )
        return page, 422 if request.method == "POST" else 200
    form = given_form(HandoverForm)
    if form.validate():
        try:
            workshop_id = take_handover(text_of(form.code), person_id)
            return redirect(url_for("console.console", workshop_id=workshop_id), 303)
        except Invalid as unknown:
            form.code.errors = [str(unknown.message)]
    return render_template("workshops/handover.html", form=form, may_take=True), 422


@blueprint.post(f"{WORKSHOP}/writing")
def writing(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """Somebody at a tablet is still writing, or not any more: said in passing, to the console only."""
    form = read_form(WritingForm)
    workshop = workshop_of(workshop_id)
    here = enter(workshop.space_id, Act.CONTRIBUTE)
    if workshop_id not in here.viewer.workshop_ids:
        raise NotFound
    whisper(
        workshop.space_id,
        Audience(Visibility.WORKSHOP, None, workshop.id),
        "writing",
        {"who": form.who.data, "is_writing": bool(form.is_writing.data), "workshop_id": str(workshop.id)},
    )
    return {"state": "done"}, 200


def leading(workshop_id: uuid.UUID) -> tuple[Workshop, Here]:
    """A workshop, for who leads it now."""
    workshop = workshop_of(workshop_id)
    here = enter(workshop.space_id, Act.FACILITATE)
    require_lead(workshop, here.viewer.membership_id)
    return workshop, here


def back(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """To the console, or only that it is done."""
    if request.is_json:
        return {"state": "done"}, 200
    return redirect(url_for("console.console", workshop_id=workshop_id), 303)

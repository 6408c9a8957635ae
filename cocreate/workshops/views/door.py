"""The door: a code, a voice, and you are in. No account, no e-mail."""

import uuid

from flask import Blueprint, current_app, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cocreate.accounts.identity import current_person_id, has_account, let_in, let_out
from cocreate.accounts.rules import read_join_code
from cocreate.core.audience import Visibility
from cocreate.core.forms import Choice, given_form, read_form, text_of
from cocreate.core.problems import Conflict, NotFound
from cocreate.core.security import limiter, only_failures
from cocreate.spaces.models import Membership
from cocreate.spaces.queries import membership_of, space_of, viewer_for, voices_of
from cocreate.workshops.forms import CodeForm, DoorForm, NothingForm
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries import workshop_of, workshop_with_code
from cocreate.workshops.service import come_again, come_in
from cocreate.workshops.service.doors import SHUT

blueprint = Blueprint("door", __name__)


@blueprint.route("/join", methods=["GET", "POST"])
@limiter.limit(
    lambda: current_app.extensions["cocreate"].guesses, methods=["POST"], deduct_when=only_failures
)
def join() -> ResponseReturnValue:
    """Type the code, or let the QR code type it: it stands behind the #, and is posted from there."""
    if request.method != "POST":
        return render_template("workshops/join.html", form=CodeForm(formdata=None))
    form = given_form(CodeForm)
    if form.validate():
        workshop = _behind(text_of(form.code))
        if workshop:
            session["door"] = str(workshop.id)
            return redirect(url_for("door.door", workshop_id=workshop.id), 303)
        form.code.errors = [_("We do not know this code. Look at the screen once more.")]
    return render_template("workshops/join.html", form=form), 422


@blueprint.route("/workshops/<uuid:workshop_id>/door", methods=["GET", "POST"])
def door(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """Choose a voice, a name if you like, and who may see what you tell."""
    workshop = workshop_of(workshop_id)
    if session.get("door") != str(workshop_id) or not workshop.is_open:
        raise NotFound
    if workshop.locked_at is not None and not _is_here(workshop):
        raise Conflict(SHUT)
    form = DoorForm(formdata=None) if request.method != "POST" else given_form(DoorForm)
    voices = [voice for voice in voices_of(workshop.space_id) if not voice.is_imported]
    form.voice_id.choices = [Choice(str(voice.id), voice.name) for voice in voices]
    if request.method == "POST" and form.validate():
        known = _known_person()
        person_id, _membership = come_in(
            workshop,
            person_id=known,
            voice_id=uuid.UUID(form.voice_id.data),
            name=form.name.data,
            shares_with=Visibility(form.shares_with.data),
        )
        if known is None:
            let_in(person_id)
        return redirect(url_for("stage.stage", workshop_id=workshop_id), 303)
    page = render_template(
        "workshops/door.html",
        form=form,
        workshop=workshop,
        space=space_of(workshop.space_id),
        voices=voices,
        here_already=_is_here(workshop),
        was_before=_own_membership(workshop) is not None,
    )
    return page, 422 if request.method == "POST" else 200


@blueprint.post("/workshops/<uuid:workshop_id>/attendance")
def come_back(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """Who was in an earlier meeting comes in as themselves, so that what they told stays one story."""
    read_form(NothingForm)
    workshop = workshop_of(workshop_id)
    membership = _own_membership(workshop)
    if session.get("door") != str(workshop_id) or not workshop.is_open or membership is None:
        raise NotFound
    come_again(workshop, membership.id)
    return redirect(url_for("stage.stage", workshop_id=workshop_id), 303)


@blueprint.post("/workshops/<uuid:workshop_id>/departure")
def depart(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """The next person on a shared tablet: the door is open, and only the language is left of who sat here."""
    read_form(NothingForm)
    workshop = workshop_of(workshop_id)
    if session.get("door") != str(workshop_id) and not _is_here(workshop):
        raise NotFound
    let_out()
    door = "/join"
    if workshop.is_open:
        session["door"] = str(workshop_id)
        door = url_for("door.door", workshop_id=workshop_id)
    return jsonify(state="left", door=door) if request.is_json else redirect(door, 303)


def _known_person() -> uuid.UUID | None:
    """Somebody with an account comes in as themselves. A guest who fills in the door again is
    a new person: on a shared tablet that is the next one.
    """
    person_id = current_person_id()
    return person_id if has_account() else None


def _own_membership(workshop: Workshop) -> Membership | None:
    """How who sits at this tablet belongs to the space, if they came in anywhere before."""
    person_id = current_person_id()
    return membership_of(workshop.space_id, person_id) if person_id else None


def _is_here(workshop: Workshop) -> bool:
    membership, space = _own_membership(workshop), space_of(workshop.space_id)
    if space is None or membership is None:
        return False
    return workshop.id in viewer_for(space, membership).workshop_ids


def _behind(typed: str) -> Workshop | None:
    try:
        return workshop_with_code(read_join_code(typed))
    except ValueError:
        return None

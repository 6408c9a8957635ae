"""My contributions: read them, download them, show them to others or not, take them back."""

import uuid

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cocreate.accounts.identity import current_person_id
from cocreate.core.audience import Visibility
from cocreate.core.forms import read_form
from cocreate.core.problems import NotFound
from cocreate.privacy.forms import ShowForm, TakeBackForm
from cocreate.privacy.queries import told_by
from cocreate.privacy.service import show_to, withdraw_contribution
from cocreate.spaces.access import enter
from cocreate.spaces.rules import Act

blueprint = Blueprint("privacy", __name__)


@blueprint.get("/mine")
def mine() -> ResponseReturnValue:
    """What I told, in every space."""
    person_id = current_person_id()
    if person_id is None:
        return redirect("/return", 303)
    return render_template(
        "privacy/mine.html",
        told=told_by(person_id),
        show=ShowForm(formdata=None),
        saved=request.args.get("saved"),
    )


@blueprint.get("/mine/download")
def download() -> ResponseReturnValue:
    """Everything I told, as a file."""
    person_id = current_person_id()
    if person_id is None:
        raise NotFound
    answer: Response = make_response(
        jsonify(
            [
                {
                    "space": space.name,
                    "told": [
                        {
                            "topic": told.topic,
                            "words": told.words,
                            "visibility": told.visibility,
                            "at": told.told_at.isoformat(),
                            "signed": told.signed,
                            "is_by_helper": told.is_by_helper,
                            "set_aside": told.aside.reason if told.aside else None,
                        }
                        for told in items
                    ],
                }
                for space, items in told_by(person_id)
            ]
        )
    )
    answer.headers["Content-Disposition"] = "attachment; filename=cocreate.json"
    return answer


@blueprint.post("/spaces/<uuid:space_id>/mine/<topic>/<uuid:contribution_id>/withdrawal")
def take_back(space_id: uuid.UUID, topic: str, contribution_id: uuid.UUID) -> ResponseReturnValue:
    """Take back something I told."""
    read_form(TakeBackForm)
    here = enter(space_id, Act.TAKE_BACK)
    withdraw_contribution(here.viewer, topic, contribution_id)
    return _done("withdrawn")


@blueprint.post("/spaces/<uuid:space_id>/mine/<topic>/<uuid:contribution_id>/visibility")
def show(space_id: uuid.UUID, topic: str, contribution_id: uuid.UUID) -> ResponseReturnValue:
    """Choose again who may see it."""
    form = read_form(ShowForm)
    here = enter(space_id, Act.TAKE_BACK)
    show_to(here.viewer, topic, contribution_id, Visibility(form.visibility.data))
    return _done("shown")


def _done(what: str) -> ResponseReturnValue:
    if request.is_json:
        return jsonify(state=what)
    return redirect(f"/mine?saved={what}", 303)

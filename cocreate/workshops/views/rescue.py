"""What was told on a tablet and could not be sent from there is kept after all, as its maker told it."""

import uuid
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from flask import Blueprint, current_app, g, jsonify, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import HTTPException
from werkzeug.test import EnvironBuilder

from cocreate.accounts.identity import stand_in
from cocreate.core.forms import given_form, json_body
from cocreate.core.i18n import current_language
from cocreate.core.problems import DomainError, Invalid, NotFound
from cocreate.spaces.access import Here, enter
from cocreate.spaces.brought import SaidAgainError, by_another_hand
from cocreate.spaces.rules import Act
from cocreate.workshops.forms.rescue import RescueForm
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries import workshop_of
from cocreate.workshops.queries.attendance import person_at
from cocreate.workshops.rescue import MAX_BYTES, Rescued, RescueError, is_proven, read_file, read_item

blueprint = Blueprint("rescue", __name__)

# Where the stage sends what people tell. Nothing else can be done for somebody who is not there.
TELLING: Final = frozenset(
    {
        "impacts.check",
        "impacts.create",
        "impacts.take",
        "indicators.ballots",
        "indicators.create",
        "indicators.create_answer",
        "indicators.stand_on_sign",
        "moments.create",
        "moments.link",
        "moments.name",
        "moments.unlink",
        "replies.answer",
        "replies.check",
        "replies.commit",
        "replies.mood",
        "trajectories.create",
        "trajectories.operate",
    }
)
_FOREIGN: Final = _l("This does not come from a tablet of this meeting.")


# What one person says once about one thing: they may have said it again elsewhere.
AGAIN: Final[Mapping[str, object]] = {
    "stance": _l("Where somebody stands on a wish"),
    "indicator_stance": _l("Where somebody stands on a sign"),
    "realism": _l("Whether a wish is fair"),
    "mood": _l("How somebody is here"),
    "summary_check": _l("Whether a summary is right"),
    "ballot": _l("Which signs somebody chose"),
    "answer": _l("An answer to a question"),
}


@dataclass(slots=True)
class Done:
    """What became of the things in a file: kept, said again since by its maker, or refused."""

    kept: int = 0
    again: Counter[str] = field(default_factory=Counter)  # how many of which kind
    refused: list[str] = field(default_factory=list)


@blueprint.post("/workshops/<uuid:workshop_id>/handed-over")
def handed_over(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """One thing that somebody told on this tablet before somebody else sat down at it."""
    workshop = workshop_of(workshop_id)
    enter(workshop.space_id, Act.CONTRIBUTE)
    try:
        item = read_item(json_body())
    except RescueError as error:
        raise Invalid(_l("We could not read what was sent.")) from error
    try:
        return jsonify(_keep(workshop, item)), 201
    except SaidAgainError:
        # It waits for nobody: its maker would not want it in the place of what they said since.
        return jsonify({"id": item.body.get("id"), "state": "said_again"}), 201


@blueprint.route("/workshops/<uuid:workshop_id>/rescue", methods=["GET", "POST"])
def rescue(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """A file from a tablet: each thing in it whole, or not at all; again is as good as once."""
    workshop = workshop_of(workshop_id)
    here = enter(workshop.space_id, Act.FACILITATE)
    if request.method != "POST":
        return _page(here, workshop, RescueForm(formdata=None), _done_before())
    form = given_form(RescueForm)
    form.file.process(request.files)
    if not form.validate():
        return _page(here, workshop, form), 422
    with closing(form.file.data) as file:
        data = file.read(MAX_BYTES + 1)
    try:
        items = read_file(data)
    except RescueError:
        form.file.errors = [_("This is no file from a tablet, or it is damaged. Nothing was kept.")]
        return _page(here, workshop, form), 422
    if not all(_is_ours(workshop, item) for item in items):
        form.file.errors = [
            _("Something in this file does not come from a tablet of this meeting. Nothing was kept.")
        ]
        return _page(here, workshop, form), 422
    done = _keep_all(workshop, items)
    if done.refused:
        return _page(here, workshop, form, done), 409
    told = urlencode({"kept": done.kept, **done.again})
    return redirect(f"/workshops/{workshop_id}/rescue?{told}", 303)


def _done_before() -> Done:
    """What the address of the page tells of the file that was handed in just now."""
    again = {topic: request.args.get(topic, 0, type=int) for topic in AGAIN}
    return Done(request.args.get("kept", 0, type=int), +Counter(again))


def _page(here: Here, workshop: Workshop, form: RescueForm, done: Done | None = None) -> str:
    return render_template(
        "workshops/rescue.html",
        here=here,
        space=here.space,
        workshop=workshop,
        form=form,
        done=done or Done(),
        kinds=AGAIN,
    )


def _keep_all(workshop: Workshop, items: list[Rescued]) -> Done:
    done = Done()
    for item in items:
        try:
            _keep(workshop, item)
            done.kept += 1
        except SaidAgainError as error:
            done.again[error.topic] += 1
        except (DomainError, HTTPException) as error:
            done.refused.append(_why(error))
    return done


def _why(error: DomainError | HTTPException) -> str:
    """In plain words, and never the words that were told: who leads may not be meant to read them."""
    if isinstance(error, DomainError):
        told = [*[each for problems in error.fields.values() for each in problems], error.message]
        return str(next((each for each in told if each), _FOREIGN))
    return str(_FOREIGN)


def _is_ours(workshop: Workshop, item: Rescued) -> bool:
    secret = str(current_app.config["SECRET_KEY"])
    return is_proven(secret, workshop.id, item) and person_at(workshop.id, item.membership_id) is not None


def _keep(workshop: Workshop, item: Rescued) -> Any:
    """As if its maker sent it: the same address, the same checks, the same receipt."""
    maker_id = person_at(workshop.id, item.membership_id)
    if maker_id is None or not _is_ours(workshop, item):
        raise NotFound(_FOREIGN)
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    sent = EnvironBuilder(
        path=item.path,
        base_url=request.host_url,
        method="POST",
        json=dict(item.body),
        headers=[("Accept", "application/json"), ("Accept-Language", current_language())],
    )
    # A world of its own: another person at the browser, another session with the database.
    with by_another_hand(), app.app_context(), app.request_context(sent.get_environ()):
        if request.endpoint not in TELLING:
            raise NotFound(_FOREIGN)
        stand_in(maker_id)
        g.csrf_valid = True  # checked for the request that brought it
        answer = make_response(app.view_functions[request.endpoint](**(request.view_args or {})))
    return answer.get_json()

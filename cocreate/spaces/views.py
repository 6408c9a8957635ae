"""Opening a space and changing it."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cocreate.accounts.identity import current_person_id, has_account
from cocreate.core.forms import given_form, read_form
from cocreate.core.i18n import current_language, local_target
from cocreate.core.problems import NotFound
from cocreate.spaces.access import enter
from cocreate.spaces.forms import CompositionForm, OpeningForm, SpaceForm
from cocreate.spaces.openings import set_between_meetings
from cocreate.spaces.queries import (
    SpaceFacts,
    panels_of,
    spaces_of_person,
    voices_needed,
    voices_of,
    voices_wished,
)
from cocreate.spaces.rules import Act, Activity
from cocreate.spaces.service import change_space, compose, open_space

blueprint = Blueprint("spaces", __name__)


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """The front door: a code to join, or my spaces."""
    person_id = current_person_id()
    return render_template(
        "spaces/home.html",
        spaces=spaces_of_person(person_id) if person_id else [],
        has_account=has_account(),
    )


@blueprint.route("/spaces/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Open a space; for who has an account."""
    person_id = current_person_id()
    if person_id is None:
        return redirect(url_for("accounts.sign_in", next="/spaces/new"), 303)
    if not has_account():
        raise NotFound
    if request.method != "POST":
        form = SpaceForm(formdata=None, data={"language": current_language()})
        return render_template("spaces/edit.html", form=form, space=None)
    form = given_form(SpaceForm)
    if not form.validate():
        return render_template("spaces/edit.html", form=form, space=None), 422
    space = open_space(person_id, form.draft())
    return redirect(url_for("reports.library", space_id=space.id), 303)


@blueprint.route("/spaces/<uuid:space_id>/settings", methods=["GET", "POST"])
def settings(space_id: uuid.UUID) -> ResponseReturnValue:
    """Change a space; for its stewards."""
    here = enter(space_id, Act.STEWARD)
    if request.method != "POST":
        form = SpaceForm(formdata=None, data=_filled_in(here.space))
        return render_template("spaces/edit.html", form=form, space=here.space)
    form = given_form(SpaceForm)
    if not form.validate():
        return render_template("spaces/edit.html", form=form, space=here.space), 422
    change_space(space_id, form.draft())
    return redirect(url_for("reports.library", space_id=space_id), 303)


@blueprint.route("/spaces/<uuid:space_id>/composition", methods=["GET", "POST"])
def composition(space_id: uuid.UUID) -> ResponseReturnValue:
    """Who must be heard here; for its stewards."""
    here = enter(space_id, Act.STEWARD)
    voices = [voice for voice in voices_of(space_id) if not voice.is_imported]
    kind = CompositionForm.for_voices(voices)
    if request.method != "POST":
        wished, needed = voices_wished(space_id), {voice.id for voice in voices_needed(space_id)}
        filled: dict[str, object] = {f"needed_{voice.id.hex}": voice.id in needed for voice in voices}
        filled |= {f"wished_{voice.id.hex}": wished.get(voice.key) for voice in voices}
        panels = panels_of(space_id)
        filled |= {f"panel_{voice.id.hex}": voice.id in panels for voice in voices}
        form = kind(formdata=None, data=filled)
        return render_template(
            "spaces/composition.html", here=here, space=here.space, form=form, voices=voices
        )
    form = given_form(kind)
    if not form.validate():
        page = render_template(
            "spaces/composition.html", here=here, space=here.space, form=form, voices=voices
        )
        return page, 422
    compose(space_id, form.wishes(voices))
    return redirect(f"/spaces/{space_id}/impacts", 303)


@blueprint.post("/spaces/<uuid:space_id>/openings")
def openings(space_id: uuid.UUID) -> ResponseReturnValue:
    """Let everybody in the space answer between meetings, or not any more."""
    here = enter(space_id, Act.FACILITATE)
    form = read_form(OpeningForm)
    set_between_meetings(here.viewer, Activity(form.activity.data), bool(form.open.data))
    return redirect(local_target(form.back.data, f"/spaces/{space_id}"), 303)


def _filled_in(space: SpaceFacts) -> dict[str, object]:
    own = [voice.own_name for voice in voices_of(space.id) if voice.own_name and not voice.is_imported]
    return {
        "name": space.name,
        "purpose": space.purpose,
        "language": space.language,
        "own_voices": "\n".join(own),
        "is_public": space.is_public,
        "threshold": space.threshold,
        "low_counts_limit": space.low_counts_limit,
        "silence_ends_low": space.silence_ends_low,
        **{f"word_{term}": text for term, text in (space.words or {}).items()},
    }

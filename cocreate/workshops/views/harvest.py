"""The harvest: one page and one leaflet of what a meeting leaves behind, for who was there."""

import uuid
from typing import Final

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from cocreate.accounts.identity import current_person_id
from cocreate.core.db import session, utcnow
from cocreate.core.forms import given_form, read_form, text_of
from cocreate.core.press import PressError, has_press, set_in_type
from cocreate.core.problems import DomainError, NotFound
from cocreate.core.security import limiter
from cocreate.spaces.access import Here, enter
from cocreate.spaces.queries import look_in
from cocreate.spaces.rules import Act
from cocreate.trajectories.views.takeaway import as_file
from cocreate.workshops.forms import NothingForm
from cocreate.workshops.forms.harvest import NextForm
from cocreate.workshops.leaflet import (
    TEMPLATE,
    agreed_later_words,
    answered_words,
    leaflet,
    private_words,
    set_aside_words,
    stops_later_words,
    uncounted_words,
    until_now_words,
)
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries import workshop_of
from cocreate.workshops.queries.harvest import can_read_harvest, harvest_of, workshops_attended
from cocreate.workshops.service.harvesting import note_copy, say_what_next
from cocreate.workshops.words import step_title

blueprint = Blueprint("harvest", __name__)
OFTEN: Final = "30 per minute"


class NotSetError(DomainError):
    """The press had no time."""

    status = 503


@blueprint.get("/workshops/<uuid:workshop_id>/harvest")
def harvest(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """What was said, agreed, objected to, mapped and promised; who was there, and what happens next."""
    workshop, here = _readable(workshop_id)
    return _page(workshop, here, NextForm(formdata=None, data={"what_next": workshop.what_next}))


@blueprint.post("/workshops/<uuid:workshop_id>/what-next")
def what_next(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """Who leads says what happens with it."""
    workshop = workshop_of(workshop_id)
    here = enter(workshop.space_id, Act.FACILITATE)
    form = given_form(NextForm)
    if not form.validate():
        return _page(workshop, here, form), 422
    say_what_next(workshop.id, here.space.id, text_of(form.what_next))
    return redirect(url_for("harvest.harvest", workshop_id=workshop_id), 303)


@blueprint.post("/workshops/<uuid:workshop_id>/harvest-copies")
@limiter.limit(OFTEN)
def copy(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """The same on A4, as a PDF. That a copy was made is written down."""
    read_form(NothingForm)
    workshop, here = _readable(workshop_id)
    if not has_press():
        raise NotFound
    plan = leaflet(workshop, harvest_of(workshop, here.space), here.space, _below(workshop, here))
    title = workshop.title
    session().rollback()  # nobody's connection waits for paper
    try:
        made = set_in_type(TEMPLATE, plan, "pdf")
    except PressError as error:
        current_app.logger.warning("A harvest was not printed: %s", error)
        raise NotSetError(_l("We could not put this on paper just now. Try again in a minute.")) from error
    note_copy(workshop_id, here.space.id, here.viewer.membership_id)
    return as_file(made, title, "pdf", "application/pdf")


@blueprint.app_template_global("harvests_of_mine")
def harvests_of_mine(space_id: uuid.UUID) -> list[Workshop]:
    """The closed meetings of a space in which who reads this was: what came out of them is theirs to read."""
    found = look_in(space_id, current_person_id())
    return workshops_attended(space_id, found.viewer.workshop_ids) if found else []


def _page(workshop: Workshop, here: Here, form: NextForm) -> str:
    return render_template(
        "workshops/harvest.html",
        here=here,
        space=here.space,
        workshop=workshop,
        harvest=harvest_of(workshop, here.space),
        below=_below(workshop, here),
        agreed_later_words=agreed_later_words,
        answered_words=answered_words,
        private_words=private_words,
        set_aside_words=set_aside_words,
        step_title=step_title,
        stops_later_words=stops_later_words,
        uncounted_words=uncounted_words,
        until_now_words=until_now_words,
        form=form,
        has_press=has_press(),
    )


def _readable(workshop_id: uuid.UUID) -> tuple[Workshop, Here]:
    workshop = workshop_of(workshop_id)
    here = enter(workshop.space_id, Act.READ)
    if not can_read_harvest(here.viewer, workshop):
        raise NotFound
    return workshop, here


def _below(workshop: Workshop, here: Here) -> str:
    when = workshop.opened_at or workshop.planned_at or utcnow()
    return f"{here.space.name} · {current_app.jinja_env.filters['local_date'](when, here.space.timezone)}"

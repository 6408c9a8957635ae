"""What arrives in a meeting, and what who leads does with it: light, group, set aside, show what came out."""

import uuid
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cocreate.core.audience import Viewer
from cocreate.core.forms import as_uuid, read_form, text_of
from cocreate.core.problems import NotFound
from cocreate.spaces.access import Here, enter, enter_as_room
from cocreate.spaces.forms import AsideForm, ReturnForm, SubjectForm
from cocreate.spaces.hiding import set_aside_of
from cocreate.spaces.queries import SpaceFacts
from cocreate.spaces.rules import Act
from cocreate.workshops.faces import groups_on_screen
from cocreate.workshops.forms import NothingForm
from cocreate.workshops.forms.arrivals import HeadingForm, PlaceForm, PutForm, WordsForm
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries import workshop_of
from cocreate.workshops.queries.arrivals import GROUPED, lit_card
from cocreate.workshops.queries.results import Result, result_of
from cocreate.workshops.service.grouping import (
    make_heading,
    move_heading,
    put_under,
    remove_heading,
    rename_heading,
)
from cocreate.workshops.service.lighting import dim, light, put_aside, take_back_in
from cocreate.workshops.service.showing import show_result, take_result_away
from cocreate.workshops.views.arriving import arriving_of, most_in
from cocreate.workshops.views.steering import leading

blueprint = Blueprint("arrivals", __name__)
WORKSHOP = "/workshops/<uuid:workshop_id>"
HEADING = f"{WORKSHOP}/headings/<uuid:heading_id>"


@blueprint.get(f"{WORKSHOP}/arrivals")
def arriving(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """What arrived until now, as a part of the console."""
    workshop, here = _mine_to_lead(workshop_id)
    return render_template(
        "workshops/console/_arrivals.html",
        space=here.space,
        workshop=workshop,
        here=here,
        **arriving_of(here, workshop, most_in(request.args)),
    )


@blueprint.post(f"{WORKSHOP}/highlight")
def highlight(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """Show one thing large on the screen: what the room looks at is steered by one."""
    form = read_form(SubjectForm)
    workshop, _here = leading(workshop_id)
    room = enter_as_room(workshop.space_id, workshop_id)
    light(room, workshop_id, text_of(form.topic), uuid.UUID(form.id.data))
    return _done(workshop_id)


@blueprint.post(f"{WORKSHOP}/highlight/end")
def highlight_end(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """Back to everything that was told."""
    read_form(NothingForm)
    workshop, here = leading(workshop_id)
    dim(here.space.id, workshop.id)
    return _done(workshop_id)


@blueprint.post(f"{WORKSHOP}/headings")
def headings(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """Make a heading."""
    form = read_form(HeadingForm)
    _workshop, here = _mine_to_lead(workshop_id)
    make_heading(here.viewer, workshop_id, text_of(form.topic), text_of(form.words))
    return _done(workshop_id)


@blueprint.post(HEADING)
def heading(workshop_id: uuid.UUID, heading_id: uuid.UUID) -> ResponseReturnValue:
    """Say it in other words."""
    form = read_form(WordsForm)
    _workshop, here = _mine_to_lead(workshop_id)
    rename_heading(here.viewer, workshop_id, heading_id, text_of(form.words))
    return _done(workshop_id)


@blueprint.post(f"{HEADING}/place")
def place(workshop_id: uuid.UUID, heading_id: uuid.UUID) -> ResponseReturnValue:
    """One place earlier or later."""
    form = read_form(PlaceForm)
    _workshop, here = _mine_to_lead(workshop_id)
    move_heading(here.viewer, workshop_id, heading_id, int(text_of(form.by)))
    return _done(workshop_id)


@blueprint.post(f"{HEADING}/removal")
def removal(workshop_id: uuid.UUID, heading_id: uuid.UUID) -> ResponseReturnValue:
    """Remove a heading; its cards come loose."""
    read_form(NothingForm)
    _workshop, here = _mine_to_lead(workshop_id)
    remove_heading(here.viewer, workshop_id, heading_id)
    return _done(workshop_id)


@blueprint.post(f"{WORKSHOP}/grouped")
def put(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """Put a card under a heading, or loose."""
    form = read_form(PutForm)
    _workshop, here = _mine_to_lead(workshop_id)
    subject = uuid.UUID(form.id.data)
    put_under(here.viewer, workshop_id, text_of(form.topic), subject, as_uuid(form.heading_id.data))
    return _done(workshop_id)


@blueprint.post(f"{WORKSHOP}/asides")
def aside(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """Set something aside, with a reason."""
    form = read_form(AsideForm)
    _workshop, here = _mine_to_lead(workshop_id)
    subject = uuid.UUID(form.id.data)
    put_aside(here.viewer, workshop_id, text_of(form.topic), subject, text_of(form.reason))
    return _done(workshop_id)


@blueprint.post(f"{WORKSHOP}/asides/<uuid:contribution_id>/return")
def back(workshop_id: uuid.UUID, contribution_id: uuid.UUID) -> ResponseReturnValue:
    """Bring it back."""
    form = read_form(ReturnForm)
    _workshop, here = _mine_to_lead(workshop_id)
    take_back_in(here.viewer, workshop_id, text_of(form.topic), contribution_id)
    return _done(workshop_id)


@blueprint.get(f"{WORKSHOP}/results")
def results(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """What the room is shown of the step on stage: a part of the screen, or (`?view=stage`) of a tablet."""
    workshop = workshop_of(workshop_id)
    is_stage = request.args.get("view") == "stage"
    here = enter(workshop.space_id, Act.CONTRIBUTE if is_stage else Act.FACILITATE)
    if is_stage and workshop_id not in here.viewer.workshop_ids:
        raise NotFound
    template = f"workshops/{'stage' if is_stage else 'screen'}/_result.html"
    return render_template(template, space=here.space, workshop=workshop)


@blueprint.post(f"{WORKSHOP}/results")
def show(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """Show the room what came out of the step on stage."""
    read_form(NothingForm)
    _workshop, here = leading(workshop_id)
    show_result(here.space.id, workshop_id)
    return _done(workshop_id)


@blueprint.post(f"{WORKSHOP}/results/end")
def show_end(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """Take it away again."""
    read_form(NothingForm)
    _workshop, here = leading(workshop_id)
    take_result_away(here.space.id, workshop_id)
    return _done(workshop_id)


@blueprint.app_template_global("lit_for")
def lit_for(workshop: Workshop) -> object:
    """The card that the screen shows large, as long as the room may see it."""
    return lit_card(Viewer(workshop.space_id, workshop_ids=frozenset({workshop.id})), workshop)


@blueprint.app_template_global("groups_for")
def groups_for(workshop: Workshop) -> dict[str, list[dict[str, Any]]]:
    """What stands under which heading on the screen, by kind of thing."""
    found = {topic: groups_on_screen(workshop.id, workshop.space_id, topic) for topic in sorted(GROUPED)}
    return {topic: groups for topic, groups in found.items() if groups}


@blueprint.app_template_global("result_for")
def result_for(workshop: Workshop, space: SpaceFacts) -> Result | None:
    """What the room is shown of the step on stage, once who leads shows it."""
    step = workshop.current_step
    return result_of(workshop, step, space) if step else None


@blueprint.app_template_global("noticed_for")
def noticed_for(workshop: Workshop, told: list[uuid.UUID]) -> dict[str, Any]:
    """What a tablet says of what its own person told: on the big screen now, or set aside and why."""
    lit = str(workshop.lit_id) if workshop.lit_id in told else None
    aside = {str(each.id): each.reason for each in set_aside_of(told).values()}
    return {"lit": lit, "aside": aside}


def _mine_to_lead(workshop_id: uuid.UUID) -> tuple[Workshop, Here]:
    """For all who may lead: a second one helps to tidy, and what hurts somebody goes at once."""
    workshop = workshop_of(workshop_id)
    return workshop, enter(workshop.space_id, Act.FACILITATE)


def _done(workshop_id: uuid.UUID) -> ResponseReturnValue:
    if request.is_json:
        return {"state": "done"}, 200
    return redirect(url_for("console.console", workshop_id=workshop_id), 303)

"""The console: everything the facilitator needs, with one hand, while talking."""

import uuid
from datetime import timedelta

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cocreate.core.audience import Viewer
from cocreate.core.db import utcnow
from cocreate.core.forms import Choice, as_uuid, given_form, read_form, text_of
from cocreate.impacts.models import DesiredImpact
from cocreate.indicators.models import Indicator
from cocreate.moments.models import Moment, WorkingFactor
from cocreate.spaces.access import Here, enter
from cocreate.spaces.queries import count_by_voice, voices_of
from cocreate.spaces.rules import Act
from cocreate.spaces.shelves import wall
from cocreate.trajectories.models import Node
from cocreate.trajectories.queries import trajectories_seen
from cocreate.workshops.forms import NothingForm, StageForm, WorkshopForm
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries import workshop_of, workshops_of
from cocreate.workshops.rules import Agenda, clock_times
from cocreate.workshops.service import close_workshop, move_stage, open_doors, start_workshop
from cocreate.workshops.words import step_question, step_title

blueprint = Blueprint("console", __name__)
WALLS = (Moment, DesiredImpact, Indicator)


@blueprint.get("/spaces/<uuid:space_id>/workshops")
def index(space_id: uuid.UUID) -> ResponseReturnValue:
    """The workshops of a space; for who leads them."""
    here = enter(space_id, Act.FACILITATE)
    return render_template(
        "workshops/index.html", here=here, space=here.space, workshops=workshops_of(space_id)
    )


@blueprint.route("/spaces/<uuid:space_id>/workshops/new", methods=["GET", "POST"])
def new(space_id: uuid.UUID) -> ResponseReturnValue:
    """Start a workshop from a ready agenda."""
    here = enter(space_id, Act.FACILITATE)
    form = WorkshopForm(formdata=None) if request.method != "POST" else given_form(WorkshopForm)
    maps = [
        Choice(str(trajectory.id), trajectory.title) for trajectory, _seen in trajectories_seen(here.viewer)
    ]
    form.trajectory_id.choices = [Choice("", _("A new map")), *maps]
    if request.method == "POST" and form.validate():
        workshop_id = start_workshop(
            space_id,
            text_of(form.title),
            as_uuid(form.trajectory_id.data),
            Agenda(form.agenda.data or Agenda.MOMENTS),
        )
        return redirect(url_for("console.console", workshop_id=workshop_id), 303)
    page = render_template("workshops/new.html", form=form, space=here.space, here=here, has_maps=bool(maps))
    return page, 422 if request.method == "POST" else 200


@blueprint.get("/workshops/<uuid:workshop_id>/console")
def console(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """The console; `?part=panel` gives only what changes when the stage moves."""
    workshop, here = _mine_to_lead(workshop_id)
    template = "_panel" if request.args.get("part") == "panel" else "console"
    is_whole = template == "console"
    return render_template(
        f"workshops/{template}.html",
        here=here,
        space=here.space,
        workshop=workshop,
        people=people(here, workshop),
        seq=here.seq,
        join_url=join_url(workshop),
        cards=_cards(here.viewer, workshop) if is_whole else [],
        is_whole=is_whole,
        elapsed=elapsed(workshop),
        **_agenda(workshop),
    )


@blueprint.post("/workshops/<uuid:workshop_id>/doors")
def doors(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """Let people in."""
    read_form(NothingForm)
    workshop, here = _mine_to_lead(workshop_id)
    open_doors(workshop.id, here.space.id)
    return _back(workshop_id)


@blueprint.post("/workshops/<uuid:workshop_id>/stage")
def move(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """Put a step on stage."""
    form = read_form(StageForm)
    workshop, here = _mine_to_lead(workshop_id)
    move_stage(workshop.id, here.space.id, uuid.UUID(form.step_id.data))
    return _back(workshop_id)


@blueprint.post("/workshops/<uuid:workshop_id>/closing")
def closing(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """Close the doors."""
    read_form(NothingForm)
    workshop, here = _mine_to_lead(workshop_id)
    close_workshop(workshop.id, here.space.id)
    return _back(workshop_id)


def join_url(workshop: Workshop) -> str | None:
    """The address behind the QR code; the code stands behind the #, where no log sees it."""
    base = current_app.extensions["cocreate"].base_url or request.host_url
    return f"{base.rstrip('/')}/join#{workshop.code}" if workshop.code else None


def elapsed(workshop: Workshop) -> int:
    """Seconds since the step on stage began, by the server's clock: a tablet's may be wrong by a year."""
    return int((utcnow() - workshop.step_started_at).total_seconds()) if workshop.step_started_at else 0


def people(here: Here, workshop: Workshop) -> list[tuple[object, int]]:
    """Who is in the room, by voice: how many, never who."""
    counts = count_by_voice(workshop.id)
    return [(voice, counts.get(voice.id, 0)) for voice in voices_of(here.space.id) if not voice.is_imported]


def _mine_to_lead(workshop_id: uuid.UUID) -> tuple[Workshop, Here]:
    workshop = workshop_of(workshop_id)
    return workshop, enter(workshop.space_id, Act.FACILITATE)


def _agenda(workshop: Workshop) -> dict[str, object]:
    position = next((i for i, step in enumerate(workshop.steps) if step.id == workshop.current_step_id), None)
    minutes = [step.minutes for step in workshop.steps]
    starts = clock_times(minutes, position, workshop.step_started_at or utcnow())
    agenda = [
        {
            "step": step,
            "title": step_title(step.kind),
            "question": step_question(step),
            "starts_at": start,
            "is_now": index == position,
            "is_done": position is not None and index < position,
        }
        for index, (step, start) in enumerate(zip(workshop.steps, starts, strict=True))
    ]
    place = -1 if position is None else position
    return {
        "agenda": agenda,
        "now": agenda[place] if position is not None else None,
        "before": agenda[place - 1] if place > 0 else None,
        "after": agenda[place + 1] if position is not None and place + 1 < len(agenda) else None,
        "ends_at": starts[-1] + timedelta(minutes=minutes[-1]),
    }


def _cards(viewer: Viewer, workshop: Workshop) -> list[object]:
    return [
        card
        for kind in (Node, *reversed(WALLS), WorkingFactor)
        for card in wall(viewer, kind, workshop_id=workshop.id, limit=60)
    ]


def _back(workshop_id: uuid.UUID) -> ResponseReturnValue:
    if request.is_json:
        return {"state": "done"}, 200
    return redirect(url_for("console.console", workshop_id=workshop_id), 303)

"""The console: everything the facilitator needs, with one hand, while talking."""

import uuid
from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from cocreate.core.forms import read_form
from cocreate.impacts.models import DesiredImpact
from cocreate.indicators.models import Indicator
from cocreate.indicators.queries.ballots import paper_on_screen
from cocreate.indicators.queries.choosing import leads as may_close
from cocreate.indicators.queries.choosing import threshold_for
from cocreate.moments.models import Moment
from cocreate.replies.words import check_words
from cocreate.spaces.access import Here, enter
from cocreate.spaces.queries import count_by_voice, voices_of
from cocreate.spaces.rules import Act
from cocreate.workshops.forms import NothingForm, StageForm
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries import workshop_of
from cocreate.workshops.queries.leading import name_of
from cocreate.workshops.queries.pace import moves_of, pace, told_since
from cocreate.workshops.queries.parts import for_console
from cocreate.workshops.queries.results import has_result
from cocreate.workshops.queries.summaries import summaries_heard
from cocreate.workshops.rules import StepKind
from cocreate.workshops.service import close_workshop, move_stage, open_doors
from cocreate.workshops.views.arriving import arriving_of, most_in
from cocreate.workshops.views.steering import back, leading
from cocreate.workshops.words import step_question, step_title

blueprint = Blueprint("console", __name__)
LIVE_PARTS = ("helped", "so_far")  # of a step, written again as people tell
WALLS = (Moment, DesiredImpact, Indicator)


@blueprint.get("/workshops/<uuid:workshop_id>/console")
def console(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """The console; `?part=panel` gives only what changes when the stage moves."""
    workshop, here = _mine_to_lead(workshop_id)
    if request.args.get("part") == "told":
        moves = moves_of(workshop)
        told = told_since(workshop, moves[0][0]) if moves else 0
        return render_template("workshops/console/_told.html", told_here=told)
    parts = for_console(workshop, here.space)
    if request.args.get("part") in LIVE_PARTS:
        return render_template(f"workshops/console/_{request.args['part']}.html", **parts)
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
        **(arriving_of(here, workshop, most_in(request.args)) if is_whole else {}),
        is_whole=is_whole,
        leads=workshop.led_by_id in (None, here.viewer.membership_id),
        leader=name_of(workshop.led_by_id),
        has_result=workshop.current_step is not None and has_result(workshop, workshop.current_step),
        check_words=check_words,
        heard_back=lambda workshop: summaries_heard(here.viewer, workshop.id, here.space.threshold),
        **parts,
        **_choosing(here, workshop),
        **_agenda(workshop),
    )


@blueprint.post("/workshops/<uuid:workshop_id>/doors")
def doors(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """Let people in."""
    read_form(NothingForm)
    workshop, here = leading(workshop_id)
    open_doors(workshop.id, here.space.id, here.viewer.membership_id)
    return back(workshop_id)


@blueprint.post("/workshops/<uuid:workshop_id>/stage")
def move(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """Put a step on stage."""
    form = read_form(StageForm)
    workshop, here = leading(workshop_id)
    move_stage(workshop.id, here.space.id, uuid.UUID(form.step_id.data))
    return back(workshop_id)


@blueprint.post("/workshops/<uuid:workshop_id>/closing")
def closing(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """Close the doors."""
    read_form(NothingForm)
    workshop, here = leading(workshop_id)
    close_workshop(workshop.id, here.space.id)
    return back(workshop_id)


def join_url(workshop: Workshop) -> str | None:
    """The address behind the QR code; the code stands behind the #, where no log sees it."""
    base = current_app.extensions["cocreate"].base_url or request.host_url
    return f"{base.rstrip('/')}/join#{workshop.code}" if workshop.code else None


def people(here: Here, workshop: Workshop) -> list[tuple[object, int]]:
    """Who came in, by voice: how many, never who."""
    counts = count_by_voice(workshop.id)
    return [(voice, counts.get(voice.id, 0)) for voice in voices_of(here.space.id) if not voice.is_imported]


def _mine_to_lead(workshop_id: uuid.UUID) -> tuple[Workshop, Here]:
    workshop = workshop_of(workshop_id)
    return workshop, enter(workshop.space_id, Act.FACILITATE)


def _choosing(here: Here, workshop: Workshop) -> dict[str, object]:
    """What people choose from in this part, as the screen shows it; and who may count it."""
    step = workshop.current_step
    if step is None or step.kind != StepKind.CHOOSE:
        return {}
    paper = paper_on_screen(here.viewer, workshop.id, workshop.opened_at)
    return {
        "paper": paper,
        "may_count": paper is not None and may_close(here.viewer, paper.choosing.voice_id),
        "threshold": threshold_for(here.viewer),
    }


def _agenda(workshop: Workshop) -> dict[str, object]:
    at = pace(workshop)
    position = next((i for i, step in enumerate(workshop.steps) if step.id == workshop.current_step_id), None)
    agenda = [
        {
            "step": step,
            "title": step_title(step),
            "question": step_question(step),
            "starts_at": start,
            "is_now": index == position,
            "is_done": position is not None and index < position,
        }
        for index, (step, start) in enumerate(zip(workshop.steps, at.starts, strict=True))
    ]
    place = -1 if position is None else position
    before = agenda[place - 1] if place > 0 else None
    return {
        "agenda": agenda,
        "pace": at,
        "now": agenda[place] if position is not None else None,
        "before": before,
        "after": agenda[place + 1] if position is not None and place + 1 < len(agenda) else None,
        **_busy(workshop, agenda, before),
    }


def _busy(
    workshop: Workshop, agenda: list[dict[str, Any]], before: dict[str, Any] | None
) -> dict[str, object]:
    """How many told something in this part; and where everybody was, when that is not the part before."""
    moves = moves_of(workshop) if workshop.is_open else []
    jumped_from = moves[1][1] if len(moves) > 1 else None
    if jumped_from in (workshop.current_step_id, before and before["step"].id):
        jumped_from = None
    return {
        "told_here": told_since(workshop, moves[0][0]) if moves else 0,
        "was_at": next((each for each in agenda if each["step"].id == jumped_from), None),
    }

"""Answering over the wire: the page of a round, one answer, what I said before."""

import uuid

from flask import render_template, request
from flask.typing import ResponseReturnValue

from cocreate.core.problems import NotFound
from cocreate.indicators.forms.answering import AnswerForm
from cocreate.indicators.queries.answering import Sheet, earlier_of, round_for, sheet_of
from cocreate.indicators.queries.instruments import minutes_of
from cocreate.indicators.queries.overruled import overruled_in
from cocreate.indicators.rules import SENSITIVE
from cocreate.indicators.service.answering import answer, terms_there
from cocreate.indicators.service.rounds import bring_up_to_date
from cocreate.indicators.views.blueprint import SPACE, blueprint
from cocreate.spaces.access import Here, enter
from cocreate.spaces.arrivals import receive
from cocreate.spaces.openings import Terms
from cocreate.spaces.rules import Act

ROUND = f"{SPACE}/rounds/<uuid:round_id>"


@blueprint.get(ROUND)
def answering(space_id: uuid.UUID, round_id: uuid.UUID) -> ResponseReturnValue:
    """One question at a time. All of them are in the page, so that going on needs no wifi."""
    here = enter(space_id, Act.CONTRIBUTE)
    bring_up_to_date(here.viewer)
    sheet = sheet_of(here.viewer, round_id)
    at = sheet.place_of(request.args.get("item", type=uuid.UUID))
    asked = [each.question for each in sheet.posed]
    return render_template(
        "indicators/answering.html",
        here=here,
        space=here.space,
        minutes=minutes_of(asked),
        delicate=sum(each.sensitivity >= SENSITIVE for each in asked),
        **answering_of(here, sheet, None, at),
    )


@blueprint.get(f"{SPACE}/rounds/open")
def answering_now(space_id: uuid.UUID) -> ResponseReturnValue:
    """The part of the stage where people answer, of the round that this viewer should answer now."""
    here = enter(space_id, Act.CONTRIBUTE)
    workshop_id = request.args.get("workshop", type=uuid.UUID)
    if workshop_id is not None and workshop_id not in here.viewer.workshop_ids:
        raise NotFound
    bring_up_to_date(here.viewer)
    step_id = request.args.get("step", type=uuid.UUID)
    terms = terms_there(here.viewer, workshop_id, step_id) if workshop_id else Terms()
    return render_template(
        "indicators/_answering.html",
        here=here,
        space=here.space,
        step={"id": step_id, "widest": terms.widest},
        **answering_of(here, round_for(here.viewer), workshop_id),
    )


@blueprint.post(f"{SPACE}/answers")
def create_answer(space_id: uuid.UUID) -> ResponseReturnValue:
    """Keep an answer."""
    return receive(
        space_id,
        AnswerForm,
        lambda here, form: answer(here.viewer, form.arrival(), form.place(), form.given()),
    )


@blueprint.get(f"{ROUND}/items/<uuid:asked_id>/earlier")
def earlier(space_id: uuid.UUID, round_id: uuid.UUID, asked_id: uuid.UUID) -> ResponseReturnValue:
    """What I said to the same question before; it does not exist until I answered it now."""
    here = enter(space_id, Act.CONTRIBUTE)
    told = earlier_of(here.viewer, round_id, asked_id)
    if request.args.get("part"):
        return render_template("indicators/_earlier.html", space=here.space, earlier=told)
    posed = sheet_of(here.viewer, round_id).posed
    text = next((each.question.text for each in posed if each.question.item_id == asked_id), "")
    return render_template(
        "indicators/earlier.html",
        here=here,
        space=here.space,
        round_id=round_id,
        text=text,
        earlier=told,
    )


def answering_of(
    here: Here, sheet: Sheet | None, workshop_id: uuid.UUID | None, at: int | None = None
) -> dict[str, object]:
    """What the template of answering needs; at a meeting its answers come from there."""
    common = {
        "workshop_id": str(workshop_id) if workshop_id else "",
        "membership_id": str(here.viewer.membership_id),
        "round_id": str(sheet.round_id) if sheet else "",
    }
    return {
        "sheet": sheet,
        "at": at if at is not None or sheet is None else sheet.first_open,
        "answer_form": AnswerForm(formdata=None, data=common),
        "overruled": overruled_in(here.space.id, [each.question for each in sheet.posed]) if sheet else {},
        "is_helped": sheet is not None and any(each.is_by_helper for each in sheet.posed),
    }

"""Paper over the wire: sheets to print, and entering what was written on them."""

import uuid
from typing import Final
from urllib.parse import urlencode

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from cocreate.core.db import new_id
from cocreate.core.forms import Choice, Form, given_form, read_form, text_of
from cocreate.core.problems import Conflict, Invalid
from cocreate.indicators.forms.answering import SheetForm, TakeBackSheetForm, sheet_form
from cocreate.indicators.models import Measuring, Round
from cocreate.indicators.queries.instruments import Question
from cocreate.indicators.queries.overruled import overruled_in
from cocreate.indicators.queries.sheets import labels_in, paper_round, questions_on
from cocreate.indicators.service.sheets import AlreadyThere, enter_sheet, take_back_sheet
from cocreate.indicators.views.answering import ROUND
from cocreate.indicators.views.blueprint import blueprint
from cocreate.spaces.access import Here, enter
from cocreate.spaces.queries import voices_of
from cocreate.spaces.rules import Act

MEETING: Final = ("workshop_id", "step_id")  # where the sheets were filled in, when that was at a meeting


@blueprint.get(f"{ROUND}/paper")
def paper(space_id: uuid.UUID, round_id: uuid.UUID) -> ResponseReturnValue:
    """All questions on paper, with a place for what the sheet is called."""
    here = enter(space_id, Act.CONTRIBUTE)
    found, measuring = paper_round(here.viewer, round_id)
    questions = questions_on(here.viewer, found)
    return render_template(
        "indicators/paper.html",
        here=here,
        space=here.space,
        round=found,
        measuring=measuring,
        questions=questions,
        overruled=overruled_in(here.space.id, questions),
    )


@blueprint.route(f"{ROUND}/sheets", methods=["GET", "POST"])
def sheets(space_id: uuid.UUID, round_id: uuid.UUID) -> ResponseReturnValue:
    """Enter a sheet. What was kept is never shown again, only that it was."""
    here = enter(space_id, Act.CONTRIBUTE)
    found, measuring = paper_round(here.viewer, round_id)
    questions = questions_on(here.viewer, found)
    kind = sheet_form(len(questions))
    if request.method != "POST":
        begun = {name: request.args.get(name, "") for name in MEETING}
        return _page(here, found, measuring, questions, kind(formdata=None, data={**begun, "id": new_id()}))
    form = given_form(kind)
    problems, status = form.problems() if not form.validate() else {}, 422
    asks = ""
    if not problems:
        try:
            count = enter_sheet(here.viewer, round_id, form.sheet([each.item_id for each in questions]))
            return redirect(_next_sheet(request.path, form, kept=count), 303)
        except (Invalid, Conflict) as refused:
            problems, status = _told(refused), refused.status
            asks = text_of(form.label) if isinstance(refused, AlreadyThere) else ""
    return _page(here, found, measuring, questions, form, problems, asks), status


@blueprint.post(f"{ROUND}/sheets/withdrawal")
def take_back(space_id: uuid.UUID, round_id: uuid.UUID) -> ResponseReturnValue:
    """A sheet was typed over by mistake, or its writer wants it back."""
    here = enter(space_id, Act.CONTRIBUTE)
    paper_round(here.viewer, round_id)
    form = read_form(TakeBackSheetForm)
    take_back_sheet(here.viewer, round_id, text_of(form.label))
    return redirect(_next_sheet(f"/spaces/{space_id}/rounds/{round_id}/sheets", form, back=1), 303)


def _told(refused: Invalid | Conflict) -> dict[str, list[str]]:
    told = {name: [str(each) for each in words] for name, words in refused.fields.items()}
    return told or {"": [str(refused.message)]}


def _next_sheet(path: str, form: Form, **happened: int) -> str:
    """The page for the next sheet, of the same meeting."""
    said = {name: form[name].data for name in MEETING if form[name].data}
    return f"{path}?{urlencode({**happened, **said})}"


def _page(
    here: Here,
    found: Round,
    measuring: Measuring,
    questions: list[Question],
    form: SheetForm,
    problems: dict[str, list[str]] | None = None,
    asks: str = "",
) -> str:
    form.voice_id.choices = [
        Choice(str(each.id), each.name) for each in voices_of(here.space.id) if not each.is_imported
    ]
    return render_template(
        "indicators/sheets.html",
        here=here,
        space=here.space,
        round=found,
        measuring=measuring,
        questions=questions,
        form=form,
        kept=request.args.get("kept", type=int) if request.method != "POST" else None,
        is_back=request.method != "POST" and "back" in request.args,
        entered=labels_in(found),
        problems=problems or {},
        asks=asks,
        typed={field.name: text_of(field) for field in form if field.name.startswith("q")},
    )

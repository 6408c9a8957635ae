"""Paper over the wire: sheets to print, and entering what was written on them."""

import uuid

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from cocreate.core.forms import Choice, as_uuid, given_form, text_of
from cocreate.core.problems import Invalid
from cocreate.indicators.forms.answering import SheetForm, sheet_form
from cocreate.indicators.models import Measuring, Round
from cocreate.indicators.queries.instruments import Question
from cocreate.indicators.queries.overruled import overruled_in
from cocreate.indicators.queries.sheets import paper_round, questions_on
from cocreate.indicators.service.sheets import PaperSheet, enter_sheet
from cocreate.indicators.views.answering import ROUND
from cocreate.indicators.views.blueprint import blueprint
from cocreate.spaces.access import Here, enter
from cocreate.spaces.queries import voices_of
from cocreate.spaces.rules import Act


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
        return _page(here, found, measuring, questions, kind(formdata=None))
    form = given_form(kind)
    problems = {} if form.validate() else form.problems()
    if not problems:
        answers = [(each.item_id, form.given(number)) for number, each in enumerate(questions, 1)]
        sheet = PaperSheet(text_of(form.label), as_uuid(form.voice_id.data), answers)
        try:
            count = enter_sheet(here.viewer, round_id, sheet)
        except Invalid as refused:
            problems = {name: [str(each) for each in told] for name, told in refused.fields.items()}
            problems = problems or {"": [str(refused.message)]}
        else:
            return redirect(f"{request.path}?kept={count}", 303)
    return _page(here, found, measuring, questions, form, problems=problems)


def _page(
    here: Here,
    found: Round,
    measuring: Measuring,
    questions: list[Question],
    form: SheetForm,
    problems: dict[str, list[str]] | None = None,
) -> ResponseReturnValue:
    form.voice_id.choices = [
        Choice(str(each.id), each.name) for each in voices_of(here.space.id) if not each.is_imported
    ]
    page = render_template(
        "indicators/sheets.html",
        here=here,
        space=here.space,
        round=found,
        measuring=measuring,
        questions=questions,
        form=form,
        kept=request.args.get("kept", type=int) if request.method != "POST" else None,
        problems=problems or {},
        typed={field.name: text_of(field) for field in form if field.name.startswith("q")},
    )
    return page, 422 if problems else 200

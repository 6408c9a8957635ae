"""Tables of answers, out and in."""

import uuid
from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final

from flask import redirect, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from cocreate.core.beside import beside
from cocreate.core.forms import given_form, read_form, text_of
from cocreate.core.problems import Conflict
from cocreate.core.security import csrf
from cocreate.indicators.forms.instruments import EmptyForm
from cocreate.indicators.forms.tables import GoAlongForm, TableForm
from cocreate.indicators.queries.brought import brought_before
from cocreate.indicators.queries.tables import (
    asking_of,
    fewest_in_a_table,
    has_agreed,
    how_many_agreed,
    measuring_of_member,
    taken_before,
)
from cocreate.indicators.service.bringing import Agreed, BroughtIn, bring_in_table
from cocreate.indicators.service.brought import LooksLikeBefore, take_out_again
from cocreate.indicators.service.tables import (
    Table,
    codebook_of,
    figures_table,
    let_go_along,
    my_answers,
    take_table,
)
from cocreate.indicators.tables import (
    MAX_BYTES,
    Incoming,
    Problem,
    TableError,
    write_csv,
    write_xlsx,
)
from cocreate.indicators.views.blueprint import SPACE, blueprint
from cocreate.spaces.access import Here, enter
from cocreate.spaces.rules import Act

OWN: Final = f"{SPACE}/measurings/<uuid:measuring_id>"
CSV: Final = "text/csv"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_REST_OF_FORM: Final = 64 * 1024


@blueprint.get(f"{OWN}/tables")
def tables(space_id: uuid.UUID, measuring_id: uuid.UUID) -> ResponseReturnValue:
    """What can be taken out and by whom, and who did; my own answers; bringing in."""
    return _page(enter(space_id, Act.READ), measuring_id, TableForm(formdata=None))


@blueprint.post(f"{OWN}/consent")
def consent(space_id: uuid.UUID, measuring_id: uuid.UUID) -> ResponseReturnValue:
    """Let my answers go along, or not any more."""
    form = read_form(GoAlongForm)
    here = enter(space_id, Act.TAKE_BACK)
    let_go_along(here.viewer, measuring_id, bool(form.agreed.data))
    return redirect(f"/spaces/{space_id}/measurings/{measuring_id}/tables?saved=1#consent", 303)


@blueprint.get(f"{OWN}/my-answers.csv")
def take_mine(space_id: uuid.UUID, measuring_id: uuid.UUID) -> ResponseReturnValue:
    """What I answered, as a file."""
    here = enter(space_id, Act.READ)
    return _file(write_csv(my_answers(here.viewer, measuring_id).rows), "my-answers.csv", CSV)


@blueprint.get(f"{OWN}/codebook.csv")
def take_codebook(space_id: uuid.UUID, measuring_id: uuid.UUID) -> ResponseReturnValue:
    """What the columns mean, as a file."""
    here = enter(space_id, Act.READ)
    return _file(write_csv(codebook_of(here.viewer, measuring_id, _).rows), "codebook.csv", CSV)


@blueprint.get(f"{OWN}/figures.csv")
def take_figures(space_id: uuid.UUID, measuring_id: uuid.UUID) -> ResponseReturnValue:
    """What the viewer sees of how the group answered."""
    here = enter(space_id, Act.READ)
    return _file(write_csv(figures_table(here.viewer, measuring_id, _).rows), "figures.csv", CSV)


@blueprint.get(f"{OWN}/figures.xlsx")
def take_figures_workbook(space_id: uuid.UUID, measuring_id: uuid.UUID) -> ResponseReturnValue:
    """The same as a workbook, with what the columns mean on a sheet of its own."""
    here = enter(space_id, Act.READ)
    taken = figures_table(here.viewer, measuring_id, _)
    sheets = {"figures": taken.rows, "codebook": taken.codebook}
    return _file(beside(lambda: write_xlsx(sheets)), "figures.xlsx", XLSX)


@blueprint.get(f"{OWN}/table.csv")
def take_rows(space_id: uuid.UUID, measuring_id: uuid.UUID) -> ResponseReturnValue:
    """The answers of who agreed, a row for each person in each round."""
    taken = _taken(space_id, measuring_id, "rows_csv")
    return _file(beside(lambda: write_csv(taken.rows)), "answers.csv", CSV)


@blueprint.get(f"{OWN}/table.xlsx")
def take_workbook(space_id: uuid.UUID, measuring_id: uuid.UUID) -> ResponseReturnValue:
    """The same as a workbook, with what the columns mean on a sheet of its own."""
    taken = _taken(space_id, measuring_id, "rows_xlsx")
    sheets = {"answers": taken.rows, "codebook": taken.codebook}
    return _file(beside(lambda: write_xlsx(sheets)), "answers.xlsx", XLSX)


@blueprint.post(f"{OWN}/tables")
def bring_in(space_id: uuid.UUID, measuring_id: uuid.UUID) -> ResponseReturnValue:
    """Bring in answers that were given elsewhere."""
    request.max_content_length = MAX_BYTES + _REST_OF_FORM
    try:
        csrf.protect()
    except RequestEntityTooLarge:
        here = enter(space_id, Act.FACILITATE)
        return _refused(here, measuring_id, TableForm(formdata=None), _too_large(), 413)
    here = enter(space_id, Act.FACILITATE)
    measuring_of_member(here.viewer, measuring_id)
    form = given_form(TableForm)
    form.file.process(request.files)
    if not form.validate():
        return _page(here, measuring_id, form), 422
    content = form.file.data.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        return _refused(here, measuring_id, form, _too_large(), 413)
    return _brought(here, measuring_id, form, content)


# To find the token the whole file is read; first we say how large it may be, then `protect` looks.
csrf.exempt(bring_in)


@blueprint.post(f"{OWN}/tables/<uuid:table_id>/withdrawal")
def take_out(space_id: uuid.UUID, measuring_id: uuid.UUID, table_id: uuid.UUID) -> ResponseReturnValue:
    """Take a table out again that was brought in."""
    here = enter(space_id, Act.FACILITATE)
    read_form(EmptyForm)
    take_out_again(here.viewer, measuring_id, table_id)
    return redirect(f"/spaces/{space_id}/measurings/{measuring_id}/tables?out=1", 303)


def _taken(space_id: uuid.UUID, measuring_id: uuid.UUID, kind: str) -> Table:
    here = enter(space_id, Act.STEWARD)
    return take_table(here.viewer, measuring_id, kind, _)


def _file(content: bytes, name: str, kind: str) -> ResponseReturnValue:
    answer = send_file(
        BytesIO(content), kind, as_attachment=True, download_name=f"cocreate-{name}", etag=False
    )
    # Like every page that hangs on who asks: nothing of it stays behind on a shared tablet.
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _brought(here: Here, measuring_id: uuid.UUID, form: TableForm, content: bytes) -> ResponseReturnValue:
    agreed = Agreed(bool(form.to_go_along.data), bool(form.to_be_read.data))
    try:
        brought = bring_in_table(here.viewer, measuring_id, content, agreed, text_of(form.others))
    except LooksLikeBefore as asked:
        return _page(here, measuring_id, form, asked), asked.status
    except Conflict as refused:
        if refused.message is None:
            raise
        return _refused(here, measuring_id, form, str(refused.message), refused.status)
    except TableError as error:
        return _refused(here, measuring_id, form, _(error.message) % error.params, 422)
    status = 422 if isinstance(brought, Incoming) else 201
    return _page(here, measuring_id, form, brought), status


def _too_large() -> str:
    sentence: str = _("This file is larger than %(megabytes)s MB.", megabytes=MAX_BYTES // 1024**2)
    return sentence


def _refused(
    here: Here, measuring_id: uuid.UUID, form: TableForm, reason: str, status: int
) -> ResponseReturnValue:
    form.file.errors = [reason]
    return _page(here, measuring_id, form), status


def _page(
    here: Here,
    measuring_id: uuid.UUID,
    form: TableForm,
    brought: BroughtIn | Incoming | LooksLikeBefore | None = None,
) -> str:
    measuring = measuring_of_member(here.viewer, measuring_id)
    agreed = has_agreed(here.viewer, measuring)
    facts: Mapping[str, Any] = {
        "measuring": measuring,
        "agreed": agreed,
        "go_along": GoAlongForm(formdata=None, data={"agreed": agreed}),
        "count": how_many_agreed(measuring) if here.may(Act.STEWARD) else None,
        "fewest": fewest_in_a_table(here.space),
        "taken": taken_before(measuring),
        "rounds": asking_of(measuring).rounds,
        "form": form if here.may(Act.FACILITATE) else None,
        "brought_before": brought_before(measuring) if here.may(Act.FACILITATE) else [],
        "saved": request.args.get("saved"),
        "is_out": request.method != "POST" and "out" in request.args,
    }
    if isinstance(brought, Incoming):
        problems = [_said(each) for each in brought.problems]
        facts = {**facts, "problems": problems, "more": brought.wrong - len(problems)}
    elif isinstance(brought, LooksLikeBefore):
        facts = {**facts, "asks": brought}
    elif brought is not None:
        facts = {**facts, "brought": brought}
    return render_template("indicators/tables.html", here=here, space=here.space, **facts)


def _said(problem: Problem) -> str:
    said: str = _(
        "Line %(line)s, column “%(column)s”: %(reason)s",
        line=problem.line,
        column=problem.column,
        reason=_(problem.message) % problem.params,
    )
    return said

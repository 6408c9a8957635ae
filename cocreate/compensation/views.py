"""The ledger of hours and thanks, and what a space says about thanks; for who leads."""

import uuid
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cocreate.compensation.forms import BackForm, GivingForm, LookForm, SheetForm, ThanksForm
from cocreate.compensation.models import Compensation, ThanksNote
from cocreate.compensation.queries import lines_of, note_of
from cocreate.compensation.rules import in_euros, names_in, totals
from cocreate.compensation.service import give, remove_line, say_thanks, take_giving_back, write_down
from cocreate.core.beside import beside
from cocreate.core.db import utcnow
from cocreate.core.forms import given_form, read_form, text_of
from cocreate.core.i18n import local_target
from cocreate.core.problems import Invalid
from cocreate.core.tables import write_csv, write_xlsx
from cocreate.spaces.access import Here, enter
from cocreate.spaces.rules import Act

blueprint = Blueprint("compensation", __name__)
LEDGER = "/spaces/<uuid:space_id>/compensations"
LINE = f"{LEDGER}/<uuid:line_id>"
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get(LEDGER)
def ledger(space_id: uuid.UUID) -> ResponseReturnValue:
    """All lines, or those that are looked for; `occasion` and `on` fill in the sheet for one meeting."""
    here = enter(space_id, Act.FACILITATE)
    return _page(here, _new_sheet(here))


@blueprint.post(LEDGER)
def write(space_id: uuid.UUID) -> ResponseReturnValue:
    """Write down what people get."""
    here = enter(space_id, Act.FACILITATE)
    form = given_form(SheetForm)
    if not form.validate():
        return _page(here, form, 422)
    thanks = form.thanks(_today(here))
    write_down(here.viewer, names_in(text_of(form.names)), thanks, uuid.UUID(form.id.data))
    again = urlencode({"saved": "1", "occasion": thanks.occasion, "on": thanks.on.isoformat()})
    return redirect(f"/spaces/{space_id}/compensations?{again}", 303)


@blueprint.get(f"{LEDGER}.csv")
def take_table(space_id: uuid.UUID) -> ResponseReturnValue:
    """The lines that are looked for, for the bookkeeper."""
    return _file(write_csv(_rows(enter(space_id, Act.FACILITATE))), "compensations.csv", CSV)


@blueprint.get(f"{LEDGER}.xlsx")
def take_workbook(space_id: uuid.UUID) -> ResponseReturnValue:
    """The same as a workbook."""
    sheets = {"compensations": _rows(enter(space_id, Act.FACILITATE))}
    return _file(beside(lambda: write_xlsx(sheets)), "compensations.xlsx", XLSX)


@blueprint.post(f"{LEDGER}/giving")
def giving(space_id: uuid.UUID) -> ResponseReturnValue:
    """These people have it now."""
    here = enter(space_id, Act.FACILITATE)
    form = read_form(GivingForm)
    give(here.viewer, form.ids(), _today(here))
    return _back(here, form)


@blueprint.post(f"{LINE}/giving/withdrawal")
def not_given(space_id: uuid.UUID, line_id: uuid.UUID) -> ResponseReturnValue:
    """It was not given after all."""
    here = enter(space_id, Act.FACILITATE)
    form = read_form(BackForm)
    take_giving_back(here.viewer, line_id)
    return _back(here, form)


@blueprint.post(f"{LINE}/removal")
def removal(space_id: uuid.UUID, line_id: uuid.UUID) -> ResponseReturnValue:
    """Take a line out, with the name on it."""
    here = enter(space_id, Act.STEWARD)
    form = read_form(BackForm)
    remove_line(here.viewer, line_id)
    return _back(here, form)


@blueprint.get("/spaces/<uuid:space_id>/thanks")
def thanks(space_id: uuid.UUID) -> ResponseReturnValue:
    """What people read about what they get."""
    here = enter(space_id, Act.FACILITATE)
    told = note_of(space_id)
    form = ThanksForm(formdata=None, data={"offer": told.offer, "note": told.note})
    return _thanks_page(here, form, told)


@blueprint.post("/spaces/<uuid:space_id>/thanks")
def change_thanks(space_id: uuid.UUID) -> ResponseReturnValue:
    """Say it in other words."""
    here = enter(space_id, Act.STEWARD)
    form = given_form(ThanksForm)
    if not form.validate():
        return _thanks_page(here, form, note_of(space_id)), 422
    say_thanks(here.viewer, text_of(form.offer), text_of(form.note))
    return redirect(f"/spaces/{space_id}/thanks?saved=1", 303)


def _thanks_page(here: Here, form: ThanksForm, told: ThanksNote) -> str:
    return render_template(
        "compensation/thanks.html",
        here=here,
        space=here.space,
        form=form,
        thanks=told,
        saved=bool(request.args.get("saved")),
    )


def _page(here: Here, form: SheetForm, status: int = 200) -> ResponseReturnValue:
    look = LookForm(formdata=request.args)
    is_right = look.validate()
    lines = lines_of(here.space.id, look.wanted()) if is_right else []
    page = render_template(
        "compensation/ledger.html",
        here=here,
        space=here.space,
        form=form,
        look=look,
        is_filtered=bool(look.state.data or look.since.data or look.until.data or look.errors),
        lines=lines,
        totals=totals(lines),
        query=_query(look),
        saved=bool(request.args.get("saved")),
    )
    return page, status if is_right else 422


def _new_sheet(here: Here) -> SheetForm:
    asked = request.args.get("on", "")
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = _today(here)
    filled = {"id": str(uuid.uuid4()), "occasion": request.args.get("occasion", "")[:120], "on": day}
    return SheetForm(formdata=None, data=filled)


def _query(look: LookForm) -> str:
    chosen = {"state": look.state.data, "since": look.since.data, "until": look.until.data}
    return urlencode({name: str(value) for name, value in chosen.items() if value})


def _today(here: Here) -> date:
    return utcnow().astimezone(ZoneInfo(here.space.timezone)).date()


def _rows(here: Here) -> list[Sequence[str | int | Decimal | None]]:
    look = LookForm(formdata=request.args)
    if not look.validate():
        raise Invalid(fields=look.problems())
    head = [_("Day"), _("Name"), _("What for"), _("Minutes"), _("Euros"), _("Voucher"), _("Given on")]
    return [head, *(_row(line) for line in lines_of(here.space.id, look.wanted()))]


def _row(line: Compensation) -> Sequence[str | int | Decimal | None]:
    return [
        line.on.isoformat(),
        line.label,
        line.occasion,
        line.minutes,
        None if line.cents is None else in_euros(line.cents),
        line.voucher,
        line.given_on.isoformat() if line.given_on else "",
    ]


def _file(content: bytes, name: str, kind: str) -> ResponseReturnValue:
    answer = send_file(
        BytesIO(content), kind, as_attachment=True, download_name=f"cocreate-{name}", etag=False
    )
    answer.headers["Cache-Control"] = "no-store"  # names stay behind on no shared device
    return answer


def _back(here: Here, form: BackForm) -> ResponseReturnValue:
    own = f"/spaces/{here.space.id}/compensations"
    target = local_target(text_of(form.back), own)
    return redirect(target if target.startswith(own) else own, 303)

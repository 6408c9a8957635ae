"""What we want: voice by voice and together; and one page for each, to read and to answer."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from cocreate.core.db import new_id
from cocreate.core.forms import Form
from cocreate.core.i18n import current_language
from cocreate.core.kept import keep
from cocreate.core.paging import page_asked
from cocreate.core.problems import NotFound
from cocreate.impacts.forms import DecisionForm, FacetsForm, RealismForm, RemarkForm, StanceForm, WordingForm
from cocreate.impacts.models import DesiredImpact, RealismCheck, Remark, Stance, Wording
from cocreate.impacts.queries import (
    answers_on,
    impact_seen,
    impacts_page,
    impacts_seen,
    is_reworded_after_agreeing,
    speakers_by_voice,
    stands_by_impact,
)
from cocreate.impacts.rules import Position, Stage
from cocreate.indicators.pictures import small_of
from cocreate.indicators.queries import signs_of
from cocreate.indicators.queries.context import context_beside
from cocreate.indicators.queries.figures import small_lines
from cocreate.reports.across import Row, across, not_heard_on, row_of
from cocreate.reports.queries import Said, said_of, told_aside, wishes_aside
from cocreate.reports.views.library import blueprint
from cocreate.spaces.access import Here, enter
from cocreate.spaces.forms import AsideForm
from cocreate.spaces.openings import is_open_between_meetings
from cocreate.spaces.queries import composition_of
from cocreate.spaces.rules import Act, Activity, may

SaidByTopic = dict[str, list[Said]]
ANSWERS: dict[str, type[Form]] = {
    "stance": StanceForm,
    "realism": RealismForm,
    "wording": WordingForm,
    "remark": RemarkForm,
}


@blueprint.get("/spaces/<uuid:space_id>/impacts")
def impacts(space_id: uuid.UUID) -> ResponseReturnValue:
    """All that is wanted, as far as this viewer may see it: where voices meet, and where they part."""
    here = enter(space_id, Act.READ)
    number = page_asked(request.args)
    key = ("impacts", space_id, here.seq, current_language(), here.viewer, number)
    return render_template(
        "reports/impacts.html",
        here=here,
        space=here.space,
        body=keep(key, lambda: _body(here, number)),
        is_open=is_open_between_meetings(space_id, Activity.IMPACTS),
        asides=wishes_aside(here.viewer) if here.may(Act.FACILITATE) else [],
    )


def _body(here: Here, number: int) -> str:
    page, hoped = impacts_page(here.viewer, number), composition_of(here.space.id)
    voices = [each.voice for each in hoped]
    stands = stands_by_impact(here.viewer, page.things, here.space.threshold, voices)
    read = across(page.things, stands, hoped, speakers_by_voice(here.space.id))
    rows = [*read.rows, *read.retired]
    return render_template(
        "reports/_impacts.html",
        here=here,
        space=here.space,
        page=page,
        across=read,
        strips=[_part(here, row, "strip") for row in read.rows],
        retired=[_part(here, row, "strip") for row in read.retired],
        lines=[_part(here, row, "lines") for row in rows],
    )


def _part(here: Here, row: Row, part: str) -> Markup:
    """What one impact is on this page, drawn once for each version of it."""
    told = (here.space.threshold, here.viewer.is_member, current_language())
    return keep(
        ("impacts", part, row.impact.id, row.impact.version, row.together, *told),
        lambda: _draw(part)(row, f"/spaces/{here.space.id}/impacts"),
    )


def _draw(part: str) -> Callable[[Row, str], str]:
    # The macro rather than a template for each: that is half the work.
    draw: Callable[[Row, str], str] = getattr(
        current_app.jinja_env.get_template("reports/_row.html").module, part
    )
    return draw


@blueprint.get("/spaces/<uuid:space_id>/impacts/<uuid:impact_id>")
def impact(space_id: uuid.UUID, impact_id: uuid.UUID) -> ResponseReturnValue:
    """One thing that is wanted: who wants it, who objects, whose voice is missing, and what is said of it."""
    here = enter(space_id, Act.READ)
    wanted = impact_seen(here.viewer, impact_id)
    answers = answers_on(here.viewer, wanted, here.space.threshold)
    said = said_of(here.viewer, wanted)
    itself, *absorbed = said[DesiredImpact.topic]
    wordings = said[Wording.topic]
    is_on_the_table = wanted.absorbed_by_id is None and wanted.stage != Stage.RETIRED
    return render_template(
        "reports/impact.html",
        here=here,
        space=here.space,
        impact=wanted,
        told=itself,
        taken=next((each for each in wordings if each.taken_at), None),
        stands=answers.stands,
        row=row_of(wanted, answers.stands),
        realism=answers.realism,
        missing=answers.missing,
        unheard=not_heard_on(answers.stands, answers.hoped) if is_on_the_table else [],
        reasons=sorted(
            (each for each in said[Stance.topic] if each.text),
            key=lambda each: each.answer != Position.OBJECTION,
        ),
        realism_reasons=[each for each in said[RealismCheck.topic] if each.text],
        wordings=wordings,
        remarks=said[Remark.topic],
        absorbed=absorbed,
        above=_above(here, wanted),
        is_reworded=is_reworded_after_agreeing(wanted),
        **_noticed(here, [wanted.id, *(each.id for each in absorbed)]),
        **_forms(here, wanted, said),
        asides=told_aside(here.viewer, wanted.id) if here.may(Act.FACILITATE) else [],
        aside_form=AsideForm(formdata=None),
    )


def _above(here: Here, wanted: DesiredImpact) -> DesiredImpact | None:
    """The wish that this one is told under, for who may see it; this one is there in any case."""
    try:
        return impact_seen(here.viewer, wanted.absorbed_by_id) if wanted.absorbed_by_id else None
    except NotFound:
        return None


def _noticed(here: Here, ids: list[uuid.UUID]) -> dict[str, Any]:
    """How one would notice, and what was measured: of a wish, and of what is told under it."""
    measured = small_lines(here.viewer, ids)
    return {
        "signs": [card for each in ids for card in signs_of(here.viewer, each)],
        "measured": [small_of(line) for each in ids for line in measured.get(each, [])],
        "context": context_beside(here.viewer, impact_ids=ids),
    }


def _forms(here: Here, wanted: DesiredImpact, said: SaidByTopic) -> dict[str, Any]:
    """What this viewer can say or decide here, with what they said before filled in."""
    space_id, viewer = here.space.id, here.viewer
    is_open = may(viewer, Act.CONTRIBUTE) and is_open_between_meetings(space_id, Activity.IMPACTS)
    facets = wanted.facets
    described = {
        "level": facets.level or "",
        "is_prevention": {True: "yes", False: "no", None: ""}[facets.is_prevention],
        "horizon": facets.horizon or "",
        "lens": facets.lens or "",
    }
    leads = may(viewer, Act.FACILITATE) and wanted.absorbed_by_id is None
    return {
        "is_open": is_open,
        "answer": _answers(here, wanted, said) if is_open and wanted.absorbed_by_id is None else {},
        "is_mine": wanted.maker_id == viewer.membership_id,
        "facets": FacetsForm(formdata=None, data=described),
        "decision": DecisionForm(formdata=None, data={"stage": wanted.stage}),
        "others": [each for each in impacts_seen(viewer) if each.id != wanted.id] if leads else [],
    }


def _answers(here: Here, wanted: DesiredImpact, said: SaidByTopic) -> dict[str, Form]:
    common = {
        "membership_id": str(here.viewer.membership_id),
        "impact_id": str(wanted.id),
        "visibility": here.membership.shares_with if here.membership else None,
        "back": request.path,
    }
    before: dict[str, dict[str, str]] = {}
    for kind in (Stance, RealismCheck):
        own = next((each for each in said[kind.topic] if each.maker_id == here.viewer.membership_id), None)
        before[kind.topic] = dict(zip(kind.words, (own.answer, own.text), strict=True)) if own else {}
    return {
        name: kind(formdata=None, data={**common, "id": str(new_id()), **before.get(name, {})}, prefix="")
        for name, kind in ANSWERS.items()
    }

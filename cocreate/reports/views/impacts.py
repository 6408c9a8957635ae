"""What we want: voice by voice and together; and one page for each, to read and to answer."""

import uuid
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from cocreate.core.db import new_id
from cocreate.core.forms import Form
from cocreate.core.i18n import current_language
from cocreate.core.kept import keep
from cocreate.impacts.forms import (
    DecisionForm,
    FacetsForm,
    RealismForm,
    RemarkForm,
    StanceForm,
    WordingForm,
)
from cocreate.impacts.models import DesiredImpact, RealismCheck, Remark, Stance, Wording
from cocreate.impacts.queries import (
    absorbed_in,
    answers_on,
    impact_seen,
    impacts_seen,
    said_of,
    speakers_by_voice,
    stands_by_impact,
    voices_missing,
)
from cocreate.impacts.rules import Position
from cocreate.indicators.queries import signs_of
from cocreate.reports.across import across, row_of
from cocreate.reports.views.library import blueprint
from cocreate.spaces.access import Here, enter
from cocreate.spaces.openings import is_open_between_meetings
from cocreate.spaces.queries import voices_of, voices_wished
from cocreate.spaces.rules import Act, Activity, may
from cocreate.spaces.shelves import facts, mine

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
    key = ("impacts", space_id, here.seq, current_language(), here.viewer)
    return render_template(
        "reports/impacts.html",
        here=here,
        space=here.space,
        body=keep(key, lambda: _body(here)),
        is_open=is_open_between_meetings(space_id, Activity.IMPACTS),
    )


def _body(here: Here) -> str:
    seen = impacts_seen(here.viewer)
    read = across(
        seen,
        stands_by_impact(here.viewer, seen),
        voices_of(here.space.id),
        voices_wished(here.space.id),
        speakers_by_voice(here.space.id),
    )
    return render_template("reports/_impacts.html", here=here, space=here.space, across=read)


@blueprint.get("/spaces/<uuid:space_id>/impacts/<uuid:impact_id>")
def impact(space_id: uuid.UUID, impact_id: uuid.UUID) -> ResponseReturnValue:
    """One thing that is wanted: who wants it, who objects, whose voice is missing, and what is said of it."""
    here = enter(space_id, Act.READ)
    wanted = impact_seen(here.viewer, impact_id)
    stands, realism = answers_on(here.viewer, wanted)
    wordings = said_of(here.viewer, [wanted.id], Wording)
    return render_template(
        "reports/impact.html",
        here=here,
        space=here.space,
        impact=wanted,
        told=facts(DesiredImpact, [wanted.id])[wanted.id],
        taken=next((each for each in wordings if each["taken_at"]), None),
        stands=stands,
        row=row_of(wanted, stands),
        realism=realism,
        missing=voices_missing(wanted),
        reasons=sorted(
            (each for each in said_of(here.viewer, [wanted.id], Stance) if each["reason"]),
            key=lambda each: each["position"] != Position.OBJECTION,
        ),
        realism_reasons=[each for each in said_of(here.viewer, [wanted.id], RealismCheck) if each["reason"]],
        wordings=wordings,
        remarks=said_of(here.viewer, [wanted.id], Remark),
        absorbed=absorbed_in(here.viewer, wanted.id),
        above=impact_seen(here.viewer, wanted.absorbed_by_id) if wanted.absorbed_by_id else None,
        signs=signs_of(here.viewer, wanted.id),
        **_forms(here, wanted),
    )


def _forms(here: Here, wanted: DesiredImpact) -> dict[str, Any]:
    """What this viewer can say or decide here, with what they said before filled in."""
    space_id, viewer = here.space.id, here.viewer
    is_open = is_open_between_meetings(space_id, Activity.IMPACTS) and may(viewer, Act.CONTRIBUTE)
    facets = wanted.facets
    described = {
        "level": facets.level or "",
        "is_prevention": {True: "yes", False: "no", None: ""}[facets.is_prevention],
        "horizon": facets.horizon or "",
        "lens": facets.lens or "",
    }
    others = [each for each in impacts_seen(viewer) if each.id != wanted.id]
    return {
        "is_open": is_open,
        "answer": _answers(here, wanted) if is_open and wanted.absorbed_by_id is None else {},
        "is_mine": wanted.maker_id == viewer.membership_id,
        "facets": FacetsForm(formdata=None, data=described),
        "decision": DecisionForm(formdata=None, data={"stage": wanted.stage}),
        "others": others if may(viewer, Act.FACILITATE) and wanted.absorbed_by_id is None else [],
    }


def _answers(here: Here, wanted: DesiredImpact) -> dict[str, Form]:
    common = {
        "membership_id": str(here.viewer.membership_id),
        "impact_id": str(wanted.id),
        "visibility": here.membership.shares_with if here.membership else None,
        "back": request.path,
    }
    before: dict[str, dict[str, str]] = {}
    for kind in (Stance, RealismCheck):
        own = next((each for each in mine(here.viewer, kind) if each.impact_id == wanted.id), None)
        before[kind.topic] = {word: getattr(own, word) for word in kind.words} if own else {}
    return {
        name: kind(formdata=None, data={**common, "id": str(new_id()), **before.get(name, {})}, prefix="")
        for name, kind in ANSWERS.items()
    }

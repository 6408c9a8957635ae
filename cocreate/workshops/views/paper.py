"""Paper: every part of a meeting as an A4 sheet, to print before anybody comes."""

import uuid
from dataclasses import replace
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from cocreate.core.audience import Viewer
from cocreate.core.i18n import LANGUAGES, current_language, speaking
from cocreate.core.kept import keep
from cocreate.indicators.queries.ballots import paper_on_screen
from cocreate.indicators.queries.overruled import overruled_in
from cocreate.spaces.access import Here, enter, enter_as_room
from cocreate.spaces.rules import Act
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries import workshop_of
from cocreate.workshops.queries.sheets import round_on_paper, wishes_on_paper
from cocreate.workshops.rules import StepKind
from cocreate.workshops.sheets import MOST_COPIES, Print, print_of
from cocreate.workshops.words import step_question, step_title

blueprint = Blueprint("paper", __name__)
# What everybody can see of a sheet is told by whoever filled it in, except where nobody ever sees it.
NEVER_SHOWN = {StepKind.CHOOSE, StepKind.MEASURE, StepKind.CHECK_IN, StepKind.CHECK_OUT}


@blueprint.get("/workshops/<uuid:workshop_id>/paper")
def paper(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """The sheets as they come out of the printer, and above them which, how many and in which language."""
    workshop = workshop_of(workshop_id)
    here = enter(workshop.space_id, Act.FACILITATE)
    wanted = print_of(
        request.args, request.args.getlist("part"), list(LANGUAGES), here.space.language or current_language()
    )
    return render_template(
        "workshops/paper.html",
        here=here,
        space=here.space,
        workshop=workshop,
        wanted=wanted,
        most=MOST_COPIES,
        parts=[(step, step_title(step)) for step in workshop.steps],
        sheets=_sheets(here, workshop, wanted),
    )


def _sheets(here: Here, workshop: Workshop, wanted: Print) -> Markup:
    """All sheets, drawn once for as long as nothing changes."""
    words = tuple((step.id, step.title, step.prompt, step.position) for step in workshop.steps)
    key = ("paper", workshop.id, workshop.title, here.seq, here.viewer, wanted, words)
    return keep(key, lambda: _drawn(here, workshop, wanted))


def _drawn(here: Here, workshop: Workshop, wanted: Print) -> str:
    """The sheets in the language of who writes on them, whatever the page speaks."""
    room = enter_as_room(workshop.space_id, workshop.id)
    with speaking(wanted.language):
        return render_template(
            "workshops/paper/_sheets.html",
            workshop=workshop,
            space=here.space,
            wanted=wanted,
            steps=[
                (step, step_title(step), step_question(step), _is_shown(step.kind))
                for step in workshop.steps
                if not wanted.parts or str(step.id) in wanted.parts
            ],
            **_facts(here, replace(room, sees_space=True), workshop),
        )


def _is_shown(kind: str) -> bool:
    return ACTIVITIES[StepKind(kind)].opens is not None and kind not in NEVER_SHOWN


def _facts(here: Here, room: Viewer, workshop: Workshop) -> dict[str, Any]:
    """What stands on the sheets that answer something: as it is now, for everybody the same."""
    kinds = {step.kind for step in workshop.steps}
    asked = round_on_paper(here.viewer) if StepKind.MEASURE in kinds else None
    ballot = paper_on_screen(room, workshop.opened_at) if StepKind.CHOOSE in kinds else None
    return {
        "wishes": wishes_on_paper(room),
        "signs": ballot.signs if ballot and ballot.is_open else [],
        "asked": asked,
        "overruled": overruled_in(here.space.id, asked.questions) if asked else {},
    }

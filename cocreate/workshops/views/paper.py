"""Paper: every part of a meeting as an A4 sheet, to print before anybody comes."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from cocreate.core.audience import Viewer, Visibility
from cocreate.core.i18n import LANGUAGES, current_language, speaking
from cocreate.core.kept import keep
from cocreate.indicators.queries.ballots import paper_on_screen
from cocreate.indicators.queries.overruled import overruled_in
from cocreate.spaces.access import Here, enter, enter_as_room
from cocreate.spaces.rules import Act
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.models import Step, Workshop
from cocreate.workshops.queries import workshop_of
from cocreate.workshops.queries.sheets import (
    labels_elsewhere,
    place_in_space,
    round_on_paper,
    sheets_of,
    wishes_on_paper,
)
from cocreate.workshops.rules import StepKind
from cocreate.workshops.sheets import (
    BOX,
    LONG,
    MORE_WORDS,
    MOST_COPIES,
    TICKS,
    Labels,
    Print,
    Wish,
    laid_out,
    print_of,
    wishes_asked,
)
from cocreate.workshops.words import (
    built_in_question,
    limit_words,
    questions_of,
    step_question,
    step_title,
)

blueprint = Blueprint("paper", __name__)
# What everybody can see of a sheet is told by whoever filled it in, except where nobody ever sees it.
NEVER_SHOWN = {StepKind.CHOOSE, StepKind.MEASURE, StepKind.CHECK_IN, StepKind.CHECK_OUT}
MOST_SHEETS: Final = 2  # of one part, for what is to be ticked about each wish


@dataclass(frozen=True, slots=True)
class Leaf:
    """One sheet of a part: what it asks, and about which wishes."""

    step: Step
    kind: str  # what is on it: mostly the activity of its part
    title: str
    question: str
    limit: str = ""
    wishes: Sequence[Wish] = ()
    more: int = 0  # wishes for which there was no room

    @property
    def is_shown(self) -> bool:
        """Whether somebody else may see what is written on it."""
        return ACTIVITIES[StepKind(self.step.kind)].opens is not None and self.step.kind not in NEVER_SHOWN

    @property
    def is_long(self) -> bool:
        """Whether its question takes much room."""
        return len(self.question) > LONG


@blueprint.get("/workshops/<uuid:workshop_id>/paper")
def paper(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """The sheets as they come out of the printer, and above them which, how many and in which language."""
    workshop = workshop_of(workshop_id)
    here = enter(workshop.space_id, Act.FACILITATE)
    labels = Labels(place_in_space(workshop), frozenset(labels_elsewhere(workshop)))
    language = here.space.language or current_language()
    wanted = print_of(request.args, request.args.getlist("part"), list(LANGUAGES), language, labels)
    return render_template(
        "workshops/paper.html",
        here=here,
        space=here.space,
        workshop=workshop,
        wanted=wanted,
        most=MOST_COPIES,
        typed=_typed(workshop, wanted.letter),
        parts=[(step, step_title(step)) for step in workshop.steps],
        sheets=_sheets(here, workshop, wanted),
    )


def _typed(workshop: Workshop, letter: str) -> list[str]:
    """The labels with this letter that were typed over in this meeting, in their order."""
    labels = [sheet.label for sheet in sheets_of(workshop)]
    return [each for each in labels if each[:1] == letter and each[1:].isdecimal()]


def _sheets(here: Here, workshop: Workshop, wanted: Print) -> Markup:
    """All sheets, drawn once for as long as nothing changes."""
    words = tuple(
        (step.id, step.title, step.prompt, step.position, step.widest, step.most_each, step.has_names)
        + (tuple(questions_of(step)) if step.kind == StepKind.PAIR_TALK else ())
        for step in workshop.steps
    )
    key = ("paper", workshop.id, workshop.title, here.seq, here.viewer, wanted, words)
    return keep(key, lambda: _drawn(here, workshop, wanted))


def _drawn(here: Here, workshop: Workshop, wanted: Print) -> str:
    """The sheets in the language of who writes on them, whatever the page speaks."""
    room = replace(enter_as_room(workshop.space_id, workshop.id), sees_space=True)
    wishes = wishes_on_paper(room, workshop)
    with speaking(wanted.language):
        return render_template(
            "workshops/paper/_sheets.html",
            workshop=workshop,
            space=here.space,
            wanted=wanted,
            leaves=[
                leaf
                for step in workshop.steps
                if not wanted.parts or str(step.id) in wanted.parts
                for leaf in _leaves(workshop, step, wishes)
            ],
            audiences=list(Visibility),
            questions_of=questions_of,
            **_facts(here, room, workshop),
        )


def _leaves(workshop: Workshop, step: Step, wishes: Sequence[Wish]) -> Iterator[Leaf]:
    """The sheets of one part: one, or more where something is asked about many wishes."""
    hosted = ACTIVITIES[StepKind(step.kind)]
    limit = limit_words(step.most_each, step.most_each) if step.most_each and hosted.has_limits else ""
    leaf = Leaf(step, step.kind, step_title(step), step_question(step), limit)
    if step.kind == StepKind.INDICATORS:
        asked = wishes_asked(wishes, agreed_too=True)
        yield _with_wishes(leaf, asked, laid_out(asked, leaf.question, 1, BOX, MORE_WORDS))[0]
    elif step.kind in (StepKind.STANCES, StepKind.REALISM):
        yield from _to_tick(leaf, wishes_asked(wishes))
    else:
        yield leaf
    asks_stances = any(each.kind == StepKind.STANCES for each in workshop.steps)
    if step.kind == StepKind.IMPACTS and not asks_stances and (asked := wishes_asked(wishes)):
        # As on a tablet, the second half of this part.
        question = built_in_question(StepKind.STANCES)
        second = replace(leaf, kind=str(StepKind.STANCES), question=question, limit="")
        yield from _to_tick(second, asked)


def _to_tick(leaf: Leaf, asked: Sequence[Wish]) -> list[Leaf]:
    """Where something is ticked about each wish."""
    return _with_wishes(leaf, asked, laid_out(asked, leaf.question, MOST_SHEETS, TICKS))


def _with_wishes(leaf: Leaf, asked: Sequence[Wish], laid: Sequence[Sequence[Wish]]) -> list[Leaf]:
    """One sheet at least; the last one says how many wishes are on none."""
    sheets = laid or [[]]
    more = len(asked) - sum(map(len, sheets))
    last = len(sheets) - 1
    return [
        replace(leaf, wishes=each, more=more if place == last else 0) for place, each in enumerate(sheets)
    ]


def _facts(here: Here, room: Viewer, workshop: Workshop) -> dict[str, Any]:
    """What stands on the sheets that answer something: as it is now, for everybody the same."""
    kinds = {step.kind for step in workshop.steps}
    asked = round_on_paper(here.viewer) if StepKind.MEASURE in kinds else None
    is_choosing = StepKind.CHOOSE in kinds
    ballot = paper_on_screen(room, workshop.id, workshop.opened_at) if is_choosing else None
    return {
        "signs": ballot.signs if ballot and ballot.is_open else [],
        "asked": asked,
        "overruled": overruled_in(here.space.id, asked.questions) if asked else {},
    }

"""Typing over sheets of paper: whose they are, and one form for each part of the meeting."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cocreate.core.audience import Viewer, Visibility
from cocreate.core.db import new_id, session
from cocreate.core.forms import Choice, as_uuid, given_form, read_form, text_of
from cocreate.core.problems import Conflict, Invalid, NotFound
from cocreate.impacts.forms import ImpactForm, RealismForm, StanceForm
from cocreate.impacts.rules import Position, Realism
from cocreate.impacts.service import check_realism, propose_impact, take_stance
from cocreate.indicators.forms.choosing import BallotForm
from cocreate.indicators.forms.signs import IndicatorForm
from cocreate.indicators.queries.ballots import paper_at_stage
from cocreate.indicators.service.choosing import approve
from cocreate.indicators.service.proposing import propose_indicator
from cocreate.moments.forms import FactorForm, MomentForm
from cocreate.moments.service import MomentDraft, name_factor, share_moment
from cocreate.replies.forms import CommitmentForm, MoodForm, ReplyForm, SummaryCheckForm
from cocreate.replies.queries import summaries_of
from cocreate.replies.rules import IsRight, Mood
from cocreate.replies.service import check_summary, mark_mood, promise, reply
from cocreate.spaces.access import Here, enter, enter_as_room
from cocreate.spaces.arrivals import AUDIENCES, ContributionForm
from cocreate.spaces.models import Membership, Space
from cocreate.spaces.queries import viewer_for, voices_of
from cocreate.spaces.rules import Act
from cocreate.trajectories.forms import GrowForm
from cocreate.trajectories.rules import NodeState
from cocreate.trajectories.service import Answer, grow
from cocreate.workshops.forms import NothingForm
from cocreate.workshops.forms.sheets import LabelForm
from cocreate.workshops.models import Step, Workshop
from cocreate.workshops.queries import workshop_of
from cocreate.workshops.queries.sheets import (
    entries_of,
    has_harvest,
    round_on_paper,
    sheet_in,
    sheets_of,
    wishes_on_paper,
)
from cocreate.workshops.queries.workshops import trajectory_of_workshop
from cocreate.workshops.rules import StepKind
from cocreate.workshops.service.sheets import begin_sheet, enter_part, take_back_entry
from cocreate.workshops.words import activity_name, step_question

blueprint = Blueprint("sheets", __name__)
ENTRIES: Final = "/workshops/<uuid:workshop_id>/paper/entries"
ENTRY: Final = f"{ENTRIES}/<uuid:membership_id>"
Keep = Callable[[Viewer, uuid.UUID, Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Part:
    """What can be typed over from the sheets of one kind of step: the form, and what keeps it."""

    kinds: tuple[StepKind, ...]
    form: type[ContributionForm]
    keep: Keep
    or_else: StepKind | None = None  # where it is on the sheets of a meeting without those

    def steps_in(self, workshop: Workshop) -> list[Step]:
        """On the sheets of which steps of this meeting it stands."""
        found = [step for step in workshop.steps if step.kind in self.kinds]
        return found or [step for step in workshop.steps if step.kind == self.or_else]


def _moment(viewer: Viewer, _workshop_id: uuid.UUID, form: MomentForm) -> dict[str, Any]:
    told = (form.what_happened, form.why_it_mattered, form.what_made_it_possible)
    return share_moment(viewer, form.arrival(), MomentDraft(*map(text_of, told)))


def _stance(viewer: Viewer, _workshop_id: uuid.UUID, form: StanceForm) -> dict[str, Any]:
    where = Position(form.position.data)
    return take_stance(
        viewer, form.arrival(), uuid.UUID(form.impact_id.data), where, text_of(form.reason), ""
    )


def _realism(viewer: Viewer, _workshop_id: uuid.UUID, form: RealismForm) -> dict[str, Any]:
    fair = Realism(form.answer.data)
    return check_realism(viewer, form.arrival(), uuid.UUID(form.impact_id.data), fair, text_of(form.reason))


def _sign(viewer: Viewer, _workshop_id: uuid.UUID, form: IndicatorForm) -> dict[str, Any]:
    about = uuid.UUID(form.impact_id.data)
    return propose_indicator(viewer, form.arrival(), about, text_of(form.question))


def _ballot(viewer: Viewer, _workshop_id: uuid.UUID, form: BallotForm) -> dict[str, Any]:
    return approve(viewer, form.arrival(), uuid.UUID(form.choosing_id.data), form.approved.data or ())


def _stop(viewer: Viewer, workshop_id: uuid.UUID, form: GrowForm) -> dict[str, Any]:
    trajectory = trajectory_of_workshop(workshop_id)
    if trajectory is None:
        raise NotFound
    answer = Answer(text_of(form.text), None, None, NodeState(form.state.data))
    return grow(viewer, form.arrival(), trajectory.id, answer)


def _mood(viewer: Viewer, _workshop_id: uuid.UUID, form: MoodForm) -> dict[str, Any]:
    return mark_mood(viewer, form.arrival(), uuid.UUID(form.step_id.data), Mood(form.mood.data))


def _check(viewer: Viewer, _workshop_id: uuid.UUID, form: SummaryCheckForm) -> dict[str, Any]:
    about, said = uuid.UUID(form.summary_id.data), IsRight(form.answer.data)
    return check_summary(viewer, form.arrival(), about, said, text_of(form.text))


PARTS: Final[Mapping[str, Part]] = {
    "moment": Part((StepKind.MOMENTS,), MomentForm, _moment),
    "working_factor": Part(
        (StepKind.FACTORS,),
        FactorForm,
        lambda viewer, _at, form: name_factor(viewer, form.arrival(), text_of(form.name)),
    ),
    "impact": Part(
        (StepKind.IMPACTS,),
        ImpactForm,
        lambda viewer, _at, form: propose_impact(viewer, form.arrival(), text_of(form.statement)),
    ),
    "stance": Part((StepKind.STANCES,), StanceForm, _stance, or_else=StepKind.IMPACTS),
    "indicator": Part((StepKind.INDICATORS,), IndicatorForm, _sign),
    "realism": Part((StepKind.REALISM,), RealismForm, _realism),
    "ballot": Part((StepKind.CHOOSE,), BallotForm, _ballot),
    "node": Part((StepKind.MAP,), GrowForm, _stop),
    "mood": Part((StepKind.CHECK_IN, StepKind.CHECK_OUT), MoodForm, _mood),
    "reply": Part(
        (StepKind.OPEN_QUESTION,),
        ReplyForm,
        lambda viewer, _at, form: reply(
            viewer, form.arrival(), uuid.UUID(form.step_id.data), text_of(form.text)
        ),
    ),
    "commitment": Part(
        (StepKind.COMMITMENTS,),
        CommitmentForm,
        lambda viewer, _at, form: promise(viewer, form.arrival(), text_of(form.text), form.by_on.data),
    ),
    "summary_check": Part((StepKind.READ_BACK,), SummaryCheckForm, _check),
}


@blueprint.route(ENTRIES, methods=["GET", "POST"])
def sheets(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """Which labels were typed over, and the next one."""
    workshop, here = _led(workshop_id)
    form = LabelForm(formdata=None) if request.method != "POST" else given_form(LabelForm)
    if request.method == "POST" and form.validate():
        try:
            chosen = as_uuid(form.voice_id.data)
            begun = begin_sheet(here.viewer, workshop_id, text_of(form.label), chosen, form.is_one_person)
        except Invalid as refused:
            for name, told in refused.fields.items():
                form[name].errors = list(told)
            if form.is_same.errors:
                form.ask()
        else:
            return redirect(f"/workshops/{workshop_id}/paper/entries/{begun}", 303)
    form.voice_id.choices = [
        Choice(str(each.id), each.name) for each in voices_of(here.space.id) if not each.is_imported
    ]
    page = render_template(
        "workshops/labels.html",
        here=here,
        space=here.space,
        workshop=workshop,
        form=form,
        written=sheets_of(workshop),
    )
    return page, 422 if request.method == "POST" else 200


@blueprint.get(ENTRY)
def sheet(workshop_id: uuid.UUID, membership_id: uuid.UUID) -> ResponseReturnValue:
    """What stands on the sheets of one label: a form for each part of the meeting."""
    workshop, here = _led(workshop_id)
    return _page(here, workshop, membership_id)


@blueprint.post(f"{ENTRY}/<topic>")
def type_over(workshop_id: uuid.UUID, membership_id: uuid.UUID, topic: str) -> ResponseReturnValue:
    """Keep one thing from a sheet. The same form twice is one thing."""
    workshop, here = _led(workshop_id)
    sheet_in(workshop, membership_id)
    part = PARTS.get(topic)
    if part is None:
        raise NotFound
    form = given_form(part.form)
    if not form.validate():
        return _page(here, workshop, membership_id, (topic, form, "")), 422
    form.workshop_id.data = str(workshop_id)
    if not form.step_id.data:
        form.step_id.data = next((str(step.id) for step in part.steps_in(workshop)), "")
    try:
        enter_part(
            here.viewer, workshop_id, membership_id, lambda writer: part.keep(writer, workshop_id, form)
        )
    except (Conflict, Invalid) as refused:
        return _page(here, workshop, membership_id, (topic, form, str(refused.message))), refused.status
    return redirect(f"/workshops/{workshop_id}/paper/entries/{membership_id}?kept={topic}#{topic}", 303)


@blueprint.post(f"{ENTRY}/<uuid:contribution_id>/withdrawal")
def take_back(
    workshop_id: uuid.UUID, membership_id: uuid.UUID, contribution_id: uuid.UUID
) -> ResponseReturnValue:
    """It was mistyped."""
    read_form(NothingForm)
    workshop, here = _led(workshop_id)
    sheet_in(workshop, membership_id)
    take_back_entry(here.viewer, workshop_id, membership_id, contribution_id)
    return redirect(f"/workshops/{workshop_id}/paper/entries/{membership_id}?kept=back", 303)


def _led(workshop_id: uuid.UUID) -> tuple[Workshop, Here]:
    workshop = workshop_of(workshop_id)
    return workshop, enter(workshop.space_id, Act.FACILITATE)


def _page(
    here: Here,
    workshop: Workshop,
    membership_id: uuid.UUID,
    refused: tuple[str, ContributionForm, str] | None = None,
) -> str:
    writer = _writer(here, workshop, membership_id)
    room = replace(enter_as_room(here.space.id, workshop.id), sees_space=True)
    kinds = {StepKind(step.kind) for step in workshop.steps}
    wanted = {topic: part for topic, part in PARTS.items() if part.steps_in(workshop)}
    forms: dict[str, ContributionForm] = {
        topic: part.form(formdata=None, data={"id": str(new_id())}) for topic, part in wanted.items()
    }
    if refused:
        forms[refused[0]] = refused[1]
    for topic, form in forms.items():
        if form.visibility is not None:
            form.visibility.choices = _audiences(wanted[topic].steps_in(workshop))
    return render_template(
        "workshops/entries.html",
        here=here,
        space=here.space,
        workshop=workshop,
        written=sheet_in(workshop, membership_id),
        forms_of=forms,
        names={topic: activity_name(part.kinds[0]) for topic, part in wanted.items()},
        refused=refused,
        steps_of={
            topic: [(step, step_question(step)) for step in part.steps_in(workshop)]
            for topic, part in wanted.items()
        },
        summaries=summaries_of(here.space.id, workshop.id),
        wishes=sorted(wishes_on_paper(room, workshop), key=lambda wish: wish.number),
        ballot=paper_at_stage(writer, workshop.id, workshop.opened_at) if StepKind.CHOOSE in kinds else None,
        asked=round_on_paper(here.viewer) if StepKind.MEASURE in kinds else None,
        entries=entries_of(here.viewer, workshop, membership_id),
        is_settled=has_harvest(workshop),
        kept=request.args.get("kept"),
    )


def _audiences(steps: list[Step]) -> list[Choice]:
    """Only as far as the sheets of these steps go."""
    order = list(Visibility)
    farthest = max(order.index(Visibility(step.widest or Visibility.PUBLIC)) for step in steps)
    return [each for each in AUDIENCES if order.index(each.value) <= farthest]


def _writer(here: Here, workshop: Workshop, membership_id: uuid.UUID) -> Viewer:
    sheet_in(workshop, membership_id)
    membership = session().get_one(Membership, membership_id)
    return viewer_for(session().get_one(Space, here.space.id), membership)

"""The stage: one thing at a time, the same for everybody, on every tablet."""

import uuid
from typing import Final

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from cocreate.core.problems import NotFound
from cocreate.impacts.forms import ImpactForm, RealismForm, StanceForm
from cocreate.impacts.models import DesiredImpact, RealismCheck, Stance
from cocreate.impacts.queries import drawn_proposals
from cocreate.indicators.forms.choosing import BallotForm
from cocreate.indicators.forms.signs import IndicatorForm
from cocreate.indicators.models import Indicator
from cocreate.indicators.queries.answering import Sheet, round_for
from cocreate.indicators.queries.ballots import paper_at_stage
from cocreate.indicators.queries.choosing import leads
from cocreate.indicators.service.rounds import bring_up_to_date
from cocreate.indicators.views.answering import answering_of
from cocreate.moments.forms import FactorForm, MomentForm
from cocreate.moments.models import Moment, WorkingFactor
from cocreate.moments.queries import naming
from cocreate.replies.forms import CommitmentForm, MoodForm, ReplyForm, SummaryCheckForm
from cocreate.replies.models import Commitment, Reply
from cocreate.replies.queries import mood_of, to_read_back
from cocreate.spaces.access import Here, enter
from cocreate.spaces.queries import voices_of
from cocreate.spaces.rules import Act, may
from cocreate.spaces.shelves import facts, mine, versions
from cocreate.trajectories.forms import GrowForm
from cocreate.trajectories.models import Node
from cocreate.trajectories.queries import map_of, unfolded
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries import workshop_of
from cocreate.workshops.queries.attendance import limits_of
from cocreate.workshops.queries.pace import pace_of
from cocreate.workshops.queries.parts import for_stage
from cocreate.workshops.queries.workshops import trajectory_of_workshop
from cocreate.workshops.rescue import proof_of
from cocreate.workshops.rules import StepKind
from cocreate.workshops.words import built_in_question, limit_words, questions_of, step_question

blueprint = Blueprint("stage", __name__)
MOST_OPENED: Final = 100  # threads of a large map that one address can hold open


@blueprint.get("/workshops/<uuid:workshop_id>/stage")
def stage(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """Every step is in the page and one is shown: moving on fetches nothing, and no word typed is lost.

    `?part=ballot` gives only what can be chosen from now, and `?part=summaries` what is read back: both may
    come later than the page.
    """
    workshop = workshop_of(workshop_id)
    here = enter(workshop.space_id, Act.CONTRIBUTE)
    if workshop_id not in here.viewer.workshop_ids or here.membership is None:
        raise NotFound
    part = _part(here, workshop)
    if part is not None:
        return part
    return render_template(
        "workshops/stage.html",
        here=here,
        workshop=workshop,
        steps=[(step, step_question(step)) for step in workshop.steps],
        shown=_shown(workshop),
        goodbye=built_in_question(StepKind.CLOSE),
        seq=here.seq,
        proof=proof_of(str(current_app.config["SECRET_KEY"]), workshop.id, here.membership.id),
        limits=limits_of(here.viewer, workshop),
        limit_words=limit_words,
        voice=next((v for v in voices_of(here.space.id) if v.id == here.viewer.voice_id), None),
        forms_of=_forms(here, workshop),
        proposals=_proposals(here),
        naming=naming(here.viewer, workshop_id),
        told=_told(here, workshop_id),
        timing=pace_of(workshop_id),
        questions_of=questions_of,
        moods=mood_of(here.viewer, [step.id for step in workshop.steps]),
        read_back=to_read_back(here.viewer, workshop_id),
        **for_stage(here.viewer, workshop, request.args.get("moment", type=uuid.UUID)),
        **_ballot(here, workshop),
        **_map(here, workshop),
        **answering_of(here, _round(here, workshop), workshop_id),
    )


def _shown(workshop: Workshop) -> str:
    """Which part stands there first: where everybody is; once the meeting is closed, how people part."""
    if workshop.closed_at is None:
        return str(workshop.current_step_id or "")
    return next((str(step.id) for step in workshop.steps if step.kind == StepKind.CLOSE), StepKind.CLOSE)


def _part(here: Here, workshop: Workshop) -> str | None:
    """What came later than the page, without the page."""
    part = request.args.get("part")
    if part == "ballot":
        return render_template("indicators/_ballot.html", **_ballot(here, workshop))
    if part == "summaries":
        return render_template(
            "replies/_summaries.html",
            here=here,
            space=here.space,
            step=workshop.current_step,
            forms_of=_forms(here, workshop),
            read_back=to_read_back(here.viewer, workshop.id),
        )
    return None


def _ballot(here: Here, workshop: Workshop) -> dict[str, object]:
    """What the step at which people choose needs."""
    return {
        "space": here.space,
        "paper": paper_at_stage(here.viewer, workshop.id, workshop.opened_at),
        "leads_panel": here.viewer.voice_id is not None and leads(here.viewer, here.viewer.voice_id),
    }


def _map(here: Here, workshop: Workshop) -> dict[str, object]:
    """What the step at the map needs. Once the meeting is closed there is only looking."""
    trajectory = trajectory_of_workshop(workshop.id)
    if trajectory is None:
        return {"trajectory": None}
    seen = map_of(here.viewer, trajectory, refers=True)
    wanted = request.args.getlist("open", type=uuid.UUID)[:MOST_OPENED]
    return {
        "trajectory": trajectory,
        "map": unfolded(seen, [*map(str, wanted)]),
        "total": len(seen.nodes),
        "view": "stage",
        "may_draw": workshop.is_open,
        "may_facilitate": may(here.viewer, Act.FACILITATE),
    }


def _round(here: Here, workshop: Workshop) -> Sheet | None:
    asks = any(step.kind == StepKind.MEASURE for step in workshop.steps)
    if asks:
        bring_up_to_date(here.viewer)
    return round_for(here.viewer) if asks else None


def _forms(here: Here, workshop: Workshop) -> dict[str, object]:
    common = {
        "workshop_id": str(workshop.id),
        "membership_id": str(here.viewer.membership_id),
        "visibility": here.membership.shares_with if here.membership else None,
    }
    kinds = {
        "moment": MomentForm,
        "working_factor": FactorForm,
        "impact": ImpactForm,
        "stance": StanceForm,
        "indicator": IndicatorForm,
        "realism": RealismForm,
        "ballot": BallotForm,
        "node": GrowForm,
        "mood": MoodForm,
        "reply": ReplyForm,
        "commitment": CommitmentForm,
        "summary_check": SummaryCheckForm,
    }
    return {topic: kind(formdata=None, data=common) for topic, kind in kinds.items()}


def _proposals(here: Here) -> list[dict[str, object]]:
    """What others want, oldest first, and where I stand already."""
    seen = versions(here.viewer, DesiredImpact)[::-1]
    ids = [impact_id for impact_id, _version in seen]
    found = facts(DesiredImpact, ids, DesiredImpact.maker_id.expression)
    stands = {stance.impact_id: stance.position for stance in mine(here.viewer, Stance)}
    fair = {check.impact_id: check.answer for check in mine(here.viewer, RealismCheck)}
    cards = dict(zip(found, drawn_proposals(found), strict=True))
    return [
        {
            "id": impact_id,
            "statement": found[impact_id]["statement"],
            "card": cards[impact_id],
            "is_mine": found[impact_id]["maker_id"] == here.viewer.membership_id,
            "position": stands.get(impact_id),
            "realism": fair.get(impact_id),
        }
        for impact_id in ids
        if impact_id in found
    ]


def _told(here: Here, workshop_id: uuid.UUID) -> dict[str, list[tuple[uuid.UUID, str, bool]]]:
    """What I told in this workshop, by topic: id, words, and whether somebody wrote them down for me."""
    return {
        kind.topic: [
            (made.id, getattr(made, kind.words[0]), made.is_by_helper)
            for made in mine(here.viewer, kind)
            if made.workshop_id == workshop_id
        ]
        for kind in (Moment, WorkingFactor, DesiredImpact, Indicator, Reply, Commitment, Node)
    }

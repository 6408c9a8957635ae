"""The stage: one thing at a time, the same for everybody, on every tablet."""

import uuid
from typing import Final

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from cocreate.core.cards import render_cards
from cocreate.core.problems import NotFound
from cocreate.impacts.forms import ImpactForm, RealismForm, StanceForm
from cocreate.impacts.models import DesiredImpact, RealismCheck, Stance
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
from cocreate.spaces.access import Here, enter
from cocreate.spaces.queries import voices_of
from cocreate.spaces.rules import Act, may
from cocreate.spaces.shelves import facts, mine, versions
from cocreate.trajectories.forms import GrowForm
from cocreate.trajectories.models import Node
from cocreate.trajectories.queries import map_of, trajectory_of_workshop, unfolded
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries import workshop_of
from cocreate.workshops.rules import StepKind
from cocreate.workshops.words import step_question

blueprint = Blueprint("stage", __name__)
MOST_OPENED: Final = 100  # threads of a large map that one address can hold open


@blueprint.get("/workshops/<uuid:workshop_id>/stage")
def stage(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """Every step is in the page and one is shown: moving on fetches nothing, and no word typed is lost.

    `?part=ballot` gives only what can be chosen from now, which may come later than the page.
    """
    workshop = workshop_of(workshop_id)
    here = enter(workshop.space_id, Act.CONTRIBUTE)
    if workshop_id not in here.viewer.workshop_ids or here.membership is None:
        raise NotFound
    if request.args.get("part") == "ballot":
        return render_template("indicators/_ballot.html", **_ballot(here, workshop))
    return render_template(
        "workshops/stage.html",
        here=here,
        workshop=workshop,
        steps=[(step, step_question(step)) for step in workshop.steps],
        seq=here.seq,
        voice=next((v for v in voices_of(here.space.id) if v.id == here.viewer.voice_id), None),
        forms_of=_forms(here, workshop),
        proposals=_proposals(here),
        naming=naming(here.viewer, workshop_id),
        told=_told(here, workshop_id),
        **_ballot(here, workshop),
        **_map(here, workshop),
        **answering_of(here, _round(here, workshop), workshop_id),
    )


def _ballot(here: Here, workshop: Workshop) -> dict[str, object]:
    """What the step at which people choose needs."""
    return {
        "space": here.space,
        "paper": paper_at_stage(here.viewer, workshop.opened_at),
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
    }
    return {topic: kind(formdata=None, data=common) for topic, kind in kinds.items()}


def _proposals(here: Here) -> list[dict[str, object]]:
    """What others want, oldest first, and where I stand already."""
    ids = [impact_id for impact_id, _version in reversed(versions(here.viewer, DesiredImpact))]
    found = facts(DesiredImpact, ids, DesiredImpact.maker_id.expression)
    stands = {stance.impact_id: stance.position for stance in mine(here.viewer, Stance)}
    fair = {check.impact_id: check.answer for check in mine(here.viewer, RealismCheck)}
    cards = dict(zip(ids, render_cards("proposal", [(impact_id, 0) for impact_id in ids]), strict=True))
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


def _told(here: Here, workshop_id: uuid.UUID) -> dict[str, list[tuple[uuid.UUID, str]]]:
    """What I told in this workshop, by topic: id and words."""
    return {
        kind.topic: [
            (made.id, getattr(made, kind.words[0]))
            for made in mine(here.viewer, kind)
            if made.workshop_id == workshop_id
        ]
        for kind in (Moment, WorkingFactor, DesiredImpact, Indicator, Node)
    }

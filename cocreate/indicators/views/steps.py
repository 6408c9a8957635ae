"""Goals and small steps over the wire."""

import uuid
from collections.abc import Sequence

from flask import current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from cocreate.core.audience import Visibility
from cocreate.core.db import new_id
from cocreate.core.forms import as_uuid, read_form, text_of
from cocreate.impacts.rules import Circle
from cocreate.indicators.drawing.winding import Turn, winding_svg
from cocreate.indicators.forms.steps import GoalEndingForm, GoalForm, SmallStepForm
from cocreate.indicators.models import SmallStep
from cocreate.indicators.quarters import Quarter
from cocreate.indicators.queries.measuring import today_in
from cocreate.indicators.queries.step_shares import shares_of
from cocreate.indicators.queries.steps import Way, goals_shown, steps_shown, ways_of
from cocreate.indicators.rules import Direction
from cocreate.indicators.service.step_shares import publish_ended_quarters
from cocreate.indicators.service.stepping import StepDraft, end_goal, set_goal, take_step
from cocreate.indicators.views.blueprint import SPACE, blueprint
from cocreate.indicators.views.own_line import enter_as_member
from cocreate.spaces.access import Here, enter
from cocreate.spaces.arrivals import ContributionForm, receive
from cocreate.spaces.openings import is_open_between_meetings
from cocreate.spaces.rules import Act, Activity


@blueprint.get(f"{SPACE}/goals")
def goals(space_id: uuid.UUID) -> ResponseReturnValue:
    """Where I want to go and which steps I took, what others show of theirs, and how many took a step."""
    here = enter_as_member(space_id, Act.READ)
    publish_ended_quarters(space_id)
    is_open = is_open_between_meetings(space_id, Activity.STEPS) and here.may("contribute")
    today, ways = today_in(space_id), ways_of(here.viewer)
    words = direction_words()
    return render_template(
        "indicators/goals.html",
        here=here,
        space=here.space,
        ways=[(way, _road(way, here.space.timezone), _answers(here, way) if is_open else {}) for way in ways],
        new_goal=_filled(here, GoalForm(formdata=None)) if is_open else None,
        is_open=is_open_between_meetings(space_id, Activity.STEPS),
        directions=words,
        shown_goals=goals_shown(here.viewer),
        shown_steps=steps_shown(here.viewer),
        shares=shares_of(space_id, Circle.SPACE),
        quarter=Quarter.of(today),
        today=today,
    )


@blueprint.post(f"{SPACE}/goals")
def say_goal(space_id: uuid.UUID) -> ResponseReturnValue:
    """Keep where somebody wants to go, or say it in other words."""
    return receive(
        space_id,
        GoalForm,
        lambda here, form: set_goal(
            here.viewer, form.arrival(), text_of(form.text), as_uuid(form.replaces_id.data)
        ),
    )


@blueprint.post(f"{SPACE}/small-steps")
def tell_step(space_id: uuid.UUID) -> ResponseReturnValue:
    """Keep a step."""
    return receive(
        space_id,
        SmallStepForm,
        lambda here, form: take_step(
            here.viewer,
            form.arrival(),
            StepDraft(
                uuid.UUID(form.goal_id.data),
                text_of(form.text),
                Direction(form.direction.data),
                form.taken_on.data,
            ),
        ),
    )


@blueprint.post(f"{SPACE}/goals/<uuid:goal_id>/ending")
def finish(space_id: uuid.UUID, goal_id: uuid.UUID) -> ResponseReturnValue:
    """Say that a goal of mine has ended."""
    here = enter(space_id, Act.CONTRIBUTE)
    read_form(GoalEndingForm)
    end_goal(here.viewer, goal_id)
    return redirect(f"/spaces/{space_id}/goals", 303)


def direction_words() -> dict[str, str]:
    """What a step says of where it went, in a word."""
    return {
        Direction.TOWARDS: _("Towards where I want to go"),
        Direction.ASIDE: _("Aside"),
        Direction.BACK: _("Back"),
    }


def _answers(here: Here, way: Way) -> dict[str, ContributionForm]:
    """What its maker can say about a goal that has not ended."""
    if way.goal is None or way.ended_at is not None:
        return {}
    told = {"visibility": way.goal.visibility}
    return {
        "step": _filled(here, SmallStepForm(formdata=None), goal_id=str(way.goal.id)),
        "other": _filled(
            here, GoalForm(formdata=None), replaces_id=str(way.goal.id), text=way.goal.text, **told
        ),
    }


def _filled(here: Here, form: ContributionForm, **more: str) -> ContributionForm:
    common = {
        "id": str(new_id()),
        "membership_id": str(here.viewer.membership_id),
        "back": request.path,
        "visibility": Visibility.MAKER,
    }
    for name, value in {**common, **more}.items():
        form[name].data = value
    return form


def _road(way: Way, zone: str) -> Markup | None:
    if not way.steps:
        return None
    turns = [Turn(Direction(step.direction), _told(step, zone)) for step in way.steps]
    title = way.goal.text if way.goal else str(_("My steps"))
    key = (way.goal or way.steps[0]).id.hex
    return Markup(winding_svg(turns, key, title, _in_order(turns)))  # noqa: S704 (escapes every text)


def _told(step: SmallStep, zone: str) -> str:
    day = current_app.jinja_env.filters["local_date"](step.taken_on, zone)
    return f"{day}: {step.text} ({direction_words()[step.direction].lower()})"


def _in_order(turns: Sequence[Turn]) -> str:
    return "; ".join(turn.told for turn in turns)

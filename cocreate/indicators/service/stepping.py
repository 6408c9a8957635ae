"""Saying where I want to go, and which small steps I took."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from cocreate.core.audience import Viewer, Visibility
from cocreate.core.changes import Log, changing
from cocreate.core.db import utcnow
from cocreate.core.problems import Conflict, Invalid, NotFound
from cocreate.indicators.models import Goal, SmallStep
from cocreate.indicators.queries.measuring import today_in
from cocreate.indicators.queries.wordings import worded
from cocreate.indicators.rules import Direction
from cocreate.indicators.service.step_shares import goal_withdrawn
from cocreate.spaces.aside import hiding_of, note_hiding
from cocreate.spaces.contributions import Arrival, contribute, record
from cocreate.spaces.rules import Act, Activity, may


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A step as somebody tells it; without a day it was today."""

    goal_id: uuid.UUID
    text: str
    direction: Direction
    taken_on: date | None = None


def set_goal(
    viewer: Viewer, arrival: Arrival, text: str, replaces_id: uuid.UUID | None = None
) -> dict[str, Any]:
    """Keep where somebody wants to go. When it takes the place of an earlier goal, that one stays to read."""

    def keep(log: Log) -> Goal:
        if replaces_id is not None:
            _require_newest(_own_goal(log, viewer, replaces_id))
        goal = Goal(
            id=arrival.id,
            space_id=log.space_id,
            maker_id=viewer.membership_id,
            workshop_id=arrival.workshop_id,
            visibility=arrival.visibility,
            text=text,
            replaces_id=replaces_id,
        )
        log.session.add(goal)
        return goal

    return contribute(viewer, arrival, Activity.STEPS, keep)


def take_step(viewer: Viewer, arrival: Arrival, draft: StepDraft) -> dict[str, Any]:
    """Keep a step of somebody: towards where they want to go, aside, or back."""

    def keep(log: Log) -> SmallStep:
        goal, today = _own_goal(log, viewer, draft.goal_id), today_in(viewer.space_id)
        if draft.taken_on and draft.taken_on > today:
            raise Invalid(_l("That day is still to come. Tell it when you took the step."))
        step = SmallStep(
            id=arrival.id,
            space_id=log.space_id,
            maker_id=viewer.membership_id,
            workshop_id=arrival.workshop_id,
            visibility=arrival.visibility,
            goal_id=goal.id,
            text=draft.text,
            direction=draft.direction,
            taken_on=draft.taken_on or today,
        )
        log.session.add(step)
        return step

    return contribute(viewer, arrival, Activity.STEPS, keep)


def end_goal(viewer: Viewer, goal_id: uuid.UUID) -> None:
    """Whose goal it is says that it has ended, in all of its words. Twice is as good as once."""
    with changing(viewer.space_id) as log:
        goal = worded(_own_goal(log, viewer, goal_id, is_ended_fine=True))
        ended_at = goal.ended_at or utcnow()
        for wording in goal.standing:
            if wording.ended_at is None:
                wording.ended_at = ended_at
                wording.touch()
                record(log, wording, "ended")


def goal_taken_back(log: Log, goal_id: uuid.UUID) -> None:
    """What follows when a wording was taken back. Were those the words of now, then the earlier ones are for
    their maker alone, until they choose again: nothing comes before others by itself.
    """
    goal_withdrawn(log, goal_id)
    taken_back = log.session.get_one(Goal, goal_id)
    goal = worded(taken_back)
    place = goal.wordings.index(taken_back)
    if all(each.withdrawn_at is not None for each in goal.wordings[place:]):
        for earlier in goal.standing:
            _keep_with_maker(log, earlier)


def _keep_with_maker(log: Log, goal: Goal) -> None:
    hiding = hiding_of(log, goal)
    if hiding is not None:  # when it comes back, it comes back to them alone
        hiding.visibility = Visibility.MAKER
        note_hiding(log, hiding, goal.maker_id)
    elif goal.visibility != Visibility.MAKER:
        record(log, goal, "hidden")  # to those who saw it until now
        goal.visibility = Visibility.MAKER
        goal.touch()
        record(log, goal, "shared")


def _own_goal(log: Log, viewer: Viewer, goal_id: uuid.UUID, *, is_ended_fine: bool = False) -> Goal:
    goal = log.session.get(Goal, goal_id)
    if goal is None or goal.space_id != viewer.space_id or goal.withdrawn_at is not None:
        raise NotFound
    if not may(viewer, Act.CONTRIBUTE, goal.maker_id):
        raise NotFound
    if not is_ended_fine and worded(goal).ended_at is not None:
        raise Conflict(_l("You ended this goal. Say where you want to go now."))
    return goal


def _require_newest(goal: Goal) -> None:
    if worded(goal).newest is not goal:
        raise Conflict(_l("You said this in other words already. Change those."))

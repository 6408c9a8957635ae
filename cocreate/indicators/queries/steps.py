"""Reading goals and small steps: my own way, and what others show of theirs."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from cocreate.core.audience import Viewer, visible
from cocreate.core.db import session
from cocreate.indicators.models import Goal, SmallStep
from cocreate.indicators.queries.wordings import goals_worded
from cocreate.spaces.queries import VoiceFacts, voices_by_maker

MOST = 200  # a page is not an archive


@dataclass(slots=True)
class Way:
    """One goal of somebody with its earlier wordings, newest first, and its steps, oldest first."""

    wordings: list[Goal]
    steps: list[SmallStep] = field(default_factory=list)
    ended_at: datetime | None = None

    @property
    def goal(self) -> Goal | None:
        """How it is said now; None when all of it was taken back."""
        return self.wordings[0] if self.wordings else None


@dataclass(frozen=True, slots=True)
class ShownGoal:
    """A goal that somebody shows to others."""

    goal: Goal
    voice: VoiceFacts | None


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step that somebody shows to others; `towards` says where to, when they show that too."""

    step: SmallStep
    voice: VoiceFacts | None
    towards: str | None


def ways_of(viewer: Viewer) -> list[Way]:
    """The viewer's own goals, newest first, each with all of its wordings and steps. Nothing is lost."""
    if viewer.membership_id is None:
        return []
    ways: dict[uuid.UUID, Way] = {}  # by each of its wordings
    found = []
    for goal in goals_worded(viewer.space_id, {viewer.membership_id}):
        found.append(Way(goal.standing[::-1], ended_at=goal.ended_at))
        ways |= {wording.id: found[-1] for wording in goal.wordings}
    for step in _steps_of(viewer):
        ways[step.goal_id].steps.append(step)
    return [way for way in found[::-1] if way.wordings or way.steps]


def goals_shown(viewer: Viewer, maker_id: uuid.UUID | None = None) -> list[ShownGoal]:
    """The goals that others show to this viewer, as they say them now, newest first; or of one person."""
    query = select(Goal).where(Goal.withdrawn_at.is_(None), Goal.ended_at.is_(None), visible(viewer, Goal))
    query = query.where(Goal.maker_id != viewer.membership_id)
    if maker_id is not None:
        query = query.where(Goal.maker_id == maker_id)
    shown = list(session().scalars(query.order_by(Goal.created_at.desc(), Goal.id.desc())))
    going_on = [
        goal.newest
        for goal in goals_worded(viewer.space_id, {goal.maker_id for goal in shown})
        if not goal.ended_at
    ]
    goals = [goal for goal in shown if goal in going_on][:MOST]
    voices = voices_by_maker(goal.maker_id for goal in goals)
    return [ShownGoal(goal, voices.get(goal.maker_id)) for goal in goals]


def steps_shown(viewer: Viewer) -> list[ShownStep]:
    """The steps that others show to this viewer, newest first; nobody's are counted."""
    query = select(SmallStep).where(SmallStep.withdrawn_at.is_(None), visible(viewer, SmallStep))
    query = query.where(SmallStep.maker_id != viewer.membership_id)
    newest = query.order_by(SmallStep.created_at.desc(), SmallStep.id.desc()).limit(MOST)
    steps = list(session().scalars(newest))
    voices = voices_by_maker(step.maker_id for step in steps)
    told = _texts_of(viewer, {step.goal_id for step in steps})
    return [ShownStep(step, voices.get(step.maker_id), told.get(step.goal_id)) for step in steps]


def _steps_of(viewer: Viewer) -> Iterable[SmallStep]:
    query = select(SmallStep).where(
        SmallStep.maker_id == viewer.membership_id,
        SmallStep.space_id == viewer.space_id,
        SmallStep.withdrawn_at.is_(None),
    )
    return session().scalars(query.order_by(SmallStep.taken_on, SmallStep.created_at, SmallStep.id))


def _texts_of(viewer: Viewer, ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    told: dict[uuid.UUID, str] = defaultdict(str)
    query = select(Goal.id, Goal.text).where(Goal.id.in_(ids), Goal.withdrawn_at.is_(None))
    told.update((row[0], row[1]) for row in session().execute(query.where(visible(viewer, Goal))))
    return dict(told)

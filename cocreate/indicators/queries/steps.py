"""Reading goals and small steps: my own way, and what others show of theirs."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from cocreate.core.audience import Viewer, visible
from cocreate.core.db import session
from cocreate.indicators.models import Goal, SmallStep
from cocreate.spaces.queries import VoiceFacts, voices_by_maker

MOST = 200  # a page is not an archive


@dataclass(slots=True)
class Way:
    """One goal of somebody with its earlier wordings, newest first, and its steps, oldest first."""

    wordings: list[Goal]
    steps: list[SmallStep] = field(default_factory=list)

    @property
    def goal(self) -> Goal | None:
        """How it is said now; None when all of it was taken back."""
        return self.wordings[0] if self.wordings else None

    @property
    def ended_at(self) -> datetime | None:
        """When its maker ended it."""
        return self.goal.ended_at if self.goal else None


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
    own = select(Goal).where(Goal.maker_id == viewer.membership_id, Goal.space_id == viewer.space_id)
    goals = list(session().scalars(own.order_by(Goal.created_at, Goal.id)))
    first = _first_of_each(goals)
    ways: dict[uuid.UUID, Way] = {}
    for goal in goals:
        way = ways.setdefault(first[goal.id], Way([]))
        if goal.withdrawn_at is None:
            way.wordings.insert(0, goal)
    for step in _steps_of(viewer):
        ways[first[step.goal_id]].steps.append(step)
    return [way for way in reversed(ways.values()) if way.wordings or way.steps]


def goals_shown(viewer: Viewer, maker_id: uuid.UUID | None = None) -> list[ShownGoal]:
    """The goals that others show to this viewer, as they say them now, newest first; or of one person."""
    later = aliased(Goal)
    is_newest = ~exists().where(later.replaces_id == Goal.id, later.withdrawn_at.is_(None))
    query = select(Goal).where(Goal.withdrawn_at.is_(None), Goal.ended_at.is_(None), visible(viewer, Goal))
    query = query.where(Goal.maker_id != viewer.membership_id, is_newest)
    if maker_id is not None:
        query = query.where(Goal.maker_id == maker_id)
    goals = list(session().scalars(query.order_by(Goal.created_at.desc(), Goal.id.desc()).limit(MOST)))
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


def _first_of_each(goals: Sequence[Goal]) -> dict[uuid.UUID, uuid.UUID]:
    """The first wording of what each goal is a wording of."""
    first: dict[uuid.UUID, uuid.UUID] = {}
    for goal in goals:  # oldest first, so that an earlier wording was seen already
        first[goal.id] = first.get(goal.replaces_id, goal.id) if goal.replaces_id else goal.id
    return first


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

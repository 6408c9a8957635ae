"""Reading which wordings are of one goal: said in other words, it is still that goal."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from cocreate.core.db import session
from cocreate.indicators.models import Goal


@dataclass(frozen=True, slots=True)
class Worded:
    """One goal of somebody in all of its wordings, oldest first; also those that were taken back."""

    wordings: list[Goal]

    @property
    def standing(self) -> list[Goal]:
        """The wordings that were not taken back."""
        return [each for each in self.wordings if each.withdrawn_at is None]

    @property
    def newest(self) -> Goal | None:
        """How it is said now; None when all of it was taken back."""
        return self.standing[-1] if self.standing else None

    @property
    def ended_at(self) -> datetime | None:
        """When its maker ended it, in whichever words it was said then."""
        return min((each.ended_at for each in self.wordings if each.ended_at), default=None)


def goals_worded(space_id: uuid.UUID, makers: Collection[uuid.UUID] | None = None) -> list[Worded]:
    """Every goal of these people in a space, or of everybody, in the order in which they were first said."""
    query = select(Goal).where(Goal.space_id == space_id)
    if makers is not None:
        query = query.where(Goal.maker_id.in_(makers))
    goals = list(session().scalars(query.order_by(Goal.created_at, Goal.id)))
    earlier = {goal.id: goal.replaces_id for goal in goals}
    found: dict[uuid.UUID, Worded] = {}
    for goal in goals:
        first = goal.id
        while (before := earlier.get(first)) is not None:
            first = before
        found.setdefault(first, Worded([])).wordings.append(goal)
    return list(found.values())


def worded(goal: Goal) -> Worded:
    """The goal that this is a wording of."""
    mine = goals_worded(goal.space_id, {goal.maker_id})
    return next(each for each in mine if goal.id in {wording.id for wording in each.wordings})

"""What follows when somebody takes back what they told: in the same transaction, everywhere."""

import uuid
from collections.abc import Callable, Mapping
from typing import Final

from cocreate.core.changes import Log
from cocreate.indicators.models import Answer, Ballot, Goal, Indicator, IndicatorStance, SmallStep, Tryout
from cocreate.indicators.service.choosing import hear_less
from cocreate.indicators.service.deciding import keep_after_ballot, keep_after_stance, keep_after_tryout
from cocreate.indicators.service.publishing import answer_withdrawn
from cocreate.indicators.service.step_shares import step_withdrawn
from cocreate.indicators.service.stepping import goal_taken_back
from cocreate.indicators.service.versions import let_go


def _settle_ballot(log: Log, ballot_id: uuid.UUID) -> None:
    hear_less(log, ballot_id)
    keep_after_ballot(log, ballot_id)


SETTLES: Final[Mapping[str, Callable[[Log, uuid.UUID], None]]] = {
    Indicator.topic: let_go,
    IndicatorStance.topic: keep_after_stance,
    Tryout.topic: keep_after_tryout,
    Answer.topic: answer_withdrawn,
    Ballot.topic: _settle_ballot,
    Goal.topic: goal_taken_back,
    SmallStep.topic: step_withdrawn,
}
# What also follows when somebody shows it to more people, or to fewer.
SETTLES_SHOWN: Final[Mapping[str, Callable[[Log, uuid.UUID], None]]] = {
    IndicatorStance.topic: keep_after_stance,
}


def settle(log: Log, topic: str, contribution_id: uuid.UUID) -> None:
    """Bring in line what hangs on a contribution that was withdrawn a moment ago."""
    if topic in SETTLES:
        SETTLES[topic](log, contribution_id)


def settle_shown(log: Log, topic: str, contribution_id: uuid.UUID) -> None:
    """Bring in line what hangs on who may see a contribution."""
    if topic in SETTLES_SHOWN:
        SETTLES_SHOWN[topic](log, contribution_id)

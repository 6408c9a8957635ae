"""What follows when somebody takes back what they told: in the same transaction, everywhere."""

import uuid
from collections.abc import Callable, Mapping
from typing import Final

from cocreate.core.changes import Log
from cocreate.indicators.service.step_shares import goal_withdrawn, step_withdrawn

SETTLES: Final[Mapping[str, Callable[[Log, uuid.UUID], None]]] = {
    "goal": goal_withdrawn,
    "small_step": step_withdrawn,
}


def settle(log: Log, topic: str, contribution_id: uuid.UUID) -> None:
    """Bring in line what hangs on a contribution that was withdrawn a moment ago."""
    if topic in SETTLES:
        SETTLES[topic](log, contribution_id)

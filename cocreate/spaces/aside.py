"""What was set aside by who leads stays so, whatever happens to it meanwhile."""

import uuid
from typing import Any

from cocreate.core.audience import Audience, Visibility
from cocreate.core.changes import Log
from cocreate.core.db import utcnow
from cocreate.spaces.models import Hiding


def hiding_of(log: Log, made: Any) -> Hiding | None:
    """How this contribution was set aside, while that holds."""
    hiding = log.session.get(Hiding, made.id)
    return hiding if hiding is not None and hiding.restored_at is None else None


def words_aside(made: Any) -> list[str]:
    """What of it nobody else reads while it is set aside: of an answer with a reason only the reason."""
    told: list[str] = made.told
    return told[1:] if made.counts_when_aside else told


def stay_aside(log: Log, made: Any) -> None:
    """Telling something again does not bring it back; it may make it come back to fewer people."""
    hiding = hiding_of(log, made) if made.version > 1 else None
    if hiding is not None and not made.counts_when_aside:
        hiding.visibility = Visibility(hiding.visibility).least(Visibility(made.visibility))
        made.visibility = Visibility.MAKER


def narrow_aside(log: Log, hiding: Hiding, visibility: Visibility, maker_id: uuid.UUID) -> None:
    """Its maker chose who may see it when it comes back: no more than saw it when it was set aside."""
    hiding.visibility = Visibility(hiding.visibility).least(visibility)
    note_hiding(log, hiding, maker_id)


def note_withdrawal(log: Log, made: Any) -> None:
    """It was taken back: who leads no longer reads it, nor why it was set aside, which may repeat it."""
    hiding = log.session.get(Hiding, made.id)
    if hiding is not None:
        hiding.reason = ""
        if made.counts_when_aside:  # who answers anew later says it in other words
            hiding.restored_at = utcnow()
        note_hiding(log, hiding, made.maker_id)


def note_hiding(log: Log, hiding: Hiding, actor_id: uuid.UUID | None) -> None:
    """Write down that what was set aside looks different: for who leads, and for its maker."""
    log.record(
        "hiding",
        "changed",
        audience=Audience(Visibility.WORKSHOP, None, hiding.workshop_id),
        subject_type="hiding",
        subject_id=hiding.subject_id,
        actor_id=actor_id,
    )

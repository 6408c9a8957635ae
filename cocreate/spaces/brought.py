"""What somebody told comes in by another hand: in a file, or on a tablet at which somebody else sits now.

It may be older than what its maker said since. What they said last stays, and nobody sees more by it.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from cocreate.core.audience import Audience, Visibility
from cocreate.core.changes import Log, Receipt
from cocreate.core.db import utcnow
from cocreate.core.problems import Conflict

_WITH_TIME: Final = 7  # the version of ids that begin with the moment at which they were made
_BY_ANOTHER: Final = ContextVar("by_another_hand", default=False)


class SaidAgainError(Conflict):
    """Its maker said this again since; that stays as it is."""

    def __init__(self, topic: str) -> None:
        super().__init__(_l("This was said again since. That stays as it is."))
        self.topic = topic


@contextmanager
def by_another_hand() -> Iterator[None]:
    """All that is told within comes from somebody who is not here to see what they said since."""
    before = _BY_ANOTHER.set(True)
    try:
        yield
    finally:
        _BY_ANOTHER.reset(before)


def is_by_another_hand() -> bool:
    """Whether what is told now is not sent by its maker."""
    return _BY_ANOTHER.get()


def leave_what_is_newer(log: Log, made: Any, arrival_id: uuid.UUID) -> None:
    """`SaidAgainError` unless what comes in was told after all that its maker said about it, on one clock.

    What they took back stays gone. Where nobody can say when something was told, what is there stays.
    """
    if not is_by_another_hand():
        return
    told = _told_at(arrival_id)
    before = [_told_at(each) for each in [made.id, *_told_again(log, made)]]
    now = utcnow().timestamp() * 1000
    is_newer = told is not None and told <= now and all(each is not None and each < told for each in before)
    if made.withdrawn_at is not None or not is_newer:
        raise SaidAgainError(made.topic)


def show_to_nobody_more(log: Log, made: Any) -> None:
    """What changes by another hand is seen by those who saw it before, at most."""
    before: Audience | None = log.before.get(made.id)
    if before is None or not is_by_another_hand():
        return
    made.visibility = Visibility(made.visibility).least(before.visibility)
    if made.visibility == Visibility.WORKSHOP and made.workshop_id != before.workshop_id:
        made.visibility = Visibility.MAKER


def _told_again(log: Log, made: Any) -> list[uuid.UUID]:
    """The ids under which its maker told it, each time anew."""
    query = select(Receipt.id, Receipt.answer).where(
        Receipt.space_id == log.space_id,
        Receipt.membership_id == made.maker_id,
        Receipt.kind == made.topic,
    )
    rows = log.session.execute(query)
    return [row.id for row in rows if row.answer.get("subject_id") == str(made.id)]


def _told_at(own_id: uuid.UUID) -> int | None:
    """When a device made this id, in milliseconds on its own clock; none where the id does not say so."""
    return own_id.int >> 80 if own_id.version == _WITH_TIME else None

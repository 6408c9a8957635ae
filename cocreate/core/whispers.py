"""Whispers: what is said for a moment and never kept, such as who looks at which stop of a map.

Not in the log, no words of people in it, best effort. Who misses one misses nothing.
"""

import json
import logging
import os
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from cocreate.core.audience import Audience, Visibility
from cocreate.core.db import session

CHANNEL = "cocreate_whispers"
LARGEST = 2048  # bytes; PostgreSQL would carry 8,000

logger = logging.getLogger("cocreate.live")
_MARK = secrets.token_hex(4)


@dataclass(frozen=True, slots=True)
class Whisper:
    """Something said in passing. Of one topic and one `data["who"]` only the newest counts."""

    space_id: uuid.UUID
    audience: Audience
    topic: str
    data: dict[str, Any]

    @property
    def key(self) -> tuple[str, str]:
        """What a newer whisper must share with this one to take its place."""
        return self.topic, str(self.data.get("who", ""))

    def pack(self) -> str:
        """As it goes to the other processes."""
        for_whom = [self.audience.visibility, self.audience.maker_id, self.audience.workshop_id]
        facts = [_this_process(), self.space_id, *for_whom, self.topic, self.data]
        return json.dumps(facts, default=str, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def unpack(cls, packed: str) -> Self | None:
        """What another process said; None when it was this one. `ValueError` when it is not ours."""
        try:
            process, space, visibility, maker, workshop, topic, data = json.loads(packed)
            if process == _this_process():
                return None
            audience = Audience(Visibility(visibility), _id(maker), _id(workshop))
            return cls(uuid.UUID(space), audience, str(topic), dict(data))
        except (TypeError, AttributeError) as error:
            raise ValueError("no whisper of ours") from error


Listener = Callable[[Whisper], None]
_listeners: list[Listener] = []


def on_whisper(listener: Listener) -> None:
    """Have `listener(whisper)` called in this process for each whisper that was said in it."""
    _listeners.append(listener)


def whisper(space_id: uuid.UUID, audience: Audience, topic: str, data: dict[str, Any]) -> None:
    """Say this to who is looking now; inside a transaction, when that is committed.

    `data["who"]` says whose earlier one it replaces. More than `LARGEST` bytes are dropped.
    """
    said = Whisper(space_id, audience, topic, data)
    packed = said.pack()
    if len(packed.encode()) > LARGEST:
        logger.warning("a whisper of %d characters about %s was dropped", len(packed), topic)
        return
    transaction = session()
    if transaction.info.get("writing"):
        transaction.info.setdefault("after_commit", []).append(lambda: _pass_on(said, packed))
    else:
        _pass_on(said, packed)


def _pass_on(said: Whisper, packed: str) -> None:
    for listener in _listeners:
        listener(said)
    if session().get_bind().dialect.name == "postgresql":
        _tell_other_processes(packed)


def _tell_other_processes(packed: str) -> None:
    # A notification is a write, and nobody waits for this one to be on the disk.
    at_ease = func.set_config("synchronous_commit", "off", True)
    try:
        session().execute(select(at_ease, func.pg_notify(CHANNEL, packed)))
        session().commit()
    except SQLAlchemyError as error:
        session().rollback()
        logger.warning("a whisper was not passed on: %s", type(error).__name__)


def _this_process() -> str:
    # Asked each time: a process that forks after this module was read is not its parent.
    return f"{_MARK}-{os.getpid()}"


def _id(text: str | None) -> uuid.UUID | None:
    return uuid.UUID(text) if text else None

"""The log: one row for everything that happens in a space, numbered without gaps."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, Uuid, bindparam, func, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from cocreate.core.audience import Audience, Visibility
from cocreate.core.db import Model, UTCDateTime, session, utcnow, writing
from cocreate.core.problems import NotFound

CHANNEL = "cocreate_changes"


class LogHead(Model):
    """The last number given out in a space. Its row lock puts the writers of a space in a row."""

    __tablename__ = "log_head"

    space_id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    seq: Mapped[int] = mapped_column(default=0)


class Change(Model):
    """Something happened: what, to what, by which membership, for whom to see."""

    __tablename__ = "change"
    __table_args__ = (
        Index("ix_change_subject", "subject_type", "subject_id"),
        Index("ix_change_scope", "space_id", "scope_id", "seq"),
    )

    space_id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    topic: Mapped[str] = mapped_column(String(32))
    verb: Mapped[str] = mapped_column(String(32))
    subject_type: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    scope_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)  # the map a node is on
    actor_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    visibility: Mapped[str] = mapped_column(String(16))
    maker_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    workshop_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)

    @property
    def audience(self) -> Audience:
        """For whom this row is meant."""
        return Audience(Visibility(self.visibility), self.maker_id, self.workshop_id)


class Receipt(Model):
    """What we answered to a contribution, so that the same id twice gets the same answer."""

    __tablename__ = "receipt"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    space_id: Mapped[uuid.UUID] = mapped_column(Uuid, index=True)
    membership_id: Mapped[uuid.UUID] = mapped_column(Uuid, index=True)
    kind: Mapped[str] = mapped_column(String(32))
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)


# Built once, and sent past the unit of work, whose bookkeeping was most of what a contribution cost.
_HEAD = select(LogHead.seq).where(LogHead.space_id == bindparam("space", type_=Uuid)).with_for_update()
_ADVANCE = (
    update(LogHead).where(LogHead.space_id == bindparam("space", type_=Uuid)).values(seq=bindparam("to"))
)
_EARLIER = select(Receipt.membership_id, Receipt.space_id, Receipt.answer).where(
    Receipt.id == bindparam("id", type_=Uuid)
)


class Log:
    """Hands out numbers to one transaction that holds the head of its space."""

    def __init__(self, transaction: Session, space_id: uuid.UUID, seq: int) -> None:
        self.session = transaction
        self.space_id = space_id
        self.seq = seq
        self.before: dict[uuid.UUID, Audience] = {}  # for whom things that are told again were meant
        self._unwritten: list[dict[str, Any]] = []

    def record(
        self,
        topic: str,
        verb: str,
        *,
        audience: Audience,
        subject_type: str,
        subject_id: uuid.UUID | None = None,
        actor_id: uuid.UUID | None = None,
        scope_id: uuid.UUID | None = None,
        payload: dict[str, Any] | None = None,
    ) -> int:
        """The number of the next row, which is written before the transaction ends."""
        self.seq += 1
        self._unwritten.append(
            {
                "space_id": self.space_id,
                "seq": self.seq,
                "topic": topic,
                "verb": verb,
                "subject_type": subject_type,
                "subject_id": subject_id,
                "scope_id": scope_id,
                "actor_id": actor_id,
                "visibility": audience.visibility,
                "maker_id": audience.maker_id,
                "workshop_id": audience.workshop_id,
                "payload": payload or {},
                "created_at": utcnow(),
            }
        )
        return self.seq

    def receipt(self, contribution_id: uuid.UUID, membership_id: uuid.UUID) -> dict[str, Any] | None:
        """The first answer to this contribution, if it came before. Somebody else's id does not exist."""
        earlier = self.session.connection().execute(_EARLIER, {"id": contribution_id}).first()
        if earlier is None:
            return None
        if (earlier.membership_id, earlier.space_id) != (membership_id, self.space_id):
            raise NotFound
        answer: dict[str, Any] = earlier.answer
        return answer

    def keep_receipt(
        self, contribution_id: uuid.UUID, membership_id: uuid.UUID, kind: str, answer: dict[str, Any]
    ) -> None:
        """Remember the answer to this contribution."""
        receipt = {
            "id": contribution_id,
            "space_id": self.space_id,
            "membership_id": membership_id,
            "kind": kind,
            "answer": answer,
            "created_at": utcnow(),
        }
        self.session.connection().execute(insert(Receipt), receipt)

    def redact(self, subject_type: str, subject_id: uuid.UUID) -> None:
        """Take the words out of every row about a subject; that it happened stays."""
        self.write()
        self.session.execute(
            update(Change)
            .where(
                Change.space_id == self.space_id,
                Change.subject_type == subject_type,
                Change.subject_id == subject_id,
            )
            .values(payload={"redacted": True})
        )

    def write(self) -> None:
        """Put down what was recorded so far."""
        if self._unwritten:
            self.session.connection().execute(insert(Change), self._unwritten)
            self._unwritten = []


_listeners: list[Callable[[uuid.UUID, int], None]] = []


def on_commit(listener: Callable[[uuid.UUID, int], None]) -> None:
    """Have `listener(space_id, seq)` called in this process after each commit."""
    _listeners.append(listener)


def begin_log(space_id: uuid.UUID) -> None:
    """Give a new space its log; inside `writing()`."""
    session().add(LogHead(space_id=space_id, seq=0))
    session().flush()


@contextmanager
def changing(space_id: uuid.UUID) -> Iterator[Log]:
    """One write transaction in a space; everything recorded in it commits together, or not at all."""
    current = session()
    open_logs: dict[uuid.UUID, Log] = current.info.setdefault("logs", {})
    if space_id in open_logs:
        yield open_logs[space_id]
        return
    with writing() as transaction:
        transaction.flush()  # a space that was opened a moment ago in this same transaction
        first = transaction.connection().execute(_HEAD, {"space": space_id}).scalar()
        if first is None:
            raise NotFound
        log = open_logs[space_id] = Log(transaction, space_id, first)
        try:
            yield log
            if log.seq > first:
                _advance(transaction, log)
        finally:
            del open_logs[space_id]


def _advance(transaction: Session, log: Log) -> None:
    log.write()
    transaction.connection().execute(_ADVANCE, {"space": log.space_id, "to": log.seq})
    if transaction.get_bind().dialect.name == "postgresql":
        # Only a hint, delivered when we commit; the log is the truth.
        transaction.execute(select(func.pg_notify(CHANNEL, f"{log.space_id}:{log.seq}")))
    space_id, seq = log.space_id, log.seq
    transaction.info.setdefault("after_commit", []).append(lambda: _announce(space_id, seq))


def _announce(space_id: uuid.UUID, seq: int) -> None:
    for listener in _listeners:
        listener(space_id, seq)


def head_of(space_id: uuid.UUID) -> int:
    """The number of the last change in a space; 0 when nothing happened yet."""
    return session().execute(select(LogHead.seq).where(LogHead.space_id == space_id)).scalar() or 0


def changes_after(space_id: uuid.UUID, seq: int, limit: int) -> list[Change]:
    """The next changes of a space, in order."""
    query = (
        select(Change).where(Change.space_id == space_id, Change.seq > seq).order_by(Change.seq).limit(limit)
    )
    return list(session().scalars(query))

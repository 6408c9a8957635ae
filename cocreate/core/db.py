"""The database: one session a request, writes one at a time on SQLite."""

import threading
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, MetaData, TypeDecorator, event
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class _Base(DeclarativeBase):
    metadata = metadata


db = SQLAlchemy(
    model_class=_Base, session_options={"expire_on_commit": False, "autoflush": True}, disable_autonaming=True
)
session: scoped_session[Session] = db.session  # type: ignore[assignment]

if TYPE_CHECKING:

    class Model(DeclarativeBase):
        """What every mapped class inherits."""

        metadata = metadata
else:
    Model = db.Model

# SQLite lets one writer in. Waiting inside the database would block the whole gevent
# process, so writers queue here, where a waiting greenlet lets the others run.
_sqlite_writer = threading.RLock()


class UTCDateTime(TypeDecorator[datetime]):
    """A moment in UTC, timezone-aware on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse times without a zone; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a zone was about to be stored.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give UTC back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def utcnow() -> datetime:
    """The server's clock: the only one that counts."""
    return datetime.now(UTC)


def new_id() -> uuid.UUID:
    """A UUIDv7: time first, so that rows made together lie together."""
    milliseconds = int(utcnow().timestamp() * 1000)
    random = uuid.uuid4().int
    value = (milliseconds & (2**48 - 1)) << 80 | 0x7 << 76 | (random >> 50 & 0xFFF) << 64
    return uuid.UUID(int=value | 0b10 << 62 | random & (2**62 - 1))


@contextmanager
def writing() -> Iterator[Session]:
    """One write transaction: committed whole when the block ends, else rolled back whole.

    Never wait for anything else inside: on SQLite everybody who writes waits for this block.
    """
    current = session()
    if current.info.get("writing"):
        yield current
        return
    with _turn(current):
        current.rollback()  # ends the reading transaction, so that nothing stale is written back
        current.info["writing"] = True
        try:
            current.connection(execution_options={"begin": "IMMEDIATE"})
            yield current
            current.commit()
        except BaseException:
            current.rollback()
            current.info.pop("after_commit", None)
            raise
        finally:
            current.info.pop("writing", None)
    for tell in current.info.pop("after_commit", []):
        tell()


def empty_write_ahead_log() -> None:
    """On SQLite: leave no older pages beside the database, where words that were taken back still stand.

    While somebody reads this does nothing, rather than wait; the next one, or SQLite itself, will do it.
    """
    if session().get_bind().dialect.name != "sqlite":
        return
    with closing(db.engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 0")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA busy_timeout = 5000")
        cursor.close()


@contextmanager
def _turn(current: Session) -> Iterator[None]:
    if current.get_bind().dialect.name != "sqlite":
        yield
        return
    with _sqlite_writer:
        yield


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if not hasattr(connection, "create_function"):  # only SQLite's driver has it
        return
    connection.isolation_level = None  # we say BEGIN ourselves, see below
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 5000")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")  # what is withdrawn is overwritten, not only unlinked
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        how = connection.get_execution_options().get("begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {how}")

"""Elsewhere: how this process hears what other processes write and whisper."""

import logging
import sqlite3
import threading
import uuid
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from flask import Flask
from sqlalchemy import URL

from cocreate.core import changes, whispers
from cocreate.core.db import db

POLL_SQLITE_EVERY = 0.5
LISTEN_FOR = 1.0
BACKOFF_MAX = 5.0

logger = logging.getLogger("cocreate.live")


class Watched(Protocol):
    """The hub, as seen from here."""

    def touch(self, space_id: uuid.UUID, seq: int) -> None:
        """This space has come to `seq`."""

    def touch_all(self) -> None:
        """Anything may have happened."""

    def hear(self, whisper: whispers.Whisper) -> None:
        """Somebody whispered in another process."""


class Elsewhere(Protocol):
    """A source of hints. `pause` is how long, in seconds, the feeder may sleep between two looks."""

    pause: float

    def has_news(self) -> bool:
        """Whether to look at the log of every watched space."""

    def close(self) -> None:
        """Stop listening."""


def listen(app: Flask, hub: Watched) -> Elsewhere:
    """Start hearing what other processes write into this application's database."""
    with app.app_context():
        url = db.engine.url
    if url.get_backend_name() == "postgresql":
        return PostgresListener(url, hub)
    return SqliteWatch(url.database)


class SqliteWatch:
    """SQLite counts the commits of others; reading the counter costs microseconds.

    It carries no whispers: with several processes, each hears only its own.
    """

    pause = POLL_SQLITE_EVERY

    def __init__(self, path: str | None) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._seen = -1

    def has_news(self) -> bool:
        """Whether anybody committed since the last look; the first look always says so."""
        if not self._path or self._path == ":memory:":
            return False
        if self._connection is None:
            address = f"file:{quote(str(Path(self._path).absolute()))}?mode=rw"
            self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        before = self._seen
        self._seen = int(self._connection.execute("PRAGMA data_version").fetchone()[0])
        return self._seen != before

    def close(self) -> None:
        """Let go of the file."""
        if self._connection:
            self._connection.close()


class PostgresListener:
    """LISTEN on a connection of its own; what was said while it was down is read from the log."""

    pause = BACKOFF_MAX

    def __init__(self, url: URL, hub: Watched) -> None:
        self._address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._hub = hub
        self._closed = threading.Event()
        threading.Thread(target=self._run, name="cocreate-listen", daemon=True).start()

    def has_news(self) -> bool:
        """Nothing by itself: the listener speaks up."""
        return False

    def close(self) -> None:
        """Stop within `LISTEN_FOR` seconds."""
        self._closed.set()

    def _run(self) -> None:
        import psycopg  # noqa: PLC0415 - only installed where PostgreSQL is used

        wait = 0.1
        while not self._closed.is_set():
            try:
                with psycopg.connect(
                    self._address, autocommit=True, connect_timeout=5, keepalives_idle=10
                ) as connection:
                    connection.execute(f"LISTEN {changes.CHANNEL}; LISTEN {whispers.CHANNEL}")
                    self._hub.touch_all()
                    wait = 0.1
                    while not self._closed.is_set():
                        for note in connection.notifies(timeout=LISTEN_FOR):
                            self._pass_on(note.channel, note.payload)
            except psycopg.Error as error:
                logger.warning("the database does not speak: %s", type(error).__name__)
                self._closed.wait(wait)
                wait = min(wait * 2, BACKOFF_MAX)

    def _pass_on(self, channel: str, payload: str) -> None:
        try:
            if channel == whispers.CHANNEL:
                whisper = whispers.Whisper.unpack(payload)
                if whisper:
                    self._hub.hear(whisper)
            else:
                space, _, seq = payload.partition(":")
                self._hub.touch(uuid.UUID(space), int(seq))
        except ValueError:
            logger.warning("a notification that is not ours")

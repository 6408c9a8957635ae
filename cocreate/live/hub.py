"""The hub: the rooms of this process, and the one thread that feeds them from the log."""

import logging
import threading
import uuid
from collections.abc import Collection
from math import inf
from time import monotonic

from flask import Flask

from cocreate.config import Config
from cocreate.core.whispers import Whisper
from cocreate.live.elsewhere import Elsewhere, listen
from cocreate.live.room import Room

PAUSE_AFTER_TROUBLE = 1.0
WHISPERS_EVERY = 0.2  # seconds; thirty people who move about must not wake every stream thirty times

logger = logging.getLogger("cocreate.live")


class Hub:
    """Who watches what in this process. Nothing runs while nobody watches."""

    def __init__(self, app: Flask, config: Config) -> None:
        self._app = app
        self._config = config
        self._rooms: dict[uuid.UUID, Room] = {}
        self._stirred: set[uuid.UUID] = set()
        self._murmuring: set[uuid.UUID] = set()
        self._murmured_at = -inf
        self._feeder: threading.Thread | None = None
        self._wake = threading.Event()
        self._lock = (
            threading.RLock()
        )  # a forgotten stream may be finalised, and leave, in the middle of anything

    def enter(self, space_id: uuid.UUID, seq: int) -> Room:
        """The room of a space, for someone who knows it up to `seq`; `leave` it afterwards."""
        with self._lock:
            room = self._rooms.get(space_id)
            if room is None:
                room = self._rooms[space_id] = Room(self._app, space_id, self._config.live_backlog, seq)
                self._stirred.add(space_id)
                self._wake.set()
            room.watchers += 1
            if self._feeder is None:
                self._feeder = threading.Thread(target=self._run, name="cocreate-live", daemon=True)
                self._feeder.start()
        return room

    def leave(self, room: Room) -> None:
        """One watcher less; the last one puts out the light."""
        with self._lock:
            room.watchers -= 1
            if room.watchers == 0 and self._rooms.get(room.space_id) is room:
                del self._rooms[room.space_id]
                self._wake.set()

    def touch(self, space_id: uuid.UUID, seq: int) -> None:
        """Somebody says that a space has come to `seq`. Only a hint to look."""
        with self._lock:
            room = self._rooms.get(space_id)
            if room is None or seq <= room.head:
                return
            self._stirred.add(space_id)
        self._wake.set()

    def touch_all(self) -> None:
        """Anything may have happened, so look everywhere."""
        with self._lock:
            self._stirred.update(self._rooms)
        self._wake.set()

    def hear(self, whisper: Whisper) -> None:
        """Somebody whispered; who watches that space hears it within `WHISPERS_EVERY` seconds."""
        with self._lock:
            room = self._rooms.get(whisper.space_id)
            if room is None:
                return
            self._murmuring.add(whisper.space_id)
        room.murmur.hear(whisper, self._app.json.dumps)
        self._wake.set()

    def _run(self) -> None:
        elsewhere = listen(self._app, self)
        checked_at = rang_at = monotonic()
        try:
            while self._goes_on():
                if monotonic() - rang_at >= self._config.heartbeat / 2:
                    rang_at = monotonic()
                    self._ring_all()
                try:
                    self._feed_stirred(elsewhere)
                    if monotonic() - checked_at >= self._config.live_check:
                        checked_at = monotonic()
                        self._check_all()
                except Exception:
                    # The thread must outlive a database that is restarted.
                    logger.warning("the log cannot be read now", exc_info=True)
                    self.touch_all()
                    threading.Event().wait(PAUSE_AFTER_TROUBLE)
        finally:
            elsewhere.close()

    def _ring_all(self) -> None:
        for room in self._all_rooms():
            room.ring()

    def _goes_on(self) -> bool:
        with self._lock:
            if not self._rooms:
                self._feeder = None
            return self._feeder is threading.current_thread()

    def _feed_stirred(self, elsewhere: Elsewhere) -> None:
        due_in = self._murmured_at + WHISPERS_EVERY - monotonic() if self._murmuring else elsewhere.pause
        self._wake.wait(min(due_in, elsewhere.pause, self._config.heartbeat / 2))
        self._wake.clear()
        if elsewhere.has_news():
            self.touch_all()
        for room in self._take(self._stirred):
            room.feed()
        if monotonic() >= self._murmured_at + WHISPERS_EVERY:
            self._ring_murmuring()

    def _ring_murmuring(self) -> None:
        murmuring = self._take(self._murmuring)
        if murmuring:
            self._murmured_at = monotonic()
        for room in murmuring:
            room.ring()

    def _take(self, marked: set[uuid.UUID]) -> Collection[Room]:
        with self._lock:
            rooms = [self._rooms[space_id] for space_id in marked if space_id in self._rooms]
            marked.clear()
            return rooms

    def _check_all(self) -> None:
        for room in self._all_rooms():
            room.check()
            if room.is_over:
                self._forget(room)

    def _all_rooms(self) -> list[Room]:
        with self._lock:
            return list(self._rooms.values())

    def _forget(self, room: Room) -> None:
        with self._lock:
            if self._rooms.get(room.space_id) is room:
                del self._rooms[room.space_id]

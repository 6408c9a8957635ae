"""A room: everybody in this process who watches one space."""

import threading
import uuid

from flask import Flask

from cocreate.core.audience import Viewer, sees
from cocreate.core.changes import changes_after, head_of
from cocreate.core.faces import View
from cocreate.live.murmur import Murmur
from cocreate.live.renderings import Look, Renderings
from cocreate.live.ring import Entry, Ring, TooFarBehind

BATCH = 100  # entries drawn and sent at once; in between, others get their turn
# The surfaces that are told what is whispered, by its topic: who is at a map, and who is still writing.
HEARING = {"writing": frozenset({View.CONSOLE})}
ELSE_HEARING = frozenset({View.STAGE, View.LIBRARY})


class Room:
    """The newest part of a space's log, and the signal that there is more of it."""

    def __init__(self, app: Flask, space_id: uuid.UUID, size: int, start: int) -> None:
        self.space_id = space_id
        self.watchers = 0
        self.is_over = False
        self.signal = threading.Event()
        self.murmur = Murmur()
        self._app = app
        self._ring = Ring(size, start)
        self._renderings = Renderings(app, space_id, self._ring)
        self._reading = threading.Lock()

    @property
    def head(self) -> int:
        """The seq of the newest entry known here."""
        return self._ring.head

    def feed(self) -> None:
        """Read what is new in the log and wake everybody. Only the log says what came, and in which order."""
        with self._reading, self._app.app_context():
            is_more = True
            while is_more:
                rows = changes_after(self.space_id, self.head, BATCH)
                self._ring.append([Entry.of(row) for row in rows])
                if rows:
                    self.ring()
                is_more = len(rows) == BATCH

    def check(self) -> None:
        """Feed if the log has grown. If it shrank, after a restore or an erasure, this room is over."""
        with self._app.app_context():
            head = head_of(self.space_id)
        if head > self.head:
            self.feed()
        elif head < self.head:
            self.end()

    def end(self) -> None:
        """Send everybody away to load the page again."""
        self.is_over = True
        self.ring()

    def ring(self) -> None:
        """Wake everybody who waits."""
        # Whoever took the old signal before looking at the ring cannot miss this.
        told, self.signal = self.signal, threading.Event()
        told.set()

    def news(self, viewer: Viewer, look: Look, seq: int) -> tuple[bytes, int]:
        """What this viewer may see of the next entries, as bytes, and the seq up to which that is all.

        Raises `TooFarBehind` when the ring and the part of the log behind it do not reach back that far.
        """
        if self.is_over:
            raise TooFarBehind
        try:
            entries, reached = self._ring.after(seq, BATCH)
        except TooFarBehind:
            self._reach_back(seq)
            entries, reached = self._ring.after(seq, BATCH)
        seen = [entry for entry in entries if sees(viewer, entry.audience)]
        if not seen:
            return b"", reached
        return b"".join(drawn.seen_by(viewer) for drawn in self._renderings.of(seen, look)), reached

    def whispers(self, viewer: Viewer, look: Look, number: int) -> tuple[bytes, int]:
        """What was whispered to this viewer after `number`, and the number up to which that is all."""
        return self.murmur.after(number, viewer, lambda topic: look.view in HEARING.get(topic, ELSE_HEARING))

    def _reach_back(self, seq: int) -> None:
        with self._reading, self._app.app_context():
            missing = self._ring.floor - seq
            if missing <= 0:
                return
            if self.head - seq > self._ring.size:
                raise TooFarBehind
            self._ring.extend_back(seq, [Entry.of(row) for row in changes_after(self.space_id, seq, missing)])

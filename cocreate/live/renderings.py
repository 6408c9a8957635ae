"""Renderings: the bytes of a change on one surface in one language, made once for everybody."""

import logging
import threading
import uuid
from collections.abc import Callable
from time import monotonic
from typing import Any, NamedTuple

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from cocreate.config import Config
from cocreate.core.audience import Viewer
from cocreate.core.changes import Change
from cocreate.core.db import session
from cocreate.core.faces import Face, View, face_of
from cocreate.core.i18n import speaking
from cocreate.live.ring import Entry, Ring

# Whoever comes back later gets the change as it looks by then: a withdrawal may reach
# words by roads that the ring does not know.
KEPT_FOR = 10.0
TRANSIENT = (OperationalError, InterfaceError, PoolTimeoutError)

logger = logging.getLogger("cocreate.live")

Encoded = Callable[[dict[str, Any]], bytes]
Seen = tuple[tuple[str, int], ...]  # names and places of the parts that somebody gets


class Look(NamedTuple):
    """On which surface and in which language somebody looks."""

    view: View
    language: str


class Rendering:
    """One change as it goes over the wire; nothing when there is nothing to show here.

    Encoded once for all who get the same of it.
    """

    def __init__(
        self, drawn_at: float, known: int, face: Face | None = None, encoded: Encoded = lambda _data: b""
    ) -> None:
        self.drawn_at = drawn_at
        self.known = known
        self._face = face
        self._event = encoded(face.data) if face and not face.parts else b""
        self._outside = encoded(face.outside) if face and face.outside is not None else None
        self._encoded = encoded
        self._parted: dict[Seen, bytes] = {}

    def seen_by(self, viewer: Viewer) -> bytes:
        """What goes to this viewer, who is in the audience of the log row."""
        if self._face is None or not self._face.is_for(viewer):
            return b""
        if not viewer.is_member and self._outside is not None:
            return self._outside
        return self._with_parts(self._face, viewer) if self._face.parts else self._event

    def _with_parts(self, face: Face, viewer: Viewer) -> bytes:
        seen = face.seen_by(viewer)
        if seen not in self._parted:
            self._parted[seen] = self._encoded(face.with_parts(seen))
        return self._parted[seen]


class Renderings:
    """Draws the entries of one space, and keeps them while everybody fetches them."""

    def __init__(self, app: Flask, space_id: uuid.UUID, ring: Ring) -> None:
        self._app = app
        self._space_id = space_id
        self._ring = ring
        self._kept: dict[tuple[int, Look], Rendering] = {}
        self._lock = threading.Lock()

    def of(self, entries: list[Entry], look: Look) -> list[Rendering]:
        """These entries as they look now. Whoever comes while another draws waits for that."""
        found = self._fresh(entries, look)
        if len(found) < len(entries):
            with self._lock:
                found = self._fresh(entries, look)
                missing = [entry for entry in entries if entry.seq not in found]
                if missing:
                    found |= self._draw(missing, look)
        return [found[entry.seq] for entry in entries]

    def _fresh(self, entries: list[Entry], look: Look) -> dict[int, Rendering]:
        found = {}
        oldest = monotonic() - KEPT_FOR
        for entry in entries:
            kept = self._kept.get((entry.seq, look))
            if kept and kept.drawn_at > oldest and kept.known >= self._ring.changed_at(entry):
                found[entry.seq] = kept
        return found

    def _draw(self, entries: list[Entry], look: Look) -> dict[int, Rendering]:
        # Taken before the database is read: what changes from here on makes these stale.
        known, drawn_at = self._ring.head, monotonic()
        drawn = {}
        with self._app.test_request_context(base_url=_own_address(self._app)), speaking(look.language):
            numbers = [entry.seq for entry in entries]
            rows = session().scalars(
                select(Change).where(Change.space_id == self._space_id, Change.seq.in_(numbers))
            )
            changes = {change.seq: change for change in rows}
            for seq in numbers:
                change = changes.get(seq)
                face = self._face(change, look.view) if change else None
                if change is None or face is None:
                    drawn[seq] = Rendering(drawn_at, known)
                else:
                    drawn[seq] = Rendering(drawn_at, known, face, encoder(change, self._app.json.dumps))
        self._keep(drawn, look)
        return drawn

    def _face(self, change: Change, view: View) -> Face | None:
        try:
            return face_of(change, view)
        except TRANSIENT:
            raise
        except Exception:
            # Our mistake, which would be made again: every stream would end here, over and over.
            logger.exception("a face could not be drawn")
            session().rollback()
            return None

    def _keep(self, drawn: dict[int, Rendering], look: Look) -> None:
        oldest = monotonic() - KEPT_FOR
        for seq, rendering in drawn.items():
            self._kept.pop((seq, look), None)  # so that the dict stays in order of age
            self._kept[seq, look] = rendering
        for key in list(self._kept):
            if self._kept[key].drawn_at > oldest:
                break
            del self._kept[key]


def encoder(change: Change, dumps: Callable[..., str]) -> Encoded:
    """What makes a server-sent event out of the data of a face; it needs the row of the log no more."""
    facts = {
        "seq": change.seq,
        "topic": change.topic,
        "verb": change.verb,
        "subject_type": change.subject_type,
        "subject_id": change.subject_id,
        "workshop_id": change.workshop_id,
    }

    def encoded(data: dict[str, Any]) -> bytes:
        line = dumps({**facts, **data}, ensure_ascii=False, sort_keys=False, separators=(",", ":"))
        return f"id: {facts['seq']}\nevent: change\ndata: {line}\n\n".encode()

    return encoded


def _own_address(app: Flask) -> str | None:
    # Flask refuses to make addresses in a request for a host that is not trusted.
    config: Config = app.extensions["cocreate"]
    trusted = config.trusted_hosts[0].lstrip(".") if config.trusted_hosts else ""
    return config.base_url or (f"http://{trusted}" if trusted else None)

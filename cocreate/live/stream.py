"""One stream: what goes to one browser, from its cursor onwards."""

import logging
import secrets
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError

from cocreate.core.audience import Viewer
from cocreate.live.hub import Hub
from cocreate.live.renderings import Look
from cocreate.live.ring import TooFarBehind

LIFETIME = 600.0  # seconds; then the browser comes back, and its permissions are looked up again

logger = logging.getLogger("cocreate.live")


@dataclass(frozen=True, slots=True)
class Watcher:
    """Somebody at a stream: who they are, how they look, up to where they know."""

    space_id: uuid.UUID
    viewer: Viewer
    look: Look
    seq: int


def greet() -> bytes:
    """The first bytes. Browsers that lost the same wifi must not all come back in the same moment."""
    return f"retry: {1000 + secrets.randbelow(3001)}\n: hello\n\n".encode()


def ask_to_reload() -> bytes:
    """The only event of a stream that cannot say what was missed."""
    return greet() + b"event: reload\ndata: {}\n\n"


def stream(hub: Hub, watcher: Watcher, heartbeat: float) -> Iterator[bytes]:
    """The events for one watcher until its time is over. Holds no request, session or connection."""
    yield greet()
    seq, heard = watcher.seq, 0
    quiet_since = monotonic()
    ends_at = quiet_since + LIFETIME
    room = hub.enter(watcher.space_id, seq)
    try:
        while True:
            signal = room.signal  # before looking, so that nothing comes in between
            events, seq = room.news(watcher.viewer, watcher.look, seq)
            whispers, heard = room.whispers(watcher.viewer, watcher.look, heard)
            now = monotonic()
            if events or now - quiet_since >= heartbeat / 2 or now >= ends_at:
                yield (events or _beat(seq)) + whispers
                quiet_since = now
            elif whispers:
                # Says nothing about how far the log has come, so the next beat is still due.
                yield whispers
            if now >= ends_at:
                return
            if room.head > seq:
                time.sleep(0)  # a long way to catch up: let others have their turn
            else:
                # The hub rings for heartbeats too: a timer for each stream would cost a quarter more.
                signal.wait()
    except TooFarBehind:
        yield ask_to_reload()
    except SQLAlchemyError:
        # The browser comes back and resumes; by then the database may answer again.
        logger.warning("a stream ends because the database does not answer", exc_info=True)
    finally:
        hub.leave(room)


def _beat(seq: int) -> bytes:
    """A sign of life that the page can hear: a wifi that dies silently would leave it frozen."""
    return f"id: {seq}\nevent: beat\ndata: \n\n".encode()

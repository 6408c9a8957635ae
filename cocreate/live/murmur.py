"""The murmur of a room: what was whispered in it a moment ago."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from cocreate.core.audience import Audience, Viewer, sees
from cocreate.core.whispers import Whisper

KEPT_FOR = 20.0  # seconds
MOST = 200


@dataclass(frozen=True, slots=True)
class Said:
    """One whisper, drawn once for everybody."""

    number: int
    at: float
    topic: str
    audience: Audience
    event: bytes


class Murmur:
    """At most `MOST` whispers, none older than `KEPT_FOR`, of each kind the newest. Safe between threads."""

    def __init__(self) -> None:
        self.count = 0
        self._said: dict[tuple[str, str], Said] = {}  # in the order in which they were said
        self._lock = threading.Lock()

    def hear(self, whisper: Whisper, dumps: Callable[..., str]) -> None:
        """Keep this one, for a moment, instead of the one it takes the place of."""
        event = encode(whisper, dumps)
        with self._lock:
            self.count += 1
            self._said.pop(whisper.key, None)
            self._said[whisper.key] = Said(self.count, monotonic(), whisper.topic, whisper.audience, event)
            self._forget_old()
            while len(self._said) > MOST:
                del self._said[next(iter(self._said))]

    def after(
        self, number: int, viewer: Viewer, is_heard: Callable[[str], bool] = lambda _topic: True
    ) -> tuple[bytes, int]:
        """What this viewer may hear of what was said after `number`, as bytes, and the newest number.

        `is_heard` says of which topics anything is told where they look.
        """
        if number == self.count:
            return b"", number
        with self._lock:
            self._forget_old()
            said = [each for each in self._said.values() if each.number > number]
            reached = self.count
        heard = (each for each in said if is_heard(each.topic) and sees(viewer, each.audience))
        return b"".join(each.event for each in heard), reached

    def _forget_old(self) -> None:
        oldest = monotonic() - KEPT_FOR
        for key, said in list(self._said.items()):
            if said.at >= oldest:
                break
            del self._said[key]


def encode(whisper: Whisper, dumps: Callable[..., str]) -> bytes:
    """A server-sent event without an id, so that it moves no place to resume."""
    facts = {**whisper.data, "topic": whisper.topic}
    line = dumps(facts, ensure_ascii=False, sort_keys=False, separators=(",", ":"))
    return f"event: whisper\ndata: {line}\n\n".encode()

"""The ring: the newest rows of one space's log, without their words."""

import threading
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from cocreate.core.audience import Audience
from cocreate.core.changes import Change

# What is taken back takes everything drawn before with it: a removed contribution may show elsewhere too.
REMOVALS = frozenset({"withdrawn", "hidden", "erased", "redacted"})

Subject = tuple[str, uuid.UUID | None]


class TooFarBehind(Exception):
    """More was missed than is kept; only the whole page can help."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the log: what it is about and for whom. Its words stay in the database."""

    seq: int
    subject: Subject
    is_removal: bool
    audience: Audience

    @classmethod
    def of(cls, change: Change) -> "Entry":
        """The entry of a row."""
        subject = (change.subject_type, change.subject_id)
        return cls(change.seq, subject, change.verb in REMOVALS, change.audience)


class Ring:
    """Every entry with floor < seq <= head, at most `size` of them. Safe between threads."""

    def __init__(self, size: int, start: int) -> None:
        self.size = size
        self.floor = start
        self.head = start
        self._entries: dict[int, Entry] = {}
        self._newest_about: dict[Subject, int] = {}
        self._newest_removal = 0
        self._lock = threading.Lock()

    def append(self, entries: Iterable[Entry]) -> None:
        """Put newer entries in front, in order; what does not fit any more falls off."""
        with self._lock:
            for entry in entries:
                if entry.seq > self.head:
                    self._keep(entry)
                    self.head = entry.seq
            while self.head - self.floor > self.size:
                self.floor += 1
                self._drop(self._entries.pop(self.floor, None))

    def extend_back(self, floor: int, entries: Iterable[Entry]) -> None:
        """Put older entries behind: all there are above the new floor and up to the old one."""
        with self._lock:
            for entry in entries:
                if floor < entry.seq <= self.floor:
                    self._keep(entry)
            self.floor = min(self.floor, floor)

    def after(self, seq: int, limit: int) -> tuple[list[Entry], int]:
        """The next entries, and the seq up to which these are all; `TooFarBehind` below the floor."""
        with self._lock:
            if seq < self.floor:
                raise TooFarBehind
            reached = max(seq, min(self.head, seq + limit))
            numbers = range(seq + 1, reached + 1)
            return [self._entries[n] for n in numbers if n in self._entries], reached

    def changed_at(self, entry: Entry) -> int:
        """The last seq after which this entry may look different than before."""
        return max(self._newest_about.get(entry.subject, 0), self._newest_removal)

    def _keep(self, entry: Entry) -> None:
        self._entries[entry.seq] = entry
        self._newest_about[entry.subject] = max(self._newest_about.get(entry.subject, 0), entry.seq)
        if entry.is_removal:
            self._newest_removal = max(self._newest_removal, entry.seq)

    def _drop(self, entry: Entry | None) -> None:
        if entry and self._newest_about.get(entry.subject) == entry.seq:
            del self._newest_about[entry.subject]

"""A meeting under bad wifi: tablets with an outbox and a stream, and one in so many requests is cut."""

import asyncio
import json
import random
import sqlite3
import time
import uuid
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import Any

from benchmarks.answering import Asking
from benchmarks.hall import Hall
from benchmarks.writes import Tablet
from cocreate.workshops.rules import StepKind
from tests.workshops.told import Told, one_thing


class Cut(Exception):
    """The line broke under a request; the outbox hears of it, and nothing below it tries again."""


LOST = (OSError, asyncio.IncompleteReadError, Cut)
SEEN = ("stage", "moment", "working_factor", "impact", "indicator", "node")  # what everybody in the room sees


@dataclass
class Board:
    """What people in the room can know: what there is to speak about."""

    here: Hall
    asking: Asking
    impacts: list[str] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)
    summaries: list[str] = field(default_factory=list)
    choosing: str = ""


@dataclass
class Soaked(Tablet):
    """One tablet: what it told, what waits on it, what it heard."""

    place: int = 0
    cut: float = 0.0  # the share of requests, and of events, at which the line breaks
    chance: random.Random = field(default_factory=random.Random)
    told: list[Told] = field(default_factory=list)
    waiting: list[Told] = field(default_factory=list)
    refused: list[tuple[str, int, bytes]] = field(default_factory=list)
    heard: list[tuple[int, str, str]] = field(default_factory=list)
    step: str = ""
    seq: int = 0
    cuts: int = 0

    async def _exchange(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        fate = self.chance.random()
        if fate >= self.cut:
            return await super()._exchange(request)
        self.cuts += 1
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        # Before it is all there, or after: then it is handled, and nobody hears the answer.
        self.writer.write(request[: len(request) // 2] if fate < self.cut / 2 else request)
        writer, self.reader, self.writer = self.writer, None, None
        with suppress(OSError):
            await writer.drain()
        await _end(writer)
        raise Cut

    async def come_in(self) -> None:
        """Fetch a token, however often it takes."""
        while True:
            try:
                return await super().come_in()
            except LOST:
                await asyncio.sleep(0.1)

    async def flush(self, board: Board) -> None:
        """Send what waits, in order; what gets no answer stays, with all behind it."""
        while self.waiting:
            told = self.waiting[0]
            try:
                status, _headers, answer = await self.ask("POST", told.path, json.dumps(told.body).encode())
            except LOST:
                return
            if status in (400, 429) or status >= 500:
                await self.come_in()
                return
            self.waiting.pop(0)
            if status == 201:
                _learn(board, told, json.loads(answer))
            else:
                self.refused.append((told.path, status, answer))

    async def tell_on(self, board: Board, until: float, pause: float) -> None:
        """Tell what suits the part that this tablet is at, at moments of its own, until then; and send it."""
        kinds = {str(step_id): kind for kind, step_id in board.here.steps}
        at = {kind: str(step_id) for kind, step_id in board.here.steps}
        while time.monotonic() < until or self.waiting:
            if time.monotonic() < until and (kind := kinds.get(self.step)):
                told = one_thing(kind, at[kind], board, self.place, len(self.told), self.chance)
                if told:
                    self.told.append(told)
                    self.waiting.append(told)
            await self.flush(board)
            await asyncio.sleep(pause * self.chance.uniform(0.5, 1.5))

    async def follow(self, path: str, is_over: Callable[[], bool]) -> None:
        """Hear the meeting, through every cut, from where it was left."""
        while not is_over():
            with suppress(*LOST, TimeoutError):
                await self._listen(path, is_over)
            await asyncio.sleep(self.chance.uniform(0.1, 0.8))

    async def _listen(self, path: str, is_over: Callable[[], bool]) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            head = f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\nCookie: {self.cookie}\r\n"
            writer.write(f"{head}Last-Event-ID: {self.seq}\r\n\r\n".encode())
            await reader.readuntil(b"\r\n\r\n")
            while not is_over():
                block = await asyncio.wait_for(reader.readuntil(b"\n\n"), 15)
                if self.chance.random() < self.cut:
                    self.cuts += 1
                    return  # it came as far as the tablet, and no further
                self._hear(block.decode())
        finally:
            await _end(writer)

    def _hear(self, block: str) -> None:
        facts = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if facts.get("event") == "reload":
            raise AssertionError("a tablet was sent to reload")
        if facts.get("event") == "change":
            change: dict[str, Any] = json.loads(facts["data"])
            if change["topic"] in SEEN:
                self.heard.append((change["seq"], change["topic"], change["verb"]))
            if change["topic"] == "stage" and change["verb"] == "moved":
                self.step = change["step_id"]
        self.seq = int(facts.get("id", self.seq))


async def _end(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


def _learn(board: Board, told: Told, answer: dict[str, Any]) -> None:
    """What was kept can be spoken about by others."""
    if told.kind is StepKind.IMPACTS:
        board.impacts.append(answer["subject_id"])


async def lead(lead: Tablet, board: Board, until: float, every: float) -> list[str]:
    """Go through all parts, again and again; gives where everybody has to be."""
    here, moves = board.here, []
    await lead.come_in()
    while time.monotonic() < until:
        for kind, step_id in here.steps:
            if time.monotonic() >= until:
                break
            if kind is StepKind.READ_BACK:
                heard = {"workshop_id": str(here.workshop_id), "text": f"Samengevat {len(moves)}"}
                await _press(lead, f"/spaces/{here.space_id}/summaries", heard)
            await _press(lead, f"/workshops/{here.workshop_id}/stage", {"step_id": str(step_id)})
            moves.append(str(step_id))
            await asyncio.to_thread(look, board)
            await asyncio.sleep(every)
    return moves


def look(board: Board) -> None:
    """What a page would show by now of lists and of what was read back."""
    with closing(sqlite3.connect(f"file:{board.here.data / 'cocreate.db'}?mode=ro", uri=True)) as database:
        board.summaries = _ids(database, "SELECT id FROM summary")
        lists = _ids(database, "SELECT id FROM choosing WHERE closed_at IS NULL")
        if lists:
            board.choosing = lists[0]
            signs = "SELECT indicator_id FROM choosing_item WHERE choosing_id = ?"
            board.signs = _ids(database, signs, uuid.UUID(lists[0]).hex)


def _ids(database: sqlite3.Connection, query: str, *values: str) -> list[str]:
    return [str(uuid.UUID(found)) for (found,) in database.execute(query, values)]


async def _press(lead: Tablet, path: str, facts: dict[str, str]) -> None:
    status, _headers, answer = await lead.ask("POST", path, json.dumps(facts).encode())
    if status not in (200, 201, 303):
        raise AssertionError(f"{path}: {status} {answer!r}")

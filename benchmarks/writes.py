"""A hundred moments a second from 200 tablets, on SQLite with every commit on the disk."""

import asyncio
import json
import uuid
from dataclasses import dataclass, field
from statistics import median, quantiles
from time import perf_counter

import psutil

from benchmarks import Row, at_most
from benchmarks.hall import SENTENCES, Hall, hall
from tests.shell import running

CLIENTS = 200
RATE = 100  # a second, all tablets together
SECONDS = 5
WARM_UP = 1
RUNS = 3


@dataclass
class Tablet:
    """One browser: a connection that stays open, and a cookie."""

    port: int
    cookie: str
    token: str = ""
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, dict[str, str], bytes]:
        """One request; a connection that the server closed is opened again, as a browser does."""
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self.cookie}\r\n"
        head += "Accept: application/json\r\n"
        if body:
            head += f"Content-Type: application/json\r\nX-CSRFToken: {self.token}\r\n"
        request = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
        async with self.lock:
            try:
                return await self._exchange(request)
            except (OSError, asyncio.IncompleteReadError):
                self.close()
                return await self._exchange(request)

    async def _exchange(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        if self.writer is None or self.reader is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.writer.write(request)
        lines = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])
        }
        body = await self.reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection") == "close":
            self.close()
        return int(lines[0].split()[1]), headers, body

    def close(self) -> None:
        """Let go of the connection."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None

    async def come_in(self) -> None:
        """Fetch a token, as the outbox does before it sends."""
        status, headers, body = await self.ask("GET", "/csrf")
        if status != 200:
            raise RuntimeError(f"/csrf answered {status}")
        self.token = json.loads(body)["token"]
        self.cookie = headers.get("set-cookie", self.cookie).split(";")[0]


def main() -> list[Row]:
    """Measure; gives the rows."""
    with hall(guests=CLIENTS) as here, running(COCREATE_DATA=here.data) as server:
        (worker,) = psutil.Process(server.process.pid).children()
        before = sum(worker.cpu_times()[:2])
        runs = [asyncio.run(_crowd(here, server.port)) for _ in range(RUNS)]
        spent = sum(worker.cpu_times()[:2]) - before
        log = server.output()
    p50, p95, p99 = (median(_within(took, share) for took, _ in runs) for share in (50, 95, 99))
    wrong, whole = sum(wrong for _, wrong in runs), sum(len(took) for took, _ in runs)
    locked = log.count("database is locked")
    what = f"{RATE} writes a second from {CLIENTS} tablets"
    return [
        Row(f"{what}, half of them within", round(p50, 1), "ms"),
        at_most(f"{what}, 95 % of them within", round(p95, 1), 40, "ms"),
        Row(f"{what}, 99 % of them within", round(p99, 1), "ms"),
        Row(
            "… CPU of the server for each", round(spent / (RATE * (WARM_UP + SECONDS) * RUNS) * 1000, 1), "ms"
        ),
        at_most("… answers other than “kept”", wrong, 0, "", f"of {whole}"),
        at_most("… times the database was locked", locked, 0, ""),
    ]


def _within(took: list[float], share: int) -> float:
    return quantiles(took, n=100, method="inclusive")[share - 1]


async def _crowd(here: Hall, port: int) -> tuple[list[float], int]:
    """Milliseconds from when each write was due until its answer; how many answers were wrong."""
    tablets = [Tablet(port, cookie) for cookie in here.cookies]
    for tablet in tablets:
        await tablet.come_in()
    took: list[float] = []
    wrong = 0

    async def tell(number: int, due: float) -> None:
        nonlocal wrong
        place = number % CLIENTS
        facts = {
            "id": str(uuid.uuid4()),
            "workshop_id": str(here.workshop_id),
            "membership_id": str(here.guests[place].membership_id),
            "visibility": "workshop",
            "what_happened": SENTENCES[number % len(SENTENCES)],
        }
        body = json.dumps(facts).encode()
        status, _headers, answer = await tablets[place].ask("POST", f"/spaces/{here.space_id}/moments", body)
        if status != 201 or json.loads(answer).get("state") != "kept":
            wrong += 1
        elif number >= RATE * WARM_UP:
            took.append((perf_counter() - due) * 1000)

    began = perf_counter() + 0.5
    writes = []
    for number in range(RATE * (WARM_UP + SECONDS)):
        due = began + number / RATE
        await asyncio.sleep(max(0.0, due - perf_counter()))
        writes.append(asyncio.create_task(tell(number, due)))
    await asyncio.wait_for(asyncio.gather(*writes), 30)
    for tablet in tablets:
        tablet.close()
    return took, wrong


if __name__ == "__main__":
    for row in main():
        print(row)

"""A large meeting on one laptop: how soon stages follow, how the console answers meanwhile, memory."""

import http.client
import json
import resource
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from statistics import quantiles

import psutil

from benchmarks import Row, at_most
from benchmarks.hall import Hall, hall, tell
from benchmarks.streams import Clients, clients
from benchmarks.streams_client import get
from tests.shell import Running, running

STAGES = 200
MOST = 500
MOVES = 30
PAUSE = 0.5
SEEN_WITHIN = 200.0  # ms, 95 % of the stages
CONSOLE_WITHIN = 100.0  # ms, 95 % of the pages
MEMORY = 250.0  # MB
QUIET = 20  # console pages with nobody listening


@dataclass
class Lead:
    """Who leads, at a console."""

    here: Hall
    port: int
    token: str = ""
    panels: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)

    def come_in(self) -> None:
        """Fetch a token for the buttons."""
        text, cookie = self._ask("GET", "/csrf")
        self.token = json.loads(text)["token"]
        self.here.lead = cookie.partition(";")[0] or self.here.lead

    def open_console(self, part: str = "") -> float:
        """Milliseconds until the page is here."""
        began = time.perf_counter()
        self._ask("GET", f"/workshops/{self.here.workshop_id}/console{part}")
        return (time.perf_counter() - began) * 1000

    def move(self, number: int) -> int:
        """Put a next part on stage; gives when the button was pressed."""
        _kind, step_id = self.here.steps[number % len(self.here.steps)]
        pressed = time.monotonic_ns()
        self._ask("POST", f"/workshops/{self.here.workshop_id}/stage", {"step_id": str(step_id)})
        return pressed

    def _ask(self, method: str, path: str, facts: dict[str, str] | None = None) -> tuple[str, str]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            headers = {"Cookie": self.here.lead, "X-CSRFToken": self.token}
            if facts:
                headers["Content-Type"] = "application/json"
            connection.request(method, path, json.dumps(facts) if facts else None, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        if answer.status not in (200, 303):
            raise RuntimeError(f"{path}: {answer.status} {text[:200]}")
        return text, answer.headers.get("Set-Cookie", "")


def main(stages: int = STAGES, most: int = MOST, moves: int = MOVES) -> list[Row]:
    """Measure; gives the rows."""
    _, allowed = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(allowed, 20000), allowed))
    with hall(guests=stages) as here:
        tell(here, moments=60, impacts=20, stances=5, indicators=20)
        with running(COCREATE_DATA=here.data) as server:
            lead = Lead(here, server.port)
            lead.come_in()
            quiet = [lead.open_console() for _ in range(QUIET)][QUIET // 4 :]
            memory = {0: _memory(server)}
            with _listening(here, server, stages) as crowd:
                memory[stages] = _memory(server)
                seen = _lead_on(lead, crowd, moves)
                memory[stages] = max(memory[stages], _memory(server))
            with _listening(here, server, most):
                lead.move(moves)
                time.sleep(2)
                memory[most] = _memory(server)
    return _rows(seen, lead, quiet, memory, stages)


@contextmanager
def _listening(here: Hall, server: Running, count: int) -> Iterator[Clients]:
    """So many stages, each with a sign-in of its own as far as there are."""
    first = _one(here, "SELECT seq FROM log_head")
    request = get(f"/spaces/{here.space_id}/changes?view=stage", "{cookie}")
    settings = {"port": server.port, "count": count, "request": request, "first": first}
    with clients(**settings, cookies=here.cookies, tells_all=True) as crowd:
        crowd.wait_for("ready")
        yield crowd


def _lead_on(lead: Lead, crowd: Clients, moves: int) -> list[float]:
    """Milliseconds from the button until each stage has it, for all moves; the console is in use."""
    took: list[float] = []
    for number in range(1, moves + 1):
        time.sleep(PAUSE)
        pressed = lead.move(number)
        # As the console does by itself, while the stages still get theirs; and somebody who opens it anew.
        lead.panels.append(lead.open_console("?part=panel"))
        lead.pages.append(lead.open_console())
        seq = _one(lead.here, "SELECT max(seq) FROM change WHERE topic = 'stage' AND verb = 'moved'")
        took += [(at - pressed) / 1e6 for at in crowd.wait_for("seq", seq)["all"]]
    return took


def _one(here: Hall, query: str) -> int:
    with closing(sqlite3.connect(f"file:{here.data / 'cocreate.db'}?mode=ro", uri=True)) as database:
        return int(database.execute(query).fetchone()[0])


def _memory(server: Running) -> tuple[float, float]:
    """Megabytes of the process that serves: resident, and with its share of what others use too."""
    (worker,) = psutil.Process(server.process.pid).children()
    found = worker.memory_full_info()
    return found.rss / 2**20, found.pss / 2**20


def _rows(
    seen: list[float],
    lead: Lead,
    quiet: list[float],
    memory: dict[int, tuple[float, float]],
    stages: int,
) -> list[Row]:
    s50, s95 = _shares(seen)
    p50, p95 = _shares(lead.panels)
    c50, c95 = _shares(lead.pages)
    q50, q95 = _shares(quiet)
    rows = [
        Row(f"A next part is on half of {stages} stages within", s50, "ms", note=f"of {len(seen)} arrivals"),
        at_most("… on 95 % of them within", s95, SEEN_WITHIN, "ms"),
        Row("… on the last one within", round(max(seen), 1), "ms"),
        Row("The whole console comes meanwhile, half within", c50, "ms"),
        at_most("… 95 % within", c95, CONSOLE_WITHIN, "ms"),
        Row(
            "… half, against the same page with nobody listening", round(c50 / q50, 2), "×", note=f"{q50} ms"
        ),
        Row("… 95 %, against the same", round(c95 / q95, 2), "×", note=f"{q95} ms"),
        Row("Its panel, right after each move, half within", p50, "ms"),
        at_most("… 95 % within", p95, CONSOLE_WITHIN, "ms"),
    ]
    for count, (rss, pss) in memory.items():
        what = f"Memory of the server, {count} open streams"
        rows.append(at_most(what, round(rss), MEMORY, "MB", f"proportional share {pss:.0f} MB"))
    return rows


def _shares(took: list[float]) -> tuple[float, float]:
    cuts = quantiles(took, n=20, method="inclusive")
    return round(cuts[9], 1), round(cuts[18], 1)


if __name__ == "__main__":
    for row in main():
        print(row)

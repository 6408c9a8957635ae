"""Drawing together: an operation to the other tablets, folding the log, and all measures of a large map."""

import http.client
import json
import selectors
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from statistics import median
from typing import Any

from benchmarks import Row, at_most
from benchmarks.hall import Hall, hall
from benchmarks.large_map import large_map
from cocreate.core.db import new_id
from cocreate.trajectories.measures import findings
from cocreate.trajectories.operations import Effect, Fields, fold
from cocreate.workshops.queries.workshops import trajectory_of_workshop
from tests.shell import running

SECONDS = 15
FOLDED = 50_000
NODES = 5_000
STEPS = (0, 10_000, 60_000)  # 60,000 is the most a map may have
TABLETS = {30: 150, 60: 300}  # other tablets, and within how many ms
TURNS = 5
RUNS = 3
PATIENCE = 30  # s
PROVED = "6 tablets × 250 operations × 100 trials, bad wifi, two processes on PostgreSQL"


def main(
    tablets: Sequence[int] = (*TABLETS,),
    seconds: int = SECONDS,
    runs: int = RUNS,
    folded: int = FOLDED,
    nodes: int = NODES,
) -> list[Row]:
    """Measure; gives the rows."""
    took = median(_fold(folded) for _ in range(TURNS))
    rows = [at_most(f"Fold of {folded:,} operations", round(took * 1000), 200, "ms CPU")]
    for steps in STEPS:
        drawn = large_map(nodes, steps=steps * nodes // NODES)
        found = median(_took(partial(findings, *drawn)) for _ in range(TURNS))
        name = f"All measures of a map of {nodes:,} nodes and {len(drawn[1]):,} steps"
        rows.append(at_most(name, round(found, 2), 1, "s CPU"))
    for others in tablets:
        late = [_together(others + 1, seconds) for _ in range(runs)]
        name = f"An operation to {others} other tablets, each drawing once a second, 95 % within"
        note = f"runs of {seconds} s: {', '.join(f'{each:.0f}' for each in late)} ms"
        rows.append(at_most(name, round(median(late)), TABLETS.get(others, 300), "ms", note))
    elsewhere = "`make proof` measures this in about an hour; last result: docs/maps.md, Proved"
    return [*rows, Row(f"{PROVED}: diverged, lost or doubled", None, "", "≤ 0", note=elsewhere)]


def _fold(count: int) -> float:
    effects = []
    for number in range(count):
        own_id = str(number // 5)
        if number % 5 == 0:
            after: Fields = {"alive": True, "text": f"stop {number}", "kind": "event", "x": 1.0, "y": 2.0}
            effects.append(Effect("node", own_id, {"alive": False}, after))
        else:
            effects.append(Effect("node", own_id, {"text": "a"}, {"text": f"word {number}"}))
    return _took(lambda: fold(effects))


def _took(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


@dataclass
class Heard:
    """One open stream: what came, and when."""

    line: socket.socket
    chunks: list[tuple[float, bytes]] = field(default_factory=list)

    def operations(self) -> dict[str, float]:
        """When the state after each operation had come as a whole."""
        found: dict[str, float] = {}
        text = b""
        for at, chunk in self.chunks:
            text += chunk
            *whole, text = text.split(b"\n\n")
            for event in whole:
                for line in event.splitlines():
                    if line.startswith(b"data: {"):
                        op = json.loads(line[6:]).get("op")
                        if op:
                            found.setdefault(op, at)
        return found


def _together(tablets: int, seconds: int) -> float:
    """The 95th percentile, in ms, over every operation and every other tablet."""
    with hall(guests=tablets) as here:
        with here.app.app_context():
            trajectory = trajectory_of_workshop(here.workshop_id)
            if trajectory is None:
                raise RuntimeError("the workshop has no map")
            address = f"/spaces/{here.space_id}/trajectories/{trajectory.id}/operations"
        with running(COCREATE_DATA=here.data) as server:
            sent, heard = _draw(here, server.port, address, seconds)
    late = sorted(
        (told[op] - at) * 1000
        for op, (at, maker) in sent.items()
        for place, told in enumerate(heard)
        if place != maker and op in told
    )
    expected = len(sent) * (tablets - 1)
    if len(late) != expected:
        raise RuntimeError(f"{expected - len(late)} states never came")
    return late[int(len(late) * 0.95)]


def _draw(
    here: Hall, port: int, address: str, seconds: int
) -> tuple[dict[str, tuple[float, int]], list[dict[str, float]]]:
    """Which operation was sent when and by whom; and for each tablet, when it had the state after it."""
    streams = [Heard(_open(here, port, cookie)) for cookie in here.cookies]
    is_over = threading.Event()
    reader = threading.Thread(target=_read, args=(streams, is_over), daemon=True)
    reader.start()
    _wait_until(lambda: all(stream.chunks for stream in streams))
    sent: dict[str, tuple[float, int]] = {}
    hands = [
        threading.Thread(target=_hand, args=(here, port, address, place, seconds, sent), daemon=True)
        for place in range(len(streams))
    ]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    time.sleep(2)
    is_over.set()
    reader.join()
    for stream in streams:
        stream.line.close()
    return sent, [stream.operations() for stream in streams]


def _wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > deadline:
            raise RuntimeError("a stream never opened")
        time.sleep(0.05)


def _open(here: Hall, port: int, cookie: str) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port))
    path = f"/spaces/{here.space_id}/changes?view=stage"
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode())
    return line


def _read(streams: list[Heard], is_over: threading.Event) -> None:
    """One thread for all streams, which only notes what came when."""
    selector = selectors.DefaultSelector()
    for stream in streams:
        stream.line.setblocking(False)
        selector.register(stream.line, selectors.EVENT_READ, stream)
    while not is_over.is_set():
        for key, _ in selector.select(timeout=0.2):
            if chunk := key.data.line.recv(1 << 16):
                key.data.chunks.append((time.monotonic(), chunk))
            else:
                selector.unregister(key.fileobj)
    selector.close()


def _hand(
    here: Hall, port: int, address: str, place: int, seconds: int, sent: dict[str, tuple[float, int]]
) -> None:
    """Grow, or say differently, once a second."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {
        "Cookie": here.cookies[place],
        "Content-Type": "application/json",
        "Accept": "application/json",
    }
    connection.request("GET", "/csrf", headers=headers)
    answer = connection.getresponse()
    headers["Cookie"] = (answer.headers["Set-Cookie"] or headers["Cookie"]).partition(";")[0]
    headers["X-CSRFToken"] = json.loads(answer.read())["token"]
    own: list[str] = []
    time.sleep(place / len(here.cookies))
    began = time.monotonic()
    for turn in range(seconds):
        op = str(new_id())
        body: dict[str, Any] = {"id": op, "workshop_id": str(here.workshop_id)}
        if turn % 3 == 0:
            own.append(str(new_id()))
            body |= {"verb": "grow", "node_id": own[-1], "text": f"Stap {turn}", "visibility": "space"}
            body |= {"touched_id": own[-2], "question": "what_next"} if len(own) > 1 else {}
        else:
            body |= {"verb": "edit", "node_id": own[-1], "set": {"text": f"Stap {turn}, anders"}}
        sent[op] = began + turn, place  # when it was due
        connection.request("POST", address, json.dumps(body), headers)
        kept = connection.getresponse()
        text = kept.read()
        if kept.status != 201:
            raise RuntimeError(text)
        time.sleep(max(0.0, began + turn + 1 - time.monotonic()))
    connection.close()

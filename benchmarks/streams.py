"""Live streams: how long until the last of many browsers has a change, held against two others."""

import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

import psutil
from flask import current_app

from benchmarks.streams_client import get, upgrade
from benchmarks.streams_servers import MESSAGE
from cocreate.config import Config
from cocreate.core.changes import head_of
from cocreate.core.db import db
from tests.live.scene import EVERYBODY, ROOT, Scene, Server, make_app, make_scene, serving, write_note

MESSAGES = 40
PAUSE = 0.2
COUNTS = (200, 1000)
PATIENCE = 60.0
TARGETS = {
    "bare_ratio": 4.0,
    "socketio_ratio": 1.0,
    "rss_kb": 20.0,
    "caught_up_s": 5.0,
    "gaps": 0,
    "doubles": 0,
}


class Clients:
    """The process with all the browsers in it."""

    def __init__(self, **settings: object) -> None:
        command = [sys.executable, "-m", "benchmarks.streams_client", json.dumps(settings)]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.said: list[dict[str, Any]] = []
        self._more = threading.Condition()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            with self._more:
                self.said.append(json.loads(line))
                self._more.notify_all()

    def wait_for(self, key: str, value: int | None = None) -> dict[str, Any]:
        """The line that says this."""

        def find() -> dict[str, Any] | None:
            return next((s for s in self.said if key in s and value in (None, s[key])), None)

        with self._more:
            found = self._more.wait_for(find, PATIENCE)
        if not found:
            raise TimeoutError(f"no {key} {value or ''}; last heard {self.said[-1:]}")
        return found

    def finish(self) -> dict[str, Any]:
        """Close all, and hear what was missed."""
        assert self._process.stdin
        self._process.stdin.close()
        summary = self.wait_for("gaps")
        self._process.wait(10)
        return summary

    def kill(self) -> None:
        """In any case."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._listener.join(10)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()


@contextmanager
def clients(**settings: object) -> Iterator[Clients]:
    """A crowd for as long as the block lasts."""
    crowd = Clients(**settings)
    try:
        yield crowd
    finally:
        crowd.kill()


@dataclass
class Line:
    """A server with a crowd at it."""

    server: Server
    crowd: Clients
    path: str
    first: int
    rss_kb: float | None = None

    def send(self, number: int) -> float:
        """Milliseconds from the commit until the last browser has the change."""
        seq = self.first + 1 + number
        sent = self.server.post(self.path, {"html": MESSAGE, "seq": seq})
        return float(self.crowd.wait_for("seq", seq)["last"] - sent["at"]) / 1e6


def main() -> dict[str, Any]:
    """Measure everything; gives values and targets, and prints a table."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 20000), most))
    found: dict[str, Any] = {"targets": TARGETS}
    for count in COUNTS:
        with scene_in_folder() as (config, scene):
            found |= _compare(config, scene, count)
    with scene_in_folder() as (config, scene):
        found["recovery"] = _recover(config, scene)
    _print_table(found)
    return found


@contextmanager
def scene_in_folder() -> Iterator[tuple[Config, Scene]]:
    """A space in a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        config = Config(data=Path(folder), testing=True)
        app = make_app(config)
        scene = make_scene(app)
        with app.app_context():
            yield config, scene
            db.session.remove()
            db.engine.dispose()


def _compare(config: Config, scene: Scene, count: int) -> dict[str, Any]:
    """The three lines take turns, so that whatever else the machine does disturbs them alike."""
    with _ours(config, scene, count) as ours, _bare(count) as bare, _socketio(config, count) as socketio:
        lines = {"ours": ours, "bare": bare, "socketio": socketio}
        took: dict[str, list[float]] = {name: [] for name in lines}
        for number in range(MESSAGES):
            for name, line in lines.items():
                time.sleep(PAUSE)
                took[name].append(line.send(number))
        found: dict[str, Any] = {}
        for name, line in lines.items():
            cuts = quantiles(took[name], n=20, method="inclusive")
            row = {"p50": round(cuts[9], 1), "p95": round(cuts[18], 1), "rss_kb": line.rss_kb}
            found[f"{name}_{count}"] = row | line.crowd.finish()
    for name in ("bare", "socketio"):
        for quantile in ("p50", "p95"):
            ratio = found[f"ours_{count}"][quantile] / found[f"{name}_{count}"][quantile]
            found[f"{name}_ratio_{quantile}_{count}"] = round(ratio, 2)
    return found


@contextmanager
def _ours(config: Config, scene: Scene, count: int) -> Iterator[Line]:
    with serving(config) as server:
        first = _warm_up(server, scene)
        before = _rss(server)
        request = get(scene.address(view="stage"), scene.cookies["participant"])
        with clients(port=server.port, count=count, request=request, first=first) as crowd:
            crowd.wait_for("ready")
            each = round((_rss(server) - before) / count / 1024, 1)
            yield Line(server, crowd, f"/notes/{scene.space_id}", first, each)


@contextmanager
def _bare(count: int) -> Iterator[Line]:
    server = Server(Config())
    command = [sys.executable, "-m", "benchmarks.streams_servers", str(server.port)]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        server.wait_until_up(process)
        with clients(port=server.port, count=count, request=get("/", "-"), first=0) as crowd:
            crowd.wait_for("ready")
            yield Line(server, crowd, "/notes/x", 0)
    finally:
        process.kill()
        process.wait()


@contextmanager
def _socketio(config: Config, count: int) -> Iterator[Line]:
    request = upgrade("/socket.io/?EIO=4&transport=websocket")
    with serving(config, target="benchmarks.streams_servers:socketio_app()") as server:
        before = _rss(server)
        settings = {"port": server.port, "count": count, "request": request, "first": 0, "websocket": True}
        with clients(**settings) as crowd:
            crowd.wait_for("ready")
            each = round((_rss(server) - before) / count / 1024, 1)
            yield Line(server, crowd, "/notes/x", 0, each)


def _recover(config: Config, scene: Scene) -> dict[str, Any]:
    """Kill the server under 1,000 streams while another process writes on; when has everybody everything?"""
    stop = threading.Event()
    with serving(config) as server:
        first = _warm_up(server, scene)
        request = get(scene.address(view="stage"), scene.cookies["participant"])
        settings = {"port": server.port, "count": COUNTS[-1], "request": request, "first": first}
        with clients(**settings, reconnects=True) as crowd:
            crowd.wait_for("ready")
            writer = threading.Thread(target=_write_on, args=(scene, stop, current_app._get_current_object()))
            writer.start()
            try:
                time.sleep(2)
                server.kill()
                killed_at = time.monotonic_ns()
                time.sleep(1)
                server.start()
                up_at = time.monotonic_ns()
                missed = head_of(scene.space_id)
                db.session.rollback()
                caught_up_at = crowd.wait_for("seq", missed)["last"]
                time.sleep(2)
            finally:
                stop.set()
                writer.join()
            last = head_of(scene.space_id)
            crowd.wait_for("seq", last)
            summary = crowd.finish()
    return {
        "caught_up_s": round((caught_up_at - up_at) / 1e9, 2),
        "down_s": round((up_at - killed_at) / 1e9, 2),
        "written": last - first,
        **summary,
    }


def _write_on(scene: Scene, stop: threading.Event, app: Any) -> None:
    with app.app_context():
        while not stop.wait(0.05):
            write_note(scene.space_id, EVERYBODY, html=MESSAGE)


def _warm_up(server: Server, scene: Scene) -> int:
    """One stream and one change, so that everything is imported; gives the seq."""
    seq = int(server.post(f"/notes/{scene.space_id}", {"html": MESSAGE})["seq"])
    request = get(scene.address(view="stage"), scene.cookies["participant"])
    with clients(port=server.port, count=20, request=request, first=seq - 1) as crowd:
        crowd.wait_for("seq", seq)
        crowd.finish()
    time.sleep(0.3)
    return seq


def _rss(server: Server) -> int:
    """Resident memory of the worker, in bytes."""
    (worker,) = psutil.Process(server.pid).children()
    return int(worker.memory_info().rss)


def _print_table(found: dict[str, Any]) -> None:
    print(f"{'':24}{'p50 ms':>9}{'p95 ms':>9}{'KB each':>9}")
    for count in COUNTS:
        for name in ("ours", "bare", "socketio"):
            row = found[f"{name}_{count}"]
            print(f"{f'{name}, {count} streams':24}{row['p50']:9}{row['p95']:9}{row['rss_kb'] or '':>9}")
        for name in ("bare", "socketio"):
            p50, p95 = (found[f"{name}_ratio_{quantile}_{count}"] for quantile in ("p50", "p95"))
            print(f"{f'  ours / {name}':24}{p50:9}{p95:9}")
    print("killed under 1,000 streams:", found["recovery"])
    print("targets:", found["targets"])


if __name__ == "__main__":
    main()

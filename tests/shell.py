"""The command line as a host meets it: a program of its own, with an environment of its own."""

import http.client
import os
import queue
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("cocreate")
PATIENCE = 60.0
OURS = ("COCREATE_", "FLASK_", "DATABASE_URL", "GUNICORN_", "PYTHONPATH")


def environment(**settings: object) -> dict[str, str]:
    """What this process has, without settings of its own, and with these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return kept | {"PYTHONUNBUFFERED": "1"} | {name: str(value) for name, value in settings.items()}


def cocreate(
    *arguments: object, program: Path = PROGRAM, cwd: Path | None = None, **settings: object
) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    return subprocess.run(
        [str(program), *map(str, arguments)],
        env=environment(**settings),
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def said_plainly(done: "subprocess.CompletedProcess[str]") -> str:
    """The one line of a refusal; fails when it is more, or a trace."""
    assert done.returncode == 1, done
    assert "Traceback" not in done.stdout + done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("Error: "), done.stderr
    return lines[0].removeprefix("Error: ")


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Answer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body, read as UTF-8."""
        return self.body.decode()


class Running:
    """`cocreate run`, until it is stopped."""

    def __init__(
        self, process: "subprocess.Popen[str]", port: int, trusted: ssl.SSLContext | None = None
    ) -> None:
        self.process = process
        self.port = port
        self.trusted = trusted  # of a server that speaks https: who vouches for it
        self.said: list[str] = []
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line)

    def output(self) -> str:
        """Everything it printed until now."""
        while not self._lines.empty():
            self.said.append(self._lines.get())
        return "".join(self.said)

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        if self.trusted:
            connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=10, context=self.trusted)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()

    def wait_until_ready(self) -> None:
        """Until it can keep what people send."""
        deadline = time.monotonic() + PATIENCE
        while True:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start:\n{self.output()}")
            try:
                if self.get("/readyz").status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.05)

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> float:
        """Stop it by its process id; gives the seconds that took."""
        began = time.monotonic()
        if self.process.poll() is None:
            os.kill(self.process.pid, sign)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._reader.join(5)
        if self.process.stdout:
            self.process.stdout.close()
        return time.monotonic() - began


@contextmanager
def running(
    *options: object,
    program: Path = PROGRAM,
    cwd: Path | None = None,
    trusted: ssl.SSLContext | None = None,
    **settings: object,
) -> Iterator[Running]:
    """A server on a free port for as long as the block lasts."""
    port = free_port()
    process = subprocess.Popen(
        [str(program), "run", "--address", f"127.0.0.1:{port}", *map(str, options)],
        env=environment(**settings),
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    server = Running(process, port, trusted)
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.stop()

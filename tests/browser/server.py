"""The real server, as `cocreate run` starts it; it can be killed in the middle and started again."""

import http.client
import os
import signal
import sqlite3
import subprocess
import time
from contextlib import closing, suppress
from pathlib import Path

from tests.shell import PROGRAM, environment, free_port

PATIENCE = 60.0


class Server:
    """One installation: a data folder, a port, and a process that may come and go."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it can keep what people send."""
        self.data.mkdir(parents=True, exist_ok=True)
        with (self.data / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(PROGRAM), "run", "--address", f"127.0.0.1:{self.port}"],
                env=environment(COCREATE_DATA=self.data),
                stdout=log,
                stderr=log,
                start_new_session=True,  # so that a kill takes the worker with it
            )
        deadline = time.monotonic() + PATIENCE
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start:\n{self.log()}")
            time.sleep(0.05)

    def kill(self) -> None:
        """No chance to tidy up, as when the battery dies."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Stop as with Ctrl-C."""
        self._end(signal.SIGTERM)

    def log(self) -> str:
        """What it wrote."""
        return (self.data / "server.log").read_text(errors="replace")

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """What the database holds now."""
        with closing(sqlite3.connect(f"file:{self.data / 'cocreate.db'}?mode=ro", uri=True)) as database:
            return database.execute(query, values).fetchall()

    def _end(self, sign: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if sign is signal.SIGKILL:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, sign)
        elif process.poll() is None:
            process.send_signal(sign)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _is_ready(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

"""A PostgreSQL for one test run: its own folder, its own free port, gone afterwards."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

PATIENCE = 60.0  # seconds for a start or a stop
MOST_LAUNCHES = 100  # in one start, a tenth of a second apart
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
SETTINGS = ("max_connections=200", "shared_buffers=32MB", "timezone=UTC", "log_timezone=UTC")
USER = "cocreate"
PACKAGED = Path("/usr/lib/postgresql")  # where Debian and its kin keep the programs

# Reads until the test run is gone, however it went, and then takes the server and its files with it.
CLEAN_UP = """
cat >/dev/null
pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null)
if [ -n "$pid" ] && [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = postgres ]; then
    kill -QUIT "$pid"
    for second in 1 2 3 4 5; do [ -e "$1/data/postmaster.pid" ] && sleep 1; done
fi
rm -rf "$1"
"""


class PostgresMissing(RuntimeError):
    """The server's programs are not on this machine."""

    def __init__(self) -> None:
        super().__init__(
            "PostgreSQL's initdb and postgres are not on this machine: apt-get install postgresql"
        )


class Postgres:
    """A running server. It survives `restart` and `kill` + `start` with its address and its data."""

    def __init__(self, folder: Path, *, fast: bool) -> None:
        self._folder = folder
        self._data = folder / "data"
        self._log = folder / "log"
        self._programs = find_programs()
        self._settings = SETTINGS + (FAST if fast else ())
        self._owner = _owner()
        self._password = secrets.token_urlsafe(24)
        self._server: subprocess.Popen[bytes] | None = None
        self._initialise()
        self._has_run = False
        self.port = 0

    @property
    def url(self) -> str:
        """The address of the server's first database, for SQLAlchemy."""
        return self._url("postgres")

    def new_database(self) -> str:
        """An empty database; gives its address for SQLAlchemy."""
        name = f"test_{secrets.token_hex(8)}"
        with self._connect() as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self._url(name)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        deadline = time.monotonic() + PATIENCE
        launches = 0
        while time.monotonic() < deadline and launches <= MOST_LAUNCHES:
            if self._server is None or self._server.poll() is not None:
                # Also again: the processes of a killed server need a moment to let go of its memory.
                self._server = self._launch()
                launches += 1
            if self._is_ready():
                self._has_run = True
                return
            time.sleep(0.1)
        self.kill()
        raise RuntimeError(f"PostgreSQL did not start:\n{self.log()}")

    def stop(self) -> None:
        """Stop the server as its keeper would, cutting open connections."""
        if self._server is None:
            return
        self._server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
        try:
            self._server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        self._server = None

    def restart(self) -> None:
        """Stop and start."""
        self.stop()
        self.start()

    def kill(self) -> None:
        """Kill the server without any chance to tidy up."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            self._server = None

    def log(self) -> str:
        """What the server wrote."""
        return self._log.read_text(errors="replace") if self._log.exists() else ""

    def _initialise(self) -> None:
        password_file = self._folder / "password"
        password_file.touch(mode=0o600)
        password_file.write_text(self._password)
        if self._owner is not None:
            for path in (self._folder, password_file):
                os.chown(path, self._owner.pw_uid, self._owner.pw_gid)
        command = [str(self._programs / "initdb"), "-D", str(self._data), "-U", USER, "--auth=scram-sha-256"]
        command += [f"--pwfile={password_file}", "--encoding=UTF8", "--locale=C", "--no-sync"]
        done = self._run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        output, _ = done.communicate()
        if done.returncode:
            raise RuntimeError(f"initdb failed:\n{output.decode(errors='replace')}")
        password_file.unlink()

    def _launch(self) -> subprocess.Popen[bytes]:
        if not self._has_run:  # a port that was free may be taken before the server has it
            self.port = _free_port()
        command = [str(self._programs / "postgres"), "-D", str(self._data), "-k", str(self._folder)]
        command += ["-h", "127.0.0.1", "-p", str(self.port)]
        for setting in self._settings:
            command += ["-c", setting]
        with self._log.open("ab") as log:
            return self._run(command, stdout=log, stderr=log)

    def _run(
        self, command: list[str], *, stdout: int | IO[bytes], stderr: int | IO[bytes]
    ) -> subprocess.Popen[bytes]:
        """Start a program as the user that may run PostgreSQL, out of reach of Ctrl-C."""
        owner = self._owner
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            cwd=self._folder,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            start_new_session=True,
            user=owner.pw_uid if owner else None,
            group=owner.pw_gid if owner else None,
            extra_groups=[] if owner else None,
        )

    def _is_ready(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user=USER,
            password=self._password,
            dbname="postgres",
            connect_timeout=5,
            autocommit=True,
        )

    def _url(self, database: str) -> str:
        return f"postgresql+psycopg://{USER}:{self._password}@127.0.0.1:{self.port}/{database}"


@contextmanager
def throwaway_postgres(*, fast: bool = False) -> Iterator[Postgres]:
    """A server for as long as the block lasts; `fast` trades its safety on disk for speed."""
    find_programs()
    # In /tmp, because a socket's path may not exceed 107 characters and the server's user must reach it.
    folder = Path(tempfile.mkdtemp(prefix="cocreate-postgres-", dir="/tmp"))
    keeper = _watch(folder)
    server: Postgres | None = None
    try:
        server = Postgres(folder, fast=fast)
        server.start()
        yield server
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
        keeper.communicate()


def find_programs() -> Path:
    """The folder with the newest PostgreSQL server programs; `PostgresMissing` without them."""
    folders = sorted(PACKAGED.glob("*/bin"), key=_version, reverse=True)
    if on_path := shutil.which("initdb"):
        folders.insert(0, Path(on_path).resolve().parent)
    for folder in folders:
        if all(os.access(folder / program, os.X_OK) for program in ("initdb", "postgres")):
            return folder
    raise PostgresMissing


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0


def _watch(folder: Path) -> subprocess.Popen[bytes]:
    command = ["/bin/sh", "-c", CLEAN_UP, "sh", str(folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)


def _owner() -> pwd.struct_passwd | None:
    """Who runs the server: PostgreSQL refuses root; anyone else runs it as themselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL does not run as root and there is no user postgres or nobody here.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

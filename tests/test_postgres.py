import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests import postgres
from tests.postgres import Postgres, PostgresMissing, find_programs, throwaway_postgres

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    with throwaway_postgres() as running:
        yield running


def ask(url: str, statement: str) -> object:
    """The first value of the answer, over a connection of its own."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        answer = connection.execute(text(statement))
        return answer.scalar() if answer.returns_rows else None


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_each_new_database_is_empty_and_apart(server: Postgres) -> None:
    one, other = server.new_database(), server.new_database()
    ask(one, "CREATE TABLE moment (id int)")
    assert ask(one, "SELECT to_regclass('moment')::text") == "moment"
    assert ask(other, "SELECT to_regclass('moment')::text") is None


def test_it_is_a_careful_server_of_our_own(server: Postgres) -> None:
    assert ask(server.url, "SHOW fsync") == "on"
    assert ask(server.url, "SHOW synchronous_commit") == "on"
    assert ask(server.url, "SHOW server_encoding") == "UTF8"
    assert ask(server.url, "SHOW listen_addresses") == "127.0.0.1"


def test_a_wrong_password_is_refused(server: Postgres) -> None:
    parts = urlsplit(server.url)
    with pytest.raises(Exception, match="password authentication failed"):
        ask(server.url.replace(str(parts.password), "wrong"), "SELECT 1")


def test_what_was_committed_survives_a_restart_and_a_kill(server: Postgres) -> None:
    url = server.new_database()
    ask(url, "CREATE TABLE moment (id int)")
    ask(url, "INSERT INTO moment VALUES (1)")
    server.restart()
    ask(url, "INSERT INTO moment VALUES (2)")
    server.kill()
    assert not is_listening(server.port)
    server.start()
    assert ask(url, "SELECT count(*) FROM moment") == 2


def test_nothing_is_left_behind() -> None:
    with throwaway_postgres(fast=True) as server:
        assert ask(server.url, "SHOW fsync") == "off"
        folder = Path(str(ask(server.url, "SHOW data_directory"))).parent
        assert folder.is_dir()
    assert not folder.exists()
    assert not is_listening(server.port)


def test_nothing_is_left_behind_after_an_error() -> None:
    def fail_with_a_killed_server() -> None:
        with throwaway_postgres(fast=True) as server:
            folders.append(Path(str(ask(server.url, "SHOW data_directory"))).parent)
            server.kill()
            raise ZeroDivisionError

    folders: list[Path] = []
    with pytest.raises(ZeroDivisionError):
        fail_with_a_killed_server()
    assert [folder.exists() for folder in folders] == [False]


def test_nothing_is_left_behind_when_the_test_run_is_killed() -> None:
    program = (
        "from tests.postgres import throwaway_postgres\n"
        "with throwaway_postgres(fast=True) as server:\n"
        "    print(server.port, server._folder, flush=True)\n"
        "    input()\n"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    with run:
        assert run.stdout
        port, folder = run.stdout.readline().split()
        assert is_listening(int(port))
        os.kill(run.pid, signal.SIGKILL)
    deadline = time.monotonic() + 20
    while Path(folder).exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not Path(folder).exists()
    assert not is_listening(int(port))


def test_without_the_programs_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(postgres, "PACKAGED", tmp_path)
    with pytest.raises(PostgresMissing, match="apt-get install postgresql"):
        find_programs()

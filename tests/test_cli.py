"""The commands of a host: what they say, and that what a host can repair is said in one line."""

import json
import os
import re
import socket
import sqlite3
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import psutil
import pytest
from psutil._ntuples import snicaddr

from cocreate.cli import _network_address, main
from cocreate.config import Config
from cocreate.core.qr import qr_terminal
from tests.shell import cocreate, free_port, running, said_plainly

SIGN_IN = re.compile(r"Facilitator, sign in here: +(http://localhost:\d+/sign-in/link#\S+)")
CODE = re.compile(r"and type the code: +([A-Z]{7})\n")


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        yield " ".join((*path, name)), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


def count_rows(data: Path) -> dict[str, int]:
    with sqlite3.connect(data / "cocreate.db") as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        counts = {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}
    database.close()
    return counts


def test_these_are_the_commands() -> None:
    assert {name for name, _ in commands(main)} == {
        "account",
        "account link",
        "export",
        "export map",
        "import",
        "import map",
        "import polis",
        "migrate",
        "run",
        "settings",
    }


@pytest.mark.parametrize(("name", "command"), [*commands(main)], ids=str)
def test_every_command_and_option_says_what_it_does(name: str, command: click.Command) -> None:
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.name}"
        elif isinstance(parameter, click.Argument):
            assert parameter.name
            assert parameter.name.upper() in command.help


def test_help_and_version_touch_nothing(tmp_path: Path) -> None:
    for arguments in (
        ["--help"],
        ["--version"],
        ["import", "--help"],
        ["import", "map", "--help"],
        ["run", "--help"],
    ):
        done = cocreate(*arguments, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert done.stdout
    assert list(tmp_path.iterdir()) == []


def test_settings_lists_all_and_hides_secrets(tmp_path: Path) -> None:
    done = cocreate(
        "settings",
        COCREATE_DATA=tmp_path,
        COCREATE_SECRET_KEY="canary-key",
        DATABASE_URL="postgresql://me:canary-password@127.0.0.1/db",
    )
    assert done.returncode == 0
    assert "canary" not in done.stdout
    assert f"COCREATE_DATA = {json.dumps(str(tmp_path))}" in done.stdout
    for each in fields(Config):
        assert each.metadata["env"] in done.stdout
        assert each.metadata["doc"] in done.stdout


def test_the_first_run_says_how_to_come_in_and_the_second_fills_nothing(tmp_path: Path) -> None:
    with running("--example", COCREATE_DATA=tmp_path) as server:
        said = server.output()
        sign_in, code = SIGN_IN.search(said), CODE.search(said)
        assert sign_in, said
        assert code, said
        assert sign_in[1].startswith(f"http://localhost:{server.port}/")
        assert f"http://127.0.0.1:{server.port}/join" in said
        assert qr_terminal(f"http://127.0.0.1:{server.port}/join#{code[1]}") in said
        assert server.get("/").status == 200
        assert server.stop() < 10
        assert "Traceback" not in server.output()
    first = count_rows(tmp_path)
    with running("--example", COCREATE_DATA=tmp_path) as server:
        said = server.output()
        again = SIGN_IN.search(said)
        assert CODE.findall(said) == [code[1]]
        assert again
        assert again[1].rpartition("#")[2] != sign_in[1].rpartition("#")[2]  # each link works once
    second = count_rows(tmp_path)
    changed = {name for name in first if first[name] != second[name]}
    assert changed <= {"sign_in_link"}, changed


@pytest.mark.parametrize(
    ("here", "shown"),
    [
        ({"lo": "127.0.0.1", "eth0": "192.168.1.7"}, "192.168.1.7"),
        ({"lo": "127.0.0.1", "eth0": "192.168.1.7", "wlan0": "10.42.0.1"}, "10.42.0.1"),
        ({"bridge100": "192.168.2.1", "en0": "10.0.0.3"}, "192.168.2.1"),
        ({"docker0": "172.17.0.1", "wlan0": "169.254.3.4"}, "localhost"),
    ],
)
def test_the_address_that_is_printed_is_the_one_that_a_room_can_reach(monkeypatch, here, shown) -> None:
    addresses = {name: [snicaddr(socket.AF_INET, at, None, None, None)] for name, at in here.items()}
    monkeypatch.setattr(psutil, "net_if_addrs", lambda: addresses)
    assert _network_address() == shown


def test_the_link_of_a_public_address_is_not_bent_to_this_machine(tmp_path: Path) -> None:
    with running("--example", COCREATE_DATA=tmp_path, COCREATE_BASE_URL="https://cocreate.example") as server:
        said = server.output()
    assert "sign in here:  https://cocreate.example/sign-in/link#" in said
    assert "https://cocreate.example/join\n" in said


def test_run_without_example_opens_an_empty_house(tmp_path: Path) -> None:
    with running(COCREATE_DATA=tmp_path) as server:
        assert server.get("/").status in (200, 302, 303)
        assert "code" not in server.output()
    assert count_rows(tmp_path)["space"] == 0


def test_a_busy_port_is_said_plainly(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = cocreate("run", "--address", f"127.0.0.1:{port}", COCREATE_DATA=tmp_path)
    assert said_plainly(done) == (
        f"Port {port} is in use. Stop what runs there, or choose another: --address 127.0.0.1:{port + 1}"
    )


@pytest.mark.parametrize(
    "address", ["nonsense", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:8x", "127.0.0.1:-1"]
)
def test_an_address_that_is_none_is_said_plainly(tmp_path: Path, address: str) -> None:
    assert address in said_plainly(cocreate("run", "--address", address, COCREATE_DATA=tmp_path))


def test_an_address_of_another_machine_is_not_called_busy(tmp_path: Path) -> None:
    said = said_plainly(cocreate("run", "--address", "192.0.2.1:8000", COCREATE_DATA=tmp_path))
    assert said.startswith("We cannot listen on 192.0.2.1:8000")


BAD_SETTINGS = [
    ({"COCREATE_PROXIES": "many"}, "COCREATE_PROXIES"),
    ({"COCREATE_LOG_JSON": "perhaps"}, "COCREATE_LOG_JSON"),
    ({"COCREATE_HEARTBEAT": "soon"}, "COCREATE_HEARTBEAT"),
    ({"DATABASE_URL": "nonsense"}, "DATABASE_URL"),
    ({"DATABASE_URL": "nonsense://me:canary@127.0.0.1/db"}, "DATABASE_URL"),
    ({"DATABASE_URL": "postgresql://me:canary@127.0.0.1:1/db"}, "database"),
    ({"DATABASE_URL": "sqlite:////proc/nowhere/cocreate.db"}, "database"),
]


@pytest.mark.parametrize(("settings", "named"), BAD_SETTINGS)
def test_a_bad_setting_is_said_plainly(tmp_path: Path, settings: dict[str, str], named: str) -> None:
    address = f"127.0.0.1:{free_port()}"
    said = said_plainly(cocreate("run", "--address", address, **{"COCREATE_DATA": tmp_path, **settings}))
    assert named in said
    assert "canary" not in said


def test_settings_itself_says_plainly_which_setting_is_bad(tmp_path: Path) -> None:
    assert "COCREATE_PROXIES" in said_plainly(
        cocreate("settings", COCREATE_DATA=tmp_path, COCREATE_PROXIES="x")
    )


@pytest.mark.parametrize("command", ["migrate", "run"])
def test_a_data_folder_that_cannot_be_written_is_said_plainly(tmp_path: Path, command: str) -> None:
    taken = tmp_path / "a-file"
    taken.write_text("")
    nowhere = [taken, taken / "below", Path("/proc/nowhere")]
    if os.geteuid() != 0:
        locked = tmp_path / "locked"
        locked.mkdir(mode=0o500)
        nowhere.append(locked)
    for folder in nowhere:
        more = ["--address", f"127.0.0.1:{free_port()}"] if command == "run" else []
        assert str(folder) in said_plainly(cocreate(command, *more, COCREATE_DATA=folder))


@pytest.mark.parametrize(
    "command", [["account", "link", "a@example.org"], ["import", "map", __file__, "--space", "x"]]
)
def test_a_database_that_was_never_set_up_is_said_plainly(tmp_path: Path, command: list[str]) -> None:
    assert "cocreate migrate" in said_plainly(cocreate(*command, COCREATE_DATA=tmp_path))


def test_a_lost_password_is_helped_with_a_link(tmp_path: Path) -> None:
    with running("--example", COCREATE_DATA=tmp_path) as server:
        done = cocreate("account", "link", "facilitator@example.org", COCREATE_DATA=tmp_path)
        assert done.returncode == 0, done.stderr
        assert re.fullmatch(r"http://localhost:8000/sign-in/link#[\w-]{30,}\n", done.stdout)
        public = cocreate(
            "account",
            "link",
            "facilitator@example.org",
            COCREATE_DATA=tmp_path,
            COCREATE_BASE_URL="https://cocreate.example/",
        )
        assert public.stdout.startswith("https://cocreate.example/sign-in/link#")
        unknown = cocreate("account", "link", "nobody@example.org", COCREATE_DATA=tmp_path)
        assert "nobody@example.org" in said_plainly(unknown)
        assert server.get("/healthz").status == 200

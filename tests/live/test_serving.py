"""The stream over a real server, and between servers."""

import http.client
import threading
import time
from dataclasses import replace

import pytest

from cocreate.config import Config
from cocreate.core.db import db
from tests.live.scene import Browser, Event, Server, make_app, make_scene, serving
from tests.postgres import throwaway_postgres


@pytest.fixture
def server(config, scene):
    with serving(replace(config, live_backlog=2000)) as server:
        yield server


@pytest.fixture
def tablet(server, scene):
    tablet = Browser(server.port, scene.address(view="stage"), scene.cookies["participant"])
    yield tablet
    tablet.close()


def write(server, scene, text="x"):
    return server.post(f"/notes/{scene.space_id}", {"text": text})["seq"]


def follow(tablet: Browser, last: int, got: list[int]) -> None:
    """Read until this seq, through every cut; at most a minute, so that no thread outlives its test."""
    until = time.monotonic() + 60
    while (not got or got[-1] < last) and time.monotonic() < until:
        try:
            tablet.connect()
            for block in tablet.blocks():
                if "data" in block.fields:
                    got.append(block.data["seq"])
                    if got[-1] >= last:
                        return
        except (OSError, ValueError, http.client.HTTPException):
            time.sleep(0.02)


def test_the_first_bytes_come_at_once(server, tablet):
    tablet.connect()
    first = next(tablet.blocks())
    assert 1000 <= int(first.fields["retry"]) <= 4000


def test_a_cut_stream_resumes_and_misses_nothing(server, scene, tablet):
    tablet.connect()
    next(tablet.blocks())
    seqs = [write(server, scene) for _ in range(3)]
    got = [event.data["seq"] for event in tablet.events(3)]
    tablet.close()
    seqs += [write(server, scene) for _ in range(4)]
    tablet.connect()
    seqs += [write(server, scene) for _ in range(2)]
    got += [event.data["seq"] for event in tablet.events(6)]
    assert got == seqs


def test_streams_cut_all_the_time_get_everything_once(server, scene):
    first = write(server, scene)
    last = first + 150
    tablets = [
        Browser(server.port, scene.address(), scene.cookies["participant"], str(first)) for _ in range(5)
    ]
    got: list[list[int]] = [[] for _ in tablets]
    readers = [
        threading.Thread(target=follow, args=(b, last, g), daemon=True)
        for b, g in zip(tablets, got, strict=True)
    ]
    for reader in readers:
        reader.start()
    for number in range(150):
        write(server, scene)
        if number % 3 == 0:
            tablets[number % 5].cut()
    for reader in readers:
        reader.join(90)
    for tablet in tablets:
        tablet.close()
    assert got == [list(range(first + 1, last + 1))] * 5


def test_a_killed_server_is_resumed_where_it_was(server, scene, tablet):
    first = write(server, scene)
    tablet.last_id = str(first)
    got: list[int] = []
    reader = threading.Thread(target=follow, args=(tablet, first + 20, got), daemon=True)
    reader.start()
    for _ in range(10):
        write(server, scene)
    server.kill()
    server.start()
    for _ in range(10):
        write(server, scene)
    reader.join(90)
    assert got == list(range(first + 1, first + 21))


def test_heartbeats_and_leaving(server, scene, tablet):
    tablet.connect()
    blocks = tablet.blocks()
    next(blocks)
    beats = [next(blocks).fields for _ in range(3)]
    assert [(beat["event"], beat["data"]) for beat in beats] == [("beat", "")] * 3


def test_open_streams_do_not_hold_up_a_stop(server, scene, tablet):
    tablet.connect()
    next(tablet.blocks())
    server.stop()
    assert not server.was_forced


def test_two_processes_on_one_sqlite_file(config, scene, server):
    with serving(config) as other, Browser(other.port, scene.address(), scene.cookies["reader"]) as tablet:
        next(tablet.blocks())
        seqs = [write(server, scene) for _ in range(5)]
        assert [event.data["seq"] for event in tablet.events(5)] == seqs


@pytest.fixture(scope="module")
def postgres():
    with throwaway_postgres() as postgres:
        yield postgres


@pytest.mark.postgres
def test_two_processes_on_postgresql_also_over_its_restart(postgres, tmp_path):
    config = Config(
        data=tmp_path, testing=True, heartbeat=0.5, live_check=600, database_url=postgres.new_database()
    )
    app = make_app(config)
    scene = make_scene(app)
    with app.app_context():
        db.engine.dispose()
    path, cookie = scene.address(), scene.cookies["participant"]
    with serving(config) as writer, serving(config) as reader, Browser(reader.port, path, cookie) as tablet:
        next(tablet.blocks())
        time.sleep(0.5)  # until it listens
        for _ in range(5):
            seq = write(writer, scene)
            assert tablet.events(1)[0].data["seq"] == seq
        postgres.restart()
        seqs = [write_again(writer, scene) for _ in range(5)]
        assert [event.data["seq"] for event in tablet.events(5)] == seqs
        time.sleep(1)
        seq = write(writer, scene)
        assert tablet.events(1)[0].data["seq"] == seq


@pytest.mark.postgres
def test_two_processes_on_postgresql_hear_each_other_whisper(postgres, tmp_path):
    config = Config(data=tmp_path, testing=True, heartbeat=0.5, database_url=postgres.new_database())
    app = make_app(config)
    scene = make_scene(app)
    with app.app_context():
        db.engine.dispose()
    path, cookie = scene.address(), scene.cookies["participant"]
    with serving(config) as one, serving(config) as two:
        tablets = [Browser(server.port, path, cookie) for server in (one, two)]
        for tablet in tablets:
            tablet.connect()
            next(tablet.blocks())
        for number, server in enumerate((one, two)):
            # The other process may not listen yet; who says it again is heard once each time.
            heard = [say_until_heard(server, scene, tablet, f"{number}") for tablet in tablets]
            assert [event.data for event in heard] == [{"who": f"{number}", "topic": "presence"}] * 2
            assert [event.fields.get("id") for event in heard] == [None, None]
        seq = write(one, scene)
        for tablet in tablets:
            changes = [event for event in tablet.events(1) if event.fields["event"] == "change"]
            while not changes:
                changes = [event for event in tablet.events(1) if event.fields["event"] == "change"]
            assert (changes[0].data["seq"], tablet.last_id) == (seq, str(seq))
            tablet.close()


def say_until_heard(server: Server, scene, tablet: Browser, key: str) -> Event:
    """Whisper again at each beat of the stream, until it comes."""
    server.post(f"/whispers/{scene.space_id}", {"who": key})
    for block in tablet.blocks():
        if block.fields.get("event") == "whisper" and block.data["who"] == key:
            return block
        if block.fields.get("event") == "beat":
            server.post(f"/whispers/{scene.space_id}", {"who": key})
    raise AssertionError("never heard")


def write_again(server: Server, scene) -> int:
    """As the outbox does: try until it is kept."""
    for _ in range(50):
        try:
            return write(server, scene)
        except AssertionError:
            time.sleep(0.1)
    raise AssertionError("never kept")

import sqlite3
import threading
from dataclasses import replace

import pytest
from flask import current_app

from cocreate.core.audience import Viewer
from cocreate.core.faces import View
from cocreate.live import hub as hub_module
from cocreate.live import stream as stream_module
from cocreate.live.renderings import Look
from cocreate.live.stream import Watcher, stream
from tests.live.scene import EVERYBODY, make_app, make_space, write_note
from tests.live.test_room import seqs

STAGE = Look(View.STAGE, "nl")


@pytest.fixture
def hub(app, scene):
    hub = app.extensions["cocreate.live"]
    yield hub
    assert hub._rooms == {}
    thread = hub._feeder
    if thread:
        thread.join(5)
    assert hub._feeder is None


@pytest.fixture
def member(scene):
    return Viewer(scene.space_id, scene.members["participant"], "participant")


def watch(hub, member, seq, heartbeat=5.0):
    return stream(hub, Watcher(member.space_id, member, STAGE, seq), heartbeat)


def read_until(chunks, last):
    got = []
    for chunk in chunks:
        got += seqs(chunk)
        if got and got[-1] >= last:
            chunks.close()
            return got
    return got


def head(app, scene):
    with app.app_context():
        return write_note(scene.space_id, EVERYBODY)


def test_a_commit_in_this_process_arrives(app, scene, hub, member):
    seq = head(app, scene)
    chunks = watch(hub, member, seq)
    assert next(chunks).startswith(b"retry: ")
    threading.Timer(0.1, lambda: head(app, scene)).start()
    assert seqs(next(chunks)) == [seq + 1]
    chunks.close()


def test_several_events_go_in_one_chunk(app, scene, hub, member):
    seq = head(app, scene)
    for _ in range(5):
        head(app, scene)
    chunks = watch(hub, member, seq)
    next(chunks)
    assert len(seqs(next(chunks))) == 5
    chunks.close()


def test_heartbeats_move_the_last_event_id_past_what_one_may_not_see(app, scene, hub, member):
    seq = head(app, scene)
    chunks = watch(hub, replace(member, membership_id=None), seq, heartbeat=0.1)
    next(chunks)
    assert next(chunks) == f"id: {seq}\nevent: beat\ndata: \n\n".encode()
    head(app, scene)
    beats = [next(chunks) for _ in range(3)]
    assert beats[-1] == f"id: {seq + 1}\nevent: beat\ndata: \n\n".encode()
    chunks.close()


def test_heartbeats_come_also_while_much_happens_out_of_sight(app, scene, hub, member):
    seq = head(app, scene)
    chunks = watch(hub, replace(member, membership_id=None), seq, heartbeat=0.2)
    next(chunks)
    stop = threading.Event()

    def write():
        while not stop.wait(0.02):
            head(app, scene)

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    next(chunks), next(chunks)
    stop.set()
    writer.join()
    chunks.close()


def test_a_stream_ends_by_itself(app, scene, hub, member, monkeypatch):
    monkeypatch.setattr(stream_module, "LIFETIME", 0.3)
    seq = head(app, scene)
    assert list(watch(hub, member, seq))[-1] == f"id: {seq}\nevent: beat\ndata: \n\n".encode()


def test_too_far_behind_is_sent_to_reload(app, scene, hub, member):
    seq = head(app, scene)
    chunks = watch(hub, member, seq)
    next(chunks)
    for _ in range(60):
        newest = head(app, scene)
    next(chunks)
    late = watch(hub, member, newest - 55)
    next(late)
    assert b"event: reload\ndata: {}\n\n" in next(late)
    assert list(late) == []
    chunks.close()


def test_another_process_on_the_same_file_is_heard(app, scene, hub, member, config):
    seq = head(app, scene)
    chunks = watch(hub, member, seq)
    next(chunks)
    other = make_app(config)  # its hub hears nothing of ours, nor we of it
    threading.Timer(0.2, lambda: head(other, scene)).start()
    assert seqs(next(chunks)) == [seq + 1]
    chunks.close()


@pytest.mark.usefixtures("hub")
def test_trouble_with_the_database_passes(app, scene, member, monkeypatch, caplog):
    seq = head(app, scene)
    hub = app.extensions["cocreate.live"]
    monkeypatch.setattr(hub_module, "PAUSE_AFTER_TROUBLE", 0.1)
    broken = threading.Event()
    read = hub_module.Room.feed

    def feed(room):
        if broken.is_set():
            raise sqlite3.OperationalError("away")
        read(room)

    monkeypatch.setattr(hub_module.Room, "feed", feed)
    chunks = watch(hub, member, seq)
    next(chunks)
    broken.set()
    head(app, scene)
    threading.Timer(0.5, broken.clear).start()
    assert seqs(next(chunks)) == [seq + 1]
    assert "the log cannot be read now" in caplog.text
    chunks.close()


def test_nothing_runs_when_nobody_watches(app, scene, hub, member):
    seq = head(app, scene)
    assert hub._feeder is None
    streams = [watch(hub, member, seq) for _ in range(3)]
    for chunks in streams:
        next(chunks)
        head(app, scene)
        next(chunks)
    feeder = hub._feeder
    assert feeder
    assert hub._rooms[scene.space_id].watchers == 3
    for chunks in streams:
        chunks.close()
    feeder.join(5)
    assert not feeder.is_alive()


@pytest.mark.usefixtures("hub")
def test_many_readers_and_writers_miss_and_double_nothing(app, scene):
    hub = app.extensions["cocreate.live"]
    with app.app_context():
        scenes = [scene, make_space(current_app)]
        starts = [write_note(s.space_id, EVERYBODY) for s in scenes]
    lasts = [start + 60 for start in starts]
    got: list[tuple[int, list[int]]] = []

    def write(which: int) -> None:
        with app.app_context():
            for _ in range(20):
                write_note(scenes[which].space_id, EVERYBODY)

    def read(which: int) -> None:
        viewer = Viewer(scenes[which].space_id, scenes[which].members["reader"], "reader")
        got.append((which, read_until(watch(hub, viewer, starts[which], 0.5), lasts[which])))

    threads = [threading.Thread(target=read, args=(n % 2,), daemon=True) for n in range(12)]
    threads += [threading.Thread(target=write, args=(n % 2,), daemon=True) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(got) == 12
    for which, numbers in got:
        assert numbers == list(range(starts[which] + 1, lasts[which] + 1))

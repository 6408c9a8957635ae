"""What is whispered reaches who may hear it, once, and is soon forgotten."""

import re
import uuid
from dataclasses import replace

import pytest

from cocreate.core.audience import Audience, Viewer, Visibility
from cocreate.core.faces import View
from cocreate.core.whispers import Whisper, whisper
from cocreate.live import hub as hub_module
from cocreate.live import murmur as murmur_module
from cocreate.live import stream as stream_module
from cocreate.live.murmur import KEPT_FOR, MOST, Murmur
from cocreate.live.renderings import Look
from cocreate.live.stream import Watcher, stream
from tests.live.scene import EVERYBODY, make_app, write_note

SPACE = uuid.uuid4()
SOMEBODY = Viewer(SPACE, uuid.uuid4(), "participant")


def say(
    murmur: Murmur, key: str, audience: Audience = EVERYBODY, topic: str = "presence", **data: str
) -> None:
    murmur.hear(Whisper(SPACE, audience, topic, {"who": key, **data}), _dumps)


def _dumps(facts, **_options):
    return str(facts["who"]) + str(facts.get("stop", ""))


def keys(chunk: bytes) -> list[str]:
    return [found.decode() for found in re.findall(rb"^event: whisper\ndata: (.*)\n\n", chunk, re.MULTILINE)]


def hear(murmur: Murmur, number: int = 0, viewer: Viewer = SOMEBODY) -> list[str]:
    return keys(murmur.after(number, viewer)[0])


def test_each_is_heard_once_in_order():
    murmur = Murmur()
    say(murmur, "a"), say(murmur, "b")
    chunk, number = murmur.after(0, SOMEBODY)
    assert keys(chunk) == ["a", "b"]
    assert murmur.after(number, SOMEBODY) == (b"", number)
    say(murmur, "c")
    assert hear(murmur, number) == ["c"]


def test_the_newest_of_one_topic_and_person_counts():
    murmur = Murmur()
    say(murmur, "a", stop="1"), say(murmur, "b"), say(murmur, "a", stop="2"), say(murmur, "a", topic="other")
    assert hear(murmur) == ["b", "a2", "a"]


def test_who_comes_in_hears_what_was_said_just_before_and_not_longer_ago(monkeypatch):
    murmur = Murmur()
    say(murmur, "a")
    now = murmur_module.monotonic()
    monkeypatch.setattr(murmur_module, "monotonic", lambda: now + KEPT_FOR - 1)
    say(murmur, "b")
    assert hear(murmur) == ["a", "b"]
    monkeypatch.setattr(murmur_module, "monotonic", lambda: now + KEPT_FOR + 1)
    assert hear(murmur) == ["b"]
    assert len(murmur._said) == 1


def test_it_does_not_grow():
    murmur = Murmur()
    for number in range(5 * MOST):
        say(murmur, str(number))
        say(murmur, "the same")
    assert len(murmur._said) == MOST
    assert hear(murmur)[-2:] == [str(5 * MOST - 1), "the same"]


def test_each_hears_what_is_meant_for_them():
    murmur = Murmur()
    room = uuid.uuid4()
    say(murmur, "room", Audience(Visibility.WORKSHOP, None, room))
    say(murmur, "space")
    say(murmur, "public", Audience(Visibility.PUBLIC))
    say(murmur, "mine", Audience(Visibility.MAKER, SOMEBODY.membership_id))
    assert hear(murmur) == ["space", "public", "mine"]
    assert hear(murmur, viewer=replace(SOMEBODY, workshop_ids=frozenset({room}))) == [
        "room",
        "space",
        "public",
        "mine",
    ]
    assert hear(murmur, viewer=Viewer(SPACE, sees_public=True)) == ["public"]
    assert hear(murmur, viewer=Viewer(SPACE)) == []


# Through the hub and the stream


@pytest.fixture
def hub(app, scene):
    return app.extensions["cocreate.live"]


@pytest.fixture
def member(scene):
    return Viewer(scene.space_id, scene.members["participant"], "participant")


@pytest.fixture
def seq(app, scene):
    with app.app_context():
        return write_note(scene.space_id, EVERYBODY)


@pytest.fixture
def watch(hub, member, seq):
    """Opens streams that are past their greeting, and closes them.

    Somebody is in the room all the time: nothing hangs on which comes first, whisper or stream.
    """
    room = hub.enter(member.space_id, seq)
    opened = []

    def watch(view=View.STAGE, heartbeat=30.0, viewer=member):
        chunks = stream(hub, Watcher(viewer.space_id, viewer, Look(view, "nl"), seq), heartbeat)
        next(chunks)
        opened.append(chunks)
        return chunks

    yield watch
    for chunks in opened:
        chunks.close()
    hub.leave(room)


def say_to(app, space_id, *keys, audience=EVERYBODY, **data):
    with app.app_context():
        for key in keys:
            whisper(space_id, audience, "presence", {"who": key, **data})


@pytest.mark.parametrize("view", [View.STAGE, View.LIBRARY])
def test_it_arrives_without_an_id(app, scene, watch, view):
    chunks = watch(view)
    say_to(app, scene.space_id, "a", stop="één")
    assert next(chunks).decode() == 'event: whisper\ndata: {"who":"a","stop":"één","topic":"presence"}\n\n'


@pytest.mark.parametrize("view", [View.CONSOLE, View.SCREEN])
def test_the_console_and_the_projector_are_not_told(app, scene, watch, view):
    chunks, told = watch(view, heartbeat=0.4), watch()
    say_to(app, scene.space_id, "a")
    assert b"whisper" in next(told)
    assert [b"whisper" in next(chunks) for _ in range(2)] == [False, False]


def test_the_topic_cannot_be_forged_by_the_data(app, scene, watch):
    chunks = watch()
    say_to(app, scene.space_id, "a", topic="stage")
    assert b'"topic":"presence"' in next(chunks)


def test_it_does_not_move_the_place_to_resume_nor_hold_back_the_beat(app, scene, watch, seq):
    chunks = watch(heartbeat=0.4)
    with app.app_context():
        write_note(scene.space_id, Audience(Visibility.MAKER, uuid.uuid4()))
    got = b""
    while f"id: {seq + 1}\n".encode() not in got or b"whisper" not in got:
        say_to(app, scene.space_id, "a")
        got += next(chunks)
    assert set(re.findall(rb"^id: (\d+)$", got, re.MULTILINE)) <= {b"%d" % seq, b"%d" % (seq + 1)}
    assert keys(got)


def test_a_change_and_a_whisper_travel_together(app, scene, watch, seq):
    chunks = watch()
    say_to(app, scene.space_id, "a")
    with app.app_context():
        write_note(scene.space_id, EVERYBODY)
    got = next(chunks)
    while b"whisper" not in got or b"change" not in got:
        got += next(chunks)
    assert re.findall(rb"^id: (\d+)$", got, re.MULTILINE) == [b"%d" % (seq + 1)]


def test_it_is_drawn_once_for_all(app, scene, watch, monkeypatch):
    drawn = []
    encode = murmur_module.encode
    monkeypatch.setattr(murmur_module, "encode", lambda *what: drawn.append(1) or encode(*what))
    everybody = [watch() for _ in range(4)]
    say_to(app, scene.space_id, "a")
    assert [len(keys(next(chunks))) for chunks in everybody] == [1] * 4
    assert len(drawn) == 1


def test_many_in_a_moment_wake_nobody_more_often_than_now_and_then(app, scene, hub, watch, seq, monkeypatch):
    monkeypatch.setattr(hub_module, "WHISPERS_EVERY", 600)
    rung = []
    ring = hub._ring_murmuring
    monkeypatch.setattr(hub, "_ring_murmuring", lambda: rung.append(1) or ring())
    chunks = watch()
    say_to(app, scene.space_id, "first")
    assert keys(next(chunks))
    until_fed(app, scene, watch, 2)  # by then the feeder was past the whisper
    before = len(rung)
    say_to(app, scene.space_id, *map(str, range(50)))
    until_fed(app, scene, watch, 2)
    assert len(rung) == before


def until_fed(app, scene, watch, times):
    """Until the feeder has gone round so often."""
    for _ in range(times):
        chunks = watch()
        with app.app_context():
            seq = write_note(scene.space_id, EVERYBODY)
        while f"id: {seq}\n".encode() not in next(chunks):
            pass


def test_where_nobody_watches_nothing_is_kept(app, scene, hub):
    say_to(app, scene.space_id, "a")
    assert (hub._rooms, hub._murmuring) == ({}, set())


def test_another_space_hears_nothing(app, scene, watch, seq):
    chunks = watch(heartbeat=0.4)
    say_to(app, uuid.uuid4(), "a")
    assert [b"whisper" in next(chunks) for _ in range(2)] == [False, False]


@pytest.mark.usefixtures("watch")
def test_over_http_each_hears_what_is_meant_for_them(app, scene, monkeypatch):
    monkeypatch.setattr(stream_module, "LIFETIME", 0.3)
    say_to(app, scene.space_id, "a", audience=Audience(Visibility.WORKSHOP, None, scene.workshop_id))
    counts = {}
    for role in ("participant", "reader"):
        headers = {"Cookie": scene.cookies[role]}
        text = app.test_client(use_cookies=False).get(scene.address(), headers=headers).text
        counts[role] = text.count("event: whisper\n")
    assert counts == {"participant": 1, "reader": 0}


def test_on_sqlite_another_process_hears_nothing(app, scene, watch, config):
    chunks = watch(heartbeat=0.4)
    other = make_app(config)  # its hub hears nothing of ours, nor we of it
    say_to(other, scene.space_id, "a")
    assert [b"whisper" in next(chunks) for _ in range(2)] == [False, False]

import re
import tempfile
import uuid
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate.config import Config
from cocreate.core import faces
from cocreate.core.audience import Audience, Viewer, Visibility, sees
from cocreate.core.changes import LogHead, begin_log, changing
from cocreate.core.db import db, session, writing
from cocreate.core.faces import Face, View
from cocreate.live import renderings
from cocreate.live.renderings import Look
from cocreate.live.ring import TooFarBehind
from cocreate.live.room import Room
from tests.live.scene import EVERYBODY, make_app, write_note

STAGE = Look(View.STAGE, "nl")


def seqs(chunk: bytes) -> list[int]:
    return [int(found) for found in re.findall(rb"^id: (\d+)\nevent: change$", chunk, re.MULTILINE)]


def all_news(room: Room, viewer: Viewer, seq: int, look: Look = STAGE) -> tuple[bytes, int]:
    chunks = []
    while True:
        chunk, reached = room.news(viewer, look, seq)
        chunks.append(chunk)
        if reached == seq:
            return b"".join(chunks), seq
        seq = reached


@pytest.fixture
def member(scene):
    return Viewer(scene.space_id, scene.members["participant"], "participant")


@pytest.fixture
def room(app, scene):
    return Room(app, scene.space_id, 50, 0)


@pytest.fixture
def drawn(monkeypatch):
    """The faces that were drawn, and a place to change the next one."""
    calls = []

    def face(change, view):
        calls.append((change.seq, view))
        return face.answer or Face(dict(change.payload))

    face.answer = None
    face.calls = calls
    monkeypatch.setitem(faces._makers, "note", face)
    return face


def test_an_event_says_what_happened(app, scene, room, member):
    with app.app_context():
        seq = write_note(scene.space_id, EVERYBODY, text="één\nregel\r\u2028")
    room.feed()
    chunk, _ = room.news(member, STAGE, seq - 1)
    head, event, data, *rest = chunk.decode().split("\n")
    assert (head, event, rest) == (f"id: {seq}", "event: change", ["", ""])
    assert '"text":"één\\nregel\\r' in data
    assert f'"seq":{seq},"topic":"note","verb":"shared","subject_type":"note"' in data


def test_each_change_is_drawn_once_for_everybody(app, scene, room, member, drawn):
    with app.app_context():
        for _ in range(3):
            write_note(scene.space_id, EVERYBODY, text="x")
    room.feed()
    for _ in range(5):
        all_news(room, member, 0)
        all_news(room, member, 0, Look(View.STAGE, "en"))
    assert len(drawn.calls) == 6


def test_the_face_says_for_whom_it_is_now(app, scene, room, member, drawn):
    drawn.answer = Face({"text": "x"}, Audience(Visibility.MAKER, uuid.uuid4()))
    with app.app_context():
        seq = write_note(scene.space_id, EVERYBODY)
    room.feed()
    assert room.news(member, STAGE, seq - 1) == (b"", seq)


def test_who_does_not_belong_to_the_space_gets_their_own_look(app, scene, room, member, drawn):
    drawn.answer = Face({"text": "inside"}, Audience(Visibility.PUBLIC), outside={"text": "outside"})
    with app.app_context():
        seq = write_note(scene.space_id, Audience(Visibility.PUBLIC))
    room.feed()
    passer_by = Viewer(scene.space_id, sees_public=True)
    assert b'"text":"inside"' in room.news(member, STAGE, seq - 1)[0]
    assert b'"text":"outside"' in room.news(passer_by, STAGE, seq - 1)[0]
    assert b"inside" not in room.news(passer_by, STAGE, seq - 1)[0]


def test_the_log_row_says_for_whom_it_was_then(app, scene, room, member, drawn):
    drawn.answer = Face({"text": "x"}, EVERYBODY)
    with app.app_context():
        seq = write_note(scene.space_id, Audience(Visibility.MAKER, uuid.uuid4()))
    room.feed()
    assert room.news(member, STAGE, seq - 1) == (b"", seq)


def test_what_is_withdrawn_is_drawn_anew_for_who_comes_later(app, scene, room, member, drawn):
    with app.app_context():
        seq = write_note(scene.space_id, EVERYBODY, text="secret")
        room.feed()
        assert b"secret" in room.news(member, STAGE, seq - 1)[0]
        drawn.answer = Face({"text": ""})
        write_note(scene.space_id, EVERYBODY, verb="withdrawn")
    assert b"secret" in room.news(member, STAGE, seq - 1)[0]  # not known here yet
    room.feed()
    assert b"secret" not in room.news(member, STAGE, seq - 1)[0]


def test_old_drawings_are_not_used(app, room, member, drawn, monkeypatch):
    with app.app_context():
        seq = write_note(room.space_id, EVERYBODY)
    room.feed()
    room.news(member, STAGE, seq - 1)
    now = renderings.monotonic()
    monkeypatch.setattr(renderings, "monotonic", lambda: now + renderings.KEPT_FOR + 1)
    room.news(member, STAGE, seq - 1)
    assert len(drawn.calls) == 2


def test_a_face_that_breaks_is_left_out(app, room, member, monkeypatch, caplog):
    def broken(change, view):
        if change.payload.get("bad"):
            raise KeyError("bad")
        return Face({"fine": True})

    monkeypatch.setitem(faces._makers, "note", broken)
    with app.app_context():
        seq = write_note(room.space_id, EVERYBODY, bad=1)
        write_note(room.space_id, EVERYBODY)
    room.feed()
    assert seqs(room.news(member, STAGE, seq - 1)[0]) == [seq + 1]
    assert "a face could not be drawn" in caplog.text


def test_drawing_works_with_trusted_hosts(tmp_path, config):
    app = make_app(replace(config, data=tmp_path, trusted_hosts=("cocreate.example",)))
    with app.test_request_context(base_url=renderings._own_address(app)):
        assert app.url_for("core.healthz") == "/healthz"


def test_reads_further_back_than_the_ring(app, scene, member):
    with app.app_context():
        first = write_note(scene.space_id, EVERYBODY)
        for _ in range(9):
            write_note(scene.space_id, EVERYBODY)
    room = Room(app, scene.space_id, 50, first + 5)
    room.feed()
    chunk, reached = all_news(room, member, first - 1)
    assert seqs(chunk) == list(range(first, first + 10))
    assert reached == first + 9


def test_reads_a_long_way_in_one_go(app, scene, member):
    with app.app_context(), changing(scene.space_id) as log:
        for _ in range(250):
            last = log.record("note", "shared", audience=EVERYBODY, subject_type="note")
    room = Room(app, scene.space_id, 300, last - 250)
    room.feed()
    assert seqs(all_news(room, member, last - 250)[0]) == list(range(last - 249, last + 1))


def test_too_far_behind(app, scene, member):
    with app.app_context():
        for _ in range(12):
            seq = write_note(scene.space_id, EVERYBODY)
    room = Room(app, scene.space_id, 10, seq - 3)
    room.feed()
    assert len(seqs(all_news(room, member, seq - 10)[0])) == 10
    with pytest.raises(TooFarBehind):
        room.news(member, STAGE, seq - 11)


def test_a_log_that_shrank_sends_everybody_to_reload(app, scene, room, member):
    with app.app_context():
        write_note(scene.space_id, EVERYBODY)
    room.check()
    assert room.head > 0
    with app.app_context(), writing() as transaction:
        transaction.get(LogHead, scene.space_id).seq = 1
    signal = room.signal
    room.check()
    assert signal.is_set()
    with pytest.raises(TooFarBehind):
        room.news(member, STAGE, room.head)


ROOMS = [uuid.UUID(int=n) for n in (1, 2)]
MEMBERS = [uuid.UUID(int=n) for n in (11, 12, 13)]
AUDIENCES = st.builds(
    Audience, st.sampled_from(Visibility), st.sampled_from([None, *MEMBERS]), st.sampled_from([None, *ROOMS])
)
STEPS = st.one_of(
    st.tuples(st.just("commit"), AUDIENCES),
    st.tuples(st.just("feed"), st.none()),
    st.tuples(st.just("read"), st.integers(0, 3)),
    st.tuples(st.just("resume"), st.integers(0, 3)),
)


@pytest.fixture(scope="module")
def busy_app():
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(Config(data=Path(folder), testing=True))
        with app.app_context():
            db.create_all()
        yield app
        with app.app_context():
            db.engine.dispose()


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(STEPS, max_size=60), size=st.integers(1, 12))
def test_everybody_gets_exactly_what_they_may_see_in_order_and_once(busy_app, steps, size):
    space_id = uuid.uuid4()
    viewers = [Viewer(space_id, m, "participant", workshop_ids=frozenset(ROOMS[:1])) for m in MEMBERS]
    viewers.append(Viewer(space_id, workshop_ids=frozenset(ROOMS[1:])))  # a projector
    with busy_app.app_context():
        with writing():
            begin_log(space_id)
        room = Room(busy_app, space_id, size, 0)
        log: list[Audience] = []
        cursors, got, began = [0] * 4, [[] for _ in viewers], [0] * 4

        def read(index: int) -> None:
            try:
                chunk, cursors[index] = all_news(room, viewers[index], cursors[index])
            except TooFarBehind:
                assert room.head - cursors[index] > size
                # The page is loaded again: it shows everything up to the head.
                began[index] = cursors[index] = room.head
                got[index] = []
                return
            got[index] += seqs(chunk)

        for step, what in steps:
            session().rollback()
            if step == "commit":
                write_note(space_id, what)
                log.append(what)
            elif step == "feed":
                room.feed()
            elif step == "read":
                read(what)
            else:
                # Only what came through counts: the cursor goes back to the last event.
                cursors[what] = max([began[what], *got[what][-1:]])
        room.feed()
        for index, viewer in enumerate(viewers):
            read(index)
            visible = [n for n, audience in enumerate(log, 1) if n > began[index] and sees(viewer, audience)]
            assert got[index] == visible

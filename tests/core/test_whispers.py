"""A whisper is said to who is there, leaves nothing behind, and harms nothing when it fails."""

import json
import os
import uuid

import psycopg
import pytest
from flask_migrate import upgrade

from cocreate.config import Config
from cocreate.core import whispers
from cocreate.core.audience import Audience, Visibility
from cocreate.core.changes import Change, changing, head_of
from cocreate.core.db import db, session
from cocreate.core.whispers import CHANNEL, LARGEST, Whisper, whisper
from tests.conftest import running
from tests.factories import make_space

EVERYBODY = Audience(Visibility.SPACE)
ROOM = Audience(Visibility.WORKSHOP, uuid.uuid4(), uuid.uuid4())


@pytest.fixture
def heard(monkeypatch):
    """Everything that a listener of this process gets."""
    found: list[Whisper] = []
    monkeypatch.setattr(whispers, "_listeners", [found.append])
    return found


def test_who_listens_hears_it_at_once_and_nothing_is_kept(in_context, space, heard):
    before = head_of(space.id)
    whisper(space.id, EVERYBODY, "presence", {"who": "a", "stop": "x"})
    assert heard == [Whisper(space.id, EVERYBODY, "presence", {"who": "a", "stop": "x"})]
    assert head_of(space.id) == before
    assert session().query(Change).filter(Change.topic == "presence").count() == 0


def test_inside_a_transaction_it_waits_for_the_commit(in_context, space, heard):
    with changing(space.id):
        whisper(space.id, EVERYBODY, "presence", {})
        assert heard == []
    assert len(heard) == 1


def test_what_is_rolled_back_was_not_said(in_context, space, heard):
    def whisper_and_fail():
        with changing(space.id):
            whisper(space.id, EVERYBODY, "presence", {})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        whisper_and_fail()
    with changing(space.id):
        pass
    assert heard == []


@pytest.mark.parametrize(("length", "is_said"), [(LARGEST - 400, True), (LARGEST, False)])
def test_what_is_too_long_is_dropped(in_context, space, heard, caplog, length, is_said):
    whisper(space.id, EVERYBODY, "presence", {"stop": "x" * length})
    assert len(heard) == is_said
    assert ("was dropped" in caplog.text) != is_said
    assert "xxxx" not in caplog.text


def test_bytes_count_and_not_letters(in_context, space, heard):
    whisper(space.id, EVERYBODY, "presence", {"stop": "é" * (LARGEST - 800)})
    assert heard == []


@pytest.mark.parametrize("audience", [EVERYBODY, ROOM])
def test_it_survives_the_way_to_another_process(monkeypatch, audience):
    said = Whisper(uuid.uuid4(), audience, "presence", {"who": "a", "stop": "é\n"})
    packed = said.pack()
    assert Whisper.unpack(packed) is None  # our own: heard already
    monkeypatch.setattr(whispers, "_MARK", "another")
    assert Whisper.unpack(packed) == said


def test_a_child_of_this_process_is_another_one():
    packed = Whisper(uuid.uuid4(), EVERYBODY, "presence", {}).pack()
    child = os.fork()
    if child == 0:
        os._exit(0 if Whisper.unpack(packed) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


FOREIGN = json.dumps(["other", "x", "space", None, None, "presence", {}])


@pytest.mark.parametrize(
    "packed", ["", "{}", "[]", "null", "3", '"x"', "[1,2]", "[[],[],[],[],[],[],[]]", FOREIGN]
)
def test_what_is_not_ours_says_so(packed):
    with pytest.raises(ValueError):  # noqa: PT011 (json has errors of its own)
        Whisper.unpack(packed)


@pytest.fixture
def on_postgres(postgres, tmp_path):
    """The application over PostgreSQL."""
    for app in running(Config(data=tmp_path, testing=True, database_url=postgres.new_database())):
        with app.app_context():
            upgrade()
            yield app


@pytest.mark.postgres
def test_other_processes_are_told_over_postgresql(on_postgres, heard):
    with on_postgres.app_context():
        space = make_space()
        with psycopg.connect(_address(), autocommit=True) as listener:
            listener.execute(f"LISTEN {CHANNEL}")
            session().connection().exec_driver_sql("SET synchronous_commit TO on")
            whisper(space.id, EVERYBODY, "presence", {"who": "a"})
            note = next(listener.notifies(timeout=20, stop_after=1))
        assert json.loads(note.payload)[1:] == [str(space.id), "space", None, None, "presence", {"who": "a"}]
        # What is kept is kept with all the care there is, also after a whisper on the same connection.
        assert session().connection().exec_driver_sql("SHOW synchronous_commit").scalar() == "on"


def test_a_database_that_does_not_answer_stops_nobody(any_database, heard, monkeypatch, caplog):
    with any_database.app_context():
        space = make_space()
        before = head_of(space.id)
        monkeypatch.setattr(whispers, "CHANNEL", "x" * 100)  # PostgreSQL refuses a name as long as this
        whisper(space.id, EVERYBODY, "presence", {})
        assert len(heard) == 1
        assert ("was not passed on" in caplog.text) == (db.engine.dialect.name == "postgresql")
        assert head_of(space.id) == before


def _address() -> str:
    return db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)

"""A space with people in it, an application over it, and a server that a test starts and stops."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, request

from cocreate import create_app
from cocreate.accounts.service import sign_in, welcome_guest
from cocreate.config import Config
from cocreate.core.audience import Audience, Visibility
from cocreate.core.changes import Change, changing
from cocreate.core.db import db, new_id
from cocreate.core.faces import Face, View, register_face
from cocreate.core.i18n import current_language
from cocreate.core.security import csrf
from cocreate.core.whispers import whisper
from cocreate.spaces.rules import Role
from cocreate.spaces.service import SpaceDraft, attend, join_space, open_space

ROOT = Path(__file__).parents[2]
EVERYBODY = Audience(Visibility.SPACE)


def make_app(config: Config) -> Flask:
    """The application, with one topic more: notes, which show their own text."""
    register_face("note", _face)
    app = create_app(config)
    for name, view in (("notes", _write), ("whispers", _whisper)):
        csrf.exempt(view)
        app.add_url_rule(f"/{name}/<uuid:space_id>", name, view, methods=["POST"])
    return app


def app_from_environment() -> Flask:
    """What gunicorn calls."""
    return make_app(Config.from_environment())


def _face(change: Change, view: View) -> Face:
    return Face({**change.payload, "view": view, "language": current_language()})


def _write(space_id: uuid.UUID) -> Response:
    facts = request.get_json()
    facts.pop("seq", None)  # the benchmark's other servers need to be told
    seq = write_note(space_id, EVERYBODY, **facts)
    return jsonify(seq=seq, at=time.monotonic_ns())


def _whisper(space_id: uuid.UUID) -> Response:
    whisper(space_id, EVERYBODY, "presence", request.get_json())
    return jsonify(state="said")


def write_note(space_id: uuid.UUID, audience: Audience, verb: str = "shared", **payload: Any) -> int:
    """One change; gives its seq."""
    with changing(space_id) as log:
        return log.record(
            "note", verb, audience=audience, subject_type="note", subject_id=new_id(), payload=payload
        )


@dataclass
class Scene:
    """A space, a workshop in it, and the sign-in cookie of a member in each role."""

    space_id: uuid.UUID
    workshop_id: uuid.UUID
    cookies: dict[str, str]
    members: dict[str, uuid.UUID] = field(default_factory=dict)

    def address(self, **query: object) -> str:
        """The address of the stream."""
        text = "&".join(f"{name}={value}" for name, value in query.items())
        return f"/spaces/{self.space_id}/changes?{text}"


def make_scene(app: Flask) -> Scene:
    """A fresh database with a space."""
    with app.app_context():
        db.create_all()
        return make_space(app)


def make_space(app: Flask) -> Scene:
    """A space with a steward, a participant who came to the workshop, and a reader who did not."""
    people = {role: welcome_guest() for role in (Role.STEWARD, Role.PARTICIPANT, Role.READER)}
    space = open_space(people[Role.STEWARD], SpaceDraft("Het plein"))
    scene = Scene(space.id, new_id(), {})
    with changing(space.id) as log:
        for role, person_id in people.items():
            membership = join_space(log, person_id, role=role)
            scene.members[role] = membership.id
            if role is Role.PARTICIPANT:
                attend(log, scene.workshop_id, membership)
    for role, person_id in people.items():
        scene.cookies[role] = make_cookie(app, sign_in(person_id))
    return scene


def make_cookie(app: Flask, token: str, language: str = "nl") -> str:
    """The cookie of a browser that signed in."""
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    value = serializer.dumps({"_user_id": token, "_fresh": True, "language": language})
    return f"{app.config['SESSION_COOKIE_NAME']}={value}"


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """gunicorn with gevent, as the product runs it."""

    def __init__(self, config: Config, target: str = "tests.live.scene:app_from_environment()") -> None:
        self.port = free_port()
        self._target = target
        self._environ = os.environ | {
            "COCREATE_DATA": str(config.data),
            "COCREATE_HEARTBEAT": str(config.heartbeat),
            "COCREATE_LIVE_BACKLOG": str(config.live_backlog),
            "COCREATE_LIVE_CHECK": str(config.live_check),
            "COCREATE_TESTING": "1",
            "DATABASE_URL": config.database_url,
        }
        self._process: subprocess.Popen[bytes] | None = None
        self.was_forced = False

    @property
    def pid(self) -> int:
        """The process that we started: gunicorn's arbiter."""
        assert self._process
        return self._process.pid

    def start(self) -> None:
        """Start, and wait until it answers."""
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "--worker-class",
            "gevent",
            "--workers",
            "1",
        ]
        command += ["--worker-connections", "4000", "--graceful-timeout", "2", "--timeout", "60"]
        command += ["--bind", f"127.0.0.1:{self.port}", "--backlog", "2048", "--log-level", "warning"]
        command += [self._target]
        # Its own group: gunicorn's worker is not our child, and a killed arbiter leaves it for a second.
        self._process = subprocess.Popen(command, cwd=ROOT, env=self._environ, start_new_session=True)
        self.wait_until_up(self._process)

    def wait_until_up(self, process: "subprocess.Popen[bytes]") -> None:
        """Until this process answers on our port."""
        deadline = time.monotonic() + 30
        while not self._answers():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the server did not start")
            time.sleep(0.05)

    def kill(self) -> None:
        """Without any chance to tidy up: the arbiter and its worker."""
        if self._process:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, 9)
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """As a service manager would."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(25)  # a worker that waits for open streams would take thirty
            self._process = None
        except subprocess.TimeoutExpired:
            self.was_forced = True
            self.kill()

    def post(self, path: str, facts: dict[str, Any]) -> dict[str, Any]:
        """Send JSON, get JSON."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            body = json.dumps(facts)
            connection.request("POST", path, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read()
            assert answer.status == 200, text
            return dict(json.loads(text))
        finally:
            connection.close()

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()


@contextmanager
def serving(config: Config, **settings: Any) -> Iterator[Server]:
    """A server for as long as the block lasts."""
    server = Server(config, **settings)
    try:
        server.start()
        yield server
    finally:
        server.kill() if sys.exc_info()[0] else server.stop()


@dataclass
class Event:
    """One block of a stream."""

    fields: dict[str, str]

    @property
    def data(self) -> dict[str, Any]:
        """What it says."""
        return dict(json.loads(self.fields["data"]))


class Browser:
    """Follows a stream as EventSource does, and remembers the last id."""

    def __init__(self, port: int, path: str, cookie: str, last_id: str | None = None) -> None:
        self.port, self.path, self.cookie, self.last_id = port, path, cookie, last_id
        self._connection: http.client.HTTPConnection | None = None
        self._answer: http.client.HTTPResponse | None = None
        self.status = 0

    def connect(self) -> None:
        """Open the stream where it was left."""
        self.close()
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        resume = {"Last-Event-ID": self.last_id} if self.last_id else {}
        self._connection.request("GET", self.path, headers={"Cookie": self.cookie, **resume})
        self._answer = self._connection.getresponse()
        self.status = self._answer.status
        self.headers = self._answer.headers

    def cut(self) -> None:
        """Break the line under it, as wifi does, from another thread."""
        connection = self._connection
        sock = connection.sock if connection else None
        if sock:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def blocks(self) -> Iterator[Event]:
        """Everything that comes, heartbeats too."""
        fields: dict[str, str] = {}
        while self._answer and (line := self._answer.readline()):
            text = line.decode().rstrip("\n")
            if text:
                name, _, value = text.partition(":")
                fields[name] = value.removeprefix(" ")
                continue
            self.last_id = fields.get("id", self.last_id)
            yield Event(fields)
            fields = {}

    def events(self, count: int) -> list[Event]:
        """The next so many events with something in them."""
        found: list[Event] = []
        if count:
            for block in self.blocks():
                if block.fields.get("data"):
                    found.append(block)
                if len(found) == count:
                    break
        return found

    def close(self) -> None:
        """Lose the wifi."""
        # A line cut before the first answer has a connection and no answer.
        answer, self._answer = self._answer, None
        connection, self._connection = self._connection, None
        if answer:
            answer.close()
        if connection:
            connection.close()

    def __enter__(self) -> "Browser":
        self.connect()
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

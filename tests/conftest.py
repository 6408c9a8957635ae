"""What tests start from: an application over a migrated database, and browsers that really come in."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from hypothesis import HealthCheck, settings
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.test import TestResponse

from cocreate import create_app
from cocreate.accounts.service import sign_in
from cocreate.config import Config
from cocreate.core.db import db
from cocreate.core.security import limiter
from tests.browser_without_scripts import Browser, form_of, read_page
from tests.factories import (
    MadeSpace,
    MadeWorkshop,
    Member,
    make_account,
    make_member,
    make_space,
    make_workshop,
)
from tests.postgres import Postgres, throwaway_postgres

# How long one example takes says something about the machine, and decides no test.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("here")


class MemoryBytecodes(BytecodeCache):
    """Compiled templates, by what stands in them."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Use what was compiled before."""
        if (bucket.key, bucket.checksum) in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key, bucket.checksum])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled now."""
        self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


MEMORY = Path("/dev/shm")
ROOM_IN_MEMORY = 2**30
COMPILED = MemoryBytecodes()
PASSWORD = "elf oma's aan tafel"


def pytest_configure(config: pytest.Config) -> None:
    """Keep pytest-alembic from offering tests of its own: with pytest 9 it breaks on this very file."""
    if hasattr(config.option, "pytest_alembic_tests_path"):
        config.option.pytest_alembic_tests_path = "tests/nowhere.py"
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_IN_MEMORY:
        # SQLite waits for the disk at every commit, as it should; three quarters of a run were that.
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where it counts nothing is skipped: only data that a checkout cannot hold may be missing."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    unexplained = [report.nodeid for report in skipped if "real" not in str(report.longrepr).lower()]
    if os.environ.get("CI") == "true" and unexplained:
        reporter.write_line("Skipped, and that may not be: " + ", ".join(unexplained), red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the newest schema and nothing in it, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("migrated")
    app = create_app(Config(data=folder, testing=True))
    with app.app_context():
        upgrade()
        db.engine.dispose()
    return folder / "cocreate.db"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server of our own."""
    with throwaway_postgres(fast=True) as server:
        yield server


@pytest.fixture
def config(tmp_path: Path, migrated: Path) -> Iterator[Config]:
    """Settings over a fresh SQLite file."""
    shutil.copy(migrated, tmp_path / "cocreate.db")
    yield Config(data=tmp_path, testing=True, heartbeat=0.05)
    for file in tmp_path.glob("cocreate.db*"):
        file.unlink()


@pytest.fixture
def app(config: Config) -> Iterator[Flask]:
    """The application."""
    yield from running(config)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The application, over each database in turn."""
    if request.param == "sqlite":
        yield from running(request.getfixturevalue("config"))
        return
    server: Postgres = request.getfixturevalue("postgres")
    config = Config(data=tmp_path, testing=True, database_url=server.new_database(), heartbeat=0.05)
    started = running(config)
    app = next(started)
    with app.app_context():
        upgrade()
    yield app
    next(started, None)


def running(config: Config) -> Iterator[Flask]:
    """An application over these settings, tidied up afterwards."""
    app = create_app(config)
    app.jinja_env.bytecode_cache = COMPILED  # a template is compiled once for the run, not for each test
    limiter.reset()  # the guesses of one test are not those of the next
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def in_context(app: Flask) -> Iterator[Flask]:
    """The application, with its database at hand; for tests that speak to services, not to pages."""
    with app.app_context():
        yield app


@pytest.fixture
def client(app: Flask) -> Browser:
    """A browser that nobody signed in."""
    return Browser(app)


@pytest.fixture
def new_browser(app: Flask) -> Callable[..., Browser]:
    """Makes browsers, with someone already signed in when a person or member is given."""

    def new_browser(who: Member | Any = None) -> Browser:
        browser = Browser(app)
        if who is not None:
            sign_browser_in(browser, getattr(who, "person_id", who))
        return browser

    return new_browser


def sign_browser_in(browser: Browser, person_id: Any) -> Browser:
    """Give a browser the cookie that signing in would give, without the time that hashing takes."""
    app = browser.app
    with app.app_context():
        token = sign_in(person_id)
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    value = serializer.dumps({"_user_id": token, "_fresh": True, "language": "nl"})
    return browser.accept(f"{app.config['SESSION_COOKIE_NAME']}={value}")


class Auth:
    """What somebody does at a browser to come in and go."""

    email = "noor@example.org"

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    def sign_up(self, **overrides: str) -> TestResponse:
        page = self.browser.get("/sign-up")
        facts = {"name": "Noor", "email": self.email, "password": PASSWORD, **overrides}
        return self.browser.submit(_main(page), "/sign-up", **facts)

    def sign_in(self, next: str = "", **overrides: str) -> TestResponse:
        page = self.browser.get("/sign-in", query_string={"next": next} if next else {})
        return self.browser.submit(
            _main(page), "/sign-in", **{"email": self.email, "password": PASSWORD, **overrides}
        )

    def sign_out(self) -> TestResponse:
        return self.browser.submit(form_of(self.browser.get("/").text, action="/sign-out"))


def _main(page: TestResponse) -> Any:
    return form_of(page.text, **{"class": "form"})


@pytest.fixture
def auth(client: Browser) -> Auth:
    """Signing up, in and out at `client`."""
    return Auth(client)


@pytest.fixture
def space(app: Flask) -> MadeSpace:
    """A private space."""
    with app.app_context():
        return make_space()


@pytest.fixture
def workshop(app: Flask, space: MadeSpace) -> MadeWorkshop:
    """A workshop in it, with its doors open and every activity too."""
    with app.app_context():
        return make_workshop(space)


@pytest.fixture
def member(app: Flask, space: MadeSpace, workshop: MadeWorkshop) -> Member:
    """A participant of the workshop, for tests that speak to services."""
    with app.app_context():
        return make_member(space, workshop)


@pytest.fixture
def outsider(app: Flask) -> Any:
    """Somebody with an account, and nothing to do with the space."""
    with app.app_context():
        return make_account()


class Guest(Browser):
    """Somebody who came in with the code, as people do: the code, the door, the stage."""

    def __init__(self, app: Flask, workshop: MadeWorkshop, **answers: str) -> None:
        super().__init__(app)
        self.workshop = workshop
        door = self.submit(_join_form(self.get("/join")), "/join", code=workshop.code)
        assert door.status_code == 303, door.text
        page = self.get(door.location)
        form = next(form for form in _forms(page) if "voice_id" in form.options)
        voice = form.options["voice_id"][0]
        stage = self.submit(form, door.location, **{"voice_id": voice, "shares_with": "space", **answers})
        assert stage.status_code == 303, stage.text
        self.stage_path = stage.location

    def stage(self) -> TestResponse:
        """The stage as it is now."""
        return self.get(self.stage_path)

    def tell(self, topic: str, **values: str) -> TestResponse:
        """Fill in a form of the stage and send it, without any script."""
        return self.submit(form_of(self.stage().text, data_contribution_form=topic), **values)


def _forms(page: TestResponse) -> list[Any]:
    return read_page(page.text).forms


def _join_form(page: TestResponse) -> Any:
    return next(form for form in _forms(page) if "code" in form.values)


@pytest.fixture
def new_guest(app: Flask, workshop: MadeWorkshop) -> Callable[..., Guest]:
    """Lets guests in."""

    def new_guest(into: MadeWorkshop = workshop, **answers: str) -> Guest:
        return Guest(app, into, **answers)

    return new_guest


@pytest.fixture
def guest(new_guest: Callable[..., Guest]) -> Guest:
    """One guest in the workshop."""
    return new_guest()


@pytest.fixture
def together() -> Callable[..., list[Any]]:
    """Runs a piece of work in many threads that start at the same moment; gives results, or raises."""

    def together(app: Flask, count: int, work: Callable[[int], Any]) -> list[Any]:
        start = threading.Barrier(count)
        found: list[Any] = [None] * count

        def run(place: int) -> None:
            with app.app_context():
                start.wait()
                try:
                    found[place] = work(place)
                except Exception as error:
                    found[place] = error

        threads = [threading.Thread(target=run, args=(place,), daemon=True) for place in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return found

    return together

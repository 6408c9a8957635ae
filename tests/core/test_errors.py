"""Errors as pages and as RFC 9457 problems, health, and logs that keep what people said to themselves."""

import json
import logging
from dataclasses import replace

import pytest
from sqlalchemy import text

from cocreate.config import Config
from cocreate.core.db import db, session
from cocreate.core.problems import Conflict, Invalid, NotFound
from cocreate.moments.models import Moment
from tests.browser_without_scripts import Browser
from tests.conftest import running, sign_browser_in
from tests.factories import make_account, make_moment

SECRET = "Niemand mag dit lezen"


@pytest.fixture
def breaking(app):
    """Addresses that fail in each way."""

    def fail(error):
        def view():
            raise error

        return view

    failures = {
        "conflict": Conflict("Te laat."),
        "invalid": Invalid("Past niet.", {"name": ["Te lang.", "Te raar."]}),
        "absent": NotFound(),
        "broken": ZeroDivisionError(SECRET),
    }
    for name, error in failures.items():
        app.add_url_rule(f"/fails/{name}", f"fails.{name}", fail(error))
    return app


@pytest.mark.parametrize(
    ("name", "status", "title"),
    [
        ("conflict", 409, "Te laat."),
        ("invalid", 422, "Past niet."),
        ("absent", 404, None),
        ("broken", 500, None),
    ],
)
def test_an_error_is_a_page_or_a_problem(breaking, client, name, status, title):
    page = client.get(f"/fails/{name}")
    assert (page.status_code, page.mimetype) == (status, "text/html")
    assert page.headers["Cache-Control"] == "no-store"
    problem = client.get(f"/fails/{name}", headers={"Accept": "application/json"})
    assert (problem.status_code, problem.mimetype) == (status, "application/problem+json")
    assert problem.json["status"] == status
    assert problem.json["title"] in page.text.replace("&#39;", "'")
    if title:
        assert problem.json["title"] == title


def test_a_problem_says_which_fields_do_not_fit(breaking, client):
    problem = client.get("/fails/invalid", headers={"Accept": "application/json"}).json
    assert problem["fields"] == {"name": ["Te lang.", "Te raar."]}
    assert "Te lang. Te raar." in client.get("/fails/invalid").text


def test_what_broke_is_not_told_to_the_outside(breaking, client):
    assert SECRET not in client.get("/fails/broken").text
    assert "ZeroDivision" not in client.get("/fails/broken", headers={"Accept": "application/json"}).text


def test_who_sends_json_gets_json(client):
    answer = client.post("/nothing", json={})
    assert answer.mimetype == "application/problem+json"


def test_a_method_that_is_not_there_says_which_are(client):
    answer = client.client.put("/join", headers={"X-CSRFToken": client.token()})
    assert answer.status_code == 405
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize("path", ["/", "/mine", "/spaces/new"])
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_database_that_is_gone_is_said_also_to_who_is_signed_in(app, client, path, accept):
    with app.app_context():
        sign_browser_in(client, make_account())
        db.drop_all()
    answer = client.get(path, headers={"Accept": accept})
    assert answer.status_code == 503
    assert answer.mimetype in (accept, "application/problem+json", "application/json")


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_what_is_absent_is_absent_also_when_the_database_is_gone(app, client, accept):
    with app.app_context():
        sign_browser_in(client, make_account())
        db.drop_all()
    assert client.get("/nothing", headers={"Accept": accept}).status_code == 404


def test_a_database_that_is_gone_asks_to_come_back(app, client):
    with app.app_context():
        sign_browser_in(client, make_account())
        db.drop_all()
    answer = client.get("/mine")
    assert answer.headers["Retry-After"] == "5"
    assert answer.headers["Cache-Control"] == "no-store"


# Health


def test_it_is_alive_and_ready(client):
    assert client.get("/healthz").json == {"status": "ok"}
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json["status"]) == (200, "ok")
    assert ready.json["schema"]


def test_it_is_alive_but_not_ready_on_an_empty_database(tmp_path):
    for app in running(Config(data=tmp_path, testing=True)):
        assert Browser(app).get("/healthz").status_code == 200
        assert Browser(app).get("/readyz").status_code == 503


def test_it_is_not_ready_without_a_place_to_keep_anything(tmp_path):
    for app in running(Config(data=tmp_path, testing=True, database_url="sqlite:////nowhere/at/all.db")):
        assert Browser(app).get("/readyz").status_code == 503


@pytest.mark.postgres
def test_it_is_not_ready_on_an_empty_or_stopped_postgresql(tmp_path, postgres):
    for url in (postgres.new_database(), "postgresql+psycopg://nobody:x@127.0.0.1:1/nothing"):
        for app in running(Config(data=tmp_path, testing=True, database_url=url)):
            assert Browser(app).get("/readyz").status_code == 503


def test_it_is_not_ready_when_every_migration_was_taken_back(app, client):
    with app.app_context():
        session().execute(text("DELETE FROM alembic_version"))
        session().commit()
    assert client.get("/readyz").status_code == 503


# Logs


@pytest.fixture
def serve(config, capsys):
    """Starts an application that serves people; gives it, and what reads its log."""
    started = []

    def serve(**settings):
        # Not before the test itself runs: pytest changes standard output between the two.
        started.append(running(replace(config, testing=False, **settings)))
        return next(started[-1]), read

    def read():
        return capsys.readouterr().out.splitlines()

    yield serve
    for each in started:
        next(each, None)
    logging.getLogger("cocreate").handlers = []


def test_each_request_is_one_line_without_path_or_query(serve):
    app, read = serve(log_json=True)
    browser = Browser(app)
    browser.get("/spaces/0190a1b2-0000-7000-8000-00000000cafe?wie=Noor")
    browser.get("/nothing/Noor")
    browser.client.post("/join", data={"code": "Noor"})
    found = [json.loads(line) for line in read()]
    assert [(line["rule"], line["method"], line["status"]) for line in found] == [
        ("/spaces/<uuid:space_id>", "GET", 404),
        ("-", "GET", 404),
        ("/join", "POST", 400),
    ]
    assert all(line["logger"] == "cocreate.requests" and line["ms"] >= 0 for line in found)
    written = json.dumps(found)
    assert "cafe" not in written
    assert "Noor" not in written


def test_what_breaks_is_logged_as_one_line_with_its_trace(serve):
    app, read = serve(log_json=True)

    def fail():
        raise ZeroDivisionError

    app.add_url_rule("/fails", "fails", fail)
    assert Browser(app).get("/fails").status_code == 500
    broken, request = map(json.loads, read())
    assert (broken["level"], broken["message"], request["status"]) == ("error", "broken", 500)
    assert "ZeroDivisionError" in broken["trace"]


def test_a_statement_that_fails_leaves_nobodys_words_in_the_log(serve):
    app, read = serve(log_json=True)

    def fail():
        session().execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": SECRET})

    app.add_url_rule("/fails", "fails", fail)
    assert Browser(app).get("/fails").status_code == 503
    database = json.loads(read()[0])
    assert "nowhere" in database["trace"]
    assert SECRET not in json.dumps(database, ensure_ascii=False)


def test_without_json_a_line_is_for_people(serve):
    app, read = serve()
    Browser(app).get("/")
    assert " INFO GET / 200 " in read()[0]


def test_nothing_that_was_told_is_in_the_log(serve, member, workshop):
    app, read = serve(log_json=True)
    with app.app_context():
        moment_id = make_moment(member, workshop, SECRET)
        assert session().get(Moment, moment_id).what_happened == SECRET
    sign_browser_in(browser := Browser(app), member.person_id).get("/mine")
    assert browser.page.status_code == 200
    written = read()
    assert written
    assert SECRET not in str(written)

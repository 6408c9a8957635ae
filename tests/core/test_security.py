"""Headers on every answer, and a token on every change."""

import re
import uuid
from dataclasses import replace
from datetime import datetime, timedelta

import itsdangerous.timed
import pytest
from sqlalchemy import func, select

from cocreate.config import SettingError
from cocreate.core.db import session
from cocreate.core.security import HEADERS
from cocreate.moments.models import Moment
from tests.browser_without_scripts import Browser, read_page
from tests.conftest import running

EVERY_KIND = [
    "/",
    "/nothing",
    "/mine",
    "/csrf",
    "/healthz",
    "/readyz",
    "/static/x/icon.svg",
    "/static/x/no",
    "//x",
    "/join/",
]


@pytest.mark.parametrize("path", EVERY_KIND)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", "DELETE"])
def test_every_answer_carries_the_headers(client, path, method):
    answer = client.client.open(path, method=method)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "Strict-Transport-Security" not in answer.headers


def test_also_what_is_too_large_forged_or_broken(client, config):
    broken = client.client.post("/join", data={"code": "x" * 2_000_000})
    forged = client.client.post("/join", data={})
    assert (broken.status_code, forged.status_code) == (413, 400)
    for answer in (broken, forged):
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_the_policy_lets_nothing_in_line_and_nothing_from_elsewhere():
    rules = dict(rule.split(" ", 1) for rule in HEADERS["Content-Security-Policy"].split("; "))
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in HEADERS["Content-Security-Policy"]
    assert all(
        set(rules[name].split()) <= {"'self'", "'none'", "data:"} for name in rules if name.endswith("-src")
    )
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert rules["require-trusted-types-for"] == "'script'"


def test_pages_are_not_kept_on_a_shared_tablet(client, guest):
    assert client.get("/").headers["Cache-Control"] == "no-store"
    assert guest.stage().headers["Cache-Control"] == "no-store"
    assert guest.get("/nothing").headers["Cache-Control"] == "no-store"


def test_static_files_are_kept_for_a_year_under_their_own_name_only(client):
    page = client.get("/")
    path = next(link for link in read_page(page.text).links if link.endswith("app.css"))
    assert "immutable" in client.get(path).headers["Cache-Control"]
    assert client.get("/static/old/css/app.css").headers["Cache-Control"] == "no-cache"


def test_https_is_remembered(config):
    for app in running(replace(config, base_url="https://cocreate.example")):
        answer = Browser(app).get("/", base_url="https://cocreate.example")
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_only_our_own_hosts_are_answered(config):
    for app in running(replace(config, trusted_hosts=("cocreate.example",))):
        browser = Browser(app)
        assert browser.get("/", base_url="http://cocreate.example").status_code == 200
        forged = browser.get("/", base_url="http://evil.example")
        assert forged.status_code == 400
        assert "evil.example" not in forged.text


def test_a_limit_that_cannot_be_read_stops_the_start(config):
    with pytest.raises(SettingError, match="COCREATE_GUESSES"):
        list(running(replace(config, guesses="a few")))


# Forged requests


@pytest.fixture
def posts(app):
    """Every address that takes a POST, filled in with ids that lead nowhere."""
    rules = [rule.rule for rule in app.url_map.iter_rules() if "POST" in rule.methods]
    return [re.sub(r"<uuid:\w+>", str(uuid.uuid4()), rule).replace("<topic>", "moment") for rule in rules]


def test_no_change_without_a_token(client, posts):
    assert len(posts) > 15
    for path in posts:
        answer = client.client.post(path, json={})
        assert (path, answer.status_code, answer.mimetype) == (path, 400, "application/problem+json")
        assert answer.json["type"] == "csrf"
        assert client.client.post(path, data={}).status_code == 400


def test_no_change_with_the_token_of_another_browser(client, posts, new_browser):
    token = new_browser().token()
    client.get("/join")
    for path in posts:
        assert client.client.post(path, json={}, headers={"X-CSRFToken": token}).status_code == 400


def test_a_token_from_the_page_and_a_fresh_one_both_work(client):
    token = client.client.get("/csrf").json["token"]
    for each in (token, client.token()):
        answer = client.client.post("/language", data={"language": "en"}, headers={"X-CSRFToken": each})
        assert answer.status_code == 303


def test_a_token_is_good_for_as_long_as_the_cookie(guest, monkeypatch):
    token = guest.token()
    later = datetime.now().timestamp() + timedelta(days=3).total_seconds()  # noqa: DTZ005
    monkeypatch.setattr(itsdangerous.timed.time, "time", lambda: later)
    told = {"workshop_id": str(guest.workshop.id), "what_happened": "Na drie dagen weer wifi."}
    path = f"/spaces/{guest.workshop.space_id}/moments"
    assert guest.client.post(path, json=told, headers={"X-CSRFToken": token}).status_code == 201


def test_looking_changes_nothing(app, guest, space):
    def everything():
        with app.app_context():
            return session().scalar(select(func.count()).select_from(Moment))

    path = f"/spaces/{space.id}/moments"
    for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE"):
        answer = guest.client.open(path, method=method, json={"what_happened": "x"})
        assert answer.status_code in (400, 405)
    assert everything() == 0


def test_a_cookie_lasts_also_on_a_tablet_that_thinks_it_is_next_year(client, auth):
    auth.sign_up()
    cookies = [
        cookie
        for cookie in client.page.headers.getlist("Set-Cookie")
        if cookie.startswith(client.app.config["SESSION_COOKIE_NAME"])
    ]
    assert cookies
    lasts = [int(found[1]) for cookie in cookies if (found := re.search(r"Max-Age=(\d+)", cookie))]
    assert lasts
    assert all(29 * 24 * 3600 < seconds <= 30 * 24 * 3600 for seconds in lasts)

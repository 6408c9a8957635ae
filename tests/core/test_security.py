"""Headers on every answer, tokens on every change, and nothing that somebody typed is ever run."""

import itertools
import json
import os
import random
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
from cocreate.impacts.rules import Position
from cocreate.moments.models import Moment
from cocreate.spaces.queries import voices_of
from cocreate.workshops.models import Step
from tests.browser_without_scripts import Browser, read_page
from tests.conftest import running
from tests.factories import (
    make_account,
    make_impact,
    make_indicator,
    make_member,
    make_moment,
    make_node,
    make_space,
    make_stance,
    make_workshop,
)

FUZZED = 20_000 if os.environ.get("COCREATE_PROOF") else 500
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


# What does not fit


def told(guest, **overrides):
    return {"workshop_id": str(guest.workshop.id), "what_happened": "Het regende.", **overrides}


def moments(guest, body=None, **options):
    return guest.post(
        f"/spaces/{guest.workshop.space_id}/moments",
        **({"json": body} if body is not None else {}),
        **options,
    )


@pytest.mark.parametrize("name", ["role", "maker_id", "space_id", "created_at", "version", "is_admin", ""])
def test_a_field_that_we_did_not_ask_for_is_refused(guest, name):
    answer = moments(guest, told(guest, **{name: "1"}))
    assert answer.status_code == 422
    assert list(answer.json["fields"]) == [name]


@pytest.mark.parametrize(
    "body",
    [
        [],
        "tekst",
        1,
        None,
        True,
        {"what_happened": {"a": 1}},
        {"what_happened": ["a", {"b": 1}]},
        {"what_happened": "nul\x00"},
        {"what_happened": "half \ud800"},
        {"what_happened": ""},
        {"what_happened": "   \n"},
        {"what_happened": "x" * 2001},
        {"what_happened": "x", "id": "geen id"},
        {"what_happened": "x", "workshop_id": "geen id"},
        {"what_happened": "x", "visibility": "iedereen"},
        {"what_happened": "x", "visibility": 1e999},
        {"what_happened": "x", "membership_id": "1"},
    ],
)
def test_what_does_not_fit_is_refused_as_a_problem(guest, body):
    if isinstance(body, dict):
        body = {"workshop_id": str(guest.workshop.id), **body}
    answer = moments(guest, data=json.dumps(body), content_type="application/json")
    assert answer.status_code in (400, 422)
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == answer.status_code


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 200_000, "application/json", 422),
        (b'{"what_happened": ' + b"9" * 5000 + b"}", "application/json", 400),
        (b"{}" + b" " * 2_000_000, "application/json", 413),
        (b"what_happened=" + b"x" * 2_000_000, "application/x-www-form-urlencoded", 413),
        (b"what_happened=x%00y", "application/x-www-form-urlencoded", 422),
        (b"what_happened=%ff%fe", "application/x-www-form-urlencoded", 422),
        (b"--x", "multipart/form-data; boundary=x", 422),
        (b"what_happened=1", "text/plain", 422),
    ],
)
def test_what_cannot_be_read_is_refused(guest, content, content_type, status):
    answer = moments(guest, data=content, content_type=content_type)
    assert answer.status_code == status


def test_an_id_with_a_line_break_in_it_breaks_no_header(guest):
    workshop_id = guest.workshop.id.hex
    assert workshop_id.startswith("0")
    answer = moments(guest, data=told(guest, workshop_id="\n" + workshop_id[1:]))
    assert answer.location == f"/workshops/{guest.workshop.id}/stage"


def test_the_longest_text_that_fits_is_kept_whole(app, guest):
    text = "é👵🏾\u202e" * 500
    assert moments(guest, told(guest, what_happened=text[:2000])).status_code == 201
    with app.app_context():
        assert session().scalars(select(Moment.what_happened)).one() == text[:2000]


# Whatever is thrown at it


NASTY = [
    *(
        "",
        " ",
        "x" * 3000,
        "\x00",
        "\ud800",
        "٣",
        "\u202e",
        "' OR 1=1 --",
        "{{7*7}}",
        "%s%n",
        "<script>",
        "-1",
        "null",
    ),
    *(
        "1e400",
        "NaN",
        "//evil",
        "//[",
        "/\\x",
        "\r\nSet-Cookie: a=b",
        "\n" + "0" * 31,
        "{" + "0" * 32 + "}",
        "9" * 5000,
    ),
    *(None, True, False, 0, -1, 1.5, 1e308, 2**63, [], {}, ["a", "b"], [None], {"a": 1}, [[]]),
]
NAMES = [
    *(
        "id",
        "workshop_id",
        "membership_id",
        "back",
        "visibility",
        "what_happened",
        "why_it_mattered",
        "statement",
    ),
    *("impact_id", "position", "reason", "question", "text", "touched_id", "state", "code", "name", "email"),
    *(
        "password",
        "language",
        "next",
        "own_voices",
        "purpose",
        "is_public",
        "title",
        "trajectory_id",
        "step_id",
    ),
    *("voice_id", "shares_with", "token", "word_impact", "csrf_token", "zz"),
]


@pytest.mark.timeout(3600)
def test_nothing_that_is_thrown_at_it_breaks_it(app, guest, space, workshop, new_browser):
    dice = random.Random(7)
    rules = sorted(rule.rule for rule in app.url_map.iter_rules() if "POST" in rule.methods)
    browsers = [guest, new_browser(space.steward), new_browser()]
    with app.app_context():
        member = make_member(space, workshop)
        impact = make_impact(member, workshop)
        real = [space.id, workshop.id, workshop.trajectory_id, impact, member.id, *workshop.steps.values()]
    words = [
        "maker",
        "workshop",
        "space",
        "public",
        "for",
        "objection",
        "what_next",
        "happened",
        "nl",
        "Plein",
        *map(str, real),
    ]
    broken = []
    for number in range(FUZZED):
        rule = dice.choice([rule for rule in rules if rule not in ("/sign-out", "/return-codes")])
        path = re.sub(r"<uuid:\w+>", lambda _found: str(dice.choice([*real, uuid.uuid4()])), rule)
        path = path.replace("<topic>", dice.choice(["moment", "impact", "stance", "node", "zz"]))
        chosen = dice.sample(NAMES, dice.randint(0, 8))
        body = {name: dice.choice([dice.choice(NASTY), dice.choice(words)]) for name in chosen}
        is_json = dice.random() < 0.5
        options = (
            {"json": body}
            if is_json
            else {"data": {k: str(v).encode("utf-8", "replace") for k, v in body.items()}}
        )
        address = f"198.51.{number // 200 % 250}.{number % 200}"  # or the guard against guessing would answer
        answer = dice.choice(browsers).post(path, environ_overrides={"REMOTE_ADDR": address}, **options)
        if answer.status_code >= 500:
            broken.append((path, body, answer.status_code))
    assert broken == []


@pytest.mark.parametrize(
    "query", ["?workshop=x", "?workshop=%00", "?part=%ff", "?next=//[", "?saved=<script>", "?" + "a" * 5000]
)
@pytest.mark.parametrize(
    "path", ["/", "/sign-in", "/mine", "/join", "/spaces/{0}", "/spaces/{0}/trajectories/{1}/graph"]
)
def test_no_query_breaks_a_page(guest, path, query):
    answer = guest.get(path.format(guest.workshop.space_id, guest.workshop.trajectory_id) + query)
    assert answer.status_code in (200, 404)
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    "header", ["Accept", "Accept-Language", "If-None-Match", "Cookie", "Last-Event-ID", "Referer", "Range"]
)
@pytest.mark.parametrize("value", ["", "\xff", "*", ";q=", '"', "a" * 5000, "=;,"])
def test_no_header_breaks_a_page(guest, header, value):
    for path in ("/", "/nothing", f"/spaces/{guest.workshop.space_id}"):
        assert guest.client.get(path, headers={header: value}).status_code in (200, 304, 404)


# What people typed is text


PAYLOADS = (
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    "</textarea></title><svg/onload=alert(1)>",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_people_typed_is_only_ever_text(app, new_browser, payload):
    browsers, paths, maker = _a_house_full_of(app, payload, new_browser)
    seen = 0
    for browser, path in itertools.product(browsers, paths):
        answer = browser.get(path)
        if answer.mimetype != "text/html":
            assert answer.mimetype in ("application/json", "application/problem+json")
            continue
        seen += answer.text.count("alert(1)")
        _is_only_text(answer.text)
    assert seen > 40
    own = maker.get("/mine").text
    _is_only_text(own)
    assert own.count("alert(1)") >= 8


def _is_only_text(html):
    scripts = [facts for tag, facts in read_page(html).tags if tag == "script"]
    assert all(
        facts.get("src", "").startswith("/static/") or facts.get("type") == "application/json"
        for facts in scripts
    )
    for tag, facts in read_page(html).tags:
        assert not [name for name in facts if name.startswith("on") or name == "style"], (tag, facts)
        assert facts.get("src", "") != "x"
    assert "<img src=x" not in html
    assert "<svg/onload" not in html


def _a_house_full_of(app, payload, new_browser):
    with app.app_context():
        person = make_account(name=payload[:80])
        voices = [payload[:40]]
        words = dict.fromkeys(("impact", "indicator", "moment", "trajectory"), payload[:60])
        space = make_space(
            person_id=person, name=payload, purpose=payload, own_voices=voices, words=words, is_public=True
        )
        workshop = make_workshop(space, title=payload)
        for step in session().scalars(select(Step)):
            step.prompt = payload
        session().commit()
        own_voice = next(voice for voice in _voice_keys(space) if voice.startswith("own"))
        maker = make_member(space, workshop, name=payload[:60], voice=own_voice)
        make_moment(
            maker,
            workshop,
            payload,
            why_it_mattered=payload,
            what_made_it_possible=payload,
            visibility="public",
        )
        impact = make_impact(maker, workshop, payload, visibility="public")
        make_stance(maker, workshop, impact, Position.OBJECTION, reason=payload, visibility="public")
        make_indicator(maker, workshop, impact, payload, visibility="public")
        make_node(maker, workshop, payload, visibility="public")
        other = make_member(space, workshop)
        steward = space.steward
    here, room = f"/spaces/{space.id}", f"/workshops/{workshop.id}"
    road = f"{here}/trajectories/{workshop.trajectory_id}"
    paths = ["/", "/mine", "/mine/download", "/spaces/new", "/nothing?x=" + payload]
    paths += [here, f"{here}/settings", f"{here}/workshops", f"{here}/workshops/new", road, f"{road}/graph"]
    paths += [f"{room}/console", f"{room}/screen", f"{room}/stage"]
    return [new_browser(who) for who in (steward, other, None)], paths, new_browser(maker)


def _voice_keys(space):
    return [voice.key for voice in voices_of(space.id)]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_was_just_typed_comes_back_as_text(client, auth, payload):
    auth.sign_up()
    page = client.post("/spaces/new", {"name": payload * 10, "purpose": payload, "word_impact": payload * 9})
    assert page.status_code == 422
    assert "alert(1)" in page.text
    _is_only_text(page.text)
    for path, facts in (
        ("/join", {"code": payload}),
        ("/return", {"code": payload}),
        ("/sign-in", {"email": payload}),
    ):
        _is_only_text(client.post(path, facts).text)


def test_the_words_of_the_world_are_kept_as_they_are(guest):
    text = "Ahmed & Zoë: “1 < 2”, 愛, שלום, 👵🏾, O'Neill"
    moments(guest, told(guest, what_happened=text, visibility="space"))
    answer = guest.get(f"/spaces/{guest.workshop.space_id}")
    assert "Ahmed &amp; Zoë: “1 &lt; 2”, 愛, שלום, 👵🏾, O&#39;Neill" in answer.text

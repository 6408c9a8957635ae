import uuid

import pytest

from cocreate.core.audience import Audience, Visibility
from cocreate.live import stream as stream_module
from tests.live.scene import EVERYBODY, make_cookie, write_note


@pytest.fixture
def get(app, scene, monkeypatch):
    monkeypatch.setattr(stream_module, "LIFETIME", 0.3)

    def get(role=None, last_id=None, **query):
        headers = {"Last-Event-ID": last_id} if last_id else {}
        if role:
            headers["Cookie"] = scene.cookies[role]
        if query.get("workshop") == "here":
            query["workshop"] = scene.workshop_id
        return app.test_client(use_cookies=False).get(scene.address(**query), headers=headers)

    return get


@pytest.fixture
def seq(app, scene):
    with app.app_context():
        return write_note(scene.space_id, EVERYBODY, text="een")


def test_headers(get, seq):
    answer = get("reader")
    assert answer.status_code == 200
    assert answer.mimetype == "text/event-stream"
    assert answer.headers["X-Accel-Buffering"] == "no"
    assert answer.headers["Cache-Control"] == "no-store"


def test_starts_now_without_a_place_to_resume(get, seq):
    assert "event: change" not in get("reader").text


@pytest.mark.parametrize("by", ["header", "query"])
def test_resumes(get, seq, by):
    answer = get("reader", str(seq - 1)) if by == "header" else get("reader", after=seq - 1)
    assert f"id: {seq}\nevent: change\n" in answer.text
    assert '"text":"een"' in answer.text


def test_the_header_counts_more_than_the_address(get, seq):
    assert "event: change" not in get("reader", str(seq), after=seq - 1).text


@pytest.mark.parametrize("last_id", ["999", "abc", "-1", "9" * 5000, "²", "1e3"])
def test_an_impossible_place_means_reload(get, seq, last_id):
    assert get("reader", last_id).text.endswith("event: reload\ndata: {}\n\n")


def test_too_far_behind_means_reload(app, scene, get, seq):
    with app.app_context():
        for _ in range(51):
            write_note(scene.space_id, EVERYBODY)
    assert get("reader", str(seq)).text.endswith("event: reload\ndata: {}\n\n")
    assert get("reader", str(seq + 1)).text.count("event: change") == 50


@pytest.mark.parametrize(
    ("role", "query", "status"),
    [
        (None, {}, 404),
        (None, {"view": "console"}, 404),
        ("reader", {"view": "library"}, 200),
        ("reader", {"view": "console"}, 404),
        ("participant", {"view": "console"}, 404),
        ("participant", {"view": "screen", "workshop": uuid.uuid4()}, 404),
        ("steward", {"view": "console"}, 200),
        ("steward", {"view": "screen", "workshop": uuid.uuid4()}, 200),
        ("steward", {"view": "screen"}, 404),
        ("steward", {"view": "screen", "workshop": "x"}, 404),
        ("steward", {"view": "attic"}, 404),
    ],
)
def test_who_may_look(get, seq, role, query, status):
    answer = get(role, **query)
    assert answer.status_code == status
    assert ("retry:" in answer.text) == (status == 200)


def test_a_space_that_does_not_exist(app, scene):
    answer = app.test_client(use_cookies=False).get(
        f"/spaces/{uuid.uuid4()}/changes", headers={"Cookie": scene.cookies["steward"]}
    )
    assert answer.status_code == 404


@pytest.fixture
def told(app, scene, seq):
    """One note for each audience: the participant's own, in the room, in another room, for all."""
    audiences = {
        "mine": Audience(Visibility.MAKER, scene.members["participant"], scene.workshop_id),
        "room": Audience(Visibility.WORKSHOP, None, scene.workshop_id),
        "elsewhere": Audience(Visibility.WORKSHOP, None, uuid.uuid4()),
        "all": EVERYBODY,
    }
    with app.app_context():
        for name, audience in audiences.items():
            write_note(scene.space_id, audience, text=f"<{name}>")
    return audiences


@pytest.mark.parametrize(
    ("role", "view", "visible"),
    [
        ("reader", "stage", {"all"}),
        ("reader", "library", {"all"}),
        ("participant", "stage", {"mine", "room", "all"}),
        ("steward", "stage", {"room", "elsewhere", "all"}),
        ("steward", "console", {"room", "elsewhere", "all"}),
        ("steward", "screen", {"room"}),
    ],
)
def test_each_sees_what_is_theirs(get, told, role, view, visible):
    text = get(role, after=1, view=view, workshop="here").text
    assert {name for name in told if f'"<{name}>"' in text} == visible


def test_speaks_the_language_of_who_connects(app, scene, get, seq):
    assert '"language":"nl"' in get("reader", str(seq - 1)).text
    scene.cookies["reader"] = make_cookie(app, _token(app, scene.cookies["reader"]), "en")
    assert '"language":"en"' in get("reader", str(seq - 1)).text


def _token(app, cookie):
    serializer = app.session_interface.get_signing_serializer(app)
    return serializer.loads(cookie.partition("=")[2])["_user_id"]


def test_head_does_not_wait(app, scene, seq):
    answer = app.test_client(use_cookies=False).head(
        scene.address(), headers={"Cookie": scene.cookies["reader"]}
    )
    assert answer.status_code == 200
    assert app.extensions["cocreate.live"]._rooms == {}

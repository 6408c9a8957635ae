"""Guessing is stopped, while a whole room comes in; a join code lives as long as its workshop."""

import pytest

from cocreate.accounts.words import WORDS
from tests.browser_without_scripts import Browser, form_of
from tests.conftest import PASSWORD, Guest
from tests.factories import make_workshop


def test_wrong_guesses_are_stopped_while_a_whole_room_comes_in(app, workshop):
    with app.app_context():
        wrong = "BADOKIM" if workshop.code != "BADOKIM" else "BADOKIB"
    for _ in range(30):
        assert Guest(app, workshop).stage().status_code == 200
    guesser = Browser(app)
    statuses = [guesser.post("/join", {"code": wrong}).status_code for _ in range(31)]
    assert statuses == [422] * 30 + [429]
    assert guesser.post("/join", {"code": workshop.code}).status_code == 429


@pytest.mark.parametrize(
    ("path", "facts"),
    [
        ("/return", {"code": " ".join(WORDS[:8])}),
        ("/sign-in", {"email": "noor@example.org", "password": "x"}),
        ("/sign-in/link", {"token": "x"}),
    ],
)
def test_wrong_guesses_are_stopped_everywhere(client, path, facts):
    page = client.get(path)
    form = form_of(page.text, **{"class": "form"})
    statuses = [client.submit(form, path, **facts).status_code for _ in range(31)]
    assert statuses == [422] * 30 + [429]
    answer = client.post(path, facts, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (429, "application/problem+json")


def test_right_answers_are_not_counted(auth):
    auth.sign_up()
    for _ in range(40):
        auth.browser.post("/sign-out")
        assert auth.browser.post("/sign-in", {"email": auth.email, "password": PASSWORD}).status_code == 303


def test_another_address_may_still_try(app):
    here, there = Browser(app), Browser(app)
    for _ in range(31):
        here.post("/join", {"code": "BADOKIM"})
    answer = there.post("/join", {"code": "BADOKIM"}, environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    assert answer.status_code == 422


def test_a_code_dies_with_its_workshop(app, new_browser, space, workshop):
    latecomer = new_browser()
    assert latecomer.post("/join", {"code": workshop.code}).status_code == 303
    new_browser(space.steward).post(f"/workshops/{workshop.id}/closing")
    assert new_browser().post("/join", {"code": workshop.code}).status_code == 422
    assert latecomer.get(f"/workshops/{workshop.id}/door").status_code == 404


def test_a_code_does_not_work_before_the_doors_open(app, client, space):
    with app.app_context():
        workshop = make_workshop(space, doors=False)
    assert client.post("/join", {"code": workshop.code}).status_code == 422


@pytest.mark.parametrize("typed", ["{0}", " {0} ", "{0:.3}-{0:.7}"])
def test_a_code_may_be_typed_in_any_way(client, workshop, typed):
    code = workshop.code.lower()
    shown = typed.format(code) if "-" not in typed else f"{code[:3]}-{code[3:]}"
    assert client.post("/join", {"code": shown}).status_code == 303

"""Eight words lead a guest back, and nobody else."""

import re

import pytest
from sqlalchemy import func, select

from cocreate.accounts.models import ReturnCode
from cocreate.accounts.rules import read_return_code
from cocreate.accounts.service import (
    give_return_code,
    use_return_code,
    welcome_guest,
)
from cocreate.accounts.words import WORDS
from cocreate.core.db import session
from tests.browser_without_scripts import form_of


def count(app, table):
    with app.app_context():
        return session().scalar(select(func.count()).select_from(table))


def give_words(guest):
    answer = guest.post("/return-codes", json={})
    assert answer.status_code == 201
    return answer.json["words"]


def come_back(browser, words):
    page = browser.get("/return")
    return browser.submit(form_of(page.text, **{"class": "form"}), "/return", code=words)


def test_eight_words_lead_a_guest_back(app, guest, client):
    guest.tell("moment", what_happened="We zongen in de regen.")
    words = give_words(guest)
    assert len(words) == 8
    assert come_back(client, " ".join(words).upper()).location == "/mine"
    assert "We zongen in de regen." in client.get("/mine").text


def test_a_guest_without_scripts_gets_a_page_with_the_words(guest):
    page = guest.submit(form_of(guest.stage().text, action="/return-codes", **{"class": "answering"}))
    assert page.status_code == 201
    assert len(re.findall("<span>([a-z]+)</span>", page.text)) >= 8
    assert "data:image/svg+xml" in page.text


def test_only_a_hash_of_the_words_is_kept(app, guest, config):
    words = give_words(guest)
    with app.app_context():
        row = session().scalars(select(ReturnCode)).one()
    assert len(row.hash) == 32
    content = b"".join(file.read_bytes() for file in config.data.glob("cocreate.db*"))
    assert "-".join(words).encode() not in content
    assert " ".join(words).encode() not in content


def test_a_word_that_is_not_ours_gets_a_suggestion(guest, client):
    words = give_words(guest)
    answer = come_back(client, " ".join(["fiest", *words[1:]]))
    assert answer.status_code == 422
    assert "fiets" in answer.text


@pytest.mark.parametrize("words", [7, 9, 1])
def test_too_few_or_too_many_words(guest, client, words):
    answer = come_back(client, " ".join(WORDS[:words]))
    assert answer.status_code == 422
    assert f"{words} wo" in answer.text  # woorden, words


def test_words_that_belong_to_nobody(client):
    answer = come_back(client, " ".join(WORDS[:8]))
    assert answer.status_code == 422
    assert client.get("/mine").status_code == 303


def test_five_sets_of_words_work_and_the_oldest_do_not(app, guest, client):
    first, *others = [give_words(guest) for _ in range(6)]
    assert come_back(client, " ".join(first)).status_code == 422
    assert come_back(client, " ".join(others[0])).status_code == 303
    assert count(app, ReturnCode) == 5


def test_a_whole_room_gets_its_words_at_once(any_database, together):
    with any_database.app_context():
        people = [welcome_guest() for _ in range(20)]
    codes = together(any_database, 20, lambda place: give_return_code(people[place]))
    assert [code for code in codes if isinstance(code, Exception)] == []
    with any_database.app_context():
        assert [use_return_code(read_return_code(code)) for code in codes] == people


def test_who_has_an_account_needs_no_words(auth, client):
    auth.sign_up()
    assert client.post("/return-codes", json={}).status_code == 404

"""Who is still writing: said in passing, as a number on the console, and nowhere else."""

import pytest
from sqlalchemy import func, select

from cocreate.core import whispers
from cocreate.core.audience import Viewer
from cocreate.core.changes import Change
from cocreate.core.db import session
from cocreate.core.faces import View
from cocreate.live.renderings import Look
from cocreate.live.room import Room
from tests.factories import make_member

WHO = "5f0c1d7e-8f0b-4a51-9e9a-0d3f4c9f2a11"  # made up by a page, anew each time


@pytest.fixture
def heard(monkeypatch):
    found = []
    monkeypatch.setattr(whispers, "_listeners", [found.append])
    return found


def say(browser, workshop, **fields):
    return browser.post(f"/workshops/{workshop.id}/writing", {"who": WHO, **fields})


def test_only_the_console_hears_it(app, space, workshop, member, new_browser, heard):
    assert say(new_browser(member), workshop, is_writing="y").status_code == 200
    room = Room(app, space.id, 10, 0)
    room.murmur.hear(heard[0], lambda facts, **_options: str(facts["is_writing"]))
    leads = Viewer(space.id, space.steward.id, "steward", is_in_every_workshop=True)
    chunks = {view: room.whispers(leads, Look(view, "nl"), 0)[0] for view in View}
    assert b"True" in chunks.pop(View.CONSOLE)
    assert set(chunks.values()) == {b""}


def test_it_says_neither_who_nor_what_and_is_kept_nowhere(app, space, workshop, member, new_browser, heard):
    with app.app_context():
        before = session().scalar(select(func.count(Change.seq)))
    say(new_browser(member), workshop, is_writing="y")
    say(new_browser(member), workshop)
    assert [each.data["is_writing"] for each in heard] == [True, False]
    assert set(heard[0].data) == {"who", "is_writing", "workshop_id"}
    assert str(member.id) not in heard[0].pack()
    with app.app_context():
        assert session().scalar(select(func.count(Change.seq))) == before


def test_who_is_not_in_the_room_says_nothing(app, space, workshop, new_browser, heard):
    with app.app_context():
        elsewhere = make_member(space)
    assert say(new_browser(elsewhere), workshop, is_writing="y").status_code == 404
    assert heard == []


@pytest.mark.parametrize("fields", [{"who": "somebody"}, {"words": "Half"}, {"name": "Anna"}])
def test_nothing_else_goes_along(workshop, member, new_browser, heard, fields):
    assert say(new_browser(member), workshop, **fields).status_code == 422
    assert heard == []

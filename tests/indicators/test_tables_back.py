"""A table that came in goes out again, and one that looks like it is asked about first."""

import pytest
from sqlalchemy import select

from cocreate.core.changes import Change, Receipt, changing
from cocreate.core.db import session
from cocreate.indicators.disclosure import Circle, figures_for
from cocreate.indicators.models import (
    Answer,
    BroughtPerson,
    BroughtTable,
    ExportConsent,
    Publication,
    Round,
)
from cocreate.indicators.queries.publications import snapshot_of
from cocreate.indicators.service.publishing import publish_round
from cocreate.spaces.rules import Role
from tests.browser_without_scripts import form_of, read_page
from tests.factories import make_account, make_member
from tests.indicators.test_tables_page import Scene, counts, send, take

WORDS = "kanarie4417"
TABLE = "person,round,voice,q1,q2\n" + "".join(f"p{n},1,youth,{n},{WORDS} {n}\n" for n in range(6))
MENDED = TABLE.replace(f"p3,1,youth,3,{WORDS} 3", f"p3,1,youth,9,{WORDS} 3")


@pytest.fixture
def scene(app):
    with app.app_context():
        return Scene()


@pytest.fixture
def steward(scene, new_browser):
    return new_browser(scene.space.steward)


@pytest.fixture
def leader(app, scene, new_browser):
    with app.app_context():
        return new_browser(make_member(scene.space, role=Role.FACILITATOR, person_id=make_account()))


def ways_out(browser, scene):
    page = read_page(browser.get(f"{scene.path}/tables").text)
    return [form for form in page.forms if form.action.endswith("/withdrawal")]


def mark_in(page):
    (box,) = [facts for _tag, facts in read_page(page).tags if facts.get("name") == "others"]
    return box["value"]


def brought():
    asked = select(Answer).where(Answer.is_on_paper.is_(True)).execution_options(populate_existing=True)
    return list(session().scalars(asked))


def shown(scene):
    with changing(scene.space.id) as log:
        publish_round(log, log.session.get(Round, scene.rounds[1]))
    return now_shown(scene)


def now_shown(scene):
    found = session().get(Publication, (scene.rounds[1], scene.items[0]), populate_existing=True)
    together = figures_for(snapshot_of(found.content), Circle.SPACE).together
    return together[0].n if together else 0


def test_a_table_goes_out_with_all_that_came_in_with_it_and_nothing_else(app, scene, steward):
    with app.app_context():
        before = counts()[0]
    assert send(steward, scene, TABLE.encode(), to_be_read="y", to_go_along="y").status_code == 201
    other = b"person,round,voice,q1\nAn,0,youth,7\n"
    assert send(steward, scene, other).status_code == 201
    assert "6 rijen" in steward.get(f"{scene.path}/tables").text
    _last, first = ways_out(steward, scene)
    sent = steward.submit(first)
    assert (sent.status_code, sent.headers["Location"]) == (303, f"{scene.path}/tables?out=1")
    page = steward.get(sent.headers["Location"]).text
    assert "De tabel is er weer uit." in page
    assert len(ways_out(steward, scene)) == 1
    with app.app_context():
        rows = brought()
        assert [(row.value, row.withdrawn_at) for row in rows if row.withdrawn_at is None] == [(7, None)]
        gone = [row for row in rows if row.withdrawn_at]
        assert len(gone) == 12
        assert all(row.value is None and row.missing is None for row in gone)
        assert session().scalars(select(ExportConsent.ended_at)).all().count(None) == 0
        assert len(session().scalars(select(BroughtPerson)).all()) == 1
        own = select(Answer).where(Answer.is_on_paper.is_(False), Answer.withdrawn_at.is_(None))
        assert len(session().scalars(own).all()) == before  # who answered themselves
        told = select(Change).where(Change.topic == "answer", Change.verb == "withdrawn")
        assert {each.subject_id for each in session().scalars(told)} == {
            row.id for row in gone if row.visibility != "maker"
        }  # pages on which their words stand hear of it
    assert steward.submit(first).status_code == 303  # twice is as good as once


def test_then_the_mended_table_comes_in_or_the_same_one_again(app, scene, steward):
    for content in (TABLE, MENDED, TABLE):
        assert send(steward, scene, content.encode()).status_code == 201
        (out,) = ways_out(steward, scene)
        assert steward.submit(out).status_code == 303
    with app.app_context():
        assert session().scalars(select(Receipt).where(Receipt.kind == "table")).all() == []


def test_a_corrected_table_is_asked_about_and_nobody_is_in_twice(app, scene, steward):
    assert send(steward, scene, TABLE.encode()).status_code == 201
    with app.app_context():
        before = counts()
    asked = send(steward, scene, MENDED.encode())
    assert asked.status_code == 409
    assert "5 van deze rijen zijn hetzelfde als in jouw tabel van" in asked.text
    assert len([form for form in read_page(asked.text).forms if form.action.endswith("/withdrawal")]) == 1
    assert "checked" not in form_of(asked.text, action=f"{scene.path}/tables").values
    with app.app_context():
        assert counts() == before
    mark = mark_in(asked.text)
    assert send(steward, scene, MENDED.replace("p5,1", "p6,1").encode(), others=mark).status_code == 409
    assert send(steward, scene, MENDED.encode(), others=mark).status_code == 201  # they are others
    with app.app_context():
        assert counts()[1] == before[1] + 6


def test_a_table_with_nobody_the_same_comes_in_unasked(scene, steward):
    assert send(steward, scene, TABLE.encode()).status_code == 201
    assert send(steward, scene, TABLE.replace(WORDS, "anders").encode()).status_code == 201
    # The same answers in another round are no correction.
    assert send(steward, scene, TABLE.replace(",1,youth", ",0,youth").encode()).status_code == 201


def test_of_a_table_of_somebody_else_nobody_learns_whether_a_guess_was_right(scene, steward, leader):
    assert send(steward, scene, TABLE.encode()).status_code == 201
    right, wrong = (
        send(leader, scene, f"person,round,voice,q1,q2\np3,1,youth,{n},{WORDS} 3\n".encode()) for n in (3, 4)
    )
    assert (right.status_code, wrong.status_code) == (409, 409)
    assert "Iemand anders bracht op" in right.text
    assert bare(right.text) == bare(wrong.text)
    assert "hetzelfde als" not in right.text + wrong.text
    assert (
        send(leader, scene, b"person,round,q1\nAn,0,3\n").status_code == 201
    )  # that one told of another round


def test_whether_people_answered_the_same_themselves_is_not_told(app, scene, steward):
    with app.app_context():
        scene.answer(scene.people[0], 1, 7, "Precies dit.", [1, 2])
    row = "An,1,{},Precies dit.,1,2\n"
    heads = "person,round,q1,q2,q3_have,q3_wish\n"
    for grade in (7, 8):
        assert send(steward, scene, (heads + row.format(grade)).encode()).status_code == 201


def bare(page):
    """A page without what differs each time it is made."""
    return [
        (tag, {name: value for name, value in facts.items() if name not in ("value", "content", "nonce")})
        for tag, facts in read_page(page).tags
    ]


def test_a_table_that_was_taken_along_is_asked_about_when_it_comes_back(app, scene, steward):
    with app.app_context():
        scene.agree()
    content = take(steward, scene).data
    with app.app_context():
        before = counts()
    asked = send(steward, scene, content)
    assert asked.status_code == 409
    assert "Dit lijkt op de tabel die hier op" in asked.text
    with app.app_context():
        assert counts() == before
    assert send(steward, scene, content, others=mark_in(asked.text)).status_code == 201


def test_figures_in_which_it_counted_go_at_once(app, scene, steward):
    assert send(steward, scene, TABLE.encode()).status_code == 201
    with app.app_context():
        assert shown(scene) == 6
    (out,) = ways_out(steward, scene)
    assert steward.submit(out).status_code == 303
    with app.app_context():
        assert now_shown(scene) == 0


def test_only_who_leads_takes_it_out_and_only_here(app, scene, steward, leader, new_browser):
    assert send(steward, scene, TABLE.encode()).status_code == 201
    with app.app_context():
        table_id = session().scalars(select(BroughtTable.id)).one()
        other = Scene()
    assert new_browser(scene.people[0]).post(f"{scene.path}/tables/{table_id}/withdrawal").status_code == 404
    there = new_browser(other.space.steward)
    assert there.post(f"{other.path}/tables/{table_id}/withdrawal").status_code == 404
    assert "Eerder binnengebracht" not in new_browser(scene.people[0]).get(f"{scene.path}/tables").text
    (out,) = ways_out(leader, scene)  # also of a table that a colleague brought in
    assert leader.submit(out).status_code == 303


def test_who_brings_in_the_same_table_stays_where_it_can_be_taken_out(scene, steward):
    assert send(steward, scene, TABLE.encode()).status_code == 201
    again = send(steward, scene, TABLE.encode())
    assert again.status_code == 409
    assert "Deze tabel is hier al binnengebracht." in again.text
    assert "/withdrawal" in again.text

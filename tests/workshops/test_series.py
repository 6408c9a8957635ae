"""Series of meetings, and who came to which."""

import csv
import io

import pytest
from sqlalchemy import select

from cocreate.core.db import session
from cocreate.workshops.library import AGENDAS, FIVE
from cocreate.workshops.models import Series, Workshop
from cocreate.workshops.queries.series import meetings_of, who_came
from cocreate.workshops.queries.workshops import trajectory_of_workshop
from tests.browser_without_scripts import form_of
from tests.factories import make_account, make_member, make_series, make_workshop


@pytest.fixture
def made(app, space):
    """A series of two meetings: who came to both, to one, and to none. And one who came to the first."""
    with app.app_context():
        first, second = make_workshop(space, title="Eerst"), make_workshop(space, title="Daarna")
        series_id = make_series(space, first, second)
        make_member(space, first, second, name="Noor")
        youth = make_member(space, first, voice="youth")
        make_member(space, second, voice="youth", name='=HYPERLINK("x")')
        make_member(space, voice="youth", name="Wie er niet was")
    return series_id, youth


def test_everybody_who_came_stands_there_once_with_which_meetings(app, made):
    with app.app_context():
        people = who_came(meetings_of(made[0]))
    told = [(each.name, each.number, each.at, each.times) for each in people]
    assert told == [
        ("Noor", 1, (True, True), 2),
        (None, 1, (True, False), 1),
        ('=HYPERLINK("x")', 2, (False, True), 1),
    ]


def test_a_number_stays_when_somebody_tells_their_name_later(app, space):
    with app.app_context():
        person = make_account()
        meeting = make_workshop(space)
        make_member(space, meeting, person_id=person)
        make_member(space, meeting)
        make_member(space, meeting)
        series_id = make_series(space, meeting)
        before = {each.membership_id: each.number for each in who_came(meetings_of(series_id))}
        make_member(space, meeting, person_id=person, name="Anna")
        after = who_came(meetings_of(series_id))
        assert {each.membership_id: each.number for each in after} == before
        assert sorted(before.values()) == [1, 2, 3]
        assert [each.name for each in after] == ["Anna", None, None]


def test_only_who_leads_reads_it(made, space, new_browser, steward):
    path = f"/spaces/{space.id}/series/{made[0]}"
    page = steward.get(path).text
    assert "Noor" in page
    assert "Wie er niet was" not in page
    guest = new_browser(made[1])
    assert guest.get(f"/spaces/{space.id}").status_code == 200
    assert guest.get(path).status_code == 404
    assert guest.get(f"{path}/attendance.csv").status_code == 404


def test_the_file_says_the_same_and_calculates_nothing(made, space, steward):
    answer = steward.get(f"/spaces/{space.id}/series/{made[0]}/attendance.csv")
    assert answer.headers["Cache-Control"] == "no-store"
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0][2:4] == ["Eerst", "Daarna"]
    assert rows[1] == ["Noor", "Bewoner", "ja", "ja", "2"]
    assert rows[2][:2] == ["Jongere 1", "Jongere"]
    assert rows[3][0] == '\'=HYPERLINK("x")'
    assert len(rows) == 4


def test_the_five_make_a_series_of_five_meetings(app, space, steward):
    new = f"/spaces/{space.id}/workshops/new"
    form = form_of(steward.get(new).text, **{"class": "form"})
    answer = steward.submit(form, new, title="Ons plein", agenda="five", planned_at="2026-09-01T19:00")
    assert answer.status_code == 303
    assert steward.get(answer.location).status_code == 200
    with app.app_context():
        series = session().scalars(select(Series)).one()
        meetings = meetings_of(series.id)
        assert (series.title, len(meetings)) == ("Ons plein", 5)
        assert [[step.kind for step in each.steps] for each in meetings] == [
            [sketch.kind for sketch in AGENDAS[agenda]] for agenda in FIVE
        ]
        assert [each.planned_at is not None for each in meetings] == [True, False, False, False, False]
        assert [trajectory_of_workshop(each.id) is not None for each in meetings] == [*[False] * 4, True]
    index = steward.get(f"/spaces/{space.id}/workshops").text
    assert index.count("/console") == 5
    assert "Ons plein" in index


def test_a_meeting_joins_a_new_series_and_an_existing_one(app, space, steward):
    new = f"/spaces/{space.id}/workshops/new"
    form = form_of(steward.get(new).text, **{"class": "form"})
    steward.submit(form, new, title="Een", series_id="new", series_title="Dit jaar")
    with app.app_context():
        series = session().scalars(select(Series)).one()
    assert series.title == "Dit jaar"
    form = form_of(steward.get(new).text, **{"class": "form"})
    steward.submit(form, new, title="Twee", series_id=str(series.id))
    assert steward.submit(form, new, title="Drie", series_id="zz").status_code == 422
    with app.app_context():
        rows = session().execute(select(Workshop.title, Workshop.series_position).order_by(Workshop.title))
        assert list(map(tuple, rows)) == [("Een", 1), ("Twee", 2)]

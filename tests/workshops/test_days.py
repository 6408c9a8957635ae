"""Days that nobody means: each form says so, and what is stored all the same breaks no page."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wtforms import DateField, DateTimeField

from cocreate.core.clocks import EARLIEST, LATEST, later, on_clock
from cocreate.core.db import session
from cocreate.core.forms import Form, is_day
from cocreate.workshops.models import Workshop
from cocreate.workshops.rules import clock_times
from tests.factories import make_workshop

FIRST, LAST = "0001-01-01T00:00", "9999-12-31T23:59"
MOMENTS = st.datetimes(timezones=st.just(UTC))
NEAR = st.datetimes(
    datetime.fromisoformat("1999-01-01"), datetime.fromisoformat("2201-01-01"), timezones=st.just(UTC)
)


def kinds_of(form=Form):
    for kind in form.__subclasses__():
        yield kind
        yield from kinds_of(kind)


def test_every_form_that_asks_a_day_looks_at_the_year(app):
    asked = []
    with app.test_request_context():
        for kind in kinds_of():
            for field in kind(formdata=None, meta={"csrf": False}):
                if isinstance(field, DateField | DateTimeField):
                    assert is_day in field.validators, (kind, field.name)
                    asked.append(field.name)
    assert {"planned_at", "by_on", "taken_on", "until", "since", "on", "date_1"} <= set(asked)


@pytest.mark.parametrize("when", [FIRST, LAST, "1999-12-31T23:59", "2200-01-01T00:00"])
def test_a_meeting_begins_in_a_year_that_can_be_meant(app, space, steward, when):
    facts = {"title": "Plein", "agenda": "moments", "planned_at": when}
    answer = steward.post(f"/spaces/{space.id}/workshops/new", facts)
    assert answer.status_code == 422
    assert "Kijk nog eens naar het jaar" in answer.text
    with app.app_context():
        meeting = make_workshop(space, doors=False, activities=())
        path = f"/workshops/{meeting.id}/agenda"
        assert steward.post(path, {"title": "Plein", "planned_at": when}).status_code == 422
        assert session().get(Workshop, meeting.id).planned_at is None
    assert steward.post(path, {"title": "Plein", "planned_at": "2199-12-31T23:59"}).status_code == 303


@pytest.mark.parametrize("at", [datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (FIRST, LAST)])
def test_a_meeting_that_was_planned_too_far_away_can_be_put_right(app, space, steward, at):
    with app.app_context():
        meeting = make_workshop(space, doors=False, activities=())
        session().get(Workshop, meeting.id).planned_at = at
        session().commit()
    pages = [
        f"/workshops/{meeting.id}/{page}" for page in ("console", "agenda", "screen", "harvest", "paper")
    ]
    for page in [*pages, f"/spaces/{space.id}/workshops"]:
        assert steward.get(page).status_code == 200, page
    path = f"/workshops/{meeting.id}/agenda"
    assert steward.post(path, {"title": "Plein", "planned_at": "2027-03-01T19:00"}).status_code == 303


@given(MOMENTS, st.lists(st.integers(0, 10**12), min_size=1, max_size=8), st.data())
def test_clock_times_are_there_for_whatever_is_stored(at, minutes, data):
    current = data.draw(st.none() | st.integers(0, len(minutes) - 1))
    times = clock_times(minutes, current, at)
    assert times == sorted(times)
    assert all(EARLIEST <= each <= LATEST for each in times)
    for each in times:
        on_clock(each, "Pacific/Kiritimati"), on_clock(each, "Pacific/Pago_Pago")


@given(NEAR, st.integers(-9999, 9999))
def test_counting_on_is_exact_where_people_live(at, minutes):
    assert later(at, minutes) == at + timedelta(minutes=minutes)

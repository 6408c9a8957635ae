"""Two who may lead: one steers what the room looks at, and both tidy what arrives."""

import pytest

from cocreate.core.audience import Visibility
from cocreate.core.db import session
from cocreate.moments.models import Moment
from cocreate.spaces.rules import Role
from cocreate.workshops.models import Heading
from cocreate.workshops.service.steering import take_lead
from tests.factories import make_account, make_member, make_moment

TAKE_OVER = "Neem het eerst over"


@pytest.fixture
def told(app, meeting):
    """A moment that arrived."""
    with app.app_context():
        return make_moment(meeting.maker, meeting.workshop)


@pytest.fixture
def helping(app, meeting, new_browser):
    """The browser of somebody who may lead, while somebody else does."""
    with app.app_context():
        other = make_member(meeting.space, role=Role.FACILITATOR, person_id=make_account())
        take_lead(meeting.workshop.id, meeting.space.id, meeting.space.steward.id)
    return new_browser(other)


def test_one_person_steers_what_the_screen_shows(app, meeting, told, helping):
    refused = meeting.post("highlight", helping, topic="moment", id=told)
    assert refused.status_code == 409
    assert TAKE_OVER in refused.json["title"]
    assert meeting.post("highlight", topic="moment", id=told).status_code == 200
    for where in ("highlight/end", "results", "results/end"):
        assert meeting.post(where, helping).status_code == 409
    with app.app_context():
        assert meeting.row().lit_id == told
    meeting.post("lead", helping)
    assert meeting.post("highlight/end", helping).status_code == 200
    assert meeting.post("highlight", topic="moment", id=told).status_code == 409
    with app.app_context():
        assert meeting.row().lit_id is None


def test_both_put_cards_under_headings(app, meeting, told, helping):
    assert meeting.post("headings", helping, topic="moment", words="Eten").status_code == 200
    with app.app_context():
        heading = session().query(Heading).one().id
    for browser in (helping, meeting.lead):
        assert (
            meeting.post("grouped", browser, topic="moment", id=told, heading_id=heading).status_code == 200
        )
    assert meeting.post(f"headings/{heading}", helping, words="Samen eten").status_code == 200
    assert "Samen eten" in meeting.console()


def test_what_hurts_somebody_goes_at_once_also_from_the_screen(app, meeting, told, helping):
    meeting.post("highlight", topic="moment", id=told)
    answer = meeting.post("asides", helping, topic="moment", id=told, reason="Er staat een naam in.")
    assert answer.status_code == 200
    with app.app_context():
        assert meeting.row().lit_id is None
        assert session().get(Moment, told).visibility == Visibility.MAKER
    assert meeting.post(f"asides/{told}/return", helping, topic="moment").status_code == 200

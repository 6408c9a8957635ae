"""Sentences that are read back: written by who leads a meeting, while it goes on."""

import uuid

import pytest
from sqlalchemy import select

from cocreate.core.db import session
from cocreate.replies.models import Summary
from cocreate.replies.queries import summaries_of
from cocreate.spaces.rules import Role
from cocreate.workshops.service import close_workshop
from cocreate.workshops.service.steering import take_lead
from tests.factories import make_account, make_member, make_space, make_summary, make_workshop

NEVER = "Nooit voorgelezen."


def write(browser, meeting, workshop_id=None):
    body = {"workshop_id": str(workshop_id or meeting.workshop.id), "text": NEVER}
    return browser.post(f"/spaces/{meeting.space.id}/summaries", json=body)


def drop(browser, meeting, summary_id):
    return browser.post(f"/spaces/{meeting.space.id}/summaries/{summary_id}/removal", json={})


@pytest.fixture
def said(app, meeting) -> uuid.UUID:
    """A sentence that is read back."""
    with app.app_context():
        return make_summary(meeting.space.steward, meeting.workshop, "We eten samen.")


def texts(app, meeting) -> list[str]:
    with app.app_context():
        return [each.text for each in summaries_of(meeting.space.id, meeting.workshop.id)]


def test_who_leads_writes_and_takes_away(app, meeting, said):
    assert write(meeting.lead, meeting).status_code == 200
    assert drop(meeting.lead, meeting, said).status_code == 200
    assert drop(meeting.lead, meeting, said).status_code == 200
    assert texts(app, meeting) == [NEVER]
    answer = meeting.lead.post(
        f"/spaces/{meeting.space.id}/summaries", {"workshop_id": str(meeting.workshop.id), "text": "Ook."}
    )
    assert (answer.status_code, answer.location) == (303, f"{meeting.path}/console")


def test_who_does_not_lead_now_takes_over_first(app, meeting, said, new_browser):
    with app.app_context():
        other = make_member(meeting.space, role=Role.FACILITATOR, person_id=make_account())
        take_lead(meeting.workshop.id, meeting.space.id, meeting.space.steward.id)
    browser = new_browser(other)
    for answer in (write(browser, meeting), drop(browser, meeting, said)):
        assert answer.status_code == 409
        assert "Iemand anders" in answer.json["title"]
    assert texts(app, meeting) == ["We eten samen."]
    meeting.post("lead", browser)
    assert write(browser, meeting).status_code == 200


def test_nothing_is_read_back_in_a_closed_meeting(app, meeting, said):
    with app.app_context():
        close_workshop(meeting.workshop.id, meeting.space.id)
    for answer in (write(meeting.lead, meeting), drop(meeting.lead, meeting, said)):
        assert answer.status_code == 409
    page = meeting.lead.get(f"{meeting.path}/harvest").text
    assert "We eten samen." in page
    assert NEVER not in page


def test_nothing_is_read_back_before_the_doors_open(app, meeting):
    with app.app_context():
        coming = make_workshop(meeting.space, doors=False, activities=())
    assert write(meeting.lead, meeting, coming.id).status_code == 409


def test_a_sentence_is_of_a_meeting_of_this_space(app, meeting, new_browser):
    with app.app_context():
        other = make_space(name="Elders")
        elsewhere = make_workshop(other)
        theirs = make_summary(other.steward, elsewhere)
    for workshop_id in (uuid.uuid4(), elsewhere.id):
        assert write(meeting.lead, meeting, workshop_id).status_code == 404
    assert drop(meeting.lead, meeting, theirs).status_code == 404
    assert drop(meeting.lead, meeting, uuid.uuid4()).status_code == 404
    with app.app_context():
        (kept,) = session().scalars(select(Summary)).all()
        assert (kept.id, kept.dropped_at) == (theirs, None)

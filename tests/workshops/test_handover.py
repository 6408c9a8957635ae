"""Handing a meeting over to somebody who does not lead in this space yet."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from cocreate.core.db import session, utcnow
from cocreate.spaces.models import Membership
from cocreate.spaces.rules import Role
from cocreate.workshops.models import Handover, Workshop
from tests.factories import make_account, make_member


@pytest.fixture
def code(space, workshop, new_browser):
    page = new_browser(space.steward).post(f"/workshops/{workshop.id}/handovers", {})
    assert page.status_code == 200
    return re.search(r'class="code">([A-Z-]+)<', page.text)[1]


def take(browser, code):
    return browser.post("/handover", {"code": code})


def membership_of(person_id, space):
    query = select(Membership).where(Membership.person_id == person_id, Membership.space_id == space.id)
    return session().scalar(query)


def test_who_has_the_code_leads_from_then_on(app, space, workshop, code, new_browser):
    with app.app_context():
        person = make_account(name="Bea")
    browser = new_browser(person)
    answer = take(browser, code.lower().replace("-", " "))  # as people type it
    assert answer.status_code == 303
    assert browser.get(answer.location).status_code == 200
    with app.app_context():
        membership = membership_of(person, space)
        assert membership.role == Role.FACILITATOR
        assert session().get(Workshop, workshop.id).led_by_id == membership.id


def test_it_works_once(app, code, new_browser):
    with app.app_context():
        one, other = make_account(), make_account()
    assert take(new_browser(one), code).status_code == 303
    again = take(new_browser(other), code)
    assert again.status_code == 422
    assert "te oud" in again.text


def test_it_ends_with_the_meeting(app, space, workshop, code, new_browser):
    with app.app_context():
        person = make_account()
    leader = new_browser(space.steward)
    assert leader.post(f"/workshops/{workshop.id}/closing", {}).status_code == 303
    assert take(new_browser(person), code).status_code == 422
    with app.app_context():
        assert membership_of(person, space) is None
    assert leader.post(f"/workshops/{workshop.id}/handovers", {}).status_code == 409


def test_it_works_for_a_quarter_of_an_hour(app, code, new_browser):
    with app.app_context():
        person = make_account()
        session().scalars(select(Handover)).one().expires_at = utcnow() - timedelta(seconds=1)
        session().commit()
    assert take(new_browser(person), code).status_code == 422


def test_a_new_code_voids_the_earlier_one(app, space, workshop, code, new_browser):
    new_browser(space.steward).post(f"/workshops/{workshop.id}/handovers", {})
    with app.app_context():
        person = make_account()
    assert take(new_browser(person), code).status_code == 422


@pytest.mark.parametrize("wrong", ["", "BADOKIM", "BADOKIM-BADOKIM", "../../etc", "\x00", "x" * 5000])
def test_another_code_is_told_in_plain_words(app, code, new_browser, wrong):
    with app.app_context():
        person = make_account()
    assert take(new_browser(person), wrong).status_code == 422


def test_guesses_are_throttled(app, code, new_browser):
    with app.app_context():
        person = make_account()
    browser = new_browser(person)
    statuses = {take(browser, "BADOKIM-BADOKIM").status_code for _ in range(40)}
    assert statuses == {422, 429}


def test_a_guest_does_not_lead(app, space, workshop, code, new_browser):
    with app.app_context():
        guest = make_member(space, workshop)
    for browser in (new_browser(guest), new_browser()):
        answer = take(browser, code)
        assert answer.status_code == 422
        assert "account" in answer.text
    with app.app_context():
        assert session().scalars(select(Handover)).one().taken_at is None


def test_only_its_hash_is_kept(app, code):
    with app.app_context():
        kept = session().scalars(select(Handover)).one().code_hash
    assert code not in kept
    assert len(kept) == 64


def test_who_is_steward_stays_steward(app, space, workshop, code, new_browser):
    with app.app_context():
        other = make_member(space, role=Role.STEWARD, person_id=make_account())
    assert take(new_browser(other), code).status_code == 303
    with app.app_context():
        assert session().get(Membership, other.id).role == Role.STEWARD


def test_what_a_participant_with_an_account_shares_stays_as_it_was(app, space, workshop, code, new_browser):
    with app.app_context():
        other = make_member(space, workshop, person_id=make_account(), shares_with="space", name="Bea")
    assert take(new_browser(other), code).status_code == 303
    with app.app_context():
        membership = session().get(Membership, other.id)
        assert (membership.role, membership.shares_with, membership.name) == ("facilitator", "space", "Bea")

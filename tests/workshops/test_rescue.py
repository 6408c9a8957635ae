"""What was told on a tablet that left is kept after all: as its maker told it, once, and from nobody else."""

import io
import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from cocreate.core.audience import Visibility
from cocreate.core.db import new_id, session
from cocreate.moments.models import Moment
from cocreate.spaces.models import Opening
from cocreate.workshops.rescue import MAX_BYTES, Rescued, RescueError, is_proven, proof_of, read_file
from cocreate.workshops.views.rescue import TELLING
from tests.factories import make_account, make_member, make_space, make_workshop


def item_of(app, member, workshop, words="Zij belde terug.", **body):
    """One thing, as a tablet puts it into a file."""
    told = {
        "id": str(new_id()),
        "workshop_id": str(workshop.id),
        "membership_id": str(member.id),
        "visibility": Visibility.MAKER,
        "what_happened": words,
        **body,
    }
    return {
        "membership": str(member.id),
        "proof": proof_of(str(app.config["SECRET_KEY"]), workshop.id, member.id),
        "url": f"/spaces/{workshop.space_id}/moments",
        "body": told,
    }


def file_of(*items, **facts):
    """A file with these in it."""
    return json.dumps({"cocreate": "rescue", "version": 1, "items": items, **facts}).encode()


def hand_in(browser, workshop, data):
    """Choose a file on the page, and press the button."""
    return browser.post(
        f"/workshops/{workshop.id}/rescue",
        {"file": (io.BytesIO(data), "cocreate-rescue.json")},
        content_type="multipart/form-data",
    )


def kept(app):
    """Everything that was told: by whom, and what."""
    with app.app_context():
        query = select(Moment.maker_id, Moment.what_happened).order_by(Moment.created_at, Moment.id)
        return [tuple(row) for row in session().execute(query)]


@pytest.fixture
def leader(new_browser, space):
    return new_browser(space.steward)


def test_a_file_is_kept_as_its_maker_told_it_and_twice_is_once(app, leader, member, workshop, space):
    with app.app_context():
        other = make_member(space, workshop)
    data = file_of(item_of(app, member, workshop), item_of(app, other, workshop, "De deur stond open."))
    for _time in range(2):
        answer = hand_in(leader, workshop, data)
        assert (answer.status_code, answer.location) == (303, f"/workshops/{workshop.id}/rescue?kept=2")
    wanted = [
        (member.id, "Zij belde terug."),
        (other.id, "De deur stond open."),
    ]
    assert kept(app) == wanted
    with app.app_context():
        assert set(session().scalars(select(Moment.visibility))) == {Visibility.MAKER}
    # Who leads is still who leads, and does not read what was told for its maker alone.
    page = leader.get(answer.location).text
    assert "2 " in page
    assert "Zij belde terug." not in page


def test_what_did_not_come_from_this_persons_tablet_is_refused_whole(app, leader, member, workshop, space):
    with app.app_context():
        other, elsewhere = make_member(space, workshop), make_workshop(space, title="Elders")
        absent = make_member(space)
    good = item_of(app, member, workshop)
    forged = [
        {**good, "proof": "0" * 64},
        {**good, "proof": "é"},
        {**good, "membership": str(other.id)},
        {**good, "body": {**good["body"], "membership_id": str(other.id)}},
        {**good, "body": {**good["body"], "workshop_id": str(elsewhere.id)}},
        {**good, "body": {**good["body"], "workshop_id": ""}},
        item_of(app, absent, workshop),
        item_of(app, member, elsewhere),
    ]
    for wrong in forged:
        answer = hand_in(leader, workshop, file_of(good, wrong))
        assert answer.status_code == 422, wrong
    assert kept(app) == []


@pytest.mark.parametrize(
    "url", ["/sign-out", "/language", "/spaces/new", "/nowhere", "//elsewhere.example/spaces", "/csrf"]
)
def test_only_what_the_stage_tells_can_be_done_for_somebody(app, leader, member, workshop, url):
    answer = hand_in(leader, workshop, file_of({**item_of(app, member, workshop), "url": url}))
    assert answer.status_code == 409


def test_nothing_else_of_a_leader_who_sat_at_a_tablet_can_be_done(app, leader, workshop, space):
    with app.app_context():
        chief = make_member(space, workshop, role="steward", person_id=make_account())
    wrong = {**item_of(app, chief, workshop), "url": f"/spaces/{space.id}/openings"}
    assert hand_in(leader, workshop, file_of(wrong)).status_code == 409


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b"[" * 5000,
        file_of(),
        file_of({}),
        file_of("niets"),
        file_of(version=2),
        b" " * (MAX_BYTES + 1),
        file_of(*[{}] * 501),
    ],
)
def test_what_is_no_file_from_a_tablet_is_refused_in_plain_words(leader, workshop, data):
    answer = hand_in(leader, workshop, data)
    assert answer.status_code == 422
    assert "cocreate-rescue" in answer.text


def test_what_comes_too_late_is_named_and_the_rest_is_kept(app, leader, member, workshop, space):
    late = item_of(app, member, workshop, url="", what_happened="")
    late = {**item_of(app, member, workshop), "body": {**late["body"], "what_happened": ""}}
    answer = hand_in(leader, workshop, file_of(late, item_of(app, member, workshop, "Wel goed.")))
    assert answer.status_code == 409
    assert [words for _maker, words in kept(app)] == ["Wel goed."]
    with app.app_context():
        for opening in session().scalars(select(Opening).where(Opening.workshop_id == workshop.id)):
            opening.closed_at = datetime.now(UTC) - timedelta(days=8)
        session().commit()
    assert hand_in(leader, workshop, file_of(item_of(app, member, workshop, "Te laat."))).status_code == 409
    assert [words for _maker, words in kept(app)] == ["Wel goed."]


def test_on_the_same_tablet_it_goes_along_without_anybody(app, new_browser, member, workshop, space):
    with app.app_context():
        following = make_member(space, workshop)
        outsider = make_member(make_space())
    address = f"/workshops/{workshop.id}/handed-over"
    browser = new_browser(following)
    item = item_of(app, member, workshop)
    for _time in range(2):
        answer = browser.post(address, json=item)
        assert (answer.status_code, answer.json["state"]) == (201, "kept")
    assert kept(app) == [(member.id, "Zij belde terug.")]
    # They are still themselves.
    own = {**item["body"], "id": str(new_id()), "membership_id": str(following.id)}
    assert browser.post(item["url"], json=own).status_code == 201
    assert browser.post(address, json={**item, "proof": "0" * 64}).status_code == 404
    assert browser.post(address, json={}).status_code == 422
    assert new_browser(outsider).post(address, json=item).status_code == 404


def test_the_stage_gives_each_person_a_proof_of_their_own(app, new_browser, member, workshop):
    page = new_browser(member).get(f"/workshops/{workshop.id}/stage").text
    assert f'data-proof="{proof_of(str(app.config["SECRET_KEY"]), workshop.id, member.id)}"' in page


def test_everything_that_the_stage_tells_can_be_rescued(app, new_browser, member, workshop):
    """A form that comes onto the stage and is not on the list would be lost with its tablet."""
    from cocreate.workshops.models import Workshop

    page = new_browser(member).get(f"/workshops/{workshop.id}/stage").text
    assert app.url_map is not None
    with app.test_request_context(), app.app_context():
        assert session().get(Workshop, workshop.id).is_open
        adapter = app.url_map.bind("localhost")
        actions = {
            part.split('"')[0]
            for form in page.split("<form")[1:]
            if "data-contribution-form" in form.split(">")[0]
            for part in form.split(">")[0].split('action="')[1:]
        }
        assert actions
        assert {adapter.match(action, method="POST")[0] for action in actions} <= TELLING


@given(
    st.binary(max_size=400)
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["cocreate", "version", "items", "membership", "proof", "url", "body"])
                | st.text(),
                inner,
            )
        ),
    ).map(lambda told: json.dumps(told).encode())
)
def test_whatever_the_file_holds_it_is_read_or_refused(data):
    try:
        items = read_file(data)
    except RescueError:
        return
    assert all(isinstance(item, Rescued) for item in items)


@given(st.uuids(), st.uuids(), st.uuids(), st.text(), st.text(min_size=1))
def test_a_proof_fits_one_person_in_one_meeting_of_one_installation(workshop, member, other, secret, more):
    proof = proof_of(secret, workshop, member)
    body = {"workshop_id": str(workshop), "membership_id": str(member)}
    item = Rescued(member, proof, "/", body)
    assert is_proven(secret, workshop, item)
    assert not is_proven(secret + more, workshop, item)
    if other != member:
        told = {**body, "membership_id": str(other)}
        assert not is_proven(secret, workshop, Rescued(other, proof, "/", told))
        assert not is_proven(secret, workshop, Rescued(member, proof, "/", told))
    if other != workshop:
        assert not is_proven(secret, other, Rescued(member, proof, "/", {**body, "workshop_id": str(other)}))
    assert uuid.UUID(body["membership_id"]) == member

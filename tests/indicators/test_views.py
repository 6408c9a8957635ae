"""An indicator over the wire: in whose words, and about what."""

import pytest

from tests.factories import make_impact, make_member


@pytest.fixture
def impact_id(app, space, workshop):
    with app.app_context():
        return str(make_impact(make_member(space, workshop), workshop))


def send(guest, **words):
    told = {"workshop_id": str(guest.workshop.id), "question": "We groeten elkaar.", **words}
    return guest.post(f"/spaces/{guest.workshop.space_id}/indicators", json=told)


def test_an_indicator_is_about_an_impact(guest, impact_id):
    assert send(guest, impact_id=impact_id).status_code == 201
    assert list(send(guest).json["fields"]) == ["impact_id"]
    assert list(send(guest, impact_id="x").json["fields"]) == ["impact_id"]


@pytest.mark.parametrize(("question", "status"), [("x" * 500, 201), ("x" * 501, 422), (" ", 422), ("", 422)])
def test_a_question_is_short_and_has_words(guest, impact_id, question, status):
    assert send(guest, impact_id=impact_id, question=question).status_code == status


def test_no_indicator_about_what_was_taken_back(app, new_browser, guest, member, space, workshop):
    with app.app_context():
        impact_id = make_impact(member, workshop)
    new_browser(member).post(f"/spaces/{space.id}/mine/impact/{impact_id}/withdrawal")
    assert send(guest, impact_id=str(impact_id)).status_code == 404

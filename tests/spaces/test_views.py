"""Opening a space and changing it."""

import pytest
from sqlalchemy import select

from cocreate.core.changes import changing
from cocreate.core.db import session
from cocreate.spaces.models import Membership, Space, Voice
from cocreate.spaces.rules import IMPORTED, OWN_VOICES_MAX
from cocreate.spaces.service import add_voice
from tests.browser_without_scripts import form_of
from tests.factories import make_member, make_moment, make_space


@pytest.fixture
def steward(new_browser, space):
    return new_browser(space.steward)


def change(browser, space, **facts):
    path = f"/spaces/{space.id}/settings"
    return browser.submit(form_of(browser.get(path).text, **{"class": "form"}), path, **facts)


def own_voices(app, space):
    with app.app_context():
        query = select(Voice.name).where(Voice.space_id == space.id, Voice.name.is_not(None))
        return list(session().scalars(query.order_by(Voice.position)))


def test_whoever_opens_a_space_leads_it(app, auth, client):
    auth.sign_up()
    page = client.get("/spaces/new")
    facts = {
        "name": "Ons plein",
        "purpose": "Samen",
        "own_voices": "Mantelzorgers\n\n Winkeliers \nMantelzorgers",
    }
    answer = client.submit(
        form_of(page.text, **{"class": "form"}), "/spaces/new", **facts, word_moment="Pareltje"
    )
    assert client.get(answer.location + "/settings").status_code == 200
    with app.app_context():
        space = session().scalars(select(Space)).one()
        assert (space.name, space.purpose, space.is_public) == ("Ons plein", "Samen", False)
        assert space.words == {"moment": "Pareltje"}
        assert session().scalars(select(Membership.role)).one() == "steward"
        keys = list(session().scalars(select(Voice.key).order_by(Voice.position)))
        assert keys[:4] == ["resident", "youth", "professional", "policymaker"]
    assert own_voices(app, space) == ["Mantelzorgers", "Winkeliers"]
    assert "Pareltje" in client.get(answer.location).text


def test_a_space_can_be_changed_and_its_voices_stay(app, space, steward):
    assert change(steward, space, name="Nieuw plein", own_voices="Winkeliers").status_code == 303
    assert change(steward, space, own_voices="Mantelzorgers").status_code == 303
    assert "Nieuw plein" in steward.get(f"/spaces/{space.id}").text
    assert own_voices(app, space) == ["Winkeliers", "Mantelzorgers"]


def test_voices_with_confusing_names_can_come_in_any_order(app, new_browser):
    with app.app_context():
        space = make_space(own_voices=["a 5"])
    steward = new_browser(space.steward)
    for names in ("a", "a\nb", "b 7\na", "c\nb\n!", "!!", "a-5"):
        assert change(steward, space, own_voices=names).status_code == 303
    assert own_voices(app, space) == ["a 5", "a", "b", "b 7", "c", "!", "!!", "a-5"]


@pytest.mark.parametrize(
    "facts",
    [
        {"name": ""},
        {"name": "  "},
        {"name": "x" * 121},
        {"purpose": "x" * 601},
        {"language": "fr"},
        {"own_voices": "\n".join("abcdefghi")},
        {"own_voices": "x" * 41},
        {"word_impact": "x" * 61},
    ],
)
def test_what_does_not_fit_changes_nothing(app, space, steward, facts):
    answer = change(steward, space, **facts)
    assert answer.status_code == 422
    assert 'class="error"' in answer.text
    with app.app_context():
        assert session().get(Space, space.id).name == "Het plein"


def test_a_public_space_shows_passers_by_only_what_is_public(app, space, workshop, steward, client):
    with app.app_context():
        maker = make_member(space, workshop)
        make_moment(maker, workshop, "Voor het hele land", visibility="public")
        make_moment(maker, workshop, "Voor ons", visibility="space")
    assert client.get(f"/spaces/{space.id}").status_code == 404
    change(steward, space, is_public="y")
    page = client.get(f"/spaces/{space.id}").text
    assert "Voor het hele land" in page
    assert "Voor ons" not in page


def test_the_front_door_lists_my_spaces(space, steward, client):
    assert f"/spaces/{space.id}" in steward.get("/").text
    assert "Het plein" not in client.get("/").text


def test_voices_from_elsewhere_are_neither_offered_nor_in_the_way(app, steward, space, workshop, new_guest):
    with app.app_context(), changing(space.id) as log:
        for place in range(OWN_VOICES_MAX + 1):
            add_voice(log, f"{IMPORTED}{place}", f"Meningsgroep {place}", "star", 5, 10 + place)
    assert change(steward, space, name="Ons plein").status_code == 303
    assert len(own_voices(app, space)) == OWN_VOICES_MAX + 1
    assert "Meningsgroep" not in steward.get(f"/workshops/{workshop.id}/console").text
    assert "Meningsgroep" not in new_guest().get(f"/workshops/{workshop.id}/door").text

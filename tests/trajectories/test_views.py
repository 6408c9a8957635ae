"""The map as a page and as data for the canvas."""

import uuid

import pytest

from cocreate.core.audience import Visibility
from cocreate.spaces.contributions import withdraw
from cocreate.trajectories.models import Node
from cocreate.trajectories.rules import GrowQuestion
from cocreate.trajectories.service import Answer
from tests.browser_without_scripts import read_page
from tests.factories import make_member, make_node, make_space, make_workshop


@pytest.fixture
def road(app, space, workshop, member):
    with app.app_context():
        first = make_node(member, workshop, "Voetbaldag <b>")
        second = make_node(member, workshop, answer=Answer("Regen", GrowQuestion.WHAT_HINDERED, first))
    return f"/spaces/{space.id}/trajectories/{workshop.trajectory_id}", str(first), str(second)


def test_the_page_shows_the_map_and_the_same_in_words(new_browser, member, road):
    path, first, second = road
    page = new_browser(member).get(path)
    assert "Voetbaldag &lt;b&gt;" in page.text
    tags = read_page(page.text).tags
    assert any(tag == "svg" for tag, _facts in tags)
    assert {facts.get("data-subject") for tag, facts in tags if tag == "li"} >= {first, second}


def test_a_map_with_nothing_for_me_says_so(app, space, workshop, new_browser):
    with app.app_context():
        reader = make_member(space)
    page = new_browser(reader).get(f"/spaces/{space.id}/trajectories/{workshop.trajectory_id}")
    assert page.status_code == 200
    assert 'data-behavior="workbench"' not in page.text


@pytest.mark.parametrize(
    "answer",
    [
        {"text": ""},
        {"text": "x" * 501},
        {"text": "x", "state": "changed"},
        {"text": "x", "question": "why"},
        {"text": "x", "touched_id": "1"},
        {"text": "x", "x": "1.0"},
    ],
)
def test_an_answer_that_does_not_fit_is_refused(guest, road, answer):
    path, *_ids = road
    answer = guest.post(f"{path}/nodes", json={"workshop_id": str(guest.workshop.id), **answer})
    assert answer.status_code == 422
    assert answer.json["fields"]


@pytest.mark.parametrize("visibility", list(Visibility))
def test_a_passer_by_learns_of_a_map_only_when_some_of_it_is_public(app, client, visibility):
    with app.app_context():
        space = make_space(is_public=True)
        workshop = make_workshop(space, title="Van voetbaldag naar spelmiddag")
        make_node(make_member(space, workshop), workshop, visibility=visibility)
    answer = client.get(f"/spaces/{space.id}/trajectories/{workshop.trajectory_id}")
    is_public = visibility is Visibility.PUBLIC
    assert answer.status_code == (200 if is_public else 404)
    assert ("Van voetbaldag" in answer.text) is is_public


def test_a_page_that_is_kept_is_never_shown_to_somebody_else(app, space, workshop, member, new_browser):
    with app.app_context():
        make_node(member, workshop, "Alleen van mij", visibility=Visibility.MAKER)
        make_node(member, workshop, "Van ons allemaal")
        other = make_member(space, workshop)
    path = f"/spaces/{space.id}/trajectories/{workshop.trajectory_id}"
    for _again in range(2):
        assert "Alleen van mij" in new_browser(member).get(path).text
        page = new_browser(other).get(path).text
        assert "Van ons allemaal" in page
        assert "Alleen van mij" not in page


def test_a_page_that_is_kept_holds_no_token_of_a_browser(space, workshop, member, new_browser):
    path = f"/spaces/{space.id}/trajectories/{workshop.trajectory_id}"
    tokens = []
    for _browser in range(2):
        page = new_browser(member).get(path).text
        (token,) = {
            facts["content"] for tag, facts in read_page(page).tags if facts.get("name") == "csrf-token"
        }
        assert not any(earlier in page for earlier in tokens)
        tokens.append(token)
    assert len(set(tokens)) == len(tokens)


def test_a_page_that_is_kept_is_as_new_as_the_map(app, workshop, member, road, new_browser):
    path, first, _second = road
    browser = new_browser(member)
    assert "Elf oma" not in browser.get(path).text
    with app.app_context():
        grown = make_node(
            member, workshop, answer=Answer("Elf oma's", GrowQuestion.WHAT_NEXT, uuid.UUID(first))
        )
    assert "Elf oma" in browser.get(path).text
    with app.app_context():
        withdraw(member.viewer, Node, grown)
    assert "Elf oma" not in browser.get(path).text

"""The map as a page and as data for the canvas."""

import pytest

from cocreate.core.audience import Visibility
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

"""What a part of a meeting says of everything told in it is said on the stage, and held by the server."""

from pathlib import Path

import pytest
from sqlalchemy import select

from cocreate.core.audience import Visibility
from cocreate.core.db import new_id, session
from cocreate.moments.models import Moment
from cocreate.trajectories.models import Node
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.models import Step
from cocreate.workshops.rules import StepKind, StepSketch
from cocreate.workshops.service import move_stage
from cocreate.workshops.service.stage import terms_of
from cocreate.workshops.sketches import terms_known
from cocreate.workshops.words import limit_words
from tests.factories import make_member, make_moment, make_workshop


@pytest.fixture
def terms(app, workshop):
    """Set them on the part with the moments, and put that on stage."""

    def set_them(**facts):
        with app.app_context():
            step = session().get(Step, workshop.steps["moments"])
            for name, value in facts.items():
                setattr(step, name, value)
            session().commit()
            move_stage(workshop.id, workshop.space_id, step.id)

    return set_them


def moments_on(browser, workshop):
    """The part with the moments, on the stage of this browser."""
    page = browser.get(f"/workshops/{workshop.id}/stage").text
    return page.split('data-kind="moments"')[1].split("</section>")[0]


def tell(browser, workshop, member, **body):
    """A moment, as the stage sends it."""
    told = {
        "id": str(new_id()),
        "workshop_id": str(workshop.id),
        "step_id": str(workshop.steps["moments"]),
        "membership_id": str(member.id),
        "visibility": Visibility.PUBLIC,
        "what_happened": "Wij aten samen.",
    }
    return browser.post(f"/spaces/{workshop.space_id}/moments", json={**told, **body})


def test_no_further_than_the_part_goes(app, new_browser, workshop, space, terms):
    with app.app_context():
        member = make_member(space, workshop, shares_with=Visibility.PUBLIC)
    browser = new_browser(member)
    assert 'value="public" checked' in moments_on(browser, workshop)
    terms(widest=Visibility.WORKSHOP)
    part = moments_on(browser, workshop)
    assert 'value="workshop" checked' in part
    assert 'value="space"' not in part.split("data-naming")[0]
    tell(browser, workshop, member)
    with app.app_context():
        assert session().scalar(select(Moment.visibility)) == Visibility.WORKSHOP


def test_as_many_as_the_part_asks_for(app, new_browser, member, workshop, terms):
    terms(most_each=2)
    browser = new_browser(member)
    with app.app_context():
        first = make_moment(member, workshop, part_id=workshop.steps["moments"])
    part = moments_on(browser, workshop)
    assert f'name="step_id" value="{workshop.steps["moments"]}"' in part
    assert f'data-told="{first}"' in part
    assert 'data-limit="2"' in part
    assert tell(browser, workshop, member).status_code == 201
    assert tell(browser, workshop, member).status_code == 409


def test_a_part_without_terms_says_nothing_of_them(new_browser, member, workshop, terms):
    terms()
    part = moments_on(new_browser(member), workshop)
    assert "data-limit" not in part
    assert "is_signed" not in part


def test_a_name_is_offered_only_to_who_gave_one_and_stands_everywhere_but_on_the_screen(
    app, new_browser, workshop, space, terms
):
    terms(has_names=True)
    with app.app_context():
        named, silent = make_member(space, workshop, name="Anna Bloem"), make_member(space, workshop)
    assert "is_signed" not in moments_on(new_browser(silent), workshop)
    browser, leader = new_browser(named), new_browser(space.steward)
    part = moments_on(browser, workshop)
    assert "Anna Bloem" in part
    assert "checked" not in part.split('name="is_signed"')[1].split(">")[0]
    tell(browser, workshop, named, is_signed=True, is_by_helper=True)
    for path in (f"/workshops/{workshop.id}/console", f"/spaces/{space.id}"):
        page = leader.get(path).text
        assert ("Anna Bloem" in page, "by-helper" in page) == (True, True), path
    screen = leader.get(f"/workshops/{workshop.id}/screen").text
    assert "Wij aten samen." in screen
    assert "Anna Bloem" not in screen
    assert "by-helper" not in screen
    mine = browser.get("/mine").text
    assert "Anna Bloem" in mine
    assert "by-helper" in mine
    assert "by-helper" in browser.get(f"/workshops/{workshop.id}/stage").text


@pytest.mark.parametrize("kind", StepKind)
def test_names_are_offered_to_who_leads_only_where_the_stage_asks_for_them(app, new_browser, space, kind):
    part = StepSketch(kind, ACTIVITIES[kind].phase, 10, has_names=True)
    with app.app_context():
        meeting = make_workshop(space, agenda=[part], activities=())
        move_stage(meeting.id, space.id, meeting.steps[kind])
        named = make_member(space, meeting, name="Anna Bloem")
        holds = terms_of(session().get(Step, meeting.steps[kind])).has_names
    editing = new_browser(space.steward).get(f"/workshops/{meeting.id}/agenda/parts/{meeting.steps[kind]}")
    is_offered = 'name="has_names"' in editing.text
    assert is_offered == holds == ("has_names" in terms_known(kind))
    stage = new_browser(named).get(f"/workshops/{meeting.id}/stage").text
    if is_offered:
        assert 'name="is_signed"' in stage
    if kind in (StepKind.MAP, StepKind.MEASURE, StepKind.FACTORS, StepKind.STANCES, StepKind.READ_BACK):
        assert not is_offered


def test_a_stop_on_the_map_keeps_to_the_part_too(app, new_browser, member, workshop):
    with app.app_context():
        session().get(Step, workshop.steps["map"]).widest = Visibility.WORKSHOP
        session().commit()
        move_stage(workshop.id, workshop.space_id, workshop.steps["map"])
    told = {
        "id": str(new_id()),
        "verb": "grow",
        "node_id": str(new_id()),
        "workshop_id": str(workshop.id),
        "membership_id": str(member.id),
        "text": "Wij begonnen klein.",
        "visibility": Visibility.PUBLIC,
        "is_by_helper": True,
    }
    path = f"/spaces/{workshop.space_id}/trajectories/{workshop.trajectory_id}/operations"
    assert new_browser(member).post(path, json=told).status_code == 201
    with app.app_context():
        node = session().scalars(select(Node)).one()
        assert (node.visibility, node.is_by_helper) == (Visibility.WORKSHOP, True)


def test_the_words_count_down(app):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert limit_words(1, 1) == "You can tell one thing in this part."
        assert limit_words(2, 2) == "You can tell 2 things in this part."
        assert limit_words(1, 2) == "You can tell one more thing."
        assert "Thank you" in limit_words(0, 2)


def test_every_part_of_the_stage_knows_its_step():
    """Macros of a form know the terms only when they are imported with context."""
    lines = [
        line
        for path in Path("templates/workshops/stage").glob("*.html")
        for line in path.read_text().splitlines()
        if "_stage_parts.html" in line
    ]
    assert lines
    assert [line for line in lines if "with context %}" not in line] == []

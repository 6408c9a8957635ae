"""One map on which several meetings draw."""

import pytest
from sqlalchemy import select

from cocreate.core.audience import Visibility
from cocreate.core.changes import changing
from cocreate.core.db import session
from cocreate.spaces.models import Membership
from cocreate.spaces.service import attend
from cocreate.trajectories.models import Node, Trajectory
from cocreate.workshops.models import Workshop
from cocreate.workshops.rules import StepKind
from cocreate.workshops.service import close_workshop, move_stage, open_doors
from tests.browser_without_scripts import form_of
from tests.factories import MadeWorkshop, make_member, make_node
from tests.workshops.steps import make_meeting

FIRST, SECOND, THIRD, ASIDE = "Voetbaldag", "Wafels bakken", "Buurtfeest", "Alleen voor toen"


@pytest.fixture
def first(app, space):
    """A meeting that drew two stops, of which one is for its own people, and is closed."""
    with app.app_context():
        meeting = make_meeting(space, StepKind.MAP, StepKind.CLOSE, on=StepKind.MAP)
        maker = make_member(space, meeting)
        make_node(maker, meeting, FIRST, visibility=Visibility.SPACE)
        make_node(maker, meeting, ASIDE, visibility=Visibility.WORKSHOP)
        close_workshop(meeting.id, space.id)
    return meeting


@pytest.fixture
def later(app, space, steward, first):
    """Two meetings, both prepared before either begins, that go on with the map of the first."""
    path = f"/spaces/{space.id}/workshops/new"
    for title in ("Tweede", "Derde"):
        form = form_of(steward.get(path).text, **{"class": "form"})
        wanted = {"title": title, "trajectory_id": str(first.trajectory_id)}
        assert steward.submit(form, path, **wanted).status_code == 303
    with app.app_context():
        found = {
            each.title: MadeWorkshop(
                each.id, space.id, each.code, first.trajectory_id, {step.kind: step.id for step in each.steps}
            )
            for each in session().scalars(select(Workshop))
        }
    return found["Tweede"], found["Derde"]


def begin(app, meeting, person):
    """The doors are open, the map is on stage, and this person is in."""
    with app.app_context():
        open_doors(meeting.id, meeting.space_id)
        move_stage(meeting.id, meeting.space_id, meeting.steps["map"])
        with changing(meeting.space_id) as log:
            attend(log, meeting.id, log.session.get_one(Membership, person.id))


def draw(browser, meeting, text, visibility="space"):
    """Through the form without scripts, which goes to the map of the meeting."""
    stage = browser.get(f"/workshops/{meeting.id}/stage").text
    form = form_of(stage, action=f"/spaces/{meeting.space_id}/trajectories/{meeting.trajectory_id}/nodes")
    assert browser.submit(form, text=text, visibility=visibility).status_code in {201, 303}


def test_each_meeting_draws_on_it_and_sees_it_all(app, space, steward, new_browser, first, later):
    with app.app_context():
        people = [make_member(space), make_member(space)]
    for meeting, person, text in zip(later, people, (SECOND, THIRD), strict=True):
        begin(app, meeting, person)
        draw(new_browser(person), meeting, text)
    for meeting, person in zip(later, people, strict=True):
        room = f"/workshops/{meeting.id}"
        pages = {
            "stage": new_browser(person).get(f"{room}/stage").text,
            "screen": steward.get(f"{room}/screen").text,
            "map on the screen": steward.get(f"{room}/screen?part=map").text,
            "harvest": steward.get(f"{room}/harvest").text,
        }
        for name, page in pages.items():
            assert {text for text in (FIRST, SECOND, THIRD) if text in page} == {FIRST, SECOND, THIRD}, name
    assert SECOND in steward.get(f"/workshops/{first.id}/screen?part=map").text
    harvest = steward.get(f"/workshops/{first.id}/harvest").text  # it is over: what came later is counted
    assert FIRST in harvest
    assert SECOND not in harvest
    assert "Later kwamen er 2 haltes bij." in harvest
    with app.app_context():
        assert session().scalars(select(Trajectory.workshop_id)).one() == first.id
        told = dict(session().execute(select(Node.text, Node.workshop_id)).all())
    assert (told[FIRST], told[SECOND], told[THIRD]) == (first.id, later[0].id, later[1].id)


def test_what_is_for_one_meeting_stays_there(app, space, steward, new_browser, first, later):
    with app.app_context():
        people = [make_member(space), make_member(space)]
    for meeting, person in zip(later, people, strict=True):
        begin(app, meeting, person)
    draw(new_browser(people[0]), later[0], SECOND, "workshop")
    own, other = (f"/workshops/{each.id}" for each in later)
    assert SECOND in new_browser(people[0]).get(f"{own}/stage").text
    assert SECOND in steward.get(f"{own}/screen?part=map").text
    for page in (new_browser(people[1]).get(f"{other}/stage").text, steward.get(f"{other}/screen").text):
        assert FIRST in page
        assert SECOND not in page
        assert ASIDE not in page
    assert ASIDE not in new_browser(people[0]).get(f"{own}/stage").text
    assert ASIDE in steward.get(f"/workshops/{first.id}/screen?part=map").text


def test_the_console_tells_what_arrives_in_its_own_meeting(app, space, steward, new_browser, first, later):
    with app.app_context():
        person = make_member(space)
    begin(app, later[0], person)
    draw(new_browser(person), later[0], SECOND)
    assert SECOND in steward.get(f"/workshops/{later[0].id}/arrivals").text
    for other in (first, later[1]):
        assert SECOND not in steward.get(f"/workshops/{other.id}/arrivals").text

"""The step at the map: who draws on it, and what of it hangs on the wall."""

import uuid

import pytest
from sqlalchemy import update

from cocreate.core.audience import Visibility
from cocreate.core.db import session
from cocreate.trajectories.models import Node, Trajectory
from tests.browser_without_scripts import read_page
from tests.factories import make_member, make_node, make_workshop


def workbench(page):
    """What the map on a stage knows of itself."""
    found = [facts for _tag, facts in read_page(page.text).tags if facts.get("data-behavior") == "workbench"]
    assert len(found) == 1
    return found[0]


def test_a_stage_is_drawn_on_until_the_meeting_is_closed(guest, steward, workshop):
    before = workbench(guest.stage())
    assert (before["data-view"], before["data-may"].split()) == ("stage", ["draw"])
    assert 'data-part="grow"' in guest.stage().text
    steward.post(f"/workshops/{workshop.id}/closing")
    after = guest.stage()
    assert workbench(after)["data-may"].split() == []
    assert 'data-part="grow"' not in after.text
    assert 'data-contribution-form="node"' not in after.text


@pytest.mark.parametrize("meeting", ["none", "another"])
def test_the_wall_shows_what_everybody_in_the_space_sees_of_an_older_map(
    app, steward, space, workshop, meeting
):
    with app.app_context():
        maker, other = make_member(space, workshop), make_workshop(space, title="Eerder")
        words = {}
        for visibility in Visibility:
            words[visibility] = f"w{uuid.uuid4().hex}"
            make_node(maker, workshop, words[visibility], visibility=visibility)
        session().execute(update(Node).values(workshop_id=None if meeting == "none" else other.id))
        session().commit()
        assert session().get_one(Trajectory, workshop.trajectory_id).workshop_id == workshop.id
    path = f"/workshops/{workshop.id}/screen"
    for page in (steward.get(path).text, steward.get(f"{path}?part=map").text):
        assert {each for each in Visibility if words[each] in page} == {Visibility.SPACE, Visibility.PUBLIC}
    assert "<html" not in steward.get(f"{path}?part=map").text

"""What a part of a meeting says of everything told in it holds on the map too, also afterwards."""

import pytest

from cocreate.core.audience import Visibility
from cocreate.core.changes import changing
from cocreate.core.db import new_id, session
from cocreate.core.problems import Conflict, NotFound
from cocreate.privacy.service import show_to
from cocreate.spaces.openings import Terms, put_on_stage
from cocreate.spaces.rules import Activity
from cocreate.trajectories.models import Node
from cocreate.trajectories.operations import Verb
from cocreate.trajectories.service import Edit, Instruction, perform
from cocreate.workshops.service.lighting import put_aside, take_back_in
from tests.factories import make_member, make_node, make_workshop

pytestmark = pytest.mark.usefixtures("in_context")


@pytest.fixture
def part(space, workshop):
    """A part at the map on these terms; gives its id."""

    def put(workshop_id=workshop.id, **terms):
        part_id = new_id()
        with changing(space.id) as log:
            put_on_stage(log, workshop_id, Activity.MAP, Terms(**terms), part_id)
        return part_id

    return put


@pytest.fixture
def say(workshop):
    """Say something differently in that part."""

    def say(member, node_id, part_id, workshop_id=workshop.id, **fields):
        asked = Instruction(
            new_id(), Verb.EDIT, workshop_id, part_id=part_id, node_id=node_id, edit=Edit(fields)
        )
        perform(member.viewer, workshop.trajectory_id, asked)
        return kept(node_id)

    return say


def kept(node_id):
    return session().get_one(Node, node_id)


def test_a_stop_is_shown_no_further_than_its_part_afterwards(member, workshop, part):
    narrow = part(widest=Visibility.WORKSHOP)
    node = make_node(member, workshop, visibility=Visibility.PUBLIC, part_id=narrow)
    assert (kept(node).visibility, kept(node).part_id) == (Visibility.WORKSHOP, narrow)
    with pytest.raises(NotFound):
        show_to(member.viewer, "node", node, Visibility.PUBLIC)
    show_to(member.viewer, "node", node, Visibility.MAKER)
    show_to(member.viewer, "node", node, Visibility.WORKSHOP)
    assert kept(node).visibility == Visibility.WORKSHOP


def test_a_stop_of_another_part_keeps_to_the_terms_of_its_own(member, workshop, part):
    wide, narrow = part(), part(widest=Visibility.WORKSHOP)
    told = [
        make_node(member, workshop, visibility=Visibility.PUBLIC, part_id=each) for each in (wide, narrow)
    ]
    assert [kept(each).visibility for each in told] == [Visibility.PUBLIC, Visibility.WORKSHOP]


@pytest.mark.parametrize("field", ["text", "note"])
@pytest.mark.parametrize("seen", [Visibility.SPACE, Visibility.PUBLIC])
def test_no_words_come_on_a_stop_that_more_people_see(member, workshop, part, say, seen, field):
    node = make_node(member, workshop, "Voetbaldag", visibility=seen, part_id=part())
    with pytest.raises(Conflict):
        say(member, node, part(widest=Visibility.WORKSHOP), **{field: "Wat hier blijft"})
    assert (kept(node).text, kept(node).note) == ("Voetbaldag", "")


def test_what_is_no_words_can_still_be_said(member, workshop, part, say):
    node = make_node(member, workshop, visibility=Visibility.PUBLIC, part_id=part())
    assert say(member, node, part(widest=Visibility.MAKER), state="changed").state == "changed"


def test_a_stop_with_words_of_a_narrow_part_goes_no_further_from_then_on(member, workshop, part, say):
    node = make_node(member, workshop, visibility=Visibility.WORKSHOP, part_id=part())
    assert say(member, node, part(widest=Visibility.WORKSHOP), note="Wat hier blijft").note
    with pytest.raises(NotFound):
        show_to(member.viewer, "node", node, Visibility.SPACE)


def test_the_people_of_another_meeting_do_not_get_it_either(space, workshop, part, say):
    other = make_workshop(space)
    both = make_member(space, workshop, other)
    node = make_node(both, workshop, "Voetbaldag", visibility=Visibility.WORKSHOP)
    own = make_node(both, workshop, "Van mij", visibility=Visibility.MAKER)
    narrow = part(other.id, widest=Visibility.WORKSHOP)
    with pytest.raises(Conflict):
        say(both, node, narrow, other.id, note="Wat daar blijft")
    say(both, own, narrow, other.id, note="Wat daar blijft")
    with pytest.raises(NotFound):
        show_to(both.viewer, "node", own, Visibility.WORKSHOP)


def test_nor_do_words_come_on_a_stop_that_is_set_aside_and_can_come_back_to_more(
    space, member, workshop, part, say
):
    node = make_node(member, workshop, visibility=Visibility.PUBLIC, part_id=part())
    put_aside(space.steward.viewer, workshop.id, "node", node, "Even weg")
    with pytest.raises(Conflict):
        say(member, node, part(widest=Visibility.WORKSHOP), note="Wat hier blijft")
    take_back_in(space.steward.viewer, workshop.id, "node", node)
    assert (kept(node).visibility, kept(node).note) == (Visibility.PUBLIC, "")

"""The map grows by answering, whoever answers at the same time."""

import pytest
from sqlalchemy import func, select

from cocreate.core.audience import Visibility
from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.privacy.service import withdraw_contribution
from cocreate.trajectories.models import Edge, Node
from cocreate.trajectories.queries import map_of, trajectories_seen, trajectory_of
from cocreate.trajectories.rules import GrowQuestion, NodeState
from cocreate.trajectories.service import Answer
from tests.factories import make_member, make_node, make_space, make_workshop


def seen(member, workshop):
    return map_of(member.viewer, trajectory_of(workshop.space_id, workshop.trajectory_id))


@pytest.mark.parametrize("question", GrowQuestion)
def test_an_answer_becomes_a_stop_that_hangs_on_what_was_touched(in_context, workshop, member, question):
    first = make_node(member, workshop, "Voetbaldag")
    second = make_node(member, workshop, answer=Answer("Regen", question, first, NodeState.EMERGED))
    found = seen(member, workshop)
    assert [node.text for node in found.nodes] == ["Voetbaldag", "Regen"]
    assert {found.edges[0].source, found.edges[0].target} == {str(first), str(second)}
    assert (found.nodes[1].state, found.nodes[1].intended) == ("emerged", False)
    assert found.points[str(first)] != found.points[str(second)]


def test_a_new_stop_moves_nothing_that_was_there(in_context, workshop, member):
    ids = [make_node(member, workshop, "Begin")]
    for number in range(12):
        before = seen(member, workshop).points
        ids.append(
            make_node(member, workshop, answer=Answer(str(number), GrowQuestion.WHAT_NEXT, ids[number // 2]))
        )
        after = seen(member, workshop).points
        assert {key: after[key] for key in before} == before
    assert len(set(after.values())) == len(ids)


def test_twenty_answers_at_once_each_have_their_own_place(any_database, together):
    with any_database.app_context():
        space = make_space()
        workshop = make_workshop(space)
        people = [make_member(space, workshop) for _ in range(20)]
        first = make_node(people[0], workshop)

    def answer(place):
        return make_node(people[place], workshop, answer=Answer(str(place), GrowQuestion.WHAT_NEXT, first))

    answers = together(any_database, 20, answer)
    assert [each for each in answers if isinstance(each, Exception)] == []
    with any_database.app_context():
        found = seen(people[0], workshop)
        assert len(found.nodes) == 21
        assert len(found.edges) == 20
        assert len(set(found.points.values())) == 21
        assert sorted(session().scalars(select(Node.position))) == list(range(1, 22))


def test_a_link_is_shown_when_both_its_ends_are(in_context, space, workshop, member):
    first = make_node(member, workshop, "Voor mij", visibility=Visibility.MAKER)
    make_node(member, workshop, answer=Answer("Voor allen", GrowQuestion.WHAT_NEXT, first))
    other = make_member(space, workshop)
    assert ([node.text for node in seen(other, workshop).nodes], seen(other, workshop).edges) == (
        ["Voor allen"],
        [],
    )
    assert len(seen(member, workshop).edges) == 1


def test_what_is_taken_back_while_somebody_answers_it_becomes_a_new_beginning(
    in_context, space, workshop, member
):
    first = make_node(member, workshop)
    withdraw_contribution(member.viewer, "node", first)
    late = make_node(
        make_member(space, workshop), workshop, answer=Answer("Laat", GrowQuestion.WHAT_MEANT, first)
    )
    assert session().get(Node, late).kind == "idea"
    assert session().scalar(select(func.count()).select_from(Edge)) == 0


def test_a_map_of_another_space_does_not_exist(in_context, workshop, member):
    other = make_workshop(make_space())
    with pytest.raises(NotFound):
        trajectory_of(workshop.space_id, other.trajectory_id)


def test_the_maps_i_see_are_those_with_something_for_me(in_context, space, workshop, member):
    make_node(member, workshop, visibility=Visibility.MAKER)
    other = make_member(space, workshop)
    assert trajectories_seen(other.viewer) == []
    assert [count for _map, count in trajectories_seen(member.viewer)] == [1]

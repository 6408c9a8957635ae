"""Large maps: what is folded in, and that nothing moves and nothing folds because of one edit."""

import uuid
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate.core.audience import Visibility
from cocreate.core.changes import changing
from cocreate.core.db import new_id, session
from cocreate.spaces.rules import Role
from cocreate.trajectories.arrangement import FOLDED_FROM, RECENT, arrange, shown_of, unfold
from cocreate.trajectories.layout import BOX, Point
from cocreate.trajectories.models import Node, Trajectory
from cocreate.trajectories.operations import Verb
from cocreate.trajectories.queries import map_of, trajectory_of, unfolded
from cocreate.trajectories.rules import GrowQuestion, NodeKind, Relation
from cocreate.trajectories.service import Answer, Edit, Instruction, bring_in, perform
from cocreate.trajectories.threads import SHOWN
from tests.factories import make_member, make_node
from tests.trajectories.roads import stops_of
from tests.trajectories.test_perform import folded, stored
from tests.trajectories.winding import winding

COUNT = 900


def overlaps(points):
    return [
        pair
        for pair in combinations(points.values(), 2)
        if abs(pair[0].x - pair[1].x) < BOX.width and abs(pair[0].y - pair[1].y) < BOX.height
    ]


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_shown_is_compact_and_what_is_folded_in_stands_apart(seed):
    nodes, edges = winding(COUNT, seed)
    by_hand = {nodes[400].id: Point(77, 4321)}
    arranged = arrange(nodes, edges, by_hand)
    assert arranged.points.keys() == {node.id for node in nodes}
    assert arranged.points[nodes[400].id] == Point(77, 4321)
    assert not overlaps(arranged.points)
    shown = {own_id: at for own_id, at in arranged.points.items() if own_id not in arranged.folded_in}
    assert SHOWN <= len(shown) <= SHOWN + RECENT + 1
    assert {node.id for node in nodes[-RECENT:]} <= shown.keys()
    right = max(point.x for point in shown.values()) + BOX.width
    assert all(arranged.points[own_id].x > right for own_id in arranged.folded_in)


def test_a_map_that_is_not_large_has_nothing_folded_in():
    nodes, edges = winding(FOLDED_FROM)
    assert arrange(nodes, edges).folded_in == frozenset()
    assert shown_of(nodes, edges) == {node.id for node in nodes}


@given(st.integers(0, 30), st.data())
@settings(max_examples=15, deadline=None)
def test_opening_a_thread_moves_nothing_else(seed, data):
    nodes, edges = LARGE
    arranged = arrange(nodes, edges)
    shown = shown_of(nodes, edges, arranged.folded_in)
    opened = []
    before = unfold(nodes, edges, arranged.points, shown)[1]
    assert before == {own_id: arranged.points[own_id] for own_id in before}
    for _ in range(3):
        seen, _points = unfold(nodes, edges, arranged.points, shown, opened)
        opened.append(data.draw(st.sampled_from(sorted(seen.folded))))
        after = unfold(nodes, edges, arranged.points, shown, opened)[1]
        assert len(after) > len(before)
        assert {own_id: after[own_id] for own_id in before} == before
        assert not overlaps(after)
        before = after


LARGE = winding(COUNT, 3)


@pytest.fixture
def leader(in_context, space, workshop):
    return make_member(space, workshop, role=Role.FACILITATOR)


@pytest.fixture
def large(in_context, member, workshop):
    """The road of the meeting, with many stops: brought in, so that it is laid out as a whole."""
    with changing(workshop.space_id) as log:
        road = session().get_one(Trajectory, workshop.trajectory_id)
        bring_in(log, road, member.id, Visibility.SPACE, *map(tuple, LARGE))
    return trajectory_of(workshop.space_id, workshop.trajectory_id)


@pytest.fixture
def draw(workshop):
    def draw(member, verb, **asked):
        asked = {"workshop_id": workshop.id, **asked}
        return perform(member.viewer, workshop.trajectory_id, Instruction(new_id(), Verb(verb), **asked))

    return draw


def looks(member, road, open_ids=()):
    session().expire_all()
    return unfolded(map_of(member.viewer, road), open_ids)


def test_no_edit_moves_or_folds_anything_on_a_large_map(draw, member, leader, space, workshop, large):
    first = looks(member, large)
    chance, rows = Random(1), stops_of(large.id)
    ids = [row.id for row in rows]
    shown = [row.id for row in rows if str(row.id) in first.points]
    hidden = [row.id for row in rows if str(row.id) not in first.points]
    edits = [
        *(("edit", {"node_id": own, "edit": Edit({"kind": NodeKind.OUTCOME})}) for own in hidden[:5]),
        *(("edit", {"node_id": own, "edit": Edit({"kind": NodeKind.EVENT})}) for own in shown[:5]),
        *(
            (
                "connect",
                {
                    "edge_id": new_id(),
                    "node_id": one,
                    "other_id": two,
                    "relation": Relation.LED_TO,
                },
            )
            for one, two in (chance.sample(ids, 2) for _ in range(6))
        ),
        ("disconnect", {"edge_id": _edge(first)}),
        ("remove", {"node_id": hidden[7]}),
    ]
    for verb, asked in edits:
        draw(leader, verb, **asked)
        assert looks(member, large).points == first.points, verb


def _edge(seen):
    return uuid.UUID(next(edge.id for edge in seen.edges if edge.id not in seen.repointed))


def test_what_is_placed_by_hand_on_a_large_map_stays_there(draw, member, leader, space, workshop, large):
    first = looks(member, large)
    rows = stops_of(large.id)
    shown = next(row.id for row in rows if str(row.id) in first.points)
    hidden = next(row.id for row in rows if str(row.id) not in first.points)
    draw(member, "place", node_id=shown, place=(77.0, 4321.0))
    draw(member, "place", node_id=hidden, place=(400.0, 4321.0))
    wanted = {**first.points, str(shown): Point(77, 4321), str(hidden): Point(400, 4321)}
    for who in (member, leader, make_member(space, workshop)):
        assert looks(who, large).points == wanted
    draw(leader, "tidy")
    after = looks(member, large).points
    assert (after[str(shown)], after[str(hidden)]) == (Point(77, 4321), Point(400, 4321))
    draw(leader, "undo")
    assert looks(member, large).points == wanted
    draw(member, "undo")
    assert looks(member, large).points == {own: at for own, at in wanted.items() if own != str(hidden)}, (
        "and goes back in"
    )


@pytest.mark.parametrize("is_inside", [False, True])
def test_a_new_stop_on_a_large_map_is_shown_to_everybody_at_one_place(
    draw, member, space, workshop, large, is_inside
):
    first = looks(member, large)
    at = next(row.id for row in stops_of(large.id) if (str(row.id) not in first.points) is is_inside)
    new = make_node(member, workshop, answer=Answer("Nieuw hier", GrowQuestion.WHAT_NEXT, at))
    begun = make_node(member, workshop, "Nieuw begin")
    for who in (member, make_member(space, workshop)):
        seen = looks(who, large)
        assert {own: seen.points[own] for own in first.points} == first.points
        assert seen.points.keys() - first.points.keys() == {str(new), str(begun)}
        assert not overlaps(seen.points)
    across = max(point.x for point in first.points.values()) + 3 * 260
    down = max(point.y for point in first.points.values()) + 3 * 110
    assert all(
        seen.points[str(own)].x <= across and seen.points[str(own)].y <= down for own in (new, begun)
    ), "out of sight"
    everything = {str(row.id): Point(row.x, row.y) for row in stops_of(large.id)}
    assert not overlaps(everything)


def test_what_comes_back_on_a_large_map_is_in_sight(draw, member, leader, workshop, large):
    first = looks(member, large)
    gone = next(row.id for row in stops_of(large.id) if str(row.id) not in first.points)
    draw(leader, "remove", node_id=gone)
    draw(leader, "restore", node_id=gone)
    seen = looks(member, large)
    assert seen.points.keys() == {*first.points, str(gone)}
    assert not overlaps(seen.points)
    draw(leader, "undo")
    draw(leader, "undo")
    assert str(gone) in looks(member, large).points, "it came back once more"
    assert folded(large) == stored(large)


def test_a_map_that_grows_large_keeps_all_its_places(draw, member, leader, space, workshop, in_context):
    with changing(workshop.space_id) as log:
        road = session().get_one(Trajectory, workshop.trajectory_id)
        nodes, edges = winding(FOLDED_FROM - 1, 3)
        bring_in(log, road, member.id, Visibility.SPACE, tuple(nodes), tuple(edges))
    before = looks(member, road)
    assert not before.folded
    told = [row.id for row in stops_of(road.id)][-1]
    new = [make_node(member, workshop, answer=Answer("Verder", GrowQuestion.WHAT_NEXT, told))]
    new += [make_node(member, workshop, answer=Answer("En verder", GrowQuestion.WHAT_NEXT, new[0]))]
    seen = looks(member, road)
    assert SHOWN < len(seen.points) <= SHOWN + RECENT + 2
    assert {str(own) for own in new} <= seen.points.keys()
    assert all(before.points.get(own, at) == at for own, at in seen.points.items())
    draw(member, "edit", node_id=told, edit=Edit({"kind": NodeKind.OUTCOME}))
    assert looks(member, road).points == seen.points
    draw(leader, "tidy")
    compact = looks(member, road).points
    assert max(at.x for at in compact.values()) < max(at.x for at in seen.points.values())
    draw(leader, "undo")
    assert looks(member, road).points == seen.points
    assert folded(road) == stored(road)


def test_a_large_map_of_before_is_folded_where_it_stands(draw, member, workshop, large):
    for row in session().query(Node):
        row.folded_in = False
    session().commit()
    before = looks(member, large)
    assert before.folded
    stored_at = map_of(member.viewer, large).points
    assert before.points == {own: stored_at[own] for own in before.points}
    own = stops_of(large.id)[3].id
    draw(member, "edit", node_id=own, edit=Edit({"kind": NodeKind.OUTCOME}))
    assert looks(member, large).points == before.points

"""Everything that can be done to a map, once and in order; and taking it back."""

import uuid
from itertools import pairwise

import pytest
from sqlalchemy import select

from cocreate.core.audience import Visibility, sees
from cocreate.core.changes import Change, Receipt
from cocreate.core.db import new_id, session
from cocreate.core.faces import View, face_of
from cocreate.core.problems import Conflict, NotFound
from cocreate.privacy.service import withdraw_contribution
from cocreate.spaces.rules import Role
from cocreate.trajectories.history import history_of, removed_from
from cocreate.trajectories.layout import is_taken
from cocreate.trajectories.models import Edge, Node, Trajectory
from cocreate.trajectories.operations import Verb, fold, read
from cocreate.trajectories.queries import map_of, trajectory_of
from cocreate.trajectories.rules import GrowQuestion, Relation
from cocreate.trajectories.service import Answer, Edit, Instruction, open_to_space, perform
from tests.factories import make_member, make_moment, make_node

pytestmark = pytest.mark.usefixtures("in_context")


@pytest.fixture
def leader(space, workshop):
    return make_member(space, workshop, role=Role.FACILITATOR)


@pytest.fixture
def other(space, workshop):
    return make_member(space, workshop)


@pytest.fixture
def road(workshop):
    return trajectory_of(workshop.space_id, workshop.trajectory_id)


@pytest.fixture
def draw(workshop):
    def draw(member, verb, **asked):
        asked.setdefault("workshop_id", workshop.id)
        own_id = asked.pop("id", None) or new_id()
        return perform(member.viewer, workshop.trajectory_id, Instruction(own_id, Verb(verb), **asked))

    return draw


def shown(member, road):
    return {node.text: node for node in map_of(member.viewer, road).nodes}


def say(draw, member, node_id, was=None, **fields):
    return draw(member, "edit", node_id=node_id, edit=Edit(fields, was or {}))


def test_every_field_can_be_said_differently(draw, member, workshop, road):
    node = make_node(member, workshop, "Voetbaldag")
    say(
        draw, member, node, text="Spelmiddag", kind="event", state="changed", when="2024-05", note="Met oma's"
    )
    told = shown(member, road)["Spelmiddag"]
    assert (told.kind, told.state, told.when, told.note) == ("event", "changed", "2024-05", "Met oma's")


def test_the_last_word_stands_and_the_earlier_one_is_kept_and_told(draw, member, other, workshop, road):
    node = make_node(member, workshop, "Voetbaldag")
    say(draw, member, node, was={"text": "Voetbaldag"}, text="Sportdag")
    answer = say(draw, other, node, was={"text": "Voetbaldag"}, text="Spelmiddag")
    assert answer["met"] == {"text": "Sportdag"}
    assert set(shown(member, road)) == {"Spelmiddag"}
    lines = history_of(member.viewer, road, node)
    assert [(line.before, line.after) for line in lines] == [
        (None, "Voetbaldag"),
        ("Voetbaldag", "Sportdag"),
        ("Sportdag", "Spelmiddag"),
    ]


def test_two_who_touch_different_fields_do_not_meet(draw, member, other, workshop):
    node = make_node(member, workshop)
    say(draw, member, node, was={"text": "Voetbaldag"}, text="Sportdag")
    assert "met" not in say(draw, other, node, was={"state": "happened"}, state="changed")


def test_words_that_were_met_stay_in_no_receipt(draw, member, other, workshop):
    node = make_node(member, workshop, "Een geheim")
    own_id = new_id()
    first = draw(other, "edit", id=own_id, node_id=node, edit=Edit({"text": "Anders"}, {"text": "Ouder"}))
    assert first["met"] == {"text": "Een geheim"}
    assert "Een geheim" not in str(session().get(Receipt, own_id).answer)


def test_the_same_operation_twice_is_done_once(draw, member, workshop, road):
    node, own_id = make_node(member, workshop), new_id()
    for _ in range(2):
        draw(member, "edit", id=own_id, node_id=node, edit=Edit({"text": "Sportdag"}))
    assert len(history_of(member.viewer, road, node)) == 2


def test_somebody_elses_operation_id_does_not_exist(draw, member, other, workshop):
    node, own_id = make_node(member, workshop), new_id()
    draw(member, "edit", id=own_id, node_id=node, edit=Edit({"text": "Sportdag"}))
    with pytest.raises(NotFound):
        draw(other, "edit", id=own_id, node_id=node, edit=Edit({"text": "Anders"}))


def test_tap_tap_links_two_stops_once(draw, member, workshop, road):
    first, second = make_node(member, workshop, "a"), make_node(member, workshop, "b")
    for _ in range(2):
        draw(member, "connect", node_id=first, other_id=second, edge_id=new_id(), relation=Relation.HINDERED)
    [edge] = map_of(member.viewer, road).edges
    assert (edge.source, edge.target, edge.relation) == (str(first), str(second), "hindered")
    draw(member, "relate", edge_id=uuid.UUID(edge.id), relation=Relation.LED_TO)
    assert map_of(member.viewer, road).edges[0].relation == "led_to"
    draw(member, "disconnect", edge_id=uuid.UUID(edge.id))
    assert map_of(member.viewer, road).edges == []


@pytest.fixture
def link(draw, member, workshop, road):
    """A link from one stop to another, with words on it."""

    def link(source, target, label="", relation=Relation.LED_TO):
        own_id = new_id()
        draw(member, "connect", node_id=source, other_id=target, edge_id=own_id, relation=relation)
        session().get_one(Edge, own_id).label = label
        session().commit()
        return own_id

    return link


def links(member, road):
    edges = map_of(member.viewer, road).edges
    return {(each.source, each.relation, each.target, each.label) for each in edges}


def test_a_link_is_turned_round_and_back_in_one(draw, link, member, workshop, road):
    first, second = make_node(member, workshop, "a"), make_node(member, workshop, "b")
    edge = link(first, second, "na de vakantie")
    before = {(str(first), "led_to", str(second), "na de vakantie")}
    after = {(str(second), "inspired", str(first), "na de vakantie")}
    turned = {"edge_id": edge, "relation": Relation.INSPIRED, "node_id": second}
    draw(member, "relate", **turned)
    assert links(member, road) == after
    draw(member, "relate", **turned)
    assert links(member, road) == after, "somebody else who did the same does not turn it back"
    draw(member, "undo")
    assert links(member, road) == before
    draw(member, "redo")
    assert links(member, road) == after
    assert folded(road) == stored(road)


def test_a_link_is_turned_round_while_one_of_its_stops_went_up_in_another(
    draw, link, member, leader, workshop, road
):
    first, second, third = (make_node(member, workshop, words) for words in "abc")
    edge = link(first, second)
    draw(leader, "merge", node_id=third, other_id=second)
    draw(member, "relate", edge_id=edge, relation=Relation.LED_TO, node_id=second)
    assert links(member, road) == {(str(third), "led_to", str(first), "")}


def test_a_link_that_comes_to_say_the_same_as_another_is_one_with_it(draw, link, member, workshop, road):
    first, second = make_node(member, workshop, "a"), make_node(member, workshop, "b")
    link(second, first)
    edge = link(first, second)
    before = links(member, road)
    draw(member, "relate", edge_id=edge, relation=Relation.LED_TO, node_id=second)
    assert links(member, road) == {(str(second), "led_to", str(first), "")}
    draw(member, "undo")
    assert links(member, road) == before


def test_a_link_to_a_hidden_stop_stays_hidden_whichever_way_it_is_turned(
    draw, link, member, other, workshop, road
):
    shown, hidden = make_node(member, workshop, "a"), make_node(member, workshop, visibility=Visibility.MAKER)
    edge = link(shown, hidden, "een geheim")

    def reaches(viewer):
        rows = session().scalars(select(Change).where(Change.subject_id == edge))
        return [sees(viewer, row.audience) and face_of(row, View.LIBRARY).is_for(viewer) for row in rows]

    for verb in ("relate", "undo"):
        draw(member, verb, edge_id=edge, relation=Relation.LED_TO, node_id=hidden)
        assert all(reaches(member.viewer))
        assert not any(reaches(other.viewer)), verb


def linked(draw, member, first, second, relation=Relation.LED_TO):
    own_id = new_id()
    draw(member, "connect", node_id=first, other_id=second, edge_id=own_id, relation=relation)
    return own_id


def test_a_link_that_was_cut_is_not_said_differently(draw, member, other, workshop, road):
    first, second = make_node(member, workshop, "a"), make_node(member, workshop, "b")
    edge = linked(draw, member, first, second)
    draw(other, "disconnect", edge_id=edge)
    with pytest.raises(Conflict, match="took it away"):
        draw(member, "relate", edge_id=edge, relation=Relation.MEANT)
    assert map_of(member.viewer, road).edges == []
    draw(other, "undo")
    draw(member, "remove", node_id=second)
    with pytest.raises(Conflict):
        draw(member, "relate", edge_id=edge, relation=Relation.MEANT)


def test_two_links_that_say_the_same_become_one_and_come_apart_again(draw, member, workshop, road):
    first, second = make_node(member, workshop, "a"), make_node(member, workshop, "b")
    one, two = (linked(draw, member, first, second, each) for each in (Relation.LED_TO, Relation.MEANT))
    answer = draw(member, "relate", edge_id=two, relation=Relation.LED_TO)
    assert answer["subject_id"] == str(one)
    assert [(e.id, e.relation) for e in map_of(member.viewer, road).edges] == [(str(one), "led_to")]
    draw(member, "undo")
    assert {e.relation for e in map_of(member.viewer, road).edges} == {"led_to", "meant"}
    assert "skipped" in draw(member, "relate", edge_id=one, relation=Relation.LED_TO)


def test_undoing_makes_no_second_link_either(draw, member, other, workshop, road):
    first, second = make_node(member, workshop, "a"), make_node(member, workshop, "b")
    edge = linked(draw, member, first, second)
    draw(member, "disconnect", edge_id=edge)
    newer = linked(draw, other, first, second)
    assert "there already" in draw(member, "undo")["skipped"]
    assert [e.id for e in map_of(member.viewer, road).edges] == [str(newer)]


def test_a_stop_is_not_linked_to_itself(draw, member, workshop):
    node = make_node(member, workshop)
    with pytest.raises(Conflict):
        draw(member, "connect", node_id=node, other_id=node, edge_id=new_id(), relation=Relation.LED_TO)


def test_what_was_taken_away_comes_back_where_it_was(draw, member, workshop, road):
    node = make_node(member, workshop)
    before = map_of(member.viewer, road).points
    draw(member, "remove", node_id=node)
    assert shown(member, road) == {}
    assert [each.id for each in removed_from(member.viewer, road)] == [node]
    with pytest.raises(Conflict):
        say(draw, member, node, text="Te laat")
    draw(member, "restore", node_id=node)
    assert map_of(member.viewer, road).points == before


def test_only_its_maker_and_who_leads_take_a_stop_away(draw, member, other, leader, workshop, road):
    node = make_node(member, workshop)
    with pytest.raises(NotFound):
        draw(other, "remove", node_id=node)
    draw(leader, "remove", node_id=node)
    assert removed_from(other.viewer, road) == []


def test_doubles_go_up_in_each_other_and_come_apart_again(draw, member, leader, workshop, road):
    first = make_node(member, workshop, "begin")
    one = make_node(member, workshop, answer=Answer("Regen", GrowQuestion.WHAT_NEXT, first))
    two = make_node(member, workshop, answer=Answer("Het regende", GrowQuestion.WHAT_NEXT, first))
    after = make_node(member, workshop, answer=Answer("Naar binnen", GrowQuestion.WHAT_NEXT, two))
    before = {(e.source, e.target) for e in map_of(member.viewer, road).edges}
    with pytest.raises(NotFound):
        draw(member, "merge", node_id=one, other_id=two)
    draw(leader, "merge", node_id=one, other_id=two)
    merged = map_of(member.viewer, road)
    assert {node.text for node in merged.nodes} == {"begin", "Regen", "Naar binnen"}
    assert {(e.source, e.target) for e in merged.edges} == {(str(first), str(one)), (str(one), str(after))}
    late = make_node(member, workshop, answer=Answer("Toch leuk", GrowQuestion.WHAT_NEXT, two))
    assert (str(one), str(late)) in {(e.source, e.target) for e in map_of(member.viewer, road).edges}
    draw(leader, "undo")
    assert {(e.source, e.target) for e in map_of(member.viewer, road).edges} >= before


def test_tidying_is_undone_and_leaves_what_was_placed_by_hand(draw, member, leader, workshop, road):
    nodes = [make_node(member, workshop, str(number)) for number in range(6)]
    draw(member, "place", node_id=nodes[0], place=(3000.0, 2000.0))
    draw(member, "place", node_id=nodes[1], place=(1500.0, 900.0))
    draw(member, "undo")
    before = map_of(member.viewer, road).points
    assert before[str(nodes[0])] == (3000.0, 2000.0)
    draw(leader, "tidy")
    tidied = map_of(member.viewer, road).points
    assert tidied[str(nodes[0])] == (3000.0, 2000.0)
    session().execute(select(Node)).all()
    draw(leader, "undo")
    assert map_of(member.viewer, road).points == before
    with pytest.raises(NotFound):
        draw(member, "tidy")


def test_undo_takes_back_my_last_and_redo_does_it_again(draw, member, other, workshop, road):
    node = make_node(member, workshop, "a")
    say(draw, member, node, text="b")
    make_node(other, workshop, "van een ander")
    assert "skipped" not in draw(member, "undo")
    assert set(shown(member, road)) == {"a", "van een ander"}
    draw(member, "redo")
    assert set(shown(member, road)) == {"b", "van een ander"}
    draw(member, "undo"), draw(member, "undo")
    assert set(shown(member, road)) == {"van een ander"}
    assert draw(member, "undo")["skipped"]
    draw(member, "redo"), draw(member, "redo")
    assert set(shown(member, road)) == {"b", "van een ander"}


@pytest.fixture
def scattered(draw, member, leader, workshop, road):
    """Stops of a row, told out of order, and tidied by who leads: where they stood, and where they stand."""
    nodes = [make_node(member, workshop, str(number)) for number in range(6)]
    for first, second in pairwise(nodes):
        linked(draw, member, first, second)
    before = map_of(leader.viewer, road).points
    draw(leader, "tidy")
    after = map_of(leader.viewer, road).points
    moved = [node for node in nodes if before[str(node)] != after[str(node)]]
    assert len(moved) > 3
    return moved, before, after


def test_undoing_tidy_leaves_alone_what_somebody_moved_since(draw, member, leader, scattered, road):
    moved, before, after = scattered
    draw(member, "place", node_id=moved[0], place=(5000.0, 5000.0))
    withdraw_contribution(member.viewer, "node", moved[1])
    told = draw(leader, "undo")["skipped"]
    assert told.startswith("2 stops stay where they are")
    points = map_of(leader.viewer, road).points
    assert points[str(moved[0])] == (5000.0, 5000.0)
    assert all(points[str(node)] == before[str(node)] for node in moved[2:])
    draw(leader, "redo")
    points = map_of(leader.viewer, road).points
    assert points[str(moved[0])] == (5000.0, 5000.0)
    assert all(points[str(node)] == after[str(node)] for node in moved[2:])
    assert folded(road) == stored(road)


def test_undoing_tidy_of_which_everything_was_moved_says_so(draw, member, leader, scattered, road):
    moved, _before, _after = scattered
    for number, node in enumerate(moved):
        draw(member, "place", node_id=node, place=(5000.0, 500.0 * number))
    points = map_of(leader.viewer, road).points
    assert "moved all of that" in draw(leader, "undo")["skipped"]
    assert map_of(leader.viewer, road).points == points


def test_what_changed_nothing_is_told_and_not_undone(draw, member, other, workshop, road):
    node = make_node(member, workshop, "a")
    say(draw, member, node, text="b")
    say(draw, other, node, state="dropped")
    own_id = new_id()
    answer = draw(member, "edit", id=own_id, node_id=node, edit=Edit({"state": "dropped"}))
    assert "Nothing changed" in answer["skipped"]
    assert "seq" not in answer
    assert "nothing to take back" in draw(member, "undo", other_id=own_id)["skipped"]
    assert "skipped" in draw(member, "redo", other_id=own_id)
    assert set(shown(member, road)) == {"b"}, "an earlier operation was not meant"
    draw(member, "undo")
    assert set(shown(member, road)) == {"a"}


def test_what_is_meant_by_undo_and_changed_something_is_undone(draw, member, workshop, road):
    node, own_id = make_node(member, workshop, "a"), new_id()
    draw(member, "edit", id=own_id, node_id=node, edit=Edit({"text": "b"}))
    assert "skipped" not in draw(member, "undo", other_id=own_id)
    assert set(shown(member, road)) == {"a"}
    assert "skipped" not in draw(member, "redo", other_id=own_id)
    assert set(shown(member, road)) == {"b"}


def test_what_somebody_changed_since_is_not_undone_but_explained(draw, member, other, workshop, road):
    node, first = make_node(member, workshop, "a"), make_node(member, workshop, "eerst")
    say(draw, member, first, text="eerder")
    say(draw, member, node, text="b")
    say(draw, other, node, text="c")
    assert "changed that since" in draw(member, "undo")["skipped"]
    assert set(shown(member, road)) == {"c", "eerder"}
    assert "skipped" not in draw(member, "undo"), "the one before it comes next"
    assert set(shown(member, road)) == {"c", "eerst"}


def test_a_stop_that_somebody_built_on_is_not_undone(draw, member, other, workshop, road):
    node = make_node(member, workshop, "a")
    make_node(other, workshop, answer=Answer("b", GrowQuestion.WHAT_NEXT, node))
    assert "built further" in draw(member, "undo")["skipped"]
    assert set(shown(member, road)) == {"a", "b"}


def test_taking_a_stop_off_again_is_not_stopped_by_what_hangs_on_it(draw, member, other, workshop, road):
    node = make_node(member, workshop, "a")
    make_node(other, workshop, answer=Answer("b", GrowQuestion.WHAT_NEXT, node))
    draw(member, "remove", node_id=node)
    draw(member, "undo")
    assert "skipped" not in draw(member, "redo")
    assert set(shown(member, road)) == {"b"}


@pytest.mark.parametrize("verb", ["restore", "undo"])
def test_what_comes_back_stands_on_nothing(draw, member, other, workshop, road, verb):
    first = make_node(member, workshop, "begin")
    gone = make_node(member, workshop, answer=Answer("weg", GrowQuestion.WHAT_NEXT, first))
    place = map_of(member.viewer, road).points[str(gone)]
    draw(member, "remove", node_id=gone)
    newer = make_node(other, workshop, answer=Answer("nieuw", GrowQuestion.WHAT_NEXT, first))
    assert map_of(member.viewer, road).points[str(newer)] == place, "what was taken away keeps no place"
    draw(member, verb, **({"node_id": gone} if verb == "restore" else {}))
    points = map_of(member.viewer, road).points
    assert points[str(newer)] == place
    assert not is_taken(points[str(gone)], {key: at for key, at in points.items() if key != str(gone)})
    draw(member, "undo" if verb == "restore" else "redo")
    assert "weg" not in shown(member, road)


def test_tidying_is_as_neat_with_one_stop_placed_by_hand(draw, member, leader, workshop, road):
    nodes = [make_node(member, workshop, "0")]
    for number in range(1, 30):
        nodes.append(make_node(member, workshop, answer=Answer(str(number), touched_id=nodes[-1])))
    draw(leader, "tidy")
    neat = map_of(member.viewer, road).points
    last = neat[str(nodes[-1])]
    draw(member, "place", node_id=nodes[-1], place=(last.x, last.y + 3000))
    draw(leader, "tidy")
    points = map_of(member.viewer, road).points
    assert points[str(nodes[-1])] == (last.x, last.y + 3000)
    assert {key: at for key, at in points.items() if key != str(nodes[-1])} == {
        key: at for key, at in neat.items() if key != str(nodes[-1])
    }


def test_tidying_keeps_to_the_dates(draw, member, leader, workshop, road):
    nodes = {when: make_node(member, workshop, when) for when in ("2024", "2022", "2023")}
    for when, node in nodes.items():
        say(draw, member, node, when=when)
    draw(leader, "tidy")
    points = map_of(member.viewer, road).points
    by_place = sorted(nodes, key=lambda when: (points[str(nodes[when])].y, points[str(nodes[when])].x))
    assert by_place == ["2022", "2023", "2024"]


def test_a_stop_has_to_do_with_what_was_told_elsewhere(draw, member, other, workshop, road):
    moment = make_moment(member, workshop)
    hidden = make_moment(other, workshop, visibility=Visibility.MAKER)
    node, own_id = make_node(member, workshop), new_id()
    draw(member, "refer", node_id=node, reference_id=own_id, subject=("moment", moment))
    draw(member, "refer", node_id=node, reference_id=new_id(), subject=("moment", moment))
    for kind, subject in (("moment", hidden), ("moment", new_id()), ("person", moment)):
        with pytest.raises(NotFound):
            draw(member, "refer", node_id=node, reference_id=new_id(), subject=(kind, subject))
    [reference] = map_of(member.viewer, road, refers=True).references[str(node)]
    assert (reference.id, reference.subject_id) == (str(own_id), str(moment))
    withdraw_contribution(member.viewer, "moment", moment)
    assert map_of(member.viewer, road, refers=True).references == {}
    draw(member, "unrefer", reference_id=own_id)


def test_what_two_doubles_have_to_do_with_goes_along_and_comes_back(draw, member, leader, workshop, road):
    stays, goes = make_node(member, workshop, "Regen"), make_node(member, workshop, "Het regende")
    shared, own = make_moment(member, workshop, "Samen soep"), make_moment(member, workshop, "Natte voeten")
    for node, moment in ((stays, shared), (goes, shared), (goes, own)):
        draw(member, "refer", node_id=node, reference_id=new_id(), subject=("moment", moment))
    before = references(member, road)
    assert {node: len(told) for node, told in before.items()} == {str(stays): 1, str(goes): 2}
    draw(leader, "merge", node_id=stays, other_id=goes)
    merged = references(member, road)
    assert merged == {str(stays): {str(shared), str(own)}}
    assert len(map_of(member.viewer, road, refers=True).references[str(stays)]) == 2, "each once"
    draw(leader, "undo")
    assert references(member, road) == before


def references(member, road):
    told = map_of(member.viewer, road, refers=True).references
    return {node: {each.subject_id for each in found} for node, found in told.items()}


def test_nobody_draws_on_what_they_do_not_see(draw, member, other, workshop):
    node = make_node(member, workshop, visibility=Visibility.MAKER)
    for verb, asked in (
        ("edit", {"edit": Edit({"text": "x"})}),
        ("place", {"place": (1.0, 1.0)}),
        ("remove", {}),
        ("restore", {}),
    ):
        with pytest.raises(NotFound):
            draw(other, verb, node_id=node, **asked)


def test_between_meetings_who_leads_may_draw_and_others_when_it_is_opened(
    draw, member, leader, workshop, road
):
    node = make_node(member, workshop)
    say(lambda *a, **k: draw(*a, workshop_id=None, **k), leader, node, text="door de begeleider")
    with pytest.raises(NotFound):
        draw(member, "edit", workshop_id=None, node_id=node, edit=Edit({"text": "x"}))
    with pytest.raises(NotFound):
        open_to_space(member.viewer, road.id, True)
    open_to_space(leader.viewer, road.id, True)
    draw(member, "edit", workshop_id=None, node_id=node, edit=Edit({"text": "tussendoor"}))
    assert set(shown(member, road)) == {"tussendoor"}
    open_to_space(leader.viewer, road.id, False)
    with pytest.raises(NotFound):
        draw(member, "edit", workshop_id=None, node_id=node, edit=Edit({"text": "x"}))


def test_what_is_taken_back_is_gone_from_every_row_of_the_log(draw, member, other, workshop, road):
    node = make_node(member, workshop, "Een groot geheim")
    say(draw, other, node, text="Een ander geheim")
    say(draw, member, node, note="geheime noot")
    withdraw_contribution(member.viewer, "node", node)
    rows = session().scalars(select(Change).where(Change.space_id == workshop.space_id))
    assert not [row.payload for row in rows if "gehei" in str(row.payload)]
    assert draw(other, "undo")["skipped"]
    with pytest.raises(NotFound):
        history_of(member.viewer, road, node)


def test_folding_the_log_gives_the_map_that_everybody_reads(draw, member, other, leader, workshop, road):
    first = make_node(member, workshop, "a")
    second = make_node(other, workshop, answer=Answer("b", GrowQuestion.WHAT_HINDERED, first))
    third = make_node(other, workshop, "c")
    draw(member, "connect", node_id=second, other_id=third, edge_id=new_id(), relation=Relation.MEANT)
    say(draw, member, second, text="b!")
    draw(leader, "merge", node_id=first, other_id=third)
    draw(member, "undo")
    draw(leader, "tidy")
    assert folded(road) == stored(road)


def folded(road: Trajectory):
    rows = session().scalars(
        select(Change)
        .where(Change.space_id == road.space_id, Change.scope_id == road.id)
        .order_by(Change.seq)
    )
    operations = [operation for row in rows if (operation := read(row.seq, row.payload))]
    return fold(effect for operation in operations for effect in operation.effects)


def stored(road: Trajectory):
    told = folded(road)
    tables = {"node": Node, "edge": Edge}
    return {
        (thing, own_id): {
            field: str(value) if isinstance(value := getattr(row, field), uuid.UUID) else value
            for field in told[thing, own_id]
        }
        for thing, own_id in told
        if (row := session().get(tables[thing], uuid.UUID(own_id)))
    }

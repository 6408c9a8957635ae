from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cocreate.trajectories.layout import layout
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation
from cocreate.trajectories.threads import OPENED, SHOWN, fold, thread_of
from tests.trajectories.winding import winding

NAMES = [f"n{number}" for number in range(24)]
maps = st.tuples(
    st.lists(
        st.builds(
            lambda name, kind: MapNode(name, name, kind, NodeState.HAPPENED),
            st.sampled_from(NAMES),
            st.sampled_from([NodeKind.EVENT, NodeKind.EVENT, NodeKind.CONDITION, NodeKind.OUTCOME]),
        ),
        unique_by=lambda node: node.id,
        max_size=24,
    ),
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=50),
)


def steps(pairs):
    return [MapEdge(f"e{number}", *pair, Relation.LED_TO) for number, pair in enumerate(pairs)]


def stops(names, kind=NodeKind.EVENT):
    return [MapNode(name, name, kind, NodeState.HAPPENED) for name in names]


def ids(things):
    return [thing.id for thing in things]


@given(maps, st.integers(1, 12), st.sets(st.sampled_from(NAMES), max_size=4))
def test_every_stop_is_shown_or_inside_one_shown_head(drawn, limit, opened):
    nodes, pairs = drawn
    folded = fold(nodes, steps(pairs), opened, limit)
    shown = set(ids(folded.nodes))
    assert shown.isdisjoint(folded.inside)
    assert shown | set(folded.inside) == set(ids(nodes))
    assert set(folded.inside.values()) == set(folded.folded) <= shown
    assert sum(folded.folded.values()) == len(folded.inside)
    assert ids(folded.nodes) == [name for name in ids(nodes) if name in shown]
    assert folded == fold(nodes, steps(pairs), opened, limit)
    assert opened.isdisjoint(folded.folded)
    if not opened:
        assert len(shown) <= limit


@given(maps, st.integers(1, 12))
def test_every_step_between_two_heads_is_there_once(drawn, limit):
    nodes, pairs = drawn
    edges = steps(pairs)
    folded = fold(nodes, edges, limit=limit)
    head = {name: folded.inside.get(name, name) for name in ids(nodes)}
    joined = {
        (head[edge.source], head[edge.target])
        for edge in edges
        if edge.source in head and edge.target in head and head[edge.source] != head[edge.target]
    }
    assert {(edge.source, edge.target) for edge in folded.edges if edge.source != edge.target} == joined
    untouched = [e for e in edges if {e.source, e.target} <= set(ids(folded.nodes))]
    moved = [edge for edge in folded.edges if edge not in untouched]
    assert [edge for edge in folded.edges if edge in untouched] == untouched
    assert len({(edge.source, edge.target) for edge in moved}) == len(moved)
    assert all(edge.source != edge.target for edge in moved)


@given(maps)
def test_a_map_that_is_small_enough_stays_whole(drawn):
    nodes, pairs = drawn
    folded = fold(nodes, steps(pairs))
    assert (list(folded.nodes), folded.inside) == (nodes, {})


@given(maps, st.integers(1, 8))
def test_opening_a_head_shows_its_thread(drawn, limit):
    nodes, pairs = drawn
    edges = steps(pairs)
    closed = fold(nodes, edges, limit=limit)
    for head in closed.folded:
        opened = fold(nodes, edges, {head}, limit)
        expected = {name for name, inside in closed.inside.items() if inside != head}
        assert set(opened.inside) == expected


def test_a_side_thread_goes_into_its_first_stop():
    main = [f"m{number}" for number in range(10)]
    side = [f"s{number}" for number in range(6)]
    pairs = [*pairwise(main), ("m2", "s0"), *pairwise(side)]
    folded = fold(stops([*main, *side]), steps(pairs), limit=11)
    assert folded.inside == dict.fromkeys(side[1:], "s0")
    assert folded.folded == {"s0": 5}


def test_what_helped_goes_into_what_it_helped():
    main = [f"m{number}" for number in range(10)]
    pairs = [*pairwise(main), ("before", "help"), ("help", "m6")]
    assert fold(stops(["before", "help", *main]), steps(pairs), limit=10).inside == {
        "before": "m6",
        "help": "m6",
    }


def test_outcomes_and_turning_points_stay():
    for kind in (NodeKind.OUTCOME, NodeKind.TURNING_POINT):
        names = [str(number) for number in range(40)]
        nodes = stops(names)
        nodes[20] = MapNode("20", "20", kind, NodeState.HAPPENED)
        folded = fold(nodes, steps(pairwise(names)), limit=3)
        assert "20" in ids(folded.nodes)
        assert ids(folded.nodes)[0] == "0"
        assert len(folded.edges) == 2


def test_a_large_thread_opens_by_turns():
    names = [str(number) for number in range(1_000)]
    nodes, edges = stops(names), steps(pairwise(names))
    closed = fold(nodes, edges, limit=1)
    assert closed.folded == {"0": 999}
    opened = fold(nodes, edges, {"0"}, 1)
    assert 2 < len(opened.nodes) <= OPENED + 2
    again = fold(nodes, edges, {"0", *list(opened.folded)[:1]}, 1)
    assert len(again.nodes) > len(opened.nodes)


def test_loose_stops_lie_in_a_heap():
    folded = fold(stops(str(number) for number in range(2_000)), [])
    assert len(folded.nodes) <= SHOWN
    assert sum(folded.folded.values()) == 2_000 - len(folded.nodes)


def test_a_large_road_folds_into_one_that_can_be_looked_over():
    for count in (1_000, 5_000):
        nodes, edges = winding(count)
        folded = fold(nodes, edges)
        assert 150 <= len(folded.nodes) <= 250
        kinds = [node.kind for node in folded.nodes]
        assert kinds.count(NodeKind.OUTCOME) + kinds.count(NodeKind.TURNING_POINT) >= 50
        points = layout(ids(folded.nodes), [(edge.source, edge.target) for edge in folded.edges])
        assert len(set(points.values())) == len(folded.nodes)


def test_the_thread_of_a_stop_is_what_led_to_it_and_what_came_of_it():
    edges = steps([("a", "b"), ("b", "c"), ("c", "b"), ("b", "x"), ("y", "c"), ("c", "d")])
    nodes = stops("abcdxyz")
    assert thread_of(nodes, edges, "c") == ["a", "b", "c", "d", "y"]
    assert thread_of(nodes, edges, "x") == ["a", "b", "x"]
    assert thread_of(nodes, edges, "z") == ["z"]
    assert thread_of(nodes, edges, "nobody") == []

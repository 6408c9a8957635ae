"""Threads of a large map: what is folded, and where it went."""

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.large_map import large_map
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation
from cocreate.trajectories.threads import SHOWN, fold, thread_of


@st.composite
def maps(draw):
    """Small maps of any shape: loops, several parents, loose nodes, doubles."""
    count = draw(st.integers(1, 25))
    nodes = [
        MapNode(str(n), f"stop {n}", draw(st.sampled_from(NodeKind)), NodeState.HAPPENED)
        for n in range(count)
    ]
    ends = draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=40))
    edges = [MapEdge(f"e{i}", str(s), str(t), Relation.LED_TO) for i, (s, t) in enumerate(ends)]
    return nodes, edges


@given(maps(), st.integers(1, 10), st.data())
def test_every_node_is_shown_or_folded_into_one_that_is(drawn, limit, data):
    nodes, edges = drawn
    ids = [node.id for node in nodes]
    opened = data.draw(st.frozensets(st.sampled_from(ids)))
    short = fold(nodes, edges, opened, limit)
    shown = [node.id for node in short.nodes]
    assert sorted([*shown, *short.inside], key=int) == ids
    assert set(short.inside.values()) <= set(shown)
    assert sum(short.folded.values()) == len(short.inside)
    assert shown == sorted(shown, key=int), "telling order stays"
    if not opened:
        assert len(shown) <= limit


@given(maps(), st.integers(1, 10))
def test_steps_lead_to_where_their_ends_went(drawn, limit):
    nodes, edges = drawn
    short = fold(nodes, edges, limit=limit)
    shown = {node.id for node in short.nodes}
    own = {edge.id: edge for edge in edges}
    for edge in short.edges:
        assert {edge.source, edge.target} <= shown
        first = own[edge.id]
        assert short.inside.get(first.source, first.source) == edge.source
        assert short.inside.get(first.target, first.target) == edge.target
        assert edge.source != edge.target or first.source == first.target
    pairs = [(edge.source, edge.target) for edge in short.edges if own[edge.id] != edge]
    assert len(pairs) == len(set(pairs))


@given(maps())
def test_a_map_within_the_limit_stays_as_it_is(drawn):
    nodes, edges = drawn
    short = fold(nodes, edges)
    assert (short.nodes, short.edges, short.folded) == (nodes, edges, {})


def test_opening_a_thread_shows_what_hangs_on_it():
    nodes, edges = large_map(1_000)
    short = fold(nodes, edges)
    assert len(short.nodes) == SHOWN
    head = max(short.folded, key=short.folded.__getitem__)
    opened = fold(nodes, edges, {head})
    more = {node.id for node in opened.nodes} - {node.id for node in short.nodes}
    assert more
    assert all(short.inside[node_id] == head for node_id in more)


def test_folding_is_the_same_every_time():
    assert fold(*large_map(1_000)) == fold(*large_map(1_000))


@given(maps(), st.data())
def test_a_thread_is_what_led_here_and_what_came_of_it(drawn, data):
    nodes, edges = drawn
    node_id = data.draw(st.sampled_from([node.id for node in nodes]))
    thread = thread_of(nodes, edges, node_id)
    assert node_id in thread
    assert thread == [node.id for node in nodes if node.id in set(thread)]
    assert thread_of(nodes, edges, "nobody") == []


def test_a_thread_leaves_the_other_roads_out():
    nodes = [MapNode(name, name, NodeKind.EVENT, NodeState.HAPPENED) for name in "abcde"]
    edges = [MapEdge(f"{s}{t}", s, t, Relation.LED_TO) for s, t in ("ab", "bc", "ad", "de", "cb")]
    assert thread_of(nodes, edges, "b") == ["a", "b", "c"]

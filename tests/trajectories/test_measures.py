"""What is seen in a map, against counting every route by hand."""

from fractions import Fraction
from itertools import combinations, pairwise

import networkx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cocreate.trajectories import measures
from cocreate.trajectories.measures import Reading
from cocreate.trajectories.measures.conditions import ALIKE, alike, likeness, words_of
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation
from tests.trajectories import football

HAPPENED = {NodeState.HAPPENED, NodeState.CHANGED, NodeState.EMERGED}
PLANNED_NEXT, HINDERED = Relation.PLANNED_NEXT, Relation.HINDERED


def node(name, kind=NodeKind.EVENT, state=NodeState.HAPPENED, **facts):
    return MapNode(name, facts.pop("text", name), kind, state, **facts)


def steps(*pairs, relation=Relation.LED_TO):
    return [MapEdge(f"{place}", source, target, relation) for place, (source, target) in enumerate(pairs)]


def read(nodes, edges):
    return Reading.of([node(each) if isinstance(each, str) else each for each in nodes], edges)


@st.composite
def maps(draw, relations=tuple(Relation), most=7):
    """Small maps of any shape: cycles, doubles, a step to itself, a step to nowhere, loose nodes, nothing."""
    count = draw(st.integers(0, most))
    ids = [str(number) for number in range(count)]
    nodes = [
        MapNode(
            each,
            draw(st.sampled_from(["regen", "de regen", "koffie", "koffie van de keuken", "een zaal", "!"])),
            draw(st.sampled_from(list(NodeKind))),
            draw(st.sampled_from(list(NodeState))),
            draw(st.booleans()),
            when=draw(st.sampled_from(["", "2023", "2024", "2024-03", "2024-05-01"])),
        )
        for each in ids
    ]
    end = st.sampled_from([*ids, "nowhere"])
    links = draw(st.lists(st.tuples(end, end, st.sampled_from(relations)), max_size=14))
    return nodes, [MapEdge(str(place), *link) for place, link in enumerate(links)]


def graph_of(reading):
    """The forward graph of a reading, by id."""
    road = reading.road
    graph = networkx.DiGraph()
    graph.add_nodes_from(road.ids)
    graph.add_edges_from((road.ids[s], road.ids[t]) for s, ts in enumerate(road.ahead) for t in ts)
    return graph


def routes_of(reading):
    """Every route from an origin to an outcome, walked one by one."""
    graph = graph_of(reading)
    return [
        route
        for origin in reading.ids(reading.origins)
        for outcome in reading.ids(reading.ends)
        for route in networkx.all_simple_paths(graph, origin, outcome)
    ]


@given(maps())
@settings(max_examples=150, deadline=None)
def test_shares_are_those_of_walking_every_route(told):
    reading = Reading.of(*told)
    routes = routes_of(reading)
    for name, share in zip(reading.road.ids, measures.shares(reading), strict=True):
        passed = sum(name in route for route in routes)
        assert share == pytest.approx(float(Fraction(passed, len(routes)) if routes else 0), abs=1e-12)


@given(maps())
@settings(max_examples=150, deadline=None)
def test_a_turning_point_is_where_roads_meet_or_part_and_not_all_pass(told):
    reading = Reading.of(*told)
    graph, routes = graph_of(reading), routes_of(reading)
    expected = {
        name
        for name in graph
        if 0 < sum(name in route for route in routes) < len(routes)
        if min(graph.in_degree(name), graph.out_degree(name)) > 0
        if max(graph.in_degree(name), graph.out_degree(name)) > 1
    }
    found = measures.turning_points(reading)
    assert {point.node_id for point in found} == expected
    assert all(one.share >= other.share - 1e-9 for one, other in pairwise(found))
    for point in found:
        assert (point.ways_in, point.ways_out) == (
            graph.in_degree(point.node_id),
            graph.out_degree(point.node_id),
        )


@given(maps())
@settings(max_examples=150, deadline=None)
@example(([node(name) for name in "axmy"], steps("ax", "am", "my")))
def test_passages_are_what_every_route_holds_and_the_dominators_of_the_end(told):
    reading = Reading.of(*told)
    routes = routes_of(reading)
    inner = {*graph_of(reading)} - {*reading.ids(reading.origins), *reading.ids(reading.ends)}
    on_all = [name for name in routes[0] if all(name in route for route in routes)] if routes else []
    expected = [name for name in on_all if name in inner] if len(routes) > 1 else []
    found = [name for passage in measures.passages(reading) for name in passage.nodes]
    assert found == expected
    assert all(passage.routes == len(routes) for passage in measures.passages(reading))
    if len(routes) > 1:
        graph = graph_of(reading)
        graph.add_edges_from(("in", origin) for origin in reading.ids(reading.origins))
        graph.add_edges_from((end, "out") for end in reading.ids(reading.ends))
        above = networkx.immediate_dominators(graph, "in")
        dominators, here = set(), above["out"]
        while here != "in":
            dominators.add(here)
            here = above[here]
        assert dominators & inner == set(found)


def test_route_counts_that_explode_stay_shares():
    """3^400 routes pass what a float holds; of each three ways abreast a third passes."""
    links, before = [], "start"
    for row in range(400):
        ways = [f"{row}.{way}" for way in "abc"]
        links += [(before, way) for way in ways] + [(way, f"{row}!") for way in ways]
        before = f"{row}!"
    links += [("0.a", "side"), ("side", "5!")]
    names = list(dict.fromkeys(name for link in links for name in link))
    reading = read(names, steps(*links))
    share = dict(zip(reading.road.ids, measures.shares(reading), strict=True))
    assert share["399.b"] == pytest.approx(1 / 3)
    assert share["side"] == pytest.approx(1 / (3**6 + 1))
    (passage,) = measures.passages(reading)
    assert passage.routes == pytest.approx(float((3**6 + 1) * 3**394))
    assert "399.b" not in passage.nodes
    assert {"5!", "100!"} <= set(passage.nodes)
    assert "3!" not in passage.nodes  # the side road leaps over it


def reachable(reading):
    graph = graph_of(reading)
    graph.add_edges_from(reading.ids(pair) for pair in reading.road.returns)
    return {(a, b) for a in graph for b in networkx.descendants(graph, a)}


@given(maps())
@settings(max_examples=150, deadline=None)
def test_a_loop_is_what_leads_back_to_itself(told):
    reading = Reading.of(*told)
    leads = reachable(reading)
    itself = {step.source for step in reading.steps if step.source == step.target}
    found = measures.loops(reading)
    for loop in found:
        mutual = {other for a, other in leads if a == loop.node_id and (other, a) in leads}
        assert set(loop.around) == {loop.node_id, *mutual}
        for source in loop.from_ids:
            assert source in loop.around
            assert source != loop.node_id or source in itself
    assert itself <= {loop.node_id for loop in found}
    on_loops = {a for a, b in leads if (b, a) in leads}
    assert on_loops == {name for loop in found for name in loop.around if len(loop.around) > 1}
    returning = {(source, loop.node_id) for loop in found for source in loop.from_ids}
    forward = [s for s in reading.steps if (s.source, s.target) not in returning]
    left = networkx.DiGraph([(step.source, step.target) for step in forward])
    assert networkx.is_directed_acyclic_graph(left)


def test_coming_back_three_times():
    reading = read("abcd", steps("ab", "bc", "cd", "ba", "ca", "da", "da"))
    (loop,) = measures.loops(reading)
    assert (loop.node_id, loop.times, loop.from_ids) == ("a", 3, ("b", "c", "d"))


def test_what_got_in_the_way_of_a_plan_that_led_to_it_is_no_loop():
    edges = [*steps("ab"), MapEdge("h", "b", "a", HINDERED)]
    assert measures.loops(read("ab", edges)) == []


@pytest.mark.parametrize(
    ("source", "target", "is_back"),
    [
        ("2024", "2023", True),
        ("2024-03", "2024-02-28", True),
        ("2024", "2024-02", False),
        ("2024-03", "2024", False),
        ("2024-03-02", "2024-03-02", False),
        ("", "2023", False),
        ("2024", "long ago", False),
    ],
)
def test_a_step_to_what_was_certainly_earlier(source, target, is_back):
    nodes = [node("a", when=source), node("b", when=target)]
    found = measures.back_in_time(read(nodes, steps("ab")))
    assert [each.nodes for each in found] == ([("a", "b")] if is_back else [])


@given(maps())
@settings(max_examples=150, deadline=None)
def test_forks_and_merges_are_two_ways_or_more(told):
    reading = Reading.of(*told)
    ways = {Relation.LED_TO, Relation.TURNED_INTO, Relation.INSPIRED, PLANNED_NEXT}
    pairs = {(step.source, step.target) for step in reading.steps if step.relation in ways}
    pairs &= set(graph_of(reading).edges)
    out = {fork.node_id: set(fork.way_ids) for fork in measures.forks(reading)}
    into = {merge.node_id: set(merge.way_ids) for merge in measures.merges(reading)}
    for name in reading.road.ids:
        onward, behind = {t for s, t in pairs if s == name}, {s for s, t in pairs if t == name}
        assert out.get(name, set()) == (onward if len(onward) > 1 else set())
        assert into.get(name, set()) == (behind if len(behind) > 1 else set())


def test_a_meaning_is_no_way_to_go():
    edges = [*steps("ab"), MapEdge("m", "a", "c", Relation.MEANT)]
    assert measures.forks(read("abc", edges)) == []


def gone(reading, route):
    """Whether a route was really gone."""
    pairs = list(pairwise(route))
    return all(
        any((s.source, s.target) == pair and s.relation is not PLANNED_NEXT for s in reading.steps)
        for pair in pairs
    ) and all(reading.nodes[name].state in HAPPENED for name in route)


def planned(reading, route):
    """Whether a route was planned, with nothing on it that happened."""
    if any(reading.nodes[name].state in HAPPENED for name in route[1:-1]):
        return False
    for pair in pairwise(route):
        told = {step.relation for step in reading.steps if (step.source, step.target) == pair}
        both = all(reading.nodes[name].state in HAPPENED for name in pair)
        if PLANNED_NEXT not in told and (both or told == {HINDERED}):
            return False
    return True


@given(maps(relations=(Relation.LED_TO, PLANNED_NEXT, HINDERED)))
@settings(max_examples=150, deadline=None)
@example(([node("a"), node("b"), node("x")], [*steps("ax", "xb"), MapEdge("p", "a", "b", PLANNED_NEXT)]))
def test_a_detour_is_a_longer_way_than_the_plan_between_the_same_ends(told):
    reading = Reading.of(*told)
    graph = graph_of(reading)
    expected = {}
    for a, b in ((a, b) for a in graph for b in graph if a != b):
        if not {reading.nodes[a].state, reading.nodes[b].state} <= HAPPENED:
            continue
        every = [tuple(route) for route in networkx.all_simple_paths(graph, a, b)]
        plans = [len(route) - 1 for route in every if planned(reading, route)]
        ways = [len(route) - 1 for route in every if gone(reading, route)]
        if plans and ways and min(ways) > min(plans):
            expected[a, b] = (min(plans), min(ways))
    found = measures.detours(reading)
    assert {(d.source_id, d.target_id): (d.planned, d.happened) for d in found} == expected
    for detour in found:
        way = (detour.source_id, *detour.between, detour.target_id)
        assert len(way) - 1 == detour.happened
        assert gone(reading, way)


def test_a_detour_past_what_was_dropped():
    nodes = [node("a"), node("cup", state=NodeState.DROPPED), node("x"), node("y"), node("b")]
    edges = steps(("a", "cup"), ("cup", "b"), ("a", "x"), ("x", "y"), ("y", "b"))
    (detour,) = measures.detours(read(nodes, edges))
    assert detour.nodes == ("a", "b", "x", "y")
    assert (detour.planned, detour.happened, detour.ratio) == (2, 3, 1.5)


def test_dropped_things_name_what_got_in_the_way():
    by_id = {end.node_id: end for end in measures.dead_ends(Reading.of(football.NODES, football.EDGES))}
    assert by_id["cup"].was_dropped
    assert by_id["cup"].hindered_by == ("rain",)


@given(maps())
@settings(max_examples=150, deadline=None)
@example(([node("a"), node("b"), node("o", NodeKind.OUTCOME)], steps("ab", "ao", "ba")))
@example(([node("a"), node("b"), node("o", NodeKind.OUTCOME)], steps("ab", "ao")))
def test_a_dead_end_was_dropped_or_has_nothing_after_it(told):
    reading = Reading.of(*told)
    dropped = {name for name, each in reading.nodes.items() if each.state is NodeState.DROPPED}
    harvest = {NodeKind.OUTCOME, NodeKind.MEANING}
    found = measures.dead_ends(reading)
    assert {end.node_id for end in found if end.was_dropped} == dropped
    active = {edge.source for edge in told[1] if edge.target in reading.nodes}
    entered = {step.target for step in reading.steps}
    has_harvest = any(reading.nodes[name].kind in harvest for name in reading.ids(reading.ends))
    quiet = {
        name
        for name in entered - active - {step.source for step in reading.steps}
        if reading.nodes[name].state in HAPPENED
        if reading.nodes[name].kind not in harvest | {NodeKind.CONDITION, NodeKind.ACTOR}
    }
    assert {end.node_id for end in found if not end.was_dropped} == (quiet if has_harvest else set())


WORDS = st.lists(st.sampled_from(["regen", "geen", "zaal", "koffie", "van", "de"]), max_size=5)


@given(st.lists(WORDS.map(" ".join), max_size=8))
@settings(max_examples=150, deadline=None)
def test_alike_texts_are_those_of_comparing_all_with_all(texts):
    graph = networkx.Graph()
    graph.add_nodes_from(range(len(texts)))
    for one, other in combinations(range(len(texts)), 2):
        words = words_of(texts[one]), words_of(texts[other])
        if all(words) and likeness(*words) >= ALIKE:
            graph.add_edge(one, other)
    assert set(alike(texts)) == {tuple(sorted(group)) for group in networkx.connected_components(graph)}


def test_words_without_capitals_accents_and_signs():
    assert words_of("Één zaal, GEEN zaal!") == {"een", "zaal", "geen"}
    assert words_of(" ?! ") == {"?!"}
    assert alike(["!", "!", "", ""]) == [(0, 1), (2,), (3,)]


def test_a_condition_that_recurs():
    nodes = [
        node("k", NodeKind.CONDITION, text="Koffie van de keuken"),
        node("l", text="De koffie van keuken"),
        *"abc",
    ]
    edges = [
        MapEdge("1", "k", "a", Relation.MADE_POSSIBLE),
        MapEdge("2", "l", "b", Relation.MADE_POSSIBLE),
        MapEdge("3", "l", "c", HINDERED),
        MapEdge("4", "l", "c", HINDERED),
    ]
    (found,) = measures.recurring_conditions(read(nodes, edges))
    assert (found.said_in, found.helped, found.hindered) == (("k", "l"), ("a", "b"), ("c",))
    assert found.times == 3


def test_a_condition_said_once_for_one_thing_does_not_recur():
    nodes = [node("k", NodeKind.CONDITION), node("l", NodeKind.CONDITION), "a"]
    edges = steps(("k", "a"), ("l", "a"), relation=Relation.MADE_POSSIBLE)
    assert measures.recurring_conditions(read(nodes, edges)) == []


@given(maps())
@settings(max_examples=150, deadline=None)
def test_nobody_planned_what_emerged_or_can_only_be_reached_past_it(told):
    reading = Reading.of(*told)
    graph = graph_of(reading)
    surprise = {
        name
        for name in graph
        if reading.nodes[name].state is NodeState.EMERGED
        or (reading.nodes[name].state in HAPPENED and not reading.nodes[name].intended)
    }
    calm = graph.subgraph(set(graph) - surprise)
    starts = {name for name in calm if graph.in_degree(name) == 0}
    foreseen = starts.union(*(networkx.descendants(calm, start) for start in starts))
    hinders = {step.target for step in reading.steps if step.relation is HINDERED}
    expected = {}
    for name in graph:
        facts = reading.nodes[name]
        is_result = facts.kind is NodeKind.OUTCOME or name in reading.ids(reading.ends)
        if facts.state not in HAPPENED or facts.kind in {
            NodeKind.CONDITION,
            NodeKind.ACTOR,
            NodeKind.MEANING,
        }:
            continue
        if name in surprise and name not in hinders:
            expected[name] = set()
        elif name not in surprise | foreseen and is_result:
            behind = graph.reverse().subgraph((set(graph) - surprise) | {name})
            near = {name} | networkx.descendants(behind, name)
            expected[name] = {s for s, t in graph.edges if t in near and s in surprise}
    assert {each.node_id: set(each.through) for each in measures.unplanned(reading)} == expected


def test_the_games_afternoon_was_on_nobodys_plan():
    (found,) = measures.unplanned(Reading.of(football.NODES, football.EDGES))
    assert found.node_id == "games"
    assert found.helped_by == ("kitchen",)


@given(maps())
@settings(max_examples=150, deadline=None)
def test_every_finding_names_nodes_of_the_map_and_the_same_map_gives_the_same(told):
    found = measures.findings(*told)
    ids = {each.id for each in told[0]}
    assert all(each.nodes and set(each.nodes) <= ids for each in found)
    assert measures.findings(*told) == found


def test_the_strongest_of_each_kind_comes_first():
    found = measures.findings(football.NODES, football.EDGES)
    kinds = [type(each) for each in found]
    assert kinds[:2] == [measures.Unplanned, measures.Loop]
    assert measures.DeadEnd in kinds
    assert measures.findings([], []) == []


def test_a_crossing_is_told_once():
    nodes = [node(name) for name in "abmcd"]
    found = measures.findings(nodes, steps("am", "bm", "mc", "md"))
    assert [each for each in found if isinstance(each, measures.Fork)] == []
    assert [type(each) for each in found if each.nodes[0] == "m"] == [measures.Merge, measures.Passage]


def test_thousands_of_nodes_in_a_row_are_read_without_recursion():
    names = [str(number) for number in range(5_000)]
    edges = steps(*pairwise(names), ("4999", "0"))
    found = measures.findings([node(name) for name in names], edges)
    assert [type(each) for each in found] == [measures.Loop]
    assert len(found[0].around) == 5_000

"""What is seen in a map, against reading it slowly by hand."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise
from random import Random

import networkx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cocreate.trajectories import measures
from cocreate.trajectories.measures import Reading
from cocreate.trajectories.measures.conditions import ALIKE, alike, likeness, words_of
from cocreate.trajectories.measures.plans import LOOKS
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation
from tests.trajectories import football
from tests.trajectories.by_hand import HARVEST, WAYS, ByHand, days_of

PLANNED_NEXT, HINDERED = Relation.PLANNED_NEXT, Relation.HINDERED
BEARS = (Relation.MADE_POSSIBLE, HINDERED)
NO_RESULT = {NodeKind.CONDITION, NodeKind.ACTOR, NodeKind.MEANING}
NO_DATES = ("ooit", "2024-02-30")
DATES = ("2023", "2024", "2024", "2024-03", "2024-05-01", "2024-05-01")
TEXTS = ("regen", "de regen", "koffie van de keuken", "De koffie van keuken!", "!", "")
TEXTS += ("geen zaal in school", "een zaal in school", "een zaal in school, echt")


def node(name, kind=NodeKind.EVENT, state=NodeState.HAPPENED, **facts):
    return MapNode(name, facts.pop("text", name), kind, state, **facts)


def steps(*pairs, relation=Relation.LED_TO):
    return [MapEdge(f"{place}", source, target, relation) for place, (source, target) in enumerate(pairs)]


def read(nodes, edges):
    return Reading.of([node(each) if isinstance(each, str) else each for each in nodes], edges)


def maps(relations=tuple(Relation), most=7):
    """Small maps of any shape: rounds, doubles, steps to themselves or nowhere, several roots, nothing."""
    return drawn_maps(relations, most) | st.builds(
        sketch, st.randoms(use_true_random=True), st.just(relations), st.just(most)
    )


@st.composite
def drawn_maps(draw, relations, most):
    """Maps that shrink to the smallest that goes wrong; most are simple."""
    ids = [str(number) for number in range(draw(st.integers(0, most)))]
    facts = (st.sampled_from(TEXTS), st.sampled_from(NodeKind), st.sampled_from(NodeState), st.booleans())
    nodes = [MapNode(each, *map(draw, facts)) for each in ids]
    nodes = [replace(each, when=draw(st.sampled_from(("", *DATES, *NO_DATES)))) for each in nodes]
    end = st.sampled_from([*ids, "nowhere"])
    links = draw(st.lists(st.tuples(end, end, st.sampled_from(relations)), max_size=14))
    return nodes, [MapEdge(str(place), *link) for place, link in enumerate(links)]


def sketch(chance, relations, most):
    """Maps with much on them. Each has words of its own: there are those of which all happened, those with a
    date for each, and roads that only go on."""
    ids = [str(number) for number in range(chance.randint(min(3, most), most))]
    kinds, states, said = (
        chance.choices(few, k=chance.randint(1, 4))
        for few in ([*NodeKind, NodeKind.OUTCOME], [*NodeState, NodeState.HAPPENED], relations)
    )
    dates = chance.choice([("",), DATES, DATES, ("", *DATES), (*DATES, *NO_DATES)])
    intended = chance.choice([(True,), (True, True, False), (False, True)])
    nodes = [
        MapNode(each, *map(chance.choice, (TEXTS, kinds, states, intended)), when=chance.choice(dates))
        for each in ids
    ]
    back, itself = chance.choice([0, 0, 0.1, 0.5]), chance.choice([0, 0, 0.2])
    edges = []
    for place in range(chance.randint(len(ids) - 1, 2 * len(ids))):
        pair = sorted(chance.sample(ids, 2), reverse=chance.random() < back)
        pair = pair[:1] * 2 if chance.random() < itself else pair
        edges.append(MapEdge(str(place), *pair, chance.choice(said)))
    return nodes, edges


@given(maps())
def test_a_map_is_read_as_by_hand(told):
    reading, hand = Reading.of(*told), ByHand(*told)
    road = reading.road
    assert [(step.source, step.target, step.relation) for step in reading.steps] == hand.steps
    assert reading.beside == hand.beside
    assert list(road.ids) == hand.on_road
    assert {reading.ids(pair) for pair in road.returns} == hand.returns
    ahead = {reading.ids((s, t)) for s, targets in enumerate(road.ahead) for t in targets}
    before = {reading.ids((s, t)) for t, sources in enumerate(road.before) for s in sources}
    assert ahead == before == set(hand.forward.edges)
    assert list(reading.ids(reading.origins)) == hand.origins
    assert list(reading.ids(reading.ends)) == hand.ends
    place = {name: spot for spot, name in enumerate(reading.ids(road.order))}
    assert set(place) == set(road.ids)
    assert all(place[a] < place[b] for a, b in hand.forward.edges)
    groups = networkx.strongly_connected_components(hand.graph)
    assert {frozenset(reading.ids(each)) for each in reading.rounds} == {
        frozenset(group) for group in groups if len(group) > 1
    }
    for (source, target), relations in reading.relations.items():
        assert len(relations) == len(set(relations))
        assert set(relations) == hand.said(*reading.ids((source, target)))


@given(maps())
def test_every_round_goes_back_somewhere_and_what_goes_back_is_on_a_round(told):
    hand, reading = ByHand(*told), Reading.of(*told)
    back = {reading.ids(pair) for pair in reading.road.returns}
    rounds = [{*pairwise([*each, each[0]])} for each in networkx.simple_cycles(hand.graph)]
    assert all(each & back for each in rounds)
    assert back <= set().union(*rounds)


def test_a_step_to_itself_is_no_way_on_and_changes_no_order():
    """Once it counted as a way on without a date, so that the others stood in telling order."""
    nodes = [node("a"), node("late", when="2025"), node("early", when="2024-05-02")]
    edges = steps("aa", ("a", "late"), ("a", "early"))
    (fork,) = measures.forks(read(nodes, edges))
    assert fork.way_ids == ("early", "late")
    assert measures.forks(read(nodes, edges[1:])) == [fork]
    (loop,) = measures.loops(read(nodes, edges))
    assert loop.nodes == ("a",)


@given(maps())
def test_steps_to_themselves_change_nothing_but_rounds_and_silence(told):
    nodes, edges = told
    found, without = Reading.of(nodes, edges), Reading.of(nodes, [e for e in edges if e.source != e.target])
    if found.road.ids == without.road.ids:  # else a circumstance came on the road by it
        assert found.road == without.road
        for measure in (measures.turning_points, measures.passages, measures.detours, measures.unplanned):
            assert measure(found) == measure(without)
        for measure in (measures.forks, measures.merges, measures.recurring_conditions):
            assert measure(found) == measure(without)


@given(maps(), st.randoms(use_true_random=False))
def test_in_which_order_the_lines_were_drawn_makes_no_difference(told, chance):
    nodes, edges = told
    other = chance.sample(edges, len(edges))

    def seen(in_edges):
        return Counter((type(each), frozenset(each.nodes)) for each in measures.findings(nodes, in_edges))

    assert seen(edges) == seen(other)


@given(maps())
def test_shares_are_those_of_walking_every_route(told):
    reading, routes = Reading.of(*told), ByHand(*told).routes()
    for name, share in zip(reading.road.ids, measures.shares(reading), strict=True):
        passed = sum(name in route for route in routes)
        assert share == pytest.approx(float(Fraction(passed, len(routes)) if routes else 0), abs=1e-12)


@given(maps())
def test_a_turning_point_is_where_roads_meet_or_part_and_not_all_pass(told):
    hand = ByHand(*told)
    routes = hand.routes()
    into, out = dict(hand.forward.in_degree), dict(hand.forward.out_degree)
    expected = []
    for name in hand.on_road:
        passed = sum(name in route for route in routes)
        if 0 < passed < len(routes) and min(into[name], out[name]) > 0 and max(into[name], out[name]) > 1:
            expected.append((name, passed, into[name], out[name]))
    expected.sort(key=lambda each: (-each[1], -each[2] - each[3]))
    found = measures.turning_points(Reading.of(*told))
    assert [(each.node_id, each.ways_in, each.ways_out) for each in found] == [
        (name, ways_in, ways_out) for name, _, ways_in, ways_out in expected
    ]
    assert [each.share for each in found] == [pytest.approx(each[1] / len(routes)) for each in expected]


@given(maps())
@example(([node(name) for name in "axmy"], steps("ax", "am", "my")))
def test_passages_are_what_every_route_holds_and_the_dominators_of_the_end(told):
    hand = ByHand(*told)
    routes, inner = hand.routes(), {*hand.on_road} - {*hand.origins, *hand.ends}
    on_all = [name for name in routes[0] if all(name in route for route in routes)] if routes else []
    expected = [name for name in on_all if name in inner] if len(routes) > 1 else []
    found = measures.passages(Reading.of(*told))
    assert [(list(passage.nodes), passage.routes) for passage in found] == (
        [(expected, len(routes))] if expected else []
    )
    if len(routes) > 1:
        assert set(expected) == hand.on_every_route()


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


@given(maps())
def test_a_loop_is_what_leads_back_to_itself(told):
    hand = ByHand(*told)
    around = {name: group for group in networkx.strongly_connected_components(hand.graph) for name in group}
    back = hand.returns | {(name, name) for name in hand.to_itself}
    expected = [(name, [a for a in hand.on_road if (a, name) in back]) for name in hand.on_road]
    expected = [(name, sources) for name, sources in expected if sources]
    expected.sort(key=lambda each: (-len(each[1]), -len(around[each[0]])))
    found = measures.loops(Reading.of(*told))
    assert [(loop.node_id, list(loop.from_ids)) for loop in found] == expected
    for loop in found:
        assert loop.times == len(loop.from_ids)
        assert list(loop.around) == sorted(around[loop.node_id], key=hand.names.index)


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
def test_a_step_back_is_to_what_was_over_before_the_other_can_have_begun(told):
    hand = ByHand(*told)
    found = measures.back_in_time(Reading.of(*told))
    expected = set()
    for source, target in hand.forward.edges:
        one, other = days_of(hand.nodes[source].when), days_of(hand.nodes[target].when)
        if one and other and other[1] < one[0] and hand.said(source, target) != {HINDERED}:
            expected.add((source, target))
    assert Counter(each.nodes for each in found) == Counter(expected)


def test_what_got_in_the_way_may_have_been_there_before():
    """It is walked after what it was in the way of, but the map does not say that it came of that."""
    nodes = [node("rain", when="2023"), node("day", when="2024"), node("in")]
    edges = [*steps(("rain", "in")), MapEdge("h", "rain", "day", HINDERED)]
    assert measures.back_in_time(read(nodes, edges)) == []
    edges.append(MapEdge("l", "day", "rain", Relation.LED_TO))
    (found,) = measures.back_in_time(read(nodes, edges))
    assert found.nodes == ("day", "rain")


@given(maps())
def test_forks_and_merges_are_two_ways_or_more(told):
    hand, reading = ByHand(*told), Reading.of(*told)
    ways = networkx.DiGraph(pair for pair in hand.forward.edges if hand.said(*pair) & WAYS)
    out = [(name, {*ways.successors(name)}) for name in hand.on_road if name in ways]
    into = [(name, {*ways.predecessors(name)}) for name in hand.on_road if name in ways]
    for found, expected in ((measures.forks(reading), out), (measures.merges(reading), into)):
        several = sorted((each for each in expected if len(each[1]) > 1), key=lambda each: -len(each[1]))
        assert [(each.node_id, set(each.way_ids)) for each in found] == several
        assert all(len(each.way_ids) == len(set(each.way_ids)) for each in found)


def test_a_meaning_is_no_way_to_go():
    edges = [*steps("ab"), MapEdge("m", "a", "c", Relation.MEANT)]
    assert measures.forks(read("abc", edges)) == []


@given(maps(relations=(Relation.LED_TO, PLANNED_NEXT, HINDERED)))
@example(([node("a"), node("b"), node("x")], [*steps("ax", "xb"), MapEdge("p", "a", "b", PLANNED_NEXT)]))
def test_a_detour_is_a_longer_way_than_the_plan_between_the_same_ends(told):
    hand, expected = ByHand(*told), {}
    for a, b in ((a, b) for a in hand.on_road for b in hand.on_road if a != b):
        if hand.happened(a) and hand.happened(b):
            plans = [len(way) - 1 for way in hand.ways(a, b) if hand.is_plan(way)]
            gone = [len(way) - 1 for way in hand.ways(a, b) if hand.is_gone(way)]
            if plans and gone and min(gone) > min(plans):
                expected[a, b] = (min(plans), min(gone))
    found = measures.detours(Reading.of(*told))
    assert {each.nodes: (each.planned, each.happened) for each in found} == expected
    assert len(found) == len(expected)
    order = [(-each.ratio, -each.happened) for each in found]
    assert order == sorted(order)
    assert all(each.ratio == each.happened / each.planned > 1 for each in found)


def test_the_search_for_longer_ways_ends_on_a_map_that_could_have_millions():
    """Each of 3,000 stops was planned to be the last but one; what is near is found, the rest left."""
    names = [str(number) for number in range(3_000)]
    plans = [MapEdge(f"p{name}", name, names[-1], PLANNED_NEXT) for name in names[:-2]]
    found = measures.detours(read(names, [*steps(*pairwise(names)), *plans]))
    assert 1_000 < len(found) < 2_998
    assert found[0].happened <= LOOKS / 2_998 < 2_998
    (alone,) = measures.detours(read(names, [*steps(*pairwise(names)), plans[0]]))
    assert (alone.planned, alone.happened) == (1, 2_999)


def test_a_detour_past_what_was_dropped():
    nodes = [node("a"), node("cup", state=NodeState.DROPPED), node("x"), node("y"), node("b")]
    edges = steps(("a", "cup"), ("cup", "b"), ("a", "x"), ("x", "y"), ("y", "b"))
    (detour,) = measures.detours(read(nodes, edges))
    assert detour.nodes == ("a", "b")
    assert (detour.planned, detour.happened, detour.ratio) == (2, 3, 1.5)


def test_dropped_things_name_what_got_in_the_way():
    by_id = {end.node_id: end for end in measures.dead_ends(Reading.of(football.NODES, football.EDGES))}
    assert by_id["cup"].was_dropped
    assert by_id["cup"].hindered_by == ("rain",)


@given(maps())
@example(([node("a"), node("b"), node("o", NodeKind.OUTCOME)], steps("ab", "ao", "ba")))
@example(([node("a"), node("b"), node("o", NodeKind.OUTCOME)], steps("ab", "ao")))
def test_a_dead_end_was_dropped_or_has_nothing_after_it(told):
    hand = ByHand(*told)
    dropped = [
        (name, hand.bore_on(HINDERED, name, is_source=False))
        for name, each in hand.nodes.items()
        if each.state is NodeState.DROPPED
    ]
    dropped.sort(key=lambda each: -len(each[1]))
    has_harvest = any(hand.nodes[name].kind in HARVEST for name in hand.ends)
    busy = {edge.source for edge in hand.edges} | {source for source, _, _ in hand.steps}
    quiet = [
        (name, [])
        for name in hand.on_road
        if has_harvest and hand.forward.in_degree(name) and name not in busy and hand.happened(name)
        if hand.nodes[name].kind not in HARVEST | {NodeKind.CONDITION, NodeKind.ACTOR}
    ]
    found = [(each.node_id, list(each.hindered_by)) for each in measures.dead_ends(Reading.of(*told))]
    assert found == [*dropped, *quiet]
    assert [each.was_dropped for each in measures.dead_ends(Reading.of(*told))] == [True] * len(dropped) + [
        False
    ] * len(quiet)


WORDS = st.lists(st.sampled_from(["regen", "geen", "zaal", "koffie", "van", "de"]), max_size=5)


@given(st.lists(WORDS.map(" ".join), max_size=8))
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


def test_among_many_that_share_words_the_rarest_are_compared():
    """Of hundreds of texts that share half their words not all are compared; what shares a rare one is."""
    chance = Random(1)
    many = [" ".join([*chance.sample("abcdefghij", 5), f"w{n}"]) for n in range(600)]
    groups = alike([*many, "zon op het plein in mei", "zon op dat plein in mei"])
    assert (600, 601) in groups


@given(maps())
def test_a_condition_recurs_when_it_bore_on_two_stops_or_was_said_twice(told):
    hand = ByHand(*told)
    said = [
        name
        for name, each in hand.nodes.items()
        if each.kind is NodeKind.CONDITION
        or any(hand.bore_on(relation, name, is_source=True) for relation in BEARS)
    ]
    expected = []
    for group in hand.said_alike(said):
        helped, hindered = (
            [*dict.fromkeys(stop for name in group for stop in hand.bore_on(bears, name, is_source=True))]
            for bears in BEARS
        )
        if len(group) > 1 or len(helped) + len(hindered) > 1:
            expected.append((tuple(group), tuple(helped), tuple(hindered)))
    expected.sort(key=lambda each: hand.names.index(each[0][0]))
    expected.sort(key=lambda each: (-len(each[1]) - len(each[2]), -len(each[0])))
    found = measures.recurring_conditions(Reading.of(*told))
    assert [(each.said_in, each.helped, each.hindered) for each in found] == expected


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
@example(([node("a", intended=False)], [MapEdge("h", "a", "a", HINDERED)]))
def test_nobody_planned_what_emerged_or_can_only_be_reached_past_it(told):
    hand, routes = ByHand(*told), ByHand(*told).routes()
    expected = []
    for name in hand.on_road:
        if not hand.happened(name) or hand.nodes[name].kind in NO_RESULT:
            continue
        through, is_result = set(), hand.nodes[name].kind is NodeKind.OUTCOME or name in hand.ends
        for way in hand.ways_from_a_beginning(name):
            passed = [stop for stop in way if hand.is_surprise(stop)]
            if not passed:
                through = set()
                break
            through.add(passed[-1])
        if hand.is_surprise(name):
            if hand.bore_on(HINDERED, name, is_source=True):
                continue
            through = set()
        elif not through or not is_result:
            continue
        share = Fraction(sum(name in route for route in routes), len(routes)) if routes else 0
        helped = hand.bore_on(Relation.MADE_POSSIBLE, name, is_source=False)
        expected.append((name, through, helped, float(share)))
    expected.sort(key=lambda each: (bool(each[1]), -round(each[3], 9)))
    found = measures.unplanned(Reading.of(*told))
    assert [(each.node_id, set(each.through), list(each.helped_by)) for each in found] == [
        each[:3] for each in expected
    ]
    assert [each.share for each in found] == [pytest.approx(each[3]) for each in expected]


def test_the_games_afternoon_was_on_nobodys_plan():
    (found,) = measures.unplanned(Reading.of(football.NODES, football.EDGES))
    assert found.node_id == "games"
    assert found.helped_by == ("kitchen",)


@given(maps())
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


@given(maps(), st.sampled_from([0, 19]))
def test_findings_take_turns_and_of_each_crossing_one_is_told(told, loose):
    """`loose`: on a map of more than 25 stops a crossing needs three ways."""
    nodes = [*told[0], *(node(f"loose {number}", NodeKind.ACTOR) for number in range(loose))]
    reading, found = Reading.of(nodes, told[1]), measures.findings(nodes, told[1])
    ways = 2 if len(nodes) <= 25 else 3
    in_turn = [
        measures.unplanned(reading),
        measures.loops(reading),
        measures.recurring_conditions(reading),
        measures.detours(reading),
        measures.dead_ends(reading),
        [each for each in measures.turning_points(reading) if each.share >= 0.5],
        [each for each in measures.merges(reading) if len(each.way_ids) >= ways],
        [each for each in measures.forks(reading) if len(each.way_ids) >= ways],
        measures.passages(reading),
        measures.back_in_time(reading),
    ]
    everything = sorted(
        ((turn, kind, each) for kind, those in enumerate(in_turn) for turn, each in enumerate(those)),
        key=lambda each: each[:2],
    )
    expected, crossed = [], set()
    for _, kind, each in everything:
        if kind not in (5, 6, 7) or each.node_id not in crossed:
            expected.append(each)
        if kind in (5, 6, 7):
            crossed.add(each.node_id)
    assert found == expected


@pytest.mark.parametrize(("stops", "is_asked"), [(25, True), (26, False)])
def test_a_crossing_of_two_ways_is_asked_about_on_a_small_map(stops, is_asked):
    names = [str(number) for number in range(stops)]
    found = measures.findings([node(each) for each in names], steps(("0", "1"), ("0", "2")))
    assert [type(each) for each in found] == [measures.Fork] * is_asked


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

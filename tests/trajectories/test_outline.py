from itertools import pairwise

import pytest

from cocreate.trajectories.outline import DEEPEST, outline
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation

HAPPENED = (NodeKind.EVENT, NodeState.HAPPENED)


def told(items):
    return [(item.id, told(item.children)) if item.children else item.id for item in items]


def make_map(ids, *steps):
    nodes = [MapNode(name, name.upper(), *HAPPENED) for name in ids]
    edges = [MapEdge(str(i), source, target, Relation.LED_TO) for i, (source, target) in enumerate(steps)]
    return nodes, edges


def test_each_node_stands_once_under_its_first_parent():
    items = outline(*make_map("abcd", "ab", "ac", "bd", "cd"))
    assert told(items) == [("a", [("b", ["d"]), "c"])]
    later = items[0].children[1]
    assert [(other.id, other.text) for other in later.refers_to] == [("d", "D")]
    assert items[0].children[0].children[0].depth == 2


def test_a_loop_refers_back():
    items = outline(*make_map("ab", "ab", "ba", "bb"))
    assert told(items) == [("a", ["b"])]
    assert [other.id for other in items[0].children[0].refers_to] == ["a", "b"]


def test_telling_begins_where_nothing_came_before():
    assert told(outline(*make_map("bac", "ab"))) == [("a", ["b"]), "c"]


def test_the_relation_says_how_the_parent_bears_on_it():
    nodes, _ = make_map("ab")
    items = outline(
        nodes, [MapEdge("e", "a", "b", Relation.HINDERED), MapEdge("x", "a", "gone", Relation.MEANT)]
    )
    assert items[0].relation is None
    assert items[0].children[0].relation is Relation.HINDERED


def every(items):
    for item in items:
        yield item
        yield from every(item.children)


@pytest.mark.parametrize("count", [DEEPEST + 1, 300, 5_000])
def test_a_long_road_goes_on_in_branches_that_point_to_each_other(count):
    ids = [str(number) for number in range(count)]
    items = outline(*make_map(ids, *pairwise(ids)))
    told = list(every(items))
    assert [item.id for item in told] == ids
    assert max(item.depth for item in told) == DEEPEST
    assert len(items) == -(-count // (DEEPEST + 1))
    led = [other.id for item in told for other in item.refers_to]
    assert led == [item.id for item in items[1:]]
    assert all(item.relation is None for item in items)


def test_what_hangs_too_deep_on_one_way_hangs_on_a_shorter_one():
    ids = [str(number) for number in range(DEEPEST + 3)]
    items = outline(*make_map(ids, *pairwise(ids), ("2", ids[-2])))
    assert [item.id for item in items] == ["0"]
    deepest = next(item for item in every(items) if item.depth == DEEPEST)
    assert [other.id for other in deepest.refers_to] == [ids[-2]]


def test_a_round_of_many_steps_ends():
    ids = [str(number) for number in range(300)]
    items = outline(*make_map(ids, *pairwise([*ids, "0"])))
    assert sorted(item.id for item in every(items)) == sorted(ids)

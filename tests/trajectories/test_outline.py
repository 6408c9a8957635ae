from itertools import pairwise

from cocreate.trajectories.outline import outline
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


def test_a_road_of_thousands_of_steps_is_read_without_recursion():
    ids = [str(number) for number in range(5_000)]
    item = outline(*make_map(ids, *pairwise(ids)))[0]
    while item.children:
        item = item.children[0]
    assert item.depth == 4_999

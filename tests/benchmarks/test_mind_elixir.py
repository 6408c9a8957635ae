"""The same stops for somebody else's program."""

from benchmarks.large_map import large_map
from benchmarks.mind_elixir import DEEPEST, tree


def walk(part, depth=0):
    yield part["id"], depth
    for each in part["children"]:
        yield from walk(each, depth + 1)


def test_every_stop_is_in_the_tree_once_and_none_too_deep():
    nodes, edges = large_map(300)
    found = dict(walk(tree(nodes, edges)))
    assert sorted(found) == sorted(node.id for node in nodes)
    assert len(list(walk(tree(nodes, edges)))) == len(nodes)
    assert max(found.values()) == DEEPEST

"""What goes out comes back: every format that can carry a whole map carries it whole."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cocreate.trajectories.formats import EXPORTS, read_map
from cocreate.trajectories.formats.exported import MAX_DEPTH
from cocreate.trajectories.formats.imported import MAX_LABEL, plain
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation

WHOLE = sorted(EXPORTS.keys() - {"mermaid"})
NASTY = [
    "<html><p>x</p>",
    "  leading\n    and   inner\tspaces",
    "a \"quoted\" & <b>bold</b> 'text'",
    "]]> --> &amp; &#13; #35; #quot; %%{init} `tick` **stars** # [link](https://example.org) \\*",
    "مرحبا بالعالم \u200f\u202e עברית",
    "👩‍👩‍👧 🧭\n\nليل",
    "\x00\x01\x0b\x85\ufeff\ud800 gone",
    "first\r\nsecond\rthird\u2028fourth",
    "# heading\n## another\n- item\n1. one",
    ":::kind ::icon(x) ((round)) {{six}}",
    "---\ntitle: no",
    "…",
    "=1+1",
]
raw = st.sampled_from(NASTY) | st.text(max_size=40) | st.text("<>&\"'`#;%[](){}\\*\n\t ab:", max_size=20)
words = raw.map(plain).filter(bool)
texts = words.map(lambda text: text[:400].strip())
whens = st.sampled_from(["", "2024", "2024-02", "2024-02-29", "0999-12-31"])
names = st.integers(0, 99).map("stop-{}".format) | words.map(lambda text: text[:60]).filter(
    lambda text: text == " ".join(text.split())
)


@st.composite
def maps(draw, texts=texts):
    ids = draw(st.lists(names, min_size=1, max_size=8, unique=True))
    nodes = [
        MapNode(
            node_id,
            draw(texts),
            draw(st.sampled_from(NodeKind)),
            draw(st.sampled_from(NodeState)),
            draw(st.booleans()),
            draw(st.just("") | texts),
            draw(whens),
        )
        for node_id in ids
    ]
    ends = draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=14))
    edges = [
        MapEdge(
            f"step-{number}",
            source,
            target,
            draw(st.sampled_from(Relation)),
            draw(st.just("") | texts.map(lambda text: text[:MAX_LABEL].strip())),
        )
        for number, (source, target) in enumerate(ends)
    ]
    return draw(texts.map(lambda text: text[:200].strip())), nodes, draw(st.permutations(edges))


def there_and_back(kind, title, nodes, edges):
    export = EXPORTS[kind]
    return read_map(f"file{export.suffix}", export.write(title, nodes, edges))


CYCLE = (
    "Road",
    [MapNode(each, each, NodeKind.IDEA, NodeState.HAPPENED) for each in "abcd"],
    [
        MapEdge("1", "a", "b", Relation.LED_TO),
        MapEdge("2", "b", "a", Relation.HINDERED),
        MapEdge("3", "b", "c", Relation.LED_TO),
        MapEdge("4", "a", "c", Relation.MEANT, "and"),
        MapEdge("5", "a", "c", Relation.MEANT, "and"),
        MapEdge("6", "c", "c", Relation.LED_TO),
    ],
)


@pytest.mark.parametrize("kind", WHOLE)
@given(told=maps())
@example(told=CYCLE)
def test_a_map_comes_back_as_it_went(kind, told):
    title, nodes, edges = told
    found = there_and_back(kind, title, nodes, edges)
    assert list(found.nodes) == nodes
    assert list(found.edges) == edges
    assert found.title == title
    assert found.notes == ()
    assert found.added == frozenset()
    assert EXPORTS[kind].left(nodes, edges) == ()


@pytest.mark.parametrize("kind", WHOLE)
@given(told=maps(texts=raw))
def test_what_no_file_can_hold_is_gone_and_nothing_else(kind, told):
    title, nodes, edges = told
    found = there_and_back(kind, title, nodes, edges)
    assert list(found.nodes) == [
        replace(node, text=plain(node.text) or "…", note=plain(node.note)) for node in nodes
    ]
    assert list(found.edges) == [replace(edge, label=plain(edge.label)) for edge in edges]
    assert found.title == (plain(title) or "file")


@given(told=maps())
@example(told=CYCLE)
def test_a_mindmap_of_mermaid_keeps_the_stops_and_the_first_way_to_each(told):
    title, nodes, edges = told
    found = there_and_back("mermaid", title, nodes, edges)
    assert [replace(node, id="", note="") for node in nodes] == [replace(node, id="") for node in found.nodes]
    own = {there.id: here.id for there, here in zip(found.nodes, nodes, strict=True)}
    steps = {(edge.source, edge.target, edge.relation) for edge in edges}
    back = [(own[edge.source], own[edge.target], edge.relation) for edge in found.edges]
    assert set(back) <= steps
    assert len({target for _source, target, _relation in back}) == len(back)
    (left,) = [note.params["count"] for note in EXPORTS["mermaid"].left(nodes, edges) if "tree" in note] or [
        0
    ]
    assert len(back) + left == len(edges)
    assert found.title == title
    assert found.notes == ()


def test_what_mermaid_cannot_hold_is_told():
    _title, nodes, edges = CYCLE
    nodes = [replace(nodes[0], note="more"), *nodes[1:]]
    left = EXPORTS["mermaid"].left(nodes, edges)
    assert left == (
        "Notes that this format cannot hold: 1.",
        "Words beside a link that this format cannot hold: 2.",
        "Links that a tree cannot hold: 4.",
    )
    assert left[0].message % left[0].params == left[0]
    assert EXPORTS["mermaid"].left(nodes[1:], []) == ()


@pytest.mark.parametrize("kind", EXPORTS)
def test_the_same_map_is_the_same_file(kind):
    assert EXPORTS[kind].write(*CYCLE) == EXPORTS[kind].write(*CYCLE)


@pytest.mark.parametrize("kind", EXPORTS)
def test_a_map_with_nothing_on_it_is_a_file_too(kind):
    assert EXPORTS[kind].write("Road", [], [])


@pytest.mark.parametrize("kind", EXPORTS)
def test_a_step_to_a_stop_that_is_not_shown_is_not_written(kind):
    _title, nodes, edges = CYCLE
    assert there_and_back(kind, "Road", nodes[:1], edges).edges == ()


@pytest.mark.parametrize("kind", WHOLE)
def test_a_long_road_does_not_nest_without_end(kind):
    count = 20 * MAX_DEPTH
    nodes = [MapNode(f"n{n}", f"Stop {n}", NodeKind.EVENT, NodeState.HAPPENED) for n in range(count)]
    edges = [MapEdge(f"e{n}", f"n{n}", f"n{n + 1}", Relation.LED_TO) for n in range(count - 1)]
    found = there_and_back(kind, "Long", nodes, edges)
    assert list(found.nodes) == nodes
    assert list(found.edges) == edges


@pytest.mark.parametrize("kind", WHOLE)
def test_the_largest_map_comes_back(kind):
    count = 20_000
    nodes = [
        MapNode(f"n{n}", f"Stop, {n}", NodeKind.EVENT, NodeState.CHANGED, False, f"Note, {n}", "2024")
        for n in range(count)
    ]
    edges = [
        MapEdge(f"e{n}", f"n{n * 7 % count}", f"n{n * 13 % count}", Relation.MEANT, f"and, {n}")
        for n in range(3 * count)
    ]
    found = there_and_back(kind, "Large", nodes, edges)
    assert list(found.nodes) == nodes
    assert list(found.edges) == edges

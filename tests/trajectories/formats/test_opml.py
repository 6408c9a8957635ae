# ruff: noqa: E501 (files as programs write them)
import pytest

from cocreate.trajectories.formats import MapFileError, read_map
from cocreate.trajectories.rules import NodeKind, NodeState, Relation

GOOD = """<?xml version="1.0"?><opml version="2.0"><head><title>Our plan</title></head><body>
<outline text="One"><outline text="Two" _note="more" url="https://example.org"/><outline title="Three"/></outline>
<outline text="Four" type="rss"/></body></opml>"""


def test_an_outline_with_everything():
    found = read_map("plan.opml", GOOD.encode())
    assert found.title == "Our plan"
    assert [node.text for node in found.nodes] == ["One", "Two", "Three", "Four"]
    assert found.nodes[1].note == "more\nhttps://example.org"
    assert [(edge.source, edge.target) for edge in found.edges] == [
        ("item 1", "item 2"),
        ("item 1", "item 3"),
    ]
    assert found.notes == ("Items with further details that were left out: 1.",)


def test_words_of_ours_and_steps_to_what_stands_elsewhere():
    items = (
        '<outline text="A" id="a" kind="moment" state="changed" intended="false" when="2024">'
        '<outline text="→ B" type="step" to="b" relation="inspired" label="then"/>'
        '<outline text="→ ?" type="step" to="gone"/>'
        '<outline text="C" id="c" relation="meant" when="soon"/></outline>'
        '<outline text="B" id="b"/><outline text="D" id="x"/><outline text="E" id="x" note="said"/>'
    )
    found = read_map("plan.opml", f"<opml><body>{items}</body></opml>".encode())
    assert [(node.id, node.text) for node in found.nodes] == [
        ("a", "A"),
        ("c", "C"),
        ("b", "B"),
        ("item 4", "D"),
        ("item 5", "E"),
    ]
    a = found.nodes[0]
    assert (a.kind, a.state, a.intended, a.when) == (NodeKind.MOMENT, NodeState.CHANGED, False, "2024")
    assert found.nodes[-1].note == "said"
    assert [(edge.source, edge.target, edge.relation, edge.label) for edge in found.edges] == [
        ("a", "c", Relation.MEANT, ""),
        ("a", "b", Relation.INSPIRED, "then"),
    ]
    assert found.notes == (
        "Items with further details that were left out: 1.",
        "Arrows to something that is not in the file, left out: 1.",
    )


def test_what_stands_beside_an_outline_is_kept_or_counted():
    head = "<head><title>Plan</title><ownerName>Noor</ownerName><dateCreated>2024</dateCreated></head>"
    items = (
        '<outline text="One" title="Another" _note="more"/><outline text="Two" title="Two"/>'
        '<outline text="Three" created="2024"/><outline text="Four"><strange/></outline>'
    )
    found = read_map("x.opml", f"<opml>{head}<body>{items}</body></opml>".encode())
    assert [(node.text, node.note) for node in found.nodes] == [
        ("One", "Another\nmore"),
        ("Two", ""),
        ("Three", ""),
        ("Four", ""),
    ]
    assert found.notes == (
        "Facts about the file itself, such as who made it, left out: 2.",
        "Items with further details that were left out: 2.",
    )


def test_words_about_a_step_that_is_not_there_are_kept():
    items = '<outline text="A" label="so" relation="meant"/>'
    found = read_map("x.opml", f"<opml><body>{items}</body></opml>".encode())
    assert found.nodes[0].note == "so"
    assert found.notes == ("Items with further details that were left out: 1.",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<opml/>", "Line 1: “body” is missing."),
        ("<opml><body/></opml>", "There is nothing on this map."),
        ("<opml><body><outline></body></opml>", "Line 1: this is not well-formed XML (at character 24)."),
        ("<html/>", "Line 1: the file begins with “html”, but “opml” was expected."),
    ],
)
def test_a_bad_outline_is_refused_with_the_reason(text, said):
    with pytest.raises(MapFileError) as refused:
        read_map("plan.opml", text.encode())
    assert str(refused.value) == said

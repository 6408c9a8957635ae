# ruff: noqa: E501 (files as programs write them)
import pytest

from cocreate.trajectories.formats import MapFileError, read_map

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

import json

import pytest

from cocreate.trajectories.formats import MapFileError, read_map
from cocreate.trajectories.rules import NodeKind, NodeState, Relation
from tests.trajectories.formats.hostile import xmind

NEWER = [
    {
        "id": "s1",
        "class": "sheet",
        "title": "Sheet 1",
        "rootTopic": {
            "id": "root",
            "title": "Football day\n2024",
            "structureClass": "org.xmind.ui.map.unbalanced",
            "markers": [{"markerId": "priority-1"}, {"markerId": "smiley-smile"}],
            "labels": ["outside", "children"],
            "href": "https://example.org",
            "notes": {"plain": {"content": "first\n  second"}, "realHTML": {"content": "<div>no</div>"}},
            "children": {
                "attached": [
                    {
                        "id": "a",
                        "title": "Rain",
                        "branch": "folded",
                        "notes": {"realHTML": {"content": "<div>rich &amp; <b>real</b></div>"}},
                        "style": {"id": "x"},
                        "image": {"src": "xap:resources/a.png"},
                    },
                    {"title": "no id", "task": {"status": "todo"}},
                ],
                "detached": [
                    {
                        "id": "loose",
                        "title": "Loose",
                        "children": {"attached": [{"id": "under", "title": "Under"}]},
                    }
                ],
                "summary": [{"id": "sum", "title": "In short"}],
            },
            "extensions": [
                {
                    "provider": "org.xmind.ui.map.unbalanced",
                    "content": [{"name": "right-number", "content": "5"}],
                },
                {"provider": "cocreate", "content": {"kind": "event", "state": "changed", "when": "2024-03"}},
            ],
        },
        "relationships": [
            {"id": "r", "end1Id": "a", "end2Id": "loose", "title": "so we went in", "relation": "led_to"},
            {"id": "gone", "end1Id": "a", "end2Id": "nowhere"},
        ],
    },
    {"id": "s2", "title": "Sheet 2", "rootTopic": {"id": "second", "title": "Another beginning"}},
]
OLDER = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<xmap-content xmlns="urn:xmind:xmap:xmlns:content:2.0" xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:xhtml="http://www.w3.org/1999/xhtml" version="2.0">
<sheet id="s"><topic id="root" xlink:href="https://example.org" timestamp="1546075582510"><title>Root</title>
  <notes><plain>plain note</plain><html><xhtml:p>no</xhtml:p></html></notes>
  <labels><label>outside</label></labels><marker-refs><marker-ref marker-id="priority-1"/></marker-refs>
  <children><topics type="attached"><topic id="a" branch="folded"><title>A</title>
      <notes><html><xhtml:p>only <xhtml:span>rich</xhtml:span></xhtml:p></html></notes></topic></topics>
    <topics type="detached"><topic id="b"><title>B</title></topic></topics></children>
  <boundaries><boundary id="x"/></boundaries><extensions><extension provider="other"/></extensions></topic>
  <relationships><relationship id="r" end1="a" end2="b"><title>later</title></relationship></relationships>
</sheet></xmap-content>"""


def read(*parts):
    return read_map("day.xmind", xmind(*parts))


def test_a_workbook_with_everything():
    found = read(
        ("content.json", json.dumps(NEWER).encode()), ("resources/a.png", b"x"), ("Thumbnails/t.png", b"x")
    )
    assert found.title == "day"
    nodes = {node.text.split("\n")[0]: node for node in found.nodes}
    assert list(nodes) == ["Football day", "Rain", "no id", "Loose", "Under", "In short", "Another beginning"]
    root = nodes["Football day"]
    assert (root.kind, root.state, root.when) == (NodeKind.EVENT, NodeState.CHANGED, "2024-03")
    assert root.note == "first\n  second\n\noutside\nchildren\n\nhttps://example.org"
    assert nodes["Rain"].note == "rich & real"
    steps = [(edge.source, edge.target, edge.label) for edge in found.edges]
    assert steps == [
        ("root", "a", ""),
        ("root", nodes["no id"].id, ""),
        ("root", "loose", ""),
        ("loose", "under", ""),
        ("root", "sum", ""),
        ("a", "loose", "so we went in"),
    ]
    assert {edge.relation for edge in found.edges} == {Relation.LED_TO}
    assert set(found.notes) == {
        "Icons that were left out: 2.",
        "Letters and lines with a look of their own, shown as ours: 3.",
        "Names of sheets that were left out: 2.",
        "Pictures that were left out: 1.",
        "Branches that were folded, shown open: 1.",
        "Extras of the mindmap program that were left out: 2.",
        "Loose topics, linked to the one in the middle: 1.",
        "Sheets that were put together on one map: 2.",
        "Pictures, remarks and earlier versions inside the file, left out: 1.",
        "Arrows to something that is not in the file, left out: 1.",
    }


def test_an_older_workbook_with_everything():
    found = read(("content.xml", OLDER.encode()), ("META-INF/manifest.xml", b"<manifest/>"))
    assert [(node.id, node.text, node.note) for node in found.nodes] == [
        ("root", "Root", "plain note\n\noutside\n\nhttps://example.org"),
        ("a", "A", "only rich"),
        ("b", "B", ""),
    ]
    steps = [(edge.source, edge.target, edge.label) for edge in found.edges]
    assert steps == [("root", "a", ""), ("root", "b", ""), ("a", "b", "later")]
    assert set(found.notes) == {
        "Icons that were left out: 1.",
        "Clouds around a branch that were left out: 1.",
        "Extras of the mindmap program that were left out: 1.",
        "Dates on which an item was written or changed, left out: 1.",
        "Branches that were folded, shown open: 1.",
        "Loose topics, linked to the one in the middle: 1.",
    }


def test_nothing_in_a_workbook_is_lost_silently():
    sheet = {
        "title": "A",
        "theme": {"id": "x"},
        "rootTopic": {
            "id": "a",
            "title": "A",
            "attributedTitle": [{"text": "A", "fo:color": "red"}],
            "notes": {
                "plain": {"content": "see this"},
                "realHTML": {"content": '<div>see <a href="https://example.org">this</a><img src="x"></div>'},
            },
        },
        "relationships": [{"id": "r", "end1Id": "a", "end2Id": "a", "style": {"id": "y"}}],
    }
    found = read(("content.json", json.dumps([sheet]).encode()), ("metadata.json", b'{"creator":{}}'))
    assert found.nodes[0].note == "see this\n\nhttps://example.org"
    assert set(found.notes) == {
        "Letters and lines with a look of their own, shown as ours: 3.",
        "Pictures that were left out: 1.",
        "Facts about the file itself, such as who made it, left out: 1.",
    }


DELTA = {"ops": {"ops": [{"insert": "two "}, {"attributes": {"bold": True}, "insert": "words\n"}]}}
SPANS = {"html": {"content": {"paragraphs": [{"spans": [{"text": "two "}, {"text": "words"}]}, {}]}}}


@pytest.mark.parametrize("notes", [DELTA, SPANS, "two words", {"plain": {"content": "two words"}, **SPANS}])
def test_a_note_is_kept_in_whatever_way_it_was_written(notes):
    content = [{"rootTopic": {"id": "a", "title": "A", "notes": notes}}]
    assert read(("content.json", json.dumps(content).encode())).nodes[0].note == "two words"


def test_links_to_another_topic_are_links():
    under = [{"id": "b", "title": "B", "href": "xmind:#a"}, {"id": "c", "title": "C", "href": "xmind:#d"}]
    sheets = [
        {"rootTopic": {"id": "a", "title": "A", "href": "xmind:#gone", "children": {"attached": under}}},
        {"rootTopic": {"id": "d", "title": "D"}},
    ]
    found = read(("content.json", json.dumps(sheets).encode()))
    assert [node.note for node in found.nodes] == [""] * 4
    steps = [(edge.source, edge.target) for edge in found.edges]
    assert steps == [("a", "b"), ("a", "c"), ("b", "a"), ("c", "d")]
    assert set(found.notes) == {
        "Sheets that were put together on one map: 2.",
        "Links inside the map, drawn as links between items: 2.",
        "Arrows to something that is not in the file, left out: 1.",
    }


def test_frames_and_summaries_are_told_and_their_words_kept():
    topic = {
        "id": "a",
        "title": "A",
        "boundaries": [{"range": "(0,0)", "title": "Ours"}, {"range": "master"}],
        "summaries": [{"range": "(0,1)", "topicId": "s"}],
        "position": {"x": 1, "y": 2},
        "customWidth": 200,
        "structureClass": "org.xmind.ui.tree.right",
    }
    newer = read(("content.json", json.dumps([{"rootTopic": topic}]).encode()))
    older = read(
        (
            "content.xml",
            b"<xmap-content xmlns:svg='s'><sheet><topic id='a' structure-class='x'>"
            b"<title svg:width='9'>A</title>"
            b"<boundaries><boundary><title>Ours</title></boundary><boundary/></boundaries>"
            b"<summaries><summary range='(0,1)'/></summaries><position svg:x='1'/></topic><relationships>"
            b"<relationship end1='a' end2='a' style-id='z'><control-points/></relationship></relationships>"
            b"</sheet></xmap-content>",
        )
    )
    told = {
        "Clouds around a branch that were left out: 2.",
        "Summaries, linked to the topic around them and not to the row of topics they sum up: 1.",
    }
    looks = "Letters and lines with a look of their own, shown as ours: {}."
    assert (newer.nodes[0].note, set(newer.notes), newer.placed) == ("Ours", told | {looks.format(2)}, 1)
    assert (older.nodes[0].note, set(older.notes), older.placed) == ("Ours", told | {looks.format(4)}, 1)


def test_a_title_that_says_more_is_a_stop_as_well():
    title = {
        "id": "t",
        "title": "Our day",
        "extensions": [{"provider": "cocreate", "content": {"kind": "title"}}],
    }
    under = {"children": {"attached": [{"id": "a", "title": "A"}]}}
    plain, noted = ([{"rootTopic": {**title, **under, **more}}] for more in ({}, {"labels": ["why"]}))
    assert [node.text for node in read(("content.json", json.dumps(plain).encode())).nodes] == ["A"]
    found = read(("content.json", json.dumps(noted).encode()))
    assert (found.title, found.nodes[0].text, found.nodes[0].note) == ("Our day", "Our day", "why")


def test_a_copied_sheet_keeps_its_own_topics_and_relationships():
    topic = {"id": "a", "title": "A", "children": {"attached": [{"id": "b", "title": "B"}]}}
    sheet = {"rootTopic": topic, "relationships": [{"id": "r", "end1Id": "b", "end2Id": "a"}]}
    found = read(("content.json", json.dumps([sheet, sheet]).encode()))
    assert [node.text for node in found.nodes] == ["A", "B", "A", "B"]
    place = {node.id: number for number, node in enumerate(found.nodes)}
    steps = {(place[edge.source], place[edge.target]) for edge in found.edges}
    assert steps == {(0, 1), (1, 0), (2, 3), (3, 2)}


def test_an_older_workbook_of_several_sheets():
    sheets = (
        '<sheet id="s"><title>First</title><topic id="a"><title>A</title><notes><html><xhtml:p><xhtml:a '
        'xlink:href="https://example.org">there</xhtml:a></xhtml:p></html></notes></topic><legend/></sheet>'
        '<sheet id="t"><title>B</title><topic id="b"><title>B</title><children><topics type="summary">'
        '<topic id="c"><title>C</title></topic></topics></children></topic></sheet><sheet/>'
    )
    names = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    content = f"<xmap-content {names}>{sheets}</xmap-content>"
    found = read(("content.xml", content.encode()), ("meta.xml", b"<meta/>"))
    assert [(node.text, node.note) for node in found.nodes] == [
        ("A", "there\n\nhttps://example.org"),
        ("B", ""),
        ("C", ""),
    ]
    assert [(edge.source, edge.target) for edge in found.edges] == [("b", "c")]
    assert set(found.notes) == {
        "Sheets that were put together on one map: 2.",
        "Names of sheets that were left out: 1.",
        "Extras of the mindmap program that were left out: 1.",
        "Facts about the file itself, such as who made it, left out: 1.",
    }


def test_the_newer_part_is_read_when_both_are_there():
    found = read(("content.xml", OLDER.encode()), ("content.json", json.dumps(NEWER[1:]).encode()))
    assert [node.text for node in found.nodes] == ["Another beginning"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ([], "There is nothing on this map."),
        ({}, "The part “sheets” of this file is not a list."),
        ([7], "Item 1 under “sheets” is not an object."),
        ([{}], "Item 1 under “sheet 1” is not an object."),
        ([{"rootTopic": {"children": {"attached": 7}}}], "The part “children” of this file is not a list."),
        ([{"rootTopic": {"children": [7]}}], "Item 1 under “children” is not an object."),
        (
            [{"rootTopic": {}, "relationships": [{"end1Id": "a"}]}],
            "Item 1 under “relationships” has no “end2Id”.",
        ),
        (
            [{"rootTopic": {"id": "a", "children": {"attached": [{"id": "a"}]}}}],
            "The name “a” is used for two items.",
        ),
    ],
)
def test_a_bad_workbook_is_refused_with_the_reason(content, said):
    with pytest.raises(MapFileError) as refused:
        read(("content.json", json.dumps(content).encode()))
    assert str(refused.value) == said


def test_a_bad_older_workbook_is_refused_with_the_reason():
    with pytest.raises(MapFileError, match=r"Line 1: the file begins with “map”"):
        read(("content.xml", b"<map/>"))
    with pytest.raises(MapFileError, match=r"Line 1: “relationship” has no “end1”"):
        read(
            (
                "content.xml",
                b"<xmap-content><sheet><topic/><relationships><relationship/></relationships></sheet></xmap-content>",
            )
        )

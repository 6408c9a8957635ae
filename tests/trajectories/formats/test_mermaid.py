import pytest

from cocreate.trajectories.formats import MapFileError, read_map
from cocreate.trajectories.rules import NodeKind, NodeState, Relation

GOOD = """---
title: "Our day: \\"football\\""
config:
  theme: forest
---
%%{init: {"theme": "dark"}}%%
%% a remark
mindmap
  root((Football day))
    Rain
    ::icon(fa fa-cloud)
      id1["`**Inside**, with
        a second line`"]
      :::urgent large
      id2[square] %% said later
      id3{{six #35; corners}}
    id4))bang((
      id5)cloud(
        id6(rounded (really))
          id7["quoted ] #quot;text#quot;<br>below"]:::planned
Another beginning
  :::turning_point changed unintended when-2024-03 when-soon
"""


def read(text, name="day.mmd"):
    return read_map(name, text if isinstance(text, bytes) else text.encode())


@pytest.mark.parametrize("name", ["day.mmd", "day.mermaid", "DAY.MMD"])
def test_a_mindmap_with_everything(name):
    found = read(GOOD, name)
    assert found.title == 'Our day: "football"'
    texts = [node.text for node in found.nodes]
    assert texts == [
        "Football day",
        "Rain",
        "Inside, with\na second line",
        "square",
        "six # corners",
        "bang",
        "cloud",
        "rounded (really)",
        'quoted ] "text"\nbelow',
        "Another beginning",
    ]
    text = {node.id: node.text for node in found.nodes}
    assert [(text[edge.source], text[edge.target]) for edge in found.edges] == [
        ("Football day", "Rain"),
        ("Rain", "Inside, with\na second line"),
        ("Rain", "square"),
        ("Rain", "six # corners"),
        ("Football day", "bang"),
        ("bang", "cloud"),
        ("cloud", "rounded (really)"),
        ("rounded (really)", 'quoted ] "text"\nbelow'),
    ]
    last = found.nodes[-1]
    assert (last.kind, last.state, last.intended) == (NodeKind.TURNING_POINT, NodeState.CHANGED, False)
    assert last.when == "2024-03"
    assert found.nodes[-2].state is NodeState.PLANNED
    assert set(found.notes) == {
        "Settings of the drawing that were left out: 3.",
        "Comments that were left out: 2.",
        "Icons that were left out: 1.",
        "Shapes and sizes that were left out: 5.",
        "Letters and lines with a look of their own, shown as ours: 4.",
    }


def test_what_a_title_has_besides_is_told():
    found = read('mindmap\n  t(("Our day"))\n  :::title large\n    a["A"]:::idea %% later\n')
    assert (found.title, [node.text for node in found.nodes]) == ("Our day", ["A"])
    assert set(found.notes) == {
        "Letters and lines with a look of their own, shown as ours: 1.",
        "Comments that were left out: 1.",
    }


def test_classes_of_ours_are_read():
    found = read("mindmap\n a\n  b\n  :::meant meaning when-2024-03\n")
    assert found.edges[0].relation is Relation.MEANT
    assert (found.nodes[1].kind, found.nodes[1].when) == (NodeKind.MEANING, "2024-03")
    assert found.notes == ()


@pytest.mark.parametrize("title", ["title: plain", "title: 'plain'", 'title: "plain"'])
def test_the_title_is_read_as_yaml_writes_it(title):
    assert read(f"---\n{title}\n---\nmindmap\n a").title == "plain"


def test_a_remark_after_a_text_is_no_part_of_it():
    found = read("mindmap %% here it begins\n a %% one\n  b[two] %% two\n  c[100 %%]\n  d 5%%6\n  e (open\n")
    assert [node.text for node in found.nodes] == ["a", "two", "100 %%", "d 5%%6", "e (open"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_is_a_line(end):
    assert len(read(end.join(["mindmap", " a", "  b", "  c"])).nodes) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("%% nothing", "This is not a mindmap of Mermaid: “mindmap” is missing."),
        (
            "flowchart TD\n a --> b",
            "Line 1: the file begins with “flowchart TD”, but “mindmap” was expected.",
        ),
        ("mindmap\n", "There is nothing on this map."),
        ('mindmap\n\n a["b', "Line 3: a text between quotes begins here and does not end."),
        (b"mindmap\n \xff", "We do not know the letters of this file. Save it as UTF-8 and try again."),
    ],
)
def test_a_bad_mindmap_is_refused_with_the_reason(text, said):
    with pytest.raises(MapFileError) as refused:
        read(text)
    assert str(refused.value) == said

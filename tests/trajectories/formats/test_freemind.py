# ruff: noqa: E501 (files as programs write them)
from xml.sax.saxutils import quoteattr

import pytest

from cocreate.trajectories.formats import MapFileError, read_map
from cocreate.trajectories.rules import NodeKind, NodeState, Relation

GOOD = """<map version="1.0.1">
<node ID="root" TEXT="Caf&#233; dag" COLOR="#ff0000">
  <icon BUILTIN="idea"/>
  <arrowlink DESTINATION="b" MIDDLE_LABEL="later"/>
  <arrowlink DESTINATION="gone"/>
  <node ID="a" POSITION="right" LINK="https://example.org">
    <richcontent TYPE="NODE"><html><head><style>p {}</style></head><body>
      <p>Rich <b>text</b></p><ul><li>one</li><li>two</li></ul></body></html></richcontent>
    <richcontent TYPE="NOTE"><html><body><p>A note</p></body></html></richcontent>
    <node TEXT="no id"/>
  </node>
  <node ID="b" TEXT="&lt;html&gt;&lt;body&gt;&lt;p&gt;old &amp;amp; rich&lt;script&gt;alert(1)&lt;/script&gt;&lt;/p&gt;&lt;/body&gt;&lt;/html&gt;"/>
</node>
</map>"""


def read(text, encoding="utf-8"):
    return read_map("day.mm", text.encode(encoding))


def test_a_mindmap_with_everything():
    found = read(GOOD)
    nodes = {node.id: node for node in found.nodes}
    assert [node.text for node in found.nodes] == [
        "Café dag",
        "Rich text\none\ntwo",
        "no id",
        "old & rich",
    ]
    assert nodes["a"].note == "A note\n\nhttps://example.org"
    steps = [(edge.source, edge.target, edge.label) for edge in found.edges]
    assert steps == [("root", "a", ""), ("a", "#3", ""), ("root", "b", ""), ("root", "b", "later")]
    assert set(found.notes) == {
        "Arrows to something that is not in the file, left out: 1.",
        "Colours that were left out: 1.",
        "Icons that were left out: 1.",
        "Letters and lines with a look of their own, shown as ours: 1.",
    }


RICH = """<map version="freeplane 1.9.13">
<attribute_registry SHOW_ATTRIBUTES="hide"/>
<node LOCALIZED_TEXT="new_mindmap" FOLDED="false" ID="root" CREATED="1546075582510" MODIFIED="1546075582510" STYLE="oval">
  <hook NAME="MapStyle" zoom="1.0"/><font NAME="SansSerif" SIZE="12"/><edge COLOR="#333"/><cloud COLOR="#eee"/>
  <node ID="a" TEXT="A" FOLDED="true">
    <attribute NAME="kind" VALUE="moment"/><attribute NAME="when" VALUE="2024-03-15"/>
    <attribute NAME="state" VALUE="maybe"/><attribute NAME="owner" VALUE="Noor"/>
    <attribute NAME="relation" VALUE="made_possible"/><attribute NAME="label" VALUE="because of it"/>
    <richcontent TYPE="DETAILS"><html><body><p>details</p></body></html></richcontent>
    <arrowlink DESTINATION="b" STARTARROW="NONE" ENDARROW="DEFAULT" SOURCE_LABEL="from" TARGET_LABEL="to"/>
    <arrowlink DESTINATION="b" STARTARROW="DEFAULT" ENDARROW="NONE"/>
    <arrowlink DESTINATION="b" STARTARROW="DEFAULT" ENDARROW="DEFAULT"/>
    <arrowlink DESTINATION="b" STARTARROW="NONE" ENDARROW="NONE"/>
  </node>
  <node ID="b" TEXT="B" ENCRYPTED_CONTENT="abc">
    <hook NAME="accessories/plugins/NodeNote.properties"><text>old note</text></hook>
    <attribute NAME="intended" VALUE="false"/><attribute NAME="when" VALUE="last spring"/>
  </node>
</node></map>"""


def test_a_mindmap_of_freeplane_with_details():
    found = read(RICH)
    nodes = {node.id: node for node in found.nodes}
    assert nodes["root"].text == "new_mindmap"
    a, b = nodes["a"], nodes["b"]
    assert (a.kind, a.state, a.when) == (NodeKind.MOMENT, NodeState.HAPPENED, "2024-03-15")
    assert a.note == "details\n\nstate: maybe\nowner: Noor"
    assert (b.intended, b.when, b.note) == (False, "", "old note\n\nwhen: last spring")
    assert [(edge.source, edge.target, edge.relation, edge.label) for edge in found.edges] == [
        ("root", "a", Relation.MADE_POSSIBLE, "because of it"),
        ("root", "b", Relation.LED_TO, ""),
        ("a", "b", Relation.LED_TO, "from · to"),
        ("b", "a", Relation.LED_TO, ""),
        ("a", "b", Relation.LED_TO, ""),
        ("a", "b", Relation.LED_TO, ""),
    ]
    assert set(found.notes) == {
        "Extras of the mindmap program that were left out: 2.",
        "Clouds around a branch that were left out: 1.",
        "Letters and lines with a look of their own, shown as ours: 3.",
        "Dates on which an item was written or changed, left out: 1.",
        "Branches that were folded, shown open: 1.",
        "Branches that are locked with a password, left out: 1.",
        "Links that go both ways, drawn in the order they were written: 1.",
        "Links without a direction, drawn in the order they were written: 1.",
    }


BESIDE = """<map><node ID="a" TEXT="A"><attribute_layout NAME_WIDTH="9"/><linktarget ID="x"/>
<richcontent TYPE="NODE"><html><body><p>said twice</p></body></html></richcontent>
<richcontent TYPE="NOTE"><html><body>
  <p>See <a href="https://example.org/?a=1&amp;b=2">this</a>, <a href="#b">below</a>
  <img src="a.png"/><img src="b.png"/> and <span style="color: red">red</span></p></body></html></richcontent>
<attribute NAME="owner" VALUE="Noor"/><attribute NAME="owner" VALUE="Ali"/><attribute NAME="kind" VALUE="idea"/>
<reminder/></node>
<node ID="b" TEXT="&lt;html&gt;&lt;p&gt;&lt;a href='https://example.org/b'&gt;old&lt;/a&gt; &lt;i&gt;look&lt;/i&gt; &lt;img src=x&gt;"/>
</map>"""


def test_what_rich_text_has_besides_its_words_is_kept_or_counted():
    a, b = read(BESIDE).nodes
    assert (a.text, a.kind) == ("A", NodeKind.IDEA)
    assert a.note.split("\n\n") == [
        "said twice",
        "See this, below and red",
        "https://example.org/?a=1&b=2",
        "owner: Noor, Ali",
    ]
    assert (b.text, b.note) == ("old look", "https://example.org/b")
    assert set(read(BESIDE).notes) == {
        "Pictures that were left out: 3.",
        "Letters and lines with a look of their own, shown as ours: 3.",
        "Links from a text to another item, left out: 1.",
        "Extras of the mindmap program that were left out: 1.",
    }


COPIED = """<map><node ID="a" TEXT="A" LINK="#b"><node ID="b" TEXT="B" LINK="#gone"><node ID="c" TEXT="C"/>
<richcontent TYPE="NOTE"><html><body><p>why</p></body></html></richcontent></node></node>
<node ID="d" TREE_ID="b"/><node ID="e" CONTENT_ID="c"/><node CONTENT_ID="unknown"/><node/></map>"""


def test_copies_of_a_topic_say_what_it_says_and_links_inside_are_links():
    found = read(COPIED)
    said = [(node.text, node.note) for node in found.nodes]
    assert said == [("A", ""), ("B", "why"), ("C", ""), ("B", "why"), ("C", ""), ("…", ""), ("…", "")]
    assert [(edge.source, edge.target) for edge in found.edges] == [("a", "b"), ("b", "c"), ("a", "b")]
    assert set(found.notes) == {
        "Copies of an item, shown with the same words but without the branch under them: 2.",
        "Items without text, shown as “…”: 2.",
        "Links inside the map, drawn as links between items: 1.",
        "Arrows to something that is not in the file, left out: 2.",
    }


WHAT = "<attribute NAME='kind' VALUE='title'/>"


@pytest.mark.parametrize(
    ("inside", "note"),
    [
        ("<richcontent TYPE='NOTE'><html><p>why</p></html></richcontent>", "why"),
        ("<attribute NAME='owner' VALUE='Noor'/>", "owner: Noor"),
        ("<arrowlink DESTINATION='a'/>", ""),
        ("<hook NAME='accessories/plugins/NodeNote.properties'><text>why</text></hook>", "why"),
    ],
)
def test_a_title_that_says_more_is_a_stop_as_well(inside, note):
    found = read(f"<map><node ID='t' TEXT='Our day'>{WHAT}{inside}<node ID='a' TEXT='A'/></node></map>")
    assert found.title == "Our day"
    assert [(node.text, node.note) for node in found.nodes] == [("Our day", note), ("A", "")]


def test_a_title_that_something_points_to_is_a_stop_as_well():
    arrow = "<node ID='a' TEXT='A'><arrowlink DESTINATION='t'/></node>"
    found = read(f"<map><node ID='t' TEXT='Our day'>{WHAT}{arrow}</node></map>")
    assert [(edge.source, edge.target) for edge in found.edges] == [("t", "a"), ("a", "t")]


def test_how_a_title_looks_is_told_and_it_is_no_stop():
    found = read(f"<map><node TEXT='Our day'>{WHAT}<icon BUILTIN='idea'/><node TEXT='A'/></node></map>")
    assert [node.text for node in found.nodes] == ["A"]
    assert found.notes == ("Icons that were left out: 1.",)


def test_words_about_a_step_that_is_not_there_are_a_note():
    step = "<attribute NAME='label' VALUE='so'/><attribute NAME='relation' VALUE='meant'/>"
    assert read(f"<map><node TEXT='A'>{step}</node></map>").nodes[0].note == "label: so\nrelation: meant"


def test_letters_written_as_numbers():
    found = read("<map><node TEXT='&#233;&#xE9;&#128105;&#x1F9ED; &amp;#233;&#10;x'/></map>")
    assert found.nodes[0].text == "éé👩🧭 &#233;\nx"
    assert found.notes == ()


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<html><body>a<br>b</body></html>", "a\nb"),
        ("<HTML><p>one</p><p>two</p>", "one\ntwo"),
        ("<html><head><title>no</title></head><!-- no --><ul><li>x<li>y</ul>", "x\ny"),
        ("<html>&lt;b&gt; &#233; &nope;</html>", "<b> é &nope;"),
        ("<html><script>if (a < b) no()</script><style>p {}</style>yes", "yes"),
    ],
)
def test_markup_in_a_text_is_read_as_people_see_it(markup, said):
    assert read(f"<map><node TEXT={quoteattr(markup)}/></map>").nodes[0].text == said


@pytest.mark.parametrize("encoding", ["iso-8859-1", "iso-8859-15", "windows-1252", "utf-8", "utf-16"])
def test_the_letters_are_those_the_file_names(encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n<map><node TEXT="Één café"/></map>'
    assert read(text, encoding).nodes[0].text == "Één café"


def test_western_letters_without_a_word_about_it():
    assert read('<map><node TEXT="Één café"/></map>', "iso-8859-1").nodes[0].text == "Één café"


def test_a_byte_order_mark_and_leading_lines_do_no_harm():
    assert read_map("a.mm", b'\xef\xbb\xbf<map><node TEXT="a"/></map>').nodes[0].text == "a"
    assert read('\n\n<?xml version="1.0"?><map><node TEXT="a"/></map>').nodes[0].text == "a"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<map>\n<node>", "Line 2: this is not well-formed XML (at character 7)."),
        ("<map>\n<node TEXT='&nbsp;'/></map>", "Line 2: this is not well-formed XML"),
        ("<mup/>", "Line 1: the file begins with “mup”, but “map” was expected."),
        ("<map/>", "There is nothing on this map."),
        ("<map><node ID='a'/><node ID='a'/></map>", "The name “a” is used for two items."),
        ("<map>\n<node><arrowlink/></node></map>", "Line 2: “arrowlink” has no “DESTINATION”."),
        ('<?xml version="1.0" encoding="klingon"?><map/>', "We do not know the letters of this file."),
    ],
)
def test_a_bad_mindmap_is_refused_with_the_reason(text, said):
    with pytest.raises(MapFileError) as refused:
        read(text)
    assert str(refused.value).startswith(said)

# ruff: noqa: E501 (files as programs write them)
import pytest

from cocreate.trajectories.formats import MapFileError, read_map

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
    assert "Arrows to something that is not in the file, left out: 1." in found.notes
    assert len(found.notes) == 3


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

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate.trajectories.formats import ENDINGS, EXPORTS, MAX_BYTES, MapFileError, read_map
from cocreate.trajectories.rules import MAX_EDGES, MAX_NODES, MapNode, NodeKind, NodeState
from tests.trajectories.formats.hostile import (
    DEEP,
    HOSTILE,
    ITEMS,
    LINKS,
    PREFIXED,
    ROOTS,
    SUBSETS,
    WIDE,
    sheet,
    xmind,
)

pytestmark = pytest.mark.timeout(30)  # how long it really takes is in benchmarks/maps.py


def refusal(name, data):
    with pytest.raises(MapFileError) as refused:
        read_map(name, data)
    return str(refused.value)


@pytest.mark.parametrize(("ending", "root"), ROOTS.items())
@pytest.mark.parametrize("subset", SUBSETS.values(), ids=SUBSETS)
def test_entities_and_document_types_are_refused(ending, root, subset):
    data = f'<?xml version="1.0"?>\n<!DOCTYPE {root} {subset}>\n<{root}>&l9;&x;</{root}>'
    assert refusal(f"map{ending}", data.encode()).startswith("Line 2: the file defines its own entities")


@pytest.mark.parametrize(("ending", "root"), ROOTS.items())
@pytest.mark.parametrize("closed", [True, False])
def test_bottomless_xml_is_refused(ending, root, closed):
    data = f"<{root}>" + "<b>" * DEEP + ("</b>" * DEEP + f"</{root}>" if closed else "")
    assert "deep" in refusal(f"map{ending}", data.encode())


@pytest.mark.parametrize("opening", ['{"nodes":', '{"nodes":[', "[" * 2])
@pytest.mark.parametrize("closed", [True, False])
def test_bottomless_json_is_refused(opening, closed):
    data = opening + "[" * DEEP + ("]" * DEEP if closed else "")
    assert "deep" in refusal("map.canvas", data.encode())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("swarm.gexf", b"<gexf>" + b"<a/>" * 4_000_000 + b"</gexf>"),
        ("attributes.mm", b"<map " + b" ".join(b"a%d='1'" % n for n in range(500_000)) + b"/>"),
        ("brackets.canvas", b'{"nodes":[' + b"[]," * 5_000_000 + b"1]}"),
        ("commas.canvas", b'{"nodes":[' + b'"",' * 5_000_000 + b"1]}"),
        ("digits.canvas", b'{"nodes":[' + b"1" * 6_000_000 + b"]}"),
        ("endless.canvas", b'{"nodes":[Infinity]}'),
        ("heavy.opml", b"<opml>" + b" " * MAX_BYTES),
        (
            "nodes.graphml",
            b"<graphml><graph>"
            + b"".join(b'<node id="%d"/>' % n for n in range(MAX_NODES + 1))
            + b"</graph></graphml>",
        ),
        ("empty.mm", b" \n"),
        ("zip.xmind", b"PK\x03\x04"),
        ("tail.xmind", b"PK\x05\x06" + b"\0" * 18),
        ("noending", b"<map/>"),
        ("../../etc/passwd", b"root"),
    ],
)
def test_what_is_too_much_is_refused_at_once(name, data):
    assert refusal(name, data)


SPELLED = {
    "prefixed": lambda text: text,
    "bare": lambda text: text.replace("x:", ""),
    "default": lambda text: text.replace("xmlns:x=", "xmlns=").replace("x:", ""),
    "other": lambda text: text.replace("x:", "é:").replace("xmlns:x=", "xmlns:é="),
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("spelled", SPELLED.values(), ids=SPELLED)
@pytest.mark.parametrize("ending", PREFIXED)
def test_what_is_too_much_is_refused_where_it_stands(ending, spelled, encoding):
    """However it is spelled, and before what comes after it is read: that is no XML."""
    most = MAX_NODES + (MAX_EDGES if ending == ".opml" else 0)
    before = PREFIXED[ending].partition(b"%s")[0]
    swarm = (before + b"".join(map(ITEMS[ending], range(most + 2)))).decode()
    data = spelled(swarm + " " * 1_500_000 + "<<<").encode(encoding)
    packed = xmind(("content.xml", data)) if ending == ".xmind" else data
    assert refusal(f"map{ending}", packed) == f"This file holds more than {most} items."


@pytest.mark.parametrize("ending", LINKS)
def test_too_many_prefixed_links_are_refused_where_they_stand(ending):
    before = PREFIXED[ending].partition(b"%s")[0]
    data = before + LINKS[ending] * (MAX_EDGES + 2) + b" " * 1_500_000 + b"<<<"
    assert refusal(f"map{ending}", data) == f"This file holds more than {MAX_EDGES} links."


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("names-swarm.mm", "This file has more than 2000 names for its parts."),
        ("named-swarm.opml", "This file has more than 2000 names for its parts."),
        ("prefixes-swarm.gexf", "This file has more than 2000 names for its parts."),
        ("address-swarm.graphml", "Line 1: a text here is longer than 1000 letters."),
    ],
)
def test_names_without_end_are_refused_where_they_stand(name, said):
    assert refusal(name, HOSTILE[name]()[: WIDE // 4] + b"<<<") == said


@pytest.mark.parametrize("ending", sorted(ROOTS))
def test_letters_of_two_bytes_are_read(ending):
    export = next(each for each in EXPORTS.values() if each.suffix == ending)
    told = [MapNode("a", "Één 👩", NodeKind.IDEA, NodeState.HAPPENED)]
    text = export.write("Weg", told, []).decode().replace("utf-8", "utf-16")
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        assert read_map(f"x{ending}", text.encode(encoding)).nodes == tuple(told)


def test_too_many_links_are_refused():
    edges = '<edge source="a" target="a"/>' * (MAX_EDGES + 1)
    data = f'<graphml><graph><node id="a"/>{edges}</graph></graphml>'
    with pytest.raises(MapFileError, match=r"more than 60000 links"):
        read_map("map.graphml", data.encode())


def test_the_largest_map_allowed_is_read():
    rows = "".join(
        f'<node id="{n}"/><edge source="{n}" target="{n * 7 % MAX_NODES}"/>' for n in range(MAX_NODES)
    )
    found = read_map("map.GRAPHML", f"<graphml><graph>{rows}</graph></graphml>".encode())
    assert found.found == (MAX_NODES, MAX_NODES)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("bomb.xmind", "The part “content.json” of this file is larger than 20 MB."),
        ("bomb-xml.xmind", "The part “content.xml” of this file is larger than 20 MB."),
        ("bombs.xmind", "Unpacked, this file is larger than 500 MB."),
        ("lie.xmind", "This file is not a whole package. Save it again and try once more."),
        ("overlap.xmind", "This file is not a whole package. Save it again and try once more."),
        ("cut.xmind", "This file is not a whole package. Save it again and try once more."),
        ("swarm.xmind", "This file holds more than 5000 parts."),
        (
            "slip.xmind",
            "A part of this file wants to stand outside it: “../../etc/cron.d/x”. Not safe to read.",
        ),
        ("root.xmind", "A part of this file wants to stand outside it: “/etc/passwd”. Not safe to read."),
        (
            "drive.xmind",
            "A part of this file wants to stand outside it: “C:\\autoexec.bat”. Not safe to read.",
        ),
        ("twice.xmind", "The part “content.json” is in this file more than once. Not safe to read."),
        ("locked.xmind", "This file is locked with a password. Save it without one and try again."),
        ("secret.xmind", "This file is locked with a password. Save it without one and try again."),
        ("lzma.xmind", "The part “content.json” of this file is packed in a way we cannot read."),
        ("other.xmind", "This is not an XMind file: “content.json” is missing."),
        ("inner.xmind", "This is not an XMind file: “content.json” is missing."),
        ("laughs.xmind", "Line 2: the file defines its own entities or document type. Not safe to read."),
        ("deep-xml.xmind", "Line 1: things are nested more than 1000 deep."),
        ("parents.gexf", "The item “0” stands under itself."),
        ("ring.gexf", "The item “0” stands under itself."),
        ("sheets.xmind", "This file holds more than 20000 items."),
        ("deep.mmd", "Line 1002: things are nested more than 1000 deep."),
        ("wide.mm", "Line 1: a text here is longer than 2000000 letters."),
        ("wide.canvas", "Line 1: a text here is longer than 1000000 letters."),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_is_wrong_is_said(name, said):
    assert refusal(name, HOSTILE[name]()) == said


def test_json_without_end_in_a_package_is_refused():
    assert "deep" in refusal("map.xmind", xmind(("content.json", b"[" * DEEP)))


def test_nothing_is_ever_unpacked_to_disk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.rglob("*"))
    read_map("map.xmind", xmind(("content.json", sheet()), ("attachments/a.txt", b"x")))
    refusal("map.xmind", HOSTILE["slip.xmind"]())
    assert set(tmp_path.rglob("*")) == before


def test_the_name_in_a_refusal_is_short_and_without_folders():
    said = refusal("C:\\secret\\" + "x" * 500 + ".exe", b"x")
    assert "secret" not in said
    assert len(said) < 250


@given(st.sampled_from(ENDINGS), st.binary(max_size=200))
def test_any_bytes_are_a_map_or_a_refusal(ending, data):
    _read_or_refuse(ending, data)


@given(st.sampled_from(sorted(ROOTS)), st.text("<>/ ='\"&;#!?[]nodeidgraphtxl1\n", max_size=80))
def test_anything_like_a_map_is_a_map_or_a_refusal(ending, inside):
    _read_or_refuse(ending, f"<{ROOTS[ending]}>{inside}</{ROOTS[ending]}>".encode())


values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "type",
                    "text",
                    "x",
                    "y",
                    "width",
                    "height",
                    "fromNode",
                    "toNode",
                    "label",
                    "kind",
                    "note",
                    "color",
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=12,
)


topics = st.recursive(
    st.fixed_dictionaries({}, optional={"id": values, "title": values, "notes": values, "labels": values}),
    lambda inner: st.fixed_dictionaries(
        {"title": st.text(max_size=5)},
        optional={
            "id": st.text(max_size=3),
            "children": values
            | st.dictionaries(
                st.sampled_from(["attached", "detached", "summary"]), st.lists(inner, max_size=3)
            ),
            "extensions": values,
        },
    ),
    max_leaves=6,
)


@given(st.lists(st.fixed_dictionaries({"rootTopic": topics}, optional={"relationships": values}), max_size=3))
def test_any_workbook_is_a_map_or_a_refusal(sheets):
    _read_or_refuse(".xmind", xmind(("content.json", json.dumps(sheets).encode())))


@given(st.binary(max_size=60), st.integers(0, 400))
def test_any_damage_to_a_package_is_a_map_or_a_refusal(damage, place):
    whole = xmind(("content.json", sheet()), ("manifest.json", b"{}"))
    _read_or_refuse(".xmind", whole[:place] + damage + whole[place + len(damage) :])


@given(st.text('ab \n\t()[]{}"`:;#%-<>br/icon', max_size=60))
def test_any_mermaid_is_a_map_or_a_refusal(text):
    _read_or_refuse(".mmd", f"mindmap\n{text}".encode())
    _read_or_refuse(".mmd", f"---\n{text}\n---\nmindmap\n a".encode())


@given(st.fixed_dictionaries({"nodes": values, "edges": values}))
def test_any_canvas_is_a_map_or_a_refusal(board):
    _read_or_refuse(".canvas", json.dumps(board).encode())


def _read_or_refuse(ending, data):
    try:
        found = read_map(f"map{ending}", data)
    except MapFileError:
        return
    else:
        ids = {node.id for node in found.nodes}
        assert all({edge.source, edge.target} <= ids for edge in found.edges)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate.trajectories.formats import ENDINGS, MAX_BYTES, MapFileError, read_map
from cocreate.trajectories.rules import MAX_EDGES, MAX_NODES

pytestmark = pytest.mark.timeout(30)  # how long it really takes is in benchmarks/maps.py
DEEP = 200_000
ROOTS = {".gexf": "gexf", ".graphml": "graphml", ".mm": "map", ".opml": "opml"}
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def refusal(name, data):
    with pytest.raises(MapFileError) as refused:
        read_map(name, data)
    return str(refused.value)


@pytest.mark.parametrize(("ending", "root"), ROOTS.items())
@pytest.mark.parametrize(
    "subset",
    [
        f'[<!ENTITY l0 "ha">{LAUGHS}]',
        '[<!ENTITY x SYSTEM "file:///etc/passwd">]',
        '[<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]',
        'SYSTEM "http://127.0.0.1:9/x.dtd"',
        "",
    ],
)
def test_entities_and_document_types_are_refused(ending, root, subset):
    data = f'<?xml version="1.0"?>\n<!DOCTYPE {root} {subset}>\n<{root}>&l9;&x;</{root}>'
    assert refusal(f"map{ending}", data.encode()).startswith("Line 2: the file defines its own entities")


@pytest.mark.parametrize(("ending", "root"), ROOTS.items())
@pytest.mark.parametrize("closed", [True, False])
def test_bottomless_xml_is_refused(ending, root, closed):
    data = f"<{root}>" + "<node>" * DEEP + ("</node>" * DEEP + f"</{root}>" if closed else "")
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
        ("noending", b"<map/>"),
        ("../../etc/passwd", b"root"),
    ],
)
def test_what_is_too_much_is_refused_at_once(name, data):
    assert refusal(name, data)


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


@given(st.fixed_dictionaries({"nodes": values, "edges": values}))
def test_any_canvas_is_a_map_or_a_refusal(board):
    import json

    _read_or_refuse(".canvas", json.dumps(board).encode())


def _read_or_refuse(ending, data):
    try:
        found = read_map(f"map{ending}", data)
    except MapFileError:
        return
    else:
        ids = {node.id for node in found.nodes}
        assert all({edge.source, edge.target} <= ids for edge in found.edges)

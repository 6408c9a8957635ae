"""What the benches write down."""

from benchmarks import Row, at_least
from benchmarks.__main__ import BENCHES, DOCUMENT, table


def test_every_bench_has_its_place_in_the_document():
    text = DOCUMENT.read_text()
    places = [(text.find(f"<!-- {name} -->\n"), text.find(f"<!-- end of {name} -->")) for name in BENCHES]
    assert all(0 <= start < end for start, end in places)


def test_a_table_tells_what_was_met_and_what_is_measured_elsewhere():
    rows = [
        at_least("frames", 49, 50, "frames/s"),
        at_least("frames", 50, 50, "frames/s"),
        Row("lost", None, "", "≤ 0", note="elsewhere"),
    ]
    assert table(rows, "here").splitlines()[-3:] == [
        "| frames | 49 frames/s | ≥ 50 frames/s | missed |  |",
        "| frames | 50 frames/s | ≥ 50 frames/s | met |  |",
        "| lost | — | ≤ 0 |  | elsewhere |",
    ]

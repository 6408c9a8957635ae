"""The bench of drawing together, with small counts: that it measures, never how fast."""

from benchmarks import drawing


def test_every_figure_is_there():
    rows = drawing.main(tablets=(2,), seconds=2, runs=1, folded=50, nodes=60)
    *measured, proof = rows
    assert [row.name.split(" of ")[0].split(", ")[0] for row in measured] == [
        "Fold",
        *["All measures"] * 3,
        "An operation to 2 other tablets",
    ]
    assert all(row.value is not None and row.target for row in measured)
    assert measured[-1].note.startswith("runs of 2 s: ")
    assert proof.value is None
    assert "make proof" in proof.note

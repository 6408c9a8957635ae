"""The bench of a large meeting, with small counts: that every stage follows, never how fast."""

from benchmarks import meeting


def test_every_stage_follows_every_move():
    half, most, last, page, slow, ratio, _ratio95, panel, slowest, *memory = meeting.main(
        stages=6, most=10, moves=3
    )
    assert half.note == "of 18 arrivals"
    assert 0 < half.value <= most.value <= last.value
    assert most.target == "≤ 200"
    assert 0 < page.value <= slow.value
    assert 0 < panel.value <= slowest.value
    assert ratio.value
    assert [row.target for row in memory] == ["≤ 250"] * 3
    assert all(row.value for row in memory)

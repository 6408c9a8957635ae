"""The bench of maps in a browser, with small counts: that it measures, never how fast."""

import pytest

from benchmarks import map_browser

pytestmark = pytest.mark.browser


def test_every_figure_is_there_also_where_there_is_no_npm(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(map_browser, "REST", 300)
    monkeypatch.setattr(map_browser, "MOVES", 24)
    monkeypatch.setitem(map_browser.EDITED, 12, 50)
    rows = map_browser.main(sizes=(12,), beside=30, turns=2)
    opened, moved, beside = rows[:6], rows[6:10], rows[10:]
    assert [row.name.split(",")[0] for row in opened] == [
        "First picture of 12 nodes",
        "… ready to be touched",
        "… own edit to be seen",
    ] * 2
    assert all(row.value and row.value > 0 for row in opened)
    assert [row.name.split(",")[0] for row in moved] == ["12 nodes moved", "12 nodes pinched"] * 2
    assert all(row.target == "≥ 50" and row.note.startswith("12 drawn") for row in moved)
    assert beside[0].value is None
    assert beside[0].note.endswith("there is no npm here")
    assert 1 < (beside[1].value or 0) < 100, "px of letters"

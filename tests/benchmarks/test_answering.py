"""The bench of answering, with small counts: that nothing is lost or doubled, never how fast."""

from benchmarks import answering


def test_twenty_people_lose_nothing_and_double_nothing():
    half, most, lost, twice, wrong, locked = answering.main(people=20, questions=3, seconds=2)
    assert half.value
    assert most.value
    assert most.target == "≤ 200"
    assert [row.value for row in (lost, twice, wrong, locked)] == [0, 0, 0, 0]
    assert lost.note == "of 60"

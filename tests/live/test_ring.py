import uuid

import pytest

from cocreate.core.audience import Audience, Visibility
from cocreate.live.ring import Entry, Ring, TooFarBehind


def entry(seq: int, subject: uuid.UUID | None = None, *, is_removal: bool = False) -> Entry:
    return Entry(seq, ("note", subject or uuid.uuid4()), is_removal, Audience(Visibility.SPACE))


def seqs(ring: Ring, after: int, limit: int = 100) -> list[int]:
    return [found.seq for found in ring.after(after, limit)[0]]


def test_gives_what_is_newer_in_order():
    ring = Ring(10, 4)
    ring.append([entry(5), entry(6), entry(7)])
    assert seqs(ring, 4) == [5, 6, 7]
    assert seqs(ring, 6) == [7]
    assert seqs(ring, 7) == []


def test_takes_nothing_twice():
    ring = Ring(10, 0)
    ring.append([entry(1), entry(2), entry(3)])
    ring.append([entry(1), entry(2)])
    assert ring.head == 3
    assert seqs(ring, 0) == [1, 2, 3]


def test_gives_no_more_than_asked_and_says_how_far_it_came():
    ring = Ring(10, 0)
    ring.append([entry(n) for n in range(1, 8)])
    found, reached = ring.after(1, 3)
    assert [e.seq for e in found] == [2, 3, 4]
    assert reached == 4


def test_a_reader_ahead_of_the_ring_stays_where_it_is():
    assert Ring(10, 3).after(5, 100) == ([], 5)


def test_the_oldest_fall_off():
    ring = Ring(3, 0)
    ring.append([entry(n) for n in range(1, 8)])
    assert seqs(ring, 4) == [5, 6, 7]
    with pytest.raises(TooFarBehind):
        ring.after(3, 100)


def test_can_be_extended_back():
    ring = Ring(10, 5)
    ring.append([entry(6)])
    with pytest.raises(TooFarBehind):
        ring.after(2, 100)
    ring.extend_back(2, [entry(n) for n in (3, 4, 5, 6)])
    assert seqs(ring, 2) == [3, 4, 5, 6]


def test_rows_that_are_gone_leave_no_hole_to_wait_in():
    ring = Ring(10, 0)
    ring.append([entry(1), entry(4)])
    assert ring.after(0, 100)[1] == 4
    assert seqs(ring, 0) == [1, 4]


def test_a_later_word_about_the_same_makes_an_entry_look_different():
    subject = uuid.uuid4()
    first, other = entry(1, subject), entry(2)
    ring = Ring(10, 0)
    ring.append([first, other])
    assert (ring.changed_at(first), ring.changed_at(other)) == (1, 2)
    ring.append([entry(3, subject)])
    assert (ring.changed_at(first), ring.changed_at(other)) == (3, 2)


def test_a_removal_makes_everything_look_different():
    first = entry(1)
    ring = Ring(10, 0)
    ring.append([first, entry(2, is_removal=True)])
    assert ring.changed_at(first) == 2

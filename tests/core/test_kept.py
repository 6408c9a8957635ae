"""What is drawn once and shown often."""

import pytest

from cocreate.core import kept
from cocreate.core.kept import keep, let_go


@pytest.fixture(autouse=True)
def _nothing_kept():
    let_go()
    yield
    let_go()


def drawings(words="een kaart"):
    """A drawing, and how often it was made."""
    made = []

    def draw():
        made.append(words)
        return words

    return draw, made


def test_the_same_is_drawn_once():
    draw, made = drawings()
    assert [keep(("map", 1), draw), keep(("map", 1), draw)] == ["een kaart", "een kaart"]
    assert len(made) == 1


def test_something_else_is_drawn_anew():
    draw, made = drawings()
    keep(("map", 1), draw)
    keep(("map", 2), draw)
    assert len(made) == 2


def test_a_drawing_that_fails_is_not_kept():
    def fail():
        raise LookupError

    for _ in range(2):
        with pytest.raises(LookupError):
            keep(("map", 1), fail)
    draw, _made = drawings()
    assert keep(("map", 1), draw) == "een kaart"


def test_when_words_are_taken_back_nothing_stays_in_memory():
    draw, made = drawings()
    keep(("map", 1), draw)
    let_go()
    keep(("map", 1), draw)
    assert len(made) == 2


def test_what_was_looked_at_longest_ago_makes_room(monkeypatch):
    monkeypatch.setattr(kept, "MOST", 20)
    draw, made = drawings("twaalf tekens")
    keep(("map", 1), draw)
    keep(("map", 2), draw)  # together more than 20 letters: the first one goes
    keep(("map", 2), draw)
    assert len(made) == 2
    keep(("map", 1), draw)
    assert len(made) == 3


def test_one_that_is_too_large_for_all_is_shown_all_the_same(monkeypatch):
    monkeypatch.setattr(kept, "MOST", 5)
    draw, _made = drawings("meer dan vijf")
    assert keep(("map", 1), draw) == "meer dan vijf"


def test_what_went_makes_room_for_what_comes(monkeypatch):
    monkeypatch.setattr(kept, "MOST", 30)  # room for two
    draw, made = drawings("twaalf tekens")
    for number in range(50):
        keep(("map", number), draw)
    keep(("map", 48), draw)
    keep(("map", 49), draw)
    assert len(made) == 50
    let_go()
    keep(("map", 1), draw)
    keep(("map", 2), draw)
    keep(("map", 1), draw)
    assert len(made) == 52

"""Never a sensitive question first, and never one last."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate.indicators.order import End, Misplaced, better, is_light, misplaced

orders = st.lists(st.integers(0, 3), max_size=12)


def seen(sensitivities):
    return [sensitivities[place] for place in better(sensitivities)]


def test_a_sensitive_question_at_an_end_is_named_with_a_light_one_to_put_there():
    assert misplaced([2, 0, 1, 3]) == (Misplaced(End.FIRST, 0, 1), Misplaced(End.LAST, 3, 2))
    assert misplaced([0, 3, 2, 1]) == ()
    assert misplaced([]) == ()


def test_one_light_question_cannot_stand_at_both_ends():
    assert misplaced([0, 2]) == (Misplaced(End.LAST, 1, None),)
    assert misplaced([2, 0, 2]) == (Misplaced(End.FIRST, 0, 1), Misplaced(End.LAST, 2, None))
    assert misplaced([3]) == (Misplaced(End.FIRST, 0, None), Misplaced(End.LAST, 0, None))
    assert misplaced([1]) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [([2, 0, 1, 3], (1, 0, 3, 2)), ([0, 2, 1], (0, 1, 2)), ([3, 2], (0, 1)), ([2, 0], (1, 0)), ([], ())],
)
def test_only_what_has_to_move_moves(before, after):
    assert better(before) == after


@given(orders)
def test_a_better_order_has_the_same_questions(sensitivities):
    assert sorted(better(sensitivities)) == list(range(len(sensitivities)))


@given(orders)
def test_with_two_light_questions_a_better_order_is_a_good_one(sensitivities):
    wrong = misplaced(seen(sensitivities))
    if sum(map(is_light, sensitivities)) >= 2:
        assert wrong == ()
    elif any(map(is_light, sensitivities)):
        assert all(each.end is End.LAST for each in wrong)


@given(orders)
def test_what_is_good_stays_and_better_twice_is_better_once(sensitivities):
    same = tuple(range(len(sensitivities)))
    if not misplaced(sensitivities):
        assert better(sensitivities) == same
    assert better(seen(sensitivities)) == same


@given(orders)
def test_light_ones_and_sensitive_ones_keep_their_order_among_themselves(sensitivities):
    for light in (True, False):
        kind = [place for place in better(sensitivities) if is_light(sensitivities[place]) is light]
        assert kind == sorted(kind)


@given(orders)
def test_what_is_suggested_is_light_and_stands_somewhere_else(sensitivities):
    found = misplaced(sensitivities)
    for each in found:
        assert not is_light(sensitivities[each.place])
        assert each.instead is None or is_light(sensitivities[each.instead])
    used = [each.instead for each in found if each.instead is not None]
    assert len(set(used)) == len(used)

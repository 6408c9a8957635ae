"""Changing a questionnaire that is data."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate.indicators import edits
from cocreate.indicators.instrument_files import read_instrument, write_instrument
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.scoring import InstrumentError, Item, score
from tests.indicators.asking import make_full, make_instrument

FULL = make_full()
KEYS = [item.key for item in FULL.items]
OFTEN = ("never", "some", "often")
answers = st.fixed_dictionaries(
    {},
    optional={
        **{key: st.sampled_from(OFTEN) for key in ("sun", "rain", "bees", "weeds")},
        **{key: st.integers(0, 10) for key in ("now", "later")},
        "story": st.just("Het werd groen."),
    },
)


@given(answers, st.lists(st.sampled_from(KEYS), unique=True))
def test_without_its_words_a_question_counts_as_it_did(given_answers, keys):
    silent = FULL
    for key in keys:
        silent = edits.taken_back(silent, key, "…")
    assert score(silent, given_answers) == score(FULL, given_answers)
    assert read_instrument(write_instrument(silent)) == silent
    for item in FULL.items:
        assert (edits.item_of(silent, item.key).text == "…") is (item.key in keys)


def test_the_words_of_others_with_the_same_answers_stay():
    silent = edits.taken_back(FULL, "sun", "…")
    assert edits.posed(silent, "rain") == edits.posed(FULL, "rain")
    assert [each.label for each in edits.posed(silent, "sun").answers.options] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "shape",
    [
        AnswerShape(AnswerKind.FIVE_POINTS, tuple("abcde")),
        AnswerShape(AnswerKind.TRIAD, tuple("abc")),
        AnswerShape(AnswerKind.COUNT, (), "keer", highest=40),
        AnswerShape(AnswerKind.HAVE_AND_WISH, ("a", "b"), "keer", 1, 9),
        AnswerShape(AnswerKind.OPEN),
    ],
)
def test_every_way_to_answer_can_go_without_words(shape):
    one = make_instrument(answers={"a": shape}, items=(Item("a", "Hoe?", "a"),), total=None)
    silent = edits.posed(edits.taken_back(one, "a", "…"), "a").answers
    assert (silent.kind, silent.ends, len(silent.labels)) == (shape.kind, shape.ends, len(shape.labels))
    assert not {*silent.labels, silent.unit} & {"a", "b", "keer"}


@given(answers, st.permutations(KEYS))
def test_another_order_counts_the_same(given_answers, keys):
    moved = edits.in_order(FULL, keys)
    assert [item.key for item in moved.items] == list(keys)
    assert score(moved, given_answers) == score(FULL, given_answers)


@given(answers)
def test_one_question_more_or_other_words_count_the_same(given_answers):
    more = edits.with_question(
        FULL, edits.next_key(FULL), edits.Posed("Nog iets?", AnswerShape(AnswerKind.OPEN)), 2
    )
    other = edits.retold(FULL, "sun", "Anders?", 3)
    for changed in (more, other):
        assert score(changed, given_answers) == score(FULL, given_answers)
    assert more.items[-1].sensitivity == 2


def test_what_counts_or_is_the_last_cannot_go():
    for key in KEYS:
        if key in edits.scored(FULL):
            with pytest.raises(InstrumentError):
                edits.without(FULL, key)
        else:
            assert key not in {item.key for item in edits.without(FULL, key).items}
    alone = replace(FULL, items=FULL.items[-1:], scales=(), total=None, flags=(), groupings=())
    with pytest.raises(InstrumentError):
        edits.without(alone, "story")

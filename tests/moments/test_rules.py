"""When two names of what helped are the same name."""

import pytest

from cocreate.moments.rules import key_of, one_line


@pytest.mark.parametrize(
    "other", ["ER WAS TIJD", "  er  was\ttijd ", "Er\u00a0was tijd", "er was tij\uff44", "Er was\ntijd"]
)
def test_capitals_spaces_and_ways_of_writing_make_no_difference(other):
    assert key_of(other) == key_of("Er was tijd")


def test_a_letter_with_an_accent_is_the_same_however_it_is_put_together():
    assert key_of("Caf\u00c9") == key_of("cafe\u0301")


@pytest.mark.parametrize("other", ["Er was tijd.", "Er was de tijd", "Cafe", "Er wastijd"])
def test_other_words_are_another_name(other):
    assert key_of(other) not in (key_of("Er was tijd"), key_of("Café"))


@pytest.mark.parametrize(
    ("typed", "kept"), [(" Mijn\r\n zus ", "Mijn zus"), ("", None), (None, None), (" \n ", None)]
)
def test_a_name_is_one_line(typed, kept):
    assert one_line(typed) == kept

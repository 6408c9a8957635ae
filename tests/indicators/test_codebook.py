"""The codebook: a line for each column, with all that is needed to read it."""

from dataclasses import replace

from cocreate.indicators.codebook import FACTS, HEADER, Version, asked_in, codebook
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.scoring import Instrument, Item
from tests.indicators.tables_by_hand import ASKED, COLUMNS


def lines(asked=ASKED, say=str):
    header, *found = codebook(asked, say)
    assert header == list(HEADER)
    return {line[0]: dict(zip(HEADER, line, strict=True)) for line in found}


def test_every_column_has_its_line_in_its_place():
    assert list(lines()) == [*FACTS, *COLUMNS]
    assert COLUMNS[3:8] == ["hours_have", "hours_wish", "place_left", "place_right", "place_top"]


def test_a_line_tells_question_kind_ends_scales_and_how_delicate_it_is():
    line = lines()["grade"]
    assert (line["question"], line["kind"]) == ("Vraag grade?", "scale_0_10")
    assert (line["lowest"], line["highest"], line["labels"]) == (0, 10, "slecht; goed")
    assert (line["reversed"], line["scales"], line["sensitivity"]) == ("no", "mood", 2)
    assert (line["versions"], line["language"], line["questionnaire"]) == ("1", "nl", "Ons plein")
    assert "missing:rather_not_say" in line["missing"]
    assert lines()["feel"]["reversed"] == "yes"


def test_codes_stand_with_what_people_read_and_what_they_count_for():
    assert lines()["often"]["codes"] == "never = Nooit (0); ever = Wel eens (1)"
    assert lines()["agree"]["codes"] == "yes; more_or_less; no"
    assert (lines()["hours_wish"]["part"], lines()["hours_wish"]["unit"]) == ("wish", "uur")


def test_what_stands_beside_the_answers_is_told_in_the_readers_language():
    assert lines(say=str.upper)["round"]["question"] == FACTS["round"].upper()


def scale(**shapes):
    answers = {key: AnswerShape(kind, unit=unit) for key, (kind, unit) in shapes.items()}
    return Instrument("own", "Ons", answers, tuple(Item(key, "Vraag?", key) for key in shapes))


TEN, PAIR = (AnswerKind.SCALE_0_10, ""), (AnswerKind.HAVE_AND_WISH, "uur")


def test_no_two_columns_have_one_name():
    asked = asked_in([Version(scale(person=TEN, q_have=TEN, q=PAIR))])
    columns = [column for each in asked for column in each.columns]
    assert columns == ["person_v1", "q_have", "q_have_v1", "q_wish_v1"]


def test_a_question_that_stays_has_one_column_and_a_changed_one_another():
    first = Version(scale(a=TEN, b=TEN), 1, {"a": "1", "b": "2"})
    second = Version(scale(c=TEN, b=TEN), 2, {"c": "1", "b": "3"})
    asked = asked_in([second, first])
    assert [each.columns for each in asked] == [("a",), ("b",), ("b_v2",)]
    assert [each.items for each in asked] == [{1: "a", 2: "c"}, {1: "b"}, {2: "b"}]
    assert [line["versions"] for line in lines(asked).values()][len(FACTS) :] == ["1; 2", "1", "2"]


def test_the_same_question_with_other_answers_is_another_column():
    first, second = scale(a=TEN), scale(a=PAIR)
    asked = asked_in([Version(first, 1, {"a": "1"}), Version(replace(second, version=2), 2, {"a": "1"})])
    assert [each.columns for each in asked] == [("a",), ("a_have", "a_wish")]


def test_a_question_that_was_taken_back_is_in_no_table():
    asked = asked_in([Version(scale(a=TEN, b=TEN), 1, {"b": "2"})])
    assert [each.columns for each in asked] == [("b",)]

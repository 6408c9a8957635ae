"""Tables as files: harmless to programs that calculate, exact on the way back, not broken by any file."""

import csv
import random
import time
import zipfile
from contextlib import suppress
from datetime import date
from io import BytesIO, StringIO

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import TYPE_FORMULA

from cocreate.core.tables import storable
from cocreate.indicators.figures import Figure, Figures
from cocreate.indicators.tables import (
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_PROBLEMS,
    MAX_ROWS,
    Shown,
    TableError,
    arm,
    defuse,
    figure_rows,
    lay_out,
    read_back,
    read_given,
    read_table,
    shown_voices,
    write_csv,
    write_xlsx,
)
from tests.indicators.tables_by_hand import ANSWERS, ASKED, COLUMNS, PLACE, told

ORDERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LEFT_ALONE = ("'s avonds", "'t gaat", "''", "", "5", "a=b", "e-mail", "’s ochtends")
texts = st.text() | st.builds(
    "{}{}{}".format, st.text("' \t\u00a0\u200b"), st.sampled_from(ORDERS), st.text()
)


@given(texts)
def test_a_defused_text_is_no_order_and_comes_back_exactly(text):
    defused = defuse(text)
    assert arm(defused) == text
    assert not defused.lstrip().startswith(ORDERS)
    assert not defused.startswith(ORDERS)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("before", ["", " ", "\u00a0", "\u200b", "\ufeff ", "'", "''"])
def test_what_could_be_an_order_gets_an_apostrophe(order, before):
    assert defuse(f"{before}{order}1+1") == f"'{before}{order}1+1"


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_other_words_stay_as_they_are(text):
    assert defuse(text) == arm(text) == text


def kept(text):
    return storable(text) or None


@given(
    st.lists(st.lists(texts | st.integers(-(10**9), 10**9), min_size=1, max_size=4), min_size=1, max_size=4)
)
def test_csv_holds_no_order_and_comes_back(rows):
    content = write_csv(rows)
    for row in csv.reader(StringIO(content.decode("utf-8-sig"), newline="")):
        for cell in row:
            assert cell.lstrip("-").isdigit() or not cell.startswith(ORDERS)
    back = [[*row, *[None] * 4][:4] for row in _read(content)]
    wanted = [[kept(cell) if isinstance(cell, str) else str(cell) for cell in row] for row in rows]
    _same(back, wanted)


@given(
    st.lists(st.lists(texts | st.integers(-(10**9), 10**9), min_size=1, max_size=4), min_size=1, max_size=4)
)
def test_a_workbook_holds_no_formula_and_comes_back(rows):
    assume(not any("x005F_" in cell for row in rows for cell in row if isinstance(cell, str)))
    content = write_xlsx({"answers": rows})
    for row in load_workbook(BytesIO(content)).active.iter_rows():
        assert all(cell.data_type != TYPE_FORMULA and cell.hyperlink is None for cell in row)
    _same(_read(content), [[kept(cell) if isinstance(cell, str) else cell for cell in row] for row in rows])


def _read(content):
    with suppress(TableError):  # of nothing but empty cells
        return read_table(content)
    return []


def _same(back, wanted):
    """Empty cells at the end of a line, and empty lines at the end, are none."""

    def bare(rows):
        rows = [list(row) for row in rows]
        for row in rows:
            while row and row[-1] is None:
                row.pop()
        while rows and not rows[-1]:
            rows.pop()
        return rows

    assert bare(back) == bare(wanted)


def test_numbers_stay_numbers_in_a_workbook():
    (line,) = load_workbook(BytesIO(write_xlsx({"a": [[3, -4, "3", "-4"]]}))).active.iter_rows(
        values_only=True
    )
    assert line == (3, -4, "3", "'-4")


def test_a_text_too_long_for_a_cell_is_cut_and_says_so():
    assert read_table(write_xlsx({"a": [["x" * 40_000]]})) == [["x" * 32_766 + "…"]]


# Voices


@given(st.dictionaries(st.integers(), st.sampled_from([None, "a", "b", "c", "d"])), st.integers(2, 6))
def test_nobody_is_alone_with_a_voice_or_outside_all_voices(voices, least):
    people = {str(person): voice for person, voice in voices.items()}
    shown = shown_voices(people, least)
    assert shown.keys() == people.keys()
    for voice in set(shown.values()):
        group = [person for person, one in shown.items() if one == voice]
        assert len(group) >= least or len(group) == len(people)
        rest = len(people) - len(group)
        assert rest == 0 or rest >= least
        assert voice in ("", "other") or {people[person] for person in group} == {voice}
    assert not {"", "other"} <= set(shown.values())


def test_small_voices_are_the_others_and_take_one_along_when_they_are_too_few():
    people = {f"a{n}": "a" for n in range(8)} | {f"b{n}": "b" for n in range(6)} | {"c": "c"}
    assert shown_voices(people, 5) | {"c": "other", "b0": "other", "a0": "a"} == shown_voices(people, 5)


# Rows out


def test_a_row_holds_what_somebody_answered_in_a_round():
    rows, people = lay_out(ASKED, told("x", 1, is_by_helper=True), 1, random.shuffle)
    assert people == 1
    assert rows[0] == ["person", "voice", "round", "on", "by_helper", "on_paper", *COLUMNS]
    said = [0, 5, "more_or_less", 1, 6, 20, 30, 50, "'s avonds wel", "never"]
    assert rows[1] == [1, "resident", 1, "2026-11", 1, 0, *said]


def test_words_that_were_not_shown_stay_away_and_so_does_who_told_nothing_else():
    (_, row), people = lay_out(ASKED, told("x", is_shown=False), 1, random.shuffle)
    assert row[COLUMNS.index("words") + 6] is None
    rows, people = lay_out(ASKED, told("x", answers={"words": "geheim"}, is_shown=False), 1, random.shuffle)
    assert (len(rows), people) == (1, 0)


def test_numbers_and_order_of_people_are_drawn_anew():
    some = [each for n in range(30) for each in told(f"p{n:02}", answers={"hours": [n % 10, n // 10]})]
    seen = {str(lay_out(ASKED, some, 5, random.Random(seed).shuffle)[0]) for seed in range(5)}
    assert len(seen) == 5
    rows, _ = lay_out(ASKED, some, 5, random.Random(1).shuffle)
    assert [row[0] for row in rows[1:]] == list(range(1, 31))


def test_my_own_answers_are_words_i_can_read():
    header, *lines = read_back(ASKED, told("me", 1, is_shown=False))
    assert [header, lines[0]] == [
        ["round", "month", "question", "part", "answer", "no_answer_because"],
        [1, "2026-11", "Vraag grade?", None, 0, None],
    ]
    assert [line[3:5] for line in lines if line[2] == "Vraag hours?"] == [["have", 1], ["wish", 6]]
    assert [line[4] for line in lines][-2:] == ["'s avonds wel", "Nooit"]


# Rows in


def table(*rows, columns=("person", "voice", "round", "on", "by_helper", "on_paper", *COLUMNS)):
    return [list(columns), *map(list, rows)]


def wrong(*rows, columns=("person", "round", *COLUMNS)):
    found = read_given(table(*rows, columns=columns), PLACE)
    assert found.given == [] or found.problems
    return [(each.line, each.column, each.message % each.params) for each in found.problems]


def test_what_goes_out_comes_in_the_same():
    rows, _ = lay_out(ASKED, told("x", 1, is_by_helper=True), 1, random.shuffle)
    for content in (write_csv(rows), write_xlsx({"answers": rows})):
        (back,) = read_given(read_table(content), PLACE).given
        assert {key: value for key, (value, _missing) in back.answers.items()} == ANSWERS
        assert (back.person, back.round, back.voice, str(back.on)) == ("1", 1, "R", "2026-11-01")
        assert back.is_by_helper


answers = st.fixed_dictionaries(
    {},
    optional={
        "grade": st.integers(0, 10),
        "feel": st.integers(1, 5),
        "agree": st.sampled_from(["yes", "more_or_less", "no"]),
        "hours": st.lists(st.integers(0, 10), min_size=2, max_size=2),
        "words": (texts | st.sampled_from(["missing:x", "\\missing:do_not_know"]))
        .map(lambda words: storable(words).strip())
        .filter(bool),
        "often": st.sampled_from(["never", "ever"]),
    },
)


@given(answers)
def test_any_answers_go_out_and_come_in_the_same(some):
    assume("x005F_" not in some.get("words", ""))
    rows, _ = lay_out(ASKED, told("x", answers=some), 1, random.shuffle)
    for content in (write_csv(rows), write_xlsx({"answers": rows})):
        back = read_given(read_table(content), PLACE).given
        assert [{key: value for key, (value, _) in each.answers.items()} for each in back] == [some] * bool(
            some
        )


def test_a_missing_answer_has_its_code_and_never_becomes_a_number():
    row = ["a", 0, "missing:rather_not_say", None, None, "missing:do_not_know", "missing:do_not_know"]
    (found,) = read_given(table(row, columns=("person", "round", *COLUMNS)), PLACE).given
    assert found.answers == {"grade": (None, "rather_not_say"), "hours": (None, "do_not_know")}


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        ({"grade": 11}, "grade", "The highest number here is 10."),
        ({"grade": "7,5"}, "grade", "Only whole numbers fit here."),
        ({"grade": "veel"}, "grade", "This is no number."),
        ({"grade": "missing:zin"}, "grade", "This is not one of the answers. The codebook has all codes."),
        ({"often": "soms"}, "often", "This is not one of the answers. The codebook has all codes."),
        ({"hours_have": 1}, "hours_have", "All parts must be filled in, or none."),
        (
            {"hours_have": "missing:do_not_know", "hours_wish": 3},
            "hours_have",
            "All parts must be filled in, or none.",
        ),
        (
            {"place_left": 1, "place_right": 1, "place_top": 1},
            "place_left",
            "The three parts must make 100 together.",
        ),
        ({"round": 7}, "round", "There is no such round. Rounds here go from 0 to 1."),
        ({"round": None}, "round", "There is no such round. Rounds here go from 0 to 1."),
        ({"person": None, "grade": 1}, "person", "Say with a number or a short word which person this is."),
        ({"voice": "koning"}, "voice", "“koning” is no voice of this space."),
        ({"on": "vorige week"}, "on", "Write the year and the month like this: 2026-11."),
        ({"on": "2027-01"}, "on", "This month has not come yet."),
        ({"by_helper": "misschien"}, "by_helper", "Write 1 or 0 here."),
    ],
)
def test_what_is_wrong_is_told_with_line_and_column(cells, column, said):
    facts = {"person": "a", "round": 0, **cells}
    assert wrong(["x", 0, *[None] * 10, None, None, None], facts.values(), columns=_columns(facts)) == [
        (3, column, said)
    ]


def _columns(facts):
    whole = {"hours_have": ("hours_have", "hours_wish"), "place_left": ()}
    return list(dict.fromkeys([*facts, *(each for name in facts for each in whole.get(name, ()))]))


def test_what_is_wrong_with_the_columns_is_told_first():
    assert wrong(["a", 9], columns=["person", "round", "kleur", "grade", "grade", "hours_wish"]) == [
        (1, "kleur", "We do not know this column. The codebook has all names."),
        (1, "grade", "This column is there twice."),
        (1, "hours_have", "This column is missing."),
    ]
    assert [each[1] for each in wrong([1], columns=["grade"])] == ["person", "round"]


def test_nobody_is_there_twice_or_with_two_voices():
    columns = ("person", "round", "voice")
    found = wrong(["a", 0, "youth"], ["a", 0, "youth"], ["a", 1, "resident"], columns=columns)
    assert found == [
        (3, "person", "This person has this round already, in line 2."),
        (4, "voice", "This person has another voice in line 2."),
    ]


def test_a_table_of_nobody_is_told():
    assert wrong() == [(1, "person", "Nobody is in this table.")]


def test_of_very_much_that_is_wrong_only_the_beginning_is_told():
    found = read_given(table(*[["a", 9]] * 100, columns=("person", "round")), PLACE)
    assert (len(found.problems), found.wrong) == (MAX_PROBLEMS, 100)


# Figures of groups


def figures(**by_voice):
    """Figures as disclosure gives them; an empty name is that of the other voices."""
    groups = {voice.strip("_") or None: parts for voice, parts in by_voice.items()}
    whole = [Figure(sum(part.n for part in parts), {}) for parts in zip(*groups.values(), strict=True)]
    return Figures(groups, tuple(whole))


def rows_of(key, shown):
    asked = next(each for each in ASKED if each.item.key == key)
    header, *rows = figure_rows([Shown(asked, 1, shown)], {"own-1-oma": "Oma's"})
    assert header[2:] == ["round", "voice", "people", "mean", "untold", "answer", "how_often"]
    return [[row[0], *row[2:]] for row in rows]


def test_figures_of_groups_are_what_is_told_and_no_more():
    most = (Figure(7, {4: 4}),)
    whole = (Figure(5, {0: 2, 10: 3}),)
    assert rows_of("grade", figures(resident=whole, _=most)) == [
        ["grade", 1, "all", 12, None, 12, None, None],
        ["grade", 1, "resident", 5, 6.0, 0, 0, 2],
        ["grade", 1, "resident", 5, 6.0, 0, 10, 3],
        ["grade", 1, "other", 7, None, 3, 4, 4],
    ]


def test_a_pair_is_told_in_both_columns_and_choices_by_their_codes_without_a_mean():
    pair = {"own-1-oma": (Figure(5, {1: 5}), Figure(5, {6: 5}))}
    assert [row[:3] for row in rows_of("hours", figures(**pair))][2:] == [
        ["hours_have", 1, "Oma's"],
        ["hours_wish", 1, "Oma's"],
    ]
    for key, codes in (("often", ["never", "ever"]), ("agree", ["yes", "more_or_less"])):
        rows = rows_of(key, figures(resident=(Figure(6, {0: 3, 1: 3}),)))
        assert [[row[4], row[6]] for row in rows[1:]] == [[None, code] for code in codes]


def test_of_what_is_not_shown_there_is_no_row():
    assert rows_of("grade", Figures()) == []


# Files of others


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_csv_of_other_programs_is_read(mark, encoding):
    content = f'person{mark}round{mark}"words"\r\nän{mark}0{mark}"a{mark}b"\r\n'.encode(encoding)
    assert read_table(content) == [["person", "round", "words"], ["än", "0", f"a{mark}b"]]


def test_workbooks_of_other_programs_are_read():
    book = Workbook()
    book.active.append(["person", "on", "grade", "agree"])
    book.active.append([3, date(2026, 11, 4), 7.0, True])
    content = BytesIO()
    book.save(content)
    assert read_table(content.getvalue()) == [["person", "on", "grade", "agree"], [3, "2026-11-04", 7, 1]]


def workbook(**parts):
    """A workbook as a program makes it, with these parts instead."""
    made, content = BytesIO(write_xlsx({"a": [["person"]]})), BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name, None) or old.read(name))
        for name, data in parts.items():
            new.writestr(name, data)
    return content.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(rows, head=""):
    return f'{head}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()


HOSTILE = {
    "empty": b"  ",
    "too large": b"a" * (MAX_BYTES + 1),
    "no letters": b"person,round\n\xff\xfe\xff",
    "binary": b"\x89PNG\x00\x00\x00",
    "old workbook": b"\xd0\xcf\x11\xe0" + b"\x00" * 100,
    "open quotation": b'person,round\n"a,0\n',
    "too many columns": b"," * MAX_COLUMNS + b"x\n",
    "too many rows": b"1\n" * (MAX_ROWS + 2),
    "many cells": (b"1," * 49 + b"1\n") * 19_000,
    "commas only": b"," * (4 * 1024 * 1024),
    "half a zip": b"PK\x03\x04 nothing",
    "another zip": workbook(**{SHEET: b"no xml"}),
    "an entity": workbook(**{SHEET: HEAD + sheet('<row r="1"><c r="A1"><v>&x;</v></c></row>')}),
    "an entity in UTF-16": workbook(
        **{SHEET: ('<?xml version="1.0" encoding="UTF-16"?>' + LAUGHS.decode()).encode("utf-16")}
    ),
    "laughs": workbook(**{"xl/sharedStrings.xml": LAUGHS + b"<sst/>"}),
    "a bomb": workbook(**{SHEET: sheet("<row/>" * 900_000)}),
    "a wide bomb": workbook(**{f"xl/media/{n}.bin": b"\0" * 30_000_000 for n in range(2)}),
    "many parts": workbook(**{f"x/{n}": b"" for n in range(400)}),
    "far away": workbook(**{SHEET: sheet('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')}),
    "far to the side": workbook(**{SHEET: sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>')}),
    "no such text": workbook(**{SHEET: sheet('<row r="1"><c r="A1" t="s"><v>999</v></c></row>')}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_at_once_with_a_reason(name):
    began = time.perf_counter()
    with pytest.raises(TableError) as refused:
        read_table(HOSTILE[name])
    assert time.perf_counter() - began < 2  # a second on a quiet machine
    assert str(refused.value).endswith(".")


def test_the_result_of_a_formula_is_read_and_the_formula_is_not():
    cells = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>HYPERLINK("x")</f></c></row>'
    assert read_table(workbook(**{SHEET: sheet(cells), "xl/vbaProject.bin": b"macro"})) == [[2]]

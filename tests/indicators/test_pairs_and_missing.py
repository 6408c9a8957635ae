"""From answers to figures: who did not answer is in none, and have and wish are of the same people."""

import csv
import re
from fractions import Fraction
from io import StringIO

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cocreate.core.audience import Visibility
from cocreate.core.db import new_id, session
from cocreate.indicators.kinds import SKIPS, AnswerKind, AnswerShape
from cocreate.indicators.models import Instrument
from cocreate.indicators.service.answering import Given, Place, answer
from cocreate.indicators.service.rounds import close_round
from cocreate.indicators.service.tables import let_go_along
from cocreate.spaces.contributions import Arrival
from tests.factories import make_instrument, make_measuring, make_member, make_space

GRADE = AnswerShape(AnswerKind.SCALE_0_10)
HOURS = AnswerShape(AnswerKind.HAVE_AND_WISH, unit="uur")
NUMBERS, REASONS = st.integers(0, 10), st.sampled_from(SKIPS)
PEOPLE = st.lists(
    st.tuples(NUMBERS | REASONS | st.none(), st.tuples(NUMBERS, NUMBERS) | REASONS | st.none()),
    min_size=3,
    max_size=16,
)
ENOUGH, ENOUGH_TO_LEAVE = 5, 10
CLOSE = 1e-4
WIDE = [(0, (0, 4)), (2, (3, 1)), (4, (5, 9)), (6, (6, 6)), (8, (8, 10)), (10, (10, 7))]
SILENT = [(SKIPS[0], SKIPS[1]), (SKIPS[2], SKIPS[0]), (None, None)]
POINT = re.compile(r"([\d,]+) → ([\d,]+)</b>\s*<span>is → wens; verschil ([+−]?[\d,]+)</span>")


class Round:
    """People who answered a grade and a pair, each or why not, in a round that is over."""

    def __init__(self, people):
        self.space = make_space()
        instrument_id = make_instrument(self.space, GRADE, HOURS)
        self.measuring_id, round_id = make_measuring(self.space, instrument_id)
        items = [each.id for each in session().get(Instrument, instrument_id).items]
        for told in people:
            member = make_member(self.space)
            for item, value in zip(items, told, strict=True):
                if value is not None:
                    arrival = Arrival(new_id(), None, Visibility.MAKER)
                    answer(member.viewer, arrival, Place(round_id, item), said(value))
            let_go_along(member.viewer, self.measuring_id, True)
        close_round(self.space.steward.viewer, round_id)
        self.path = f"/spaces/{self.space.id}/measurings/{self.measuring_id}"


def said(value):
    if value in SKIPS:
        return Given(missing=value)
    if isinstance(value, tuple):
        return Given(have=str(value[0]), wish=str(value[1]))
    return Given(value=str(value))


def rows_of(answer):
    return list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig"), newline="")))


def mean(numbers):
    return Fraction(sum(numbers), len(numbers))


def read(number):
    return float(number.replace(",", ".").replace("−", "-"))


@given(PEOPLE)
@example(WIDE + SILENT)
@example(WIDE * 2 + SILENT)
@example(WIDE[:4] + SILENT)
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
def test_missing_is_in_no_figure_and_a_pair_is_of_the_same_people(app, new_browser, people):
    with app.app_context():
        round_ = Round(people)
    leading = new_browser(round_.space.steward)
    grades = [grade for grade, _pair in people if isinstance(grade, int)]
    pairs = [pair for _grade, pair in people if isinstance(pair, tuple)]
    found = rows_of(leading.get(f"{round_.path}/figures.csv"))
    columns = {"q1": grades, "q2_have": [have for have, _ in pairs], "q2_wish": [wish for _, wish in pairs]}
    counted = {column: _counted(found, column, told) for column, told in columns.items()}
    assert counted["q2_have"] == counted["q2_wish"]
    page = leading.get(f"{round_.path}/figures").text
    _the_page_tells_it_as_a_pair(page, pairs[: counted["q2_have"]])
    _rows_hold_reasons_as_reasons(leading.get(f"{round_.path}/table.csv"), people)


def _counted(found, column, told):
    """How many people are in the figures of a column: the first ones, for few who come later wait."""
    rows = [row for row in found if row["column"] == column]
    assert bool(rows) == (len(told) >= ENOUGH)
    if not rows:
        return 0
    (people,) = {int(row["people"]) for row in rows}
    assert len(told) - ENOUGH < people <= len(told)
    told = told[:people]
    for row in rows:
        assert not row["answer"] or 0 < int(row["how_often"]) <= told.count(int(row["answer"]))
        assert not row["mean"] or abs(float(row["mean"]) - mean(told)) < CLOSE
    return people


def _the_page_tells_it_as_a_pair(page, pairs):
    for have, wish, gap in POINT.findall(page):
        expected = mean([pair[0] for pair in pairs]), mean([pair[1] for pair in pairs])
        assert [read(have), read(wish)] == pytest.approx([float(each) for each in expected], abs=0.0501)
        assert read(gap) == pytest.approx(read(wish) - read(have), abs=1e-9)  # also for who subtracts


def _rows_hold_reasons_as_reasons(table, people):
    told = [each for each in people if each != (None, None)]
    assert (table.status_code == 200) == (len(told) >= ENOUGH_TO_LEAVE)
    if table.status_code == 200:
        rows = [(row["q1"], row["q2_have"], row["q2_wish"]) for row in rows_of(table)]
        assert sorted(rows) == sorted((cell(grade), *both(pair)) for grade, pair in told)


def cell(value):
    return "" if value is None else f"missing:{value}" if value in SKIPS else str(value)


def both(pair):
    return tuple(map(cell, pair)) if isinstance(pair, tuple) else (cell(pair), cell(pair))


def test_people_who_are_wide_apart_are_told_with_their_mean_and_gap(app, new_browser):
    """Else nothing of the above would ever be looked at."""
    with app.app_context():
        round_ = Round(WIDE + SILENT)
    leading = new_browser(round_.space.steward)
    (point,) = POINT.findall(leading.get(f"{round_.path}/figures").text)
    assert point == ("5,3", "6,2", "+0,9")
    found = {row["column"]: row["mean"] for row in rows_of(leading.get(f"{round_.path}/figures.csv"))}
    assert found == {"q1": "5.0", "q2_have": "5.3333", "q2_wish": "6.1667"}

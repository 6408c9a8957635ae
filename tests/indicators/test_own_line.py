"""My own line: every answer as it was, gaps where nothing was said, and only for who answered."""

import json
import re
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from cocreate.core.changes import changing
from cocreate.core.db import session
from cocreate.indicators import scoring
from cocreate.indicators.drawing.own_line import BELOW, LOW, Dot, line_svg, triangle_svg
from cocreate.indicators.instrument_files import write_instrument
from cocreate.indicators.kinds import AnswerKind, AnswerShape, Missing
from cocreate.indicators.models import Instrument, InstrumentItem, Measuring, Round
from cocreate.indicators.queries.guiding import lows_of
from cocreate.indicators.queries.own_line import LowWays, answers_given, own_lines, with_missed_rounds
from cocreate.indicators.queries.own_scores import own_scales
from cocreate.indicators.rules import Rhythm
from cocreate.indicators.service.measuring import open_round
from cocreate.privacy.service import withdraw_contribution
from cocreate.spaces.service import SpaceDraft, change_space
from tests.factories import make_answer, make_instrument, make_measuring, make_member, make_space

SCALE = AnswerShape(AnswerKind.SCALE_0_10)
PAIR = AnswerShape(AnswerKind.HAVE_AND_WISH, unit="uur")
FIRST = date(2026, 1, 5)
DAYS = st.lists(st.integers(0, 60), max_size=9)


def at(day):
    return datetime.combine(day, time(12), UTC)


class Asked:
    """A measuring with its questions, and rounds as they are needed."""

    def __init__(self, space, *shapes, **plan):
        self.space = space
        instrument_id = make_instrument(space, *shapes)
        self.measuring_id, first = make_measuring(space, instrument_id, **plan)
        self.rounds = {0: first}
        items = select(InstrumentItem).where(InstrumentItem.instrument_id == instrument_id)
        self.items = [item.id for item in session().scalars(items.order_by(InstrumentItem.position))]

    def round(self, number):
        if number not in self.rounds:
            with changing(self.space.id) as log:
                measuring = log.session.get(Measuring, self.measuring_id)
                baseline = log.session.get(Round, self.rounds[0])
                instrument = log.session.get(Instrument, baseline.instrument_id)
                self.rounds[number] = open_round(log, measuring, instrument, number)
        return self.rounds[number]

    def say(self, member, number, value=None, missing=None, on=None, item=0):
        on = on or FIRST + timedelta(days=30 * number)
        return make_answer(member, self.round(number), self.items[item], value, missing, created_at=at(on))


@pytest.fixture
def space(app):
    with app.app_context():
        yield make_space()


# The picture


def marks(svg, css):
    return re.findall(rf'<(?:circle|path) class="{css}"[^>]*>', svg)


def test_what_was_not_said_is_never_drawn_on_the_lowest_answer():
    dots = [Dot(FIRST, 0.0, "0", "0"), Dot(FIRST + timedelta(30), None, "rather not")]
    svg = line_svg(dots, "k", "T", "W")
    assert f'cy="{LOW:g}"' in marks(svg, "dot")[0]
    assert f'cy="{BELOW:g}"' in marks(svg, "unsaid")[0]


SHARES = st.lists(st.none() | st.floats(0, 1), min_size=1, max_size=30)


@given(SHARES, st.booleans())
def test_the_line_stops_where_nothing_was_said(shares, is_missed):
    dots = [
        Dot(FIRST + timedelta(30 * place), share, "x", is_missed=is_missed)
        for place, share in enumerate(shares)
    ]
    svg = line_svg(dots, "k", "T", "W")
    pieces = "".join("x" if share is not None else " " for share in shares).split()
    line = re.search(r'class="line" d="([^"]*)"', svg)
    assert (line[1].count("M") if line else 0) == len(pieces)
    assert len(marks(svg, "dot")) == sum(map(len, pieces))
    assert len(marks(svg, "missed" if is_missed else "unsaid")) == shares.count(None)


@given(DAYS)
def test_dots_stand_in_the_order_of_days_and_none_covers_another(gaps):
    days = [FIRST]
    for gap in gaps:
        days.append(days[-1] + timedelta(gap))
    svg = line_svg([Dot(day, 0.5, "x") for day in days], "k", "T", "W", is_joined=False)
    places = [float(each) for each in re.findall(r'class="dot" cx="([\d.]+)"', svg)]
    assert places == sorted(places)
    assert all(later - earlier > 9 for earlier, later in pairwise(places))
    assert 'class="line"' not in svg


def test_every_text_of_a_picture_is_escaped():
    svg = line_svg([Dot(FIRST, 0.5, "<b>", "<i>")], 'k"', "<h1>", "<p>")
    svg += triangle_svg([(0.2, 0.1)], 'k"', "<h1>", "<p>")
    assert not {"<b>", "<i>", "<h1>", "<p>"} & set(re.findall(r"<\w+>", svg)) - {"<g>", "<title>"}
    assert 'k""' not in svg


# What is read


def test_answers_of_all_measurings_to_the_same_question_are_one_line(space):
    member, asked = make_member(space), Asked(space)
    for number, value in ((0, 3), (1, 0), (2, 7)):
        asked.say(member, number, value)
    asked.say(member, 3, missing=Missing.RATHER_NOT_SAY)
    again = Asked.__new__(Asked)
    again.space, again.items = space, asked.items
    baseline = session().get(Round, asked.rounds[0])
    again.measuring_id, first = make_measuring(space, baseline.instrument_id, title="Weer")
    again.rounds = {0: first}
    again.say(member, 0, 9, on=FIRST + timedelta(days=200))
    (line,) = own_lines(answers_given(space.id, member.id), LowWays())
    assert [said.value for said in line.said] == [3, 0, 7, None, 9]
    assert [said.missing for said in line.said] == [None, None, None, Missing.RATHER_NOT_SAY, None]


def test_what_is_taken_back_and_what_others_said_is_not_in_my_line(space):
    member, asked = make_member(space), Asked(space)
    first = asked.say(member, 0, 3)
    asked.say(member, 1, 4)
    asked.say(make_member(space), 1, 9)
    withdraw_contribution(member.viewer, "answer", first)
    (line,) = own_lines(answers_given(space.id, member.id), LowWays())
    assert [said.value for said in line.said] == [4]


def test_a_missed_round_is_a_gap_at_the_day_it_was_due(space):
    dates = [FIRST + timedelta(days=30 * number) for number in (1, 2, 3)]
    asked = Asked(space, rhythm=Rhythm.DATES, dates=dates, open_days=10)
    member = make_member(space)
    with changing(space.id) as log:
        log.session.get(Round, asked.rounds[0]).opened_at = at(FIRST)
    asked.say(member, 0, 3, on=FIRST)
    asked.round(1)
    asked.round(2)
    asked.say(member, 3, 5, on=dates[2])
    given = answers_given(space.id, member.id)
    (line,) = with_missed_rounds(member.viewer, own_lines(given, LowWays()), given)
    assert [(said.number, said.value, said.missing) for said in line.said] == [
        (0, 3, None),
        (1, None, Missing.MISSED_ROUND),
        (2, None, Missing.MISSED_ROUND),
        (3, 5, None),
    ]
    assert line.said[1].on == dates[0]


# Low for long


def slowly(values, limit, rounds, days):
    """By hand: from the last answer back, as long as it is low."""
    told = [(on, value) for on, value in values if isinstance(value, int)]
    row = []
    while told and told[-1][1] < limit:
        row.append(told.pop())
    if not row or len(row) < rounds or (row[0][0] - row[-1][0]).days < days:
        return []
    return [(row[-1][0], len(row))]


VALUES = st.lists(
    st.tuples(st.integers(1, 50), st.integers(0, 10) | st.integers(0, 5) | st.just("rather_not_say")),
    max_size=7,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=VALUES, limit=st.integers(1, 10), rounds=st.integers(1, 4), days=st.integers(0, 90))
def test_long_low_is_what_a_slow_count_by_hand_gives(app, values, limit, rounds, days):
    with app.app_context():
        space = make_space()
        member = make_member(space)
        asked = Asked(space, low_limit=limit, low_rounds=rounds, low_days=days)
        on, told = FIRST, []
        for number, (gap, value) in enumerate(values):
            on += timedelta(days=gap)
            told.append((on, value))
            said = {"value": value} if isinstance(value, int) else {"missing": value}
            asked.say(member, number, on=on, **said)
        found = [(low.since, low.rounds) for low in lows_of(space.id, member.id)]
        assert found == slowly(told, limit, rounds, days)


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        (AnswerShape(AnswerKind.DYAD, ("Links", "Rechts")), 1),
        (PAIR, [1, 9]),
        (AnswerShape(AnswerKind.SMILEYS), 1),
        (AnswerShape(AnswerKind.COUNT, unit="keer", highest=3), 1),  # its ends do not hold the limit
        (AnswerShape(AnswerKind.OPEN), "1"),
    ],
)
def test_only_numbers_that_have_a_low_end_can_be_low_for_long(space, shape, value):
    member = make_member(space)
    asked = Asked(space, shape, low_limit=5, low_rounds=1, low_days=0)
    asked.say(member, 0, value)
    assert lows_of(space.id, member.id) == []


@pytest.mark.parametrize("value", [0, 4, 10])
def test_a_question_whose_low_end_is_the_good_one_is_never_low_for_long(space, value):
    member = make_member(space)
    asked = Asked(space, SCALE, SCALE, low_limit=5, low_rounds=2, low_days=0)
    items = (
        scoring.Item("q1", "Hoe alleen ben je?", "a", is_reversed=True),
        scoring.Item("q2", "Hoe gaat het?", "a"),
    )
    definition = scoring.Instrument(key="own", title="Ons plein", answers={"a": SCALE}, items=items)
    define(asked, definition)
    for number in range(3):
        for place in range(2):
            asked.say(member, number, value, item=place)
    found = [(low.text, low.rounds) for low in lows_of(space.id, member.id)]
    assert found == ([("Hoe gaat het?", 3)] if value < 5 else [])


@pytest.mark.parametrize(
    ("rounds", "days", "is_low"),
    [(3, 60, True), (3, 59, True), (3, 61, False), (2, 60, True), (4, 60, False), (4, 0, False)],
)
def test_low_for_long_is_so_many_rounds_and_so_many_days_to_the_day(space, rounds, days, is_low):
    member = make_member(space)
    asked = Asked(space, low_limit=5, low_rounds=rounds, low_days=days)
    asked.say(member, 0, 8)
    for number, on in ((1, 0), (3, 30), (4, 60)):  # round 2 was missed: it is no answer
        asked.say(member, number, 4, on=FIRST + timedelta(days=on))
    found = lows_of(space.id, member.id)
    assert [(low.since, low.rounds) for low in found] == ([(FIRST, 3)] if is_low else [])


def test_rows_of_two_measurings_make_no_long_one_together(space):
    member = make_member(space)
    one, other = (Asked(space, low_limit=5, low_rounds=3, low_days=0) for _ in range(2))
    with changing(space.id) as log:  # the same question, asked in both
        items = [log.session.get(InstrumentItem, each.items[0]) for each in (one, other)]
        items[1].question_id = items[0].question_id
    for asked in (one, other):
        for number in range(2):
            asked.say(member, number, 1)
    assert lows_of(space.id, member.id) == []
    one.say(member, 2, 1)
    assert [low.rounds for low in lows_of(space.id, member.id)] == [3]


def say_how(space, **ways):
    change_space(space.id, SpaceDraft("Het plein", **ways))


def test_an_answer_at_the_limit_is_low_where_the_space_says_so(space):
    member, asked = make_member(space), Asked(space, low_limit=5, low_rounds=3, low_days=60)
    for number in range(3):
        asked.say(member, number, 5)
    assert lows_of(space.id, member.id) == []
    say_how(space, low_counts_limit=True)
    assert [low.rounds for low in lows_of(space.id, member.id)] == [3]


def test_a_missed_round_ends_the_row_where_the_space_says_so(space):
    days = [FIRST + timedelta(days=30 * number) for number in range(4)]
    rule = {"low_limit": 5, "low_rounds": 3, "low_days": 60}
    asked = Asked(space, rhythm=Rhythm.DATES, dates=days[1:], open_days=10, **rule)
    with changing(space.id) as log:
        log.session.get(Round, asked.rounds[0]).opened_at = at(FIRST)
    faithful, silent = make_member(space), make_member(space)
    for number, on in enumerate(days):
        asked.say(faithful, number, 2, on=on)
        if number != 2:
            asked.say(silent, number, 2, on=on)
    rounds = {who: [low.rounds for low in lows_of(space.id, who.id)] for who in (faithful, silent)}
    assert rounds == {faithful: [4], silent: [3]}  # silence says nothing
    say_how(space, silence_ends_low=True)
    rounds = {who: [low.rounds for low in lows_of(space.id, who.id)] for who in (faithful, silent)}
    assert rounds == {faithful: [4], silent: []}


def test_without_a_rule_nothing_is_low(space):
    member, asked = make_member(space), Asked(space)
    for number in range(6):
        asked.say(member, number, 0)
    assert lows_of(space.id, member.id) == []


# What it adds up to


def define(asked, definition):
    """Ask by this questionnaire from now on."""
    with changing(asked.space.id) as log:
        baseline = log.session.get(Round, asked.rounds[0])
        instrument = log.session.get(Instrument, baseline.instrument_id)
        instrument.definition = json.loads(write_instrument(definition))


def scored(space):
    """A questionnaire with a scale that has names for its parts."""
    options = tuple(scoring.Option(f"o{value}", f"Optie {value}", value) for value in range(3))
    bands = (
        scoring.Band("low", "Rustig", scoring.Span(below=2)),
        scoring.Band("high", "Druk", scoring.Span(at_least=2)),
    )
    scale = scoring.Scale("s", "Drukte", ("q1", "q2"), cutoffs=(scoring.CutOffs("c", "Indeling", bands),))
    definition = scoring.Instrument(
        key="own",
        title="Ons plein",
        answers={"a": scoring.Choices(options)},
        items=(scoring.Item("q1", "Vraag 1?", "a"), scoring.Item("q2", "Vraag 2?", "a")),
        scales=(scale,),
    )
    asked = Asked(space, SCALE, SCALE)
    define(asked, definition)
    return asked


def test_scores_come_with_their_published_names_and_not_when_too_much_is_missing(space):
    member, asked = make_member(space), scored(space)
    asked.say(member, 0, "o2", item=0)
    asked.say(member, 0, "o1", item=1)
    asked.say(member, 1, "o0", item=0)
    asked.say(member, 1, missing=Missing.DO_NOT_KNOW, item=1)
    (scale,) = own_scales(answers_given(space.id, member.id))
    assert (scale.title, scale.label) == ("Ons plein", "Drukte")
    assert [(score.number, list(score.bands)) for score in scale.scores] == [
        (3, [("Indeling", "Druk")]),
        (None, []),
    ]


# The page


def page_of(browser, space):
    return browser.get(f"/spaces/{space.id}/my-line")


def test_the_page_shows_mine_and_nobody_elses(app, new_browser):
    with app.app_context():
        space = make_space()
        member, other = make_member(space), make_member(space)
        Asked(space, AnswerShape(AnswerKind.OPEN)).say(member, 0, "Kanarie")
    answer = page_of(new_browser(member), space)
    assert "Kanarie" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    for browser in (new_browser(other), new_browser(space.steward)):
        assert "Kanarie" not in page_of(browser, space).text
        assert "Nog geen antwoorden van jou" in page_of(browser, space).text


def test_each_kind_is_told_in_words_and_pairs_with_their_difference(app, new_browser):
    shapes = (
        SCALE,
        PAIR,
        AnswerShape(AnswerKind.YES_MORE_OR_LESS_NO),
        AnswerShape(AnswerKind.TRIAD, ("Thuis", "Werk", "Plein")),
        AnswerShape(AnswerKind.DYAD, ("Rust", "Drukte")),
        AnswerShape(AnswerKind.COUNT, unit="keer"),
        AnswerShape(AnswerKind.FIVE_POINTS, ("Niets", "Weinig", "Iets", "Veel", "Alles")),
    )
    values = (0, [2, 6], "yes", [20, 30, 50], 70, 3, 5)
    with app.app_context():
        space = make_space()
        member, asked = make_member(space), Asked(space, *shapes)
        for place, value in enumerate(values):
            asked.say(member, 0, value, item=place)
    page = page_of(new_browser(member), space).text
    assert page.count('<figure class="own-line') == len(shapes)
    assert "<td>2</td><td>6</td><td>+4</td>" in page
    told = ("0 van de 10", "<td>Ja</td>", "Thuis: 20", "Rust: 30, Drukte: 70", "3 keer", "<td>Alles</td>")
    for words in told:
        assert words in page, words
    assert page.count('class="own-picture"') == len(shapes) - 1
    assert page.count('class="own-triangle"') == 1


def test_why_i_did_not_answer_is_told_in_my_words(app, new_browser):
    with app.app_context():
        space = make_space()
        member = make_member(space)
        Asked(space).say(member, 0, missing=Missing.RATHER_NOT_SAY)
    page = page_of(new_browser(member), space).text
    assert "<td>Zeg ik liever niet</td>" in page
    assert "<td>0" not in page


def test_it_says_what_is_asked_of_me_next(app, new_browser):
    with app.app_context():
        space = make_space()
        member, asked = make_member(space), Asked(space)
    link = f'href="/spaces/{space.id}/rounds/{asked.rounds[0]}"'
    assert link in page_of(new_browser(member), space).text
    assert link in new_browser(member).get(f"/spaces/{space.id}").text
    with app.app_context():
        asked.say(member, 0, 4)
    assert link not in page_of(new_browser(member), space).text


def test_who_has_no_place_in_a_public_space_has_no_line(app, client):
    with app.app_context():
        space = make_space(is_public=True)
    assert page_of(client, space).status_code == 404

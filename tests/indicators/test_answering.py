"""Answering: one question at a time, each person's last answer, and nothing chosen beforehand."""

import json
import threading
import uuid
from datetime import timedelta

import pytest
from flask import render_template_string
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from cocreate.core.audience import Visibility
from cocreate.core.changes import Change, changing
from cocreate.core.db import new_id, session
from cocreate.core.problems import Conflict, Invalid, NotFound
from cocreate.indicators.kinds import MAX_WORDS, AnswerKind, AnswerShape
from cocreate.indicators.models import Answer, Instrument, Measuring
from cocreate.indicators.queries.answering import earlier_of, round_for, sheet_of
from cocreate.indicators.queries.measuring import today_in
from cocreate.indicators.scoring import Choices, Option
from cocreate.indicators.service.answering import Given, Place, answer
from cocreate.indicators.service.rounds import bring_up_to_date
from cocreate.indicators.service.sheets import PaperSheet, enter_sheet
from cocreate.privacy.queries import told_by
from cocreate.privacy.service import show_to, withdraw_contribution
from cocreate.spaces.contributions import Arrival
from cocreate.spaces.models import Membership, Space
from cocreate.spaces.openings import GRACE
from cocreate.spaces.queries import viewer_for, voices_of
from tests.browser_without_scripts import read_page
from tests.factories import make_member
from tests.indicators.rounds import LOWEST, SCALE, SHAPES, Town, kept

ASKED = (
    "{% from 'indicators/_question.html' import question with context %}{{ question(text, answers, 'q') }}"
)


@pytest.fixture
def town(in_context):
    return Town(*SHAPES.values())


# Nothing is chosen beforehand, and the lowest can be chosen

labels = st.text("abc ", min_size=1, max_size=12).filter(str.strip)
shapes = st.one_of(
    st.sampled_from(list(SHAPES.values())),
    st.builds(
        lambda unit, ends: AnswerShape(AnswerKind.HAVE_AND_WISH, (), unit, *sorted(ends)),
        labels,
        st.lists(st.integers(0, 40), min_size=2, max_size=2, unique=True),
    ),
    st.builds(
        lambda unit, highest: AnswerShape(AnswerKind.COUNT, (), unit, None, highest),
        labels,
        st.integers(1, 2000),
    ),
    st.lists(labels, min_size=5, max_size=5, unique=True).map(
        lambda five: AnswerShape(AnswerKind.SMILEYS, tuple(five))
    ),
    st.lists(labels, min_size=2, max_size=9, unique=True).map(
        lambda words: Choices(tuple(Option(f"k{n}", word, n) for n, word in enumerate(words)))
    ),
)


@given(shapes)
def test_no_question_has_anything_chosen_or_filled_in(app_for_templates, shape):
    with app_for_templates.test_request_context():
        page = read_page(render_template_string(ASKED, text="Hoe?", answers=shape))
    fields = [facts for tag, facts in page.tags if tag in ("input", "textarea", "select")]
    assert fields, shape
    for facts in fields:
        assert "checked" not in facts
        if facts.get("type") != "radio":
            assert not facts.get("value")
        else:
            assert facts["value"] != ""
    values = [facts["value"] for facts in fields if facts.get("type") == "radio"]
    if isinstance(shape, AnswerShape) and shape.choices:
        assert values == [str(choice) for choice in shape.choices]  # all of them, the lowest too


@pytest.fixture(scope="module")
def app_for_templates(tmp_path_factory):
    from cocreate import create_app
    from cocreate.config import Config

    return create_app(Config(data=tmp_path_factory.mktemp("templates"), testing=True))


def test_a_triangle_has_the_points_of_six_rows_and_each_makes_a_whole(app_for_templates):
    with app_for_templates.test_request_context():
        page = read_page(render_template_string(ASKED, text="Waar?", answers=SHAPES[AnswerKind.TRIAD]))
    points = [facts["value"] for tag, facts in page.tags if facts.get("type") == "radio"]
    assert len(points) == len(set(points)) == 21
    assert all(sum(map(int, point.split())) == 100 for point in points)
    assert {"100 0 0", "0 100 0", "0 0 100"} <= set(points)


def test_an_open_answer_takes_as_many_letters_as_we_keep(app_for_templates):
    with app_for_templates.test_request_context():
        page = read_page(render_template_string(ASKED, text="Hoe?", answers=SHAPES[AnswerKind.OPEN]))
    assert [facts["maxlength"] for tag, facts in page.tags if tag == "textarea"] == [str(MAX_WORDS)]


@pytest.mark.parametrize(("place", "kind"), list(enumerate(SHAPES)), ids=str)
def test_the_lowest_of_every_kind_is_kept_as_it_is(town, place, kind):
    given_, value = LOWEST[kind]
    town.say(at=place, **given_)
    (row,) = kept()
    assert row.value == value
    assert type(row.value) is type(value)
    assert row.missing is None


@pytest.mark.parametrize(("place", "kind"), list(enumerate(SHAPES)), ids=str)
def test_a_reason_is_kept_and_is_no_number(town, place, kind):
    town.say(at=place, missing="do_not_know")
    (row,) = kept()
    assert (row.value, row.missing) == (None, "do_not_know")
    assert session().scalar(select(func.count()).where(Answer.value.is_not(None))) == 0


@pytest.mark.parametrize(("place", "kind"), list(enumerate(SHAPES)), ids=str)
def test_nothing_is_no_answer(town, place, kind):
    with pytest.raises(Invalid):
        town.say(at=place)
    assert kept() == []
    assert session().get(Instrument, town.instrument_id).frozen_at is None


# One answer for each person, round and question


def test_the_last_answer_counts_and_stands_in_the_same_row(town):
    town.say(value="3")
    town.say(value="0")
    town.say(missing="rather_not_say")
    (row,) = kept()
    assert (row.value, row.missing, row.version) == (None, "rather_not_say", 3)


def test_the_same_id_twice_is_one_answer_and_the_first_receipt(town):
    arrival = Arrival(new_id(), None, Visibility.MAKER)
    first = town.say(arrival=arrival, value="3")
    town.say(value="8")
    assert town.say(arrival=arrival, value="3") == first
    assert kept(town.items[0]).value == 8


@pytest.mark.parametrize("ids", ["own", "same"])
def test_fifty_at_once_leave_one_row(app, ids):
    with app.app_context():
        town = Town(SCALE)
        viewer, same = town.maker.viewer, new_id()
        place = Place(town.round_id, town.items[0])
    problems, start = [], threading.Barrier(50)

    def one(number):
        with app.app_context():
            arrival = Arrival(same if ids == "same" else new_id(), None, Visibility.MAKER)
            start.wait()
            try:
                answer(viewer, arrival, place, Given(value=str(number % 11)))
            except Exception as problem:
                problems.append(problem)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert problems == []
        (row,) = kept()
        assert row.version == (1 if ids == "same" else 50)


def test_an_answer_to_the_same_place_comes_once_on_each_database(any_database):
    with any_database.app_context():
        town = Town(SCALE)
        town.say(value="0")
        town.say(value="4")
        assert [row.value for row in kept()] == [4]


# Who is asked, and until when


def test_the_first_answer_freezes_the_version_and_later_ones_change_nothing(town):
    town.say(value="3")
    frozen = session().get(Instrument, town.instrument_id).frozen_at
    assert frozen is not None
    town.say(who=make_member(town.space), value="4")
    assert session().get(Instrument, town.instrument_id, populate_existing=True).frozen_at == frozen


def test_only_the_voice_that_is_asked_answers(in_context):
    town = Town(SCALE)
    young = make_member(town.space, voice="youth")
    with changing(town.space.id):
        session().get(Measuring, town.measuring_id).voice_id = young.viewer.voice_id
    town.say(who=young, value="3")
    for stranger in (town.maker, Town(SCALE).maker):
        with pytest.raises(NotFound):
            town.say(who=stranger, value="3")
    assert round_for(town.maker.viewer) is None
    assert round_for(young.viewer).round_id == town.round_id


def test_an_item_of_another_version_is_not_asked(town):
    other = Town(SCALE)
    with pytest.raises(NotFound):
        answer(
            town.maker.viewer,
            Arrival(new_id(), None, Visibility.MAKER),
            Place(town.round_id, other.items[0]),
            Given(value="3"),
        )


def test_what_comes_home_within_a_week_after_closing_counts_and_later_not(town):
    town.close(ago=GRACE - timedelta(minutes=1))
    town.say(value="3")
    town.close(ago=GRACE + timedelta(minutes=1))
    with pytest.raises(Conflict):
        town.say(value="4")
    assert kept(town.items[0]).value == 3


@pytest.mark.parametrize("open_days", [None, 60])
@pytest.mark.parametrize("is_on_paper", [False, True])
def test_a_week_after_the_last_day_it_is_refused_also_when_nobody_opened_a_page(town, open_days, is_on_paper):
    def end(days_ago):
        with changing(town.space.id):
            measuring = session().get(Measuring, town.measuring_id)
            measuring.until = today_in(town.space.id) - timedelta(days=days_ago)
            measuring.open_days, measuring.ended_at = open_days, None

    end(7)
    town.say(value="3", is_on_paper=is_on_paper)
    end(8)
    with pytest.raises(Conflict):
        town.say(value="4", is_on_paper=is_on_paper)
    bring_up_to_date(town.maker.viewer)  # now it is closed, and that is no new week
    with pytest.raises(Conflict):
        town.say(value="4", is_on_paper=is_on_paper)
    assert kept(town.items[0]).value == 3


# Who sees it


def test_an_answer_is_its_makers_whatever_is_asked_and_makes_no_news(town):
    before = session().scalar(select(func.count()).where(Change.topic == "answer"))
    everybody = Arrival(new_id(), None, Visibility.PUBLIC)
    town.say(arrival=everybody, value="3")
    assert kept(town.items[0]).visibility == Visibility.MAKER
    assert session().scalar(select(func.count()).where(Change.topic == "answer")) == before
    with pytest.raises(NotFound):
        show_to(town.maker.viewer, "answer", everybody.id, Visibility.SPACE)


def test_words_of_ones_own_can_be_shown_and_hidden_again(town):
    place = list(SHAPES).index(AnswerKind.OPEN)
    arrival = Arrival(new_id(), None, Visibility.SPACE)
    town.say(at=place, arrival=arrival, value="Meer bankjes.")
    assert kept(town.items[place]).visibility == Visibility.SPACE
    show_to(town.maker.viewer, "answer", arrival.id, Visibility.MAKER)
    assert kept(town.items[place]).visibility == Visibility.MAKER
    town.say(at=place, arrival=Arrival(new_id(), None, Visibility.SPACE), missing="do_not_know")
    assert kept(town.items[place]).visibility == Visibility.MAKER


def hidings():
    """For whom answers were, that open pages let go of."""
    told = select(Change).where(Change.topic == "answer", Change.verb == "hidden")
    return {(each.visibility, each.subject_id) for each in session().scalars(told)}


@pytest.mark.parametrize("given", [{"value": "Alleen voor mij."}, {"missing": "rather_not_say"}])
@pytest.mark.parametrize("saw", [Visibility.SPACE, Visibility.PUBLIC])
def test_who_saw_words_hears_that_they_are_gone_when_they_are_said_anew_for_fewer(town, saw, given):
    place, arrival = list(SHAPES).index(AnswerKind.OPEN), Arrival(new_id(), None, saw)
    town.say(at=place, arrival=arrival, value="Meer bankjes.")
    assert hidings() == set()
    town.say(at=place, **given)
    town.say(at=place, value="Nog eens.")  # what nobody else saw is hidden from nobody
    assert hidings() == {(saw, arrival.id)}


@pytest.mark.parametrize("saw", [Visibility.SPACE, Visibility.MAKER])
def test_who_saw_words_of_a_sheet_hears_that_they_are_gone_when_it_is_corrected(town, saw):
    item_id = town.items[list(SHAPES).index(AnswerKind.OPEN)]
    sheet = PaperSheet("vel 7", voices_of(town.space.id)[0].id, [(item_id, Given("Meer bankjes."))])
    enter_sheet(town.space.steward.viewer, town.round_id, sheet)
    words = kept(item_id)
    space, maker = session().get(Space, town.space.id), session().get(Membership, words.maker_id)
    show_to(viewer_for(space, maker), "answer", words.id, saw)
    correction = PaperSheet("vel 7", None, [(item_id, Given("Meer bomen."))], corrects="vel 7")
    before = hidings()
    enter_sheet(town.space.steward.viewer, town.round_id, correction)
    assert (kept(item_id).value, kept(item_id).visibility) == ("Meer bomen.", Visibility.MAKER)
    assert hidings() - before == (set() if saw is Visibility.MAKER else {(saw, words.id)})


def test_what_was_answered_reads_back_with_its_question(town):
    town.say(value="0", is_by_helper=True)
    town.say(at=7, value="60 20 20")
    town.say(at=9, have="2", wish="5")
    told = {each.words[0]: each for _space, all_told in told_by(town.maker.person_id) for each in all_told}
    assert told["Vraag 1?"].words[1:] == ["0 out of 10", "Somebody wrote this down for you."]
    assert told["Vraag 8?"].words[1] == "hoofd: 60, hart: 20, handen: 20"
    assert told["Vraag 10?"].words[1] == "Now: 2. I would like: 5. (dagen)"
    assert all(each.is_private_for_good for each in told.values())


def test_taking_an_answer_back_leaves_nothing_and_it_can_be_given_anew(town):
    arrival = Arrival(new_id(), None, Visibility.MAKER)
    town.say(arrival=arrival, value="3")
    withdraw_contribution(town.maker.viewer, "answer", arrival.id)
    assert (kept(town.items[0]).value, kept(town.items[0]).missing) == (None, None)
    assert sheet_of(town.maker.viewer, town.round_id).first_open == 0
    assert town.say(arrival=arrival, value="3")["state"] == "kept"  # the old one does not come back to life
    assert kept(town.items[0]).withdrawn_at is not None
    town.say(value="5")
    assert (kept(town.items[0]).value, kept(town.items[0]).withdrawn_at) == (5, None)


# What I said before


def test_what_comes_later_is_not_earlier(town):
    first = town.round_id
    town.say(value="3")
    town.round_id = town.next_round()
    town.say(value="8")
    assert [each.words for each in earlier_of(town.maker.viewer, town.round_id, town.items[0])] == [
        "3 out of 10"
    ]
    assert earlier_of(town.maker.viewer, first, town.items[0]) == []


def test_many_people_answer_and_nothing_is_lost_or_doubled(in_context):
    town = Town(SCALE, SHAPES[AnswerKind.SMILEYS], SHAPES[AnswerKind.COUNT])
    people = [make_member(town.space) for _ in range(20)]
    for number, who in enumerate(people):
        for at in range(3):
            town.say(who=who, at=at, value=str(1 + number % 5))
    assert len(kept()) == 60
    assert len({(row.maker_id, row.item_id) for row in kept()}) == 60


def test_an_answer_costs_few_statements(town, count_statements):
    viewer = town.maker.viewer
    town.say(value="3")
    place = Place(town.round_id, town.items[1])
    with count_statements() as counted:
        answer(viewer, Arrival(new_id(), None, Visibility.MAKER), place, Given(value="4"))
    assert len(counted) <= 8, counted


@pytest.fixture
def count_statements(in_context):
    from contextlib import contextmanager

    from sqlalchemy import event

    from cocreate.core.db import db

    @contextmanager
    def counting():
        seen = []

        def see(_connection, _cursor, statement, *_rest):
            if not statement.startswith(("BEGIN", "COMMIT")):
                seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", see)
        try:
            yield seen
        finally:
            event.remove(db.engine, "before_cursor_execute", see)

    return counting


def test_a_definition_that_changes_is_read_anew(in_context):
    town = Town(SCALE)
    instrument = session().get(Instrument, town.instrument_id)
    item = instrument.items[0]
    assert item.text == "Vraag 1?"
    definition = json.loads(json.dumps(instrument.definition).replace("Vraag 1?", "Nieuw?"))
    with changing(town.space.id):
        session().get(Instrument, town.instrument_id).definition = definition
    assert session().get(Instrument, town.instrument_id).items[0].text == "Nieuw?"
    assert uuid.UUID(str(item.id)) == town.items[0]

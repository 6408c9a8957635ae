"""The ready agendas: they take as long as they say, and speak the reader's language."""

import pytest
from flask_babel import force_locale

from cocreate.core.audience import Visibility
from cocreate.core.db import session
from cocreate.moments.models import Moment
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.agenda_words import AGENDA_WORDS, CARRIED, FIVE_WORDS, PART_WORDS
from cocreate.workshops.library import AGENDAS, ALONE, FIVE, MINUTES, WORDS, Agenda, with_asking
from cocreate.workshops.rules import Phase, StepKind, StepSketch
from cocreate.workshops.service import move_stage
from cocreate.workshops.sketches import QUESTIONS
from cocreate.workshops.words import questions_of, step_question, step_title
from tests.factories import make_member, make_moment, make_workshop

KEYS = {sketch.settings[WORDS] for agenda in AGENDAS.values() for sketch in agenda if sketch.settings}


@pytest.mark.parametrize("agenda", Agenda)
def test_an_agenda_takes_as_long_as_it_says(agenda):
    assert sum(sketch.minutes for sketch in AGENDAS[agenda]) == MINUTES[agenda]


@pytest.mark.parametrize("agenda", Agenda)
def test_an_agenda_begins_with_a_welcome_and_ends_with_a_close(agenda):
    kinds = [sketch.kind for sketch in AGENDAS[agenda]]
    assert (kinds[0], kinds[-1]) == (StepKind.WELCOME, StepKind.CLOSE)


def test_the_hours_are_those_that_were_promised():
    wanted = {"moments": 135, "youth_panel": 90, "walk": 45, "road": 60, "case": 60, "council": 30}
    assert {str(agenda): MINUTES[agenda] for agenda in ALONE} == {**wanted, "measuring": 20}


def test_who_sits_long_gets_a_break_and_who_gives_their_time_is_thanked():
    long = [agenda for agenda in Agenda if MINUTES[agenda] >= 105 and agenda is not Agenda.MOMENTS]
    assert long
    for agenda in long:
        assert [part.minutes for part in AGENDAS[agenda] if part.kind is StepKind.BREAK] == [10]
    for agenda in (Agenda.MOMENTS, Agenda.YOUTH_PANEL, Agenda.COUNCIL):
        assert [part.kind for part in AGENDAS[agenda]][-2:] == [StepKind.THANKS, StepKind.CLOSE]


def test_the_hours_of_the_first_agenda_are_those_of_the_design():
    minutes = [part.minutes for part in AGENDAS[Agenda.MOMENTS]]
    assert (minutes[:5], sum(minutes[5:7]), sum(minutes[7:])) == ([15, 25, 20, 35, 15], 15, 10)


def test_where_it_is_promised_that_what_is_told_stays_here_it_does(app):
    with app.test_request_context(), force_locale("en"):
        promising = [
            agenda
            for agenda in Agenda
            if any("stays here" in step_question(part) for part in AGENDAS[agenda])
        ]
    assert promising == [Agenda.CASE]
    for part in AGENDAS[Agenda.CASE]:
        tells = bool(ACTIVITIES[part.kind].topics)
        assert part.widest == (Visibility.WORKSHOP if tells else None)
    assert sum(part.widest is not None for part in AGENDAS[Agenda.CASE]) == 5


def test_elsewhere_each_chooses_who_may_see_it():
    others = [part for agenda in Agenda if agenda is not Agenda.CASE for part in AGENDAS[agenda]]
    assert {part.widest for part in others} == {None}


def test_what_is_told_of_a_case_reaches_nobody_who_was_not_there(in_context, space):
    meeting = make_workshop(space, agenda=AGENDAS[Agenda.CASE], activities=())
    there = make_member(space, meeting)
    move_stage(meeting.id, space.id, meeting.steps["moments"])
    told = make_moment(there, meeting, visibility=Visibility.PUBLIC)
    assert session().get_one(Moment, told).visibility == Visibility.WORKSHOP


def test_the_series_goes_through_the_five_moves():
    assert [AGENDAS[agenda][0].phase for agenda in FIVE] == list(Phase)
    for agenda in FIVE:
        assert {sketch.phase for sketch in AGENDAS[agenda]} == {Phase(agenda)}


def test_every_part_with_words_of_its_own_has_them_and_no_words_are_left_over():
    assert set(PART_WORDS) == KEYS
    assert set(CARRIED) <= KEYS


def all_words():
    pairs = [*AGENDA_WORDS.values(), FIVE_WORDS, *PART_WORDS.values()]
    questions = [each for carried in CARRIED.values() for each in carried]
    return [words for words in (*(each for pair in pairs for each in pair), *questions) if words]


def test_all_words_are_there_in_both_languages(app):
    with app.test_request_context():
        with force_locale("en"):
            english = [str(words) for words in all_words()]
        with force_locale("nl"):
            dutch = [str(words) for words in all_words()]
    assert [one for one, other in zip(english, dutch, strict=True) if one == other] == []
    assert set(AGENDA_WORDS) == set(Agenda)


def test_titles_of_parts_fit_where_a_title_is_kept(app):
    with app.test_request_context():
        for language in ("en", "nl"):
            with force_locale(language):
                assert max(len(str(title)) for title, _prompt in PART_WORDS.values()) <= 60


def test_own_words_come_before_those_of_the_agenda_and_those_before_the_built_in_ones(app):
    ready = StepSketch(StepKind.MAP, Phase.DISCOVER, 30, settings={WORDS: "road.map"})
    bare = StepSketch(StepKind.MAP, Phase.DISCOVER, 30)
    own = StepSketch(StepKind.MAP, Phase.DISCOVER, 30, "De tocht", "Hoe ging het?", settings=ready.settings)
    with app.test_request_context(), force_locale("en"):
        assert (step_title(own), step_question(own)) == ("De tocht", "Hoe ging het?")
        assert step_title(ready) == "The road that we took"
        assert step_question(ready).startswith("What was the plan?")
        assert step_title(bare) == "Our map"
        assert step_question(bare).startswith("How did it go?")
        unknown = StepSketch(StepKind.MAP, Phase.DISCOVER, 30, settings={WORDS: "van.vroeger"})
        assert step_title(unknown) == "Our map"


def test_two_people_take_questions_along(app):
    walk = StepSketch(StepKind.PAIR_TALK, Phase.DISCOVER, 20, settings={WORDS: "walk.pair_talk"})
    own = StepSketch(StepKind.PAIR_TALK, Phase.DISCOVER, 20, settings={QUESTIONS: ["Wie ben je?"]})
    with app.test_request_context(), force_locale("en"):
        assert questions_of(walk)[0] == "Which place means something to you?"
        ready = questions_of(StepSketch(StepKind.PAIR_TALK, Phase.DISCOVER, 20))
        assert (len(ready), "What was hard?" in ready) == (5, True)
        assert questions_of(own) == ["Wie ben je?"]


def test_where_something_is_measured_people_answer_before_they_part():
    kinds = [sketch.kind for sketch in with_asking(AGENDAS[Agenda.YOUTH_PANEL])]
    assert kinds[-5:] == [
        StepKind.CHOOSE,
        StepKind.MEASURE,
        StepKind.CHECK_OUT,
        StepKind.THANKS,
        StepKind.CLOSE,
    ]
    assert with_asking(AGENDAS[Agenda.MEASURING]) == list(AGENDAS[Agenda.MEASURING])
    assert with_asking([])[0].kind is StepKind.MEASURE


def test_limits_are_only_where_they_make_sense():
    for agenda in AGENDAS.values():
        for sketch in agenda:
            assert sketch.most_each is None or ACTIVITIES[sketch.kind].has_limits

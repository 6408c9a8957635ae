"""What the harvest says of read back, of what was set aside, and of what the room was shown."""

import re

import pytest
from sqlalchemy import select

from cocreate.core.audience import Visibility
from cocreate.core.db import session
from cocreate.impacts.rules import Position, Realism
from cocreate.moments.models import Moment
from cocreate.privacy.service import withdraw_contribution
from cocreate.replies.models import SummaryCheck
from cocreate.replies.rules import IsRight, Mood
from cocreate.spaces.contributions import change_visibility
from cocreate.spaces.models import Space
from cocreate.workshops.leaflet import leaflet
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries.harvest import harvest_of
from cocreate.workshops.rules import Phase, StepKind, StepSketch
from cocreate.workshops.service import close_workshop, move_stage
from cocreate.workshops.service.lighting import take_back_in
from cocreate.workshops.service.showing import show_result, take_result_away
from tests.factories import (
    make_aside,
    make_check,
    make_commitment,
    make_factor,
    make_impact,
    make_indicator,
    make_member,
    make_moment,
    make_mood,
    make_node,
    make_reply,
    make_stance,
    make_summary,
    make_summary_check,
    make_workshop,
)
from tests.workshops.steps import TOLD_IN

ONLY_MINE = {"visibility": Visibility.MAKER}


@pytest.fixture
def meeting(app, space):
    with app.app_context():
        return make_workshop(space, agenda=[StepSketch(kind, Phase.DREAM, 10) for kind in TOLD_IN])


@pytest.fixture
def people(app, space, meeting):
    with app.app_context():
        return [make_member(space, meeting, voice="resident", name="Sam") for _ in range(12)]


def stage(meeting, kind):
    move_stage(meeting.id, meeting.space_id, meeting.steps[kind])


def show(meeting):
    show_result(meeting.space_id, meeting.id)


@pytest.fixture
def harvest(app, meeting):
    """What stands in it now."""

    def now():
        with app.app_context():
            row, space = session().get(Workshop, meeting.id), session().scalars(select(Space)).one()
            return harvest_of(row, space)

    return now


@pytest.fixture
def read(app, space, meeting, new_browser):
    """The words of page and leaflet together, as who leads reads them now."""
    leader = new_browser(space.steward)

    def now():
        page = leader.get(f"/workshops/{meeting.id}/harvest").text
        with app.test_request_context(headers={"Accept-Language": "nl"}):
            row, facts = session().get(Workshop, meeting.id), session().scalars(select(Space)).one()
            return page, str(leaflet(row, harvest_of(row, facts), facts, ""))

    return now


@pytest.fixture
def heard(app, space, meeting):
    with app.app_context():
        stage(meeting, StepKind.READ_BACK)
        return make_summary(space.steward, meeting, "We willen samen eten.")


def test_who_would_say_it_otherwise_stands_under_the_sentence(app, meeting, people, heard, read):
    with app.app_context():
        make_summary_check(people[0], meeting, heard, IsRight.NOT_QUITE, "Niet elke dag.")
        make_summary_check(people[1], meeting, heard, IsRight.NOT_QUITE, "Stiekem niet.", **ONLY_MINE)
        make_summary_check(people[2], meeting, heard, IsRight.NOT_QUITE)
    for told in read():
        assert told.index("We willen samen eten.") < told.index("Niet elke dag.")
        assert "Bewoner" in told[told.index("We willen samen eten.") :]
        assert "Stiekem" not in told
        assert "Niet helemaal" not in told  # three answers are too few to count
        assert "Sam" not in told


def test_a_name_stands_with_it_only_where_its_maker_put_it_there(app, meeting, people, heard, read):
    with app.app_context():
        check = make_summary_check(people[0], meeting, heard, IsRight.NOT_QUITE, "Niet elke dag.")
    assert not any("Sam" in told for told in read())
    with app.app_context():
        session().get(SummaryCheck, check).signed = "Sam"
        session().commit()
    assert all("Sam" in told for told in read())


def test_what_people_say_to_it_goes_when_they_take_it_back(app, meeting, people, heard, read):
    with app.app_context():
        check = make_summary_check(people[0], meeting, heard, IsRight.NOT_QUITE, "Niet elke dag.")
        withdraw_contribution(people[0].viewer, "summary_check", check)
    assert not any("Niet elke dag." in told for told in read())


def test_numbers_of_it_are_of_enough_people_or_nowhere(app, meeting, people, heard, harvest):
    def answer(makers, said):
        with app.app_context():
            for maker in makers:
                make_summary_check(maker, meeting, heard, said)

    answer(people[:5], IsRight.RIGHT)
    assert harvest().read_back[0].shown == {}  # all alike: it would be everybody's
    answer(people[5:10], IsRight.NOT_QUITE)
    assert harvest().read_back[0].shown == {"right": 5, "not_quite": 5}


def test_what_is_set_aside_is_counted_and_nothing_of_it_is_shown(app, space, meeting, people, read, harvest):
    maker = people[0]
    with app.app_context():
        stage(meeting, StepKind.MOMENTS)
        moment = make_moment(maker, meeting, "Verborgen voorval.", why_it_mattered="Verborgen waarom.")
        factor = make_factor(maker, meeting, "Verborgen hulp", make_moment(maker, meeting, "We zongen."))
        stage(meeting, StepKind.STANCES)
        kept = make_impact(maker, meeting, "Samen eten.")
        wish = make_impact(maker, meeting, "Verborgen wens.")
        make_stance(people[1], meeting, wish, Position.OBJECTION, reason="Verborgen bezwaar.")
        show(meeting)
        stage(meeting, StepKind.INDICATORS)
        sign = make_indicator(maker, meeting, kept, "Verborgen teken.")
        stage(meeting, StepKind.MAP)
        node = make_node(maker, meeting, "Verborgen halte")
        stage(meeting, StepKind.OPEN_QUESTION)
        reply = make_reply(maker, meeting, "Verborgen antwoord.", meeting.steps["open_question"])
        stage(meeting, StepKind.COMMITMENTS)
        promise = make_commitment(maker, meeting, "Verborgen belofte.")
        hidden = {
            "moment": moment,
            "working_factor": factor,
            "impact": wish,
            "indicator": sign,
            "node": node,
            "reply": reply,
            "commitment": promise,
        }
        for topic, each in hidden.items():
            make_aside(space, meeting, each, topic, "Geheime reden.")
    for told in read():
        assert "Verborgen" not in told
        assert "Geheime reden" not in told
        assert "legde 7 dingen opzij" in told
        assert "bij wie" not in told  # its maker did not choose that it stays with them
    now = harvest()
    assert now.set_aside == len(hidden)
    assert not any(shelf.private for shelf in now.shelves.values())
    assert now.answers == []
    with app.app_context():
        take_back_in(space.steward.viewer, meeting.id, "moment", moment)
        withdraw_contribution(maker.viewer, "reply", reply)
    assert harvest().set_aside == len(hidden) - 2
    assert all("Verborgen voorval." in told for told in read())


def test_what_its_maker_shows_to_nobody_meanwhile_stays_with_them_once_it_is_brought_back(
    app, space, meeting, people, harvest
):
    with app.app_context():
        stage(meeting, StepKind.MOMENTS)
        moment = make_moment(people[0], meeting, "Voor mij.")
        make_aside(space, meeting, moment)
        change_visibility(people[0].viewer, Moment, moment, Visibility.MAKER)
    assert (harvest().set_aside, harvest().shelves["moment"].private) == (1, 0)
    with app.app_context():
        take_back_in(space.steward.viewer, meeting.id, "moment", moment)
    assert (harvest().set_aside, harvest().shelves["moment"].private) == (0, 1)


def test_a_meeting_of_which_all_is_set_aside_has_no_blank_page(app, space, meeting, people, read):
    with app.app_context():
        stage(meeting, StepKind.MOMENTS)
        make_aside(space, meeting, make_moment(people[0], meeting, "Wat niet mocht."))
    for told in read():
        assert "legde één ding opzij" in told
        assert "Er is niets verteld" not in told


def mark(meeting, people, kind, sunny=6):
    step = meeting.steps[kind]
    stage(meeting, kind)
    return [
        make_mood(each, meeting, Mood.SUN if place < sunny else Mood.FOG, step)
        for place, each in enumerate(people)
    ]


def test_moods_stand_in_it_as_the_room_was_shown_them(app, space, meeting, people, harvest, read):
    with app.app_context():
        first, *_others = mark(meeting, people, StepKind.CHECK_IN)
    assert harvest().results == []
    with app.app_context():
        show(meeting)
        late = make_member(space, meeting, voice="youth")
        make_mood(late, meeting, Mood.STORM, meeting.steps["check_in"])
        stage(meeting, StepKind.MOMENTS)
        close_workshop(meeting.id, space.id)
    (result,) = harvest().results
    assert (result.moods.people, dict(result.moods.shown)) == (12, {"sun": 6, "fog": 6})
    for told in read():
        assert "Hoe zit je erbij?" in told
        assert re.search(r"\bZon\b", told)
        assert "Storm" not in told
    with app.app_context():
        withdraw_contribution(people[0].viewer, "mood", first)
    assert harvest().results[0].moods.shown == {}
    for told in read():
        assert "Niet genoeg mensen om te laten zien." in told
        assert not re.search(r"\bZon\b", told)


def test_what_was_not_shown_or_was_taken_away_is_not_in_it(app, space, meeting, people, harvest):
    with app.app_context():
        mark(meeting, people, StepKind.CHECK_IN)
        show(meeting)
        take_result_away(space.id, meeting.id)
        mark(meeting, people, StepKind.CHECK_OUT)
        stage(meeting, StepKind.REALISM)
        wish = make_impact(people[0], meeting, "Samen eten.")
        for each in people:
            make_check(each, meeting, wish, Realism.FAIR)
        close_workshop(meeting.id, space.id)
    assert harvest().results == []


def test_whether_it_is_fair_stands_in_it_once_the_room_was_shown(app, space, meeting, people, read):
    with app.app_context():
        stage(meeting, StepKind.REALISM)
        wish = make_impact(people[0], meeting, "Samen eten.")
        for each in people:
            make_check(each, meeting, wish, Realism.TOO_BIG)
        show(meeting)
        close_workshop(meeting.id, space.id)
    assert all("0 eerlijk · 12 te veel" in told for told in read())


@pytest.mark.parametrize("is_shown", [True, False])
def test_a_vote_of_the_meeting_alone_is_in_it_when_the_room_was_shown(
    app, space, meeting, people, harvest, is_shown
):
    """A wish for the whole space, and stances that only this meeting may know of."""
    with app.app_context():
        stage(meeting, StepKind.STANCES)
        wish = make_impact(people[0], meeting, "Samen eten.", visibility=Visibility.SPACE)
        for each in people:
            make_stance(each, meeting, wish, visibility=Visibility.WORKSHOP)
        if is_shown:
            show(meeting)
        close_workshop(meeting.id, space.id)
    (found,) = harvest().wishes
    split = found.stands.overall.split
    assert (split and split[Position.FOR]) == (12 if is_shown else None)

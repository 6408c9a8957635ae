"""What came out of a step: only while who leads shows it, and only of enough people."""

import pytest
from sqlalchemy import select

from cocreate.core.audience import Visibility
from cocreate.core.changes import Change, changing
from cocreate.core.db import new_id, session
from cocreate.core.faces import View, face_of
from cocreate.impacts.rules import Position, Realism
from cocreate.replies.models import MoodMark
from cocreate.replies.rules import Mood
from cocreate.replies.service import mark_mood
from cocreate.spaces.models import Space
from cocreate.spaces.queries import voices_of
from cocreate.spaces.rules import Role
from cocreate.spaces.service import SpaceDraft, change_space
from cocreate.workshops.models import Step, Workshop
from cocreate.workshops.queries.results import result_of
from cocreate.workshops.rules import Phase, StepKind, StepSketch
from cocreate.workshops.service import move_stage, open_doors, start_workshop
from cocreate.workshops.service.sheets import begin_sheet, enter_part
from cocreate.workshops.service.steering import take_lead
from tests.factories import (
    MadeWorkshop,
    make_account,
    make_arrival,
    make_check,
    make_impact,
    make_member,
    make_mood,
    make_stance,
    make_workshop,
)
from tests.workshops.arriving import Meeting

KINDS = (StepKind.CHECK_IN, StepKind.STANCES, StepKind.REALISM, StepKind.WELCOME, StepKind.CHECK_OUT)
FEW = "Te weinig mensen"


@pytest.fixture
def meeting(app, space, new_browser):
    """A meeting with a step of each kind that has something to show."""
    with app.app_context():
        agenda = [StepSketch(kind, Phase.DREAM, 10) for kind in KINDS]
        made = start_workshop(space.id, "Spelmiddag", None, agenda)
        open_doors(made, space.id)
        row = session().get(Workshop, made)
        steps = {step.kind: step.id for step in row.steps}
        workshop = MadeWorkshop(made, space.id, row.code, made, steps)
        member = make_member(space, workshop)
    return Meeting(app, space, workshop, member, new_browser(space.steward), new_browser(member))


def go_to(meeting, kind):
    with meeting.app.app_context():
        move_stage(meeting.workshop.id, meeting.space.id, meeting.workshop.steps[kind])


def mark(meeting, mood, people=1, kind=StepKind.CHECK_IN):
    """So many more people say how they are."""
    marks = []
    with meeting.app.app_context():
        for _ in range(people):
            maker = make_member(meeting.space, meeting.workshop)
            marks.append(make_mood(maker, meeting.workshop, mood, meeting.workshop.steps[kind]))
    return marks


def moods(meeting):
    """What the room sees: how many people, and how many in which mood."""
    with meeting.app.app_context():
        row = meeting.row()
        result = result_of(row, row.current_step, session().scalar(select(Space)))
        return (result.moods.people, dict(result.moods.shown)) if result and result.moods else None


def votes(meeting):
    """Of each proposal the number of people by answer, or none, by voice."""
    with meeting.app.app_context():
        row = meeting.row()
        result = result_of(row, row.current_step, session().scalar(select(Space)))
        return [
            {
                voice.key: tuple(tally.split.values()) if tally.split else None
                for voice, tally in each.answers.by_voice
            }
            for each in result.votes
        ]


def stand(meeting, wish, people, position=Position.FOR, voice="resident"):
    with meeting.app.app_context():
        for _ in range(people):
            who = make_member(meeting.space, meeting.workshop, voice=voice)
            make_stance(who, meeting.workshop, wish, position, visibility=Visibility.WORKSHOP)


@pytest.fixture
def wish(meeting):
    go_to(meeting, StepKind.STANCES)
    with meeting.app.app_context():
        return make_impact(meeting.maker, meeting.workshop, "Samen eten.")


def parts(meeting):
    """What the screen and a tablet read."""
    return [
        meeting.lead.get(f"{meeting.path}/results").text,
        meeting.tablet.get(f"{meeting.path}/results?view=stage").text,
    ]


def test_nothing_is_shown_before_who_leads_shows_it_and_again_after(meeting, wish):
    stand(meeting, wish, 6)
    assert all("Samen eten." not in part for part in parts(meeting))
    assert meeting.post("results").status_code == 200
    assert votes(meeting) == [{"resident": (6, 0, 0)}]
    assert all("Samen eten." in part for part in parts(meeting))
    assert "Samen eten." in meeting.screen().split("data-result")[1].split("data-lit-place")[0]
    assert meeting.post("results/end").status_code == 200
    assert all("Samen eten." not in part for part in parts(meeting))


def test_moving_on_and_back_shows_nothing_by_itself(meeting, wish):
    stand(meeting, wish, 6)
    meeting.post("results")
    go_to(meeting, StepKind.WELCOME)
    assert all("Samen eten." not in part for part in parts(meeting))
    go_to(meeting, StepKind.STANCES)
    assert all("Samen eten." not in part for part in parts(meeting))


def test_below_the_threshold_it_says_so_and_no_more(meeting, wish):
    stand(meeting, wish, 4)
    meeting.post("results")
    assert votes(meeting) == [{"resident": None}]
    for part in parts(meeting):
        assert '<svg viewBox="0 0 100 10"' not in part


def test_who_answers_later_is_no_difference_between_two_showings(meeting, wish):
    stand(meeting, wish, 5)
    meeting.post("results")
    before = votes(meeting)
    stand(meeting, wish, 1, Position.OBJECTION)
    meeting.post("results/end")
    meeting.post("results")
    assert votes(meeting) == before == [{"resident": (5, 0, 0)}]
    stand(meeting, wish, 4, Position.OBJECTION)
    assert votes(meeting) == [{"resident": (5, 5, 0)}]


def test_a_wish_on_which_somebody_stands_for_themselves_alone_is_not_shown(meeting, wish):
    with meeting.app.app_context():
        other = make_workshop(meeting.space)
        earlier = make_impact(make_member(meeting.space, other), other, "Een wens van vroeger.")
        alone = make_member(meeting.space, meeting.workshop)
        make_stance(alone, meeting.workshop, earlier, Position.OBJECTION, visibility=Visibility.MAKER)
    stand(meeting, wish, 5)
    meeting.post("results")
    assert votes(meeting) == [{"resident": (5, 0, 0)}]


def test_voices_with_few_people_are_only_shown_together(meeting, wish):
    stand(meeting, wish, 5)
    stand(meeting, wish, 2, Position.OBJECTION, voice="youth")
    meeting.post("results")
    assert votes(meeting) == [{"resident": (5, 0, 0), "youth": None}]


def test_whether_it_is_fair_is_shown_by_voice(meeting, wish):
    go_to(meeting, StepKind.REALISM)
    with meeting.app.app_context():
        for _ in range(5):
            who = make_member(meeting.space, meeting.workshop)
            make_check(who, meeting.workshop, wish, Realism.FAIR, visibility=Visibility.WORKSHOP)
    meeting.post("results")
    assert votes(meeting) == [{"resident": (0, 5, 0, 0)}]


def test_moods_are_counted_when_they_are_shown_and_stay_so(meeting):
    mark(meeting, "sun", 6)
    mark(meeting, "rain", 5)
    assert moods(meeting) is None
    meeting.post("results")
    assert moods(meeting) == (11, {"sun": 6, "rain": 5})
    mark(meeting, "fog", 1)
    meeting.post("results/end")
    assert moods(meeting) is None
    meeting.post("results")
    assert moods(meeting) == (11, {"sun": 6, "rain": 5})


def test_few_people_in_one_mood_are_not_shown_nor_are_all_in_one(meeting):
    mark(meeting, "sun", 9)
    mark(meeting, "rain")
    meeting.post("results")
    assert moods(meeting) == (10, {})


def test_what_was_counted_shows_only_what_is_enough_people_by_now(meeting):
    mark(meeting, "sun", 9)
    mark(meeting, "rain", 6)
    meeting.post("results")
    found = {}
    for people in (5, 7, 6, 10, 5):
        with meeting.app.app_context():
            change_space(meeting.space.id, SpaceDraft("Het plein", threshold=people))
        found[people] = moods(meeting)[1]
    # Of nine without the other six one could tell how the six are.
    assert found == {5: {"sun": 9, "rain": 6}, 7: {}, 6: {"sun": 9, "rain": 6}, 10: {}}


def test_who_typed_over_nine_moods_does_not_read_the_tenth(meeting):
    mark(meeting, "storm", 1)
    with meeting.app.app_context():
        leader = meeting.space.steward
        resident = next(each.id for each in voices_of(meeting.space.id) if each.key == "resident")
        step_id = meeting.workshop.steps[StepKind.CHECK_IN]
        for number, mood in enumerate([Mood.STORM] * 4 + [Mood.SUN] * 5):
            sheet = begin_sheet(leader.viewer, meeting.workshop.id, f"Z{number}", resident)
            arrival = make_arrival(meeting.workshop, part_id=step_id)
            enter_part(
                leader.viewer,
                meeting.workshop.id,
                sheet,
                lambda who, arrival=arrival, mood=mood: mark_mood(who, arrival, step_id, mood),
            )
    meeting.post("results")
    assert moods(meeting) == (10, {})


def test_who_takes_theirs_back_takes_the_whole_count_along(meeting):
    first, *_ = mark(meeting, "sun", 6)
    mark(meeting, "rain", 6)
    meeting.post("results")
    with meeting.app.app_context(), changing(meeting.space.id) as log:
        log.session.get(MoodMark, first).forget()
    assert moods(meeting) == (12, {})


def test_how_people_leave_stands_beside_how_they_came_in(meeting):
    mark(meeting, "sun", 6)
    mark(meeting, "rain", 6)
    meeting.post("results")
    go_to(meeting, StepKind.CHECK_OUT)
    mark(meeting, "fog", 5, StepKind.CHECK_OUT)
    mark(meeting, "rain", 7, StepKind.CHECK_OUT)
    meeting.post("results")
    assert moods(meeting) == (12, {"fog": 5, "rain": 7})
    with meeting.app.app_context():
        row = meeting.row()
        came_in = result_of(row, row.current_step, session().scalar(select(Space))).came_in
        assert dict(came_in.shown) == {"sun": 6, "rain": 6}
    assert all(part.count('class="answers"') == 2 for part in parts(meeting))


def test_how_people_came_in_stays_unseen_where_the_room_did_not_see_it(meeting):
    mark(meeting, "sun", 6)
    mark(meeting, "rain", 6)
    go_to(meeting, StepKind.CHECK_OUT)
    meeting.post("results")
    assert all('class="answers"' not in part for part in parts(meeting))


def test_what_was_kept_of_another_step_is_not_shown(meeting):
    mark(meeting, "sun", 6)
    mark(meeting, "rain", 6)
    meeting.post("results")
    with meeting.app.app_context(), changing(meeting.space.id) as log:
        row = log.session.get(Step, meeting.workshop.steps[StepKind.CHECK_IN])
        row.settings = {"result": {**row.settings["result"], "step_id": str(new_id())}}
    assert moods(meeting) is None


def test_a_step_without_anything_to_show_says_so(meeting):
    go_to(meeting, StepKind.WELCOME)
    assert meeting.post("results").status_code == 409
    assert meeting.post("results/end").status_code == 409


def test_every_surface_hears_of_it_and_gets_no_number_with_it(meeting, wish):
    meeting.post("results")
    query = select(Change).where(Change.topic == "stage", Change.verb == "shown")
    with meeting.app.test_request_context():
        for view in (View.STAGE, View.CONSOLE, View.SCREEN):
            told = face_of(session().scalar(query), view).data
            assert (told["step_id"], told["kind"]) == (str(meeting.workshop.steps["stances"]), "stances")
            assert told["is_shown"]
            assert told["part_locked"]  # the vote is closed
            assert not {"votes", "moods", "result"} & told.keys()


def test_only_who_is_in_the_room_reads_it_at_a_tablet(meeting, new_browser):
    with meeting.app.app_context():
        other = new_browser(make_member(meeting.space))
    assert other.get(f"{meeting.path}/results?view=stage").status_code == 404
    assert meeting.tablet.get(f"{meeting.path}/results").status_code == 404


def test_only_who_leads_now_shows_it(meeting, wish, new_browser):
    with meeting.app.app_context():
        other = make_member(meeting.space, role=Role.FACILITATOR, person_id=make_account())
        take_lead(meeting.workshop.id, meeting.space.id, other.id)
    assert meeting.post("results").status_code == 409
    assert meeting.post("results", new_browser(other)).status_code == 200
    assert meeting.post("results/end").status_code == 409

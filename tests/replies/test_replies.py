"""Moods, answers, promises, and reading back: kept once, shown to whom their maker chose."""

from datetime import date

import pytest
from sqlalchemy import select

from cocreate.core.audience import Visibility
from cocreate.core.changes import changing
from cocreate.core.db import new_id, session
from cocreate.core.problems import Conflict, NotFound
from cocreate.replies.models import Commitment, MoodMark, Reply, SummaryCheck
from cocreate.replies.queries import heard_back, mood_of, replies_on_wall, summaries_of, to_read_back
from cocreate.replies.rules import IsRight, Mood
from cocreate.replies.service import drop_summary
from cocreate.spaces.contributions import withdraw
from cocreate.spaces.models import Membership
from cocreate.spaces.rules import Activity
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries.summaries import summaries_heard
from cocreate.workshops.rules import Phase, StepKind, StepSketch
from cocreate.workshops.service import move_stage
from cocreate.workshops.words import questions_of
from tests.factories import (
    make_commitment,
    make_member,
    make_mood,
    make_reply,
    make_space,
    make_summary,
    make_summary_check,
    make_workshop,
)

AGENDA = [
    StepSketch(kind, Phase.DISCOVER, 10)
    for kind in (
        StepKind.CHECK_IN,
        StepKind.PAIR_TALK,
        StepKind.OPEN_QUESTION,
        StepKind.READ_BACK,
        StepKind.COMMITMENTS,
        StepKind.BREAK,
        StepKind.CHECK_OUT,
        StepKind.CLOSE,
    )
]


@pytest.fixture
def meeting(app, space):
    with app.app_context():
        return make_workshop(space, agenda=AGENDA)


@pytest.fixture
def sam(app, space, meeting):
    with app.app_context():
        return make_member(space, meeting, name="Sam")


def rows(kind):
    return list(session().scalars(select(kind).where(kind.withdrawn_at.is_(None))))


def test_a_mood_is_one_for_each_part_and_the_last_one_counts(in_context, meeting, sam):
    for mood in (Mood.SUN, Mood.STORM):
        make_mood(sam, meeting, mood, meeting.steps["check_in"])
    make_mood(sam, meeting, Mood.FOG, meeting.steps["check_out"])
    assert [mark.mood for mark in rows(MoodMark)] == [Mood.STORM, Mood.FOG]
    own = mood_of(sam.viewer, meeting.steps.values())
    assert own == {meeting.steps["check_in"]: Mood.STORM, meeting.steps["check_out"]: Mood.FOG}


@pytest.mark.parametrize("wanted", Visibility)
def test_a_mood_is_for_nobody_else_whatever_is_asked(in_context, meeting, sam, wanted):
    make_mood(sam, meeting, visibility=wanted)
    assert rows(MoodMark)[0].visibility == Visibility.MAKER


def test_the_same_answer_twice_is_one(in_context, meeting, sam):
    same = new_id()
    for _tap in range(2):
        make_reply(sam, meeting, id=same)
    assert len(rows(Reply)) == 1


def test_answers_stand_with_their_own_question_and_without_names(in_context, space, meeting, sam):
    make_reply(sam, meeting, "Meer bankjes.", meeting.steps["open_question"])
    make_reply(sam, meeting, "Elders.", meeting.steps["check_in"])
    make_reply(sam, meeting, "Voor mij.", meeting.steps["open_question"], visibility=Visibility.MAKER)
    other = make_member(space, meeting)
    cards = "".join(map(str, replies_on_wall(other.viewer, meeting.steps["open_question"], 10)))
    assert "Meer bankjes." in cards
    assert "Elders." not in cards
    assert "Voor mij." not in cards
    assert "Sam" not in cards


def test_a_promise_says_by_when(in_context, meeting, sam):
    make_commitment(sam, meeting, by_on=date(2027, 5, 1))
    assert rows(Commitment)[0].by_on == date(2027, 5, 1)


def test_nothing_is_answered_before_its_part_begins(app, space):
    with app.app_context():
        closed = make_workshop(space, agenda=AGENDA, activities=(Activity.MOMENTS,))
        member = make_member(space, closed)
        move_stage(closed.id, space.id, closed.steps["check_in"])
        make_mood(member, closed)
        for tell in (make_reply, make_commitment):
            with pytest.raises(Conflict):
                tell(member, closed)


def test_nothing_is_answered_to_a_part_of_another_meeting_or_one_that_never_was_on(app, space, meeting):
    with app.app_context():
        here = make_workshop(space, agenda=[*AGENDA, AGENDA[0], AGENDA[2]], activities=())
        sam = make_member(space, here)
        parts = [(step.kind, step.id) for step in session().get_one(Workshop, here.id).steps]
        first, later = {}, {}
        for kind, step_id in parts:
            (later if kind in first else first)[kind] = step_id
        for tell, kind in ((make_mood, "check_in"), (make_reply, "open_question")):
            for elsewhere in (meeting.steps[kind], later[kind], first["close"], new_id()):
                move_stage(here.id, space.id, first[kind])
                with pytest.raises(Conflict):
                    tell(sam, here, step_id=elsewhere)
            tell(sam, here, step_id=first[kind])
            move_stage(here.id, space.id, later[kind])
            tell(sam, here, step_id=later[kind])
            tell(make_member(space, here), here, step_id=first[kind])  # late, from a tablet without wifi


def test_what_was_heard_comes_to_every_tablet_in_order(in_context, space, meeting, sam):
    first, second = (make_summary(space.steward, meeting, text) for text in ("Eten.", "Zingen."))
    assert [each.text for each in to_read_back(sam.viewer, meeting.id)] == ["Eten.", "Zingen."]
    make_summary_check(sam, meeting, first)
    assert [each.own for each in to_read_back(sam.viewer, meeting.id)] == [IsRight.RIGHT, None]
    drop_summary(space.steward.viewer, second)
    drop_summary(space.steward.viewer, second)
    assert [each.text for each in summaries_of(space.id, meeting.id)] == ["Eten."]
    with pytest.raises(NotFound):
        make_summary_check(sam, meeting, second)


def test_the_last_answer_to_a_summary_counts(in_context, space, meeting, sam):
    summary = make_summary(space.steward, meeting)
    make_summary_check(sam, meeting, summary)
    make_summary_check(sam, meeting, summary, IsRight.NOT_QUITE, "Liever buiten eten.")
    (kept,) = rows(SummaryCheck)
    assert (kept.answer, kept.text) == (IsRight.NOT_QUITE, "Liever buiten eten.")


def test_words_go_along_only_where_it_is_not_quite_right(in_context, space, meeting, sam):
    summary = make_summary(space.steward, meeting)
    make_summary_check(sam, meeting, summary, IsRight.NOT_QUITE, "Liever buiten eten.")
    make_summary_check(sam, meeting, summary, IsRight.RIGHT, "Getypt, en toch klopt het.")
    assert [kept.text for kept in rows(SummaryCheck)] == [""]


def test_who_leads_sees_numbers_only_of_enough_people_but_always_that_it_is_not_clear(
    in_context, space, meeting
):
    summary = make_summary(space.steward, meeting)
    people = [make_member(space, meeting) for _ in range(15)]
    make_summary_check(people[0], meeting, summary, IsRight.NOT_CLEAR)
    (heard,) = summaries_heard(space.steward.viewer, meeting.id, 5)
    assert (heard.people, dict(heard.shown), heard.is_unclear) == (0, {}, True)
    for each in people[1:7]:
        make_summary_check(each, meeting, summary)
    (heard,) = summaries_heard(space.steward.viewer, meeting.id, 5)
    assert dict(heard.shown) == {}  # six for right would say that one did not follow
    for each in people[7:]:
        make_summary_check(each, meeting, summary, IsRight.NOT_QUITE)
    (heard,) = summaries_heard(space.steward.viewer, meeting.id, 5)
    assert dict(heard.shown) == {IsRight.NOT_QUITE: 8}


def numbers(space, meeting):
    (heard,) = summaries_heard(space.steward.viewer, meeting.id, 5)
    return dict(heard.shown)


def test_one_answer_more_or_less_never_changes_the_numbers_of_who_leads_by_one(in_context, space, meeting):
    summary = make_summary(space.steward, meeting)
    people = [make_member(space, meeting) for _ in range(17)]
    right, not_quite = IsRight.RIGHT, IsRight.NOT_QUITE
    for each in people[:5]:
        make_summary_check(each, meeting, summary)
    for place, each in enumerate(people[5:10]):
        before = numbers(space, meeting)
        make_summary_check(each, meeting, summary, not_quite)
        assert (numbers(space, meeting) == before) == (place < 4)
    assert numbers(space, meeting) == {right: 5, not_quite: 5}
    for each in people[:4]:  # who thinks better of it
        make_summary_check(each, meeting, summary, not_quite)
        assert numbers(space, meeting) == {right: 5, not_quite: 5}
    mine = session().scalars(select(SummaryCheck).where(SummaryCheck.maker_id == people[9].id)).one()
    withdraw(people[9].viewer, SummaryCheck, mine.id)
    assert numbers(space, meeting) == {}  # without it they would say what it was
    assert mine.shown_answer == ""
    make_summary_check(people[10], meeting, summary)
    assert mine.shown_answer is None
    assert numbers(space, meeting) == {}  # made anew: eight, and two that would be known by it
    for each in people[11:16]:
        make_summary_check(each, meeting, summary)
    assert numbers(space, meeting) == {not_quite: 8, right: 7}


def type_over(space, writer, by):
    """Somebody types over what this writer wrote on paper."""
    with changing(space.id) as log:
        log.session.get_one(Membership, writer.id).bring_in(by.id)


def test_checks_that_somebody_typed_over_hide_nobody_else(in_context, space, meeting):
    summary = make_summary(space.steward, meeting)
    typed = [make_member(space, meeting) for _ in range(10)]
    for number, each in enumerate(typed):
        type_over(space, each, space.steward)
        make_summary_check(each, meeting, summary, IsRight.RIGHT if number % 2 else IsRight.NOT_QUITE)
    make_summary_check(make_member(space, meeting), meeting, summary)
    assert numbers(space, meeting) == {IsRight.RIGHT: 5, IsRight.NOT_QUITE: 5}
    (heard,) = heard_back(space.steward.viewer, meeting.id)
    assert {brought_by for _answer, brought_by in heard.said} == {str(space.steward.id)}
    type_over(space, typed[0], make_member(space))
    assert numbers(space, meeting) == {}  # who knows one of them would leave out that one


def test_who_leads_reads_other_words_only_where_they_are_shown(in_context, space, meeting):
    summary = make_summary(space.steward, meeting)
    for words, visibility in (("Zo.", Visibility.WORKSHOP), ("Stil.", Visibility.MAKER)):
        make_summary_check(
            make_member(space, meeting), meeting, summary, IsRight.NOT_QUITE, words, visibility=visibility
        )
    (heard,) = heard_back(space.steward.viewer, meeting.id)
    assert [said.text for said in heard.others] == ["Zo."]


def test_a_sentence_written_in_another_space_comes_to_nobody_here(app, space, meeting, sam):
    with app.app_context():
        other = make_space(name="Elders")
        make_summary(other.steward, meeting, "Koekoek.")
        assert to_read_back(sam.viewer, meeting.id) == []
        assert summaries_of(space.id, meeting.id) == []


def test_only_who_leads_writes_down_what_was_heard(in_context, meeting, sam):
    with pytest.raises(NotFound):
        make_summary(sam, meeting)


def test_pairs_get_the_questions_of_who_leads_or_those_of_appreciative_inquiry(app, space):
    with app.test_request_context():
        own = StepSketch(StepKind.PAIR_TALK, Phase.DISCOVER, 10, settings={"questions": ["Wat lukte?", " "]})
        meeting = make_workshop(space, agenda=[own, *AGENDA[1:2]])
        from cocreate.workshops.queries import workshop_of

        first, second = workshop_of(meeting.id).steps
        assert questions_of(first) == ["Wat lukte?"]
        assert len(questions_of(second)) == 5


def test_every_part_is_on_the_stage_the_console_and_the_screen(app, space, meeting, sam, new_browser):
    with app.app_context():
        make_summary(space.steward, meeting, "Dit hoorden we.")
        make_commitment(sam, meeting, "Ik bel haar.", by_on=date(2027, 5, 1))
        make_reply(sam, meeting, "Een bankje.", meeting.steps["open_question"])
    guest, leader = new_browser(sam), new_browser(space.steward)
    for step in AGENDA:
        with app.app_context():
            move_stage(meeting.id, space.id, meeting.steps[step.kind])
        assert guest.get(f"/workshops/{meeting.id}/stage").status_code == 200
        assert leader.get(f"/workshops/{meeting.id}/console").status_code == 200
        assert leader.get(f"/workshops/{meeting.id}/screen").status_code == 200
        assert leader.get(f"/workshops/{meeting.id}/screen?part=now").status_code == 200
    for page in ("console", "screen", "harvest"):
        assert "1 mei 2027" in leader.get(f"/workshops/{meeting.id}/{page}").text, page
    assert "Dit hoorden we." in guest.get(f"/workshops/{meeting.id}/stage?part=summaries").text


def test_a_reply_is_kept_by_the_form_of_the_stage(app, space, meeting, sam, new_browser):
    with app.app_context():
        move_stage(meeting.id, space.id, meeting.steps["open_question"])
    browser = new_browser(sam)
    browser.get(f"/workshops/{meeting.id}/stage")
    body = {
        "id": str(new_id()),
        "workshop_id": str(meeting.id),
        "membership_id": str(sam.id),
        "step_id": str(meeting.steps["open_question"]),
        "text": "Meer bankjes.",
        "visibility": "workshop",
    }
    assert browser.post(f"/spaces/{space.id}/replies", json=body).status_code == 201
    too_long = {**body, "id": str(new_id()), "text": "a" * 100_000}
    assert browser.post(f"/spaces/{space.id}/replies", json=too_long).status_code == 422
    with app.app_context():
        assert [each.text for each in rows(Reply)] == ["Meer bankjes."]

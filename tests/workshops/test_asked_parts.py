"""What people answered stays under its question, and goes no further than its part said."""

from uuid import uuid4

import pytest

from cocreate.core.audience import Visibility
from cocreate.core.db import session
from cocreate.core.problems import Conflict
from cocreate.moments.service import MomentDraft, share_moment
from cocreate.spaces.contributions import Contribution
from cocreate.spaces.queries import voices_of
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.models import Step, Workshop
from cocreate.workshops.queries.agendas import lines_of
from cocreate.workshops.rules import Phase, StepKind, StepSketch
from cocreate.workshops.service import move_stage
from cocreate.workshops.service.sheets import begin_sheet, enter_part
from cocreate.workshops.service.steering import give_time
from cocreate.workshops.sketches import Line, goes_further, sketch_of
from tests.browser_without_scripts import form_of
from tests.factories import (
    make_arrival,
    make_commitment,
    make_impact,
    make_member,
    make_moment,
    make_mood,
    make_node,
    make_reply,
    make_workshop,
)
from tests.workshops.steps import make_meeting
from tests.workshops.test_agendas import agenda_of, steps_of

OTHER = "Moet het plein dicht?"
NEW_PART = "Maak een nieuw onderdeel"


def part_path(workshop, kind):
    return f"/workshops/{workshop.id}/agenda/parts/{workshop.steps[kind]}"


def part_form(browser, path):
    return form_of(browser.get(path).text, **{"class": "form"})


def step_of(workshop, kind) -> Step:
    session().expire_all()
    return session().get_one(Step, workshop.steps[kind])


def wanted_of(workshop, kind, /, **changed) -> StepSketch:
    found = sketch_of(step_of(workshop, kind))
    return StepSketch(**{**{name: getattr(found, name) for name in StepSketch.__slots__}, **changed})


def test_an_answer_stays_under_the_question_it_was_given_to(app, space, steward):
    with app.app_context():
        asked = make_meeting(space, StepKind.OPEN_QUESTION, StepKind.CLOSE, on=StepKind.OPEN_QUESTION)
        make_reply(make_member(space, asked), asked, "Ja, graag", step_id=asked.steps["open_question"])
        move_stage(asked.id, space.id, asked.steps["close"])
    path = part_path(asked, "open_question")
    form = part_form(steward, path)
    refused = steward.submit(form, path, prompt=OTHER)
    assert refused.status_code == 422
    assert NEW_PART in refused.text
    assert OTHER not in steward.get(f"/workshops/{asked.id}/harvest").text
    assert steward.submit(form, path, title="Het plein", minutes="7").status_code == 303
    with app.app_context():
        step = step_of(asked, "open_question")
        assert (step.title, step.minutes, step.prompt) == ("Het plein", 7, "")


def test_the_page_shows_what_was_asked_to_read_and_not_to_change(app, space, steward):
    with app.app_context():
        meeting = make_meeting(space, StepKind.PAIR_TALK, StepKind.OPEN_QUESTION, on=StepKind.PAIR_TALK)
    asked, coming = (steward.get(part_path(meeting, kind)).text for kind in ("pair_talk", "open_question"))
    assert asked.count(" readonly") == 2
    assert NEW_PART in asked
    assert " readonly" not in coming
    assert NEW_PART not in coming


@pytest.mark.parametrize("kind", StepKind)
def test_what_was_on_stage_asks_what_it_asked(in_context, space, kind):
    """Also when nobody answered yet: an answer may be under way from a tablet without wifi."""
    meeting = make_meeting(space, StepKind.WELCOME, kind, StepKind.OPEN_QUESTION)
    at, agenda = list(meeting.steps)[1] if kind is not StepKind.WELCOME else "welcome", agenda_of(meeting)
    if kind is StepKind.OPEN_QUESTION:
        return
    agenda.change(meeting.steps[at], wanted_of(meeting, at, prompt="Vooraf mag het."))
    move_stage(meeting.id, space.id, meeting.steps[at])
    wanted = wanted_of(meeting, at, prompt=OTHER, minutes=3)
    if ACTIVITIES[kind].opens is None and kind is not StepKind.PAIR_TALK:  # it asks nothing
        agenda.change(meeting.steps[at], wanted)
        assert step_of(meeting, at).prompt == OTHER
        return
    with pytest.raises(Conflict, match="Add a part"):
        agenda.change(meeting.steps[at], wanted)
    agenda.change(meeting.steps[at], wanted_of(meeting, at, title="Anders", minutes=3))
    assert (step_of(meeting, at).title, step_of(meeting, at).prompt) == ("Anders", "Vooraf mag het.")


def test_what_two_people_took_along_stays(app, space, steward):
    with app.app_context():
        meeting = make_meeting(space, StepKind.PAIR_TALK, StepKind.CLOSE, on=StepKind.PAIR_TALK)
    path = part_path(meeting, "pair_talk")
    form = part_form(steward, path)
    refused = steward.submit(form, path, questions="Wie ben je?")
    assert refused.status_code == 422
    assert NEW_PART in refused.text
    assert steward.submit(form, path, minutes="8").status_code == 303
    with app.app_context():
        assert (step_of(meeting, "pair_talk").settings, step_of(meeting, "pair_talk").minutes) == ({}, 8)


def test_a_part_that_was_passed_over_asked_nobody_anything(in_context, space):
    meeting = make_meeting(space, StepKind.WELCOME, StepKind.MOMENTS, StepKind.CLOSE, on=StepKind.CLOSE)
    agenda_of(meeting).change(meeting.steps["moments"], wanted_of(meeting, "moments", prompt=OTHER))
    assert step_of(meeting, "moments").prompt == OTHER


TOLD = {
    StepKind.CHECK_IN: lambda who, at, step: make_mood(who, at, step_id=step),
    StepKind.MOMENTS: lambda who, at, step: make_moment(who, at, part_id=step),
    StepKind.IMPACTS: lambda who, at, step: make_impact(who, at, part_id=step),
    StepKind.OPEN_QUESTION: lambda who, at, step: make_reply(who, at, step_id=step),
    StepKind.COMMITMENTS: lambda who, at, step: make_commitment(who, at, part_id=step),
    StepKind.MAP: lambda who, at, step: make_node(who, at, part_id=step),
}


@pytest.mark.parametrize("kind", TOLD)
def test_a_part_in_which_anything_was_told_stays_whole(in_context, space, kind):
    meeting = make_meeting(space, StepKind.WELCOME, kind, StepKind.STANCES, StepKind.CLOSE)
    TOLD[kind](make_member(space, meeting), meeting, meeting.steps[kind])
    agenda = agenda_of(meeting)
    with pytest.raises(Conflict):
        agenda.remove(meeting.steps[kind])
    with pytest.raises(Conflict):
        agenda.change(meeting.steps[kind], wanted_of(meeting, kind, kind=StepKind.BREAK))
    with pytest.raises(Conflict, match="Add a part"):
        agenda.change(meeting.steps[kind], wanted_of(meeting, kind, prompt=OTHER))
    agenda.remove(meeting.steps["stances"])  # nothing was told in that one


def test_a_map_that_was_drawn_on_stage_holds_up_no_other_part(in_context, space):
    meeting = make_meeting(space, StepKind.MAP, StepKind.CLOSE, on=StepKind.MAP)
    make_node(make_member(space, meeting), meeting)
    again = agenda_of(meeting).add(StepKind.MAP)
    agenda_of(meeting).remove(again)
    assert [step.kind for step in steps_of(meeting)] == ["map", "close"]


def test_a_part_that_was_typed_over_from_paper_stays(app, space, steward):
    with app.app_context():
        meeting = make_meeting(space, StepKind.WELCOME, StepKind.MOMENTS, StepKind.CLOSE)
        viewer, part = space.steward.viewer, meeting.steps["moments"]
        writer = begin_sheet(viewer, meeting.id, "A1", voices_of(space.id)[0].id)
        arrival = make_arrival(meeting, part_id=part)
        enter_part(viewer, meeting.id, writer, lambda v: share_moment(v, arrival, MomentDraft("Op papier.")))
    path = part_path(meeting, "moments")
    assert f"{path}/removal" not in steward.get(path).text
    refused = steward.post(f"{path}/removal", json={})
    assert refused.status_code == 409
    assert "op papier" in refused.json["title"]
    form = part_form(steward, path)
    assert "kind" not in form.values
    assert steward.submit(form, path, prompt=OTHER).status_code == 422
    assert steward.submit(form, path, title="Verhalen").status_code == 303


def test_every_kind_of_contribution_is_asked(in_context, workshop):
    from cocreate.privacy.queries import KINDS

    assert set(Contribution.__subclasses__()) == set(KINDS.values())
    assert not any(line.is_told_in for line in lines_of(session().get_one(Workshop, workshop.id)))


def test_what_was_told_goes_no_further_than_its_part_said(app, space, steward):
    agenda = [StepSketch(StepKind.MOMENTS, Phase.DISCOVER, 10, widest=Visibility.WORKSHOP)]
    with app.app_context():
        meeting = make_workshop(space, agenda=agenda)
        who = make_member(space, meeting)
    path = part_path(meeting, "moments")
    assert (
        steward.submit(part_form(steward, path), path, widest="space").status_code == 303
    )  # nothing told yet
    with app.app_context():
        make_moment(who, meeting, part_id=meeting.steps["moments"])
    form = part_form(steward, path)
    assert form.options["widest"] == ["space", "workshop", "maker"]
    refused = steward.submit(form, path, widest="")
    assert refused.status_code == 422
    assert "niet verder" in refused.text
    with app.app_context(), pytest.raises(Conflict, match="goes no further"):
        agenda_of(meeting).change(meeting.steps["moments"], wanted_of(meeting, "moments", widest=None))
    answer = steward.submit(form, path, widest="maker", most_each="3", has_names="y")
    assert answer.status_code == 303
    with app.app_context():
        step = step_of(meeting, "moments")
        assert (step.widest, step.most_each, step.has_names) == ("maker", 3, True)


@pytest.mark.parametrize("now", [None, *Visibility])
@pytest.mark.parametrize("wanted", [None, *Visibility])
def test_further_is_further_than_now(now, wanted):
    order = [*Visibility, None]  # no limit goes as far as public does
    further = order.index(wanted) > order.index(now) and not (wanted is None and now is Visibility.PUBLIC)
    assert goes_further(StepSketch(StepKind.MOMENTS, Phase.DISCOVER, 5, widest=now), wanted) == further


@pytest.mark.parametrize("kind", StepKind)
def test_a_part_that_nobody_saw_yet_can_ask_anything(kind):
    assert not Line(uuid4(), StepSketch(kind, Phase.DISCOVER, 5), is_fixed=True).keeps_its_words


def test_a_part_that_was_made_shorter_still_lasts_a_minute(in_context, space, workshop):
    give_time(workshop.id, space.id, workshop.steps["welcome"], -60, 0)
    agenda_of(workshop).change(workshop.steps["welcome"], wanted_of(workshop, "welcome", minutes=5))
    assert step_of(workshop, "welcome").whole_minutes == 1
    agenda_of(workshop).change(workshop.steps["welcome"], wanted_of(workshop, "welcome", minutes=40))
    assert step_of(workshop, "welcome").whole_minutes == 36

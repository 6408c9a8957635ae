"""A part of an agenda becomes another activity, and says what that does not know."""

from uuid import UUID

import pytest

from cocreate.core.audience import Visibility
from cocreate.core.db import session
from cocreate.core.problems import Conflict
from cocreate.spaces.rules import Activity
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.library import AGENDAS, Agenda
from cocreate.workshops.models import OwnAgenda, Step, Workshop
from cocreate.workshops.queries.workshops import trajectory_of_workshop
from cocreate.workshops.rules import Phase, StepKind, StepSketch
from cocreate.workshops.service import move_stage
from cocreate.workshops.service.keeping import KeptAgenda
from cocreate.workshops.sketches import dropped, sketch_of, terms_known, turned
from tests.browser_without_scripts import form_of
from tests.factories import make_member, make_own_agenda, make_reply, make_workshop
from tests.workshops.test_agendas import agenda_of, steps_of


def part_form(steward, path):
    return form_of(steward.get(path).text, **{"class": "form"})


def test_a_part_becomes_another_activity_and_says_what_it_does_not_know(app, space, steward):
    with app.app_context():
        meeting = make_workshop(space, agenda=AGENDAS[Agenda.CASE], doors=False, activities=())
    path = f"/workshops/{meeting.id}/agenda/parts/{meeting.steps['moments']}"
    form = part_form(steward, path)
    assert (form.values["kind"], form.values["title"]) == ("moments", "Het verhaal")
    assert "close" not in form.options["kind"]
    answer = steward.submit(form, path, kind="pair_talk", most_each="2", has_names="y", minutes="14")
    assert answer.status_code == 303
    with app.app_context():
        step = session().get(Step, meeting.steps["moments"])
        assert (step.kind, step.phase, step.minutes, step.position) == ("pair_talk", "discover", 14, 1)
        # The words of the ready agenda were for telling a case; the new activity has its own.
        assert (step.title, step.prompt, step.settings) == ("", "", {})
        assert (step.widest, step.most_each, step.has_names) == (None, None, False)
    page = steward.get(answer.headers["Location"]).text
    assert "wie het hoogstens mag zien" in page
    assert "de vragen die" not in page
    steward.submit(part_form(steward, path), path, questions="Wie ben je?", title="Samen")
    again = steward.submit(part_form(steward, path), path, kind="impacts")
    with app.app_context():
        step = session().get(Step, meeting.steps["moments"])
        assert (step.kind, step.phase, step.title, step.settings) == ("impacts", "dream", "Samen", {})
    assert "de vragen die" in steward.get(again.headers["Location"]).text
    assert "de vragen die" not in steward.get(path).text
    assert steward.submit(part_form(steward, path), path, kind="zz").status_code == 422
    assert steward.submit(part_form(steward, path), path, kind="close").status_code == 422


def test_a_part_of_an_own_agenda_becomes_another_activity_too(app, space, steward):
    with app.app_context():
        kept = make_own_agenda(space)
        rows = session().get(OwnAgenda, kept).steps
    path = f"/spaces/{space.id}/agendas/{kept}/parts/{rows[1]['id']}"
    limited = steward.submit(part_form(steward, path), path, most_each="2", prompt="Wat bleef je bij?")
    assert limited.status_code == 303
    answer = steward.submit(part_form(steward, path), path, kind="factors")
    assert "hoeveel dingen" in steward.get(answer.headers["Location"]).text
    with app.app_context():
        row = session().get(OwnAgenda, kept).steps[1]
        assert (row["kind"], row["prompt"], row["most_each"]) == ("factors", "Wat bleef je bij?", None)
        assert row["id"] == rows[1]["id"]
    close = f"/spaces/{space.id}/agendas/{kept}/parts/{rows[2]['id']}"
    assert "kind" not in part_form(steward, close).values
    refused = steward.submit(part_form(steward, close), close, kind="break")
    assert refused.status_code == 422
    assert "blijft een afsluiting" in refused.text


def test_a_part_that_was_on_stage_stays_what_it_is(app, space, steward):
    with app.app_context():
        meeting = make_workshop(space)
        move_stage(meeting.id, space.id, meeting.steps["impacts"])
        move_stage(meeting.id, space.id, meeting.steps["moments"])  # and back
    for kind in ("welcome", "moments", "impacts"):  # over, on stage, and once on stage
        path = f"/workshops/{meeting.id}/agenda/parts/{meeting.steps[kind]}"
        form = part_form(steward, path)
        assert "kind" not in form.values
        refused = steward.submit(form, path, kind="break")
        assert refused.status_code == 422
        assert "was al aan de beurt" in refused.text
        with app.app_context():
            assert session().get(Step, meeting.steps[kind]).kind == kind
        assert steward.submit(form, path, minutes="9").status_code == 303
    path = f"/workshops/{meeting.id}/agenda/parts/{meeting.steps['indicators']}"
    assert steward.submit(part_form(steward, path), path, kind="break").status_code == 303


def test_the_agenda_itself_refuses_another_activity_where_one_stays(in_context, space):
    meeting = make_workshop(space)
    move_stage(meeting.id, space.id, meeting.steps["moments"])
    sketches = {step.kind: sketch_of(step) for step in steps_of(meeting)}
    with pytest.raises(Conflict, match="so does its activity"):
        agenda_of(meeting).change(meeting.steps["moments"], turned(sketches["moments"], StepKind.BREAK))
    for kind, other in (("close", StepKind.BREAK), ("map", StepKind.CLOSE)):
        with pytest.raises(Conflict, match="stays a close"):
            agenda_of(meeting).change(meeting.steps[kind], turned(sketches[kind], other))
    kept = KeptAgenda(space.id, make_own_agenda(space))
    rows = session().get(OwnAgenda, kept.agenda_id).steps
    with pytest.raises(Conflict, match="stays a close"):
        kept.change(UUID(rows[2]["id"]), turned(sketches["close"], StepKind.BREAK))


def test_what_was_said_on_paper_keeps_its_part(in_context, space):
    meeting = make_workshop(space, agenda=AGENDAS[Agenda.DEFINE], activities=Activity)
    maker = make_member(space, meeting)
    asked, other = (step for step in steps_of(meeting) if step.kind == "open_question")
    make_reply(maker, meeting, step_id=asked.id)
    wanted = turned(sketch_of(asked), StepKind.BREAK)
    with pytest.raises(Conflict):
        agenda_of(meeting).change(asked.id, wanted)
    with pytest.raises(Conflict):
        agenda_of(meeting).remove(asked.id)
    agenda_of(meeting).change(other.id, wanted)


def test_a_part_that_becomes_a_map_brings_a_map(in_context, space):
    meeting = make_workshop(space, doors=False, activities=())
    session().get_one(Workshop, meeting.id).trajectory_id = None
    session().commit()
    step = sketch_of(steps_of(meeting)[1])
    agenda_of(meeting).change(meeting.steps["moments"], turned(step, StepKind.MAP))
    assert trajectory_of_workshop(meeting.id) is not None


@pytest.mark.parametrize("kind", StepKind)
def test_another_activity_has_nothing_of_the_first(kind):
    whole = StepSketch(
        StepKind.MOMENTS,
        Phase.DISCOVER,
        12,
        "Titel",
        "Vraag",
        Visibility.WORKSHOP,
        2,
        True,
        {"words": "case.moments", "questions": ["Wat?"]},
    )
    after = turned(whole, kind)
    assert (after.minutes, after.title, after.prompt) == (12, "Titel", "Vraag")
    assert after.settings == (whole.settings if kind is StepKind.MOMENTS else {})
    assert after.phase == (Phase.DISCOVER if kind is StepKind.MOMENTS else ACTIVITIES[kind].phase)
    gone = set(dropped(whole, kind))
    assert gone | terms_known(kind) == {"questions", "widest", "most_each", "has_names"}
    assert not gone & terms_known(kind)


def test_in_a_meeting_that_is_all_in_one_move_a_part_stays_in_it():
    design = StepSketch(StepKind.MOMENTS, Phase.DESIGN, 12)
    assert turned(design, StepKind.IMPACTS).phase is Phase.DESIGN

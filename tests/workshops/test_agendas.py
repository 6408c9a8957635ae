"""Agendas: the library of them, making one, and what a meeting that goes on hears of it."""

import threading
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select

from cocreate.core.audience import Visibility
from cocreate.core.changes import Change
from cocreate.core.db import session
from cocreate.core.problems import Conflict, NotFound
from cocreate.spaces.models import Opening
from cocreate.spaces.rules import Activity
from cocreate.workshops.library import AGENDAS, Agenda
from cocreate.workshops.models import OwnAgenda, Step, Workshop
from cocreate.workshops.queries.agendas import kept_agendas
from cocreate.workshops.queries.workshops import trajectory_of_workshop
from cocreate.workshops.rules import StepKind
from cocreate.workshops.service import close_workshop, move_stage
from cocreate.workshops.service.agendas import MOST_PARTS, MeetingAgenda
from cocreate.workshops.service.keeping import KeptAgenda
from cocreate.workshops.sketches import sketch_of
from tests.browser_without_scripts import form_of
from tests.factories import make_own_agenda, make_space, make_workshop


@pytest.fixture
def planned(in_context, space):
    """A meeting whose doors are not open yet."""
    return make_workshop(space, doors=False, activities=())


def agenda_of(workshop):
    return MeetingAgenda(workshop.space_id, workshop.id)


def steps_of(workshop):
    session().expire_all()
    query = select(Step).where(Step.workshop_id == workshop.id)
    return list(session().scalars(query.order_by(Step.position)))


def kinds(workshop):
    found = steps_of(workshop)
    assert [step.position for step in found] == list(range(len(found)))  # no gaps, nothing twice
    return [step.kind for step in found]


def test_parts_are_moved_added_and_taken_out(planned):
    agenda = agenda_of(planned)
    agenda.place(planned.steps["map"], 1)
    assert kinds(planned) == ["welcome", "map", "moments", "impacts", "indicators", "close"]
    added = agenda.add(StepKind.BREAK)
    assert kinds(planned) == ["welcome", "map", "moments", "impacts", "indicators", "break", "close"]
    agenda.remove(planned.steps["moments"])
    agenda.place(added, 99)
    assert kinds(planned) == ["welcome", "map", "impacts", "indicators", "close", "break"]


def test_one_part_stays_and_there_is_an_end_to_adding(planned):
    agenda = agenda_of(planned)
    for kind in ("welcome", "moments", "impacts", "indicators", "map"):
        agenda.remove(planned.steps[kind])
    with pytest.raises(Conflict):
        agenda.remove(planned.steps["close"])
    for _number in range(MOST_PARTS - 1):
        agenda.add(StepKind.BREAK)
    with pytest.raises(Conflict):
        agenda.add(StepKind.BREAK)


def test_what_is_over_or_on_stage_stays_and_so_does_what_was_there(in_context, space):
    workshop = make_workshop(space)
    agenda = agenda_of(workshop)
    move_stage(workshop.id, space.id, workshop.steps["impacts"])
    move_stage(workshop.id, space.id, workshop.steps["moments"])  # and back
    for kind in ("welcome", "moments"):
        with pytest.raises(Conflict, match="stays where it is"):
            agenda.place(workshop.steps[kind], 5)
        with pytest.raises(Conflict, match="stays where it is"):
            agenda.remove(workshop.steps[kind])
    with pytest.raises(Conflict, match="What people told in it stays"):
        agenda.remove(workshop.steps["impacts"])
    agenda.place(workshop.steps["map"], 0)  # no further than what is on stage
    agenda.remove(workshop.steps["indicators"])
    assert kinds(workshop) == ["welcome", "moments", "map", "impacts", "close"]


def test_a_closed_meeting_keeps_its_agenda(in_context, space, workshop):
    close_workshop(workshop.id, space.id)
    agenda = agenda_of(workshop)
    step = sketch_of(steps_of(workshop)[0])
    for change in (
        lambda: agenda.add(StepKind.BREAK),
        lambda: agenda.place(workshop.steps["map"], 1),
        lambda: agenda.remove(workshop.steps["map"]),
        lambda: agenda.change(workshop.steps["map"], step),
        lambda: agenda.plan("Anders", None),
    ):
        with pytest.raises(Conflict):
            change()


def test_terms_of_the_part_on_stage_hold_at_once(in_context, space, workshop):
    move_stage(workshop.id, space.id, workshop.steps["moments"])
    wanted = sketch_of(session().get(Step, workshop.steps["moments"]))
    changed = type(wanted)(
        wanted.kind, wanted.phase, 7, widest=Visibility.WORKSHOP, most_each=2, has_names=True
    )
    agenda_of(workshop).change(workshop.steps["moments"], changed)
    session().expire_all()
    opening = (
        session()
        .scalars(
            select(Opening).where(Opening.workshop_id == workshop.id, Opening.activity == Activity.MOMENTS)
        )
        .one()
    )
    assert (opening.widest, opening.most_each, opening.has_names) == ("workshop", 2, True)
    assert opening.staged_at is not None
    agenda_of(workshop).change(workshop.steps["impacts"], changed)  # not on stage: later
    session().expire_all()
    other = (
        session()
        .scalars(
            select(Opening).where(Opening.workshop_id == workshop.id, Opening.activity == Activity.IMPACTS)
        )
        .one()
    )
    assert other.widest is None


def test_tablets_and_the_screen_hear_that_the_agenda_changed(in_context, space, workshop):
    agenda_of(workshop).add(StepKind.BREAK)
    change = session().scalars(select(Change).order_by(Change.seq.desc()).limit(1)).one()
    assert (change.topic, change.verb) == ("stage", "agenda")
    assert change.payload == {"step_id": str(workshop.steps["welcome"]), "kind": "welcome"}


def test_a_map_part_brings_a_map(in_context, space):
    meeting = make_workshop(space, doors=False, activities=())
    session().get_one(Workshop, meeting.id).trajectory_id = None
    session().commit()
    agenda_of(meeting).add(StepKind.MAP)
    assert trajectory_of_workshop(meeting.id) is not None


def test_of_two_who_move_at_once_no_part_is_lost(app, space):
    with app.app_context():
        meeting = make_workshop(space, doors=False, activities=())
    problems = []

    def move(kind, to):
        with app.app_context():
            try:
                for _again in range(4):
                    agenda_of(meeting).place(meeting.steps[kind], to)
            except Exception as problem:
                problems.append(problem)

    threads = [threading.Thread(target=move, args=each) for each in (("map", 1), ("moments", 4))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert problems == []
    with app.app_context():
        assert sorted(kinds(meeting)) == sorted(meeting.steps)


def test_a_part_that_somebody_took_out_is_gone_in_plain_words(in_context, planned, steward, space):
    agenda_of(planned).remove(planned.steps["map"])
    with pytest.raises(NotFound):
        agenda_of(planned).place(planned.steps["map"], 0)
    answer = steward.post(
        f"/workshops/{planned.id}/agenda/parts/{planned.steps['map']}/place", json={"to": 1}
    )
    assert answer.status_code == 404
    assert "Iemand anders" in answer.json["title"]


def test_names_are_let_in_by_hand_where_people_can_give_them(app, space, workshop, steward):
    path = f"/workshops/{workshop.id}/agenda/parts/{workshop.steps['moments']}"
    form = form_of(steward.get(path).text, **{"class": "form"})
    assert steward.submit(form, path, has_names="y").status_code == 303
    with app.app_context():
        assert session().get(Step, workshop.steps["moments"]).has_names


def test_a_part_is_changed_by_hand_and_keeps_the_reader_s_language_where_nothing_changed(app, space, steward):
    with app.app_context():
        meeting = make_workshop(space, agenda=AGENDAS[Agenda.ROAD], doors=False, activities=())
    path = f"/workshops/{meeting.id}/agenda/parts/{meeting.steps['map']}"
    form = form_of(steward.get(path).text, **{"class": "form"})
    assert form.values["title"] == "Onze weg"
    answer = steward.submit(form, path, minutes="30", widest="workshop")
    assert answer.status_code == 303
    with app.app_context():
        step = session().get(Step, meeting.steps["map"])
        assert (step.title, step.prompt, step.minutes, step.widest) == ("", "", 30, "workshop")
        assert step.settings == {"words": "road.map"}
    steward.submit(form, path, prompt="Hoe liep het?")
    with app.app_context():
        assert session().get(Step, meeting.steps["map"]).prompt == "Hoe liep het?"
    assert steward.submit(form, path, minutes="0").status_code == 422


def test_questions_for_two_are_kept_one_on_each_line(app, space, steward):
    with app.app_context():
        meeting = make_workshop(space, agenda=AGENDAS[Agenda.WALK], doors=False, activities=())
    path = f"/workshops/{meeting.id}/agenda/parts/{meeting.steps['pair_talk']}"
    form = form_of(steward.get(path).text, **{"class": "form"})
    steward.submit(form, path)
    with app.app_context():
        assert session().get(Step, meeting.steps["pair_talk"]).settings == {"words": "walk.pair_talk"}
    steward.submit(form, path, questions="Wie ben je?\n\n Wat wil je? ")
    with app.app_context():
        settings = session().get(Step, meeting.steps["pair_talk"]).settings
    assert settings == {"words": "walk.pair_talk", "questions": ["Wie ben je?", "Wat wil je?"]}


def test_clock_times_follow_the_clock_of_the_space(app, space, steward, in_context):
    meeting = make_workshop(space, doors=False, activities=())
    path = f"/workshops/{meeting.id}/agenda"
    assert "+0:15" in steward.get(path).text
    form = form_of(steward.get(path).text, action=path)
    assert steward.submit(form, path, title="Voorjaar", planned_at="2026-07-02T19:30").status_code == 303
    session().expire_all()
    row = session().get(Workshop, meeting.id)
    assert (row.title, row.planned_at) == ("Voorjaar", datetime(2026, 7, 2, 17, 30, tzinfo=UTC))
    page = steward.get(f"{path}?part=table").text
    for time in ("19:30", "19:45", "20:10", "21:45"):  # and the end
        assert time in page
    assert form_of(steward.get(path).text, action=path).values["planned_at"] == "2026-07-02T19:30"
    steward.post(f"{path}/parts/{meeting.steps['map']}/place", {"to": "1"})
    assert "20:20" in steward.get(f"{path}?part=table").text


def test_the_library_shows_all_and_a_copy_is_the_space_s_own(app, space, steward):
    path = f"/spaces/{space.id}/agendas"
    page = steward.get(path).text
    assert page.count('<svg class="timeline"') == len(Agenda)
    answer = steward.post(path, {"agenda": "council"})
    assert answer.status_code == 303
    with app.app_context():
        (kept,) = kept_agendas(space.id)
        assert [row["kind"] for row in kept.steps] == [sketch.kind for sketch in AGENDAS[Agenda.COUNCIL]]
        assert kept.steps[0]["settings"] == {"words": "council.welcome"}
    assert "Mensen uit" not in kept.title
    assert steward.post(path, {"agenda": f"own:{kept.id}"}).status_code == 303
    for unknown in ("zz", "own:zz", f"own:{uuid4()}", f"earlier:{uuid4()}"):
        assert steward.post(path, {"agenda": unknown}).status_code == 404


def test_an_own_agenda_is_made_in_the_same_way_and_used(app, space, steward):
    with app.app_context():
        agenda_id = make_own_agenda(space)
        rows = session().get(OwnAgenda, agenda_id).steps
    path = f"/spaces/{space.id}/agendas/{agenda_id}"
    assert steward.get(path).status_code == 200
    assert steward.post(f"{path}/parts/{rows[-1]['id']}/place", {"to": "0"}).status_code == 303
    assert steward.post(f"{path}/parts", {"kind": "break"}).status_code == 303
    assert steward.post(f"{path}/parts/{rows[1]['id']}/removal").status_code == 303
    part = f"{path}/parts/{rows[0]['id']}"
    form = form_of(steward.get(part).text, **{"class": "form"})
    assert steward.submit(form, part, minutes="3", title="Hallo").status_code == 303
    assert steward.post(path, {"title": "De onze"}).status_code == 303
    assert steward.post(path, {"title": ""}).status_code == 422
    new = f"/spaces/{space.id}/workshops/new"
    form = form_of(steward.get(f"{new}?agenda=own:{agenda_id}").text, **{"class": "form"})
    assert form.values["agenda"] == f"own:{agenda_id}"
    assert steward.submit(form, new, title="Met de onze").status_code == 303
    with app.app_context():
        meeting = session().scalars(select(Workshop).where(Workshop.title == "Met de onze")).one()
        assert [(step.kind, step.minutes) for step in meeting.steps][:2] == [("close", 10), ("welcome", 3)]
        assert [step.kind for step in meeting.steps][-1] == "break"
        assert session().get(OwnAgenda, agenda_id).title == "De onze"
    assert steward.post(f"{path}/removal").status_code == 303
    assert steward.get(path).status_code == 404


def test_an_own_agenda_keeps_one_part_and_refuses_what_is_gone(in_context, space):
    kept = KeptAgenda(space.id, make_own_agenda(space, [StepKind.WELCOME]))
    (row,) = session().get(OwnAgenda, kept.agenda_id).steps
    with pytest.raises(Conflict):
        kept.remove(type(kept.agenda_id)(row["id"]))
    with pytest.raises(NotFound):
        kept.place(uuid4(), 0)
    with pytest.raises(NotFound):
        KeptAgenda(make_space().id, kept.agenda_id).throw_away()


def test_a_meeting_becomes_an_own_agenda_and_is_duplicated(app, space, workshop, steward):
    path = f"/workshops/{workshop.id}"
    assert steward.post(f"{path}/own-agendas", {"title": "Zoals toen"}).status_code == 303
    answer = steward.post(f"{path}/copies")
    assert answer.status_code == 303
    with app.app_context():
        (kept,) = kept_agendas(space.id)
        assert (kept.title, [row["kind"] for row in kept.steps]) == ("Zoals toen", list(workshop.steps))
        copy = session().scalars(select(Workshop).order_by(Workshop.created_at.desc())).first()
        assert [step.kind for step in copy.steps] == list(workshop.steps)
        assert (copy.opened_at, copy.id != workshop.id) == (None, True)


def test_a_new_meeting_can_be_as_an_earlier_one(app, space, workshop, steward):
    new = f"/spaces/{space.id}/workshops/new"
    form = form_of(steward.get(new).text, **{"class": "form"})
    key = f"earlier:{workshop.id}"
    assert key in form.options["agenda"]
    answer = steward.submit(form, new, title="Weer", agenda=key, planned_at="2026-12-01T20:00")
    assert answer.status_code == 303
    with app.app_context():
        made = session().scalars(select(Workshop).where(Workshop.title == "Weer")).one()
        assert [step.kind for step in made.steps] == list(workshop.steps)
        assert made.planned_at == datetime(2026, 12, 1, 19, 0, tzinfo=UTC)

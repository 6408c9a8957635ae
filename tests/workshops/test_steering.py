"""Leading a meeting: the clock, the locks, who leads, and who is still busy."""

import threading
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, select

from cocreate.core.changes import Change
from cocreate.core.db import db, session, utcnow
from cocreate.core.problems import Conflict
from cocreate.spaces.models import Attendance
from cocreate.spaces.rules import Role
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries.pace import elapsed, moves_of, pace, told_since
from cocreate.workshops.service import close_workshop, move_stage, open_doors, start_workshop
from cocreate.workshops.service.lighting import take_back_in
from cocreate.workshops.service.steering import give_time, go_on, lock_part, pause, take_lead
from tests.browser_without_scripts import form_of
from tests.factories import make_account, make_aside, make_member, make_moment, make_workshop

MOST_QUESTIONS = 14  # of one look at the panel


def workshop_row(workshop):
    return session().get(Workshop, workshop.id)


def let_pass(workshop, **time):
    """As if this much time had passed since the part began, and since it was paused."""
    row = workshop_row(workshop)
    row.step_started_at -= timedelta(**time)
    if row.paused_at:
        row.paused_at -= timedelta(**time)
    session().commit()


def verbs(workshop):
    query = select(Change.verb).where(Change.subject_id == workshop.id, Change.topic == "stage")
    return list(session().scalars(query.order_by(Change.seq)))


def test_a_paused_clock_stands_still_and_goes_on_where_it_stood(in_context, space, workshop):
    let_pass(workshop, minutes=3)
    pause(workshop.id, space.id)
    pause(workshop.id, space.id)
    row = workshop_row(workshop)
    row.paused_at -= timedelta(minutes=2)  # it has stood still for two minutes
    row.step_started_at -= timedelta(minutes=2)
    session().commit()
    assert 178 <= elapsed(row) <= 182
    go_on(workshop.id, space.id)
    go_on(workshop.id, space.id)
    assert 178 <= elapsed(workshop_row(workshop)) <= 182
    assert verbs(workshop) == ["moved", "paused", "resumed"]


def test_moving_on_ends_a_pause(in_context, space, workshop):
    pause(workshop.id, space.id)
    move_stage(workshop.id, space.id, workshop.steps["map"])
    assert workshop_row(workshop).paused_at is None


def test_the_second_of_two_taps_gives_no_more_time(in_context, space, workshop):
    for _tap in range(2):
        give_time(workshop.id, space.id, workshop.steps["welcome"], 2, 0)
    assert workshop_row(workshop).current_step.extra_minutes == 2
    give_time(workshop.id, space.id, workshop.steps["welcome"], 2, 2)
    assert workshop_row(workshop).current_step.whole_minutes == 15 + 4


def test_a_part_keeps_at_least_a_minute(in_context, space, workshop):
    give_time(workshop.id, space.id, workshop.steps["welcome"], -60, 0)
    assert workshop_row(workshop).current_step.whole_minutes == 1


def test_time_for_a_part_that_is_over_changes_nothing(in_context, space, workshop):
    move_stage(workshop.id, space.id, workshop.steps["map"])
    give_time(workshop.id, space.id, workshop.steps["welcome"], 5, 0)
    assert {step.extra_minutes for step in workshop_row(workshop).steps} == {0}


def test_what_is_left_of_the_whole_follows_the_clock(in_context, space, workshop):
    row = workshop_row(workshop)
    whole = 60 * sum(step.minutes for step in row.steps)
    assert whole - 5 <= pace(row).left <= whole
    let_pass(workshop, minutes=5)
    assert whole - 306 <= pace(workshop_row(workshop)).left <= whole - 299
    let_pass(workshop, minutes=25)  # twice as long as meant: from here on the end moves
    late = pace(workshop_row(workshop))
    assert late.left == late.rest == whole - 15 * 60


def test_before_the_doors_open_times_count_from_the_plan(in_context, space):
    workshop_id = start_workshop(space.id, "Later")
    row = session().get(Workshop, workshop_id)
    row.planned_at = utcnow() + timedelta(days=3)
    session().commit()
    assert pace(row).starts[0] == row.planned_at
    assert pace(row).ends_at == pace(row).planned_end


@pytest.mark.parametrize("what", ["pause", "lock", "part-lock", "minutes"])
def test_nothing_is_steered_before_the_doors_open_or_after_they_close(app, space, new_browser, what):
    with app.app_context():
        closed = make_workshop(space, doors=False)
    browser = new_browser(space.steward)
    step = str(closed.steps["welcome"])
    fields = {"lock": {"locked": "y"}, "part-lock": {"step_id": step, "locked": "y"}}
    fields["minutes"] = {"step_id": step, "minutes": "2", "given": "0"}
    assert browser.post(f"/workshops/{closed.id}/{what}", fields.get(what, {})).status_code == 409
    with app.app_context():
        open_doors(closed.id, space.id)
        close_workshop(closed.id, space.id)
    assert browser.post(f"/workshops/{closed.id}/{what}", fields.get(what, {})).status_code == 409


def test_nobody_new_comes_in_while_the_doors_are_shut(app, space, workshop, new_browser):
    leader = new_browser(space.steward)
    leader.post(f"/workshops/{workshop.id}/lock", {"locked": "y"})
    late = new_browser()
    late.post("/join", {"code": workshop.code})
    door = f"/workshops/{workshop.id}/door"
    page = late.get(door)
    assert page.status_code == 409
    assert "deuren zijn nu dicht" in page.text
    leader.post(f"/workshops/{workshop.id}/lock", {})
    assert late.get(door).status_code == 200


def test_who_was_in_stays_in_and_comes_back(app, space, workshop, new_browser):
    with app.app_context():
        inside = make_member(space, workshop)
        elsewhere = make_member(space)
    new_browser(space.steward).post(f"/workshops/{workshop.id}/lock", {"locked": "y"})
    browser = new_browser(inside)
    assert browser.get(f"/workshops/{workshop.id}/stage").status_code == 200
    for again, status in ((browser, 303), (new_browser(elsewhere), 409)):
        again.post("/join", {"code": workshop.code})
        assert again.post(f"/workshops/{workshop.id}/attendance", {}).status_code == status


@pytest.mark.parametrize(("was_in", "status"), [(True, 303), (False, 409)])
def test_who_was_in_with_an_account_fills_in_the_door_too(app, space, workshop, new_browser, was_in, status):
    with app.app_context():
        known = make_member(space, *[workshop] * was_in, person_id=make_account())
    browser = new_browser(known)
    browser.post("/join", {"code": workshop.code})
    door = f"/workshops/{workshop.id}/door"
    form = form_of(browser.get(door).text, **{"class": "answering"})
    new_browser(space.steward).post(f"/workshops/{workshop.id}/lock", {"locked": "y"})
    answer = browser.submit(form, door, voice_id=form.options["voice_id"][0])
    assert answer.status_code == status
    with app.app_context():
        query = select(Attendance.membership_id).where(Attendance.workshop_id == workshop.id)
        assert session().scalars(query).all() == [known.id] * was_in


def test_a_locked_part_says_so_and_what_was_told_before_still_comes_in(app, space, workshop, new_browser):
    with app.app_context():
        member = make_member(space, workshop)
        move_stage(workshop.id, space.id, workshop.steps["moments"])
        lock_part(workshop.id, space.id, workshop.steps["moments"], True)
        make_moment(member, workshop, "Dit zat nog op de tablet.")  # told before, without wifi
        make_member(space, workshop)  # comes in late, and finds it locked
    page = new_browser(member).get(f"/workshops/{workshop.id}/stage").text
    assert 'data-behavior="locking" data-locked' in page
    with app.app_context():
        lock_part(workshop.id, space.id, workshop.steps["map"], True)  # not on stage: nothing happens
        move_stage(workshop.id, space.id, workshop.steps["map"])
        assert workshop_row(workshop).part_locked_at is None


def test_one_leads_and_the_other_takes_over(app, space, new_browser):
    with app.app_context():
        workshop = make_workshop(space, doors=False)
        other = make_member(space, role=Role.FACILITATOR, name="Bea")
    first, second = new_browser(space.steward), new_browser(other)
    console = f"/workshops/{workshop.id}/console"
    assert first.post(f"/workshops/{workshop.id}/doors", {}).status_code == 303
    move = {"step_id": str(workshop.steps["moments"])}
    assert second.post(f"/workshops/{workshop.id}/stage", move).status_code == 409
    assert "Neem het over" in second.get(console).text
    assert second.post(f"/workshops/{workshop.id}/lead", {}).status_code == 303
    assert second.post(f"/workshops/{workshop.id}/stage", move).status_code == 303
    assert first.post(f"/workshops/{workshop.id}/stage", move).status_code == 409
    assert "Bea leidt nu deze bijeenkomst" in first.get(console).text


def test_who_comes_in_late_lands_where_everybody_is_and_is_counted(app, space, workshop, new_browser):
    with app.app_context():
        move_stage(workshop.id, space.id, workshop.steps["impacts"])
        pause(workshop.id, space.id)
    late = new_browser()
    late.post("/join", {"code": workshop.code})
    form = form_of(late.get(f"/workshops/{workshop.id}/door").text, **{"class": "answering"})
    assert late.submit(form, f"/workshops/{workshop.id}/door", voice_id=form.options["voice_id"][0])
    page = late.get(f"/workshops/{workshop.id}/stage").text
    assert f'data-step="{workshop.steps["impacts"]}"' in page
    panel = new_browser(space.steward).get(f"/workshops/{workshop.id}/console?part=panel").text
    assert "Binnengekomen: 1" in panel


def test_how_many_told_something_is_a_number_of_people_in_this_part(in_context, space, workshop):
    first, second = make_member(space, workshop), make_member(space, workshop)
    told = make_moment(first, workshop)
    make_aside(space, workshop, told)
    move_stage(workshop.id, space.id, workshop.steps["moments"])
    since = moves_of(workshop_row(workshop))[0][0]
    take_back_in(space.steward.viewer, workshop.id, "moment", told)
    assert told_since(workshop_row(workshop), since) == 0  # it was told before
    for _ in range(2):
        make_moment(second, workshop)
    assert told_since(workshop_row(workshop), since) == 1


def test_when_it_was_planned_to_end_stands_beside_when_it_does(app, space, workshop, new_browser):
    steward = new_browser(space.steward)
    panel = f"/workshops/{workshop.id}/console?part=panel"
    assert "Gepland:" not in steward.get(panel).text  # nobody planned it
    with app.app_context():
        row = workshop_row(workshop)
        row.planned_at = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
        ends = row.planned_at + timedelta(minutes=sum(step.minutes for step in row.steps))
        session().commit()
    told = f"Gepland: {ends.astimezone(ZoneInfo('Europe/Amsterdam')):%H:%M}"
    assert told in steward.get(panel).text
    with app.app_context():
        give_time(workshop.id, space.id, workshop.steps["welcome"], 10, 0)
    assert told in steward.get(panel).text


def test_after_a_jump_one_goes_back_to_where_everybody_was(app, space, workshop, new_browser):
    with app.app_context():
        move_stage(workshop.id, space.id, workshop.steps["map"])
    panel = new_browser(space.steward).get(f"/workshops/{workshop.id}/console?part=panel").text
    assert "Terug naar: Welkom" in panel
    with app.app_context():
        move_stage(workshop.id, space.id, workshop.steps["indicators"])
        move_stage(workshop.id, space.id, workshop.steps["map"])
    panel = new_browser(space.steward).get(f"/workshops/{workshop.id}/console?part=panel").text
    assert "Terug naar:" not in panel  # where everybody was is the part before


def test_fifty_presses_at_once_are_one_step(app, space, workshop):
    """Two who lead, and nervous fingers: the part after this one, and no further."""
    barrier = threading.Barrier(50)

    def press():
        with app.app_context():
            barrier.wait()
            move_stage(workshop.id, space.id, workshop.steps["moments"])
            db.session.remove()

    threads = [threading.Thread(target=press) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert verbs(workshop) == ["moved", "moved"]
        assert workshop_row(workshop).current_step.kind == "moments"


def test_the_panel_asks_the_database_little(app, space, workshop, new_browser):
    browser = new_browser(space.steward)
    path = f"/workshops/{workshop.id}/console?part=panel"
    browser.get(path)
    asked = []
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda *facts: asked.append(facts[2]))
    browser.get(path)
    assert 0 < len(asked) <= MOST_QUESTIONS, "\n".join(asked)


def test_taking_the_lead_twice_is_as_good_as_once(in_context, space, workshop):
    for _ in range(2):
        take_lead(workshop.id, space.id, space.steward.id)
    query = select(Change.verb).where(Change.subject_id == workshop.id, Change.verb == "led")
    assert len(list(session().scalars(query))) == 1


def test_a_closed_meeting_lets_nobody_lead_the_clock(in_context, space, workshop):
    close_workshop(workshop.id, space.id)
    with pytest.raises(Conflict):
        pause(workshop.id, space.id)


def test_who_leads_looks_again_at_how_many_told_something(app, space, workshop, new_browser):
    browser = new_browser(space.steward)
    told = f"/workshops/{workshop.id}/console?part=told"
    with app.app_context():
        move_stage(workshop.id, space.id, workshop.steps["moments"])
    assert "vertelde" not in browser.get(told).text
    with app.app_context():
        make_moment(make_member(space, workshop), workshop)
    assert "1 persoon vertelde hier iets." in " ".join(browser.get(told).text.split())

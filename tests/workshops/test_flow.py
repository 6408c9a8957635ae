"""A whole workshop, from making an account to reading the harvest, by hand and without a script."""

import re
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from cocreate.core.changes import head_of
from cocreate.core.db import new_id, session, utcnow
from cocreate.impacts.models import DesiredImpact, Stance
from cocreate.indicators.models import Indicator
from cocreate.moments.models import Moment
from cocreate.spaces.models import Attendance, Membership, Opening
from cocreate.trajectories.models import Edge, Node, Trajectory
from cocreate.workshops.models import Workshop
from tests.browser_without_scripts import form_of, read_page
from tests.conftest import Guest
from tests.factories import MadeWorkshop, make_account, make_impact, make_member, make_node, make_workshop

TEXT = {"moment": "what_happened", "impact": "statement", "indicator": "question", "node": "text"}
PATH = {"moment": "moments", "impact": "impacts", "indicator": "indicators", "stance": "stances"}


def shown(page):
    """The kinds of the steps that are not hidden."""
    steps = [facts for tag, facts in read_page(page.text).tags if tag == "section" and "data-kind" in facts]
    return [facts["data-kind"] for facts in steps if "hidden" not in facts], len(steps)


def test_from_an_account_to_the_harvest_without_a_script(app, auth, client):
    auth.sign_up()
    page = client.get("/spaces/new")
    library = client.submit(form_of(page.text, **{"class": "form"}), "/spaces/new", name="Ons plein").location
    assert "Ons plein" in client.get(library).text
    page = client.get(f"{library}/workshops/new")
    prepared = client.submit(
        form_of(page.text, **{"class": "form"}), f"{library}/workshops/new", title="Spelmiddag"
    )
    console = client.get(prepared.location)
    room = prepared.location.removesuffix("/console")
    client.submit(form_of(console.text, action=f"{room}/doors"))
    code = re.search(r'<p class="code">([A-Z]{7})</p>', client.get(prepared.location).text)[1]
    with app.app_context():
        workshop = session().scalars(select(Workshop)).one()
        made = MadeWorkshop(
            workshop.id, workshop.space_id, code, uuid.uuid4(), {s.kind: s.id for s in workshop.steps}
        )
    guest, other = Guest(app, made), Guest(app, made)

    def go_to(kind):
        assert client.post(f"{room}/stage", {"step_id": str(made.steps[kind])}).status_code == 303

    go_to("moments")
    assert guest.tell("moment", what_happened="Het regende, en toen kwamen de oma's.").status_code == 303
    go_to("impacts")
    assert guest.tell("impact", statement="Jong en oud kennen elkaar.").status_code == 303
    proposal = read_page(other.stage().text)
    impact_id = next(facts["data-proposal"] for _tag, facts in proposal.tags if "data-proposal" in facts)
    assert other.tell("stance", impact_id=impact_id, position="for").status_code == 303
    go_to("indicators")
    assert other.tell("indicator", impact_id=impact_id, question="De oma's komen vanzelf.").status_code == 303
    go_to("map")
    assert other.tell("node", text="Voetbaldag op het plein").status_code == 303
    go_to("close")
    leaving = form_of(guest.stage().text, action="/return-codes", **{"class": "answering"})
    assert guest.submit(leaving).status_code == 201
    client.submit(form_of(client.get(prepared.location).text, action=f"{room}/closing"))

    harvest = client.get(library).text
    for words in (
        "en toen kwamen de oma&#39;s",
        "Jong en oud kennen elkaar",
        "De oma&#39;s komen vanzelf",
        "Voetbaldag",
    ):
        assert words in harvest
    assert guest.get(library).status_code == 200


def test_the_stage_keeps_every_step_and_shows_one(guest, steward, workshop):
    assert shown(guest.stage()) == (["welcome"], 6)
    for kind in ("moments", "impacts", "indicators", "map", "close", "moments"):
        steward.post(f"/workshops/{workshop.id}/stage", {"step_id": str(workshop.steps[kind])})
        assert shown(guest.stage()) == ([kind], 6)
        assert shown(steward.get(f"/workshops/{workshop.id}/screen")) == ([kind], 6)


def test_a_double_tap_on_the_same_step_is_harmless(app, steward, space, workshop):
    path, body = f"/workshops/{workshop.id}/stage", {"step_id": str(workshop.steps["map"])}
    steward.post(path, body)
    with app.app_context():
        before = head_of(space.id)
        started = session().get(Workshop, workshop.id).step_started_at
    assert steward.post(path, json=body).json == {"state": "done"}
    with app.app_context():
        assert (head_of(space.id), session().get(Workshop, workshop.id).step_started_at) == (before, started)


def test_doors_open_once_and_close_once(app, steward, space):
    with app.app_context():
        workshop = make_workshop(space, doors=False)
    room = f"/workshops/{workshop.id}"
    assert steward.post(f"{room}/stage", {"step_id": str(workshop.steps["map"])}).status_code == 409
    for path, facts in ((f"{room}/doors", 1), (f"{room}/closing", 1)):
        assert steward.post(path).status_code == 303
        with app.app_context():
            before = head_of(space.id)
        assert steward.post(path).status_code == 303
        with app.app_context():
            assert head_of(space.id) == before
        assert facts
    assert steward.post(f"{room}/doors").status_code == 409
    assert steward.post(f"{room}/stage", {"step_id": str(workshop.steps["map"])}).status_code == 409


def test_closing_is_asked_in_a_second_step(steward, workshop):
    steward.post(f"/workshops/{workshop.id}/stage", {"step_id": str(workshop.steps["close"])})
    page = steward.get(f"/workshops/{workshop.id}/console").text
    bar = page.partition('data-panel="bar"')[2].partition("data-steer-problem")[0]
    before, _opens, asked = bar.partition("<details")
    inside = asked.partition("</details>")[0]
    question, _ends, answer = inside.partition("</summary>")
    assert "primary" not in before  # where the focus comes by itself
    assert "primary" in question
    assert "primary" not in answer
    assert "gaat niet meer open" in answer
    form = form_of(answer, action=f"/workshops/{workshop.id}/closing")
    assert page.count("/closing") == 1
    assert steward.submit(form).status_code == 303


@pytest.mark.parametrize("kind", ["moment", "impact", "indicator", "node"])
def test_nothing_is_taken_in_before_its_step_has_been_on_stage(app, space, steward, kind):
    with app.app_context():
        workshop = make_workshop(space, activities=())
        impact_id = make_impact(make_member(space, opened := make_workshop(space)), opened)
    guest = Guest(app, workshop)
    body = {"impact_id": str(impact_id)} if kind == "indicator" else {}
    body |= {"workshop_id": str(workshop.id), TEXT[kind]: "Te vroeg"}
    path = f"/spaces/{space.id}/" + PATH.get(kind, f"trajectories/{workshop.trajectory_id}/nodes")
    early = guest.post(path, json=body)
    assert (early.status_code, early.mimetype) == (409, "application/problem+json")
    step = {"node": "map"}.get(kind, kind + "s")
    steward.post(f"/workshops/{workshop.id}/stage", {"step_id": str(workshop.steps[step])})
    assert guest.post(path, json=body).status_code == 201
    # What was opened stays open when the meeting moves on: who writes slowly is not cut off.
    steward.post(f"/workshops/{workshop.id}/stage", {"step_id": str(workshop.steps["close"])})
    assert guest.post(path, json=body).status_code == 201


@pytest.mark.parametrize(("days", "status"), [(0, 201), (6, 201), (8, 409)])
def test_a_tablet_may_come_home_within_a_week(app, guest, steward, space, workshop, days, status):
    steward.post(f"/workshops/{workshop.id}/closing")
    with app.app_context():
        closed_at = utcnow() - timedelta(days=days)
        session().execute(update(Opening).values(closed_at=closed_at))
        session().commit()
    told = {"id": str(new_id()), "workshop_id": str(workshop.id), "what_happened": "Zonder wifi verteld."}
    answer = guest.post(f"/spaces/{space.id}/moments", json=told)
    assert answer.status_code == status
    if status == 409:  # and it promises nothing that nobody can do
        assert "weer te openen" not in answer.text
        assert "een week geleden afgesloten" in answer.text


def test_what_was_kept_before_is_acknowledged_even_after_a_week(app, guest, steward, space, workshop):
    told = {"id": str(new_id()), "workshop_id": str(workshop.id), "what_happened": "Al bewaard."}
    first = guest.post(f"/spaces/{space.id}/moments", json=told)
    steward.post(f"/workshops/{workshop.id}/closing")
    with app.app_context():
        session().execute(update(Opening).values(closed_at=utcnow() - timedelta(days=30)))
        session().commit()
    again = guest.post(f"/spaces/{space.id}/moments", json=told)
    assert (again.status_code, again.json) == (201, first.json)


# Each kind, by form and as JSON


@pytest.fixture
def impact_id(app, space, workshop):
    with app.app_context():
        return make_impact(make_member(space, workshop), workshop, "Iedereen doet mee.")


@pytest.fixture
def bodies(impact_id):
    return {
        "moment": {
            "what_happened": "Wij zongen",
            "why_it_mattered": "Samen",
            "what_made_it_possible": "Noor",
        },
        "impact": {"statement": "Iedereen zingt"},
        "stance": {
            "impact_id": str(impact_id),
            "position": "objection",
            "reason": "Niet iedereen wil zingen",
        },
        "indicator": {"impact_id": str(impact_id), "question": "Je hoort het op straat"},
        "node": {"text": "Zanggroep", "state": "emerged"},
    }


KINDS = {"moment": Moment, "impact": DesiredImpact, "stance": Stance, "indicator": Indicator, "node": Node}


@pytest.mark.parametrize("topic", KINDS)
@pytest.mark.parametrize("is_json", [False, True], ids=["form", "json"])
def test_each_kind_arrives_as_a_form_and_as_json(
    app, guest, space, workshop, bodies, impact_id, topic, is_json
):
    if is_json:
        told = {
            "id": str(new_id()),
            "workshop_id": str(workshop.id),
            "visibility": "workshop",
            **bodies[topic],
        }
        path = f"/spaces/{space.id}/" + PATH.get(topic, f"trajectories/{workshop.trajectory_id}/nodes")
        answer = guest.post(path, json=told)
        assert answer.status_code == 201
        # What is drawn comes with its place in the log, so that the device knows when it came by.
        place = {"seq": answer.json["seq"]} if topic == "node" else {}
        assert answer.json == {"id": told["id"], "subject_id": told["id"], "state": "kept", **place}
    else:
        answer = guest.tell(topic, visibility="workshop", **bodies[topic])
        assert (answer.status_code, answer.location) == (303, f"/workshops/{workshop.id}/stage")
    kind = KINDS[topic]
    with app.app_context():
        made = session().scalars(select(kind).where(kind.id != impact_id)).one()
        words = {name: str(getattr(made, name)) for name in bodies[topic]}
        assert words == bodies[topic]
        assert (made.visibility, made.workshop_id, made.version) == ("workshop", workshop.id, 1)
    assert (
        next(iter(set(bodies[topic].values()) - {"objection", "emerged", str(impact_id)}))
        in guest.get("/mine").text
    )


def test_a_form_goes_back_to_where_it_came_from_and_nowhere_else(guest, space):
    assert (
        guest.tell("moment", what_happened="x", back=f"/spaces/{space.id}").location == f"/spaces/{space.id}"
    )
    assert guest.tell("moment", what_happened="x", back="https://evil.example").location == guest.stage_path


def test_what_was_chosen_at_the_door_is_chosen_in_each_form(app, new_guest):
    for choice in ("maker", "workshop", "space", "public"):
        page = new_guest(shares_with=choice).stage().text
        for topic in KINDS:
            assert form_of(page, data_contribution_form=topic).values["visibility"] == choice


def test_nothing_is_shown_to_anybody_when_nothing_was_chosen(app, guest, space, workshop):
    told = {"workshop_id": str(workshop.id), "what_happened": "Alleen voor mij."}
    guest.post(f"/spaces/{space.id}/moments", json=told)
    with app.app_context():
        assert session().scalars(select(Moment.visibility)).one() == "maker"


# The door


def test_who_comes_in_has_a_voice_a_name_and_nothing_else(app, new_guest, space):
    new_guest(name="Oma Riet", shares_with="workshop")
    with app.app_context():
        query = select(Membership).where(Membership.space_id == space.id, Membership.id != space.steward.id)
        membership = session().scalars(query).one()
        assert (membership.name, membership.shares_with, membership.role) == (
            "Oma Riet",
            "workshop",
            "participant",
        )
        assert membership.voice_id


def test_the_next_one_on_a_shared_tablet_is_somebody_else(app, guest, workshop, space):
    guest.tell("moment", what_happened="Van de eerste")
    first = guest.cookie
    page = guest.get("/join")
    guest.submit(
        next(f for f in read_page(page.text).forms if "code" in f.values), "/join", code=workshop.code
    )
    door = f"/workshops/{workshop.id}/door"
    form = next(f for f in read_page(guest.get(door).text).forms if "voice_id" in f.options)
    guest.submit(form, door, voice_id=form.options["voice_id"][0])
    assert guest.cookie != first
    assert "Van de eerste" not in guest.get("/mine").text
    assert guest.accept(first).get("/mine").status_code == 303


def test_the_next_one_cannot_send_what_the_first_left_waiting(app, guest, space, workshop):
    with app.app_context():
        first = session().scalars(select(Membership.id).where(Membership.id != space.steward.id)).one()
    waiting = {"workshop_id": str(workshop.id), "what_happened": "Bleef liggen", "membership_id": str(first)}
    other = Guest(app, workshop)
    answer = other.post(f"/spaces/{space.id}/moments", json=waiting)
    assert answer.status_code == 404
    assert guest.post(f"/spaces/{space.id}/moments", json=waiting).status_code == 201


def test_who_was_in_an_earlier_meeting_comes_in_as_who_they_are(app, guest, new_guest, space):
    with app.app_context():
        second = make_workshop(space, title="De tweede keer")
    typed = next(f for f in read_page(guest.get("/join").text).forms if "code" in f.values)
    door = guest.submit(typed, "/join", code=second.code).location
    again = form_of(guest.get(door).text, action=f"/workshops/{second.id}/attendance")
    assert guest.submit(again).location == f"/workshops/{second.id}/stage"
    assert guest.get(f"/workshops/{second.id}/stage").status_code == 200
    with app.app_context():
        rows = session().execute(select(Attendance.workshop_id, Attendance.membership_id)).all()
        assert {row[0] for row in rows} == {guest.workshop.id, second.id}
        assert len({row[1] for row in rows}) == 1
    # Somebody else on this tablet answers the questions at the door, and is somebody else.
    stranger = new_guest(into=second)
    assert "attendance" not in stranger.get(door).text
    assert stranger.post(f"/workshops/{guest.workshop.id}/attendance").status_code == 404


def test_who_has_an_account_comes_in_as_themselves_and_keeps_their_role(app, steward, space, workshop):
    steward.post("/join", {"code": workshop.code})
    door = f"/workshops/{workshop.id}/door"
    form = next(f for f in read_page(steward.get(door).text).forms if "voice_id" in f.options)
    assert steward.submit(form, door, voice_id=form.options["voice_id"][0]).status_code == 303
    assert steward.get(f"/workshops/{workshop.id}/stage").status_code == 200
    assert steward.get(f"/spaces/{space.id}/settings").status_code == 200
    with app.app_context():
        assert len(list(session().scalars(select(Membership).where(Membership.space_id == space.id)))) == 1


@pytest.mark.parametrize(
    "answers", [{}, {"voice_id": str(uuid.uuid4())}, {"voice_id": "x"}, {"name": "x" * 61}]
)
def test_a_door_that_is_not_filled_in_right_asks_again(client, workshop, answers):
    client.post("/join", {"code": workshop.code})
    answer = client.post(f"/workshops/{workshop.id}/door", answers)
    assert answer.status_code == 422
    assert form_of(answer.text, **{"class": "answering"}).options["voice_id"]


def test_the_console_counts_voices_and_names_nobody(new_guest, steward, workshop):
    for name in ("Riet", "Noor"):
        new_guest(name=name)
    page = steward.get(f"/workshops/{workshop.id}/console").text
    assert "Riet" not in page
    assert re.search(r'<h2 id="room">[^<]*2</h2>', page)
    panel = steward.get(f"/workshops/{workshop.id}/console?part=panel").text
    assert "<html" not in panel
    assert 'id="room"' in panel


def test_a_new_workshop_may_draw_on_an_older_map(app, steward, space, workshop):
    with app.app_context():
        make_node(make_member(space, workshop), workshop, "Voetbaldag")
    path = f"/spaces/{space.id}/workshops/new"
    form = form_of(steward.get(path).text, **{"class": "form"})
    assert form.options["trajectory_id"] == ["", str(workshop.trajectory_id)]
    steward.submit(form, path, title="Vervolg", trajectory_id=str(workshop.trajectory_id))
    with app.app_context():
        assert len(list(session().scalars(select(Trajectory)))) == 1
        newest = session().scalars(select(Workshop).where(Workshop.title == "Vervolg")).one()
        assert newest.trajectory_id == workshop.trajectory_id
        assert session().scalars(select(Trajectory.workshop_id)).one() == workshop.id  # it began there


def test_who_looked_in_and_left_can_read_the_harvest_but_not_the_console(guest, space, workshop):
    assert guest.get(f"/spaces/{space.id}").status_code == 200
    assert guest.get(f"/workshops/{workshop.id}/console").status_code == 404


def test_an_answer_hangs_on_what_was_touched(app, guest, workshop):
    guest.tell("node", text="Voetbaldag")
    with app.app_context():
        first = session().scalars(select(Node.id)).one()
    guest.tell("node", text="Regen", touched_id=str(first), question="what_hindered")
    with app.app_context():
        edge = session().scalars(select(Edge)).one()
        second = session().scalars(select(Node).where(Node.text == "Regen")).one()
        assert (edge.source_id, edge.target_id, edge.relation) == (second.id, first, "hindered")


def test_who_has_no_account_opens_no_space(app, guest, new_browser):
    assert guest.get("/spaces/new").status_code == 404
    with app.app_context():
        person = make_account()
    assert new_browser(person).get("/spaces/new").status_code == 200

"""Choosing, and asking whether it is fair, at the stage; the agenda of a panel."""

import pytest
from sqlalchemy import select

from cocreate.core.db import session
from cocreate.impacts.models import RealismCheck
from cocreate.indicators.models import Ballot, Choosing
from cocreate.indicators.service.choosing import close_choosing
from cocreate.spaces.models import Voice
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.library import AGENDAS, Agenda
from cocreate.workshops.models import Step, Workshop
from cocreate.workshops.rules import StepKind
from cocreate.workshops.service import move_stage, open_doors, start_workshop
from tests.browser_without_scripts import form_of
from tests.factories import MadeWorkshop, make_ballot, make_choosing, make_impact, make_indicator, make_member


class Panel:
    """A meeting by the agenda of a panel, with six young people and three signs."""

    def __init__(self, space, is_panel=False):
        self.space = space
        if is_panel:
            query = select(Voice).where(Voice.space_id == space.id, Voice.key == "youth")
            session().scalar(query).is_panel = True
            session().commit()
        workshop_id = start_workshop(space.id, "Panel", agenda=Agenda.YOUTH_PANEL)
        open_doors(workshop_id, space.id)
        steps = session().scalars(select(Step).where(Step.workshop_id == workshop_id))
        code = session().get(Workshop, workshop_id).code
        self.workshop = MadeWorkshop(
            workshop_id, space.id, code, None, {step.kind: step.id for step in steps}
        )
        self.people = [make_member(space, self.workshop, voice="youth") for _ in range(6)]
        self.go_to("impacts")
        self.impact = make_impact(self.people[0], self.workshop, "Wij beslissen mee.")
        self.go_to("indicators")
        texts = ("Wij worden gebeld.", "Er staat een bankje.", "Niemand lacht ons uit.")
        self.signs = [make_indicator(self.people[0], self.workshop, self.impact, text) for text in texts]

    def go_to(self, kind):
        move_stage(self.workshop.id, self.space.id, self.workshop.steps[kind])

    @property
    def stage(self):
        return f"/workshops/{self.workshop.id}/stage"

    @property
    def screen(self):
        return f"/workshops/{self.workshop.id}/screen"


@pytest.fixture
def panel(app, space):
    with app.app_context():
        return Panel(space)


def choosings():
    return list(session().scalars(select(Choosing).order_by(Choosing.opened_at)))


def test_the_agenda_of_a_panel_takes_about_an_hour_and_a_half_and_opens_what_it_needs():
    assert sum(step.minutes for step in AGENDAS[Agenda.YOUTH_PANEL]) == 90
    kinds = [step.kind for step in AGENDAS[Agenda.YOUTH_PANEL]]
    assert kinds.index(StepKind.CHOOSE) == kinds.index(StepKind.REALISM) + 1
    assert ACTIVITIES[StepKind.REALISM].opens
    assert ACTIVITIES[StepKind.CHOOSE].opens


def test_an_agenda_is_chosen_when_a_meeting_is_prepared(app, space, steward):
    path = f"/spaces/{space.id}/workshops/new"
    form = form_of(steward.get(path).text, **{"class": "form"})
    assert form.values["agenda"] == "moments"
    assert steward.submit(form, path, title="Wij", agenda="youth_panel").status_code == 303
    assert steward.submit(form, path, title="Anders", agenda="zz").status_code == 422
    with app.app_context():
        kinds = list(session().scalars(select(Step.kind).order_by(Step.position)))
    assert kinds == [step.kind for step in AGENDAS[Agenda.YOUTH_PANEL]]


def test_choosing_on_stage_opens_a_list_of_all_signs_once(app, panel):
    with app.app_context():
        for kind in ("choose", "realism", "choose"):
            panel.go_to(kind)
        (made,) = choosings()
        assert (made.title, made.seats, made.voice_id) == ("Panel", 2, None)


def test_where_a_panel_chooses_it_makes_its_list_itself(app, space, new_browser):
    with app.app_context():
        panel = Panel(space, is_panel=True)
        panel.go_to("choose")
        assert choosings() == []
        other = make_member(space, panel.workshop)
        lead = f"/spaces/{space.id}/choosings"
    assert lead in new_browser(panel.people[0]).get(f"{panel.stage}?part=ballot").text
    assert lead not in new_browser(other).get(f"{panel.stage}?part=ballot").text
    with app.app_context():
        voice_id = panel.people[0].viewer.voice_id
        make_choosing(panel.people[0], voice_id=voice_id)
    assert 'name="approved"' in new_browser(panel.people[1]).get(f"{panel.stage}?part=ballot").text
    assert 'name="approved"' not in new_browser(other).get(f"{panel.stage}?part=ballot").text


def test_the_ballot_comes_to_a_stage_that_was_loaded_before(app, panel, new_browser):
    browser = new_browser(panel.people[1])
    page = browser.get(panel.stage).text
    assert f'data-late="{panel.stage}?part=ballot" data-late-topic="choosing"' in page
    assert 'name="approved"' not in page
    with app.app_context():
        panel.go_to("choose")
    part = browser.get(f"{panel.stage}?part=ballot").text
    assert part.count('name="approved"') == 3
    assert "<html" not in part


def test_a_choice_is_made_at_the_stage_without_a_script(app, panel, new_browser):
    with app.app_context():
        panel.go_to("choose")
    browser = new_browser(panel.people[1])
    form = form_of(browser.get(panel.stage).text, data_contribution_form="ballot")
    answer = browser.submit(form, approved=[str(panel.signs[1])])
    assert (answer.status_code, answer.location) == (303, panel.stage)
    with app.app_context():
        ballot = session().scalar(select(Ballot))
        assert (ballot.approved, ballot.workshop_id) == ([str(panel.signs[1])], panel.workshop.id)
    assert f'value="{panel.signs[1]}" checked' in browser.get(panel.stage).text


def test_the_wall_tells_how_many_have_chosen_and_afterwards_what(app, panel, space, steward, new_browser):
    with app.app_context():
        panel.go_to("choose")
        (made,) = choosings()
        for person in panel.people:
            make_ballot(person, made.id, panel.signs[2])
    wall = steward.get(f"{panel.screen}?part=now").text
    assert "<b>6</b>" in wall
    assert "Niemand lacht" not in wall
    with app.app_context():
        close_choosing(space.steward.viewer, made.id)
    assert "Niemand lacht ons uit." in steward.get(f"{panel.screen}?part=now").text
    part = new_browser(panel.people[1]).get(f"{panel.stage}?part=ballot").text
    assert "Niemand lacht ons uit." in part
    assert "Er staat een bankje." not in part


def test_whether_it_is_fair_is_asked_of_each_wish_once(app, panel, new_browser):
    with app.app_context():
        panel.go_to("realism")
    browser = new_browser(panel.people[1])
    page = browser.get(panel.stage).text
    assert f'<div data-check="{panel.impact}" hidden>' in page
    form = form_of(page, data_contribution_form="realism")
    answer = browser.submit(form, impact_id=str(panel.impact), answer="too_small", reason="Het mag groter.")
    assert answer.status_code == 303
    with app.app_context():
        check = session().scalar(select(RealismCheck))
        assert (check.answer, check.reason) == ("too_small", "Het mag groter.")
    assert f'<div data-check="{panel.impact}" data-answered hidden>' in browser.get(panel.stage).text


def test_who_leads_counts_on_the_console_and_stays_there(app, panel, space, steward):
    console = f"/workshops/{panel.workshop.id}/console"
    with app.app_context():
        panel.go_to("choose")
        (made,) = choosings()
        for person in panel.people[:4]:
            make_ballot(person, made.id, panel.signs[2])
    few = steward.get(f"{console}?part=panel").text
    assert "4 mensen hebben gekozen" in few
    assert "Met minder dan 5 mensen" in few
    with app.app_context():
        for person in panel.people[4:]:
            make_ballot(person, made.id, panel.signs[2])
    page = steward.get(console).text
    assert "6 mensen hebben gekozen" in page
    assert "Met minder dan" not in page
    assert "Niemand lacht" not in page.partition("data-arriving")[0]
    form = form_of(page, action=f"/spaces/{space.id}/choosings/{made.id}/closing")
    assert "data-steer" in form.attributes
    answer = steward.submit(form, console)
    assert (answer.status_code, answer.location) == (303, console)
    assert "Niemand lacht ons uit." in steward.get(f"{console}?part=panel").text
    assert "Niemand lacht ons uit." in steward.get(f"{panel.screen}?part=now").text
    again = steward.post(form.attributes["action"], json={})
    assert (again.status_code, again.json) == (200, {"state": "done"})


def test_the_console_says_by_voice_only_what_is_of_enough_people(app, panel, space, steward):
    with app.app_context():
        panel.go_to("choose")
        (made,) = choosings()
        others = [make_member(space, panel.workshop, voice="resident") for _ in range(5)]
        for person in [*panel.people, *others[:4]]:
            make_ballot(person, made.id, panel.signs[0])
    console = f"/workshops/{panel.workshop.id}/console?part=panel"
    assert 'class="turnout"' not in steward.get(console).text
    with app.app_context():
        make_ballot(others[4], made.id, panel.signs[0])
    turnout = steward.get(console).text.split('class="turnout"')[1].split("</ul>")[0]
    assert turnout.count("<li>") == 2
    assert "<b>6</b>" in turnout


def test_a_list_of_a_panel_is_counted_by_the_panel_alone(app, space, steward, new_browser):
    with app.app_context():
        panel = Panel(space, is_panel=True)
        panel.go_to("choose")
        make_choosing(panel.people[0], voice_id=panel.people[0].viewer.voice_id)
    page = steward.get(f"/workshops/{panel.workshop.id}/console?part=panel").text
    assert "/closing" not in page.partition('data-panel="bar"')[0]
    assert 'class="stack choosing-now"' in page

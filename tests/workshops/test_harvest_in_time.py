"""A harvest tells what came out of its own meeting; what came later is told as that, or not here."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from cocreate.core.changes import changing
from cocreate.core.db import session
from cocreate.impacts.models import DesiredImpact
from cocreate.impacts.rules import Stage
from cocreate.impacts.service.deciding import move_to
from cocreate.indicators.models import Choosing
from cocreate.indicators.service.choosing import close_choosing
from cocreate.spaces.models import Space
from cocreate.trajectories.models import Node
from cocreate.workshops.leaflet import leaflet
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries.harvest import harvest_of
from cocreate.workshops.rules import Phase, StepKind, StepSketch
from cocreate.workshops.service import close_workshop, move_stage, open_doors
from cocreate.workshops.service.preparing import start_workshop
from tests.factories import (
    MadeWorkshop,
    make_ballot,
    make_impact,
    make_indicator,
    make_member,
    make_node,
    make_stance,
)
from tests.workshops.steps import make_meeting
from tests.workshops.test_leaflet import on_page, on_paper, tokens

CHOSEN, AGREED, LATER = "Samen gekozen", "Wat we samen besloten", "Na de bijeenkomst besloten"
NOT_YET = "Wat mensen kozen is nog niet geteld."


class Told:
    """What stands in a harvest, on the page and on paper."""

    def __init__(self, app, browser, meeting):
        self.page = browser.get(f"/workshops/{meeting.id}/harvest").text
        with app.test_request_context(headers={"Accept-Language": "nl"}):
            row, space = session().get(Workshop, meeting.id), session().scalars(select(Space)).one()
            self.harvest = harvest_of(row, space)
            self.plan = leaflet(row, self.harvest, space, "Het plein")

    def under(self, heading):
        """The words under a heading, which are the same on both; none where it is on neither."""
        shown, printed = on_page(self.page).get(heading), on_paper(self.plan).get(heading)
        assert (shown is None) == (printed is None), heading
        if shown is not None:
            assert tokens(printed) <= tokens(shown)
            only_shown = tokens(shown) - tokens(printed)
            assert all(each.isdigit() for each in only_shown), only_shown  # the place of what was chosen
        return printed


@pytest.fixture
def told(app, space, new_browser):
    return lambda meeting: Told(app, new_browser(space.steward), meeting)


@pytest.fixture
def meeting(app, space):
    with app.app_context():
        return make_meeting(
            space, StepKind.IMPACTS, StepKind.MAP, StepKind.INDICATORS, StepKind.CLOSE, on=StepKind.IMPACTS
        )


@pytest.fixture
def people(app, space, meeting):
    with app.app_context():
        return [
            make_member(space, meeting, voice=voice)
            for voice in ("resident", "youth", "professional", "policymaker")
        ]


def close(app, meeting):
    with app.app_context():
        close_workshop(meeting.id, meeting.space_id)


def choosing_in(space):
    """A meeting in which six people chose, with who leads still to count it."""
    made = make_meeting(space, StepKind.INDICATORS, StepKind.CHOOSE, StepKind.CLOSE, on=StepKind.INDICATORS)
    people = [make_member(space, made) for _ in range(6)]
    impact = make_impact(people[0], made, "Samen eten.")
    signs = [make_indicator(people[0], made, impact, f"teken {n}") for n in range(4)]
    move_stage(made.id, space.id, made.steps[StepKind.CHOOSE])
    list_id = session().scalars(select(Choosing.id)).one()
    for each in people:
        make_ballot(each, list_id, signs[0], workshop_id=made.id)
    return made, list_id


def count(app, space, list_id):
    with app.app_context():
        close_choosing(space.steward.viewer, list_id)


def test_what_is_counted_in_the_meeting_was_chosen_there(app, space, told):
    with app.app_context():
        made, list_id = choosing_in(space)
    assert NOT_YET in told(made).under(CHOSEN)
    count(app, space, list_id)
    assert "teken 0" in told(made).under(CHOSEN)
    close(app, made)
    assert "teken 0" in told(made).under(CHOSEN)


def test_what_nobody_counted_before_it_closed_was_not_chosen_there(app, space, told):
    with app.app_context():
        made, list_id = choosing_in(space)
    close(app, made)
    assert NOT_YET in told(made).under(CHOSEN)
    count(app, space, list_id)
    words = told(made)
    assert words.harvest.chosen == []
    assert "na de bijeenkomst geteld, op " in words.under(CHOSEN)
    assert "teken" not in words.under(CHOSEN)
    assert f"/choosings/{list_id}" in words.page


def agree(app, space, wish):
    with app.app_context():
        move_to(space.steward.viewer, wish, Stage.AGREED)


@pytest.fixture
def wish(app, meeting, people):
    with app.app_context():
        wish = make_impact(people[0], meeting, "Iedereen doet mee.")
        for each in people:
            make_stance(each, meeting, wish)
        return wish


def test_what_is_agreed_in_the_meeting_stands_there(app, space, meeting, wish, told):
    agree(app, space, wish)
    for _time in range(2):
        words = told(meeting)
        assert "Iedereen doet mee." in words.under(AGREED)
        assert words.under(LATER) is None
        close(app, meeting)


def test_what_is_agreed_after_it_stands_apart_with_the_day(app, space, meeting, wish, told):
    close(app, meeting)
    agree(app, space, wish)
    with app.app_context(), changing(space.id) as log:
        log.session.get(Workshop, meeting.id).closed_at -= timedelta(days=400)
        log.session.get(DesiredImpact, wish).stage_at -= timedelta(days=200)
        day = log.session.get(DesiredImpact, wish).stage_at
    words = told(meeting)
    assert words.under(AGREED) is None
    assert "Iedereen doet mee." in words.under(LATER)
    assert f"Besloten na de bijeenkomst, op {day.day} " in words.under(LATER)
    assert not words.harvest.open


@pytest.fixture
def drawn(app, space, meeting, people):
    """A map of a meeting that closed; a later meeting went on with it."""
    with app.app_context():
        make_node(people[0], meeting, "Toen")
        close_workshop(meeting.id, space.id)
        agenda = [StepSketch(StepKind.MAP, Phase.DELIVER, 10)]
        later_id = start_workshop(space.id, "Later", trajectory_id=meeting.trajectory_id, agenda=agenda)
        open_doors(later_id, space.id)
        later = MadeWorkshop(later_id, space.id, "", meeting.trajectory_id, {})
        for text in ("Daarna", "En daarna"):
            make_node(make_member(space, later), later, text)
        return later


def test_the_map_is_that_of_when_the_meeting_closed(app, meeting, drawn, told):
    words = told(meeting)
    for where in (words.page, words.plan["map"]["svg"]):
        assert "Toen" in where
        assert "aarna" not in where
    said = "Later kwamen er 2 haltes bij."
    assert said in words.page
    assert said in words.plan["map"]["note"]
    assert f"/trajectories/{meeting.trajectory_id}" in words.page
    later = told(drawn)
    assert "Toen" in later.page
    assert "En daarna" in later.page
    assert later.harvest.stops_later == 0


def test_a_stop_that_came_in_late_from_a_tablet_is_of_its_meeting(app, meeting, drawn, told):
    with app.app_context():
        node = session().scalars(select(Node).where(Node.text == "Daarna")).one()
        node.workshop_id = meeting.id
        session().commit()
    words = told(meeting)
    assert "Daarna" in words.plan["map"]["svg"]
    assert words.harvest.stops_later == 1

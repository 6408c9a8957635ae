"""A sheet that was typed over by mistake is taken back: all of it, in this round alone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from cocreate.core.changes import changing
from cocreate.core.db import session
from cocreate.indicators.disclosure import Circle, figures_for
from cocreate.indicators.kinds import AnswerKind
from cocreate.indicators.models import Publication, Round
from cocreate.indicators.queries.publications import snapshot_of
from cocreate.indicators.service.answering import Given
from cocreate.indicators.service.publishing import publish_round
from cocreate.indicators.service.sheets import PaperSheet, enter_sheet, take_back_sheet
from cocreate.spaces.models import Membership
from cocreate.spaces.queries import voices_of
from cocreate.spaces.rules import Role
from cocreate.workshops.rules import Phase, StepKind, StepSketch
from tests.browser_without_scripts import form_of, read_page
from tests.factories import make_account, make_answer, make_member, make_workshop
from tests.indicators.rounds import SCALE, SHAPES, Town, kept


@pytest.fixture
def town(app):
    with app.app_context():
        return Town(SCALE, SHAPES[AnswerKind.OPEN])


@pytest.fixture
def leader(app, town, new_browser):
    with app.app_context():
        who = make_member(town.space, role=Role.FACILITATOR, person_id=make_account())
    return new_browser(who)


@pytest.fixture
def voice(app, town):
    with app.app_context():
        return {each.key: str(each.id) for each in voices_of(town.space.id)}


def enter(browser, town, **typed):
    form = form_of(browser.get(f"{town.path}/sheets").text, action=f"{town.path}/sheets")
    return browser.submit(form, **typed)


def take_back(browser, town, label, query=""):
    page = browser.get(f"{town.path}/sheets{query}").text
    wanted = f"{town.path}/sheets/withdrawal"
    for form in read_page(page).forms:
        if form.action == wanted and form.values["label"] == label:
            return browser.submit(form)
    raise AssertionError(f"no way back for {label}")


def told(app):
    with app.app_context():
        return {(row.maker_id, str(row.value)) for row in kept() if row.withdrawn_at is None}


def test_all_that_was_entered_from_one_label_goes_and_nothing_else(app, town, leader, voice):
    enter(leader, town, label="7", voice_id=voice["youth"], q1_value="3", q2_value="Een geheim.")
    seven = {maker for maker, _value in told(app)}
    enter(leader, town, label="8", voice_id=voice["youth"], q1_value="4")
    with app.app_context():
        town.say(value="9")  # on a tablet
    sent = take_back(leader, town, "7")
    assert (sent.status_code, sent.headers["Location"]) == (303, f"{town.path}/sheets?back=1")
    page = leader.get(sent.headers["Location"]).text
    assert "Het vel is teruggenomen." in page
    assert sorted(value for _maker, value in told(app)) == ["4", "9"]
    assert not seven & {maker for maker, _value in told(app)}
    with app.app_context():
        assert [row.value for row in kept() if row.maker_id in seven] == [None, None]  # nothing is left of it
    labels = [form.values["label"] for form in read_page(page).forms if form.action.endswith("/withdrawal")]
    assert labels == ["8"]
    assert "Is dit een verbetering?" not in enter(leader, town, label="7", q1_value="5").text
    assert sorted(value for _maker, value in told(app)) == ["4", "5", "9"]


def test_what_they_answered_in_another_round_stays(app, town, leader, voice):
    enter(leader, town, label="7", voice_id=voice["youth"], q1_value="3")
    with app.app_context():
        town.round_id = town.next_round()
    enter(leader, town, label="7", q1_value="4")
    take_back(leader, town, "7")
    assert [value for _maker, value in told(app)] == ["3"]


def test_a_voice_that_was_wrong_can_be_put_right_once_nothing_stands_there(app, town, leader, voice):
    enter(leader, town, label="7", voice_id=voice["youth"], q1_value="3")
    assert (
        enter(leader, town, label="7", voice_id=voice["resident"], q1_value="3", corrects="7").status_code
        == 422
    )
    take_back(leader, town, "7")
    assert enter(leader, town, label="7", voice_id=voice["resident"], q1_value="3").status_code == 303
    ((maker, _value),) = told(app)
    with app.app_context():
        assert str(session().get(Membership, maker).voice_id) == voice["resident"]


def test_a_voice_stays_while_something_of_another_round_stands_there(app, town, leader, voice):
    enter(leader, town, label="7", voice_id=voice["youth"], q1_value="3")
    with app.app_context():
        town.round_id = town.next_round()
    enter(leader, town, label="7", q1_value="4")
    take_back(leader, town, "7")
    assert enter(leader, town, label="7", voice_id=voice["resident"], q1_value="4").status_code == 422


def test_long_after_the_round_closed_a_sheet_can_still_be_taken_back(app, town, leader, voice):
    enter(leader, town, label="7", voice_id=voice["youth"], q1_value="3")
    with app.app_context():
        town.close(timedelta(days=80))
    links = read_page(leader.get(f"/spaces/{town.space.id}/measurings/{town.measuring_id}").text).links
    assert f"{town.path}/sheets#entered" in links
    assert take_back(leader, town, "7").status_code == 303
    assert told(app) == set()


def test_the_next_sheet_is_of_the_same_meeting(app, town, leader, voice):
    with app.app_context():
        workshop = make_workshop(town.space, agenda=[StepSketch(StepKind.MEASURE, Phase.DELIVER, 10)])
    enter(leader, town, label="7", voice_id=voice["youth"], q1_value="3")
    query = f"?workshop_id={workshop.id}&step_id={workshop.steps['measure']}"
    sent = take_back(leader, town, "7", query)
    assert sent.headers["Location"] == f"{town.path}/sheets{query.replace('?', '?back=1&')}"


def test_nobody_takes_back_by_a_label_that_is_not_there_nor_who_may_not_enter(
    app, town, leader, voice, new_browser
):
    enter(leader, town, label="7", voice_id=voice["youth"], q1_value="3")
    path = f"{town.path}/sheets/withdrawal"
    assert leader.post(path, {"label": "8"}).status_code == 404
    assert new_browser(town.maker).post(path, {"label": "7"}).status_code == 404
    assert [value for _maker, value in told(app)] == ["3"]
    assert [leader.post(path, {"label": "7"}).status_code for _time in range(2)] == [303, 303]


def test_figures_in_which_it_counted_go_at_once(in_context):
    town = Town(SCALE)
    steward = town.space.steward.viewer
    youth = next(each.id for each in voices_of(town.space.id) if each.key == "youth")
    for number in range(6):
        make_answer(make_member(town.space), town.round_id, town.items[0], number)
    for number in range(6):
        sheet = PaperSheet(f"A{number}", youth, [(town.items[0], Given(value=str(number)))])
        enter_sheet(steward, town.round_id, sheet)
    town.close()
    assert shown(town) == 12
    take_back_sheet(steward, town.round_id, "A2")
    content = session().scalars(select(Publication.content)).one()
    assert figures_for(snapshot_of(content), Circle.SPACE).together[0].n == 6  # those who came in themselves


def shown(town):
    with changing(town.space.id) as log:
        publish_round(log, log.session.get(Round, town.round_id))
    content = session().scalars(select(Publication.content)).one()
    return figures_for(snapshot_of(content), Circle.SPACE).together[0].n

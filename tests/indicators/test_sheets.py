"""Answers on paper: printed, and entered afterwards, a whole sheet or nothing of it."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from cocreate.core.audience import Visibility
from cocreate.core.db import session
from cocreate.indicators.models import Measuring, PaperPerson
from cocreate.indicators.service.composing import Asked, compose
from cocreate.indicators.service.measuring import Plan, start_measuring
from cocreate.privacy.service import withdraw_contribution
from cocreate.spaces.models import Membership, Space, Voice
from cocreate.spaces.queries import viewer_for, voices_of
from cocreate.spaces.rules import Role
from cocreate.workshops.rules import Phase, StepKind, StepSketch
from cocreate.workshops.service.sheets import begin_sheet
from tests.browser_without_scripts import form_of, read_page
from tests.factories import make_account, make_member, make_workshop
from tests.indicators.rounds import LOWEST, SCALE, SHAPES, Town, kept

FILLED = {
    f"q{number}_{part}": value
    for number, kind in enumerate(SHAPES, 1)
    for part, value in LOWEST[kind][0].items()
}


@pytest.fixture
def inside(app):
    """Do this as a service would, outside any request."""

    def inside(work):
        with app.app_context():
            return work()

    return inside


@pytest.fixture
def town(inside):
    return inside(lambda: Town(*SHAPES.values()))


@pytest.fixture
def leader(town, inside, new_browser):
    return new_browser(
        inside(lambda: make_member(town.space, role=Role.FACILITATOR, person_id=make_account()))
    )


@pytest.fixture
def voice(town, inside):
    return inside(lambda: {each.key: str(each.id) for each in voices_of(town.space.id)})


def enter(browser, town, **typed):
    form = form_of(browser.get(f"{town.path}/sheets").text, action=f"{town.path}/sheets")
    return browser.submit(form, **typed)


def count(inside, kind):
    return inside(lambda: session().scalar(select(func.count()).select_from(kind)))


def test_a_sheet_becomes_answers_of_a_guest_with_that_voice(town, inside, leader, voice):
    sent = enter(leader, town, label="vel 7", voice_id=voice["youth"], **FILLED)
    assert sent.status_code == 303
    rows = inside(kept)
    assert {row.item_id: row.value for row in rows} == dict(
        zip(town.items, (LOWEST[kind][1] for kind in SHAPES), strict=True)
    )
    assert all(row.is_on_paper and row.visibility == "maker" for row in rows)
    (maker,) = {row.maker_id for row in rows}
    member = inside(lambda: session().get(Membership, maker))
    assert (str(member.voice_id), member.name, member.role) == (voice["youth"], None, Role.PARTICIPANT)


def test_after_keeping_the_page_says_so_and_shows_no_answer(town, leader, voice):
    open_words = {"q9_value": "Mijn buurvrouw zei iets geheims."}
    sent = enter(leader, town, label="7", voice_id=voice["youth"], **{**FILLED, **open_words})
    page = leader.get(sent.headers["Location"]).text
    assert "Het vel is bewaard, met 10 antwoorden." in page
    assert "geheims" not in page
    assert not [facts for tag, facts in read_page(page).tags if "checked" in facts]
    assert not [
        facts for tag, facts in read_page(page).tags if facts.get("type") == "text" and facts.get("value")
    ]


def test_what_is_left_empty_is_no_row_and_a_reason_is_one(town, inside, leader, voice):
    enter(leader, town, label="7", voice_id=voice["resident"], q1_value="0", q2_missing="rather_not_say")
    found = {row.item_id: (row.value, row.missing) for row in inside(kept)}
    assert found == {town.items[0]: (0, None), town.items[1]: (None, "rather_not_say")}


def test_one_place_that_does_not_fit_keeps_nothing_and_everything_typed_stays(town, inside, leader, voice):
    people = count(inside, Membership)
    sent = enter(leader, town, label="7", voice_id=voice["youth"], **{**FILLED, "q6_value": "61"})
    assert sent.status_code == 422
    assert "60" in sent.text
    assert 'href="#q6-asked"' in sent.text
    assert inside(kept) == []
    assert (count(inside, Membership), count(inside, PaperPerson)) == (people, 0)
    chosen = {facts["name"]: facts["value"] for tag, facts in read_page(sent.text).tags if "checked" in facts}
    assert chosen["q1_value"] == "0"
    assert chosen["q8_value"] == "100 0 0"


@pytest.mark.parametrize(
    "typed",
    [
        {"label": "", "q1_value": "3"},
        {"label": "7"},
        {"label": "7", "q1_value": "3", "voice_id": ""},
        {"label": "7", "q1_value": "3", "q1_missing": "do_not_know"},
        {"label": "7", "q1_value": "3", "voice_id": "x"},
    ],
)
def test_a_sheet_needs_a_label_a_voice_and_an_answer_or_a_reason(town, inside, leader, voice, typed):
    assert enter(leader, town, **{"voice_id": voice["youth"], **typed}).status_code == 422
    assert inside(kept) == []
    assert count(inside, PaperPerson) == 0


def test_the_same_label_is_the_same_person_in_the_next_round(town, inside, leader, voice):
    enter(leader, town, label="7", voice_id=voice["youth"], q1_value="3")
    enter(leader, town, label="7", q1_value="4", corrects="7")  # read wrongly at first
    town.round_id = inside(town.next_round)
    refused = enter(leader, town, label="7", voice_id=voice["policymaker"], q1_value="5")
    assert refused.status_code == 422
    assert "Dit label is van iemand met een andere stem." in refused.text
    assert [row.value for row in inside(kept)] == [4]
    enter(leader, town, label="7", q1_value="5")
    rows = inside(kept)
    assert sorted(row.value for row in rows) == [4, 5]
    assert len({row.maker_id for row in rows}) == 1
    member = inside(lambda: session().get(Membership, rows[0].maker_id))
    assert str(member.voice_id) == voice["youth"]


def test_a_second_sheet_with_the_same_label_is_asked_about_and_overwrites_nothing(
    town, inside, leader, voice
):
    enter(leader, town, label="7", voice_id=voice["youth"], q1_value="3", q2_value="4")
    typed = {"label": "7", "voice_id": voice["resident"], "q1_value": "9", "q9_value": "Nieuwe woorden."}
    asked = enter(leader, town, **typed)
    assert asked.status_code == 409
    assert "Er zijn al antwoorden van 7 in deze meetronde. Is dit een verbetering?" in asked.text
    assert sorted(row.value for row in inside(kept)) == [3, 4]
    form = form_of(asked.text, action=f"{town.path}/sheets")
    assert {**form.values, **typed} == form.values  # nobody types it twice
    assert "corrects" not in form.values  # nothing is chosen beforehand
    assert leader.submit(form).status_code == 409
    assert leader.submit(form, label="8").status_code == 303  # it was of somebody else
    assert len({row.maker_id for row in inside(kept)}) == 2
    assert sorted(str(row.value) for row in inside(kept)) == ["3", "4", "9", "Nieuwe woorden."]


def test_a_correction_takes_the_place_of_what_was_typed_and_of_nothing_else(town, inside, leader, voice):
    for label in ("7", "8"):
        enter(leader, town, label=label, voice_id=voice["youth"], q1_value="3", q2_value="4")
    asked = enter(leader, town, label="7", q1_value="9")
    page = form_of(asked.text, action=f"{town.path}/sheets")
    (box,) = [facts for tag, facts in read_page(asked.text).tags if facts.get("name") == "corrects"]
    assert leader.submit(page, label="8", corrects=box["value"]).status_code == 409  # said of 7 alone
    assert leader.submit(page, corrects=box["value"]).status_code == 303
    assert sorted(row.value for row in inside(kept)) == [3, 4, 4, 9]


def test_the_same_sheet_sent_twice_is_one_sheet(town, inside, leader, voice):
    form = form_of(leader.get(f"{town.path}/sheets").text, action=f"{town.path}/sheets")
    typed = {"label": "7", "voice_id": voice["youth"], "q1_value": "3", "q2_value": "4"}
    first, again = leader.submit(form, **typed), leader.submit(form, **typed)
    assert (first.status_code, first.headers["Location"]) == (303, f"{town.path}/sheets?kept=2")
    assert (again.status_code, again.headers["Location"]) == (303, first.headers["Location"])
    assert [row.version for row in inside(kept)] == [1, 1]


def test_what_was_taken_back_may_be_entered_again_without_a_question(town, inside, leader, voice):
    enter(leader, town, label="7", voice_id=voice["youth"], q1_value="3")
    row = inside(kept)[0]

    def take_back():
        viewer = viewer_for(session().get(Space, town.space.id), session().get(Membership, row.maker_id))
        withdraw_contribution(viewer, "answer", row.id)

    inside(take_back)
    assert enter(leader, town, label="7", q1_value="5").status_code == 303


def test_a_sheet_that_comes_too_late_says_so_and_keeps_what_was_typed_on_the_page(
    town, inside, leader, voice
):
    form = form_of(leader.get(f"{town.path}/sheets").text, action=f"{town.path}/sheets")
    inside(lambda: town.close(timedelta(days=8)))
    late = leader.submit(form, label="7", voice_id=voice["youth"], q9_value="Mijn woorden.")
    assert late.status_code == 409
    assert "Mijn woorden." in late.text
    assert "corrects" not in late.text


def test_words_from_the_sheets_of_a_meeting_go_no_further_than_its_part_lets_them(
    town, inside, leader, voice
):
    narrow = StepSketch(StepKind.MEASURE, Phase.DELIVER, 10, widest=Visibility.WORKSHOP)
    workshop = inside(lambda: make_workshop(town.space, agenda=[narrow]))
    part = workshop.steps["measure"]
    path = f"{town.path}/sheets?workshop_id={workshop.id}&step_id={part}"
    form = form_of(leader.get(path).text, action=f"{town.path}/sheets")
    sent = leader.submit(form, label="7", voice_id=voice["youth"], q9_value="Stil.")
    assert sent.headers["Location"] == path.replace("?", "?kept=1&")
    (row,) = inside(kept)
    assert (row.part_id, row.widest, row.visibility) == (part, Visibility.WORKSHOP, Visibility.MAKER)


def test_the_sheets_of_a_meeting_lead_to_those_of_the_round_and_say_of_which_part(
    town, inside, leader, voice
):
    workshop = inside(
        lambda: make_workshop(town.space, agenda=[StepSketch(StepKind.MEASURE, Phase.DELIVER, 10)])
    )
    chosen = UUID(voice["youth"])
    begun = inside(lambda: begin_sheet(town.space.steward.viewer, workshop.id, "7", chosen))
    page = leader.get(f"/workshops/{workshop.id}/paper/entries/{begun}")
    wanted = f"{town.path}/sheets?workshop_id={workshop.id}&step_id={workshop.steps['measure']}"
    assert wanted in read_page(page.text).links


def test_who_does_not_lead_sees_no_sheets(town, new_browser):
    for path in ("paper", "sheets"):
        assert new_browser(town.maker).get(f"{town.path}/{path}").status_code == 404


def links_to_paper(browser, town):
    page = read_page(browser.get(f"/spaces/{town.space.id}/measurings/{town.measuring_id}").text)
    return [each.rpartition("/")[2] for each in page.links if each.startswith(f"{town.path}/")]


def test_who_leads_comes_to_the_sheets_from_the_measuring(town, inside, leader, new_browser):
    assert set(links_to_paper(leader, town)) == {"paper", "sheets", "closing"}
    assert links_to_paper(new_browser(town.maker), town) == []
    inside(town.close)
    assert links_to_paper(leader, town) == ["sheets"]  # what was written before may be typed over afterwards
    inside(lambda: town.close(timedelta(days=8)))
    assert links_to_paper(leader, town) == []


def test_what_a_panel_measures_is_entered_by_the_panel_alone(town, inside, leader, voice, new_browser):
    def own():
        young = make_member(town.space, voice="youth")
        session().get(Measuring, town.measuring_id).voice_id = young.viewer.voice_id
        session().get(Voice, young.viewer.voice_id).is_panel = True
        session().commit()
        return young

    young = new_browser(inside(own))
    assert leader.get(f"{town.path}/sheets").status_code == 404
    assert enter(young, town, label="7", q1_value="3").status_code == 303
    (row,) = inside(kept)
    assert str(inside(lambda: session().get(Membership, row.maker_id)).voice_id) == voice["youth"]


def test_a_panel_that_measures_everybody_comes_to_its_own_paper(town, inside, leader, new_browser):
    def ask():
        young = make_member(town.space, voice="youth")
        session().get(Voice, young.viewer.voice_id).is_panel = True
        session().commit()
        instrument_id = compose(young.viewer, "Van ons", [Asked("Vraag?", SCALE, 0)], young.viewer.voice_id)
        town.measuring_id, town.round_id = start_measuring(young.viewer, instrument_id, Plan("Van iedereen"))
        return young

    young = new_browser(inside(ask))
    assert {"paper", "sheets"} <= set(links_to_paper(young, town))
    for path in ("paper", "sheets"):
        assert young.get(f"{town.path}/{path}").status_code == 200
    # To who leads these pages would say that they are not there.
    for who in (leader, new_browser(town.space.steward)):
        assert not {"paper", "sheets"} & set(links_to_paper(who, town))
        assert who.get(f"{town.path}/sheets").status_code == 404


def test_the_paper_has_every_question_and_no_answer_of_anybody(town, inside, leader):
    inside(lambda: town.say(at=8, value="Een geheim."))
    page = leader.get(f"{town.path}/paper").text
    for number in range(1, len(SHAPES) + 1):
        assert f"{number}. Vraag {number}?" in page
    assert "Een geheim." not in page
    assert "<input" not in page.split("</header>")[1]

"""The pages of a round: without scripts, at a meeting, and what they never show."""

import pytest

from cocreate.core.audience import Visibility
from cocreate.core.changes import changing
from cocreate.core.problems import NotFound
from cocreate.indicators.kinds import AnswerKind
from cocreate.indicators.models import InstrumentItem
from cocreate.privacy.service import show_to
from cocreate.workshops.rules import Phase, StepKind, StepSketch
from tests.browser_without_scripts import read_page
from tests.factories import make_member, make_space, make_workshop
from tests.indicators.rounds import LOWEST, SHAPES, Town, kept


@pytest.fixture
def town(app):
    with app.app_context():
        return Town(*SHAPES.values())


@pytest.fixture
def inside(app):
    """Do this as a service would, outside any request."""

    def inside(work):
        with app.app_context():
            return work()

    return inside


def shown_in(page):
    return [facts["data-item"] for tag, facts in page.tags if "data-item" in facts and "hidden" not in facts]


@pytest.mark.parametrize(
    ("place", "given_", "said"),
    [
        (0, {"value": "11"}, "10"),
        (1, {"value": "0"}, "1"),
        (0, {"value": "7.5"}, "heel getal"),
        (5, {"value": "61"}, "60"),
        (5, {"value": "veel"}, "cijfers"),
        (4, {"value": "maybe"}, "Kies een van"),
        (7, {"value": "50 20 20"}, "driehoek"),
        (9, {"have": "3"}, "allebei"),
        (0, {"missing": "missed_round"}, "Kies een van"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_limit_in_plain_words(
    town, inside, new_browser, place, given_, said
):
    body = {"round_id": str(town.round_id), "item_id": str(town.items[place]), **given_}
    refused = new_browser(town.maker).post(f"/spaces/{town.space.id}/answers", json=body)
    assert refused.status_code == 422
    assert said in refused.json["fields"]["value"][0]
    assert inside(kept) == []


def test_words_that_are_for_nobody_in_particular_stay_ones_own(town, inside, new_browser):
    body = {"round_id": str(town.round_id), "item_id": str(town.items[8]), "value": "Stil.", "visibility": ""}
    assert new_browser(town.maker).post(f"/spaces/{town.space.id}/answers", json=body).status_code == 201
    assert [each.visibility for each in inside(kept)] == [Visibility.MAKER]


def test_a_closed_round_asks_nothing_any_more(town, inside, new_browser):
    inside(town.close)
    page = read_page(new_browser(town.maker).get(town.path).text)
    assert not [facts for tag, facts in page.tags if facts.get("name") == "item_id"]


def test_my_earlier_answer_is_there_only_after_i_answered(town, inside, new_browser):
    inside(lambda: town.say(value="3"))
    town.round_id = inside(town.next_round)
    path = f"{town.path}/items/{town.items[0]}/earlier"
    browser = new_browser(town.maker)
    assert browser.get(path).status_code == 404
    assert "3 van de 10" not in browser.get(town.path).text
    inside(lambda: town.say(missing="do_not_know"))
    shown = browser.get(path)
    assert shown.status_code == 200
    assert "3 van de 10" in shown.text
    assert new_browser(inside(lambda: make_member(town.space))).get(path).status_code == 404


def test_without_scripts_one_question_comes_after_the_other_and_then_the_thanks(town, inside, new_browser):
    browser = new_browser(town.maker)
    for kind in SHAPES:
        page = read_page(browser.get(town.path).text)
        (shown,) = shown_in(page)
        form = next(form for form in page.forms if form.values.get("item_id") == shown)
        sent = browser.submit(form, **LOWEST[kind][0])
        assert (sent.status_code, sent.headers["Location"]) == (303, town.path)
    page = browser.get(town.path).text
    assert "Je hebt alles beantwoord" in page
    assert f"/spaces/{town.space.id}/my-line" in page
    assert len(inside(kept)) == len(SHAPES)


def test_a_question_can_be_opened_again_to_change_the_answer(town, inside, new_browser):
    inside(lambda: town.say(value="3"))
    page = new_browser(town.maker).get(f"{town.path}?item={town.items[0]}").text
    assert shown_in(read_page(page)) == [str(town.items[0])]
    assert "3 van de 10" in page
    assert not [
        facts for tag, facts in read_page(page).tags if facts.get("type") == "radio" and "checked" in facts
    ]


def test_a_helper_is_noted_and_stays_chosen(town, inside, new_browser):
    browser = new_browser(town.maker)
    body = {"round_id": str(town.round_id), "item_id": str(town.items[0]), "value": "0"}
    sent = browser.post(f"/spaces/{town.space.id}/answers", json={**body, "is_by_helper": "1"})
    assert sent.status_code == 201
    assert inside(kept)[0].is_by_helper
    assert "Iemand heeft dit voor je opgeschreven." in browser.get("/mine").text
    tags = read_page(browser.get(town.path).text).tags
    assert all("checked" in facts for tag, facts in tags if facts.get("name") == "is_by_helper")


def test_the_part_of_the_stage_shows_the_newest_round_i_should_answer(town, inside, new_browser):
    workshop = inside(lambda: make_workshop(town.space))
    guest = inside(lambda: make_member(town.space, workshop))
    path = f"/spaces/{town.space.id}/rounds/open?workshop={workshop.id}"
    page = new_browser(guest).get(path).text
    assert str(town.round_id) in page
    assert f'name="workshop_id" value="{workshop.id}"' in page
    assert new_browser(town.maker).get(path).status_code == 404  # was not there
    body = {"round_id": str(town.round_id), "item_id": str(town.items[0]), "value": "0"}
    sent = new_browser(guest).post(
        f"/spaces/{town.space.id}/answers", json={**body, "workshop_id": str(workshop.id)}
    )
    assert sent.status_code == 201
    assert inside(kept)[0].workshop_id == workshop.id


def test_there_may_be_nothing_to_answer(inside, new_browser):
    space = inside(make_space)
    page = new_browser(inside(lambda: make_member(space))).get(f"/spaces/{space.id}/rounds/open")
    assert page.status_code == 200
    assert "<form" not in page.text


def test_who_is_asked_reads_what_it_costs_before_they_answer(town, inside, new_browser):
    browser = new_browser(town.maker)
    before = browser.get(town.path).text
    assert "Het duurt ongeveer" in before
    assert "gevoelig" not in before

    def make_delicate():
        with changing(town.space.id) as log:
            for item_id in town.items[1:3]:
                log.session.get_one(InstrumentItem, item_id).sensitivity = 2

    inside(make_delicate)
    assert "2 vragen zijn gevoelig. Niemand hoeft die te beantwoorden." in browser.get(town.path).text


MEASURING = StepSketch(StepKind.MEASURE, Phase.DELIVER, 10, widest=Visibility.WORKSHOP)
FIRST = StepSketch(StepKind.MOMENTS, Phase.DISCOVER, 10)
WORDS = list(SHAPES).index(AnswerKind.OPEN)


def offered(page):
    """For whom words can be meant, as the page offers it."""
    chosen = read_page(page).tags
    every = ["maker", "workshop", "space", "public"]
    return [facts["value"] for tag, facts in chosen if tag == "option" and facts.get("value") in every]


@pytest.mark.parametrize("says_which_part", [True, False])
def test_words_go_no_further_than_the_part_of_the_meeting_lets_them(
    town, inside, new_browser, says_which_part
):
    workshop = inside(lambda: make_workshop(town.space, agenda=[MEASURING]))
    guest, absent = inside(lambda: (make_member(town.space, workshop), make_member(town.space)))
    browser = new_browser(guest)
    step = f"&step={workshop.steps['measure']}" if says_which_part else ""
    late = browser.get(f"/spaces/{town.space.id}/rounds/open?workshop={workshop.id}{step}").text
    assert offered(late) == ["maker", "workshop"]
    form = next(
        each for each in read_page(late).forms if each.values.get("item_id") == str(town.items[WORDS])
    )
    assert browser.submit(form, value="Stil.", visibility="public").status_code == 303
    (row,) = inside(kept)
    assert (row.visibility, row.widest) == (Visibility.WORKSHOP, Visibility.WORKSHOP)
    assert row.part_id == (workshop.steps["measure"] if says_which_part else None)
    figures = f"/spaces/{town.space.id}/measurings/{town.measuring_id}/figures"
    assert "Stil." not in new_browser(absent).get(figures).text
    with pytest.raises(NotFound):
        inside(lambda: show_to(guest.viewer, "answer", row.id, Visibility.SPACE))


def test_the_stage_offers_no_more_than_its_part_either(town, inside, new_browser):
    workshop = inside(lambda: make_workshop(town.space, agenda=[MEASURING]))
    guest = inside(lambda: make_member(town.space, workshop))
    stage = new_browser(guest).get(f"/workshops/{workshop.id}/stage").text
    assert offered(stage) == ["maker", "workshop"]
    assert f'name="step_id" value="{workshop.steps["measure"]}"' in stage
    assert f"rounds/open?workshop={workshop.id}&amp;step={workshop.steps['measure']}" in stage


def test_a_part_that_has_not_begun_offers_words_to_nobody_else(town, inside, new_browser):
    workshop = inside(lambda: make_workshop(town.space, activities=(), agenda=[FIRST, MEASURING]))
    guest = inside(lambda: make_member(town.space, workshop))
    late = f"/spaces/{town.space.id}/rounds/open?workshop={workshop.id}&step={workshop.steps['measure']}"
    assert offered(new_browser(guest).get(late).text) == ["maker"]
    assert offered(new_browser(guest).get(town.path).text) == ["maker", "space", "public"]  # between meetings

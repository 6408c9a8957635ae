"""What we want, voice by voice; and the page of one wish, to read and to answer."""

import re
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import event, insert

from cocreate.core.audience import Visibility
from cocreate.core.db import db, session
from cocreate.core.paging import MOST
from cocreate.impacts.models import DesiredImpact, Stance
from cocreate.impacts.rules import Position, Realism, Stage
from cocreate.impacts.service import absorb, check_realism, move_to, remark_on
from cocreate.indicators.models import Indicator
from cocreate.spaces.openings import set_between_meetings
from cocreate.spaces.queries import voices_of
from cocreate.spaces.rules import Activity, VoiceWish
from cocreate.spaces.service import SpaceDraft, change_space, compose
from cocreate.workshops.service import move_stage
from tests.browser_without_scripts import form_of
from tests.factories import (
    make_arrival,
    make_impact,
    make_indicator,
    make_member,
    make_space,
    make_stance,
    make_wording,
    make_workshop,
)

CROWD = {  # of each voice: for, objections, don't know
    "resident": (6, 0, 0),
    "youth": (5, 1, 0),
    "professional": (4, 1, 1),
    "policymaker": (1, 5, 0),
}


@pytest.fixture
def wish(app):
    """A wish of a resident, with six people of each voice who took a stance."""
    with app.app_context():
        space = make_space()
        workshop = make_workshop(space)
        maker = make_member(space, workshop)
        impact_id = make_impact(maker, workshop, "Iedereen eet mee.")
        move_stage(workshop.id, space.id, workshop.steps["impacts"])
        for voice, split in CROWD.items():
            where = [position for position, count in zip(Position, split, strict=True) for _ in range(count)]
            for number, position in enumerate(where):
                who = make_member(space, workshop, voice=voice)
                reason = f"Omdat {voice}." if number == 5 else ""
                make_stance(who, workshop, impact_id, position, reason=reason)
        move_stage(workshop.id, space.id, workshop.steps["map"])
    return space, workshop, maker, impact_id


def page_of(browser, space, impact_id=None):
    return browser.get(f"/spaces/{space.id}/impacts" + (f"/{impact_id}" if impact_id else ""))


def test_the_page_of_all_shows_each_voice_as_a_mark_and_as_figures(wish, new_browser):
    space, _workshop, maker, _impact = wish
    page = page_of(new_browser(maker), space).text
    assert page.count('<path class="spot voice-') == 4 + 4  # on the strip, and in the legend
    for share, people in (("100%", 6), ("83%", 6), ("67%", 6), ("17%", 6)):
        assert f"{share} is ervoor ({people} mensen)" in page.replace("\xa0", "")


def test_it_tells_where_voices_stand_apart_and_who_says_something_else(wish, new_browser):
    space, _workshop, maker, _impact = wish
    page = page_of(new_browser(maker), space).text
    assert "Hier staan ze uit elkaar" in page
    assert "Hier vinden de stemmen elkaar" not in page  # the policymakers object
    assert "vaker bezwaar" in page


def test_too_few_people_are_in_no_figure_nor_on_the_strip(app, new_browser):
    with app.app_context():
        space = make_space()
        workshop = make_workshop(space)
        maker = make_member(space, workshop)
        impact_id = make_impact(maker, workshop)
        for _ in range(3):
            make_stance(make_member(space, workshop, voice="youth"), workshop, impact_id)
    for page in (page_of(new_browser(maker), space), page_of(new_browser(maker), space, impact_id)):
        assert 'class="spot' not in page.text
        assert "%" not in page.text.partition("<main")[2].partition("</main>")[0]


def told_of(page, *unlike):
    """The words of a page, without what differs from one space to another."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return re.sub("|".join(map(str, unlike)), "", main)


@pytest.mark.parametrize(("is_public", "sizes"), [(False, (6, 4)), (True, (12, 8))])
def test_voices_do_not_meet_over_one_that_may_not_be_shown_whatever_it_said(
    app, new_browser, is_public, sizes
):
    told = set()
    for position in Position:
        with app.app_context():
            space = make_space(is_public=is_public)
            workshop = make_workshop(space)
            visibility = Visibility.PUBLIC if is_public else Visibility.SPACE
            maker = make_member(space, workshop, voice="policymaker")
            impact_id = make_impact(maker, workshop, visibility=visibility)
            move_stage(workshop.id, space.id, workshop.steps["impacts"])
            for voice, people, where in zip(
                ("resident", "youth"), sizes, (Position.FOR, position), strict=True
            ):
                for _ in range(people):
                    who = make_member(space, workshop, voice=voice)
                    make_stance(who, workshop, impact_id, where, visibility=visibility)
            move_stage(workshop.id, space.id, workshop.steps["map"])
            compose(
                space.id, {each.id: VoiceWish(each.key == "resident", None) for each in voices_of(space.id)}
            )
        page = page_of(new_browser() if is_public else new_browser(maker), space).text
        assert f"({sizes[0]} mensen)" in page
        assert "Hier vinden de stemmen elkaar" not in page
        assert "Alle stemmen, elk even zwaar:" not in page
        assert "Niet overal genoeg mensen om te laten zien:" in page
        told.add(told_of(page, space.id, impact_id))
    assert len(told) == 1  # what they said shows nowhere


def test_where_each_voice_is_heard_the_page_says_how_far_all_agree_and_who_least(wish, app, new_browser):
    space, _workshop, maker, _impact = wish
    page = words_of(page_of(new_browser(maker), space).text)
    assert "Alle stemmen, elk even zwaar: 57% (24 mensen). Het minst: Beleidsmaker, 25% (6 mensen)." in page
    with app.app_context():
        change_space(space.id, SpaceDraft(name="Het plein", own_voices=["Mantelzorger"]))
    assert "Alle stemmen, elk even zwaar:" not in words_of(page_of(new_browser(maker), space).text)


def test_what_a_voice_says_differently_tells_of_how_many_people(wish, new_browser):
    space, _workshop, maker, _impact = wish
    page = words_of(page_of(new_browser(maker), space).text)
    assert "(83%: 5 van de 6. De anderen 11%: 2 van de 18)" in page


def test_rows_and_cards_say_how_far_each_wish_has_come(wish, app, new_browser):
    space, _workshop, maker, impact_id = wish
    browser = new_browser(maker)
    for stage, words in (
        (Stage.PROPOSED, "Voorgesteld"),
        (Stage.IN_DISCUSSION, "We praten erover"),
        (Stage.AGREED, "Afgesproken"),
        (Stage.RETIRED, "Nu niet meer"),
    ):
        with app.app_context():
            move_to(space.steward.viewer, impact_id, stage)
        row = page_of(browser, space).text.partition('<article class="strip-row">')[2]
        assert f">{words}</span>" in row.partition("</article>")[0]
        card = browser.get(f"/spaces/{space.id}").text.partition(f'id="impact-{impact_id}"')[2]
        assert f">{words}</span>" in card.partition("</article>")[0]


def test_what_is_no_longer_now_is_folded_and_in_no_finding(wish, app, new_browser):
    space, _workshop, maker, impact_id = wish
    browser = new_browser(maker)
    assert "Hier staan ze uit elkaar" in page_of(browser, space).text
    with app.app_context():
        move_to(space.steward.viewer, impact_id, Stage.RETIRED)
    page = page_of(browser, space).text
    folded = page.partition('<details class="sheet"><summary>Nu niet meer (1)')[2].partition("</details>")[0]
    assert "Iedereen eet mee." in folded
    assert page.count('<article class="strip-row">') == 1
    assert "Hier staan ze uit elkaar" not in page
    assert "Wat elke stem anders zegt" not in page


def test_each_wish_tells_who_was_not_heard_enough_on_it(wish, app, new_browser):
    space, _workshop, maker, impact_id = wish
    browser = new_browser(maker)
    assert "mensen die we hopen te horen" not in page_of(browser, space, impact_id).text
    with app.app_context():
        hopes = {"youth": 10, "resident": 5}
        compose(space.id, {each.id: VoiceWish(True, hopes.get(each.key)) for each in voices_of(space.id)})
    page = page_of(browser, space, impact_id).text
    assert "6 van de 10 mensen die we hopen te horen" in page
    assert "van de 5 mensen" not in page
    with app.app_context():
        move_to(space.steward.viewer, impact_id, Stage.RETIRED)
    assert "mensen die we hopen te horen" not in page_of(browser, space, impact_id).text


def test_every_wish_and_every_sign_can_be_reached_when_there_are_more_than_fit(app, wish, new_browser):
    space, workshop, maker, impact_id = wish
    with app.app_context():
        sign_id = make_indicator(maker, workshop, impact_id, "De pannen zijn leeg.")
        many(DesiredImpact, impact_id, MOST, first_words="Nog een wens.")
        many(Indicator, sign_id, MOST, question="Nog een teken.")
    browser = new_browser(maker)
    for path, words, newest in (
        (f"/spaces/{space.id}/impacts", "Iedereen eet mee.", "Nog een wens."),
        (f"/spaces/{space.id}/indicators", "De pannen zijn leeg.", "Nog een teken."),
    ):
        first = browser.get(path).text
        assert f"Dit zijn de nieuwste {MOST}. Er zijn ook oudere." in first
        assert f'href="{path}?page=2"' in first
        assert first.count(f">{newest}</a>") == MOST
        assert f">{words}</a></" not in first.replace("<h2", "")
        second = browser.get(f"{path}?page=2").text
        assert "Dit is de oudste." in second
        assert words in second
        assert f'href="{path}"' in second
        assert browser.get(f"{path}?page=3").status_code == 404
        assert browser.get(f"{path}?page=-1").status_code == 200
    assert "Iedereen eet mee." in second  # the heading of a sign, whose wish is not among the newest


def many(kind, model_id, people, **changed):
    """So many more of the same."""
    model = session().get(kind, model_id)
    columns = [column.key for column in kind.__mapper__.column_attrs]
    alike = {key: getattr(model, key) for key in columns} | changed
    later = {"created_at": model.created_at + timedelta(hours=1)}
    session().execute(insert(kind), [{**alike, **later, "id": uuid.uuid4()} for _ in range(people)])
    session().commit()


def words_of(page):
    """A page as one line, with plain spaces."""
    return re.sub(r"\s+", " ", page.replace("\xa0", ""))


def test_who_is_not_heard_enough_is_named_with_how_many_are_hoped_for(wish, app, new_browser):
    space, _workshop, maker, _impact = wish
    with app.app_context():
        wishes = {
            voice.id: VoiceWish(True, {"youth": 10, "resident": 5}.get(voice.key))
            for voice in voices_of(space.id)
        }
        compose(space.id, wishes)
    page = page_of(new_browser(maker), space).text
    assert "6 van de 10 mensen die we hopen te horen" in page
    assert "van de 5 mensen" not in page


def test_a_wish_has_a_page_with_all_that_is_said_of_it(wish, app, new_browser):
    space, workshop, maker, impact_id = wish
    with app.app_context():
        youth = make_member(space, workshop, voice="youth")
        make_wording(youth, workshop, impact_id, "Niemand eet alleen.")
        remark_on(youth.viewer, make_arrival(workshop), impact_id, "En de afwas dan?")
        check_realism(youth.viewer, make_arrival(workshop), impact_id, Realism.TOO_BIG, "Iedereen is veel.")
        make_indicator(youth, workshop, impact_id, "De pannen zijn leeg.")
        other = make_impact(youth, workshop, "Samen aan tafel.")
        absorb(space.steward.viewer, impact_id, other)
    page = page_of(new_browser(maker), space, impact_id).text
    for words in (
        "Iedereen eet mee.",
        "Niemand eet alleen.",
        "En de afwas dan?",
        "Iedereen is veel.",
        "De pannen zijn leeg.",
        "Samen aan tafel.",
        "Omdat policymaker.",
    ):
        assert words in page
    assert page.index("Omdat policymaker.") < page.index("Omdat resident.")  # objections come first


def test_objections_and_missing_voices_stay_on_the_page_also_when_it_is_agreed(wish, app, new_browser):
    space, _workshop, maker, impact_id = wish
    with app.app_context():
        move_to(space.steward.viewer, impact_id, Stage.AGREED)
    page = page_of(new_browser(maker), space, impact_id).text
    assert "Afgesproken" in page
    assert "bezwaar: 5" in page


def test_what_only_its_maker_sees_is_on_nobody_elses_page(wish, app, new_browser):
    space, workshop, maker, impact_id = wish
    with app.app_context():
        youth = make_member(space, workshop, voice="youth")
        make_wording(youth, workshop, impact_id, "Kanarie een", visibility=Visibility.MAKER)
        hidden = make_impact(youth, workshop, "Kanarie twee", visibility=Visibility.MAKER)
    for path in (None, impact_id):
        assert "Kanarie" not in page_of(new_browser(maker), space, path).text
    assert page_of(new_browser(maker), space, hidden).status_code == 404
    assert "Kanarie een" in page_of(new_browser(youth), space, impact_id).text


def test_an_impact_of_another_space_is_not_there(wish, app, new_browser):
    _space, _workshop, _maker, impact_id = wish
    with app.app_context():
        elsewhere = make_space()
    assert page_of(new_browser(elsewhere.steward), elsewhere, impact_id).status_code == 404


# Answering between meetings


@pytest.fixture
def opened(wish, app):
    space, *_rest = wish
    with app.app_context():
        set_between_meetings(space.steward.viewer, Activity.IMPACTS, True)
    return wish


def test_nobody_is_asked_anything_until_it_is_opened(wish, new_browser):
    space, _workshop, maker, impact_id = wish
    assert 'class="answer-here' not in page_of(new_browser(maker), space, impact_id).text


@pytest.mark.parametrize(
    ("action", "filled", "told"),
    [
        ("stances", {"position": "objection", "reason": "Te duur."}, "Te duur."),
        ("realism-checks", {"answer": "too_small", "reason": "Kan meer."}, "Kan meer."),
        ("wordings", {"text": "Aan lange tafels."}, "Aan lange tafels."),
        ("remarks", {"text": "Wie kookt er?"}, "Wie kookt er?"),
    ],
)
def test_who_is_in_the_space_answers_on_the_page_once(opened, app, new_browser, action, filled, told):
    space, _workshop, _maker, impact_id = opened
    with app.app_context():
        who = make_member(space, voice="youth")
    browser = new_browser(who)
    page = page_of(browser, space, impact_id)
    form = form_of(page.text, action=f"/spaces/{space.id}/{action}")
    for _twice in range(2):  # a double tap
        answer = browser.submit(form, page.request.path, visibility="space", **filled)
        assert (answer.status_code, answer.location) == (303, page.request.path)
    assert page_of(browser, space, impact_id).text.count(told) == (
        2 if action in ("stances", "realism-checks") else 1
    )  # where somebody can answer again, their own words are filled in


def test_what_i_answered_before_is_filled_in(opened, app, new_browser):
    space, workshop, _maker, impact_id = opened
    with app.app_context():
        who = make_member(space, workshop, voice="youth")
        make_stance(who, workshop, impact_id, Position.OBJECTION, reason="Mijn reden.")
    page = page_of(new_browser(who), space, impact_id).text
    assert ">Mijn reden.</textarea>" in page
    assert 'value="objection" checked' in page


def test_who_proposed_it_takes_over_other_words_on_the_page(wish, app, new_browser):
    space, workshop, maker, impact_id = wish
    with app.app_context():
        wording = make_wording(
            make_member(space, workshop, voice="youth"), workshop, impact_id, "Niemand eet alleen."
        )
    path = f"/spaces/{space.id}/wordings/{wording}/adoption"
    browser = new_browser(maker)
    assert browser.post(path, {"taken": "1"}).status_code == 303
    page = page_of(browser, space, impact_id).text
    assert "<h1>Niemand eet alleen.</h1>" in page
    assert "“Iedereen eet mee.”" in page
    assert browser.post(path, {"taken": ""}).status_code == 303
    assert "<h1>Iedereen eet mee.</h1>" in page_of(browser, space, impact_id).text


def test_a_decision_that_cannot_be_is_refused_in_plain_words(app, new_browser):
    with app.app_context():
        space = make_space()
        workshop = make_workshop(space)
        impact_id = make_impact(make_member(space, workshop), workshop)
    browser = new_browser(space.steward)
    answer = browser.post(f"/spaces/{space.id}/impacts/{impact_id}/decision", {"stage": "agreed"})
    assert answer.status_code == 409
    assert "Nog niet: van deze stemmen zei niemand" in answer.text
    with app.app_context():
        assert session().get(DesiredImpact, impact_id).stage == Stage.PROPOSED


def test_the_composition_of_a_space_is_filled_in_and_kept(app, new_browser):
    with app.app_context():
        space = make_space()
        youth = next(voice for voice in voices_of(space.id) if voice.key == "youth")
    browser, path = new_browser(space.steward), f"/spaces/{space.id}/composition"
    form = form_of(browser.get(path).text, **{"class": "form"})
    assert browser.submit(form, path, **{f"wished_{youth.id.hex}": "0"}).status_code == 422
    assert browser.submit(form, path, **{f"wished_{youth.id.hex}": "12"}).status_code == 303
    assert 'value="12"' in browser.get(path).text


@pytest.mark.parametrize("position", Position)
def test_who_answers_again_has_one_stance(opened, app, new_browser, position):
    space, _workshop, maker, impact_id = opened
    browser = new_browser(maker)
    for _again in range(3):
        body = {
            "id": str(uuid.uuid4()),
            "impact_id": str(impact_id),
            "position": position,
            "visibility": "space",
        }
        assert browser.post(f"/spaces/{space.id}/stances", body).status_code == 303
    with app.app_context():
        assert session().query(Stance).filter_by(impact_id=impact_id, maker_id=maker.id).count() == 1


def test_a_page_that_was_drawn_before_shows_the_next_step(app, wish, new_browser):
    space, workshop, maker, impact_id = wish
    browser = new_browser(maker)
    assert "<td>bewoner</td>" in (first := page_of(browser, space).text.lower())
    for people, wanted in ((4, "100% is ervoor (6 mensen)"), (1, "55% is ervoor (11 mensen)")):
        with app.app_context():
            for _ in range(people):
                make_stance(make_member(space, workshop), workshop, impact_id, Position.OBJECTION)
        assert wanted in page_of(browser, space).text.lower().replace("\xa0", "")
    assert "100% is ervoor (6 mensen)" in first.replace("\xa0", "")


def test_the_page_of_one_wish_asks_the_database_little(app, wish, new_browser):
    space, workshop, maker, impact_id = wish
    with app.app_context():
        remark_on(maker.viewer, make_arrival(workshop), impact_id, "En dan?")
        make_wording(maker, workshop, impact_id)
        engine = db.engine
    said = []
    event.listen(engine, "before_cursor_execute", lambda *told: said.append(told[2]))
    page = page_of(new_browser(maker), space, impact_id)
    assert page.status_code == 200
    assert len([each for each in said if each.startswith("SELECT")]) <= 11


def test_the_page_of_all_asks_the_database_as_little_for_many_wishes_as_for_one(app, wish, new_browser):
    space, _workshop, maker, impact_id = wish
    with app.app_context():
        many(DesiredImpact, impact_id, 200)
        engine = db.engine
    browser = new_browser(maker)
    said = []
    event.listen(engine, "before_cursor_execute", lambda *told: said.append(told[2]))
    assert page_of(browser, space).text.count('<article class="strip-row">') == 201
    assert len([each for each in said if each.startswith("SELECT")]) <= 7

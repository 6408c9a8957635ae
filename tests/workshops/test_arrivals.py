"""What arrives on the console, what goes large on the screen, and what is set aside."""

import uuid

import pytest
from sqlalchemy import select

from cocreate.core.audience import Visibility, sees
from cocreate.core.changes import Change, changing
from cocreate.core.db import session
from cocreate.core.faces import View, face_of
from cocreate.core.i18n import speaking
from cocreate.impacts.models import DesiredImpact
from cocreate.moments.models import Moment
from cocreate.privacy.service import show_to, withdraw_contribution
from cocreate.spaces.openings import Terms, put_on_stage
from cocreate.spaces.queries import voices_of
from cocreate.spaces.rules import Activity, Role, VoiceWish
from cocreate.spaces.service import compose
from cocreate.workshops.faces import groups_on_screen
from cocreate.workshops.service import close_workshop, move_stage
from tests.browser_without_scripts import read_page
from tests.factories import (
    make_account,
    make_factor,
    make_impact,
    make_indicator,
    make_member,
    make_moment,
    make_node,
    make_space,
    make_stance,
    make_workshop,
)

WORDS = "Er stond ineens soep op tafel."
WHY = "Hier staat een adres in."


@pytest.fixture
def told(app, meeting):
    with app.app_context():
        return make_moment(meeting.maker, meeting.workshop, WORDS, visibility=Visibility.WORKSHOP)


def last(verb, topic="stage"):
    query = select(Change).where(Change.topic == topic, Change.verb == verb)
    return session().scalars(query.order_by(Change.seq.desc())).first()


def face(verb, view, topic="stage"):
    with speaking("en"):
        return face_of(last(verb, topic), view)


def test_all_that_was_told_arrives_newest_first_with_how_many_of_each(app, meeting):
    with app.app_context():
        for make in (make_moment, make_factor):
            make(meeting.maker, meeting.workshop)
        wish = make_impact(meeting.maker, meeting.workshop)
        make_indicator(meeting.maker, meeting.workshop, wish)
        make_node(meeting.maker, meeting.workshop)
    page = meeting.console()
    newest_first = ("node", "indicator", "impact", "working_factor", "moment")
    order = [page.index(f'data-of="{topic}"') for topic in newest_first]
    assert order == sorted(order)
    assert page.count("data-arrival=") == 5
    assert 'data-only="impact"' in page


def test_the_kind_that_the_step_asks_for_is_looked_at_first(app, meeting, told):
    with app.app_context():
        move_stage(meeting.workshop.id, meeting.space.id, meeting.workshop.steps["moments"])
    (button,) = [part for part in meeting.console().split("<button") if "data-now" in part]
    assert 'data-only="moment"' in button


def test_who_leads_shows_one_thing_large_and_takes_it_off(app, meeting, told):
    assert meeting.post("highlight", topic="moment", id=told).status_code == 200
    assert meeting.screen().split("data-lit-place")[1].split("</section>")[0].count(WORDS) == 1
    assert "is-lit" in meeting.console()
    assert f'"lit": "{told}"' in meeting.stage()  # its maker is told
    assert meeting.post("highlight/end").status_code == 200
    assert WORDS not in meeting.screen().split("data-lit-place")[1].split("</section>")[0]


def test_it_works_without_scripts(meeting, told):
    console = f"{meeting.path}/console"
    page = meeting.lead.get(console)
    forms = [form for form in read_page(page.text).forms if form.values.get("id") == str(told)]
    (large,) = [form for form in forms if form.attributes["action"].endswith("/highlight")]
    answer = meeting.lead.submit(large, console)
    assert (answer.status_code, answer.location) == (303, console)
    assert "is-lit" in meeting.console()


def test_moving_on_ends_it(app, meeting, told):
    meeting.post("highlight", topic="moment", id=told)
    with app.app_context():
        move_stage(meeting.workshop.id, meeting.space.id, meeting.workshop.steps["moments"])
        assert meeting.row().lit_id is None


@pytest.mark.parametrize("visibility", [Visibility.WORKSHOP, Visibility.SPACE, Visibility.PUBLIC])
def test_what_the_room_may_see_can_be_lit(app, meeting, visibility):
    with app.app_context():
        made = make_moment(meeting.maker, meeting.workshop, visibility=visibility)
    assert meeting.post("highlight", topic="moment", id=made).status_code == 200


def test_what_the_room_may_not_see_cannot(app, meeting):
    with app.app_context():
        elsewhere = make_workshop(meeting.space, title="Elders")
        other = make_member(meeting.space, elsewhere)
        gone = make_moment(meeting.maker, meeting.workshop)
        withdraw_contribution(meeting.maker.viewer, "moment", gone)
        not_here = [
            make_moment(meeting.maker, meeting.workshop, visibility=Visibility.MAKER),
            make_moment(other, elsewhere, visibility=Visibility.PUBLIC),
            gone,
            uuid.uuid4(),
        ]
        own = make_member(meeting.space, meeting.workshop, role=Role.FACILITATOR, person_id=make_account())
        not_here.append(make_moment(own, meeting.workshop, visibility=Visibility.MAKER))
    for made in not_here:
        assert meeting.post("highlight", topic="moment", id=made).status_code == 404
    assert meeting.post("highlight", topic="answer", id=not_here[0]).status_code == 404


@pytest.mark.parametrize("how", ["withdrawn", "narrowed", "aside"])
def test_what_is_taken_away_leaves_the_screen_at_once(app, meeting, told, how):
    meeting.post("highlight", topic="moment", id=told)
    with app.app_context():
        if how == "withdrawn":
            withdraw_contribution(meeting.maker.viewer, "moment", told)
        elif how == "narrowed":
            show_to(meeting.maker.viewer, "moment", told, Visibility.MAKER)
    if how == "aside":
        meeting.post("asides", topic="moment", id=told, reason=WHY)
    assert WORDS not in meeting.screen()
    with app.test_request_context():
        assert "card" not in face("lit", View.SCREEN).data
        gone = face("withdrawn" if how == "withdrawn" else "hidden", View.SCREEN, "moment")
        assert gone.data == {"gone": True}


def test_the_screen_gets_the_card_and_tablets_only_its_id(app, meeting, told):
    meeting.post("highlight", topic="moment", id=told)
    with app.test_request_context():
        assert WORDS in face("lit", View.SCREEN).data["card"]
        for view in (View.STAGE, View.CONSOLE):
            assert face("lit", view).data["lit_id"] == str(told)
            assert "card" not in face("lit", view).data
        assert face("lit", View.LIBRARY) is None


def test_what_is_large_on_the_screen_shows_no_name(app, meeting):
    with app.app_context():
        with changing(meeting.space.id) as log:
            put_on_stage(log, meeting.workshop.id, Activity.MOMENTS, Terms(has_names=True))
        named = make_member(meeting.space, meeting.workshop, name="Anna Bloem")
        signed = make_moment(named, meeting.workshop, WORDS, is_signed=True, is_by_helper=True)
    meeting.post("highlight", topic="moment", id=signed)
    with app.app_context():
        card = face("lit", View.SCREEN).data["card"]
    for shown in (card, meeting.screen()):
        assert WORDS in shown
        assert "Anna Bloem" not in shown
        assert "by-helper" not in shown


def test_nothing_is_lit_before_the_doors_open_or_after(app, meeting, told):
    with app.app_context():
        meeting.post("highlight", topic="moment", id=told)
        close_workshop(meeting.workshop.id, meeting.space.id)
    assert WORDS not in meeting.screen().split("data-lit-place")[1].split("</section>")[0]
    refused = meeting.post("highlight", topic="moment", id=told)
    assert refused.status_code == 409
    assert "Deze bijeenkomst is afgelopen." in refused.text


def test_a_closed_meeting_offers_no_screen_and_is_still_put_in_order(app, meeting, told):
    meeting.post("highlight", topic="moment", id=told)
    assert meeting.console().count("/highlight") > 1  # also in what a new card gets
    with app.app_context():
        close_workshop(meeting.workshop.id, meeting.space.id)
    page = meeting.console()
    assert "/highlight" not in page
    assert "is-lit" not in page
    assert f'{meeting.path}/grouped"' in page
    assert meeting.post("asides", topic="moment", id=told, reason=WHY).status_code == 200


def test_before_the_doors_open_it_says_to_open_them(app, meeting, told):
    with app.app_context():
        meeting.row().opened_at = None
        session().commit()
    assert "/highlight" not in meeting.console()
    assert "Doe eerst de deuren open." in meeting.post("highlight", topic="moment", id=told).text


def test_set_aside_is_nowhere_for_others_and_comes_back(app, meeting, told, new_browser):
    with app.app_context():
        other = new_browser(make_member(meeting.space, meeting.workshop))
    assert meeting.post("asides", topic="moment", id=told, reason=WHY).status_code == 200
    paths = [f"/spaces/{meeting.space.id}", f"{meeting.path}/stage", "/mine"]
    assert [path for path in paths if WORDS in other.get(path).text] == []
    assert WORDS not in meeting.screen()
    assert WORDS not in meeting.lead.get(f"/spaces/{meeting.space.id}").text
    console = meeting.console()
    assert console.index(WORDS) > console.index("data-aside=")  # only among what is set aside
    assert WHY in console
    assert meeting.post(f"asides/{told}/return", topic="moment").status_code == 200
    assert WORDS in meeting.screen()
    assert "data-aside=" not in meeting.console()


def test_its_maker_reads_why_and_nobody_else_does(app, meeting, told, new_browser):
    with app.app_context():
        other = new_browser(make_member(meeting.space, meeting.workshop))
    meeting.post("asides", topic="moment", id=told, reason=WHY)
    for path in ("/mine", "/mine/download", f"{meeting.path}/stage"):
        assert WHY in meeting.tablet.get(path).text
        assert WHY not in other.get(path).text
    with app.test_request_context():
        told_to = face("changed", View.STAGE, "hiding")
        assert told_to.data == {"is_aside": True, "reason": WHY}
        assert told_to.audience.visibility is Visibility.MAKER
        assert face("changed", View.CONSOLE, "hiding").data == {}
        for view in (View.SCREEN, View.LIBRARY):
            assert face("changed", view, "hiding") is None


def test_a_reason_is_needed_in_plain_words(meeting, told):
    for reason in ("", "   ", "x" * 301):
        assert meeting.post("asides", topic="moment", id=told, reason=reason).status_code == 422


def test_who_leads_no_longer_reads_what_its_maker_shows_to_nobody(app, meeting, told):
    meeting.post("asides", topic="moment", id=told, reason=WHY)
    with app.app_context():
        show_to(meeting.maker.viewer, "moment", told, Visibility.MAKER)
    assert WORDS not in meeting.console()
    assert "data-aside=" in meeting.console()
    with app.app_context():
        withdraw_contribution(meeting.maker.viewer, "moment", told)
    assert "data-aside=" not in meeting.console()


def test_the_signs_of_a_panel_are_its_own(app, meeting):
    with app.app_context():
        voices = {voice.key: voice.id for voice in voices_of(meeting.space.id)}
        compose(meeting.space.id, {voices["youth"]: VoiceWish(is_panel=True)})
        young = make_member(meeting.space, meeting.workshop, voice="youth")
        wish = make_impact(meeting.maker, meeting.workshop)
        sign = make_indicator(young, meeting.workshop, wish, "Er is muziek.")
        moment = make_moment(young, meeting.workshop)
    assert meeting.post("asides", topic="indicator", id=sign, reason=WHY).status_code == 404
    assert meeting.post("asides", topic="moment", id=moment, reason=WHY).status_code == 200
    arrived = meeting.console().split(f'data-arrival="{sign}"')[1].split("</li>")[0]
    assert "/asides" not in arrived


def test_how_people_stand_goes_along_with_a_wish(app, meeting):
    with app.app_context():
        wish = make_impact(meeting.maker, meeting.workshop, "Samen eten.")
        people = [make_member(meeting.space, meeting.workshop) for _ in range(6)]
        for each in people:
            make_stance(each, meeting.workshop, wish, reason="Omdat het kan.")
    page = f"/spaces/{meeting.space.id}/impacts"
    meeting.post("asides", topic="impact", id=wish, reason=WHY)
    assert meeting.lead.get(f"{page}/{wish}").status_code == 404
    assert "Omdat het kan." not in meeting.lead.get(page).text
    meeting.post(f"asides/{wish}/return", topic="impact")
    assert "Omdat het kan." in meeting.lead.get(f"{page}/{wish}").text


@pytest.mark.parametrize(
    ("where", "body"),
    [
        ("highlight", {"topic": "moment"}),
        ("highlight/end", None),
        ("asides", {"topic": "moment", "reason": WHY}),
        ("grouped", {"topic": "moment", "heading_id": ""}),
        ("headings", {"topic": "moment", "words": "Eten"}),
        ("results", None),
        ("results/end", None),
    ],
)
def test_nobody_else_does_any_of_it(app, meeting, told, new_browser, where, body):
    with app.app_context():
        stranger = new_browser(make_space().steward)
    sent = {**(body or {}), **({"id": told} if body and where != "headings" else {})}
    for browser in (meeting.tablet, stranger, new_browser()):
        assert meeting.post(where, browser, **sent).status_code == 404
    with app.app_context():
        assert session().get(Moment, told).visibility == Visibility.WORKSHOP
        assert meeting.row().lit_id is None


def test_a_card_of_another_meeting_is_not_set_aside_from_here(app, meeting):
    with app.app_context():
        elsewhere = make_workshop(meeting.space, title="Elders")
        wish = make_impact(make_member(meeting.space, elsewhere), elsewhere)
    assert meeting.post("asides", topic="impact", id=wish, reason=WHY).status_code == 404
    with app.app_context():
        assert session().get(DesiredImpact, wish).visibility == Visibility.SPACE


def test_the_room_hears_of_no_group_with_what_it_may_not_see(app, meeting):
    with app.app_context():
        secret = make_moment(meeting.space.steward, meeting.workshop, visibility=Visibility.MAKER)
    meeting.post("headings", topic="moment", words="Eten")
    with app.app_context():
        room = groups_on_screen(meeting.workshop.id, meeting.space.id, "moment")
        meeting.post("grouped", topic="moment", id=secret, heading_id=room[0]["id"])
    with app.app_context():
        assert groups_on_screen(meeting.workshop.id, meeting.space.id, "moment")[0]["subjects"] == []
        assert not sees(meeting.maker.viewer, session().get(Moment, secret).audience)

"""What was named in an earlier meeting and helped in a moment of this one: it belongs to this one too."""

import re

import pypdfium2
import pytest
from sqlalchemy import select

from cocreate.core.audience import Viewer, Visibility
from cocreate.core.changes import Change, changing
from cocreate.core.db import session
from cocreate.core.faces import View, face_of
from cocreate.core.i18n import speaking
from cocreate.core.problems import NotFound
from cocreate.moments.models import Moment, WorkingFactor
from cocreate.moments.queries import helped_in
from cocreate.moments.service import link_moment, unlink_moment
from cocreate.privacy.service import show_to, withdraw_contribution
from cocreate.spaces.models import Space
from cocreate.spaces.openings import Terms, put_on_stage
from cocreate.spaces.rules import Activity
from cocreate.workshops.faces import groups_on_screen
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries.arrivals import arrivals
from cocreate.workshops.queries.harvest import harvest_of
from cocreate.workshops.queries.pace import told_since
from cocreate.workshops.rules import StepKind
from cocreate.workshops.service import close_workshop
from cocreate.workshops.service.grouping import make_heading, put_under
from tests.factories import make_arrival, make_aside, make_factor, make_member, make_moment, make_workshop
from tests.workshops.steps import make_meeting

FACTOR = "working_factor"


@pytest.fixture
def first(app, space):
    with app.app_context():
        return make_workshop(space, title="Eerst")


@pytest.fixture
def second(app, space):
    with app.app_context():
        return make_meeting(space, StepKind.MOMENTS, StepKind.FACTORS, on=StepKind.FACTORS)


@pytest.fixture
def anna(app, space, first, second):
    with app.app_context():
        return make_member(space, first, second, name="Anna Bloem")


@pytest.fixture
def ben(app, space, second):
    with app.app_context():
        return make_member(space, second, voice="youth")


@pytest.fixture
def soup(app, first, second, anna):
    """Named in the first meeting; said of three moments of the second."""
    with app.app_context():
        named = make_factor(anna, first, "Soep", make_moment(anna, first))
        for number in range(3):
            assert make_factor(anna, second, "Soep", make_moment(anna, second, f"{number}.")) == named
        return named


@pytest.fixture
def post(steward, second):
    def send(where, **body):
        sent = {key: str(value) for key, value in body.items()}
        return steward.post(f"/workshops/{second.id}/{where}", json=sent).status_code

    return send


def everybody(space, meeting):
    return Viewer(space.id, workshop_ids=frozenset({meeting.id}), sees_space=True)


def in_harvest(meeting):
    space = session().get(Space, meeting.space_id)
    shelf = harvest_of(session().get(Workshop, meeting.id), space).shelves[FACTOR]
    return {quote.words[0]: quote for quote in shelf.quotes}


def on_console(space, meeting):
    found = arrivals(space.steward.viewer, meeting.id)
    return {each.id for each in found.cards if each.topic == FACTOR}


def lit_face(view=View.SCREEN):
    query = select(Change).where(Change.topic == "stage", Change.verb == "lit").order_by(Change.seq.desc())
    with speaking("en"):
        return face_of(session().scalars(query).first(), view)


def lit_on_screen(browser, meeting, part=""):
    page = browser.get(f"/workshops/{meeting.id}/screen{part}").text
    return page.split("data-lit-place")[1].split("</section>")[0]


def test_page_and_leaflet_of_the_harvest_hold_it(app, second, anna, soup, new_browser):
    with app.app_context():
        close_workshop(second.id, second.space_id)
    browser = new_browser(anna)
    assert "Soep" in browser.get(f"/workshops/{second.id}/harvest").text
    pdf = pypdfium2.PdfDocument(browser.post(f"/workshops/{second.id}/harvest-copies", {}).data)
    assert "Soep" in " ".join(page.get_textpage().get_text_range() for page in pdf)


def test_screen_console_and_harvest_say_the_same(app, space, second, ben, soup):
    with app.app_context():
        time = make_factor(ben, second, "Tijd", make_moment(ben, second))
        assert {each.id for each in helped_in(everybody(space, second), second.id)} == {soup, time}
        assert on_console(space, second) == {soup, time}
        assert arrivals(space.steward.viewer, second.id).totals[FACTOR, None] == 2
        assert set(in_harvest(second)) == {"Soep", "Tijd"}


def test_it_stands_in_the_meeting_that_named_it_alone_where_no_other_moment_has_it(app, space, first, anna):
    with app.app_context():
        named = make_factor(anna, first, "Soep", make_moment(anna, first))
        third = make_workshop(space, title="Later")
        assert on_console(space, first) == {named}
        assert on_console(space, third) == set()
        assert in_harvest(third) == {}


def test_it_goes_large_on_the_screen(app, space, steward, second, soup, post):
    assert post("highlight", topic=FACTOR, id=soup) == 200
    assert "Soep" in lit_on_screen(steward, second)
    # The screen does not hear of it when what another meeting named is taken back: it looks again.
    assert "Soep" in lit_on_screen(steward, second, "?part=now")
    page = steward.get(f"/workshops/{second.id}/screen?part=now").text
    assert re.search(r'<section[^>]* id="screen-lit" data-live data-lit-place', page)
    # The stream of the screen is in the room, and not in the space.
    room = Viewer(space.id, workshop_ids=frozenset({second.id}))
    with app.test_request_context():
        face = lit_face()
        assert "Soep" in face.data["card"]
        assert face.is_for(room)
        elsewhere = Viewer(space.id, workshop_ids=frozenset({space.id}))
        assert not face.is_for(elsewhere)


@pytest.mark.parametrize("how", ["withdrawn", "narrowed", "aside", "unlinked", "moments"])
def test_what_is_taken_away_is_gone_from_this_meeting_too(
    app, space, steward, first, second, anna, soup, post, how
):
    post("highlight", topic=FACTOR, id=soup)
    with app.app_context():
        here = session().scalars(select(Moment.id).where(Moment.workshop_id == second.id)).all()
        if how == "withdrawn":
            withdraw_contribution(anna.viewer, FACTOR, soup)
        elif how == "narrowed":
            show_to(anna.viewer, FACTOR, soup, Visibility.WORKSHOP)  # of the meeting in which it was named
        elif how == "aside":
            make_aside(space, first, soup, FACTOR)
        for moment in here:
            if how == "unlinked":
                unlink_moment(anna.viewer, make_arrival(second), moment, soup)
            elif how == "moments":
                show_to(anna.viewer, "moment", moment, Visibility.MAKER)
        assert in_harvest(second) == {}
        assert on_console(space, second) == set()
    for address in ("screen", "screen?part=now"):
        assert "Soep" not in steward.get(f"/workshops/{second.id}/{address}").text, address
    with app.test_request_context():
        assert "card" not in lit_face().data
    assert post("highlight", topic=FACTOR, id=soup) == 404


def test_what_the_room_may_not_see_comes_out_nowhere(app, space, first, second, anna, ben, post):
    """Kept to its maker, to the meeting before, or said of a moment that its maker keeps."""
    lead = space.steward
    with app.app_context():
        moment = make_moment(anna, second)
        hidden = [
            make_factor(anna, first, "Geheim", visibility=Visibility.MAKER),
            make_factor(anna, first, "Van toen", visibility=Visibility.WORKSHOP),
            make_factor(anna, first, "Stil"),
        ]
        for factor in hidden[:2]:
            link_moment(anna.viewer, make_arrival(second), moment, factor)
        # Who leads keeps this moment: they see it themselves, and the room does not.
        kept = make_moment(lead, second, visibility=Visibility.MAKER)
        link_moment(lead.viewer, make_arrival(second), kept, hidden[2])
        heading = make_heading(lead.viewer, second.id, FACTOR, "Eten")
        assert in_harvest(second) == {}
        assert on_console(space, second) == set()
        for factor in hidden:
            with pytest.raises(NotFound):
                put_under(lead.viewer, second.id, FACTOR, factor, heading)
    assert [post("highlight", topic=FACTOR, id=factor) for factor in hidden] == [404] * 3


def test_it_stands_under_a_heading_of_this_meeting(app, space, second, anna, soup, post):
    with app.app_context():
        heading = make_heading(space.steward.viewer, second.id, FACTOR, "Eten")
    assert post("grouped", topic=FACTOR, id=soup, heading_id=heading) == 200
    with app.app_context():
        (group,) = groups_on_screen(second.id, space.id, FACTOR)
        assert group["subjects"] == [str(soup)]
        shelf = harvest_of(session().get(Workshop, second.id), session().get(Space, space.id)).shelves[FACTOR]
        assert [words for words, _quotes in shelf.groups] == ["Eten"]
        for moment in session().scalars(select(Moment.id).where(Moment.workshop_id == second.id)).all():
            unlink_moment(anna.viewer, make_arrival(second), moment, soup)
        assert groups_on_screen(second.id, space.id, FACTOR)[0]["subjects"] == []


def test_a_name_stays_in_the_meeting_in_which_it_was_put_with_it(
    app, first, second, anna, ben, steward, post
):
    with app.app_context():
        with changing(first.space_id) as log:
            put_on_stage(log, first.id, Activity.MOMENTS, Terms(has_names=True))
        soup = make_factor(anna, first, "Soep", is_signed=True)
        assert session().get(WorkingFactor, soup).signed == "Anna Bloem"
        assert make_factor(ben, second, "Soep", make_moment(ben, second)) == soup
        assert in_harvest(second)["Soep"].signed is None
        assert in_harvest(first)["Soep"].signed == "Anna Bloem"
    post("highlight", topic=FACTOR, id=soup)
    assert "Soep" in lit_on_screen(steward, second)
    assert "Anna Bloem" not in lit_on_screen(steward, second)


def test_it_is_set_aside_where_it_was_named_and_here_nothing_offers_it(app, second, ben, soup, steward, post):
    with app.app_context():
        time = make_factor(ben, second, "Tijd", make_moment(ben, second))
    page = steward.get(f"/workshops/{second.id}/arrivals").text
    for factor, is_offered in ((soup, False), (time, True)):
        card = page.split(f'data-arrival="{factor}"')[1].split("</li>")[0]
        assert ("/asides" in card) is is_offered
    assert post("asides", topic=FACTOR, id=soup, reason="Een adres.") == 404


def test_who_names_or_taps_what_helped_told_something_and_each_is_one_person(
    app, space, second, anna, ben, steward
):
    told = f"/workshops/{second.id}/console?part=told"
    with app.app_context():
        people = [anna, ben, *(make_member(space, second) for _person in range(3))]
        moments = [make_moment(space.steward, second, f"{number}.") for number in range(5)]
        row = session().get(Workshop, second.id)
        since = session().scalar(select(Change.seq).order_by(Change.seq.desc()).limit(1))
        assert told_since(row, since) == 0
        soup = make_factor(people[0], second, "Soep", moments[0])
        for person, moment in zip(people[1:3], moments[1:3], strict=True):
            assert make_factor(person, second, "Soep", moment) == soup
        for person, moment in zip(people[3:], moments[3:], strict=True):
            link_moment(person.viewer, make_arrival(second), moment, soup)
        make_factor(people[3], second, "Tijd", moments[3])
        unlink_moment(space.steward.viewer, make_arrival(second), moments[4], soup)
        assert told_since(row, since) == 5  # who says that it did not help tells nothing new
    assert "6 mensen" in steward.get(told).text  # and who told the moments

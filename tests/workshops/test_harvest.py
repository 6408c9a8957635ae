"""What a meeting leaves behind: for who was there, and nothing that the room may not see."""

import re
from datetime import date

import pypdfium2
import pytest
from sqlalchemy import select

from cocreate.core.audience import Visibility
from cocreate.core.changes import changing
from cocreate.core.db import session
from cocreate.impacts.rules import Position
from cocreate.indicators.models import Choosing
from cocreate.indicators.service.choosing import close_choosing
from cocreate.privacy.service import withdraw_contribution
from cocreate.replies.models import Commitment, Reply, Summary
from cocreate.spaces.queries import voices_of
from cocreate.workshops.library import Agenda
from cocreate.workshops.models import Workshop
from cocreate.workshops.service import close_workshop, move_stage, start_workshop
from cocreate.workshops.service.grouping import put_under
from cocreate.workshops.service.lighting import put_aside
from tests.browser_without_scripts import form_of
from tests.factories import (
    make_ballot,
    make_commitment,
    make_factor,
    make_heading,
    make_impact,
    make_indicator,
    make_member,
    make_moment,
    make_node,
    make_stance,
    make_workshop,
)

HIDDEN = "Dit blijft bij mij."


@pytest.fixture
def people(app, space, workshop):
    with app.app_context():
        return [make_member(space, workshop, voice="youth", name="Sam")] + [
            make_member(space, workshop, voice="resident") for _ in range(6)
        ]


@pytest.fixture
def told(app, space, workshop, people):
    """A meeting in which something of each kind was told, and something that stays private."""
    sam, *others = people
    with app.app_context():
        wish = make_impact(others[0], workshop, "Niemand eet alleen.")
        for other in others:
            make_stance(other, workshop, wish)
        make_stance(sam, workshop, wish, Position.OBJECTION, reason="Dan moet ik ook.")
        make_indicator(sam, workshop, wish, "De tafel is te klein.")
        moment = make_moment(sam, workshop, "We zongen.", why_it_mattered="Oma zong mee.")
        make_moment(sam, workshop, HIDDEN, visibility=Visibility.MAKER)
        make_factor(sam, workshop, "Er was soep", moment)
        make_node(sam, workshop, "De eerste maaltijd")
        common = {"space_id": space.id, "workshop_id": workshop.id}
        mine = {**common, "maker_id": sam.id, "visibility": Visibility.WORKSHOP}
        with changing(space.id) as log:
            log.session.add(Commitment(**mine, text="Ik bel mijn buurvrouw.", signed="Sam"))
            log.session.add(Reply(**mine, step_id=workshop.steps["welcome"], text="Meer bankjes."))
            log.session.add(Summary(**common, text="We willen samen eten.", made_by_id=space.steward.id))
    return moment


def harvest_path(workshop):
    return f"/workshops/{workshop.id}/harvest"


def close(app, workshop):
    with app.app_context():
        close_workshop(workshop.id, workshop.space_id)


def read(browser, workshop):
    return browser.get(harvest_path(workshop)).text


def test_it_holds_what_was_said_agreed_objected_to_mapped_and_promised(
    app, space, workshop, told, people, new_browser
):
    close(app, workshop)
    page = read(new_browser(people[1]), workshop)
    for words in (
        "Niemand eet alleen.",
        "Dan moet ik ook.",
        "De tafel is te klein.",
        "We zongen.",
        "Oma zong mee.",
        "Er was soep",
        "De eerste maaltijd",
        "Ik bel mijn buurvrouw.",
        "Meer bankjes.",
        "We willen samen eten.",
    ):
        assert words in page, words
    assert HIDDEN not in page
    assert "Er is er nog één verteld" in page


def test_it_says_who_was_there_by_voice_and_who_was_not(app, space, workshop, told, people, new_browser):
    close(app, workshop)
    page = read(new_browser(people[1]), workshop)
    present = piece(r'<ul class="present" role="list">(.*?)</ul>', page)
    assert [words_in(each) for each in re.findall(r"<li>(.*?)</li>", present, re.DOTALL)] == [
        "Bewoner 6",
        "Jongere 1",
    ]
    missing = words_in(piece(r"<p[^>]*>(Wie er niet bij was:.*?)</p>", page))
    assert "Professional" in missing
    assert "Bewoner" not in missing
    assert "Jongere" not in missing


def test_where_every_voice_was_there_nobody_is_said_to_be_missing(app, space, workshop, new_browser):
    with app.app_context():
        for voice in voices_of(space.id):
            make_member(space, workshop, voice=voice.key)
        make_member(space, workshop, voice="resident")
    page = read(new_browser(space.steward), workshop)
    assert "Bewoner 2" in words_in(piece(r'<ul class="present" role="list">(.*?)</ul>', page))
    assert "Wie er niet bij was" not in page


def piece(pattern, page):
    """The one place in the page that looks like this."""
    (found,) = re.findall(pattern, page, re.DOTALL)
    return found


def words_in(html):
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_who_leads_reads_no_more_of_it_than_the_room(space, workshop, told, new_browser):
    assert HIDDEN not in read(new_browser(space.steward), workshop)


def test_a_guest_reads_it_when_the_meeting_is_closed_and_not_before(app, workshop, told, people, new_browser):
    browser = new_browser(people[0])
    assert browser.get(harvest_path(workshop)).status_code == 404
    close(app, workshop)
    assert browser.get(harvest_path(workshop)).status_code == 200


def test_who_was_not_there_finds_nothing(app, space, workshop, told, new_browser):
    with app.app_context():
        other = make_member(space, make_workshop(space))
    close(app, workshop)
    for browser in (new_browser(other), new_browser()):
        assert browser.get(harvest_path(workshop)).status_code == 404
        assert browser.post(f"/workshops/{workshop.id}/harvest-copies", {}).status_code == 404


def test_it_is_found_with_what_i_told(app, workshop, told, people, new_browser):
    browser = new_browser(people[0])
    assert harvest_path(workshop) not in browser.get("/mine").text
    close(app, workshop)
    assert harvest_path(workshop) in browser.get("/mine").text


def test_eight_words_on_another_device_open_it(app, space, workshop, told, people, new_browser):
    words = new_browser(people[0]).post("/return-codes", json={}).json["words"]
    close(app, workshop)
    at_home = new_browser()
    assert at_home.get(harvest_path(workshop)).status_code == 404
    form = form_of(at_home.get("/return").text, **{"class": "form"})
    assert at_home.submit(form, "/return", code=" ".join(words)).location == "/mine"
    assert harvest_path(workshop) in at_home.get("/mine").text
    assert "We zongen." in read(at_home, workshop)


def test_it_says_by_when_somebody_promised(app, workshop, people, new_browser):
    with app.app_context():
        make_commitment(people[0], workshop, "Ik bak taart.", by_on=date(2030, 1, 2))
    close(app, workshop)
    assert "2 januari 2030" in read(new_browser(people[1]), workshop)


def test_what_is_taken_back_is_not_in_it_any_more(app, workshop, told, people, new_browser):
    close(app, workshop)
    with app.app_context():
        withdraw_contribution(people[0].viewer, "moment", told)
    assert "We zongen." not in read(new_browser(people[1]), workshop)


def test_what_belongs_together_stands_under_its_heading(app, space, workshop, told, people, new_browser):
    with app.app_context():
        heading = make_heading(space, workshop, "Zingen")
        put_under(space.steward.viewer, workshop.id, "moment", told, heading)
        make_moment(people[1], workshop, "We dansten.")
    page = read(new_browser(space.steward), workshop)
    # What is under no heading does not follow one: it would seem to belong there.
    assert re.search(r"We dansten.*?<h3>Zingen</h3>.*?We zongen", page, re.DOTALL)


def test_who_leads_says_what_happens_next(app, space, workshop, told, people, new_browser):
    close(app, workshop)
    leader = new_browser(space.steward)
    answer = leader.post(f"/workshops/{workshop.id}/what-next", {"what_next": "Wij bellen iedereen in mei."})
    assert answer.status_code == 303
    assert "Wij bellen iedereen in mei." in read(new_browser(people[0]), workshop)
    path = f"/workshops/{workshop.id}/what-next"
    assert new_browser(people[0]).post(path, {"what_next": "Ik beslis."}).status_code == 404
    too_long = leader.post(path, {"what_next": "a" * 100_000})
    assert too_long.status_code == 422
    with app.app_context():
        assert session().get(Workshop, workshop.id).what_next == "Wij bellen iedereen in mei."


def words_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return len(document), " ".join(page.get_textpage().get_text_range() for page in document)


def test_the_leaflet_says_the_same_on_paper_and_a_copy_is_written_down(
    app, workshop, told, people, new_browser
):
    close(app, workshop)
    browser = new_browser(people[1])
    assert "kopie op papier" not in read(browser, workshop)
    answer = browser.post(f"/workshops/{workshop.id}/harvest-copies", {})
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    pages, words = words_of(answer.data)
    assert pages >= 2  # the map has one of its own
    for said in (
        "Niemand eet alleen.",
        "Dan moet ik ook.",
        "We zongen.",
        "Ik bel mijn buurvrouw.",
        "Meer bankjes.",
    ):
        assert said in words, said
    assert HIDDEN not in words
    assert "één kopie op papier" in read(browser, workshop)


def test_the_leaflet_says_who_was_there_and_not_and_what_happens_next(
    app, space, workshop, told, people, new_browser
):
    close(app, workshop)
    leader = new_browser(space.steward)
    leader.post(f"/workshops/{workshop.id}/what-next", {"what_next": "Wij bellen iedereen in mei."})
    answer = new_browser(people[1]).post(f"/workshops/{workshop.id}/harvest-copies", {})
    _pages, words = words_of(answer.data)
    for said in (
        "Wij bellen iedereen in mei.",
        "Bewoner: 6 mensen",
        "Jongere: 1 persoon",
        "Wie er niet bij was",
        "Professional",
        "De tafel is te klein.",
        "Er was soep",
        "We willen samen eten.",
    ):
        assert said in words, said


def test_an_empty_meeting_has_a_harvest_that_says_so(app, space, workshop, new_browser):
    close(app, workshop)
    assert "Er is niets verteld" in read(new_browser(space.steward), workshop)


def test_a_wish_on_which_somebody_stands_for_themselves_alone_is_not_told_of(
    app, space, workshop, people, new_browser
):
    with app.app_context():
        earlier = make_workshop(space)
        wish = make_impact(make_member(space, earlier), earlier, "Een wens van vroeger.")
        make_stance(people[1], workshop, wish, Position.OBJECTION, visibility=Visibility.MAKER)
    leader = new_browser(space.steward)
    assert "Een wens van vroeger." not in read(leader, workshop)
    with app.app_context():
        make_stance(people[2], workshop, wish)
    assert "Een wens van vroeger." in read(leader, workshop)


def test_what_is_set_aside_is_not_counted_as_kept_private(app, space, workshop, people, new_browser):
    with app.app_context():
        aside = make_moment(people[0], workshop, HIDDEN)
        put_aside(space.steward.viewer, workshop.id, "moment", aside, "Hier staat een adres in.")
    page = read(new_browser(space.steward), workshop)
    assert HIDDEN not in page
    assert "nog één verteld" not in page


def test_words_that_look_like_markup_stay_words(app, space, workshop, people, new_browser):
    with app.app_context():
        make_moment(people[0], workshop, "#panic() $x$ *vet* <b>dik</b> @x")
    close(app, workshop)
    _pages, words = words_of(new_browser(people[0]).post(f"/workshops/{workshop.id}/harvest-copies", {}).data)
    assert "#panic() $x$ *vet* <b>dik</b> @x" in words
    assert "<b>dik</b>" not in read(new_browser(people[0]), workshop)


def test_a_later_meeting_on_the_same_map_leaves_the_map_in_the_harvest(
    app, space, workshop, told, people, new_browser
):
    close(app, workshop)
    with app.app_context():
        start_workshop(space.id, "Later", trajectory_id=workshop.trajectory_id)
    assert "De eerste maaltijd" in read(new_browser(people[1]), workshop)


def test_what_is_chosen_in_a_later_meeting_is_not_in_an_earlier_harvest(app, space, new_browser):
    with app.app_context():
        first, second = (
            make_workshop(space, title=title, agenda=Agenda.YOUTH_PANEL) for title in ("Eerst", "Daarna")
        )
        people = [make_member(space, first, second, voice="youth") for _ in range(6)]
        wish = make_impact(people[0], first, "Wij beslissen mee.")
        sign = make_indicator(people[0], first, wish, "Wij worden gebeld.")
        close_workshop(first.id, space.id)
        move_stage(second.id, space.id, second.steps["choose"])
        choosing = session().scalars(select(Choosing)).one()
        for each in people:
            make_ballot(each, choosing.id, sign, workshop_id=second.id)
        close_choosing(space.steward.viewer, choosing.id)
        close_workshop(second.id, space.id)
    browser = new_browser(people[0])
    assert '<ol class="winners"' in read(browser, second)
    assert '<ol class="winners"' not in read(browser, first)

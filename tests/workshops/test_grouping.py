"""Headings: what belongs together, in the words of who leads; the words of others stay as they are."""

import uuid

import pytest

from cocreate.core.audience import Viewer, Visibility
from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.moments.models import Moment
from cocreate.privacy.service import withdraw_contribution
from cocreate.workshops.models import Heading
from cocreate.workshops.queries.arrivals import GROUPED, grouped
from cocreate.workshops.service.grouping import (
    MOST,
    make_heading,
    move_heading,
    put_under,
    remove_heading,
    rename_heading,
)
from tests.factories import make_factor, make_impact, make_indicator, make_moment, make_space, make_workshop

MAKERS = {
    "moment": make_moment,
    "working_factor": make_factor,
    "impact": make_impact,
    "indicator": lambda member, workshop: make_indicator(member, workshop, make_impact(member, workshop)),
}


@pytest.fixture
def lead(space, workshop, member, in_context):
    return space.steward.viewer


def names(lead, workshop, topic="moment"):
    return [group.words for group in grouped(lead, workshop.id, topic)]


def under(lead, workshop, topic="moment"):
    return {group.words: group.subjects for group in grouped(lead, workshop.id, topic)}


def heading(lead, workshop, words="Eten", topic="moment"):
    return make_heading(lead, workshop.id, topic, words)


@pytest.mark.parametrize("topic", MAKERS)
def test_every_kind_can_stand_under_a_heading(lead, workshop, member, topic):
    made = MAKERS[topic](member, workshop)
    put_under(lead, workshop.id, topic, made, heading(lead, workshop, topic=topic))
    assert under(lead, workshop, topic) == {"Eten": [made]}


def test_a_card_stands_under_one_heading_and_the_last_word_wins(lead, workshop, member):
    made = make_moment(member, workshop)
    eten, zingen = heading(lead, workshop), heading(lead, workshop, "Zingen")
    for each in (eten, zingen, zingen):
        put_under(lead, workshop.id, "moment", made, each)
    assert under(lead, workshop) == {"Eten": [], "Zingen": [made]}
    put_under(lead, workshop.id, "moment", made, None)
    put_under(lead, workshop.id, "moment", made, None)
    assert under(lead, workshop) == {"Eten": [], "Zingen": []}


def test_headings_are_renamed_and_put_in_order(lead, workshop):
    first, *_ = ids = [heading(lead, workshop, words) for words in ("een", "twee", "drie")]
    rename_heading(lead, workshop.id, first, "uno")
    move_heading(lead, workshop.id, first, 1)
    move_heading(lead, workshop.id, ids[2], 1)  # at the end already
    assert names(lead, workshop) == ["twee", "uno", "drie"]


def test_a_heading_that_goes_lets_its_cards_go_and_loses_nothing(lead, workshop, member):
    made = make_moment(member, workshop, "We zongen.")
    eten = heading(lead, workshop)
    put_under(lead, workshop.id, "moment", made, eten)
    remove_heading(lead, workshop.id, eten)
    assert grouped(lead, workshop.id, "moment") == []
    assert session().get(Moment, made).what_happened == "We zongen."
    assert session().get(Heading, eten) is None


def test_what_was_taken_back_stands_nowhere(lead, workshop, member):
    made = make_moment(member, workshop)
    put_under(lead, workshop.id, "moment", made, heading(lead, workshop))
    withdraw_contribution(member.viewer, "moment", made)
    assert under(lead, workshop) == {"Eten": []}


def test_who_looks_sees_only_what_they_may_see(lead, workshop, member):
    made = make_moment(member, workshop, visibility=Visibility.WORKSHOP)
    put_under(lead, workshop.id, "moment", made, heading(lead, workshop))
    passer_by = Viewer(workshop.space_id, sees_public=True)
    assert under(passer_by, workshop) == {"Eten": []}


def test_what_does_not_fit_is_not_there(lead, space, workshop, member):
    made, wish = make_moment(member, workshop), make_impact(member, workshop)
    elsewhere = make_workshop(space, title="Elders")
    eten, other = heading(lead, workshop), heading(lead, elsewhere)
    private = make_moment(member, workshop, visibility=Visibility.MAKER)
    for topic, subject, place in (
        ("moment", made, other),
        ("impact", wish, eten),
        ("moment", private, eten),
        ("moment", made, uuid.uuid4()),
        ("moment", wish, eten),
        ("stance", made, eten),
    ):
        with pytest.raises(NotFound):
            put_under(lead, workshop.id, topic, subject, place)
    stranger = make_space().steward.viewer
    for act in (
        lambda: rename_heading(stranger, workshop.id, eten, "Van mij"),
        lambda: remove_heading(lead, elsewhere.id, eten),
        lambda: heading(lead, workshop, topic="node"),
        lambda: heading(stranger, workshop),
    ):
        with pytest.raises(NotFound):
            act()
    assert under(lead, workshop) == {"Eten": []}
    assert "node" not in GROUPED


def test_there_is_an_end_to_it(meeting, app):
    for number in range(MOST):
        assert meeting.post("headings", topic="moment", words=f"Kop {number}").status_code == 200
    assert meeting.post("headings", topic="moment", words="Nog een").status_code == 409
    assert meeting.post("headings", topic="moment", words=" ").status_code == 422


def test_the_pages_show_cards_under_headings(app, meeting):
    with app.app_context():
        made = make_moment(meeting.maker, meeting.workshop, "We zongen.")
    meeting.post("headings", topic="moment", words="Samen <b>zingen</b>")
    with app.app_context():
        (group,) = grouped(meeting.space.steward.viewer, meeting.workshop.id, "moment")
    meeting.post("grouped", topic="moment", id=made, heading_id=group.id)
    console = meeting.console()
    inside = console.split(f'data-heading="{group.id}"')[1].split("</ul>")[0]
    assert "We zongen." in inside
    assert "Samen &lt;b&gt;zingen" in console
    assert str(made) in meeting.screen().split("data-groups=")[1].split("</div>")[0]
    assert meeting.post(f"headings/{group.id}", words="Zingen").status_code == 200
    assert meeting.post(f"headings/{group.id}/place", by=1).status_code == 200
    assert meeting.post(f"headings/{group.id}/place", by=5).status_code == 422
    assert meeting.post(f"headings/{group.id}/removal").status_code == 200
    assert "We zongen." in meeting.console()

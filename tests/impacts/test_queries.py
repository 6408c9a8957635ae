"""The card of an impact counts who may be counted."""

import re

import pytest

from cocreate.core.audience import Visibility
from cocreate.core.changes import head_of
from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.impacts.models import DesiredImpact
from cocreate.impacts.queries import impact_facts
from cocreate.impacts.rules import Circle, Position
from cocreate.spaces.models import Space
from cocreate.spaces.shelves import versions
from tests.factories import make_impact, make_member, make_space, make_stance, make_workshop


@pytest.fixture
def impact_id(in_context, workshop, member):
    return make_impact(member, workshop)


def card(impact_id, circle=Circle.SPACE):
    facts = impact_facts([impact_id], circle)[impact_id]
    return {voice.key: (tally.total, tally.split) for voice, tally in facts["tallies"]}, facts["overall"]


def test_a_voice_with_five_is_shown_and_one_with_four_is_only_counted(space, workshop, impact_id):
    for voice, people in (("resident", 5), ("youth", 4)):
        for number in range(people):
            position = Position.OBJECTION if number == 0 else Position.FOR
            make_stance(make_member(space, workshop, voice=voice), workshop, impact_id, position)
    by_voice, overall = card(impact_id)
    assert by_voice["resident"] == (5, {"for": 4, "objection": 1, "dont_know": 0})
    assert by_voice["youth"] == (4, None)
    assert (overall.total, overall.split) == (9, None)


def test_the_space_may_ask_for_larger_groups(space, workshop, impact_id):
    session().get(Space, space.id).threshold = 7
    session().commit()
    for _ in range(6):
        make_stance(make_member(space, workshop), workshop, impact_id)
    assert card(impact_id)[0]["resident"] == (6, None)


def totals(impact_id):
    return {circle.value: card(impact_id, circle)[1].total for circle in Circle}


def test_each_stance_is_counted_for_who_may_know_of_it(in_context, space, workshop, member):
    public = make_impact(member, workshop, visibility=Visibility.PUBLIC)
    for visibility, people in zip(Visibility, (1, 2, 4, 8), strict=True):
        for _ in range(people):
            make_stance(make_member(space, workshop), workshop, public, visibility=visibility)
    assert totals(public) == {"outside": 8, "space": 12, "meeting": 14}


def test_what_is_meant_for_another_meeting_counts_in_neither(space, workshop, impact_id):
    elsewhere = make_workshop(space, title="Elders")
    make_stance(make_member(space, elsewhere), elsewhere, impact_id, visibility=Visibility.WORKSHOP)
    assert card(impact_id, Circle.MEETING)[1].total == 0


def test_a_proposal_that_only_the_meeting_sees_is_counted_in_the_library_as_there(
    in_context, space, workshop, member
):
    impact_id = make_impact(member, workshop, visibility=Visibility.WORKSHOP)
    for _ in range(5):
        make_stance(make_member(space, workshop), workshop, impact_id, visibility=Visibility.WORKSHOP)
    assert card(impact_id)[1].split == {"for": 5, "objection": 0, "dont_know": 0}


def test_each_stance_makes_the_card_a_new_one(space, workshop, impact_id, member):
    before = dict(versions(member.viewer, DesiredImpact))[impact_id]
    make_stance(member, workshop, impact_id)
    make_stance(member, workshop, impact_id, Position.OBJECTION)
    assert dict(versions(member.viewer, DesiredImpact))[impact_id] == before + 2


def test_who_does_not_see_the_impact_takes_no_stance_on_it(in_context, space, workshop, member):
    hidden = make_impact(member, workshop, visibility=Visibility.MAKER)
    with pytest.raises(NotFound):
        make_stance(make_member(space, workshop), workshop, hidden)
    assert make_stance(member, workshop, hidden)


# Every surface


@pytest.fixture
def fair(app):
    """A public space, with nine who say it to everybody, one to the space, and five to the meeting."""
    with app.app_context():
        space = make_space(is_public=True)
        workshop = make_workshop(space)
        people = [make_member(space, workshop) for _ in range(15)]
        impact_id = make_impact(people[0], workshop, visibility=Visibility.PUBLIC)
        told = [Visibility.PUBLIC] * 9 + [Visibility.SPACE] + [Visibility.WORKSHOP] * 5
        for person, visibility in zip(people, told, strict=True):
            position = Position.OBJECTION if visibility is Visibility.WORKSHOP else Position.FOR
            make_stance(person, workshop, impact_id, position, visibility=visibility)
        return space, workshop, people, impact_id, head_of(space.id)


def counted(text):
    """What the bars of a page say, and how many took a stance where there is no bar."""
    return re.findall(r"voor: (\d+) · bezwaar: (\d+)", text) or re.findall(r"(\d+) (?:mensen|persoon) ", text)


def test_each_surface_shows_what_its_people_may_know(app, fair, new_browser, client):
    space, workshop, people, impact_id, _head = fair
    steward = new_browser(space.steward)
    library, room = f"/spaces/{space.id}", f"/workshops/{workshop.id}"
    pages = {
        "passer-by": client.get(library),
        "member": new_browser(people[0]).get(library),
        "steward": steward.get(library),
        "console": steward.get(f"{room}/console"),
        "screen": steward.get(f"{room}/screen"),
    }
    assert {name: counted(page.text) for name, page in pages.items()} == {
        "passer-by": ["9"],
        "member": [("10", "0")],
        "steward": [("10", "0")],
        "console": [("10", "5")],
        "screen": [("10", "5")],
    }
    for people, wanted in ((1, ["10"]), (3, ["13"]), (1, [("14", "0")])):
        with app.app_context():
            for _ in range(people):
                make_stance(make_member(space, workshop), workshop, impact_id, visibility=Visibility.PUBLIC)
        assert counted(client.get(library).text) == wanted  # five at a time, whoever looks from inside


@pytest.mark.parametrize(
    ("who", "view", "wanted"),
    [
        (None, "library", ["9"]),
        (0, "library", [("10", "0")]),
        (0, "stage", []),
        ("steward", "console", [("10", "5")]),
        ("steward", "screen", [("10", "5")]),
    ],
)
def test_each_stream_too(fair, new_browser, who, view, wanted):
    space, workshop, people, _impact_id, head = fair
    person = space.steward if who == "steward" else who if who is None else people[who]
    path = f"/spaces/{space.id}/changes?view={view}&after={head - 2}&workshop={workshop.id}"
    answer = new_browser(person).client.get(path, buffered=False)
    text = ""
    for block in answer.response:
        text += block.decode()
        if f"id: {head}\n" in text:
            break
    answer.close()
    assert counted(text) == wanted

"""Do we want this, as a part of its own: one form in the page, a count by voice, and what came out."""

import re

import pytest

from cocreate.core.audience import Viewer, Visibility
from cocreate.core.db import session
from cocreate.impacts.rules import Position
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries.stances import stances_so_far
from cocreate.workshops.rules import StepKind
from cocreate.workshops.service import move_stage
from tests.factories import make_impact, make_member, make_stance
from tests.workshops.steps import make_meeting

BOTH = (StepKind.IMPACTS, StepKind.STANCES, StepKind.INDICATORS)


def room(space, meeting):
    return Viewer(space.id, workshop_ids=frozenset({meeting.id}), sees_space=True)


def so_far(space, meeting):
    found = stances_so_far(room(space, meeting), session().get(Workshop, meeting.id))
    return found.proposals, [(each.voice.key, each.people, each.present) for each in found.spoken]


@pytest.mark.parametrize(
    ("kinds", "on", "home"),
    [
        (BOTH, StepKind.IMPACTS, "impacts"),
        (BOTH, StepKind.STANCES, "stances"),
        (BOTH, StepKind.INDICATORS, "impacts"),
        ((StepKind.STANCES, StepKind.IMPACTS), StepKind.IMPACTS, "impacts"),
        ((StepKind.STANCES,), StepKind.STANCES, "stances"),
        ((StepKind.IMPACTS,), StepKind.IMPACTS, "impacts"),
        ((StepKind.STANCES, StepKind.STANCES), StepKind.STANCES, "stances"),
    ],
)
def test_one_form_stands_in_the_page_where_the_meeting_is(app, space, new_browser, kinds, on, home):
    with app.app_context():
        meeting = make_meeting(space, *kinds, on=on)
        anna, ben = (make_member(space, meeting) for _person in range(2))
        make_impact(anna, meeting, "Iedereen doet mee.")
    page = new_browser(ben).get(f"/workshops/{meeting.id}/stage").text
    assert page.count('data-contribution-form="stance"') == 1
    assert page.count("data-standing>") == 1
    assert page.count("data-standing-place>") == sum(kind != StepKind.INDICATORS for kind in kinds)
    step = page[: page.index("data-standing>")].rpartition('data-kind="')[2]
    assert step.startswith(f'{home}"')
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert not {each for each in ids if ids.count(each) > 1}


def test_a_meeting_without_it_has_no_such_form(app, space, new_browser):
    with app.app_context():
        meeting = make_meeting(space, StepKind.MOMENTS)
        anna = make_member(space, meeting)
    assert (
        'data-contribution-form="stance"' not in new_browser(anna).get(f"/workshops/{meeting.id}/stage").text
    )


def test_how_far_it_is_counts_people_by_voice_and_no_one_who_keeps_it_to_themselves(in_context, space):
    meeting = make_meeting(space, StepKind.STANCES, on=StepKind.STANCES)
    elsewhere = make_meeting(space, StepKind.STANCES)
    anna, ben = (make_member(space, meeting) for _person in range(2))
    young = make_member(space, meeting, voice="youth")
    first, second = (make_impact(anna, meeting, words) for words in ("Een.", "Twee."))
    make_impact(anna, meeting, "Alleen ik.", visibility=Visibility.MAKER)
    assert so_far(space, meeting) == (2, [("resident", 0, 2), ("youth", 0, 1)])
    make_stance(ben, meeting, first)
    make_stance(ben, meeting, second, Position.OBJECTION)
    make_stance(ben, meeting, first, Position.DONT_KNOW)
    make_stance(young, meeting, first, visibility=Visibility.MAKER)
    stranger = make_member(space, elsewhere)
    make_stance(stranger, elsewhere, first)
    assert so_far(space, meeting) == (2, [("resident", 1, 2), ("youth", 0, 1)])
    make_stance(young, meeting, second, visibility=Visibility.WORKSHOP)
    assert so_far(space, meeting) == (2, [("resident", 1, 2), ("youth", 1, 1)])


def test_the_console_says_how_far_it_is_and_nothing_of_where_anybody_stands(app, space, steward):
    with app.app_context():
        meeting = make_meeting(space, StepKind.STANCES, on=StepKind.STANCES)
        anna, ben = (make_member(space, meeting) for _person in range(2))
        make_stance(ben, meeting, make_impact(anna, meeting), Position.OBJECTION, reason="Kanarie")
    steward.post("/language", {"language": "en"})
    for part in ("?part=so_far", "?part=panel", ""):
        page = steward.get(f"/workshops/{meeting.id}/console{part}").text
        assert "There is 1 proposal to read." in page
        assert "1 of 2" in page
        assert "Kanarie" not in page
    assert "Kanarie" not in steward.get(f"/workshops/{meeting.id}/screen").text


def test_the_screen_shows_the_proposals_without_how_others_stand(app, space, steward):
    with app.app_context():
        meeting = make_meeting(space, StepKind.STANCES, StepKind.MOMENTS, on=StepKind.STANCES)
        people = [make_member(space, meeting) for _person in range(6)]
        impact = make_impact(people[0], meeting, "Iedereen doet mee.")
        for person in people[1:]:
            make_stance(person, meeting, impact)
        for step in ("moments", "stances"):
            move_stage(meeting.id, space.id, meeting.steps[step])
    steward.post("/language", {"language": "en"})
    for part in ("", "?part=now"):
        page = steward.get(f"/workshops/{meeting.id}/screen{part}").text
        assert "Iedereen doet mee." in page
        assert "5 for" not in page

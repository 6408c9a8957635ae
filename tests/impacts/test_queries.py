"""The card of an impact counts who may be counted."""

import pytest

from cocreate.core.audience import Visibility
from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.impacts.models import DesiredImpact
from cocreate.impacts.queries import impact_facts
from cocreate.impacts.rules import Position
from cocreate.spaces.models import Space
from cocreate.spaces.shelves import versions
from tests.factories import make_impact, make_member, make_stance


@pytest.fixture
def impact_id(in_context, workshop, member):
    return make_impact(member, workshop)


def card(impact_id):
    facts = impact_facts([impact_id])[impact_id]
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


def test_a_stance_that_only_its_maker_may_see_is_not_counted(space, workshop, impact_id):
    for visibility in (Visibility.MAKER, Visibility.WORKSHOP):
        make_stance(make_member(space, workshop), workshop, impact_id, visibility=visibility)
    assert card(impact_id)[1].total == 1


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

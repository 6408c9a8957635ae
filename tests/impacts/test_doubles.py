"""Doubles: nobody loses a wish because it is told under another, nor what was agreed."""

import pytest

from cocreate.core.audience import Visibility
from cocreate.core.db import session
from cocreate.core.problems import Conflict
from cocreate.impacts.models import DesiredImpact
from cocreate.impacts.queries import impacts_seen
from cocreate.impacts.rules import Stage
from cocreate.impacts.service import absorb, move_to, set_aside_on
from cocreate.privacy.service import show_to, withdraw_contribution
from tests.factories import make_impact, make_member, make_space, make_stance, make_workshop

VOICES = ("resident", "youth", "professional", "policymaker")


@pytest.fixture
def scene(app):
    with app.app_context():
        space = make_space()
        workshop = make_workshop(space)
        people = {voice: make_member(space, workshop, voice=voice) for voice in VOICES}
        yield space, workshop, people, make_impact(people["resident"], workshop)


def impact_of(impact_id):
    return session().get(DesiredImpact, impact_id, populate_existing=True)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (Visibility.MAKER, Visibility.SPACE),
        (Visibility.MAKER, Visibility.WORKSHOP),
        (Visibility.WORKSHOP, Visibility.SPACE),
        (Visibility.SPACE, Visibility.PUBLIC),
    ],
)
def test_nothing_is_told_under_what_fewer_people_see(scene, above, below):
    space, workshop, people, _impact_id = scene
    upper = make_impact(space.steward, workshop, "Van mij.", visibility=above)
    lower = make_impact(people["youth"], workshop, "Van ons.", visibility=below)
    with pytest.raises(Conflict):
        absorb(space.steward.viewer, upper, lower)
    assert impact_of(lower).absorbed_by_id is None
    if above is not Visibility.MAKER:
        absorb(space.steward.viewer, lower, upper)
        assert impact_of(upper).absorbed_by_id == lower


def narrow(space, people, impact_id, how):
    if how == "set aside":
        set_aside_on(space.steward.viewer, impact_id, "impact", impact_id, "Een naam.")
    elif how == "taken back":
        withdraw_contribution(people["resident"].viewer, "impact", impact_id)
    else:
        show_to(people["resident"].viewer, "impact", impact_id, how)


@pytest.mark.parametrize("how", [Visibility.MAKER, Visibility.WORKSHOP, "set aside", "taken back"])
def test_when_fewer_people_see_the_upper_one_the_other_stands_on_its_own_again(scene, how):
    space, workshop, people, impact_id = scene
    other = make_impact(people["youth"], workshop, "Niemand blijft thuis.")
    absorb(space.steward.viewer, impact_id, other)
    narrow(space, people, impact_id, how)
    neighbour = make_member(space, voice="professional")
    for who in (people["youth"], space.steward, neighbour):
        assert other in [each.id for each in impacts_seen(who.viewer)]


def test_a_double_that_more_people_may_see_stands_on_its_own_again(scene):
    space, workshop, people, impact_id = scene
    other = make_impact(people["youth"], workshop, "Niemand blijft thuis.")
    absorb(space.steward.viewer, impact_id, other)
    show_to(people["youth"].viewer, "impact", other, Visibility.WORKSHOP)
    assert impact_of(other).absorbed_by_id == impact_id
    show_to(people["youth"].viewer, "impact", other, Visibility.PUBLIC)
    assert impact_of(other).absorbed_by_id is None


def test_what_is_agreed_is_not_told_under_what_is_not(scene):
    space, workshop, people, impact_id = scene
    other = make_impact(people["youth"], workshop, "Niemand blijft thuis.")
    for who in people.values():
        make_stance(who, workshop, other)
    move_to(space.steward.viewer, other, Stage.AGREED)
    with pytest.raises(Conflict):
        absorb(space.steward.viewer, impact_id, other)
    absorb(space.steward.viewer, other, impact_id)  # the other way round it can
    assert impact_of(impact_id).absorbed_by_id == other

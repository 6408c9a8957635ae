"""Words of somebody else above a wish: never behind an agreement, nor for who may not read them."""

import pytest

from cocreate.core import cards
from cocreate.core.audience import Visibility
from cocreate.core.cards import render_cards
from cocreate.core.db import session
from cocreate.core.problems import Conflict
from cocreate.impacts.models import Wording
from cocreate.impacts.queries import is_reworded_after_agreeing
from cocreate.impacts.rules import Stage
from cocreate.impacts.service import move_to, set_aside_on, take_wording
from cocreate.privacy.service import show_to, withdraw_contribution
from tests.factories import make_stance, make_wording
from tests.impacts.test_doubles import impact_of, scene  # noqa: F401 (a fixture)


def agree(space, workshop, people, impact_id):
    for who in people.values():
        make_stance(who, workshop, impact_id)
    move_to(space.steward.viewer, impact_id, Stage.AGREED)


@pytest.mark.parametrize("takes", [True, False])
def test_other_words_are_not_agreed_on(scene, takes):  # noqa: F811
    space, workshop, people, impact_id = scene
    wording = make_wording(people["youth"], workshop, impact_id)
    proposer = people["resident"].viewer
    take_wording(proposer, wording, not takes)
    agree(space, workshop, people, impact_id)
    take_wording(proposer, wording, not takes)  # as it is already
    assert impact_of(impact_id).stage == Stage.AGREED
    take_wording(proposer, wording, takes)
    impact = impact_of(impact_id)
    assert (impact.stage, is_reworded_after_agreeing(impact)) == (Stage.IN_DISCUSSION, True)
    for stage in (Stage.AGREED, Stage.IN_DISCUSSION):
        move_to(space.steward.viewer, impact_id, stage)
        assert not is_reworded_after_agreeing(impact_of(impact_id))


def test_words_that_fewer_people_may_read_do_not_stand_above_a_wish(scene):  # noqa: F811
    _space, workshop, people, impact_id = scene
    wording = make_wording(people["youth"], workshop, impact_id, visibility=Visibility.WORKSHOP)
    with pytest.raises(Conflict):
        take_wording(people["resident"].viewer, wording, True)
    assert impact_of(impact_id).statement == "Iedereen doet mee."


def lose(space, people, impact_id, wording, how):
    if how == "taken back":
        withdraw_contribution(people["youth"].viewer, "wording", wording)
    elif how == "shown to fewer":
        show_to(people["youth"].viewer, "wording", wording, Visibility.WORKSHOP)
    elif how == "the wish is shown to more":
        show_to(people["resident"].viewer, "impact", impact_id, Visibility.PUBLIC)
    else:
        set_aside_on(space.steward.viewer, impact_id, "wording", wording, "Een naam.")


@pytest.mark.parametrize("how", ["taken back", "shown to fewer", "the wish is shown to more", "set aside"])
def test_taken_words_go_with_who_said_them_and_so_does_the_agreement(scene, how):  # noqa: F811
    space, workshop, people, impact_id = scene
    wording = make_wording(people["youth"], workshop, impact_id, "Niemand blijft alleen.")
    take_wording(people["resident"].viewer, wording, True)
    agree(space, workshop, people, impact_id)
    before = impact_of(impact_id)
    assert before.statement == "Niemand blijft alleen."
    version = before.version
    lose(space, people, impact_id, wording, how)
    impact = impact_of(impact_id)
    assert (impact.statement, impact.stage) == ("Iedereen doet mee.", Stage.IN_DISCUSSION)
    assert impact.version > version
    assert session().get(Wording, wording, populate_existing=True).taken_at is None


def test_its_maker_reads_back_their_own_words(scene):  # noqa: F811
    _space, workshop, people, impact_id = scene
    take_wording(people["resident"].viewer, make_wording(people["youth"], workshop, impact_id), True)
    impact = impact_of(impact_id)
    assert (impact.told, impact.statement) == (["Iedereen doet mee."], "Niemand blijft alleen.")


def test_no_card_is_kept_with_words_that_were_taken_back(app, scene):  # noqa: F811
    _space, workshop, people, impact_id = scene
    wording = make_wording(people["youth"], workshop, impact_id, "Kanarie.")
    take_wording(people["resident"].viewer, wording, True)
    with app.test_request_context():
        (card,) = render_cards("impact", [(impact_id, impact_of(impact_id).version)])
    assert "Kanarie." in card
    withdraw_contribution(people["youth"].viewer, "wording", wording)
    assert not [each for each in cards._rendered.values() if "Kanarie." in each]

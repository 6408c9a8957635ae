"""Deciding together: wordings, doubles, and what it takes to agree."""

import pytest

from cocreate.core.audience import Visibility
from cocreate.core.changes import Change, changing
from cocreate.core.db import session
from cocreate.core.problems import Conflict, Invalid, NotFound
from cocreate.impacts.models import DesiredImpact, RealismCheck, Wording
from cocreate.impacts.queries import answers_on, impacts_seen, voices_missing
from cocreate.impacts.rules import Facets, Horizon, Lens, Level, Position, Realism, Stage
from cocreate.impacts.service import (
    absorb,
    check_realism,
    describe,
    move_to,
    release,
    remark_on,
    take_stance,
    take_wording,
)
from cocreate.privacy.service import show_to, withdraw_contribution
from cocreate.reports.queries import said_of
from cocreate.spaces.contributions import Arrival
from cocreate.spaces.openings import Terms, is_open_between_meetings, put_on_stage, set_between_meetings
from cocreate.spaces.queries import voices_of
from cocreate.spaces.rules import Activity, Role, VoiceWish
from cocreate.spaces.service import compose
from tests.factories import (
    make_arrival,
    make_impact,
    make_member,
    make_space,
    make_stance,
    make_wording,
    make_workshop,
)

VOICES = ("resident", "youth", "professional", "policymaker")


@pytest.fixture
def scene(app):
    with app.app_context():
        space = make_space()
        workshop = make_workshop(space)
        people = {voice: make_member(space, workshop, voice=voice) for voice in VOICES}
        impact_id = make_impact(people["resident"], workshop)
        yield space, workshop, people, impact_id


def impact_of(impact_id):
    return session().get(DesiredImpact, impact_id, populate_existing=True)


def stance_of_all(people, workshop, impact_id, position=Position.FOR):
    return {voice: make_stance(who, workshop, impact_id, position) for voice, who in people.items()}


# Agreeing


def test_nothing_is_agreed_while_a_voice_is_missing(scene):
    space, workshop, people, impact_id = scene
    for voice in VOICES[:3]:
        make_stance(people[voice], workshop, impact_id)
    assert [voice.key for voice in voices_missing(impact_of(impact_id))] == ["policymaker"]
    with pytest.raises(Conflict):
        move_to(space.steward.viewer, impact_id, Stage.AGREED)
    assert impact_of(impact_id).stage == Stage.PROPOSED


@pytest.mark.parametrize("position", Position)
def test_with_a_stance_of_every_voice_it_can_be_agreed_objections_or_not(scene, position):
    space, workshop, people, impact_id = scene
    stance_of_all(people, workshop, impact_id, position)
    move_to(space.steward.viewer, impact_id, Stage.AGREED)
    assert impact_of(impact_id).stage == Stage.AGREED
    assert impact_of(impact_id).stage_at is not None


def test_a_stance_that_only_its_maker_sees_speaks_for_no_voice(scene):
    space, workshop, people, impact_id = scene
    stance_of_all({voice: people[voice] for voice in VOICES[:3]}, workshop, impact_id)
    make_stance(people["policymaker"], workshop, impact_id, visibility=Visibility.MAKER)
    with pytest.raises(Conflict):
        move_to(space.steward.viewer, impact_id, Stage.AGREED)


def test_a_space_says_itself_which_voices_it_needs(scene):
    space, workshop, people, impact_id = scene
    make_stance(people["youth"], workshop, impact_id)
    wishes = {voice.id: VoiceWish(voice.key == "youth", 12) for voice in voices_of(space.id)}
    compose(space.id, wishes)
    move_to(space.steward.viewer, impact_id, Stage.AGREED)
    assert impact_of(impact_id).stage == Stage.AGREED


@pytest.mark.parametrize("how", ["taken back", "kept to myself"])
def test_when_the_last_stance_of_a_voice_goes_it_is_no_longer_agreed(scene, how):
    space, workshop, people, impact_id = scene
    stances = stance_of_all(people, workshop, impact_id)
    move_to(space.steward.viewer, impact_id, Stage.AGREED)
    if how == "taken back":
        withdraw_contribution(people["youth"].viewer, "stance", stances["youth"])
    else:
        show_to(people["youth"].viewer, "stance", stances["youth"], Visibility.MAKER)
    assert impact_of(impact_id).stage == Stage.IN_DISCUSSION


def test_it_stays_agreed_when_somebody_of_that_voice_remains(scene):
    space, workshop, people, impact_id = scene
    stances = stance_of_all(people, workshop, impact_id)
    make_stance(make_member(space, workshop, voice="youth"), workshop, impact_id)
    move_to(space.steward.viewer, impact_id, Stage.AGREED)
    withdraw_contribution(people["youth"].viewer, "stance", stances["youth"])
    assert impact_of(impact_id).stage == Stage.AGREED


def test_only_who_leads_decides_how_far_it_is(scene):
    _space, _workshop, people, impact_id = scene
    with pytest.raises(NotFound):
        move_to(people["resident"].viewer, impact_id, Stage.IN_DISCUSSION)


def test_nobody_takes_a_stance_for_another(scene):
    _space, workshop, people, impact_id = scene
    before = answers_on(people["resident"].viewer, impact_of(impact_id), 5).stands
    assert before.by_voice == []
    for voice in VOICES:
        arrival = make_arrival(workshop)
        for _again in range(2):
            take_stance(people[voice].viewer, arrival, impact_id, Position.FOR)
    stands = answers_on(people["resident"].viewer, impact_of(impact_id), 5).stands
    assert {voice.key: tally.total for voice, tally in stands.by_voice} == dict.fromkeys(VOICES, 1)


# Other words


def test_other_words_stand_beside_the_first_ones(scene):
    _space, workshop, people, impact_id = scene
    make_wording(people["youth"], workshop, impact_id, "Niemand blijft alleen.")
    assert impact_of(impact_id).statement == "Iedereen doet mee."


def test_other_words_can_come_along_with_a_stance_once(scene):
    _space, workshop, people, impact_id = scene
    arrival = make_arrival(workshop)
    for _again in range(3):
        take_stance(people["youth"].viewer, arrival, impact_id, Position.FOR, "", "Niemand blijft alleen.")
    (wording,) = session().query(Wording).all()
    assert (wording.text, wording.maker_id) == ("Niemand blijft alleen.", people["youth"].id)


def test_other_words_that_come_along_go_no_further_than_their_part(scene):
    space, workshop, people, impact_id = scene
    with changing(space.id) as log:
        put_on_stage(log, workshop.id, Activity.IMPACTS, Terms(Visibility.WORKSHOP))
    arrival = make_arrival(workshop, visibility=Visibility.PUBLIC)
    take_stance(people["youth"].viewer, arrival, impact_id, Position.OBJECTION, "", "Liever klein.")
    assert [each.visibility for each in session().query(Wording).all()] == [Visibility.WORKSHOP]


def test_only_who_proposed_it_takes_over_other_words_one_at_a_time(scene):
    space, workshop, people, impact_id = scene
    one = make_wording(people["youth"], workshop, impact_id, "Niemand blijft alleen.")
    two = make_wording(people["professional"], workshop, impact_id, "Iedereen hoort erbij.")
    for other in (people["youth"], space.steward):
        with pytest.raises(NotFound):
            take_wording(other.viewer, one, True)
    take_wording(people["resident"].viewer, one, True)
    take_wording(people["resident"].viewer, two, True)
    taken = [each.id for each in session().query(Wording).all() if each.taken_at]
    assert taken == [two]
    take_wording(people["resident"].viewer, two, False)
    session().expire_all()
    assert [each for each in session().query(Wording).all() if each.taken_at] == []


# Doubles


def test_a_double_is_told_under_the_other_with_who_said_it(scene):
    space, workshop, people, impact_id = scene
    other = make_impact(people["youth"], workshop, "Niemand blijft thuis.")
    make_stance(people["professional"], workshop, other)
    absorb(space.steward.viewer, impact_id, other)
    assert [each.id for each in impacts_seen(people["youth"].viewer)] == [impact_id]
    _itself, told = said_of(people["youth"].viewer, impact_of(impact_id))["impact"]
    assert (told.text, told.voice.key) == ("Niemand blijft thuis.", "youth")
    stands = answers_on(people["youth"].viewer, impact_of(other), 5).stands
    assert [tally.total for _voice, tally in stands.by_voice] == [1]  # with the words it was given for
    assert answers_on(people["youth"].viewer, impact_of(impact_id), 5).stands.by_voice == []


def test_what_was_told_under_a_double_comes_along_and_everything_can_go_back(scene):
    space, workshop, people, impact_id = scene
    other = make_impact(people["youth"], workshop, "Niemand blijft thuis.")
    third = make_impact(people["professional"], workshop, "Allemaal naar buiten.")
    absorb(space.steward.viewer, other, third)
    absorb(space.steward.viewer, impact_id, other)
    assert {each.id for each in said_of(space.steward.viewer, impact_of(impact_id))["impact"]} == {
        impact_id,
        other,
        third,
    }
    for each in (other, third):
        release(space.steward.viewer, each)
    assert {each.id for each in impacts_seen(people["youth"].viewer)} == {impact_id, other, third}


def test_nothing_is_told_under_itself_nor_in_a_ring(scene):
    space, workshop, people, impact_id = scene
    other = make_impact(people["youth"], workshop, "Niemand blijft thuis.")
    with pytest.raises(Invalid):
        absorb(space.steward.viewer, impact_id, impact_id)
    absorb(space.steward.viewer, impact_id, other)
    for one, two in ((other, impact_id), (impact_id, other)):
        with pytest.raises(Conflict):
            absorb(space.steward.viewer, one, two)
    with pytest.raises(Conflict):
        move_to(space.steward.viewer, other, Stage.IN_DISCUSSION)


def test_taking_back_an_impact_does_not_take_along_what_others_said(scene):
    space, workshop, people, impact_id = scene
    other = make_impact(people["youth"], workshop, "Niemand blijft thuis.")
    absorb(space.steward.viewer, impact_id, other)
    withdraw_contribution(people["resident"].viewer, "impact", impact_id)
    assert [each.id for each in impacts_seen(people["professional"].viewer)] == [other]


# What kind of change, and whether it is fair


def test_who_proposed_it_and_who_leads_say_what_kind_of_change_it_is(scene):
    space, _workshop, people, impact_id = scene
    one = Facets(Level.COLLECTIVE, True, Horizon.NEXT_GENERATION, Lens.MEANING)
    describe(people["resident"].viewer, impact_id, one)
    assert impact_of(impact_id).facets == one
    describe(space.steward.viewer, impact_id, Facets())
    assert impact_of(impact_id).facets == Facets()
    with pytest.raises(NotFound):
        describe(people["youth"].viewer, impact_id, one)


def test_everybody_answers_once_whether_it_is_fair_and_may_change_their_mind(scene):
    _space, workshop, people, impact_id = scene
    for answer in (Realism.TOO_BIG, Realism.TOO_SMALL):
        check_realism(people["youth"].viewer, make_arrival(workshop), impact_id, answer)
    (check,) = session().query(RealismCheck).all()
    assert check.answer == Realism.TOO_SMALL
    realism = answers_on(people["youth"].viewer, impact_of(impact_id), 5).realism
    ((voice, tally),) = realism.by_voice
    assert (voice.key, tally.total, tally.split) == ("youth", 1, None)  # one person is never split


def test_from_five_people_on_the_answers_are_shown(scene):
    space, workshop, people, impact_id = scene
    for number in range(5):
        who = make_member(space, workshop, voice="youth")
        answer = Realism.TOO_SMALL if number else Realism.FAIR
        check_realism(who.viewer, make_arrival(workshop), impact_id, answer)
    realism = answers_on(people["resident"].viewer, impact_of(impact_id), 5).realism
    ((_voice, tally),) = realism.by_voice
    assert tally.split == {
        Realism.TOO_BIG: 0,
        Realism.FAIR: 1,
        Realism.TOO_SMALL: 4,
        Realism.DONT_KNOW: 0,
    }


# Between meetings


def test_between_meetings_nobody_answers_until_it_is_opened(scene):
    space, _workshop, people, impact_id = scene
    between = Arrival(make_arrival(_workshop).id, None, Visibility.SPACE)
    with pytest.raises(Conflict):
        remark_on(people["youth"].viewer, between, impact_id, "Mooi.")
    set_between_meetings(space.steward.viewer, Activity.IMPACTS, True)
    assert is_open_between_meetings(space.id, Activity.IMPACTS)
    remark_on(people["youth"].viewer, between, impact_id, "Mooi.")
    set_between_meetings(space.steward.viewer, Activity.IMPACTS, False)
    assert not is_open_between_meetings(space.id, Activity.IMPACTS)
    with pytest.raises(NotFound):
        set_between_meetings(people["youth"].viewer, Activity.IMPACTS, True)


def test_opening_twice_leaves_one_opening_and_other_activities_closed(scene):
    space, *_rest = scene
    for _again in range(2):
        set_between_meetings(space.steward.viewer, Activity.IMPACTS, True)
    assert not is_open_between_meetings(space.id, Activity.MOMENTS)
    set_between_meetings(space.steward.viewer, Activity.IMPACTS, False)
    assert not is_open_between_meetings(space.id, Activity.IMPACTS)


def test_without_a_meeting_nothing_is_meant_for_a_meeting(scene):
    space, workshop, people, impact_id = scene
    set_between_meetings(space.steward.viewer, Activity.IMPACTS, True)
    between = Arrival(make_arrival(workshop).id, None, Visibility.WORKSHOP)
    with pytest.raises(Invalid):
        remark_on(people["youth"].viewer, between, impact_id, "Mooi.")


def test_a_reader_and_a_stranger_still_answer_nothing(scene):
    space, workshop, _people, impact_id = scene
    set_between_meetings(space.steward.viewer, Activity.IMPACTS, True)
    elsewhere = make_space()
    set_between_meetings(elsewhere.steward.viewer, Activity.IMPACTS, True)
    arrival = Arrival(make_arrival(workshop).id, None, Visibility.SPACE)
    for who in (make_member(space, role=Role.READER), make_member(elsewhere)):
        with pytest.raises(NotFound):
            remark_on(who.viewer, arrival, impact_id, "Mooi.")


def test_the_log_holds_no_words_of_any_of_it(scene):
    space, workshop, people, impact_id = scene
    make_wording(people["youth"], workshop, impact_id, "Kanarie een")
    remark_on(people["youth"].viewer, make_arrival(workshop), impact_id, "Kanarie twee")
    check_realism(people["youth"].viewer, make_arrival(workshop), impact_id, Realism.FAIR, "Kanarie drie")
    move_to(space.steward.viewer, impact_id, Stage.IN_DISCUSSION)
    told = [str(each.payload) for each in session().query(Change).all()]
    assert not [each for each in told if "Kanarie" in each]

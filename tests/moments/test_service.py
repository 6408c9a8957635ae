"""What helped is named once by however many, seen by who may, and tied to moments as often as it helped."""

import pytest
from sqlalchemy import func, select

from cocreate.core.audience import Visibility
from cocreate.core.changes import Change, head_of
from cocreate.core.db import session
from cocreate.core.problems import Conflict, NotFound
from cocreate.moments.models import MomentFactor, WorkingFactor
from cocreate.moments.queries import moments_by_factor, naming
from cocreate.moments.service import link_moment, name_factor, unlink_moment
from cocreate.privacy.service import withdraw_contribution
from cocreate.spaces.rules import Activity
from tests.factories import make_arrival, make_factor, make_member, make_moment, make_space, make_workshop


@pytest.fixture
def moment_id(in_context, workshop, member):
    return make_moment(member, workshop)


@pytest.fixture
def factor_id(in_context, workshop, member):
    return make_factor(member, workshop)


def count(table):
    return session().scalar(select(func.count()).select_from(table))


def helped_in(member):
    """By what it is called: how many moments it helped in, as this member sees it."""
    names = {row.id: row.name for row in session().scalars(select(WorkingFactor))}
    return {names[factor_id]: len(moments) for factor_id, moments in moments_by_factor(member.viewer).items()}


def verbs(factor_id):
    query = select(Change.verb).where(Change.subject_id == factor_id).order_by(Change.seq)
    return list(session().scalars(query))


# Naming


def test_twenty_who_name_the_same_at_once_name_one_thing(any_database, together):
    with any_database.app_context():
        space = make_space()
        workshop = make_workshop(space)
        people = [make_member(space, workshop) for _ in range(20)]
        moments = [make_moment(person, workshop) for person in people]

    def name(place):
        words = ("Er was tijd", "ER  WAS TIJD ", " er was tijd")[place % 3]
        return name_factor(people[place].viewer, make_arrival(workshop), words, moments[place])

    answers = together(any_database, 20, name)
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    with any_database.app_context():
        assert (count(WorkingFactor), count(MomentFactor)) == (1, 20)
        factor = session().scalars(select(WorkingFactor)).one()
        assert {answer["subject_id"] for answer in answers} == {str(factor.id)}
        assert len({answer["id"] for answer in answers}) == 20
        assert sorted(verbs(factor.id)) == ["linked"] * 20 + ["shared"]


def test_the_same_id_twenty_times_at_once_is_named_once(any_database, together):
    with any_database.app_context():
        space = make_space()
        workshop = make_workshop(space)
        member = make_member(space, workshop)
        before = head_of(space.id)
    arrival = make_arrival(workshop)
    answers = together(any_database, 20, lambda _place: name_factor(member.viewer, arrival, "Er was tijd"))
    assert answers == [{"id": str(arrival.id), "subject_id": str(arrival.id), "state": "kept"}] * 20
    with any_database.app_context():
        assert (count(WorkingFactor), head_of(space.id)) == (1, before + 1)


def test_a_name_that_only_somebody_else_sees_is_named_again(space, workshop, member, factor_id):
    other = make_member(space, workshop)
    own = make_factor(other, workshop, visibility=Visibility.MAKER)
    assert own == factor_id  # they saw it
    secret = make_factor(member, workshop, "Mijn zus", visibility=Visibility.MAKER)
    assert make_factor(other, workshop, "Mijn zus") != secret


def test_my_own_comes_before_what_others_called_the_same(in_context, space, workshop, member):
    other = make_member(space, workshop)
    hidden = make_factor(member, workshop, visibility=Visibility.MAKER)
    theirs = make_factor(other, workshop)
    assert theirs != hidden
    assert make_factor(member, workshop) == hidden


def test_naming_my_own_again_for_more_people_shows_it_to_them(in_context, space, workshop, member):
    hidden = make_factor(member, workshop, visibility=Visibility.MAKER)
    factor = session().get(WorkingFactor, hidden)
    assert make_factor(member, workshop, visibility=Visibility.SPACE) == hidden
    assert (factor.visibility, factor.version) == ("space", 2)
    assert make_factor(member, workshop, visibility=Visibility.WORKSHOP) == hidden
    assert (factor.visibility, factor.version) == ("space", 2)  # not to fewer


def test_what_somebody_else_named_stays_theirs(space, workshop, member, factor_id):
    other = make_member(space, workshop)
    make_factor(other, workshop, visibility=Visibility.PUBLIC)
    factor = session().get(WorkingFactor, factor_id)
    assert (factor.maker_id, factor.visibility, verbs(factor_id)) == (member.id, "space", ["shared"])


def test_a_name_that_was_taken_back_can_be_named_anew(workshop, member, factor_id):
    withdraw_contribution(member.viewer, "working_factor", factor_id)
    assert make_factor(member, workshop) != factor_id


def test_another_space_has_names_of_its_own(workshop, factor_id):
    other_space = make_space()
    other_workshop = make_workshop(other_space)
    assert make_factor(make_member(other_space, other_workshop), other_workshop) != factor_id


def test_only_while_moments_are_told(in_context, space, member):
    closed = make_workshop(space, activities=[Activity.IMPACTS])
    here = make_member(space, closed)
    with pytest.raises(Conflict):
        make_factor(here, closed)
    with pytest.raises(NotFound):
        make_factor(member, closed)


def test_naming_in_a_moment_that_is_not_seen_keeps_nothing(in_context, space, workshop, member):
    hidden = make_moment(member, workshop, visibility=Visibility.MAKER)
    with pytest.raises(NotFound):
        make_factor(make_member(space, workshop), workshop, moment_id=hidden)
    assert count(WorkingFactor) == 0


# Linking


def test_a_tap_links_and_another_unlinks_however_often_they_arrive(workshop, member, moment_id, factor_id):
    tap, untap = make_arrival(workshop), make_arrival(workshop)
    for arrival in (tap, tap, make_arrival(workshop)):
        answer = link_moment(member.viewer, arrival, moment_id, factor_id)
        assert answer == {"id": str(arrival.id), "subject_id": str(factor_id), "state": "kept"}
    assert helped_in(member) == {"Er was tijd": 1}
    for arrival in (untap, untap, make_arrival(workshop)):
        unlink_moment(member.viewer, arrival, moment_id, factor_id)
    assert helped_in(member) == {}
    link_moment(member.viewer, tap, moment_id, factor_id)  # the first tap, late
    assert helped_in(member) == {}
    link_moment(member.viewer, make_arrival(workshop), moment_id, factor_id)
    assert helped_in(member) == {"Er was tijd": 1}
    assert count(MomentFactor) == 1
    assert verbs(factor_id) == ["shared", "linked", "unlinked", "linked"]


def test_fifty_taps_at_once_are_one_link(any_database, together):
    with any_database.app_context():
        space = make_space()
        workshop = make_workshop(space)
        people = [make_member(space, workshop) for _ in range(2)]
        moment_id, factor_id = make_moment(people[0], workshop), make_factor(people[1], workshop)

    def tap(place):
        return link_moment(people[place % 2].viewer, make_arrival(workshop), moment_id, factor_id)

    answers = together(any_database, 50, tap)
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    with any_database.app_context():
        assert count(MomentFactor) == 1
        assert verbs(factor_id) == ["shared", "linked"]


@pytest.mark.parametrize("hidden", ["moment", "factor"])
def test_only_what_is_seen_can_be_linked(space, workshop, member, moment_id, factor_id, hidden):
    other = make_member(space, workshop)
    if hidden == "moment":
        moment_id = make_moment(member, workshop, visibility=Visibility.MAKER)
    else:
        factor_id = make_factor(member, workshop, "Mijn zus", visibility=Visibility.MAKER)
    with pytest.raises(NotFound):
        link_moment(other.viewer, make_arrival(workshop), moment_id, factor_id)
    assert count(MomentFactor) == 0


def test_what_belongs_to_another_space_cannot_be_linked(workshop, member, moment_id, factor_id):
    other_space = make_space()
    other_workshop = make_workshop(other_space)
    stranger = make_member(other_space, other_workshop)
    abroad = make_factor(stranger, other_workshop, visibility=Visibility.PUBLIC)
    with pytest.raises(NotFound):
        link_moment(member.viewer, make_arrival(workshop), moment_id, abroad)
    with pytest.raises(NotFound):
        link_moment(stranger.viewer, make_arrival(other_workshop), moment_id, abroad)


def test_a_third_person_does_not_untie_what_others_tied(space, workshop, member, moment_id, factor_id):
    tier, third = make_member(space, workshop), make_member(space, workshop)
    link_moment(tier.viewer, make_arrival(workshop), moment_id, factor_id)
    with pytest.raises(NotFound):
        unlink_moment(third.viewer, make_arrival(workshop), moment_id, factor_id)
    assert helped_in(third) == {"Er was tijd": 1}
    unlink_moment(member.viewer, make_arrival(workshop), moment_id, factor_id)  # whose moment it is
    link_moment(tier.viewer, make_arrival(workshop), moment_id, factor_id)
    unlink_moment(tier.viewer, make_arrival(workshop), moment_id, factor_id)
    assert helped_in(third) == {}


def test_what_was_never_linked_cannot_be_unlinked(workshop, member, moment_id, factor_id):
    with pytest.raises(NotFound):
        unlink_moment(member.viewer, make_arrival(workshop), moment_id, factor_id)


# Reading


def test_moments_count_only_for_who_sees_them(space, workshop, member, factor_id):
    for visibility in Visibility:
        make_factor(member, workshop, moment_id=make_moment(member, workshop, visibility=visibility))
    beside = make_member(space, workshop)
    neighbour = make_member(space, make_workshop(space, title="Elders"))
    assert [helped_in(who)["Er was tijd"] for who in (member, beside, neighbour)] == [4, 3, 2]


@pytest.mark.parametrize("which", ["moment", "working_factor"])
def test_what_was_taken_back_no_longer_counts(workshop, member, moment_id, factor_id, which):
    link_moment(member.viewer, make_arrival(workshop), moment_id, factor_id)
    withdraw_contribution(member.viewer, which, {"moment": moment_id, "working_factor": factor_id}[which])
    assert moments_by_factor(member.viewer) == {}


def test_the_stage_asks_about_the_moment_told_last(in_context, space, workshop, member):
    assert naming(member.viewer, workshop.id).moment is None
    for words in ("Eerst dit.", "Toen dat."):
        make_factor(member, workshop, "Mijn zus", make_moment(member, workshop, words))
    make_factor(make_member(space, workshop), workshop, "Er was tijd")
    make_factor(make_member(space, workshop), workshop, "Van mij", visibility=Visibility.MAKER)
    found = naming(member.viewer, workshop.id)
    assert found.moment.what_happened == "Toen dat."
    assert [(chip.name, chip.is_linked) for chip in found.chips] == [
        ("Mijn zus", True),
        ("Er was tijd", False),
    ]


def test_what_helped_is_there_to_tap_also_when_much_was_named_since(in_context, workshop, member):
    moment_id = make_moment(member, workshop)
    make_factor(member, workshop, "De eerste", moment_id)
    for number in range(45):
        make_factor(member, workshop, f"Nummer {number}")
    chips = naming(member.viewer, workshop.id).chips
    assert (len(chips), chips[0].name, chips[1].name, chips[-1].name) == (
        40,
        "De eerste",
        "Nummer 6",
        "Nummer 44",
    )

"""A contribution arrives once, whatever the network does; it belongs to who made it."""

import os
import uuid

import pytest
from sqlalchemy import func, select

from cocreate.core.audience import Viewer, Visibility
from cocreate.core.changes import Change, Receipt, head_of
from cocreate.core.db import new_id, session
from cocreate.core.problems import NotFound
from cocreate.impacts.models import DesiredImpact, Stance
from cocreate.impacts.rules import Position
from cocreate.impacts.service import take_stance
from cocreate.moments.models import Moment
from cocreate.moments.service import MomentDraft, share_moment
from tests.factories import (
    make_arrival,
    make_impact,
    make_member,
    make_moment,
    make_space,
    make_stance,
    make_workshop,
)

RACES = 200 if os.environ.get("COCREATE_PROOF") else 3


@pytest.fixture
def room(any_database):
    with any_database.app_context():
        space = make_space()
        workshop = make_workshop(space)
        return space, workshop, make_member(space, workshop)


def count(table):
    return session().scalar(select(func.count()).select_from(table))


def test_the_same_id_twice_is_kept_once(any_database, room):
    _space, workshop, member = room
    arrival = make_arrival(workshop)
    with any_database.app_context():
        answers = [share_moment(member.viewer, arrival, MomentDraft(words)) for words in ("een", "twee")]
        assert (
            answers[0]
            == answers[1]
            == {"id": str(arrival.id), "subject_id": str(arrival.id), "state": "kept"}
        )
        assert list(session().scalars(select(Moment.what_happened))) == ["een"]
        assert count(Receipt) == 1


def test_twenty_at_once_with_the_same_id_are_kept_once(any_database, room, together):
    space, workshop, member = room
    arrival = make_arrival(workshop)
    with any_database.app_context():
        before = head_of(space.id)
    answers = together(
        any_database, 20, lambda _place: share_moment(member.viewer, arrival, MomentDraft("Twintig keer"))
    )
    assert all(answer == answers[0] for answer in answers)
    assert answers[0]["state"] == "kept"
    with any_database.app_context():
        assert (count(Moment), count(Receipt), head_of(space.id)) == (1, 1, before + 1)


def test_somebody_elses_id_does_not_exist(any_database, room):
    space, workshop, member = room
    arrival = make_arrival(workshop)
    with any_database.app_context():
        share_moment(member.viewer, arrival, MomentDraft("Van mij"))
        other = make_member(space, workshop)
        with pytest.raises(NotFound):
            share_moment(other.viewer, arrival, MomentDraft("Van een ander"))
        assert list(session().scalars(select(Moment.what_happened))) == ["Van mij"]


def test_an_id_of_another_space_does_not_exist_also_at_the_same_moment(any_database, room, together):
    _space, workshop, member = room
    with any_database.app_context():
        other_space = make_space()
        other_workshop = make_workshop(other_space)
        other = make_member(other_space, other_workshop)
    who = [(member, workshop), (other, other_workshop)]
    for _ in range(5):
        shared_id = new_id()

        def tell(place, shared_id=shared_id):
            maker, where = who[place]
            return share_moment(maker.viewer, make_arrival(where, id=shared_id), MomentDraft("Van mij"))

        answers = together(any_database, 2, tell)
        assert sorted(type(answer) for answer in answers if isinstance(answer, Exception)) == [NotFound]


def test_an_id_that_was_brought_in_does_not_exist(any_database, room):
    space, workshop, member = room
    brought_in = new_id()
    facts = {"space_id": space.id, "maker_id": space.steward.id, "visibility": Visibility.SPACE}
    with any_database.app_context():
        session().add(Moment(id=brought_in, what_happened="Uit een bestand", **facts))
        session().commit()
    with any_database.app_context():
        with pytest.raises(NotFound):
            make_moment(member, workshop, "Eroverheen", id=brought_in)
        assert list(session().scalars(select(Moment.what_happened))) == ["Uit een bestand"]


def test_nobody_without_a_membership_contributes(any_database, room):
    space, workshop, _member = room
    with any_database.app_context(), pytest.raises(NotFound):
        share_moment(Viewer(space.id), make_arrival(workshop), MomentDraft("Wie?"))


@pytest.mark.timeout(3600)
def test_one_person_has_one_stance_however_often_they_choose_at_once(any_database, room, together):
    space, workshop, member = room
    positions = list(Position)
    for _ in range(RACES):
        with any_database.app_context():
            impact_id = make_impact(member, workshop)
            before = head_of(space.id)

        def choose(place, impact_id=impact_id):
            return take_stance(
                member.viewer, make_arrival(workshop), impact_id, positions[place % 3], str(place)
            )

        answers = together(any_database, 50, choose)
        assert [answer for answer in answers if isinstance(answer, Exception)] == []
        with any_database.app_context():
            stance = session().scalars(select(Stance).where(Stance.impact_id == impact_id)).one()
            assert positions[int(stance.reason) % 3] == stance.position  # of one choice, not mixed from two
            assert stance.version == 50
            assert {answer["subject_id"] for answer in answers} == {str(stance.id)}
            # Each choice tells two things: the stance, and that its impact looks different.
            assert head_of(space.id) == before + 100


def test_a_stance_may_change_and_the_last_one_counts(in_context, space, workshop, member):
    impact_id = make_impact(member, workshop)
    first = make_stance(member, workshop, impact_id, Position.FOR, reason="Ja")
    second = make_stance(member, workshop, impact_id, Position.OBJECTION)
    stance = session().get(Stance, first)
    assert (first == second, stance.position, stance.reason) == (True, "objection", "")


def test_each_contribution_tells_the_log_who_and_for_whom(in_context, space, workshop, member):
    moment_id = make_moment(member, workshop, visibility=Visibility.WORKSHOP)
    change = session().scalars(select(Change).where(Change.subject_id == moment_id)).one()
    facts = (
        change.topic,
        change.verb,
        change.actor_id,
        change.maker_id,
        change.workshop_id,
        change.visibility,
    )
    assert facts == ("moment", "shared", member.id, member.id, workshop.id, "workshop")
    assert change.payload == {}


def test_ids_made_here_are_in_the_order_of_time_and_of_version_seven():
    ids = [new_id() for _ in range(1000)]
    assert {made.version for made in ids} == {7}
    assert {made.variant for made in ids} == {uuid.RFC_4122}
    assert [made.int >> 80 for made in ids] == sorted(made.int >> 80 for made in ids)
    assert len(set(ids)) == 1000


def test_a_proposal_of_one_space_takes_no_stance_from_another(in_context, space, workshop, member):
    impact_id = make_impact(member, workshop, visibility=Visibility.PUBLIC)
    other_space = make_space()
    other_workshop = make_workshop(other_space)
    with pytest.raises(NotFound):
        make_stance(make_member(other_space, other_workshop), other_workshop, impact_id)
    assert session().get(DesiredImpact, impact_id).version == 1

"""Setting aside and bringing back: nobody sees more than the maker wants, and nobody sees what is aside."""

import uuid
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from cocreate.core.audience import Viewer, Visibility, sees
from cocreate.core.changes import Change
from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.moments.models import Moment, WorkingFactor
from cocreate.moments.service import name_factor
from cocreate.privacy.queries import told_by
from cocreate.privacy.service import show_to, withdraw_contribution
from cocreate.spaces.hiding import bring_back, may_read, set_aside, set_aside_in
from cocreate.spaces.models import Hiding
from cocreate.spaces.rules import Role
from tests.factories import (
    make_account,
    make_arrival,
    make_factor,
    make_member,
    make_moment,
    make_space,
    make_workshop,
)

WHY = "Er staat een adres in."


@pytest.fixture
def lead(space, workshop, member, in_context):
    return make_member(space, role=Role.FACILITATOR, person_id=make_account()).viewer


@pytest.fixture
def told(lead, workshop, member):
    return make_moment(member, workshop, "We zongen.", visibility=Visibility.SPACE)


def hide(lead, workshop, made, kind=Moment, reason=WHY):
    set_aside(lead, kind, made, workshop.id, reason)


def visibility_of(made, kind=Moment):
    session().expire_all()
    return Visibility(session().get(kind, made).visibility)


def test_only_its_maker_sees_what_is_set_aside_and_it_comes_back_as_it_was(lead, workshop, member, told):
    hide(lead, workshop, told)
    assert visibility_of(told) is Visibility.MAKER
    (aside,) = set_aside_in(workshop.id)
    assert (aside.id, aside.reason, aside.visibility) == (told, WHY, Visibility.SPACE)
    assert session().get(Moment, told).what_happened == "We zongen."
    bring_back(lead, Moment, told, workshop.id)
    assert visibility_of(told) is Visibility.SPACE
    assert set_aside_in(workshop.id) == []


def test_again_is_as_good_as_once(lead, workshop, told):
    hide(lead, workshop, told)
    hide(lead, workshop, told, reason="Iets anders.")
    assert [each.reason for each in set_aside_in(workshop.id)] == [WHY]
    bring_back(lead, Moment, told, workshop.id)
    version = session().get(Moment, told).version
    bring_back(lead, Moment, told, workshop.id)
    assert session().get(Moment, told).version == version
    hide(lead, workshop, told, reason="Nu wel.")  # and a second time
    assert [each.reason for each in set_aside_in(workshop.id)] == ["Nu wel."]


def test_who_saw_it_hears_that_it_is_gone(lead, workshop, member, told):
    hide(lead, workshop, told)
    (row,) = session().scalars(select(Change).where(Change.topic == "moment", Change.verb == "hidden"))
    assert row.audience.visibility is Visibility.SPACE
    assert row.actor_id == lead.membership_id


@pytest.mark.parametrize("role", [Role.READER, Role.PARTICIPANT])
def test_who_does_not_lead_sets_nothing_aside(space, workshop, told, role):
    other = make_member(space, workshop, role=role).viewer
    with pytest.raises(NotFound):
        hide(other, workshop, told)
    with pytest.raises(NotFound):
        bring_back(other, Moment, told, workshop.id)


def test_who_leads_elsewhere_or_another_meeting_finds_nothing(lead, space, workshop, told):
    with pytest.raises(NotFound):
        hide(make_space().steward.viewer, workshop, told)
    other = make_workshop(space, title="Elders")
    with pytest.raises(NotFound):
        hide(lead, other, told)
    hide(lead, workshop, told)
    for viewer, place in ((make_space().steward.viewer, workshop), (lead, other)):
        with pytest.raises(NotFound):
            bring_back(viewer, Moment, told, place.id)
    assert visibility_of(told) is Visibility.MAKER


def test_what_who_leads_never_saw_is_not_there(lead, workshop, member):
    private = make_moment(member, workshop, visibility=Visibility.MAKER)
    gone = make_moment(member, workshop)
    withdraw_contribution(member.viewer, "moment", gone)
    for each in (private, gone, uuid.uuid4()):
        with pytest.raises(NotFound):
            hide(lead, workshop, each)


def test_what_its_maker_chooses_meanwhile_counts_when_it_comes_back(lead, workshop, member, told):
    hide(lead, workshop, told)
    show_to(member.viewer, "moment", told, Visibility.WORKSHOP)
    assert visibility_of(told) is Visibility.MAKER  # choosing does not bring it back
    bring_back(lead, Moment, told, workshop.id)
    assert visibility_of(told) is Visibility.WORKSHOP


def test_it_never_comes_back_further_than_it_was(lead, workshop, member, told):
    hide(lead, workshop, told)
    show_to(member.viewer, "moment", told, Visibility.PUBLIC)
    bring_back(lead, Moment, told, workshop.id)
    assert visibility_of(told) is Visibility.SPACE


def test_who_shows_it_to_nobody_shows_it_to_who_leads_neither(lead, workshop, member, told):
    hide(lead, workshop, told)
    made = session().get(Moment, told)
    assert may_read(lead, set_aside_in(workshop.id)[0], made.maker_id, made.workshop_id)
    show_to(member.viewer, "moment", told, Visibility.MAKER)
    assert not may_read(lead, set_aside_in(workshop.id)[0], made.maker_id, made.workshop_id)
    bring_back(lead, Moment, told, workshop.id)
    assert visibility_of(told) is Visibility.MAKER


def test_what_is_taken_back_meanwhile_stays_gone_and_so_does_why(lead, workshop, member, told):
    hide(lead, workshop, told)
    withdraw_contribution(member.viewer, "moment", told)
    assert session().get(Hiding, told).reason == ""
    bring_back(lead, Moment, told, workshop.id)
    made = session().get(Moment, told)
    assert made.withdrawn_at is not None
    assert made.visibility == Visibility.MAKER


def test_telling_it_again_does_not_bring_it_back(lead, workshop, member):
    first = make_arrival(workshop, visibility=Visibility.SPACE)
    factor = make_factor(member, workshop, "Soep", id=first.id)
    hide(lead, workshop, factor, WorkingFactor)
    name_factor(member.viewer, first, "Soep")  # the same once more
    name_factor(member.viewer, replace(first, id=uuid.uuid4(), visibility=Visibility.PUBLIC), "Soep")
    assert visibility_of(factor, WorkingFactor) is Visibility.MAKER
    bring_back(lead, WorkingFactor, factor, workshop.id)
    assert visibility_of(factor, WorkingFactor) is Visibility.SPACE


def test_its_maker_reads_why_and_may_only_narrow(lead, workshop, member, told):
    hide(lead, workshop, told)
    ((_space, items),) = told_by(member.person_id)
    (item,) = [each for each in items if each.id == told]
    assert item.aside.reason == WHY
    assert item.visibility is Visibility.SPACE
    assert item.audiences == frozenset(Visibility) - {Visibility.PUBLIC}


DO = st.one_of(
    st.just(("hide",)),
    st.just(("return",)),
    st.just(("withdraw",)),
    st.tuples(st.just("show"), st.sampled_from(list(Visibility))),
)


class Kept:
    """What must hold, kept by hand: what its maker chose last, what it was when it went aside."""

    def __init__(self, first):
        self.consent, self.was, self.is_aside, self.is_gone = first, None, False, False

    def do(self, act):
        if act[0] == "show" and not self.is_gone:
            self.consent = act[1]
            if self.is_aside:
                self.was = self.was.least(act[1])
            else:
                self.now = act[1]
        elif act[0] == "hide" and not self.is_aside and not self.is_gone:
            self.was, self.is_aside = self.now, True
        elif act[0] == "return" and self.is_aside and not self.is_gone:
            self.now, self.is_aside = self.was, False
        elif act[0] == "withdraw":
            self.is_gone = True


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.sampled_from(list(Visibility)), acts=st.lists(DO, max_size=7))
def test_never_wider_than_its_maker_wants_nor_than_setting_aside_allows(any_meeting, first, acts):
    lead, workshop, member = any_meeting
    made = make_moment(member, workshop, visibility=first)
    kept = Kept(first)
    kept.now = first
    passer_by = Viewer(workshop.space_id, sees_public=True)
    for act in acts:
        can_hide = kept.now is not Visibility.MAKER or kept.is_aside
        try:
            perform(act, lead, workshop, member, made)
        except NotFound:
            assert act[0] != "hide" or not can_hide or kept.is_gone
        else:
            if act[0] != "hide" or can_hide:
                kept.do(act)
        row = session().get(Moment, made)
        now = Visibility(row.visibility)
        assert now.least(kept.consent) is now
        assert not kept.is_aside or now is Visibility.MAKER
        if kept.is_aside or kept.is_gone:
            assert not sees(passer_by, row.audience) or row.withdrawn_at is not None
        else:
            assert now is kept.now
        assert (row.withdrawn_at is not None) == kept.is_gone


def perform(act, lead, workshop, member, made):
    if act[0] == "hide":
        hide(lead, workshop, made)
    elif act[0] == "return":
        bring_back(lead, Moment, made, workshop.id)
    elif act[0] == "withdraw":
        withdraw_contribution(member.viewer, "moment", made)
    else:
        show_to(member.viewer, "moment", made, act[1])
    session().expire_all()


@pytest.fixture
def any_meeting(lead, workshop, member):
    return lead, workshop, member

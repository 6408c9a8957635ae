"""Why people stand where they stand, live: for who may see both the reason and what it is about."""

import pytest
from sqlalchemy import select

from cocreate.core.audience import Viewer, Visibility, sees
from cocreate.core.changes import Change
from cocreate.core.db import session
from cocreate.core.faces import View, face_of
from cocreate.core.i18n import speaking
from cocreate.impacts.models import DesiredImpact
from cocreate.impacts.rules import Position
from cocreate.privacy.service import show_to, withdraw_contribution
from tests.factories import make_impact, make_member, make_stance


@pytest.fixture
def in_english(app):
    with app.test_request_context(), speaking("en"):
        yield


def told():
    """The last time that somebody said where they stand, in the library."""
    rows = select(Change).where(Change.topic == "stance", Change.verb == "shared")
    return session().scalars(rows.order_by(Change.seq.desc())).first()


def hears(viewer):
    change = told()
    face = face_of(change, View.LIBRARY)
    return bool(face and "card" in face.data and sees(viewer, change.audience) and face.is_for(viewer))


@pytest.mark.parametrize(
    ("wish", "reason", "heard_by"),
    [
        (Visibility.PUBLIC, Visibility.PUBLIC, {"there", "elsewhere", "passer-by"}),
        (Visibility.SPACE, Visibility.PUBLIC, {"there", "elsewhere"}),
        (Visibility.WORKSHOP, Visibility.PUBLIC, {"there"}),
        (Visibility.WORKSHOP, Visibility.SPACE, {"there"}),
        (Visibility.PUBLIC, Visibility.WORKSHOP, {"there"}),
    ],
)
def test_a_reason_is_heard_by_who_sees_what_it_is_about(in_english, space, workshop, wish, reason, heard_by):
    maker, there, elsewhere = [make_member(space, *where) for where in ([workshop], [workshop], [])]
    impact = make_impact(maker, workshop, visibility=wish)
    make_stance(maker, workshop, impact, Position.OBJECTION, reason="Om deze reden", visibility=reason)
    viewers = {
        "there": there.viewer,
        "elsewhere": elsewhere.viewer,
        "passer-by": Viewer(space.id, sees_public=True),
    }
    assert {who for who, viewer in viewers.items() if hears(viewer)} == heard_by


def test_nor_when_the_wish_is_shown_to_fewer_later(in_english, space, workshop, member):
    impact = make_impact(member, workshop)
    make_stance(make_member(space, workshop), workshop, impact, reason="Om deze reden")
    other = make_member(space)
    assert hears(other.viewer)
    show_to(member.viewer, "impact", impact, Visibility.WORKSHOP)
    assert not hears(other.viewer)


def test_nobody_hears_why_of_a_wish_that_was_taken_back(in_english, space, workshop, member):
    impact = make_impact(member, workshop)
    make_stance(make_member(space, workshop), workshop, impact, reason="Om deze reden")
    withdraw_contribution(member.viewer, "impact", impact)
    assert session().get_one(DesiredImpact, impact).withdrawn_at
    assert face_of(told(), View.LIBRARY) is None

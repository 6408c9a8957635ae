"""What helped, live: a chip on the stage, a card elsewhere, and a hint to who sees both ends of a link."""

import pytest
from sqlalchemy import select

from cocreate.core.audience import Visibility, sees
from cocreate.core.changes import Change
from cocreate.core.db import session
from cocreate.core.faces import View, face_of
from cocreate.core.i18n import speaking
from cocreate.moments.models import Moment, WorkingFactor
from cocreate.privacy.service import withdraw_contribution
from tests.factories import make_factor, make_member, make_moment


@pytest.fixture
def in_english(app):
    with app.test_request_context(), speaking("en"):
        yield


def told(topic, verb):
    """The last row of the log that says this."""
    query = select(Change).where(Change.topic == topic, Change.verb == verb)
    return session().scalars(query.order_by(Change.seq.desc())).first()


def hinted(person):
    """Whether the library and the stage of this person are told that something was linked."""
    change = told("working_factor", "linked")
    faces = [face_of(change, view) for view in (View.LIBRARY, View.STAGE)]
    (heard,) = {sees(person.viewer, change.audience) and face.is_for(person.viewer) for face in faces}
    return heard


def test_a_chip_to_tap_or_a_card_to_read(in_english, workshop, member):
    factor_id = make_factor(member, workshop, "<b>Tijd</b>")
    faces = {view: face_of(told("working_factor", "shared"), view).data for view in View}
    assert {view: list(data) for view, data in faces.items()} == {
        View.STAGE: ["chip"],
        View.CONSOLE: ["card"],
        View.SCREEN: ["card"],
        View.LIBRARY: ["card"],
    }
    for data in faces.values():
        (html,) = data.values()
        assert f'data-subject="{factor_id}"' in html
        assert "&lt;b&gt;Tijd" in html


@pytest.mark.parametrize("view", View)
def test_what_was_taken_back_is_gone_and_its_earlier_rows_show_nothing(in_english, workshop, member, view):
    factor_id = make_factor(member, workshop, "Tijd", make_moment(member, workshop))
    assert face_of(told("working_factor", "shared"), view)
    withdraw_contribution(member.viewer, "working_factor", factor_id)
    assert face_of(told("working_factor", "withdrawn"), view).data == {"gone": True}
    assert face_of(told("working_factor", "shared"), view) is None
    assert face_of(told("working_factor", "linked"), view) is None


def test_a_link_is_a_hint_to_who_counts_and_names_nothing(in_english, workshop, member):
    moment_id = make_moment(member, workshop)
    make_factor(member, workshop, "Tijd", moment_id)
    change = told("working_factor", "linked")
    for view in (View.LIBRARY, View.CONSOLE, View.SCREEN):
        assert face_of(change, view).data == {"linked": True}
    assert face_of(change, View.STAGE).data == {"moment_id": str(moment_id), "linked": True}


@pytest.mark.parametrize(
    ("moment", "factor", "is_told"),
    [("space", "space", True), ("maker", "space", False), ("space", "maker", False)],
)
def test_only_who_sees_both_ends_hears_of_a_link(
    in_english, space, workshop, member, moment, factor, is_told
):
    moment_id = make_moment(member, workshop, visibility=Visibility(moment))
    make_factor(member, workshop, "Tijd", moment_id, visibility=Visibility(factor))
    assert hinted(member)
    assert hinted(make_member(space, workshop)) is is_told


def test_who_no_longer_sees_what_helped_hears_nothing_of_it(in_english, space, workshop, member):
    make_factor(member, workshop, "Tijd", make_moment(member, workshop))
    session().scalars(select(WorkingFactor)).one().visibility = Visibility.MAKER
    session().commit()
    assert not hinted(make_member(space, workshop))


def test_nor_who_no_longer_sees_the_moment(in_english, space, workshop, member):
    make_factor(member, workshop, "Tijd", make_moment(member, workshop))
    session().scalars(select(Moment)).one().visibility = Visibility.MAKER
    session().commit()
    assert not hinted(make_member(space, workshop))
    assert hinted(member)

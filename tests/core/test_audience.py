"""Who sees what is decided once: the condition on a table and the function say the same."""

import itertools
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from cocreate.core.audience import Audience, Viewer, Visibility, sees, visible
from cocreate.core.db import session
from cocreate.moments.models import Moment
from tests.factories import make_member, make_space

ROOMS = (uuid.uuid4(), uuid.uuid4())
some_id = st.sampled_from([uuid.UUID(int=number) for number in range(1, 4)])
audiences = st.builds(Audience, st.sampled_from(Visibility), st.none() | some_id, st.none() | some_id)
viewers = st.builds(
    Viewer,
    st.just(uuid.UUID(int=9)),
    st.none() | some_id,
    workshop_ids=st.frozensets(some_id),
    is_in_every_workshop=st.booleans(),
    sees_public=st.booleans(),
    sees_space=st.booleans(),
)


@pytest.fixture
def told(any_database):
    """One moment for every audience there can be, in each of two spaces."""
    with any_database.app_context():
        spaces = [make_space(), make_space()]
        makers = {space.id: [make_member(space).id, make_member(space).id] for space in spaces}
        for space in spaces:
            for maker, room, visibility in itertools.product(makers[space.id], (None, *ROOMS), Visibility):
                session().add(
                    Moment(
                        space_id=space.id,
                        maker_id=maker,
                        workshop_id=room,
                        visibility=visibility,
                        what_happened="",
                    )
                )
        session().commit()
    return spaces, makers


def every_viewer(spaces, makers):
    """Everybody who could look: also combinations that no role has today."""
    rooms = [frozenset(), *(frozenset({room}) for room in ROOMS), frozenset(ROOMS)]
    for space in spaces:
        members = [None, *makers[space.id], *makers[spaces[0].id], uuid.uuid4()]
        for member, attended, everywhere, public, wall in itertools.product(
            members, rooms, *[(False, True)] * 3
        ):
            yield Viewer(
                space.id,
                member,
                workshop_ids=attended,
                is_in_every_workshop=everywhere,
                sees_public=public,
                sees_space=wall,
            )


def test_the_condition_and_the_function_agree_for_all_viewers_and_all_audiences(any_database, told):
    with any_database.app_context():
        moments = list(session().scalars(select(Moment)))
        compared = 0
        for viewer in every_viewer(*told):
            found = set(session().scalars(select(Moment.id).where(visible(viewer, Moment))))
            wanted = {m.id for m in moments if m.space_id == viewer.space_id and sees(viewer, m.audience)}
            assert found == wanted, viewer
            compared += len(moments)
        assert compared == 2 * 6 * 4 * 8 * len(moments)


@given(viewers, audiences)
def test_what_only_the_maker_may_see_nobody_else_sees(viewer, audience):
    if audience.visibility is Visibility.MAKER and sees(viewer, audience):
        assert viewer.membership_id is not None
        assert viewer.membership_id == audience.maker_id


@given(viewers, some_id, st.none() | some_id, st.sampled_from(Visibility), st.sampled_from(Visibility))
def test_showing_to_more_people_hides_it_from_nobody(viewer, maker, room, one, other):
    narrow, wide = sorted((one, other), key=list(Visibility).index)
    if sees(viewer, Audience(narrow, maker, room)):
        assert sees(viewer, Audience(wide, maker, room)) or not (viewer.is_member or viewer.workshop_ids)


@given(audiences)
def test_a_passer_by_sees_what_is_public_and_nothing_else(audience):
    passer_by = Viewer(uuid.uuid4(), sees_public=True)
    assert sees(passer_by, audience) == (audience.visibility is Visibility.PUBLIC)
    assert not sees(Viewer(uuid.uuid4()), audience)


@given(st.sampled_from(Visibility), st.sampled_from(Visibility))
def test_the_least_of_two_is_the_narrower(one, other):
    order = list(Visibility)
    assert one.least(other) == other.least(one) == order[min(order.index(one), order.index(other))]

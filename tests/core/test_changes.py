"""The log: numbers without gaps, in the order of commits, whoever writes at the same time."""

import threading
import uuid

import pytest
from sqlalchemy import func, select

from cocreate.core.changes import Change, LogHead, begin_log, changes_after, changing, head_of
from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.moments.models import Moment
from tests.factories import make_member, make_moment, make_space, make_workshop

WRITERS = 20
EACH = 5


@pytest.fixture
def room(any_database):
    """A workshop with as many people as there are writers."""
    with any_database.app_context():
        space = make_space()
        workshop = make_workshop(space)
        return space, workshop, [make_member(space, workshop) for _ in range(WRITERS)]


def numbers(space_id):
    return list(session().scalars(select(Change.seq).where(Change.space_id == space_id).order_by(Change.seq)))


def test_twenty_writers_leave_no_gap(any_database, room, together):
    space, workshop, people = room
    with any_database.app_context():
        before = head_of(space.id)

    def tell(place):
        return [make_moment(people[place], workshop, f"{place} {n}") for n in range(EACH)]

    told = together(any_database, WRITERS, tell)
    with any_database.app_context():
        assert {len(each) for each in told} == {EACH}
        assert numbers(space.id) == list(range(1, before + WRITERS * EACH + 1))
        assert head_of(space.id) == before + WRITERS * EACH
        assert session().scalar(select(func.count()).select_from(Moment)) == WRITERS * EACH


def test_a_reader_never_sees_a_number_appear_below_one_it_saw(any_database, room, together):
    space, workshop, people = room
    done = threading.Event()
    seen = []

    def read():
        with any_database.app_context():
            last = 0
            while True:
                is_last_look = done.is_set()
                found = [change.seq for change in changes_after(space.id, 0, 10_000)]
                session().rollback()
                seen.append((last, found))
                last = found[-1]
                if is_last_look:
                    return

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    together(any_database, WRITERS, lambda place: [make_moment(people[place], workshop) for _ in range(EACH)])
    done.set()
    reader.join()
    assert len(seen) > 1
    for last, found in seen:
        assert found == list(range(1, len(found) + 1)), "a gap was visible"
        assert found[-1] >= last


def test_what_is_rolled_back_leaves_no_gap(any_database, room):
    space, workshop, people = room
    with any_database.app_context():
        before = head_of(space.id)

        def fail():
            with changing(space.id):
                make_moment(people[0], workshop)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert head_of(space.id) == before
        make_moment(people[0], workshop)
        assert numbers(space.id) == list(range(1, before + 2))
        assert session().scalar(select(func.count()).select_from(Moment)) == 1


def test_each_space_counts_for_itself(in_context):
    one, other = make_space(), make_space()
    workshop = make_workshop(one)
    make_moment(make_member(one, workshop), workshop)
    assert numbers(one.id) == list(range(1, len(numbers(one.id)) + 1))
    assert numbers(other.id) == [1]


def test_what_is_written_inside_commits_together(in_context, space):
    before = head_of(space.id)
    with changing(space.id) as log, changing(space.id) as same:
        assert log is same
    assert head_of(space.id) == before  # nothing was recorded, so no number was given out


def test_a_space_without_a_log_cannot_be_changed(in_context):
    with pytest.raises(NotFound), changing(uuid.uuid4()):
        pass


def test_the_next_changes_come_in_order_and_no_more_than_asked(in_context, space, workshop, member):
    for number in range(5):
        make_moment(member, workshop, str(number))
    head = head_of(space.id)
    assert [change.seq for change in changes_after(space.id, head - 4, 3)] == [head - 3, head - 2, head - 1]
    assert changes_after(space.id, head, 3) == []


def test_a_log_begins_at_nothing(in_context):
    space_id = uuid.uuid4()
    begin_log(space_id)
    assert session().get(LogHead, space_id).seq == 0
    session().rollback()

"""The ledger stands apart: from who came, from what they told, and from the moment a line was written."""

import uuid
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import DateTime, func, inspect, select

from cocreate.compensation.models import Compensation
from cocreate.compensation.queries import lines_of
from cocreate.compensation.rules import Kind
from cocreate.compensation.service import Thanks, remove_line, write_down
from cocreate.core.changes import Change, Receipt
from cocreate.core.db import db, session
from tests.factories import make_compensation, make_space
from tests.privacy.test_erasure import files_with, places_with

OURS = ("compensation", "thanks_note")


def test_our_tables_know_the_space_and_nobody_in_it():
    for name in OURS:
        table = db.metadata.tables[name]
        assert {key.column.table.name for key in table.foreign_keys} == {"space"}, name
        # Also without a foreign key: an id in a column could still be somebody's.
        ids = {column.name for column in table.columns if column.name.endswith("_id") or column.name == "id"}
        assert ids <= {"id", "space_id"}, name


def test_no_other_table_points_to_ours():
    for table in db.metadata.tables.values():
        if table.name not in OURS:
            assert not {key.column.table.name for key in table.foreign_keys} & set(OURS), table.name
            assert not [
                each for each in table.columns if "compensation" in each.name or "thanks" in each.name
            ]


def test_a_line_keeps_no_time(in_context):
    table = db.metadata.tables["compensation"]
    assert not [column.name for column in table.columns if isinstance(column.type, DateTime)]
    space = make_space()
    make_compensation(space, "Anna", "Ben")
    assert all(line.id.version != 7 for line in lines_of(space.id))  # those carry the millisecond
    assert Compensation.__table__.c.id.default.arg(None).version == 4


def test_the_database_keeps_no_order_of_arrival(in_context):
    assert "rowid" not in inspect(db.engine).get_columns("compensation")
    with db.engine.connect() as connection:
        made = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name = 'compensation'"
        ).scalar()
    assert "WITHOUT ROWID" in made
    space = make_space()
    make_compensation(space, *"bdace")
    with db.engine.connect() as connection:
        ids = [row[0] for row in connection.exec_driver_sql("SELECT id FROM compensation")]
    assert ids == sorted(ids)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(st.permutations(["Anna", "ben", "Carla", "dirk", "Anna"]), st.data())
def test_lines_stand_by_day_and_name_however_they_came(in_context, names, data):
    space = make_space()
    for name in names:
        on = data.draw(st.dates(date(2026, 5, 1), date(2026, 5, 3)))
        write_down(
            space.steward.viewer, [name], Thanks("Spelmiddag", on, Kind.MONEY, cents=500), uuid.uuid4()
        )
    found = [(-line.on.toordinal(), line.label.casefold()) for line in lines_of(space.id)]
    assert found == sorted(found)
    assert len(found) == len(names)


def test_nothing_of_it_is_in_the_log(in_context):
    space = make_space()
    counts = [select(func.count()).select_from(kind) for kind in (Change, Receipt)]
    before = [session().scalar(count) for count in counts]
    make_compensation(space, "Anna", "Ben")
    assert [session().scalar(count) for count in counts] == before
    assert len(lines_of(space.id)) == 2


def test_who_knows_a_line_does_not_know_its_sheet(in_context):
    space = make_space()
    sheet, thanks = uuid.uuid4(), Thanks("Spelmiddag", date(2026, 5, 1), Kind.MONEY, cents=1500)
    write_down(space.steward.viewer, ["Anna", "Ben", "Anna"], thanks, sheet)
    lines = lines_of(space.id)
    assert [line.label for line in lines] == ["Anna", "Anna", "Ben"]
    assert sheet.hex not in {line.id.hex for line in lines}
    assert len({line.id.hex[:8] for line in lines}) == 3  # nothing they have in common


def test_a_name_stands_in_one_place_and_goes_with_its_line(in_context):
    space = make_space()
    make_compensation(space, "kanarie7391")
    assert places_with(in_context, "kanarie7391") == {("compensation", "label")}
    remove_line(space.steward.viewer, lines_of(space.id)[0].id)
    assert places_with(in_context, "kanarie7391") == set()
    assert files_with(in_context, "kanarie7391") == []

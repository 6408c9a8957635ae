"""Models and migrations agree, and every migration can be gone back and forth, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import delete, inspect, select, update

from cocreate.core.db import db, session
from cocreate.trajectories.models import Trajectory
from cocreate.workshops.models import Workshop
from tests.factories import (
    make_factor,
    make_impact,
    make_indicator,
    make_member,
    make_moment,
    make_node,
    make_space,
    make_stance,
    make_workshop,
)


def differences(app):
    with app.app_context(), db.engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        return compare_metadata(context, db.metadata)


def tables(app):
    with app.app_context():
        return set(inspect(db.engine).get_table_names())


def test_models_and_migrations_agree(any_database):
    assert differences(any_database) == []


def test_every_constraint_and_index_of_the_models_is_in_the_database(any_database):
    with any_database.app_context():
        found = inspect(db.engine)
        for table in db.metadata.tables.values():
            unique = {frozenset(each["column_names"]) for each in found.get_unique_constraints(table.name)}
            wanted = {
                frozenset(column.name for column in constraint.columns)
                for constraint in table.constraints
                if type(constraint).__name__ == "UniqueConstraint"
            }
            assert wanted <= unique, table.name
            keys = {tuple(each["constrained_columns"]) for each in found.get_foreign_keys(table.name)}
            assert {(key.parent.name,) for key in table.foreign_keys} == keys, table.name


def test_back_to_nothing_and_up_again(any_database):
    before = tables(any_database)
    with any_database.app_context():
        downgrade(revision="base")
    assert tables(any_database) == {"alembic_version"}
    with any_database.app_context():
        upgrade()
    assert tables(any_database) == before
    assert differences(any_database) == []


def test_upgrading_twice_changes_nothing(any_database):
    before = tables(any_database)
    with any_database.app_context():
        upgrade()
    assert tables(any_database) == before


def test_a_column_that_is_missing_would_be_noticed(app):
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE moment DROP COLUMN why_it_mattered")
    assert [kind for kind, *_rest in differences(app)] == ["add_column"]


@pytest.mark.parametrize(
    "pragma", [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)]
)
def test_sqlite_is_careful(app, pragma):
    name, wanted = pragma
    with app.app_context(), db.engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {name}").scalar() == wanted


RELEASED = ("0003", "0004", "0005", "0006")  # schemas that installations with data in them come from


@pytest.mark.parametrize("release", RELEASED)
def test_data_in_an_older_schema_is_all_there_after_an_upgrade(any_database, release):
    """A full house goes back to an older schema, as installations have it, and comes up again."""
    app = any_database
    with app.app_context():
        space = make_space()
        workshop = make_workshop(space)
        member = make_member(space, workshop)
        impact = make_impact(member, workshop)
        make_stance(member, workshop, impact)
        make_indicator(member, workshop, impact)
        make_factor(member, workshop, "Tijd", make_moment(member, workshop))
        make_node(member, workshop, "Soep")
        downgrade(revision=release)
        before = rows(app)
        upgrade()
        after = rows(app)
    assert before["workshop"]
    assert before["step"]
    assert before["desired_impact"]
    for table, some in before.items():
        if table == "alembic_version":
            continue
        columns = set().union(*some) if some else set()
        assert [{name: row[name] for name in columns} for row in after[table]] == some, table
    assert differences(app) == []


def test_a_meeting_of_which_a_later_one_took_the_map_has_it_again(any_database):
    with any_database.app_context():
        space = make_space()
        first, second, empty = make_workshop(space), make_workshop(space), make_workshop(space)
        make_node(make_member(space, first), first, "Soep")
        downgrade(revision="0006")
        with db.engine.begin() as connection:
            taken = update(Trajectory).where(Trajectory.id == first.trajectory_id)
            connection.execute(delete(Trajectory).where(Trajectory.id.in_([second.trajectory_id])))
            connection.execute(delete(Trajectory).where(Trajectory.id.in_([empty.trajectory_id])))
            connection.execute(taken.values(workshop_id=second.id))
        upgrade()
        kept = dict(session().execute(select(Workshop.id, Workshop.trajectory_id)).all())
    assert kept == {first.id: first.trajectory_id, second.id: first.trajectory_id, empty.id: None}


def rows(app):
    """Everything in every table, by its primary key."""
    with db.engine.connect() as connection:
        found = inspect(connection)
        kept = {}
        for name in found.get_table_names():
            order = ", ".join(f'"{each}"' for each in found.get_pk_constraint(name)["constrained_columns"])
            query = f'SELECT * FROM "{name}"' + (f" ORDER BY {order}" if order else "")
            kept[name] = [dict(row._mapping) for row in connection.exec_driver_sql(query)]
    return kept

"""Models and migrations agree, and every migration can be gone back and forth, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from cocreate.core.db import db


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

"""Runs migrations inside the application, each in one transaction: old or new, never mixed."""

from contextlib import contextmanager

from alembic import context
from flask import current_app

from cocreate.core.db import UTCDateTime

migrate = current_app.extensions["migrate"]


def no_empty_revision(_context, _revision, directives):
    """Write no migration when models and database agree."""
    if getattr(context.config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives[:] = []


def render_item(kind, item, _autogen):
    """Write our own type as what the database knows, so that old migrations outlive our code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UTCDateTime) else False


@contextmanager
def foreign_keys_at_rest(connection):
    """SQLite makes a table anew to change it: meanwhile what points to it points to nothing."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.dbapi_connection  # inside a transaction this setting does nothing
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def keep_whole(connection):
    """After each migration, before it is committed: nothing points to what is not there."""
    if connection.dialect.name == "sqlite":
        astray = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if astray:
            raise RuntimeError(f"This migration would leave {len(astray)} rows that point to nothing.")


with migrate.db.engine.connect() as connection, foreign_keys_at_rest(connection):
    context.configure(
        connection=connection,
        target_metadata=migrate.db.metadata,
        transaction_per_migration=True,
        process_revision_directives=no_empty_revision,
        render_item=render_item,
        on_version_apply=lambda ctx, **_facts: keep_whole(ctx.connection),
        **migrate.configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()

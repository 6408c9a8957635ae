"""Runs migrations inside the application, each in one transaction: old or new, never mixed."""

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


with migrate.db.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=migrate.db.metadata,
        transaction_per_migration=True,
        process_revision_directives=no_empty_revision,
        render_item=render_item,
        **migrate.configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()

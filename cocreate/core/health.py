"""Is it alive, and can it keep what people send?"""

from flask import Flask, Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from cocreate.core.db import session


def init_app(app: Flask) -> None:
    """Register `/healthz` and `/readyz`."""
    app.add_url_rule("/healthz", "core.healthz", lambda: jsonify(status="ok"))
    app.add_url_rule("/readyz", "core.readyz", _ready)


def _ready() -> tuple[Response, int]:
    try:
        version = session().execute(text("SELECT version_num FROM alembic_version")).scalar()
    except SQLAlchemyError:
        return jsonify(status="the database does not answer, or was never set up"), 503
    if version is None:
        return jsonify(status="the database was never set up"), 503
    return jsonify(status="ok", schema=version), 200

"""Core: what every feature stands on."""

from datetime import date, datetime

from babel.dates import format_date, format_time
from flask import Flask
from flask_migrate import Migrate
from heroicons.jinja import heroicon_outline

from cocreate.config import Config
from cocreate.core import assets, errors, forms, health, i18n, logs, security
from cocreate.core.clocks import on_clock
from cocreate.core.db import db
from cocreate.core.resources import resource

__all__ = ["init_app", "resource"]

migrate = Migrate(render_as_batch=True)


def init_app(app: Flask, config: Config) -> None:
    """Attach settings, database, language, security, assets, errors and logging."""
    app.extensions["cocreate"] = config
    app.config.update(
        TESTING=config.testing,
        SQLALCHEMY_DATABASE_URI=config.sqlalchemy_url,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(config),
    )
    logs.init_app(app, config)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(resource("migrations")))
    i18n.init_app(app)
    security.init_app(app, config)
    assets.init_app(app)
    errors.init_app(app)
    health.init_app(app)
    app.jinja_env.globals.update(heroicon_outline=heroicon_outline)
    app.jinja_env.globals["needed"] = forms.needed
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        local_time=_local_time, local_date=_local_date, day_words=_day_words, percent=i18n.percent
    )


def _engine_options(config: Config) -> dict[str, object]:
    # Without hiding, the message of a failed statement would carry people's words into the log.
    options: dict[str, object] = {"hide_parameters": True}
    if config.is_sqlite:
        return options | {"connect_args": {"check_same_thread": False}, "pool_size": 20, "max_overflow": 40}
    return options | {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 20}


def _locale() -> str:
    # Plain “en” would put the month first, as Americans do.
    return {"en": "en_GB"}.get(i18n.current_language(), i18n.current_language())


def _local_time(at: datetime, zone: str) -> str:
    return str(format_time(on_clock(at, zone), "HH:mm", locale=_locale()))


def _local_date(at: date, zone: str) -> str:
    return _day_words(on_clock(at, zone) if isinstance(at, datetime) else at)


def _day_words(day: date) -> str:
    return str(format_date(day, "long", locale=_locale()))

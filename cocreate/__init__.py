"""Cocreate: decide together what change you want, how you would notice it, and draw the road there."""

from flask import Flask

from cocreate.config import Config


def create_app(config: Config | None = None) -> Flask:
    """The application. It reads and writes nothing but the secret key until it is asked something."""
    from cocreate import (
        accounts,
        compensation,
        core,
        impacts,
        indicators,
        live,
        moments,
        privacy,
        replies,
        reports,
        spaces,
        trajectories,
        workshops,
    )

    config = config or Config.from_environment()
    app = Flask("cocreate", template_folder=str(core.resource("templates")), static_folder=None)
    core.init_app(app, config)
    for feature in (accounts, spaces, impacts, indicators, moments, replies, trajectories, compensation):
        feature.init_app(app)
    for surface in (workshops, live, privacy, reports):
        surface.init_app(app)
    return app

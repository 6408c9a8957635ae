"""The three live surfaces of a workshop, and its door."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the routes."""
    from cocreate.workshops.views import console, door, screen, stage

    for part in (console, door, screen, stage):
        app.register_blueprint(part.blueprint)

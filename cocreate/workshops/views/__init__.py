"""The three live surfaces of a workshop, and its door."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the routes."""
    from cocreate.workshops.views import (
        activities,
        agendas,
        arrivals,
        console,
        door,
        harvest,
        paper,
        preparing,
        reading_back,
        rescue,
        screen,
        series,
        sheets,
        stage,
        steering,
    )

    for part in (
        activities,
        agendas,
        arrivals,
        console,
        door,
        harvest,
        paper,
        preparing,
        reading_back,
        rescue,
        screen,
        series,
        sheets,
        stage,
        steering,
    ):
        app.register_blueprint(part.blueprint)

"""Reports: the library, the front page of a space."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the routes."""
    from cocreate.reports import views

    app.register_blueprint(views.blueprint)

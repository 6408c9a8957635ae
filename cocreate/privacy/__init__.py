"""Privacy: my contributions, withdrawal, the register of tables that hold people."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the routes."""
    from cocreate.privacy import views

    app.register_blueprint(views.blueprint)

"""Accounts and guests: people, sign-in, return codes."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register sign-in, the routes and the commands of accounts."""
    from cocreate.accounts import cli, identity, views

    identity.init_app(app)
    app.register_blueprint(views.blueprint)
    cli.init_app(app)

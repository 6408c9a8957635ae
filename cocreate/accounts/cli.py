"""Accounts from the command line."""

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from cocreate.accounts import service

group = AppGroup("account", help="Accounts of people who lead workshops.")


@group.command("link")
@click.argument("email")
def make_link(email: str) -> None:
    """Print a link that signs EMAIL in once, within a day. For who lost the password."""
    account = service.find_account(email)
    if account is None:
        raise click.ClickException(f"There is no account with the address {email}.")
    click.echo(sign_in_link(service.make_sign_in_link(account.person_id)))


def sign_in_link(token: str) -> str:
    """The whole address of a sign-in link."""
    base = current_app.extensions["cocreate"].base_url or "http://localhost:8000"
    return f"{base.rstrip('/')}/sign-in/link#{token}"


def init_app(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)

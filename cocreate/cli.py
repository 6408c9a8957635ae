"""The command line: `cocreate run`, `cocreate import`, and the few other things a host needs."""

import json
import logging
import os
import socket
import sys
from dataclasses import fields

import click
import psutil
from flask import Flask, current_app
from flask.cli import FlaskGroup, with_appcontext

from cocreate import create_app
from cocreate.accounts import service as accounts
from cocreate.accounts.cli import sign_in_link
from cocreate.config import Config, SettingError
from cocreate.core.qr import qr_terminal
from cocreate.spaces.imports import group as import_group


def _create() -> Flask:
    try:
        return create_app()
    except SettingError as error:
        raise click.ClickException(str(error)) from error


@click.group(cls=FlaskGroup, create_app=_create, add_default_commands=False, add_version_option=False)
@click.version_option(package_name="cocreate", prog_name="cocreate")
def main() -> None:
    """Cocreate: decide together what change you want, and how you would notice it."""


main.add_command(import_group)


@main.command(with_appcontext=False)
@click.option("--address", default="0.0.0.0:8000", show_default=True, help="Where to listen: address:port.")
@click.option("--example/--no-example", default=False, help="Fill an example space the first time.")
def run(address: str, example: bool) -> None:
    """Bring the database up to date and serve, with one process, until Ctrl-C."""
    from gevent import monkey

    monkey.patch_all()
    host, _, port = address.rpartition(":")
    if not os.environ.get("COCREATE_BASE_URL"):
        shown = _network_address() if host in ("0.0.0.0", "", "[::]") else host
        os.environ["COCREATE_BASE_URL"] = f"http://{shown}:{port}"
    logging.getLogger("alembic").setLevel(logging.WARNING)
    _refuse_busy_port(host or "0.0.0.0", int(port))
    app = _create()
    with app.app_context():
        _upgrade()
        if example:
            _welcome()
    from cocreate.serving import serve

    serve(app, f"{host or '0.0.0.0'}:{port}")


@main.command("migrate")
@with_appcontext
def migrate() -> None:
    """Bring the database up to date, and do nothing else."""
    _upgrade()
    click.echo("The database is up to date.")


@main.command("settings", with_appcontext=False)
def settings() -> None:
    """List every setting: its name, what it is now, what it is for. Secrets are not shown."""
    config = Config.from_environment()
    for each in fields(config):
        value = getattr(config, each.name)
        shown = "(secret)" if each.name == "secret_key" and value else json.dumps(str(value))
        click.echo(f"{each.metadata['env']} = {shown}\n    {each.metadata['doc']}")


def _upgrade() -> None:
    from flask_migrate import upgrade

    config: Config = current_app.extensions["cocreate"]
    if config.is_sqlite:
        config.data.mkdir(parents=True, exist_ok=True)
    upgrade()


def _welcome() -> None:
    """Fill the example the first time; then say how to come in, in words and as a picture."""
    from cocreate.example import example_workshop, facilitator

    base = current_app.extensions["cocreate"].base_url
    workshop = example_workshop()
    link = sign_in_link(accounts.make_sign_in_link(facilitator()))
    local = link.replace(base, f"http://localhost:{base.rpartition(':')[2]}")
    lines = ["", "  Cocreate is running.", "", f"  Facilitator, sign in here:  {local}"]
    if workshop and workshop.code:
        lines += [
            f"  Participants, go to:        {base}/join",
            f"  and type the code:          {workshop.code}",
            "",
        ]
        lines.append(qr_terminal(f"{base}/join#{workshop.code}"))
    lines.append("  Stop with Ctrl-C.")
    click.echo("\n".join(lines))
    sys.stdout.flush()


def _network_address() -> str:
    """The address of this machine on its local network, asked from the machine itself."""
    for name, addresses in sorted(psutil.net_if_addrs().items()):
        is_inside = name.startswith(("lo", "docker", "br-", "veth", "virbr"))
        for each in addresses:
            if each.family == socket.AF_INET and not is_inside and not each.address.startswith("169.254."):
                return str(each.address)
    return "localhost"


def _refuse_busy_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} is in use. Stop what runs there, or choose another: --address 0.0.0.0:{port + 1}"
            ) from error

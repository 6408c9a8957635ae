"""The command line: `cocreate run`, `cocreate import`, and the few other things a host needs."""

import errno
import json
import logging
import os
import re
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import Any

import click
import psutil
from flask import Flask, current_app
from flask.cli import AppGroup, ScriptInfo, with_appcontext
from sqlalchemy.exc import ArgumentError, DBAPIError

from cocreate import create_app
from cocreate.accounts import service as accounts
from cocreate.accounts.cli import group as account_group
from cocreate.accounts.cli import sign_in_link
from cocreate.config import Config, SettingError
from cocreate.core.qr import qr_terminal
from cocreate.impacts.cli import import_polis
from cocreate.spaces.imports import group as import_group
from cocreate.trajectories.cli import export_group, import_map

EVERYWHERE = ("0.0.0.0", "[::]")  # noqa: S104
# What a machine calls itself on a hotspot of its own: Linux with NetworkManager, Windows, macOS.
HOTSPOTS = ("10.42.0.1", "192.168.137.1", "192.168.2.1")
NEVER_SET_UP = ("no such table", "no such column", "UndefinedTable", "UndefinedColumn")


def _create() -> Flask:
    return create_app()


class _Commands(AppGroup):
    """The commands, with the application made only for those that need it, and errors in plain words."""

    def make_context(self, info_name: str | None, args: list[str], **extra: Any) -> click.Context:  # type: ignore[override]
        """A context that knows how to make the application."""
        extra.setdefault("obj", ScriptInfo(create_app=_create, set_debug_flag=False))
        return super().make_context(info_name, args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with _plain_words():
            return super().invoke(ctx)


@contextmanager
def _plain_words() -> Iterator[None]:
    """What a host can repair is said in one line; what only a programmer can, keeps its trace."""
    try:
        yield
    except SettingError as error:
        raise click.ClickException(str(error)) from error
    except ArgumentError as error:
        raise click.ClickException(f"DATABASE_URL is no address of a database we know: {error}") from error
    except ModuleNotFoundError as error:
        raise click.ClickException(f"The Python package “{error.name}” is not installed here.") from error
    except DBAPIError as error:
        reason = " ".join(f"{type(error.orig).__name__}: {error.orig}".split())
        if any(word in reason for word in NEVER_SET_UP):
            raise click.ClickException("The database is not up to date. Run: cocreate migrate") from error
        if not error.connection_invalidated and type(error).__name__ != "OperationalError":
            raise
        raise click.ClickException(f"The database cannot be used. {reason}") from error
    except OSError as error:
        if error.filename is None:
            raise
        raise click.ClickException(f"{error.filename} cannot be used: {error.strerror}.") from error


@click.group(cls=_Commands)
@click.version_option(package_name="cocreate", prog_name="cocreate")
def main() -> None:
    """Cocreate: decide together what change you want, and how you would notice it."""


main.add_command(account_group)
main.add_command(import_group)
main.add_command(export_group)
import_group.add_command(import_map)
import_group.add_command(import_polis)


@main.command(with_appcontext=False)
@click.option("--address", default="0.0.0.0:8000", show_default=True, help="Where to listen: address:port.")
@click.option("--example/--no-example", default=False, help="Fill an example space the first time.")
@click.option("--certificate", default="", help="Serve https with this certificate, a PEM file.")
@click.option("--key", default="", help="The key of the certificate, a PEM file.")
def run(address: str, example: bool, certificate: str, key: str) -> None:
    """Bring the database up to date and serve, with one process, until Ctrl-C."""
    from cocreate.serving import check_certificate, serve

    host, port = _read_address(address)
    secured = check_certificate(certificate, key)
    if not os.environ.get("COCREATE_BASE_URL"):
        shown = _network_address() if host in EVERYWHERE else host
        os.environ["COCREATE_BASE_URL"] = f"{'https' if secured else 'http'}://{shown}:{port}"
    logging.getLogger("alembic").setLevel(logging.WARNING)
    _refuse_busy_port(host, port)
    with _create().app_context():
        _upgrade()
        if example:
            _welcome(port)
    serve(f"{host}:{port}", secured)


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
        is_secret = each.name == "secret_key" and value
        shown = "(secret)" if is_secret else json.dumps(_without_password(str(value)))
        click.echo(f"{each.metadata['env']} = {shown}\n    {each.metadata['doc']}")


def _without_password(address: str) -> str:
    return re.sub(r"(?<=://)([^:/@]*):[^@]*@", r"\1:(secret)@", address)


def _upgrade() -> None:
    from flask_migrate import upgrade

    config: Config = current_app.extensions["cocreate"]
    if config.is_sqlite:
        config.data.mkdir(parents=True, exist_ok=True)
    upgrade()


def _welcome(port: int) -> None:
    """Fill the example the first time; then say how to come in, in words and as a picture."""
    from cocreate.example import example_workshop, facilitator

    base = current_app.extensions["cocreate"].base_url
    workshop = example_workshop()
    link = sign_in_link(accounts.make_sign_in_link(facilitator()))
    # Whoever leads sits at this machine; an address that was set on purpose is better known than ours.
    scheme = base.partition(":")[0]
    local = link.replace(base, f"{scheme}://localhost:{port}") if base.endswith(f":{port}") else link
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
    inside = ("lo", "docker", "br-", "veth", "virbr")
    found = [
        str(each.address)
        for name, addresses in sorted(psutil.net_if_addrs().items())
        for each in addresses
        if each.family == socket.AF_INET and not name.startswith(inside)
    ]
    near = [address for address in found if not address.startswith("169.254.")]
    # Who makes a hotspot beside a cable wants people on the hotspot.
    return next((address for address in near if address in HOTSPOTS), near[0] if near else "localhost")


def _read_address(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:  # noqa: PLR2004
        raise click.ClickException(f"“{address}” is not an address and a port, such as 0.0.0.0:8000.")
    return host or EVERYWHERE[0], int(port)


def _refuse_busy_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise click.ClickException(f"We cannot listen on {host}:{port}: {error.strerror}.") from error
            raise click.ClickException(
                f"Port {port} is in use. Stop what runs there, or choose another: --address {host}:{port + 1}"
            ) from error

"""Serving with gunicorn and gevent: one process holds all the open streams."""

import os
import ssl
import sys
from pathlib import Path

from cocreate.config import SettingError

OPTIONS = {
    "worker-class": "gevent",
    "workers": "1",
    "worker-connections": "4000",
    # Open streams would otherwise hold a stop for half a minute.
    "graceful-timeout": "2",
    "timeout": "60",
    "keep-alive": "5",
    "log-level": "warning",
    "config": str(Path(__file__).with_name("core") / "greeting.py"),
}


def check_certificate(certificate: str, key: str) -> list[str]:
    """What gunicorn has to know to speak https; nothing for http. `SettingError` when they cannot be used."""
    if not certificate and not key:
        return []
    if not certificate or not key:
        raise SettingError("Https needs both: --certificate FILE and --key FILE.")
    for path in (certificate, key):
        if not Path(path).is_file():
            raise SettingError(f"{path} is not there.")
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
    except ssl.SSLError as error:
        raise SettingError(
            f"{certificate} and {key} are no certificate and its key in PEM, or do not belong together."
        ) from error
    return ["--certfile", certificate, "--keyfile", key]


def serve(bind: str, secured: list[str]) -> None:
    """Become the server, under the same process id, until stopped.

    A new program, not a call: gevent must be there before the first lock is made, and neither
    a database connection nor a running timer may be carried into gunicorn's worker.
    """
    options = [part for name, value in OPTIONS.items() for part in (f"--{name}", value)]
    command = [sys.executable, "-m", "gunicorn", *options]
    # Two installations on one machine would share the control socket.
    command += ["--no-control-socket", "--bind", bind, *secured, "cocreate:create_app()"]
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, command)  # noqa: S606

"""Serving with gunicorn and gevent: one process holds all the open streams."""

import os
import sys

OPTIONS = {
    "worker-class": "gevent",
    "workers": "1",
    "worker-connections": "4000",
    # Open streams would otherwise hold a stop for half a minute.
    "graceful-timeout": "2",
    "timeout": "60",
    "keep-alive": "5",
    "log-level": "warning",
}


def serve(bind: str) -> None:
    """Become the server, under the same process id, until stopped.

    A new program, not a call: gevent must be there before the first lock is made, and neither
    a database connection nor a running timer may be carried into gunicorn's worker.
    """
    options = [part for name, value in OPTIONS.items() for part in (f"--{name}", value)]
    command = [sys.executable, "-m", "gunicorn", *options]
    # Two installations on one machine would share the control socket.
    command += ["--no-control-socket", "--bind", bind, "cocreate:create_app()"]
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, command)  # noqa: S606

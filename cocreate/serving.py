"""Serving with gunicorn and gevent: one process holds all the open streams."""

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

OPTIONS: dict[str, Any] = {
    "worker_class": "gevent",
    "workers": 1,
    "worker_connections": 4000,
    # Open streams would otherwise hold a stop for half a minute.
    "graceful_timeout": 2,
    "timeout": 60,
    "keepalive": 5,
    "loglevel": "warning",
}


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, app: Flask, bind: str) -> None:
        self._app = app
        self._bind = bind
        super().__init__()

    def load_config(self) -> None:
        for name, value in {**OPTIONS, "bind": self._bind}.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app


def serve(app: Flask, bind: str) -> None:
    """Serve until stopped."""
    _Server(app, bind).run()

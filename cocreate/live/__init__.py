"""Live: server-sent events over the change log."""

import uuid
from functools import cache

from flask import Flask, current_app

from cocreate.config import Config
from cocreate.core.changes import on_commit
from cocreate.core.whispers import Whisper, on_whisper
from cocreate.live.hub import Hub
from cocreate.live.views import bp


def init_app(app: Flask) -> None:
    """Register the stream; from now on every commit and whisper in this process reaches it."""
    config: Config = app.extensions["cocreate"]
    app.extensions["cocreate.live"] = Hub(app, config)
    app.register_blueprint(bp)
    _listen()


@cache
def _listen() -> None:
    # Once for each process, however many applications its tests make.
    on_commit(_tell)
    on_whisper(_pass_on)


def _tell(space_id: uuid.UUID, seq: int) -> None:
    hub: Hub | None = current_app.extensions.get("cocreate.live")
    if hub:
        hub.touch(space_id, seq)


def _pass_on(whisper: Whisper) -> None:
    hub: Hub | None = current_app.extensions.get("cocreate.live")
    if hub:
        hub.hear(whisper)

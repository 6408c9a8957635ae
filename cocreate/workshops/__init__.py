"""Workshops: agenda, steps, stage, console, screen."""

from flask import Flask

from cocreate.core.audience import Visibility
from cocreate.core.changes import Change
from cocreate.core.faces import Face, View, register_face


def init_app(app: Flask) -> None:
    """Register the routes, and how moves and arrivals look on live surfaces."""
    from cocreate.core.qr import qr_data_uri
    from cocreate.workshops import views

    views.init_app(app)
    register_face("stage", _stage_face)
    register_face("room", _room_face)
    app.jinja_env.globals.update(qr_data_uri=qr_data_uri, Visibility=Visibility)


def _stage_face(change: Change, _view: View) -> Face:
    return Face({"step_id": change.payload.get("step_id"), "kind": change.payload.get("kind")})


def _room_face(_change: Change, view: View) -> Face | None:
    # Tablets need not hear who comes in; thirty arrivals would be nine hundred messages.
    return Face() if view in (View.CONSOLE, View.SCREEN) else None

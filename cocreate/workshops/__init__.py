"""Workshops: agenda, steps, stage, console, screen."""

from flask import Flask

from cocreate.core.audience import Visibility
from cocreate.core.changes import Change
from cocreate.core.faces import Face, View, register_face


def init_app(app: Flask) -> None:
    """Register the routes, and how moves and arrivals look on live surfaces."""
    from cocreate.core.qr import qr_data_uri
    from cocreate.workshops import views
    from cocreate.workshops.faces import hiding_face
    from cocreate.workshops.words import step_question, who_chose

    views.init_app(app)
    register_face("stage", _stage_face)
    register_face("room", _room_face)
    register_face("workshop", _room_face)  # who leads, and whether anybody new comes in
    register_face("hiding", hiding_face)
    app.jinja_env.globals.update(
        qr_data_uri=qr_data_uri, Visibility=Visibility, step_question=step_question, who_chose=who_chose
    )


def _stage_face(change: Change, view: View) -> Face | None:
    """What every clock and every stage needs to follow, as it is now."""
    from cocreate.workshops.faces import LED, led_face
    from cocreate.workshops.queries.pace import pace_of

    if change.verb in LED:
        return led_face(change, view)
    moved = {"step_id": change.payload.get("step_id"), "kind": change.payload.get("kind")}
    return Face({**moved, **pace_of(change.subject_id)})


def _room_face(_change: Change, view: View) -> Face | None:
    # Tablets need not hear who comes in; thirty arrivals would be nine hundred messages.
    return Face() if view in (View.CONSOLE, View.SCREEN) else None

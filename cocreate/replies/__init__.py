"""Replies: what people say in a meeting besides moments, wishes and signs."""

from dataclasses import replace

from flask import Flask

from cocreate.core.cards import CardKind, register_card
from cocreate.core.changes import Change
from cocreate.core.faces import Face, View, register_face
from cocreate.replies.models import Commitment, Reply, SummaryCheck
from cocreate.replies.queries import commitment_facts, reply_facts
from cocreate.spaces.shelves import card_face


def init_app(app: Flask) -> None:
    """Register the routes, the cards and the faces."""
    from cocreate.replies import views
    from cocreate.replies.words import mood_words

    app.register_blueprint(views.blueprint)
    register_card(Reply.topic, CardKind("replies/_reply.html", reply_facts))
    register_card(Commitment.topic, CardKind("replies/_commitment.html", commitment_facts))
    register_face(Reply.topic, _reply_face)
    register_face(Commitment.topic, card_face(Commitment))
    register_face("summary", _summary_face)
    register_face(SummaryCheck.topic, _check_face)
    app.jinja_env.globals.update(mood_words=mood_words)


def _reply_face(change: Change, view: View) -> Face | None:
    """A card, and to which of the open questions it belongs."""
    from cocreate.core.db import session

    face = card_face(Reply)(change, view)
    made = session().get(Reply, change.subject_id)
    if face is None or made is None or "card" not in face.data:
        return face
    return replace(face, data={**face.data, "step_id": str(made.step_id)})


def _check_face(_change: Change, view: View) -> Face | None:
    # The console hears that somebody said something, and looks how many did.
    return Face() if view is View.CONSOLE else None


def _summary_face(_change: Change, view: View) -> Face | None:
    # Only that there is something new to read back: each surface fetches it as it shows it.
    return Face() if view is not View.LIBRARY else None

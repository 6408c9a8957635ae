"""Meaningful moments."""

from flask import Flask

from cocreate.core.cards import CardKind, register_card
from cocreate.core.faces import register_face
from cocreate.moments.models import Moment
from cocreate.spaces.shelves import card_face, facts


def init_app(app: Flask) -> None:
    """Register the routes, the card and the face of moments."""
    from cocreate.moments import views

    app.register_blueprint(views.blueprint)
    register_card(Moment.topic, CardKind("moments/_card.html", lambda ids: facts(Moment, ids)))
    register_face(Moment.topic, card_face(Moment))

"""Meaningful moments, and what helped in them."""

from flask import Flask

from cocreate.core.cards import CardKind, register_card
from cocreate.core.faces import register_face
from cocreate.moments.faces import CHIP, factor_face
from cocreate.moments.models import Moment, WorkingFactor
from cocreate.spaces.shelves import card_face, facts


def init_app(app: Flask) -> None:
    """Register the routes, the cards and the faces of moments and of what helped."""
    from cocreate.moments import views

    app.register_blueprint(views.blueprint)
    register_card(Moment.topic, CardKind("moments/_card.html", lambda ids: facts(Moment, ids)))
    register_face(Moment.topic, card_face(Moment))
    register_card(
        WorkingFactor.topic, CardKind("moments/_factor.html", lambda ids: facts(WorkingFactor, ids))
    )
    register_card(CHIP, CardKind("moments/_chip.html", lambda ids: facts(WorkingFactor, ids)))
    register_face(WorkingFactor.topic, factor_face)

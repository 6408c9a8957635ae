"""Desired impacts and the stances people take on them."""

from flask import Flask

from cocreate.core.cards import CardKind, register_card
from cocreate.core.faces import register_face
from cocreate.impacts.models import DesiredImpact
from cocreate.impacts.queries import impact_facts
from cocreate.spaces.shelves import card_face


def init_app(app: Flask) -> None:
    """Register the routes, the card and the face of impacts."""
    from cocreate.impacts import cli, views

    app.register_blueprint(views.blueprint)
    register_card(DesiredImpact.topic, CardKind("impacts/_card.html", impact_facts))
    register_face(DesiredImpact.topic, card_face(DesiredImpact))
    cli.register()

"""Indicators: how people would notice."""

from flask import Flask

from cocreate.core.cards import CardKind, register_card
from cocreate.core.changes import Change
from cocreate.core.faces import Face, View, register_face
from cocreate.indicators import words
from cocreate.indicators.models import Indicator
from cocreate.indicators.queries import indicator_facts
from cocreate.indicators.service.deciding import keep_all_decisions
from cocreate.indicators.service.publishing import TOPIC as FIGURES
from cocreate.indicators.service.publishing import show_all_again
from cocreate.spaces.heard import register_look
from cocreate.spaces.shelves import card_face
from cocreate.spaces.withheld import register_fewest


def init_app(app: Flask) -> None:
    """Register the routes, the card and the face of indicators."""
    from cocreate.indicators import views

    app.register_blueprint(views.blueprint)
    app.jinja_env.globals.update(
        choices_of=words.choices_of,
        missing_words=words.missing_words,
        triangle_of=words.triangle_of,
    )
    register_card(Indicator.topic, CardKind("indicators/_card.html", indicator_facts))
    register_look(Indicator.topic, keep_all_decisions)
    register_fewest(FIGURES, show_all_again)
    register_face(Indicator.topic, card_face(Indicator))
    register_face("round", _round_face)
    for topic in ("choosing", "turnout", FIGURES):  # that something is new is all there is to say
        register_face(topic, lambda _change, _view: Face())


def _round_face(_change: Change, view: View) -> Face | None:
    """That a round opened or closed: the stages look again."""
    return Face() if view is View.STAGE else None

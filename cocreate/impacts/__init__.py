"""Desired impacts and the stances people take on them."""

from functools import partial

from flask import Flask

from cocreate.core.audience import Visibility
from cocreate.core.cards import CardKind, register_card, render_cards
from cocreate.core.changes import Change
from cocreate.core.db import session
from cocreate.core.faces import Face, View, register_face
from cocreate.impacts.drawing import shape_of
from cocreate.impacts.models import DesiredImpact, Stance
from cocreate.impacts.queries import OUTSIDE_CARD, drawn_proposals, impact_facts, reason_facts
from cocreate.impacts.rules import Circle
from cocreate.impacts.service.deciding import keep_agreements
from cocreate.impacts.service.showing import show_all_again
from cocreate.impacts.words import realism_words, stage_words
from cocreate.spaces.heard import register_look
from cocreate.spaces.shelves import card_face, facts
from cocreate.spaces.withheld import register_fewest


def init_app(app: Flask) -> None:
    """Register the routes, the card and the face of impacts."""
    from cocreate.impacts import views

    app.register_blueprint(views.blueprint)
    cards = {
        DesiredImpact.topic: Circle.SPACE,
        DesiredImpact.meeting_card: Circle.MEETING,
        OUTSIDE_CARD: Circle.OUTSIDE,
    }
    for name, circle in cards.items():
        register_card(name, CardKind("impacts/_card.html", partial(impact_facts, circle=circle)))
    app.jinja_env.globals.update(voice_shape=shape_of, realism_words=realism_words, stage_words=stage_words)
    register_card("proposal", CardKind("impacts/_proposal.html", lambda ids: facts(DesiredImpact, ids)))
    register_card(Stance.topic, CardKind("impacts/_reason.html", reason_facts))
    register_look(DesiredImpact.topic, keep_agreements)
    register_fewest(DesiredImpact.topic, show_all_again)
    register_face(DesiredImpact.topic, _face)
    register_face(Stance.topic, _reason_face)


_whole = card_face(DesiredImpact)
_reason = card_face(Stance)


def _face(change: Change, view: View) -> Face | None:
    """On the stage only the proposal itself: how others stand is not for who still has to choose."""
    face = _whole(change, view)
    if face is None or "card" not in face.data:
        return face
    if view is View.LIBRARY:
        return _with_a_look_from_outside(change, face)
    if view is not View.STAGE:
        return face
    if change.verb == "changed" or change.subject_id is None:
        return None
    found = facts(DesiredImpact, [change.subject_id])
    cards = drawn_proposals(found)
    return Face({"proposal": str(cards[0])}, face.audience) if cards else None


def _with_a_look_from_outside(change: Change, face: Face) -> Face:
    made = session().get(DesiredImpact, change.subject_id)
    if made is None or made.visibility != Visibility.PUBLIC:
        return face
    (card,) = render_cards(OUTSIDE_CARD, [(made.id, made.version)])
    return Face(face.data, face.audience, outside={"card": str(card)})


def _reason_face(change: Change, view: View) -> Face | None:
    """Reasons are read in the library, under what they are about; a stance without one is only counted.

    The console hears that somebody said something, and looks how many did.
    """
    if view is View.CONSOLE:
        return Face()
    face = _reason(change, view) if view is View.LIBRARY else None
    if face is None or "card" not in face.data or change.subject_id is None:
        return face
    stance = reason_facts([change.subject_id])[change.subject_id]
    impact = session().get(DesiredImpact, stance["impact_id"])
    if impact is None or impact.withdrawn_at is not None:
        return None
    if not stance["reason"]:
        return Face({"gone": True}, face.audience)
    # Why somebody thinks so tells what it is about: it is for who may see both.
    return Face({**face.data, "impact_id": str(impact.id)}, face.audience, also=impact.audience)

"""The library: the front page of a space, read from top to bottom."""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from flask import Blueprint, Response, make_response, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from cocreate.accounts.identity import current_person_id, is_guest
from cocreate.core.assets import tree_mark
from cocreate.core.audience import Viewer
from cocreate.core.cards import render_cards
from cocreate.core.db import utcnow
from cocreate.core.i18n import current_language
from cocreate.core.kept import keep
from cocreate.impacts.models import DesiredImpact, Stance
from cocreate.impacts.queries import card_seen_by
from cocreate.indicators.models import Indicator
from cocreate.indicators.pictures import small_of
from cocreate.indicators.queries.figures import small_lines
from cocreate.indicators.queries.guiding import is_guide
from cocreate.indicators.queries.measuring import answers_of_mine, day_of, rounds_to_answer
from cocreate.moments.models import Moment, WorkingFactor
from cocreate.moments.queries import moments_by_factor
from cocreate.reports.queries import Placed, shelves
from cocreate.spaces.access import Here, enter
from cocreate.spaces.rules import Act
from cocreate.trajectories.queries import map_of, trajectories_seen

blueprint = Blueprint("reports", __name__)
SHOWN_ROADS = 3
Shelves = Mapping[str, list[Placed]]


class Own(NamedTuple):
    """What decides which round waits for this viewer and is no news for the log: own answers, and the day."""

    answers: int
    today: date


@blueprint.get("/spaces/<uuid:space_id>")
def library(space_id: uuid.UUID) -> ResponseReturnValue:
    """What we want, how we would notice, what happened, the road. Unchanged pages are not sent again."""
    here = enter(space_id, Act.READ)
    own = Own(answers_of_mine(here.viewer), day_of(utcnow(), here.space.timezone))
    mark = _mark(here, own)
    is_known = request.if_none_match.contains(mark)
    answer = Response(status=304) if is_known else make_response(_page(here, own))
    if not is_guest():
        # Guests may share a tablet: nothing of theirs stays behind in its cache, not even to ask about.
        answer.set_etag(mark)
        # Kept by this browser alone, and shown only after asking us whether it is still right and allowed.
        answer.headers["Cache-Control"] = "private, no-cache"
        answer.headers["Vary"] = "Cookie, Accept-Language"
    return answer


def _page(here: Here, own: Own) -> str:
    viewer = here.viewer
    who = (viewer.membership_id, viewer.role, viewer.sees_public, viewer.workshop_ids, own)
    body = keep((here.space.id, here.seq, current_language(), *who), lambda: _body(here, own.today))
    return render_template("reports/library.html", here=here, space=here.space, seq=here.seq, body=body)


def _body(here: Here, today: date) -> str:
    viewer = here.viewer
    placed = shelves(viewer)
    roads = [map_of(viewer, trajectory) for trajectory, _seen in trajectories_seen(viewer)[:SHOWN_ROADS]]
    return render_template(
        "reports/_library.html",
        here=here,
        space=here.space,
        impacts=_impacts(viewer, placed),
        signs=_by_impact(Indicator.topic, placed),
        measured={key: [small_of(each) for each in lines] for key, lines in small_lines(viewer).items()},
        moments=[card for _each, card in _cards(Moment.topic, placed)],
        helped=_helped(viewer, placed),
        roads=roads,
        is_guide=is_guide(viewer),
        asked=rounds_to_answer(viewer, today) if viewer.is_member else [],
    )


def _impacts(viewer: Viewer, placed: Shelves) -> list[dict[str, Any]]:
    """Every impact with its card, and the reasons people gave for where they stand."""
    reasons = _by_impact(Stance.topic, placed)
    return [
        {"id": each.id, "card": card, "statement": each.statement, "reasons": reasons.get(each.id, [])}
        for each, card in _cards(DesiredImpact.topic, placed, card_seen_by(viewer))
    ]


def _helped(viewer: Viewer, placed: Shelves) -> list[dict[str, Any]]:
    """What helped, with the moments in which it did; what helped in most of them first."""
    moments = moments_by_factor(viewer) if placed[WorkingFactor.topic] else {}
    helped = [
        {"id": each.id, "card": card, "moments": moments.get(each.id, [])}
        for each, card in _cards(WorkingFactor.topic, placed)
    ]
    return sorted(helped, key=lambda each: -len(each["moments"]))


def _by_impact(topic: str, placed: Shelves) -> dict[uuid.UUID | None, list[Markup]]:
    """Cards by the impact they are about; None where that impact is not for this viewer."""
    shown = {each.id for each in placed[DesiredImpact.topic]}
    groups: dict[uuid.UUID | None, list[Markup]] = defaultdict(list)
    for each, card in _cards(topic, placed):
        groups[each.impact_id if each.impact_id in shown else None].append(card)
    return groups


def _cards(topic: str, placed: Shelves, card: str = "") -> list[tuple[Placed, Markup]]:
    shelf = placed[topic]
    return list(
        zip(shelf, render_cards(card or topic, [(each.id, each.version) for each in shelf]), strict=True)
    )


def _mark(here: Here, own: Own) -> str:
    """Changes with the space, the language, the viewer's rights, the person, and their session.

    The page holds the session's token: kept over a sign-in, every button on it would be refused.
    """
    generate_csrf()
    viewer = here.viewer
    who = f"{session['csrf_token']}|{current_person_id()}|{viewer.role}|{len(viewer.workshop_ids)}"
    text = f"{here.space.id}|{here.seq}|{current_language()}|{tree_mark()}|{who}|{own}"
    return hashlib.sha256(text.encode()).hexdigest()[:32]

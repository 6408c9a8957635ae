"""The library: the front page of a space, read from top to bottom."""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Set
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from cocreate.accounts.identity import current_person_id
from cocreate.accounts.service import is_account
from cocreate.core.assets import tree_mark
from cocreate.core.audience import Viewer
from cocreate.core.cards import render_cards
from cocreate.core.changes import head_of
from cocreate.core.i18n import current_language
from cocreate.impacts.models import DesiredImpact, Stance
from cocreate.impacts.queries import reasons_seen
from cocreate.indicators.models import Indicator
from cocreate.indicators.queries import impact_of, impacts_to_notice
from cocreate.moments.models import Moment
from cocreate.spaces.access import Here, enter
from cocreate.spaces.rules import Act
from cocreate.spaces.shelves import versions, wall
from cocreate.trajectories.queries import map_of, trajectories_seen

blueprint = Blueprint("reports", __name__)
SHOWN_ROADS = 3


@blueprint.get("/spaces/<uuid:space_id>")
def library(space_id: uuid.UUID) -> ResponseReturnValue:
    """What we want, how we would notice, what happened, the road. Unchanged pages are not sent again."""
    here = enter(space_id, Act.READ)
    seq = head_of(space_id)
    mark = _mark(here, seq)
    is_known = request.if_none_match.contains(mark)
    answer = Response(status=304) if is_known else make_response(_page(here, seq))
    if not _is_guest():
        answer.set_etag(mark)
        # Kept by this browser alone, and shown only after asking us whether it is still right and allowed.
        answer.headers["Cache-Control"] = "private, no-cache"
        answer.headers["Vary"] = "Cookie, Accept-Language"
    return answer


def _is_guest() -> bool:
    """Guests may share a tablet: nothing of theirs stays behind in its cache, not even to ask about."""
    person_id = current_person_id()
    return person_id is not None and not is_account(person_id)


def _page(here: Here, seq: int) -> str:
    viewer = here.viewer
    impacts = _impacts(viewer)
    roads = [map_of(viewer, trajectory) for trajectory, _seen in trajectories_seen(viewer)[:SHOWN_ROADS]]
    return render_template(
        "reports/library.html",
        here=here,
        space=here.space,
        seq=seq,
        impacts=impacts,
        signs=_signs(viewer, {each["id"] for each in impacts}),
        moments=wall(viewer, Moment),
        roads=roads,
    )


def _impacts(viewer: Viewer) -> list[dict[str, Any]]:
    """Every impact with its card, and the reasons people gave for where they stand."""
    seen = versions(viewer, DesiredImpact)
    cards = render_cards(DesiredImpact.topic, seen)
    reasons = reasons_seen(viewer)
    statements = dict(impacts_to_notice(seen))
    return [
        {
            "id": impact_id,
            "card": card,
            "statement": statements[impact_id],
            "reasons": render_cards(Stance.topic, reasons.get(impact_id, [])),
        }
        for (impact_id, _version), card in zip(seen, cards, strict=True)
    ]


def _signs(viewer: Viewer, impact_ids: Set[uuid.UUID]) -> dict[uuid.UUID | None, list[Markup]]:
    """The cards of indicators by the impact they are about; None where that is not for this viewer."""
    seen = versions(viewer, Indicator)
    about = impact_of(indicator_id for indicator_id, _version in seen)
    signs: dict[uuid.UUID | None, list[Markup]] = defaultdict(list)
    for (indicator_id, _version), card in zip(seen, render_cards(Indicator.topic, seen), strict=True):
        impact_id = about[indicator_id]
        signs[impact_id if impact_id in impact_ids else None].append(card)
    return signs


def _mark(here: Here, seq: int) -> str:
    """Changes with the space, the language, the viewer's rights, the person, and their session.

    The page holds the session's token: kept over a sign-in, every button on it would be refused.
    """
    generate_csrf()
    viewer = here.viewer
    who = f"{session['csrf_token']}|{current_person_id()}|{viewer.role}|{len(viewer.workshop_ids)}"
    text = f"{here.space.id}|{seq}|{current_language()}|{tree_mark()}|{who}"
    return hashlib.sha256(text.encode()).hexdigest()[:32]

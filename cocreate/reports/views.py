"""The library: the front page of a space, read from top to bottom."""

import hashlib
import uuid

from flask import Blueprint, Response, make_response, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from cocreate.accounts.identity import current_person_id
from cocreate.accounts.service import is_account
from cocreate.core.assets import tree_mark
from cocreate.core.changes import head_of
from cocreate.core.i18n import current_language
from cocreate.impacts.models import DesiredImpact
from cocreate.indicators.models import Indicator
from cocreate.moments.models import Moment
from cocreate.spaces.access import Here, enter
from cocreate.spaces.rules import Act
from cocreate.spaces.shelves import wall
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
    roads = [map_of(viewer, trajectory) for trajectory, _seen in trajectories_seen(viewer)[:SHOWN_ROADS]]
    return render_template(
        "reports/library.html",
        here=here,
        space=here.space,
        seq=seq,
        impacts=wall(viewer, DesiredImpact),
        indicators=wall(viewer, Indicator),
        moments=wall(viewer, Moment),
        roads=roads,
    )


def _mark(here: Here, seq: int) -> str:
    """Changes with the space, the language, the viewer's rights, the person, and their session.

    The page holds the session's token: kept over a sign-in, every button on it would be refused.
    """
    generate_csrf()
    viewer = here.viewer
    who = f"{session['csrf_token']}|{current_person_id()}|{viewer.role}|{len(viewer.workshop_ids)}"
    text = f"{here.space.id}|{seq}|{current_language()}|{tree_mark()}|{who}"
    return hashlib.sha256(text.encode()).hexdigest()[:32]

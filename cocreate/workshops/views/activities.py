"""The one table of activities, for who prepares a meeting."""

import uuid

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from cocreate.spaces.access import enter
from cocreate.spaces.rules import Act
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.surfaces import surfaces
from cocreate.workshops.words import activity_name

blueprint = Blueprint("activities", __name__)


@blueprint.get("/spaces/<uuid:space_id>/activities")
def activities(space_id: uuid.UUID) -> ResponseReturnValue:
    """What a part of a meeting can be, and what that is on every surface."""
    here = enter(space_id, Act.FACILITATE)
    rows = surfaces()
    return render_template(
        "workshops/activities.html",
        here=here,
        space=here.space,
        table=[(kind, rows[kind]) for kind in ACTIVITIES],
        icons={kind: hosted.icon for kind, hosted in ACTIVITIES.items()},
        activity_name=activity_name,
    )

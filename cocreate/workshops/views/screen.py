"""The screen: what eight metres away everybody can read."""

import uuid
from dataclasses import replace
from urllib.parse import urlsplit

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from cocreate.indicators.queries.ballots import paper_on_screen
from cocreate.spaces.access import enter, enter_as_room
from cocreate.spaces.queries import count_by_voice
from cocreate.spaces.rules import Act
from cocreate.spaces.shelves import wall
from cocreate.trajectories.queries import map_of, trajectory_of_workshop, unfolded
from cocreate.workshops.queries import workshop_of
from cocreate.workshops.rules import TOPICS
from cocreate.workshops.views.console import WALLS, elapsed, join_url
from cocreate.workshops.words import step_question

blueprint = Blueprint("screen", __name__)


@blueprint.get("/workshops/<uuid:workshop_id>/screen")
def screen(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """The facilitator opens it, but it shows only what the room may see; `?part=` gives the map, or how
    many have chosen.
    """
    workshop = workshop_of(workshop_id)
    here = enter(workshop.space_id, Act.FACILITATE)
    room = enter_as_room(workshop.space_id, workshop_id)
    paper = paper_on_screen(replace(room, sees_space=True), workshop.opened_at)
    if request.args.get("part") == "chosen":
        return render_template("workshops/_chosen.html", paper=paper)
    trajectory = trajectory_of_workshop(workshop_id)
    # A map may be older than this meeting: what everybody in the space sees of it is on the wall too.
    seen = unfolded(map_of(replace(room, sees_space=True), trajectory)) if trajectory else None
    if request.args.get("part") == "map":
        return render_template("workshops/_growing.html", trajectory=trajectory, map=seen)
    return render_template(
        "workshops/screen.html",
        space=here.space,
        workshop=workshop,
        steps=[(step, step_question(step)) for step in workshop.steps],
        seq=here.seq,
        join_url=join_url(workshop),
        join_host=urlsplit(join_url(workshop) or request.host_url).netloc + "/join",
        topics=TOPICS,
        elapsed=elapsed(workshop),
        minutes_of={str(step.id): step.minutes for step in workshop.steps},
        here_now=sum(count_by_voice(workshop_id).values()),
        walls={kind.topic: wall(room, kind, workshop_id=workshop_id, limit=60) for kind in WALLS},
        trajectory=trajectory,
        map=seen,
        paper=paper,
    )

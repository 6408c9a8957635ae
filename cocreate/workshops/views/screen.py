"""The screen: what eight metres away everybody can read."""

import uuid
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlsplit

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from cocreate.core.audience import Viewer
from cocreate.indicators.queries.ballots import paper_on_screen
from cocreate.moments.models import WorkingFactor
from cocreate.replies.models import Commitment
from cocreate.replies.queries import replies_on_wall, summaries_of
from cocreate.spaces.access import Here, enter, enter_as_room
from cocreate.spaces.queries import count_by_voice
from cocreate.spaces.rules import Act
from cocreate.spaces.shelves import wall
from cocreate.trajectories.queries import map_of, unfolded
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries import workshop_of
from cocreate.workshops.queries.pace import elapsed, pace_of
from cocreate.workshops.queries.parts import for_room
from cocreate.workshops.queries.screen import answered_in, told_in
from cocreate.workshops.queries.workshops import trajectory_of_workshop
from cocreate.workshops.rules import size_for
from cocreate.workshops.views.console import WALLS, join_url
from cocreate.workshops.words import questions_of, step_question, told_words

blueprint = Blueprint("screen", __name__)
ON_WALLS: Final = (*WALLS, WorkingFactor, Commitment)
MOST: Final = 60  # cards of one kind; more than any screen has room for


@blueprint.get("/workshops/<uuid:workshop_id>/screen")
def screen(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """The facilitator opens it, but it shows only what the room may see.

    `?part=map` gives the map, and `?part=now` what else changes while a part is on stage: both are small,
    and fetched anew when something happens.
    """
    workshop = workshop_of(workshop_id)
    here = enter(workshop.space_id, Act.FACILITATE)
    room = enter_as_room(workshop.space_id, workshop_id)
    # A map may be older than this meeting: what everybody in the space sees of it is on the wall too.
    wide = replace(room, sees_space=True)
    part = request.args.get("part")
    if part == "map":
        return render_template("workshops/_growing.html", **_map(wide, workshop))
    if part == "now":
        now = [] if workshop.current_step is None else [workshop.current_step]
        return render_template(
            "workshops/screen/_now.html",
            steps=[(step, step_question(step)) for step in now],
            walls={},
            **_surroundings(here, room, workshop),
        )
    return render_template(
        "workshops/screen.html",
        steps=[(step, step_question(step)) for step in workshop.steps],
        seq=here.seq,
        walls={
            kind.topic: wall(room, kind, workshop_id=workshop_id, limit=MOST, is_signed=False)
            for kind in ON_WALLS
        },
        **_surroundings(here, room, workshop),
        **_map(wide, workshop),
    )


def _surroundings(here: Here, room: Viewer, workshop: Workshop) -> dict[str, Any]:
    address = join_url(workshop)
    return {
        "here": here,
        "space": here.space,
        "room": room,
        "workshop": workshop,
        "join_url": address,
        "join_host": urlsplit(address or request.host_url).netloc + "/join",
        "elapsed": elapsed(workshop),
        "here_now": sum(count_by_voice(workshop.id).values()),
        "told": {topic: told_words(topic, found) for topic, found in told_in(room, workshop.id).items()},
        "answered": answered_in(workshop.id),
        "paper": paper_on_screen(replace(room, sees_space=True), workshop.id, workshop.opened_at),
        "size_for": size_for,
        "timing": pace_of(workshop.id),
        "questions_of": questions_of,
        "summaries_of": summaries_of,
        "replies_of": lambda step: replies_on_wall(room, step.id, MOST),
        **for_room(workshop, here.space),
    }


def _map(viewer: Viewer, workshop: Workshop) -> dict[str, Any]:
    trajectory = trajectory_of_workshop(workshop.id)
    return {
        "trajectory": trajectory,
        "map": unfolded(map_of(viewer, trajectory)) if trajectory else None,
    }

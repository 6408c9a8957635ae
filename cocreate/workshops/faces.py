"""How what who leads does with arrivals looks on live surfaces."""

import uuid
from dataclasses import replace
from typing import Any, Final

from cocreate.core.audience import Audience, Viewer, Visibility
from cocreate.core.changes import Change
from cocreate.core.db import session
from cocreate.core.faces import Face, View
from cocreate.core.problems import NotFound
from cocreate.spaces.models import Hiding
from cocreate.workshops.queries.arrivals import ARRIVING, ASIDE, GROUPED, card_of, grouped, seen_in
from cocreate.workshops.queries.pace import pace_of

LED: Final = frozenset({"lit", "grouped", "shown"})  # verbs of the stage that are told here


def led_face(change: Change, view: View) -> Face | None:
    """One thing large, cards under headings, what came out. Tablets hear of their own thing by its id."""
    if view is View.LIBRARY:
        return None
    moved = {"step_id": change.payload.get("step_id"), "kind": change.payload.get("kind")}
    on = {
        **moved,
        **pace_of(change.subject_id),
    }  # every clock and lock hears it with every change of the stage
    if change.verb == "lit":
        return _lit_face(change, view, on)
    if change.verb == "shown":
        return Face({**on, "is_shown": change.payload.get("is_shown", False)})
    topic = change.payload.get("grouped_topic")
    if view is View.STAGE or topic not in GROUPED:
        return None
    told = {**on, "grouped_topic": topic}
    return Face({**told, "groups": groups_on_screen(change.workshop_id, change.space_id, topic)})


def _lit_face(change: Change, view: View, on: dict[str, Any]) -> Face:
    topic, lit_id = change.payload.get("lit_topic", ""), change.payload.get("lit_id")
    if topic not in ARRIVING or lit_id is None or change.workshop_id is None:
        return Face({**on, "lit_id": None})
    if view is not View.SCREEN:
        return Face({**on, "lit_id": lit_id})
    try:
        room = _everybody(change.space_id, change.workshop_id)
        made = seen_in(room, topic, uuid.UUID(lit_id), change.workshop_id)
    except NotFound:
        return Face({**on, "lit_id": None})
    # What helped may have been named in an earlier meeting; it is this room that looks at it.
    audience = replace(made.audience, workshop_id=change.workshop_id)
    return Face({**on, "lit_id": lit_id, "card": str(card_of(made) or "")}, audience)


def groups_on_screen(workshop_id: Any, space_id: Any, topic: str) -> list[dict[str, Any]]:
    """The headings over one kind of thing, as the room sees them: words, and what stands there."""
    room = _everybody(space_id, workshop_id)
    return [
        {"id": str(group.id), "words": group.words, "subjects": [str(each) for each in group.subjects]}
        for group in grouped(room, workshop_id, topic)
    ]


def _everybody(space_id: uuid.UUID, workshop_id: uuid.UUID) -> Viewer:
    """What all who are in the room may see."""
    return Viewer(space_id, workshop_ids=frozenset({workshop_id}), sees_space=True)


def hiding_face(change: Change, view: View) -> Face | None:
    """Who leads looks again; who told it reads why. Nobody else hears of it."""
    if view is View.CONSOLE:
        return Face()
    hiding = session().get(Hiding, change.subject_id)
    if view is not View.STAGE or hiding is None or hiding.topic not in ASIDE:
        return None
    made = session().get(ASIDE[hiding.topic], hiding.subject_id)
    if made is None or made.withdrawn_at is not None:
        return None
    is_aside = hiding.restored_at is None
    told = {"is_aside": is_aside, "reason": hiding.reason if is_aside else ""}
    return Face(told, Audience(Visibility.MAKER, made.maker_id))

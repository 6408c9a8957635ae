"""What a map looks like: on the stream, as a picture, as an outline."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from babel import Locale
from babel.dates import get_month_names
from flask import render_template
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from cocreate.core.cards import render_cards
from cocreate.core.changes import Change
from cocreate.core.db import session
from cocreate.core.faces import Face, View
from cocreate.core.i18n import current_language
from cocreate.core.kept import keep
from cocreate.spaces.queries import VoiceFacts, voices_by_maker
from cocreate.spaces.shelves import GONE, facts
from cocreate.trajectories.drawing import (
    InTwo,
    Labels,
    Mark,
    out_of_sight,
    picture_in_two,
    shapes_data,
)
from cocreate.trajectories.layout import Point
from cocreate.trajectories.models import Edge, Node
from cocreate.trajectories.operations import has_references
from cocreate.trajectories.outline import OutlineItem, outline
from cocreate.trajectories.queries import Map, Reference, map_edge, map_node, steps_at
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation


def node_face(change: Change, view: View) -> Face | None:
    """A node as it arrives on a live map: what it says, where it stands, what it hangs on."""
    if change.verb in GONE:
        return Face({"gone": True})
    node = session().get(Node, change.subject_id)
    if node is None or node.withdrawn_at is not None:
        return None
    data: dict[str, Any] = {"trajectory_id": str(node.trajectory_id), **_by(change)}
    if not node.alive:
        return Face({**data, "gone": True}, node.audience)
    told = map_node(node)
    voice = voices_by_maker([node.maker_id]).get(node.maker_id)
    facts = node_told(told, Point(node.x, node.y), voice, told_as=node.position, is_pinned=node.pinned)
    # What it has to do with is not everybody's to see: each page asks for what its own viewer may know.
    facts.pop("references")
    data["node"] = facts | {
        "kind_name": kind_names()[told.kind],
        "state_name": state_names()[told.state],
        "folded_in": node.folded_in and not node.pinned,
    }
    if has_references(change.payload):
        data["refers"] = True
    if view is View.CONSOLE:
        data["card"] = str(render_cards(Node.topic, [(node.id, node.version)])[0])
    # Who sees this stop need not see the one at the other end of a step, nor that there is one.
    steps = [(other, edge_told(map_edge(edge))) for other, edge in steps_at(node)]
    return Face(data, node.audience, parts={"edges": steps})


def edge_face(change: Change, _view: View) -> Face | None:
    """A step as it arrives on a live map, for who sees both its ends."""
    edge = session().get(Edge, change.subject_id)
    if edge is None:
        return None
    source, target = session().get_one(Node, edge.source_id), session().get_one(Node, edge.target_id)
    data: dict[str, Any] = {"trajectory_id": str(edge.trajectory_id), **_by(change)}
    data |= {"edge": edge_told(map_edge(edge))} if edge.alive else {"gone": True}
    # For whom its source was when this happened stands in the log; that may be fewer people by now.
    return Face(data, target.audience, also=source.audience)


def trajectory_face(change: Change, _view: View) -> Face | None:
    """More has moved than one thing: open maps look again."""
    return Face({"trajectory_id": str(change.subject_id), "redraw": True, **_by(change)})


def _by(change: Change) -> dict[str, Any]:
    """Which operation it was, and the voice of who did it; never who."""
    voice = voices_by_maker([change.actor_id]).get(change.actor_id) if change.actor_id else None
    return {
        "op": change.payload.get("op"),
        "done": change.payload.get("verb"),
        "tone": voice.css if voice else None,
    }


def node_told(
    node: MapNode,
    point: Point,
    voice: VoiceFacts | None,
    *,
    told_as: int,
    is_pinned: bool = False,
    references: Iterable[dict[str, str]] = (),
) -> dict[str, Any]:
    """A node as facts, for a browser that draws it by itself."""
    return {
        "id": node.id,
        "text": node.text,
        "note": node.note,
        "kind": node.kind,
        "state": node.state,
        "intended": node.intended,
        "when": node.when,
        "x": point.x,
        "y": point.y,
        "pinned": is_pinned,
        "told": told_as,
        "voice": voice.css if voice else None,
        "voice_name": voice.name if voice else None,
        "references": list(references),
    }


# What the cards in the library are called, by what they are about.
_CARDS: Final = {"desired_impact": "impact"}


def reference_told(each: Reference, space_id: uuid.UUID) -> dict[str, str]:
    """What a node has to do with, as facts, and where that stands in the library."""
    card = f"{_CARDS.get(each.subject_type, each.subject_type)}-{each.subject_id}"
    return {
        "id": each.id,
        "type": each.subject_type,
        "subject_id": each.subject_id,
        "text": each.text,
        "href": f"/spaces/{space_id}#{card}",
    }


def edge_told(edge: MapEdge) -> dict[str, Any]:
    """A step as facts."""
    return {
        "id": edge.id,
        "source": edge.source,
        "target": edge.target,
        "relation": edge.relation,
        "label": edge.label,
    }


def facts_of(seen: Map) -> Markup:
    """Everything a browser needs to draw and change this map by itself, as JSON that can stand in a page."""
    nodes = [
        node_told(
            node,
            seen.points[node.id],
            seen.voices.get(node.id),
            told_as=place,
            is_pinned=node.id in seen.pinned,
            references=[
                reference_told(each, seen.trajectory.space_id) for each in seen.references.get(node.id, ())
            ],
        )
        | {"mine": node.id in seen.mine, "folded": seen.folded.get(node.id, 0)}
        | ({"beside": seen.points[node.id]} if node.id in seen.beside else {})
        for place, node in enumerate(seen.nodes, start=1)
    ]
    edges = [edge_told(edge) | ({"folded": True} if edge.id in seen.repointed else {}) for edge in seen.edges]
    facts = {"nodes": nodes, "edges": edges}
    return htmlsafe_json_dumps(facts, ensure_ascii=False, separators=(",", ":"))


def node_facts(ids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, Mapping[str, Any]]:
    """What the cards of these nodes show on the console."""
    return facts(Node, ids, Node.kind.expression, Node.state.expression)


def picture_of(seen: Map) -> Markup:
    """The map as a picture, for the first look, for print, and without a script."""
    return keep(("picture", current_language(), seen.drawn_from), lambda: _picture(seen).whole)


def opening_picture_of(seen: Map) -> Markup:
    """The picture for a page that shows first what is in sight when a map opens: of a large map that alone,
    and after it the whole, which is no more than text to a browser with scripts until one asks for it.
    """
    return keep(("opening", current_language(), seen.drawn_from), lambda: _opening(seen))


def _opening(seen: Map) -> str:
    far = out_of_sight(seen.points)
    drawn = _picture(seen, far)
    return f"{drawn.near}<noscript data-rest>{drawn.whole}</noscript>" if far else drawn.whole


def _picture(seen: Map, far: Collection[str] = ()) -> InTwo:
    locale = get_locale() or Locale("en")
    labels = Labels(
        kinds={NodeKind(kind): name for kind, name in kind_names().items()},
        states={NodeState(state): name for state, name in state_names().items()},
        relations={Relation(relation): name for relation, name in relation_names().items()},
        months=list(get_month_names("wide", "format", locale).values()),
    )
    description = ngettext("A map with %(num)s stop.", "A map with %(num)s stops.", len(seen.nodes))
    return picture_in_two(
        seen.nodes,
        seen.edges,
        seen.points,
        title=seen.trajectory.title,
        description=description,
        labels=labels,
        marks=marks_of(seen),
        rtl=locale.text_direction == "rtl",
        far=far,
    )


def marks_of(seen: Map) -> dict[str, Mark]:
    """What the picture of each node carries besides its words."""
    return {
        node.id: Mark(
            voice=seen.voices[node.id].css if node.id in seen.voices else "",
            told=place,
            folded=seen.folded.get(node.id, 0),
            pinned=node.id in seen.pinned,
        )
        for place, node in enumerate(seen.nodes, start=1)
    }


def shapes_json() -> Markup:
    """What a browser needs to draw a node by itself, as JSON that can stand in a page."""
    return htmlsafe_json_dumps(shapes_data(), ensure_ascii=False, separators=(",", ":"))


def waits(seen: Map) -> bool:
    """Whether the map is so large that its words come a moment after its picture."""
    return bool(out_of_sight(seen.points))


def words_of(seen: Map) -> Markup:
    """The map as a nested list to read and to edit, beside the picture."""
    key = ("words", current_language(), seen.drawn_from)
    return keep(key, lambda: render_template("trajectories/_outline.html", map=seen))


def outline_of(seen: Map) -> list[OutlineItem]:
    """The map as a nested list."""
    return outline(seen.nodes, seen.edges)


def kind_names() -> dict[str, str]:
    """What each kind of node is called."""
    return {
        "idea": _("Idea"),
        "plan": _("Plan"),
        "activity": _("Activity"),
        "event": _("What happened"),
        "moment": _("Moment"),
        "turning_point": _("Turning point"),
        "condition": _("Condition"),
        "actor": _("Who took part"),
        "outcome": _("What came of it"),
        "meaning": _("What it meant"),
    }


def state_names() -> dict[str, str]:
    """What each state of a node is called."""
    return {
        "planned": _("planned"),
        "happened": _("happened"),
        "changed": _("changed on the way"),
        "dropped": _("dropped"),
        "emerged": _("not planned"),
    }


def relation_names() -> dict[str, str]:
    """How each relation reads, from source to target."""
    return {
        "led_to": _("led to"),
        "turned_into": _("turned into"),
        "inspired": _("inspired"),
        "made_possible": _("made possible"),
        "hindered": _("got in the way of"),
        "meant": _("meant"),
        "planned_next": _("planned next"),
    }

"""What a map looks like: on the stream, as a picture, as an outline."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from cocreate.core.cards import render_cards
from cocreate.core.changes import Change
from cocreate.core.db import session
from cocreate.core.faces import Face, View
from cocreate.spaces.queries import voices_by_maker
from cocreate.spaces.shelves import GONE, facts
from cocreate.trajectories.drawing import DARK, LIGHT, Labels, graph_data, picture_svg
from cocreate.trajectories.models import Node
from cocreate.trajectories.outline import OutlineItem, outline
from cocreate.trajectories.queries import Map, edges_at, map_edge, map_node
from cocreate.trajectories.rules import NodeKind, NodeState, Relation


def node_face(change: Change, view: View) -> Face | None:
    """A node as it arrives on a live map: what it says, where it stands, what it hangs on."""
    if change.verb in GONE:
        return Face({"gone": True})
    node = session().get(Node, change.subject_id)
    if node is None or node.withdrawn_at is not None:
        return None
    told = map_node(node)
    voice = voices_by_maker([node.maker_id]).get(node.maker_id)
    edges = [map_edge(edge) for edge in edges_at(node.id)]
    data: dict[str, Any] = {
        "trajectory_id": str(node.trajectory_id),
        "node": {
            "id": told.id,
            "text": told.text,
            "kind": told.kind,
            "state": told.state,
            "x": node.x,
            "y": node.y,
            "kind_name": kind_names()[told.kind],
            "state_name": state_names()[told.state],
            "voice_name": voice.name if voice else None,
        },
        "edges": [
            {"id": edge.id, "from": edge.source, "to": edge.target, "relation": edge.relation}
            for edge in edges
        ],
    }
    if view is View.CONSOLE:
        data["card"] = str(render_cards(Node.topic, [(node.id, node.version)])[0])
    return Face(data, node.audience)


def node_facts(ids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, Mapping[str, Any]]:
    """What the cards of these nodes show on the console."""
    return facts(Node, ids, Node.kind.expression, Node.state.expression)


def picture_of(seen: Map) -> Markup:
    """The map as a picture, for the first look, for print, and without a script."""
    labels = Labels(
        kinds={NodeKind(kind): name for kind, name in kind_names().items()},
        states={NodeState(state): name for state, name in state_names().items()},
        relations={Relation(relation): name for relation, name in relation_names().items()},
    )
    description = ngettext("A map with %(num)s stop.", "A map with %(num)s stops.", len(seen.nodes))
    picture = picture_svg(
        seen.nodes,
        seen.edges,
        seen.points,
        title=seen.trajectory.title,
        description=description,
        labels=labels,
    )
    return Markup(picture)  # noqa: S704 (picture_svg escapes every text)


def outline_of(seen: Map) -> list[OutlineItem]:
    """The map as a nested list."""
    return outline(seen.nodes, seen.edges)


def graph_of(seen: Map) -> dict[str, Any]:
    """The map as data for the canvas, in the colours of day and night."""
    drawn = {
        name: graph_data(seen.nodes, seen.edges, seen.points, palette=palette)
        for name, palette in (("light", LIGHT), ("dark", DARK))
    }
    return {**drawn, "texts": {node.id: node.text for node in seen.nodes}}


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

"""Trajectories: the winding road, as nodes and edges."""

from flask import Flask

from cocreate.core.cards import CardKind, register_card
from cocreate.core.faces import register_face


def init_app(app: Flask) -> None:
    """Register the routes and commands of maps, and how a node looks on a live map."""
    from cocreate.trajectories import faces, views
    from cocreate.trajectories.models import Node

    app.register_blueprint(views.blueprint)
    register_face(Node.topic, faces.node_face)
    register_face("edge", faces.edge_face)
    register_face("trajectory", faces.trajectory_face)
    register_card(Node.topic, CardKind("trajectories/_card.html", faces.node_facts))
    app.jinja_env.globals.update(
        map_picture=faces.picture_of,
        map_outline=faces.outline_of,
        map_opening=faces.opening_picture_of,
        map_waits=faces.waits,
        map_words=faces.words_of,
        map_facts=faces.facts_of,
        map_shapes=faces.shapes_json,
        kind_names=faces.kind_names,
        state_names=faces.state_names,
        relation_names=faces.relation_names,
    )

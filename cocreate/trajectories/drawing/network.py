"""The same map as data for the canvas; the only module that knows pyvis."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from cocreate.trajectories.drawing.boxes import LETTERS, LINES
from cocreate.trajectories.drawing.look import DASHES, PLANNED_DASH, Palette
from cocreate.trajectories.drawing.shapes import SHAPES
from cocreate.trajectories.drawing.words import fit, wrap
from cocreate.trajectories.layout import BOX, Point, arcs, is_backward
from cocreate.trajectories.rules import MapEdge, MapNode, NodeState, Relation

OPTIONS: Final[Mapping[str, Any]] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {"hover": False, "keyboard": False, "multiselect": False, "navigationButtons": False},
    "nodes": {"labelHighlightBold": False},
    "edges": {"selectionWidth": 1, "hoverWidth": 0},
}
FONT: Final = "system-ui, Segoe UI, Roboto, Noto Sans, sans-serif"
MARGIN: Final = 8
BORDERS: Final = {NodeState.EMERGED: 4, NodeState.CHANGED: 3}


def graph_data(
    nodes: Sequence[MapNode],
    edges: Sequence[MapEdge],
    points: Mapping[str, Point],
    *,
    palette: Palette,
    rtl: bool = False,
    movable: bool = False,
) -> dict[str, Any]:
    """Nodes, edges and options for vis-network, ready for JSON: text only, no titles, nothing moves."""
    from pyvis.network import Network  # noqa: PLC0415 (importing it takes 0.2–0.5 s, and most pages need none)

    shown = {node.id: node for node in nodes if node.id in points}
    drawn = [edge for edge in edges if edge.source in shown and edge.target in shown]
    when = {node.id: node.when for node in nodes}
    back = arcs(list(shown), [(edge.source, edge.target) for edge in drawn], when)
    way = -1 if rtl else 1
    network = Network(directed=True)
    network.nodes = [_node(node, points[node.id], palette, way, movable) for node in shown.values()]
    network.edges = [
        _edge(edge, points, palette, way, position in back) for position, edge in enumerate(drawn)
    ]
    network.set_options(json.dumps(OPTIONS))
    net_nodes, net_edges, _, _, _, options = network.get_network_data()
    return {"nodes": net_nodes, "edges": net_edges, "options": json.loads(options)}


def _node(node: MapNode, point: Point, palette: Palette, way: int, movable: bool) -> dict[str, Any]:
    shape = SHAPES[node.kind]
    emerged, dropped = node.state is NodeState.EMERGED, node.state is NodeState.DROPPED
    colour = {
        "background": palette.accent_wash if emerged else palette.sheet,
        "border": palette.accent if emerged else palette.ink,
    }
    room = BOX.width - 2 * MARGIN - max(shape.start, shape.end)
    size, lines = fit(f"{shape.glyph} {node.text}", room, LETTERS, LINES)
    border = BORDERS.get(node.state, 2)
    dashed = node.state in {NodeState.PLANNED, NodeState.DROPPED}
    return {
        "id": node.id,
        "label": "\n".join(lines),
        "shape": "box",
        "x": way * point.x,
        "y": point.y,
        "physics": False,
        "fixed": {"x": not movable, "y": not movable},
        "kind": node.kind.value,
        "state": node.state.value,
        "borderWidth": border,
        "borderWidthSelected": border + 2,
        "shapeProperties": {
            "borderDashes": list(PLANNED_DASH) if dashed else False,
            "borderRadius": shape.radius,
        },
        "opacity": 0.7 if dropped else 1,
        "color": {**colour, "highlight": colour, "hover": colour},
        "font": {"multi": False, "size": size, "face": FONT, "color": palette.ink},
        "margin": MARGIN,
        "widthConstraint": {"minimum": BOX.width - 2 * MARGIN, "maximum": BOX.width - 2 * MARGIN},
        "heightConstraint": {"minimum": BOX.height - 2 * MARGIN, "valign": "middle"},
    }


def _edge(
    edge: MapEdge, points: Mapping[str, Point], palette: Palette, way: int, returns: bool
) -> dict[str, Any]:
    dashes = DASHES[edge.relation]
    head = "bar" if edge.relation is Relation.HINDERED else "vee" if dashes[:1] == (1,) else "arrow"
    return {
        "id": edge.id,
        "from": edge.source,
        "to": edge.target,
        "label": "\n".join(wrap(edge.label, 120, 12, 2)) or " ",
        "relation": edge.relation.value,
        "arrows": {"to": {"enabled": True, "type": head, "scaleFactor": 0.7}},
        "dashes": [max(length, 2) for length in dashes] or False,
        "width": 3.5 if edge.relation is Relation.TURNED_INTO else 2,
        "color": {
            "color": palette.ink_soft,
            "highlight": palette.accent,
            "hover": palette.ink_soft,
            "inherit": False,
        },
        "font": {
            "multi": False,
            "size": 12,
            "face": FONT,
            "color": palette.ink_soft,
            "strokeColor": palette.sheet,
            "strokeWidth": 4,
        },
        "smooth": _smooth(points[edge.source], points[edge.target], way, returns),
        "physics": False,
    }


def _smooth(source: Point, target: Point, way: int, returns: bool) -> dict[str, Any]:
    """On in a gentle S; back in an arc that bows down."""
    if returns and is_backward(source, target):
        return {"enabled": True, "type": "curvedCCW" if way < 0 else "curvedCW", "roundness": 0.25}
    return {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.5}

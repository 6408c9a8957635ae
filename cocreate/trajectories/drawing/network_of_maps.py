"""The roads of a space and where they meet: what helped before them, what people want behind them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import networkx as nx

from cocreate.trajectories.drawing.look import DARK, LIGHT, Palette
from cocreate.trajectories.drawing.markup import lines, n, own_way, said
from cocreate.trajectories.drawing.network import FONT, OPTIONS
from cocreate.trajectories.drawing.words import fit
from cocreate.trajectories.layout import Point

SIZE: Final = Point(230, 84)  # of a box, in px
PITCH: Final = Point(310, 112)
SWEEPS: Final = 6
LETTERS: Final = (22.0, 20.0, 18.0, 16.0)
BESIDE: Final = 14.0  # px between the rim of a box and its words
EDGE: Final = 20.0
ROUNDNESS: Final = (42, 8, 20)  # by column
CLASSES: Final = ("what-helped", "emerged", "what-we-want")
BOW: Final = {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.5}


@dataclass(frozen=True, slots=True)
class Spot:
    """A box: `column` 0 is what helped, 1 a road, 2 what people want."""

    id: str
    text: str
    column: int


@dataclass(frozen=True, slots=True)
class Network:
    """Boxes, the links between roads and what they touch, and where each box stands."""

    spots: Mapping[str, Spot]
    links: Sequence[tuple[str, str]]
    points: Mapping[str, Point]


def lay_out(spots: Sequence[Spot], links: Sequence[tuple[str, str]]) -> Network:
    """Three columns; what hangs together stands together, large groups first. Same input, same picture.

    Barycentre sweeps within each group: O(sweeps · links · log links).
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from((spot.id, {"bipartite": int(spot.column != 1)}) for spot in spots)
    graph.add_edges_from(links)
    place = {spot.id: position for position, spot in enumerate(spots)}
    known = {spot.id: spot for spot in spots}
    points: dict[str, Point] = {}
    top = 0.0
    groups = [sorted(ids, key=place.__getitem__) for ids in nx.connected_components(graph)]
    for ids in sorted(groups, key=lambda ids: (-len(ids), place[ids[0]])):
        columns = _columns(graph, ids, known)
        rows = max(map(len, columns))
        for number, column in enumerate(columns):
            for row, spot_id in enumerate(column):
                down = top + (row + (rows - len(column)) / 2) * PITCH.y
                points[spot_id] = Point((number - 1) * PITCH.x, down)
        top += rows * PITCH.y
    return Network(known, list(links), {spot.id: points[spot.id] for spot in spots})


def _columns(graph: "nx.Graph[str]", ids: Sequence[str], known: Mapping[str, Spot]) -> list[list[str]]:
    columns = [[each for each in ids if known[each].column == number] for number in range(3)]
    row: dict[str, float] = {}
    for column in columns:
        row |= _spread(column)
    for sweep in range(SWEEPS):
        for number in (0, 2, 1) if sweep % 2 else (1, 0, 2):
            column = columns[number]
            middle = {each: _middle(graph, each, row) for each in column}
            column.sort(key=middle.__getitem__)
            row |= _spread(column)
    return columns


def _spread(column: Sequence[str]) -> dict[str, float]:
    return {each: position - (len(column) - 1) / 2 for position, each in enumerate(column)}


def _middle(graph: "nx.Graph[str]", spot_id: str, row: Mapping[str, float]) -> float:
    beside = [row[other] for other in graph[spot_id]]
    return sum(beside) / len(beside) if beside else row[spot_id]


def network_svg(network: Network, *, title: str, description: str, rtl: bool = False) -> str:
    """The network as one `<svg>`, every text escaped."""
    way = -1 if rtl else 1
    steps = "".join(_link(network.points[one], network.points[other], way) for one, other in network.links)
    boxes = "".join(_box(spot, network.points[spot.id], way) for spot in network.spots.values())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map roads" role="img"'
        f' viewBox="{_view(network, way)}"'
        f' font-family="{escape(FONT)}"><title>{said(title)}</title><desc>{said(description)}</desc>'
        f'<g class="edges" fill="none" stroke="{LIGHT.ink_soft}" stroke-width="2">{steps}</g>'
        f'<g class="nodes" direction="ltr" stroke-width="2">{boxes}</g></svg>'
    )


def _link(one: Point, other: Point, way: int) -> str:
    start, end = sorted((Point(way * one.x, one.y), Point(way * other.x, other.y)))
    left, right = start.x + SIZE.x / 2, end.x - SIZE.x / 2
    middle = (left + right) / 2
    curve = f"M{n(left)} {n(start.y)}C{n(middle)} {n(start.y)} {n(middle)} {n(end.y)} {n(right)} {n(end.y)}"
    return f'<path class="line" d="{curve}"/>'


def _box(spot: Spot, point: Point, way: int) -> str:
    size, words = fit(spot.text, SIZE.x - 2 * BESIDE, LETTERS, 3)
    pitch = size * 1.22
    top = size * 0.36 - (len(words) - 1) * pitch / 2
    fill, stroke = (LIGHT.accent_wash, LIGHT.accent) if spot.column == 1 else (LIGHT.sheet, LIGHT.ink)
    rim = (
        f'x="{n(-SIZE.x / 2)}" y="{n(-SIZE.y / 2)}" width="{n(SIZE.x)}" height="{n(SIZE.y)}"'
        f' rx="{ROUNDNESS[spot.column]}" fill="{fill}" stroke="{stroke}"'
    )
    return (
        f'<g class="{CLASSES[spot.column]}" transform="translate({n(way * point.x)} {n(point.y)})">'
        f'<title>{said(spot.text)}</title><rect class="outline" {rim}/>'
        f'<text class="words" font-size="{n(size)}" font-weight="600" text-anchor="middle"'
        f' fill="{LIGHT.ink}"{own_way(spot.text)}>{lines(words, 0, top, pitch)}</text></g>'
    )


def _view(network: Network, way: int) -> str:
    across = [way * point.x for point in network.points.values()] or [0.0]
    down = [point.y for point in network.points.values()] or [0.0]
    left, top = min(across) - SIZE.x / 2 - EDGE, min(down) - SIZE.y / 2 - EDGE
    wide = max(across) + SIZE.x / 2 + EDGE - left
    return f"{n(left)} {n(top)} {n(wide)} {n(max(down) + SIZE.y / 2 + EDGE - top)}"


def network_data(network: Network, *, rtl: bool = False) -> dict[str, Any]:
    """The network for vis-network, by day and by night, ready for JSON: text only, nothing moves."""
    return {
        name: _canvas(network, palette, -1 if rtl else 1)
        for name, palette in (("light", LIGHT), ("dark", DARK))
    }


def _canvas(network: Network, palette: Palette, way: int) -> dict[str, Any]:
    from pyvis.network import Network as Canvas  # noqa: PLC0415 (importing it takes 0.2–0.5 s)

    canvas = Canvas()
    canvas.nodes = [
        _canvas_box(spot, network.points[spot.id], palette, way) for spot in network.spots.values()
    ]
    canvas.edges = [
        {
            "id": f"{one} {other}",
            "from": one,
            "to": other,
            "width": 2,
            "color": {"color": palette.ink_soft, "highlight": palette.accent, "inherit": False},
            "smooth": BOW,
            "physics": False,
        }
        for one, other in network.links
    ]
    canvas.set_options(json.dumps(OPTIONS))
    nodes, edges, _, _, _, options = canvas.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}


def _canvas_box(spot: Spot, point: Point, palette: Palette, way: int) -> dict[str, Any]:
    size, words = fit(spot.text, SIZE.x - 2 * BESIDE, LETTERS, 3)
    is_road = spot.column == 1
    colour = {
        "background": palette.accent_wash if is_road else palette.sheet,
        "border": palette.accent if is_road else palette.ink,
    }
    room = SIZE.x - 2 * BESIDE
    return {
        "id": spot.id,
        "label": "\n".join(words) or " ",
        "shape": "box",
        "x": way * point.x,
        "y": point.y,
        "physics": False,
        "fixed": True,
        "borderWidth": 2,
        "borderWidthSelected": 4,
        "shapeProperties": {"borderRadius": ROUNDNESS[spot.column]},
        "color": {**colour, "highlight": colour, "hover": colour},
        "font": {"multi": False, "size": size, "face": FONT, "color": palette.ink},
        "margin": BESIDE,
        "widthConstraint": {"minimum": room, "maximum": room},
        "heightConstraint": {"minimum": SIZE.y - 2 * BESIDE, "valign": "middle"},
    }

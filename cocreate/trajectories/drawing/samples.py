"""Samples for a legend: each kind, state, step and voice, cut out of a picture drawn like any other."""

from functools import cache
from typing import Final
from xml.etree.ElementTree import Element, tostring

from cocreate.trajectories.drawing.look import LIGHT, Labels
from cocreate.trajectories.drawing.marks import OTHER_VOICE, VOICES
from cocreate.trajectories.drawing.parts import NAMESPACE, Picture, Window
from cocreate.trajectories.drawing.picture import picture_svg
from cocreate.trajectories.layout import BOX, Point
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation

# A box in a legend is narrower, and its lines and its pictogram are larger: it is a few millimetres high.
NARROW, BOLD, PICTOGRAM = 0.62, 1.7, 1.9
STOP: Final = Window(-68, -42, 136, 90)
APART: Final = 300.0  # px between the two stops of a sample step
STEP: Final = Window(BOX.width / 2 - 8, -14, APART - BOX.width + 10, 28)
VOICE: Final = Window(-14, -14, 28, 28)
_WORDLESS: Final = Labels(
    dict.fromkeys(NodeKind, ""), dict.fromkeys(NodeState, ""), dict.fromkeys(Relation, "")
)


@cache
def kind_sample(kind: NodeKind) -> str:
    """The shape and pictogram of a kind."""
    return _stop(kind, NodeState.HAPPENED, {"outline", "pictogram"})


@cache
def state_sample(state: NodeState) -> str:
    """The outline of a state."""
    return _stop(NodeKind.ACTIVITY, state, {"outline", "inline"})


@cache
def relation_sample(relation: Relation) -> str:
    """The line and the end of a step."""
    nodes = [MapNode(name, "", NodeKind.EVENT, NodeState.HAPPENED) for name in "ab"]
    edges, _ = _groups(nodes, [MapEdge("e", "a", "b", relation)])
    return _shown(edges, [part for part in edges[0] if part.tag != "title"], STEP)


@cache
def voice_sample(voice: str) -> str:
    """The shape of a voice, by the CSS class that carries its colour."""
    shape = VOICES.get(voice, OTHER_VOICE)
    facts = {"class": f"voice-mark {voice}", "d": shape.outline, "fill": shape.colour, "stroke": LIGHT.sheet}
    mark = Element("path", facts)
    group = Element("g", {"class": "nodes"})
    group.append(Element("g", {"class": "node"}))
    return _shown(group, [mark], VOICE)


def _stop(kind: NodeKind, state: NodeState, shown: set[str]) -> str:
    _, nodes = _groups([MapNode("a", "", kind, state)], [])
    parts = [part for part in nodes[0] if part.get("class") in shown]
    for part in parts:
        if part.get("class") == "pictogram":
            part.set("transform", f"scale({PICTOGRAM}) translate(-12 -12)")
        else:
            part.set("transform", f"scale({NARROW} 1)")
            part.set("stroke-width", f"{float(part.get('stroke-width', '2')) * BOLD:g}")
    return _shown(nodes, parts, STOP)


def _groups(nodes: list[MapNode], edges: list[MapEdge]) -> list[Element]:
    """The groups of edges and of nodes of a small picture."""
    points = {node.id: Point(place * APART, 0) for place, node in enumerate(nodes)}
    drawn = picture_svg(nodes, edges, points, title="", description="", labels=_WORDLESS)
    return Picture.read(drawn).root.findall("g")


def _shown(group: Element, parts: list[Element], window: Window) -> str:
    """Parts of the first thing in a group, as a picture without ids, for nobody's ears."""
    view = " ".join(f"{number:g}" for number in window)
    size = {"width": f"{window.width:g}", "height": f"{window.height:g}"}
    facts = {"xmlns": NAMESPACE, "class": "map sample", "viewBox": view, "aria-hidden": "true", **size}
    root = Element("svg", {**facts, "stroke-linejoin": "round"})
    outer, inner = Element("g", group.attrib), Element("g", {"class": group[0].get("class", "")})
    inner.extend(parts)
    outer.append(inner)
    root.append(outer)
    return str(tostring(root, encoding="unicode"))

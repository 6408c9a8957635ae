"""What a map looks like: a picture for every page, single changes to it, and the same as data."""

from cocreate.trajectories.drawing.kit import shapes_data
from cocreate.trajectories.drawing.look import DARK, LIGHT, Labels, Palette
from cocreate.trajectories.drawing.marks import VOICES, Mark
from cocreate.trajectories.drawing.network import graph_data
from cocreate.trajectories.drawing.picture import InTwo, edge_svgs, node_svg, picture_in_two, picture_svg
from cocreate.trajectories.drawing.sight import out_of_sight

__all__ = [
    "DARK",
    "LIGHT",
    "VOICES",
    "InTwo",
    "Labels",
    "Mark",
    "Palette",
    "edge_svgs",
    "graph_data",
    "node_svg",
    "out_of_sight",
    "picture_in_two",
    "picture_svg",
    "shapes_data",
]

"""What a map looks like: a picture for every page, and the same as data for the canvas."""

from cocreate.trajectories.drawing.look import DARK, LIGHT, Labels, Palette
from cocreate.trajectories.drawing.network import graph_data
from cocreate.trajectories.drawing.picture import picture_svg

__all__ = ["DARK", "LIGHT", "Labels", "Palette", "graph_data", "picture_svg"]

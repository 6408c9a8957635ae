"""Pictures of what a group answered, as SVG: lines, heaps, stacks, pairs and triangles."""

from cocreate.indicators.drawing.frame import Frame, RoundName, Words, mark_svg
from cocreate.indicators.drawing.heaps import Band, Heap, heaps_svg
from cocreate.indicators.drawing.lines import Mark, Series, lines_svg, small_svg
from cocreate.indicators.drawing.pairs import Pair, pairs_svg
from cocreate.indicators.drawing.stacks import Stack, patterns_svg, stacks_svg, swatch_svg, tones_for
from cocreate.indicators.drawing.triangles import Place, Trail, triangle_svg

__all__ = [
    "Band",
    "Frame",
    "Heap",
    "Mark",
    "Pair",
    "Place",
    "RoundName",
    "Series",
    "Stack",
    "Trail",
    "Words",
    "heaps_svg",
    "lines_svg",
    "mark_svg",
    "pairs_svg",
    "patterns_svg",
    "small_svg",
    "stacks_svg",
    "swatch_svg",
    "tones_for",
    "triangle_svg",
]

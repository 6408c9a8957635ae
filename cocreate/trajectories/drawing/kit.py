"""All a browser needs to draw a new node and its step the same way, before the server answered."""

from typing import Any

from cocreate.trajectories.drawing import boxes, marks, steps
from cocreate.trajectories.drawing.look import DASHES, PLANNED_DASH
from cocreate.trajectories.drawing.shapes import SHAPES
from cocreate.trajectories.drawing.words import SHARES
from cocreate.trajectories.layout import BOX, PITCH
from cocreate.trajectories.rules import Relation


def shapes_data() -> dict[str, Any]:
    """Shapes, sizes (px) and letter widths (shares of the letter size), ready for JSON; no colours."""
    return {
        "box": BOX._asdict(),
        "pitch": PITCH._asdict(),
        "letters": list(boxes.LETTERS),
        "leading": boxes.LEADING,
        "lines": list(boxes.LINES),
        "widths": SHARES,
        "pictogram": {"size": boxes.PICTOGRAM, "beside": boxes.BESIDE},
        "caption": {"size": boxes.CAPTION, "below": boxes.CAPTION_BELOW},
        "label": _label(),
        "planned": list(PLANNED_DASH),
        "kinds": {
            kind.value: {
                "outline": shape.outline,
                "pictogram": shape.pictogram,
                "start": shape.start,
                "end": shape.end,
                "radius": shape.radius,
            }
            for kind, shape in SHAPES.items()
        },
        "folded": _folded(),
        "voices": {voice: mark.outline for voice, mark in marks.VOICES.items()},
        "voice": {"x": -marks.VOICE_AT.x, "y": marks.VOICE_AT.y, "other": marks.OTHER_VOICE.outline},
        "relations": _relations(),
    }


def _label() -> dict[str, Any]:
    return {
        "size": steps.LETTER,
        "pitch": steps.PITCH,
        "least": steps.LEAST,
        "beside": steps.BESIDE,
        "above": steps.ABOVE,
        "lines": steps.LINES,
    }


def _folded() -> dict[str, Any]:
    return {
        "stack": list(marks.STACK),
        "below": boxes.STACKED,
        "high": marks.BADGE_HIGH,
        "letter": marks.BADGE_LETTER,
        **marks.FOLDED_AT._asdict(),
    }


def _relations() -> dict[str, Any]:
    return {
        relation.value: {
            "dash": list(DASHES[relation]),
            "width": steps.BOLD if relation is Relation.TURNED_INTO else 2,
            "tip": [list(spot) for spot in steps.TIPS[relation]],
            "filled": steps.TIPS[relation] is steps.ARROW,
            "ring": relation is Relation.MADE_POSSIBLE,
        }
        for relation in Relation
    }

"""Faces: what a change looks like on the stage, the console, the screen and in the library."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from cocreate.core.audience import Audience
from cocreate.core.changes import Change


class View(StrEnum):
    """The four surfaces, each with a live stream."""

    STAGE = "stage"
    CONSOLE = "console"
    SCREEN = "screen"
    LIBRARY = "library"


@dataclass(frozen=True, slots=True)
class Face:
    """What goes over the stream for one change, and for whom it is meant *now*.

    The log row says for whom it was meant then; a viewer must be in both audiences. `outside` is what
    who does not belong to the space gets instead, where that differs.
    """

    data: dict[str, Any] = field(default_factory=dict)
    audience: Audience | None = None
    outside: dict[str, Any] | None = None


FaceMaker = Callable[[Change, View], Face | None]
_makers: dict[str, FaceMaker] = {}


def register_face(topic: str, maker: FaceMaker) -> None:
    """Say how changes of this topic look. `maker` gives None when there is nothing to show there."""
    _makers[topic] = maker


def face_of(change: Change, view: View) -> Face | None:
    """The face of a change on one surface, in the language being spoken now."""
    maker = _makers.get(change.topic)
    return maker(change, view) if maker else None

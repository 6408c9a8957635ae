"""Faces: what a change looks like on the stage, the console, the screen and in the library."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from cocreate.core.audience import Audience, Viewer, sees
from cocreate.core.changes import Change


class View(StrEnum):
    """The four surfaces, each with a live stream."""

    STAGE = "stage"
    CONSOLE = "console"
    SCREEN = "screen"
    LIBRARY = "library"


Part = tuple[Audience, Any]  # for whom it is, and what


@dataclass(frozen=True, slots=True)
class Face:
    """What goes over the stream for one change, and for whom it is meant *now*.

    The log row says for whom it was meant then; a viewer must be in both audiences. `outside` is what
    who does not belong to the space gets instead, where that differs. `also` is a second audience that a
    viewer must be in, for what ties two things together. `parts` are lists in the data of
    which each viewer gets what they may see, by name: each part with for whom it is.
    """

    data: dict[str, Any] = field(default_factory=dict)
    audience: Audience | None = None
    outside: dict[str, Any] | None = None
    also: Audience | None = None
    parts: Mapping[str, Sequence[Part]] = field(default_factory=dict)

    def is_for(self, viewer: Viewer) -> bool:
        """Whether this viewer may get it, as far as that hangs on now."""
        return all(each is None or sees(viewer, each) for each in (self.audience, self.also))

    def seen_by(self, viewer: Viewer) -> tuple[tuple[str, int], ...]:
        """Names and places of the parts that this viewer may see."""
        return tuple(
            (name, place)
            for name, parts in self.parts.items()
            for place, (audience, _part) in enumerate(parts)
            if sees(viewer, audience)
        )

    def with_parts(self, seen: Sequence[tuple[str, int]]) -> dict[str, Any]:
        """The data with these parts."""
        told = {
            name: [part for place, (_audience, part) in enumerate(parts) if (name, place) in seen]
            for name, parts in self.parts.items()
        }
        return {**self.data, **told}


FaceMaker = Callable[[Change, View], Face | None]
_makers: dict[str, FaceMaker] = {}


def register_face(topic: str, maker: FaceMaker) -> None:
    """Say how changes of this topic look. `maker` gives None when there is nothing to show there."""
    _makers[topic] = maker


def face_of(change: Change, view: View) -> Face | None:
    """The face of a change on one surface, in the language being spoken now."""
    maker = _makers.get(change.topic)
    return maker(change, view) if maker else None

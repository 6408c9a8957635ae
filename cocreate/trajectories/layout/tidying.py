"""A map laid out anew around what was placed by hand."""

from collections.abc import Mapping, Sequence

from cocreate.trajectories.layout.newcomers import Paper
from cocreate.trajectories.layout.paper import Point


def around(ids: Sequence[str], points: Mapping[str, Point], pinned: Mapping[str, Point]) -> dict[str, Point]:
    """What is in `pinned` stays there; of the others, who would stand on it takes the next free place."""
    if not pinned:
        return dict(points)
    paper = Paper(dict(enumerate(pinned.values())))
    free = {own_id: paper.free_near(points[own_id], 1) for own_id in ids if own_id not in pinned}
    return {own_id: pinned.get(own_id) or free[own_id] for own_id in ids}


def is_taken(point: Point, taken: Mapping[str, Point]) -> bool:
    """Whether a box at this point would stand on another one."""
    return not Paper(dict(enumerate(taken.values()))).is_free(point)

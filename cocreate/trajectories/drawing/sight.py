"""What of a map is in sight when it opens: a page shows that first, and the rest a moment later."""

from collections.abc import Mapping
from typing import Final

from cocreate.trajectories.layout import BOX, Point

WORTH_IT: Final = 150  # stops; below that all of it comes at once
# px from where the road begins. No frame is larger than 1,700 by 960, and it opens with the beginning in it.
ACROSS: Final = 2000.0
DOWN: Final = 1100.0


def out_of_sight(points: Mapping[str, Point]) -> frozenset[str]:
    """Nodes that nobody sees before the map is moved; none of a small map."""
    if len(points) <= WORTH_IT:
        return frozenset()
    first = min(x for x, _ in points.values())
    middle = min(y for x, y in points.values() if x < first + BOX.width)
    return frozenset(
        node_id for node_id, (x, y) in points.items() if x - first > ACROSS or abs(y - middle) > DOWN
    )

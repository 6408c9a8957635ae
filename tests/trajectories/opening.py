"""What a map shows when it opens: the rule of static/js/map/view.js, to hold a layout against."""

from collections.abc import Mapping

from cocreate.trajectories.layout import BOX, Point
from cocreate.trajectories.layout.paper import Size

READABLE, ROOMY, EDGE = 1.0, 1.3, 32.0
SCREENS = {"laptop": Size(1280, 800), "tablet": Size(1024, 768), "phone": Size(390, 844)}
CHROME = 180.0  # px of a screen that the page keeps for its bars above and below the map


def beginning(points: Mapping[str, Point]) -> Point:
    """The topmost box of the first column."""
    first = min(x for x, _ in points.values())
    return min((point for point in points.values() if point.x < first + BOX.width), key=lambda point: point.y)


def opening(points: Mapping[str, Point], screen: Size) -> tuple[float, set[str]]:
    """How large a map opens on a screen, and the stops that are then seen whole."""
    width, height = screen.width, screen.height - CHROME
    left, right = min(x for x, _ in points.values()), max(x for x, _ in points.values()) + BOX.width
    top, bottom = min(y for _, y in points.values()), max(y for _, y in points.values()) + BOX.height
    scale = min((width - EDGE) / (right - left), (height - EDGE) / (bottom - top), ROOMY)
    if scale >= READABLE:
        return scale, set(points)
    first = beginning(points)
    from_x = first.x - EDGE
    if bottom - top + 2 * EDGE <= height:
        from_y = (top + bottom - height) / 2
    else:
        from_y = max(top - EDGE, first.y + BOX.height / 2 - height / 2)
    return READABLE, {
        name
        for name, (x, y) in points.items()
        if from_x <= x <= from_x + width - BOX.width and from_y <= y <= from_y + height - BOX.height
    }

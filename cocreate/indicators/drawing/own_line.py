"""One person's answers as a calm picture: dots in the order of days, and a line where a line may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import pairwise
from typing import Final

WIDTH: Final = 360.0  # as wide as a phone, so that its letters are as large there as they should be
LOW: Final = 138.0  # the height of the lowest answer, the highest is at HIGH
HIGH: Final = 26.0
BELOW: Final = 164.0  # where it is marked that nothing was said: apart from the lowest answer, never on it
HEIGHT: Final = 174.0
EDGE: Final = 18.0
NEAREST: Final = 0.45  # of an even share of the width; nearer days are drawn that far apart
MOST_NUMBERS: Final = 12  # with more dots, only the first and the last have their number beside them
SIDE: Final = 150.0  # of a triangle


@dataclass(frozen=True, slots=True)
class Dot:
    """One round: what was answered as a share of the way from lowest to highest, or None; in words too.

    `wish` is there where somebody said how it is and how they would like it. A missed round is a gap.
    """

    on: date
    share: float | None
    told: str
    label: str = ""
    wish: float | None = None
    is_missed: bool = False


def line_svg(dots: Sequence[Dot], key: str, title: str, words: str, *, is_joined: bool = True) -> str:
    """Dots from left to right, joined where one answer followed on another; every text escaped."""
    places = _places([dot.on for dot in dots])
    drawn = [f'<path class="axis" d="M{_n(EDGE - 8)} {_n(LOW)}H{_n(WIDTH - EDGE + 8)}"/>']
    drawn.append(f'<path class="axis" d="M{_n(EDGE - 8)} {_n(HIGH)}H{_n(WIDTH - EDGE + 8)}"/>')
    if is_joined:
        drawn += [_joined(dots, places)]
    numbered = range(len(dots)) if len(dots) <= MOST_NUMBERS else (0, len(dots) - 1)
    for place, (dot, x) in enumerate(zip(dots, places, strict=True)):
        drawn.append(f"<g><title>{escape(dot.told)}</title>{_mark(dot, x)}</g>")
        if place in numbered and dot.label and dot.share is not None:
            above = max(dot.share, dot.wish if dot.wish is not None else 0)
            drawn.append(f'<text x="{_n(x)}" y="{_n(_y(above) - 12)}">{escape(dot.label)}</text>')
    return _svg("own-picture", (WIDTH, HEIGHT), key, title, words, drawn)


def triangle_svg(points: Sequence[tuple[float, float]], key: str, title: str, words: str) -> str:
    """Points in a triangle joined in their order, the last one full; x to the right and y up, from 0 to 1."""
    tall = SIDE * 0.866
    spots = [(EDGE + SIDE * x, EDGE + tall * (1 - y)) for x, y in points]
    corners = f"M{_n(EDGE)} {_n(EDGE + tall)}H{_n(EDGE + SIDE)}L{_n(EDGE + SIDE / 2)} {_n(EDGE)}z"
    road = "".join(f"L{_n(x)} {_n(y)}" for x, y in spots)
    drawn = [f'<path class="axis" d="{corners}"/>']
    if len(spots) > 1:
        drawn.append(f'<path class="line" d="M{road[1:]}"/>')
    for number, (x, y) in enumerate(spots, 1):
        css = "dot" if number == len(spots) else "before"
        drawn.append(f'<circle class="{css}" cx="{_n(x)}" cy="{_n(y)}" r="6"/>')
    size = (SIDE + 2 * EDGE, tall + 2 * EDGE)
    return _svg("own-triangle", size, key, title, words, drawn)


def _places(days: Sequence[date]) -> list[float]:
    """How far from the left each day is, as far apart as the days are, but never too near."""
    room = WIDTH - 2 * EDGE
    if len(days) < 2:  # noqa: PLR2004 (one dot has nothing to be apart from)
        return [EDGE + room / 2 for _ in days]
    gaps = [max((later - earlier).days, 0) for earlier, later in pairwise(days)]
    least = NEAREST * max(sum(gaps), 1) / len(gaps)
    wide = [max(gap, least) for gap in gaps]
    scale, places = room / sum(wide), [EDGE]
    for gap in wide:
        places.append(places[-1] + gap * scale)
    return places


def _joined(dots: Sequence[Dot], places: Sequence[float]) -> str:
    """A line through answers that follow on each other; where nothing was said it stops."""
    path = ""
    pen_is_down = False
    for dot, x in zip(dots, places, strict=True):
        if dot.share is not None:
            path += f"{'L' if pen_is_down else 'M'}{_n(x)} {_n(_y(dot.share))}"
        pen_is_down = dot.share is not None
    return f'<path class="line" d="{path}"/>' if path else ""


def _mark(dot: Dot, x: float) -> str:
    if dot.share is None:
        if dot.is_missed:
            return f'<path class="missed" d="M{_n(x - 5)} {_n(BELOW)}H{_n(x + 5)}"/>'
        return f'<circle class="unsaid" cx="{_n(x)}" cy="{_n(BELOW)}" r="5"/>'
    y = _y(dot.share)
    mark = f'<circle class="dot" cx="{_n(x)}" cy="{_n(y)}" r="6"/>'
    if dot.wish is None:
        return mark
    wished = _y(dot.wish)
    return (
        f'<path class="span" d="M{_n(x)} {_n(y)}V{_n(wished)}"/>{mark}'
        f'<circle class="wish" cx="{_n(x)}" cy="{_n(wished)}" r="6.5"/>'
    )


def _svg(css: str, size: tuple[float, float], key: str, title: str, words: str, drawn: Sequence[str]) -> str:
    name = escape(key)
    return (
        f'<svg class="{css}" role="img" aria-labelledby="t-{name} d-{name}"'
        f' viewBox="0 0 {_n(size[0])} {_n(size[1])}">'
        f'<title id="t-{name}">{escape(title)}</title><desc id="d-{name}">{escape(words)}</desc>'
        f"{''.join(drawn)}</svg>"
    )


def _y(share: float) -> float:
    return LOW - (LOW - HIGH) * share


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")

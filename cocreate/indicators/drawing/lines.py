"""The line of a group: one mark for each voice and round, joined where two rounds follow each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from cocreate.indicators.drawing.frame import Frame, Words, mark, n, picture, text

APART: Final = 5.0  # px between marks of different voices in the same round
SIZE: Final = 0.55
SMALL: Final = (120.0, 36.0)  # px, of a line in passing
EDGE: Final = 6.0
Point = tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a voice stands in one round: a mean, or only between which two it lies; in words too."""

    low: float
    high: float
    told: str

    @property
    def middle(self) -> float:
        """Where the line goes through."""
        return (self.low + self.high) / 2

    @property
    def is_exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Series:
    """One voice over all rounds, or all together (no key); None where nothing may be shown."""

    key: str
    css: str
    marks: Sequence[Mark | None]


def lines_svg(frame: Frame, series: Sequence[Series], words: Words, too_few: str) -> str:
    """All voices, and all together as a thick line behind them. `too_few` says why a round has no mark."""
    voices = [each for each in series if each.key]
    drawn = "".join(_line(frame, each, 0.0) for each in series if not each.key)
    for place, each in enumerate(voices):
        drawn += _line(frame, each, (place - (len(voices) - 1) / 2) * min(APART, frame.step / 8))
    drawn += "".join(
        _empty(frame, place, too_few)
        for place, each in enumerate(frame.rounds)
        if each.is_asked and not any(one.marks[place] for one in series)
    )
    return frame.svg(words, drawn, "lines")


def small_svg(marks: Sequence[Mark | None], lowest: float, highest: float, words: Words) -> str:
    """The line of all together, as small as a word."""
    width, height = SMALL
    step = (width - 2 * EDGE) / max(1, len(marks) - 1)
    scale = (height - 2 * EDGE) / (highest - lowest)
    points: list[Point] = [
        (EDGE + place * step, height - EDGE - scale * (each.middle - lowest)) if each else None
        for place, each in enumerate(marks)
    ]
    if len(points) == 1 and points[0]:
        points = [(width / 2, points[0][1])]
    ends = "".join(f'<path class="grid" d="M0 {n(y)}H{n(width)}"/>' for y in (EDGE, height - EDGE))
    dots = "".join(f'<circle class="dot" cx="{n(p[0])}" cy="{n(p[1])}" r="4"/>' for p in points if p)
    return picture(words, width, height, f"{ends}{_joined(points, 'together')}{dots}", "small-line")


def _line(frame: Frame, series: Series, shift: float) -> str:
    points: list[Point] = [
        (frame.x(place) + shift, frame.y(each.middle)) if each else None
        for place, each in enumerate(series.marks)
    ]
    css = "together" if not series.key else f"voice-line {escape(series.css)}"
    drawn = _joined(points, css)
    for point, each in zip(points, series.marks, strict=True):
        if point and each and each.is_exact:
            drawn += mark(series.key, series.css, *point, each.told, SIZE if series.key else 0.8)
        elif point and each:
            drawn += (
                f'<path class="between {escape(series.css)}" d="M{n(point[0])} {n(frame.y(each.low))}'
                f'V{n(frame.y(each.high))}"><title>{escape(each.told)}</title></path>'
            )
    return drawn


def _joined(points: Sequence[Point], css: str) -> str:
    """Lines between rounds that follow each other. Over what is missing there is none."""
    path = ""
    before: Point = None
    for point in points:
        if point:
            path += f"{'L' if before else 'M'}{n(point[0])} {n(point[1])}"
        before = point
    return f'<path class="{css}" d="{path}"/>' if path else ""


def _empty(frame: Frame, place: int, told: str) -> str:
    x, y = frame.x(place), frame.base - 12
    return (
        f'<g><circle class="few" cx="{n(x)}" cy="{n(y)}" r="9"/>{text("few-sign", x, y + 4, "…")}'
        f"<title>{escape(told)}</title></g>"
    )

"""How many gave each answer: a heap for each round, lying on its side along the scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from cocreate.indicators.drawing.frame import TALL, UNTOLD, Frame, Words, n, text

NUMBERED: Final = 40.0  # px that a round needs for numbers beside its bars
NUMBER: Final = 14.0
LINE: Final = 10.0  # px that a number needs above the next
THIN: Final = 2.5


@dataclass(frozen=True, slots=True)
class Band:
    """An answer, or a few answers beside each other, and how many people gave it."""

    low: float
    high: float
    people: int
    told: str


@dataclass(frozen=True, slots=True)
class Heap:
    """The answers of one round, and how many of them are not told."""

    bands: Sequence[Band]
    untold: int
    untold_told: str = ""


def heaps_svg(frame: Frame, heaps: Sequence[Heap | None], words: Words) -> str:
    """A heap for each round where there is one."""
    most = max((size for heap in heaps if heap for size in _sizes(heap)), default=1)
    is_dense = any(band.low == band.high for heap in heaps if heap for band in heap.bands) and (
        TALL / (frame.highest - frame.lowest) < LINE
    )
    has_numbers = frame.step >= NUMBERED and not is_dense
    room = frame.step - 8 - (NUMBER if has_numbers else 0)
    drawn = ""
    for place, heap in enumerate(heaps):
        x = frame.x(place) - (frame.step - 8) / 2
        for band in heap.bands if heap else ():
            drawn += _bar(frame, band, x, room / most, has_numbers)
        if heap and heap.untold:
            drawn += _untold(frame, heap, x, room / most, has_numbers)
    return frame.svg(words, drawn, "heaps")


def _sizes(heap: Heap) -> list[int]:
    return [*(band.people for band in heap.bands), heap.untold, 1]


def _bar(frame: Frame, band: Band, x: float, scale: float, has_number: bool) -> str:
    if not band.people:
        return ""
    whole = TALL / (frame.highest - frame.lowest)
    if band.low == band.high:
        tall = max(THIN, min(13.0, whole * 0.8))
        y = frame.y(band.low) - tall / 2
    else:
        tall = max(THIN, whole * (band.high - band.low) - 2)
        y = frame.y(band.high) + 1
    return _drawn("heap", x, y, band.people * scale, tall, band.told, band.people if has_number else None)


def _untold(frame: Frame, heap: Heap, x: float, scale: float, has_number: bool) -> str:
    y = frame.base + UNTOLD - 10
    return _drawn(
        "untold", x, y, heap.untold * scale, 10, heap.untold_told, heap.untold if has_number else None
    )


def _drawn(css: str, x: float, y: float, width: float, tall: float, told: str, number: int | None) -> str:
    beside = "" if number is None else text("number", x + width + 3, y + tall / 2 + 4, str(number))
    return (
        f'<rect class="{css}" x="{n(x)}" y="{n(y)}" width="{n(width)}" height="{n(tall)}" rx="2">'
        f"<title>{escape(told)}</title></rect>{beside}"
    )

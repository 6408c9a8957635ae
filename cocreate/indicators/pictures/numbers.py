"""Answers that are one number: the line of means, and heaps of how many gave each answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _
from markupsafe import Markup

from cocreate.indicators.drawing import (
    Band,
    Frame,
    Heap,
    Mark,
    Series,
    Words,
    heaps_svg,
    lines_svg,
)
from cocreate.indicators.figures import Figure
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.kinds.shapes import WHOLE
from cocreate.indicators.pictures.parts import (
    ALL,
    Drawn,
    Group,
    Parts,
    Picture,
    Scene,
    keys_of,
    mean_told,
    not_told,
    parts_of,
    people,
    plain,
    points_of,
)
from cocreate.indicators.queries.figures import Line

BROAD: Final = 0.4  # of the scale; a mean that may lie anywhere in more than this is not drawn
DYAD: Final = ((0, 20), (21, 45), (46, 54), (55, 79), (80, 100))  # the same on both sides of the middle
BANDS: Final = 6
FEW: Final = 10  # counts up to this each have a bar of their own
NICE: Final = (1, 2, 5, 10, 20, 25, 50)


@dataclass(frozen=True, slots=True)
class Axis:
    """From where to where answers go, which are named beside it, and which are told together."""

    lowest: int
    highest: int
    ticks: Sequence[int]
    bands: Sequence[tuple[int, int]]
    ends: str

    def frame(self, scene: Scene, line: Line, has_untold: bool = False) -> Frame:
        """The same as what a picture stands in."""
        ticks = [(float(value), str(value)) for value in self.ticks]
        return Frame(self.lowest, self.highest, ticks, scene.names(line), has_untold)


def axis_of(shape: AnswerShape, figures: Sequence[Figure]) -> Axis:
    """The scale of a question. A count goes as far as what is told of it, in steps that are easy to read."""
    lowest, highest = shape.ends or (0, 1)
    if shape.kind is AnswerKind.DYAD:
        return Axis(0, WHOLE, (0, WHOLE // 2, WHOLE), DYAD, _ends(shape, 0, WHOLE))
    if shape.kind is AnswerKind.COUNT:
        most = max((value for each in figures for value in each.counts), default=0)
        wide = 1 if most <= FEW else _nice(-(-(most + 1) // BANDS))
        top = wide * -(-(max(most, 4) + 1) // wide)
        bands = [(low, low + wide - 1) for low in range(0, top, wide)]
        last = bands[-1][1]
        return Axis(0, last, (0, last // 2, last) if wide == 1 else (0, last), bands, _ends(shape, 0, last))
    bands = [(value, value) for value in range(lowest, highest + 1)]
    if len(bands) > 2 * FEW + 1:
        wide = _nice(-(-len(bands) // BANDS))
        bands = [(low, min(low + wide - 1, highest)) for low in range(lowest, highest + 1, wide)]
    ticks = (lowest, (lowest + highest) // 2, highest)
    return Axis(lowest, highest, ticks, bands, _ends(shape, lowest, highest))


def _nice(least: int) -> int:
    factor = 1
    while True:
        for step in NICE:
            if step * factor >= least:
                return step * factor
        factor *= 100


def _ends(shape: AnswerShape, lowest: int, highest: int) -> str:
    if not shape.labels:
        return f"{lowest}–{highest} {shape.unit}".strip() if shape.unit else ""
    at_lowest, at_highest = shape.labels
    return f"{lowest} = {at_lowest}, {highest} = {at_highest}"


def draw_numbers(scene: Scene, line: Line, shape: AnswerShape) -> Drawn:
    """A line, heaps, and what they say."""
    groups = scene.groups(line)
    shown = [parts[0] for _round, _group, parts in scene.rows(line)]
    axis = axis_of(shape, shown)
    points = points_of(scene, line, lambda parts: say(axis, parts[0]))
    if not shown:
        return Drawn(points)
    head = [_("Round"), _("Voice"), _("People"), _("Mean"), _("Middle answer")]
    head += [band_name(band) for band in axis.bands] + [_("Not told")]
    rows = [
        [each.name, group.name, str(parts[0].n), *_numbers(parts[0]), *counts_in(axis, parts[0])]
        for each, group, parts in scene.rows(line)
    ]
    return Drawn(points, [_line(scene, line, axis, groups), heaps_of(scene, line, axis)], head, rows)


def say(axis: Axis, figure: Figure) -> tuple[str, str]:
    """What may be said of a figure: its mean, or between which two it lies, or its middle answer."""
    if figure.mean is not None:
        return mean_told(figure.mean), str(_("mean"))
    between = narrow(axis, figure)
    if between:
        return f"{mean_told(between[0])}–{mean_told(between[1])}", str(_("the mean lies in between"))
    if figure.median is not None:
        return plain(figure.median), str(_("middle answer"))
    return "", not_told()


def narrow(axis: Axis, figure: Figure) -> tuple[float, float] | None:
    """Between which two the mean lies, when that says enough."""
    between = figure.mean_between(axis.lowest, axis.highest)
    if between is None or between[1] - between[0] > BROAD * (axis.highest - axis.lowest):
        return None
    return between


def _numbers(figure: Figure) -> list[str]:
    return [
        "–" if figure.mean is None else mean_told(figure.mean),
        "–" if figure.median is None else plain(figure.median),
    ]


def band_name(band: tuple[int, int]) -> str:
    """One answer, or from where to where."""
    low, high = band
    return str(low) if low == high else f"{low}–{high}"


def in_band(figure: Figure, band: tuple[int, int]) -> int:
    """How many gave an answer in this band, as far as it is told."""
    return sum(number for value, number in figure.counts.items() if band[0] <= value <= band[1])


def counts_in(axis: Axis, figure: Figure) -> list[str]:
    """How many are told of each band, and of how many the answer is not told."""
    return [str(in_band(figure, band)) for band in axis.bands] + [str(figure.untold)]


def _line(scene: Scene, line: Line, axis: Axis, groups: Sequence[Group]) -> Picture:
    series = [
        Series(
            group.key,
            group.css,
            [
                mark_of(axis, each.name, group, parts_of(shown, group))
                for each, shown in zip(scene.rounds, line.by_round, strict=True)
            ],
        )
        for group in groups
    ]
    told = " ".join(mark.told for one in series if not one.key for mark in one.marks if mark)
    words = Words(f"l-{line.question.question_id}", line.question.text, told or not_told())
    svg = lines_svg(axis.frame(scene, line), series, words, _("Not enough people to show"))
    return Picture(
        _("The line of this group"),
        Markup(svg),  # noqa: S704 (it escapes every text)
        _("Each mark is the mean of one voice in one round; n is how many people answered."),
        keys_of(groups),
        axis.ends,
    )


def mark_of(axis: Axis, name: str, group: Group, parts: Parts) -> Mark | None:
    """Where a group stands in a round: its mean, or between which two it lies when that says enough."""
    if not parts:
        return None
    figure, facts = parts[0], {"round": name, "voice": group.name, "people": people(parts[0].n)}
    if figure.mean is not None:
        told = _("%(round)s, %(voice)s: %(mean)s (%(people)s).", mean=mean_told(figure.mean), **facts)
        return Mark(figure.mean, figure.mean, told)
    between = narrow(axis, figure)
    if between is None:
        return None
    low, high = map(mean_told, between)
    told = _("%(round)s, %(voice)s: between %(low)s and %(high)s (%(people)s).", low=low, high=high, **facts)
    return Mark(*between, told)


def heaps_of(scene: Scene, line: Line, axis: Axis, part: int = 0, title: str = "") -> Picture:
    """How many gave each answer in each round, of all together."""
    heaps = [_heap(axis, parts[part]) if (parts := parts_of(shown, ALL)) else None for shown in line.by_round]
    has_untold = any(heap and heap.untold for heap in heaps)
    told = " ".join(
        f"{each.name}: {', '.join(band.told for band in heap.bands if band.people)}."
        for each, heap in zip(scene.rounds, heaps, strict=True)
        if heap
    )
    words = Words(f"h{part}-{line.question.question_id}", title or _("How many gave each answer"), told)
    how = _("Each bar is how many people gave that answer: the longer, the more.")
    if has_untold:
        how += " " + _("Answers at the question mark are not told one by one, so that nobody is recognised.")
    svg = heaps_svg(axis.frame(scene, line, has_untold), heaps, words)
    return Picture(
        title or _("How many gave each answer"),
        Markup(svg),  # noqa: S704 (it escapes every text)
        how,
        ends=axis.ends,
    )


def _heap(axis: Axis, figure: Figure) -> Heap:
    bands = []
    for band in axis.bands:
        number = in_band(figure, band)
        told = _("%(answer)s: %(people)s", answer=band_name(band), people=people(number))
        bands.append(Band(band[0], band[1], number, told))
    return Heap(bands, figure.untold, _("Not told: %(people)s", people=people(figure.untold)))

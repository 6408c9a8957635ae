"""A line as small as a word, where an impact is spoken of."""

from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from cocreate.indicators.drawing import Mark, Words, small_svg
from cocreate.indicators.figures import Figure
from cocreate.indicators.kinds import AnswerKind, AnswerShape, Level
from cocreate.indicators.pictures.parts import mean_told, people, plain
from cocreate.indicators.queries.figures import SmallLine

_HARD = frozenset({AnswerKind.TRIAD, AnswerKind.OPEN, AnswerKind.YES_MORE_OR_LESS_NO})  # no line is right


@dataclass(frozen=True, slots=True)
class Small:
    """A line in passing: what was asked, the picture, the last of it in words, and where it leads."""

    line: SmallLine
    svg: Markup
    told: str


def small_of(line: SmallLine) -> Small:
    """A small picture with the last figure in words; without one where no line would be right."""
    shown = [each.together[0] if each.together else None for each in line.figures]
    values = [None if each is None else _value(line.shape, each) for each in shown]
    last = next((each for each in reversed(list(zip(shown, values, strict=True))) if each[0]), None)
    told = ""
    if last and last[0]:
        number = "" if last[1] is None else _told(line.shape, last[1]) + " "
        told = f"{number}({people(last[0].n)})"
    if line.shape.kind in _HARD or not any(value is not None for value in values):
        return Small(line, Markup(), told)
    marks = [None if value is None else Mark(value, value, "") for value in values]
    lowest, highest = line.shape.ends or (0, 1)
    if line.shape.kind is AnswerKind.COUNT:
        lowest, highest = 0, max(1, round(max(value or 0 for value in values) * 1.2))
    said = "; ".join("–" if value is None else _told(line.shape, value) for value in values)
    key = f"m-{line.measuring_id}-{line.question_id}"
    words = Words(key, line.text, _("Round by round: %(said)s", said=said))
    return Small(line, Markup(small_svg(marks, lowest, highest, words)), told)  # noqa: S704 (it escapes)


def _value(shape: AnswerShape, figure: Figure) -> float | None:
    return figure.median if shape.level is Level.ORDINAL else figure.mean


def _told(shape: AnswerShape, value: float) -> str:
    return plain(value) if shape.level is Level.ORDINAL else mean_told(value)

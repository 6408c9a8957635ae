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
    shown = [each.together for each in line.figures]
    last = next((parts for parts in reversed(shown) if parts), ())
    told = f"({people(last[0].n)})" if last else ""
    shape = line.answers
    if not isinstance(shape, AnswerShape) or shape.kind in _HARD:
        return Small(line, Markup(), told)
    values = [_value(shape, parts[0]) if parts else None for parts in shown]
    marks = [None if value is None else Mark(value, value, "") for value in values]
    if not any(marks):
        return Small(line, Markup(), told)
    said = [" → ".join(_told(shape, part) for part in parts) if parts else "–" for parts in shown]
    lowest, highest = shape.ends or (0, 1)
    if shape.kind is AnswerKind.COUNT:
        lowest, highest = 0, max(1, round(max(value or 0 for value in values) * 1.2))
    key = f"m-{line.measuring_id}-{line.question_id}"
    words = Words(key, line.text, _("Round by round: %(said)s", said="; ".join(said)))
    number = " → ".join(_told(shape, part) for part in last)
    svg = small_svg(marks, lowest, highest, words)
    return Small(line, Markup(svg), f"{number} {told}")  # noqa: S704 (it escapes every text)


def _value(shape: AnswerShape, figure: Figure) -> float | None:
    return figure.median if shape.level is Level.ORDINAL else figure.mean


def _told(shape: AnswerShape, figure: Figure) -> str:
    value = _value(shape, figure)
    if value is None:
        return "–"
    return plain(value) if shape.level is Level.ORDINAL else mean_told(value)

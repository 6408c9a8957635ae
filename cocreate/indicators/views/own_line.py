"""My own line over the wire: for whoever answered, and for nobody else."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import current_app, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from markupsafe import Markup

from cocreate.core.problems import NotFound
from cocreate.indicators.drawing.own_line import Dot, line_svg, triangle_svg
from cocreate.indicators.kinds import AnswerKind, AnswerShape, Level, Missing, Triad
from cocreate.indicators.queries.guiding import guide_of, guides_to_choose, is_guide
from cocreate.indicators.queries.measuring import rounds_to_answer
from cocreate.indicators.queries.own_line import (
    OwnLine,
    Said,
    answers_given,
    low_ways,
    own_lines,
    with_missed_rounds,
)
from cocreate.indicators.queries.own_scores import own_scales
from cocreate.indicators.scoring import Answers, Choices
from cocreate.indicators.service.rounds import bring_up_to_date
from cocreate.indicators.views.blueprint import SPACE, blueprint
from cocreate.indicators.words import choices_of, in_words, missing_words
from cocreate.spaces.access import Here, enter
from cocreate.spaces.rules import Act

# Of the others a number beside a dot would say less than the words above and below.
WITH_NUMBERS = frozenset({AnswerKind.SCALE_0_10, AnswerKind.SCALE_1_10, AnswerKind.COUNT})


@dataclass(frozen=True, slots=True)
class Row:
    """One answer in words, and the parts of a pair."""

    on: date
    words: str
    pair: tuple[int, int] | None = None  # how it is, how they would like it


@dataclass(frozen=True, slots=True)
class Picture:
    """One question as it is shown: a picture where there is something to draw, and every answer in words."""

    line: OwnLine
    svg: Markup | None
    ends: tuple[str, str] | None  # what the lowest and the highest are called
    rows: Sequence[Row]
    unit: str = ""

    @property
    def corners(self) -> tuple[str, ...]:
        """What stands at the corners of a triangle: left, right, top."""
        answers = self.line.answers
        is_triad = isinstance(answers, AnswerShape) and answers.kind is AnswerKind.TRIAD
        return answers.labels if isinstance(answers, AnswerShape) and is_triad else ()

    @property
    def is_pair(self) -> bool:
        """Whether it asks how it is and how somebody would like it."""
        answers = self.line.answers
        return isinstance(answers, AnswerShape) and answers.kind is AnswerKind.HAVE_AND_WISH

    @property
    def is_words(self) -> bool:
        """Whether it is answered in somebody's own words."""
        return isinstance(self.line.answers, AnswerShape) and self.line.answers.level is Level.WORDS


@blueprint.get(f"{SPACE}/my-line")
def my_line(space_id: uuid.UUID) -> ResponseReturnValue:
    """What I answered over time, whether something has been low for a while, and who walks along with me."""
    here = enter_as_member(space_id, Act.READ)
    viewer = here.viewer
    bring_up_to_date(viewer)
    membership_id = viewer.membership_id or uuid.UUID(int=0)
    given = answers_given(space_id, membership_id)
    lines = with_missed_rounds(viewer, own_lines(given, low_ways(space_id, membership_id, given)), given)
    page = render_template(
        "indicators/my_line.html",
        here=here,
        space=here.space,
        pictures=[_picture(line, here.space.timezone) for line in lines],
        lows=[line.low for line in lines if line.low],
        scales=own_scales(given),
        guide=guide_of(viewer),
        nameable=guides_to_choose(viewer) if here.may("contribute") else [],
        is_guide=is_guide(viewer),
        asked=rounds_to_answer(viewer),
        decimal=format_decimal,
    )
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def enter_as_member(space_id: uuid.UUID, act: Act) -> Here:
    """The space, for who belongs to it; who only reads along in a public space has nothing of their own."""
    here = enter(space_id, act)
    if not here.viewer.is_member:
        raise NotFound
    return here


def _picture(line: OwnLine, zone: str) -> Picture:
    said = _missing_in_words(line.answers)
    rows = [Row(each.on, said(each), _pair(line.answers, each)) for each in line.said]
    dots = [_dot(line, each, f"{_date(each.on, zone)}: {said(each)}") for each in line.said]
    told = "; ".join(dot.told for dot in dots)
    unit = line.answers.unit if isinstance(line.answers, AnswerShape) else ""
    return Picture(line, _drawn(line, dots, told), _ends(line), rows, unit)


def _missing_in_words(answers: Answers):  # type: ignore[no-untyped-def]
    reasons = missing_words()

    def said(each: Said) -> str:
        return reasons[each.missing] if each.missing else in_words(answers, each.value)

    return said


def _drawn(line: OwnLine, dots: Sequence[Dot], told: str) -> Markup | None:
    answers, key = line.answers, line.question_id.hex
    if isinstance(answers, AnswerShape) and answers.kind is AnswerKind.TRIAD:
        points = [Triad(*each.value).point for each in line.said if each.value is not None]
        return Markup(triangle_svg(points, key, line.text, told)) if points else None  # noqa: S704 (escapes)
    if isinstance(answers, AnswerShape) and answers.kind is AnswerKind.OPEN:
        return None
    is_joined = isinstance(answers, Choices) or answers.level is not Level.CATEGORICAL
    return Markup(line_svg(dots, key, line.text, told, is_joined=is_joined))  # noqa: S704 (escapes)


def _dot(line: OwnLine, said: Said, told: str) -> Dot:
    if said.value is None:
        return Dot(said.on, None, told, is_missed=said.missing in (None, Missing.MISSED_ROUND))
    pair = _pair(line.answers, said)
    if pair:
        have, wish = (_share(line, part) for part in pair)
        return Dot(said.on, have, told, wish=wish)
    is_number = isinstance(line.answers, AnswerShape) and line.answers.kind in WITH_NUMBERS
    label = str(said.value) if is_number else ""
    return Dot(said.on, _share(line, said.value), told, label)


def _pair(answers: Answers, said: Said) -> tuple[int, int] | None:
    is_pair = isinstance(answers, AnswerShape) and answers.kind is AnswerKind.HAVE_AND_WISH
    return (said.value[0], said.value[1]) if is_pair and said.value is not None else None


def _share(line: OwnLine, value: object) -> float | None:
    """How far from the lowest to the highest; None for what has no height."""
    if isinstance(line.answers, Choices) or line.answers.level is Level.CATEGORICAL:
        values = [each.value for each in choices_of(line.answers)]
        if str(value) not in values:
            return None
        place = values.index(str(value)) / max(len(values) - 1, 1)
        return place if isinstance(line.answers, Choices) else 1 - place  # yes stands above
    bounds = _bounds(line)
    if bounds is None or not isinstance(value, int):
        return None
    return min(max((value - bounds[0]) / (bounds[1] - bounds[0]), 0.0), 1.0)


def _bounds(line: OwnLine) -> tuple[int, int] | None:
    answers = line.answers
    if isinstance(answers, Choices) or answers.ends is None:
        return None
    if answers.kind is AnswerKind.COUNT:  # somebody's own most, for nobody counts to the limit
        return answers.ends[0], max([1, *(each.value for each in line.said if isinstance(each.value, int))])
    return answers.ends


def _ends(line: OwnLine) -> tuple[str, str] | None:
    """The words for the lowest and the highest, as far as they have any."""
    answers = line.answers
    if isinstance(answers, Choices) or answers.level is Level.CATEGORICAL:
        words = [each.words for each in choices_of(answers)]
        return (words[0], words[-1]) if isinstance(answers, Choices) else (words[-1], words[0])
    bounds = _bounds(line)
    if bounds is None or answers.kind is AnswerKind.TRIAD:
        return None
    numbers = (str(bounds[0]), str(bounds[1]))
    if answers.kind in (AnswerKind.FIVE_POINTS, AnswerKind.SMILEYS):
        words = [each.words for each in choices_of(answers)]
        return words[0], words[-1]
    if answers.kind is AnswerKind.DYAD:
        return answers.labels[0], answers.labels[1]
    if answers.labels:
        return f"{numbers[0]} · {answers.labels[0]}", f"{numbers[1]} · {answers.labels[-1]}"
    return numbers


def _date(day: date, zone: str) -> str:
    return str(current_app.jinja_env.filters["local_date"](day, zone))

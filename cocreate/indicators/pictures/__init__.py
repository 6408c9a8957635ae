"""What a group answered as pictures, with the same in words and in a table, in the language of the page."""

from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.pictures.numbers import draw_numbers
from cocreate.indicators.pictures.pairs import draw_pairs
from cocreate.indicators.pictures.parts import Drawn, Picture, Point, Scene, scene_of
from cocreate.indicators.pictures.small import Small, small_of
from cocreate.indicators.pictures.stacks import draw_stacks
from cocreate.indicators.pictures.triads import draw_triads
from cocreate.indicators.queries.figures import Line

__all__ = ["Drawn", "Picture", "Point", "Scene", "Small", "draw", "scene_of", "small_of"]

_NUMBERS = frozenset({AnswerKind.SCALE_0_10, AnswerKind.SCALE_1_10, AnswerKind.COUNT, AnswerKind.DYAD})


def draw(scene: Scene, line: Line) -> Drawn:
    """The pictures of one question that is not answered in words."""
    answers = line.question.answers
    if not isinstance(answers, AnswerShape):
        return draw_stacks(scene, line)
    if answers.kind in _NUMBERS:
        return draw_numbers(scene, line, answers)
    if answers.kind is AnswerKind.HAVE_AND_WISH:
        return draw_pairs(scene, line, answers)
    if answers.kind is AnswerKind.TRIAD:
        return draw_triads(scene, line, answers)
    return draw_stacks(scene, line)

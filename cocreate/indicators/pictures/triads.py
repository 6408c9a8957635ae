"""Answers between three words: where the group stands in the triangle, round after round."""

from flask_babel import gettext as _
from markupsafe import Markup

from cocreate.indicators.drawing import Place, Trail, Words, triangle_svg
from cocreate.indicators.kinds import AnswerShape
from cocreate.indicators.pictures.parts import (
    ALL,
    Drawn,
    Parts,
    Picture,
    Scene,
    mean_told,
    not_told,
    parts_of,
    people,
    plain,
    points_of,
)
from cocreate.indicators.queries.figures import Line

Shares = tuple[float, float, float]


def draw_triads(scene: Scene, line: Line, shape: AnswerShape) -> Drawn:
    """A triangle, and the mean share of each corner."""
    left, right, top = shape.labels

    def say(parts: Parts) -> tuple[str, str]:
        shares = _shares(parts)
        if shares is None:
            return "", not_told()
        return " / ".join(plain(round(share)) for share in shares), f"{left} / {right} / {top}"

    points = points_of(scene, line, say)
    shown = list(scene.rows(line))
    if not shown:
        return Drawn(points)
    head = [_("Round"), _("Voice"), _("People"), left, right, top]
    rows = [
        [each.name, group.name, str(parts[0].n), *map(mean_told, _shares(parts) or ())]
        if _shares(parts)
        else [each.name, group.name, str(parts[0].n), "–", "–", "–"]
        for each, group, parts in shown
        if not group.key
    ]
    return Drawn(points, [_triangle(scene, line, (left, right, top))], head, rows)


def _shares(parts: Parts) -> Shares | None:
    """The mean of each corner, when all three are told."""
    means = [part.mean for part in parts]
    left, right, top = means
    return None if left is None or right is None or top is None else (left, right, top)


def _triangle(scene: Scene, line: Line, corners: tuple[str, str, str]) -> Picture:
    trail = _trail(scene, line)
    told = " ".join(place.told for _name, place in trail.places)
    words = Words(f"t-{line.question.question_id}", line.question.text, told or not_told())
    return Picture(
        _("Where this group stands"),
        Markup(triangle_svg(corners, [trail], words)),  # noqa: S704 (it escapes every text)
        _("Each circle is the mean of one round: the nearer to a word, the more that word counted."),
    )


def _trail(scene: Scene, line: Line) -> Trail:
    places = []
    for each, shown in zip(scene.rounds, line.by_round, strict=True):
        parts = parts_of(shown, ALL)
        shares = _shares(parts) if parts else None
        if shares:
            told = _(
                "%(round)s, %(voice)s: %(shares)s (%(people)s).",
                round=each.name,
                voice=_("All together"),
                shares=" / ".join(map(mean_told, shares)),
                people=people(parts[0].n),
            )
            places.append((each.short, Place(*shares, told)))
    return Trail("", "", places)

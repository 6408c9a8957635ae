"""Have and wish: always as a pair, with the gap between."""

from collections.abc import Sequence
from decimal import Decimal

from flask_babel import gettext as _
from markupsafe import Markup

from cocreate.indicators.drawing import Pair, Words, mark_svg, pairs_svg
from cocreate.indicators.figures import gap
from cocreate.indicators.kinds import AnswerShape
from cocreate.indicators.pictures.numbers import Axis, axis_of, heaps_of
from cocreate.indicators.pictures.parts import (
    ALL,
    Drawn,
    Group,
    Parts,
    Picture,
    RoundFacts,
    Scene,
    mean_told,
    not_told,
    parts_of,
    people,
    points_of,
    too_few,
)
from cocreate.indicators.queries.figures import Line


def draw_pairs(scene: Scene, line: Line, shape: AnswerShape) -> Drawn:
    """The pair of each round and voice, and heaps of both."""
    points = points_of(scene, line, _say)
    shown = list(scene.rows(line))
    if not shown:
        return Drawn(points)
    axis = axis_of(shape, [])
    head = [_("Round"), _("Voice"), _("People"), _("How it is (mean)"), _("How we wish it (mean)"), _("Gap")]
    rows = [[each.name, group.name, str(parts[0].n), *_numbers(parts)] for each, group, parts in shown]
    pictures = [
        _pairs(scene, line, axis),
        heaps_of(scene, line, axis, 0, _("How it is: how many gave each answer")),
        heaps_of(scene, line, axis, 1, _("How we wish it: how many gave each answer")),
    ]
    return Drawn(points, pictures, head, rows)


def _say(parts: Parts) -> tuple[str, str]:
    have, wish = parts
    between = gap(have, wish)
    if between is None or have.mean is None or wish.mean is None:
        return "", not_told()
    value = f"{mean_told(have.mean)} → {mean_told(wish.mean)}"
    return value, str(_("is → wish; gap %(gap)s", gap=signed(between)))


def signed(number: Decimal) -> str:
    """A difference with its sign, also when it is up."""
    told = mean_told(abs(number))
    if number == 0:
        return told
    return f"+{told}" if number > 0 else f"−{told}"


def _numbers(parts: Parts) -> list[str]:
    have, wish = parts
    between = gap(have, wish)
    if between is None or have.mean is None or wish.mean is None:
        return ["–", "–", "–"]  # one of the two alone says something else
    return [mean_told(have.mean), mean_told(wish.mean), signed(between)]


def _pairs(scene: Scene, line: Line, axis: Axis) -> Picture:
    pairs = []
    for each, shown, is_asked in zip(scene.rounds, line.by_round, line.is_asked, strict=True):
        head = f"{each.name} · {each.when}"
        if not parts_of(shown, ALL):
            note = too_few(each) if is_asked else str(_("not asked like this"))
            pairs.append(Pair(head, "", "", is_head=True, note=note))
            continue
        for group in scene.groups(line):
            parts = parts_of(shown, group)
            if parts:
                pairs.append(_pair(each, head if not group.key else group.name, group, parts))
    told = " ".join(pair.told for pair in pairs if pair.is_head)
    words = Words(f"p-{line.question.question_id}", line.question.text, told)
    svg = pairs_svg(pairs, axis.lowest, axis.highest, _ends(axis), words)
    return Picture(
        _("How it is, and how we wish it"),
        Markup(svg),  # noqa: S704 (it escapes every text)
        _("The full mark is how it is, the open mark is how people wish it; between them is the gap."),
        _legend(),
        axis.ends,
    )


def _ends(axis: Axis) -> tuple[str, str]:
    return str(axis.lowest), str(axis.highest)


def _legend() -> Sequence[tuple[Markup, str]]:
    return [
        (Markup(mark_svg("resident", "")), _("how it is")),  # noqa: S704 (ours)
        (Markup(mark_svg("resident", "hollow")), _("how we wish it")),  # noqa: S704 (ours)
    ]


def _pair(round_: RoundFacts, label: str, group: Group, parts: Parts) -> Pair:
    have, wish = parts
    between = gap(have, wish)
    label = f"{label} · {people(have.n)}"
    if between is None or have.mean is None or wish.mean is None:
        return Pair(label, group.key, group.css, is_head=not group.key, note=not_told())
    told = _(
        "%(round)s, %(voice)s: is %(have)s, wish %(wish)s, gap %(gap)s (%(people)s).",
        round=round_.name,
        voice=group.name,
        have=mean_told(have.mean),
        wish=mean_told(wish.mean),
        gap=signed(between),
        people=people(have.n),
    )
    return Pair(label, group.key, group.css, have.mean, wish.mean, signed(between), told, not group.key)

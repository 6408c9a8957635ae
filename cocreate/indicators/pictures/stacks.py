"""Answers that are chosen out of a few: bars in parts, round by round and voice by voice."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from cocreate.indicators.drawing import Stack, Words, stacks_svg, swatch_svg, tones_for
from cocreate.indicators.figures import Figure
from cocreate.indicators.kinds import Level
from cocreate.indicators.pictures.parts import (
    ALL,
    Drawn,
    Picture,
    Scene,
    not_told,
    parts_of,
    people,
    points_of,
    too_few,
)
from cocreate.indicators.queries.figures import Line
from cocreate.indicators.scoring import Answers, Choices
from cocreate.indicators.words import choices_of


@dataclass(frozen=True, slots=True)
class Options:
    """The answers to choose from: what is counted, how it is called; whether their order means something."""

    values: Sequence[int]
    names: Sequence[str]
    is_ordered: bool

    def name(self, value: int) -> str:
        """How an answer is called."""
        return self.names[list(self.values).index(value)]


def options_of(answers: Answers) -> Options:
    """The answers of a question, in the words in which it was asked."""
    names = [choice.words for choice in choices_of(answers)]
    if isinstance(answers, Choices):
        return Options(range(len(names)), names, is_ordered=True)
    first = answers.ends[0] if answers.ends else 0
    return Options(range(first, first + len(names)), names, answers.level is Level.ORDINAL)


def draw_stacks(scene: Scene, line: Line) -> Drawn:
    """Bars, and what they say."""
    options = options_of(line.question.answers)
    points = points_of(scene, line, lambda parts: say_choice(options, parts[0]))
    shown = list(scene.rows(line))
    if not shown:
        return Drawn(points)
    tones = tones_for(len(options.names), options.is_ordered)
    has_untold = any(parts[0].untold for _round, _group, parts in shown)
    legend = [(Markup(swatch_svg(tone)), name) for tone, name in zip(tones, options.names, strict=True)]  # noqa: S704
    if has_untold:
        legend.append((Markup(swatch_svg("")), _("not told one by one, so that nobody is recognised")))  # noqa: S704
    words = Words(
        f"s-{line.question.question_id}",
        line.question.text,
        " ".join(f"{point.name}: {point.value} {point.note}." for point in points),
    )
    picture = Picture(
        _("The answers of this group"),
        Markup(stacks_svg(_stacks(scene, line, options), tones, words)),  # noqa: S704 (it escapes every text)
        _("Each bar is a group of people; the longer a part of it, the more of them gave that answer."),
        legend,
    )
    head = [_("Round"), _("Voice"), _("People"), *options.names, _("Not told")]
    rows = [
        [each.name, group.name, str(parts[0].n), *map(str, _counts(options, parts[0])), str(parts[0].untold)]
        for each, group, parts in shown
    ]
    return Drawn(points, [picture], head, rows)


def say_choice(options: Options, figure: Figure) -> tuple[str, str]:
    """The middle answer where their order means something, else the one that was given most."""
    if not figure.counts:
        return "", not_told()
    middle = figure.median if options.is_ordered else None
    if middle is not None and middle == int(middle):
        return options.name(int(middle)), str(_("the middle answer"))
    (most, times), *others = Counter(figure.counts).most_common(2)
    second = others[0][1] if others else 0
    if times - second <= figure.untold:
        return "", str(_("no answer was clearly given most"))
    if figure.untold:
        return options.name(most), str(_("given most often"))
    return options.name(most), str(_("given most often: %(people)s", people=people(times)))


def _counts(options: Options, figure: Figure) -> list[int]:
    return [figure.counts.get(value, 0) for value in options.values]


def _stacks(scene: Scene, line: Line, options: Options) -> list[Stack]:
    found = []
    groups = scene.groups(line)
    for each, shown, is_asked in zip(scene.rounds, line.by_round, line.is_asked, strict=True):
        head = f"{each.name} · {each.when}"
        together = parts_of(shown, ALL)
        if not together:
            note = too_few(each) if is_asked else str(_("not asked like this"))
            found.append(Stack(head, "", (), (), is_head=True, note=note))
            continue
        found.append(_stack(f"{head} · {people(together[0].n)}", "", options, together[0], is_head=True))
        for group in groups:
            parts = parts_of(shown, group) if group.key else ()
            if parts:
                found.append(_stack(f"{group.name} · {people(parts[0].n)}", group.css, options, parts[0]))
    return found


def _stack(label: str, css: str, options: Options, figure: Figure, is_head: bool = False) -> Stack:
    counts = _counts(options, figure)
    told = [
        str(_("%(answer)s: %(people)s", answer=name, people=people(number)))
        for name, number in zip(options.names, counts, strict=True)
    ]
    told.append(str(_("Not told: %(people)s", people=people(figure.untold))))
    return Stack(label, css, counts, told, figure.untold, is_head)

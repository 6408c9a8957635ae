"""What the columns of a table of answers mean: question, answers with their codes, scales."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from cocreate.core.tables import Cell
from cocreate.indicators.kinds import AnswerKind, HaveAndWish, Missing, Number, Triad
from cocreate.indicators.scoring import Answers, Choices, Instrument, Item
from cocreate.indicators.scoring.refusal import marked as _l

Say = Callable[[str], str]

PERSON, VOICE, ROUND, ON = "person", "voice", "round", "on"
BY_HELPER, ON_PAPER = "by_helper", "on_paper"
FACTS: Final[Mapping[str, str]] = {
    PERSON: _l("A number that is drawn anew for each table. It says nothing about who it is."),
    VOICE: _l("The voice, where enough people have it. Else “other”, or nothing."),
    ROUND: _l("Which round: 0 is the baseline."),
    ON: _l("The month of the answers, not the day."),
    BY_HELPER: _l("1: somebody else filled it in for them. 0: nobody did."),
    ON_PAPER: _l("1: it came in on paper. 0: it did not."),
}
MISSING: Final = "missing:"  # how the code begins that stands where an answer is missing
HEADER: Final = (
    "column",
    "question",
    "kind",
    "part",
    "unit",
    "lowest",
    "highest",
    "labels",
    "codes",
    "reversed",
    "scales",
    "missing",
    "sensitivity",
    "versions",
    "language",
    "questionnaire",
)
_PARTS: Final[Mapping[AnswerKind, tuple[str, ...]]] = {
    AnswerKind.HAVE_AND_WISH: HaveAndWish._fields,
    AnswerKind.TRIAD: Triad._fields,
}


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a questionnaire; `questions` says which question an item asks, in all versions.

    Items that are not in it were taken back, and are in no table.
    """

    definition: Instrument
    number: int = 1
    questions: Mapping[str, str] | None = None  # none: each item is its own
    sensitivity: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question in a table, with a column for each part of its answer.

    `items` says by which item each version asks it.
    """

    item: Item
    answers: Answers
    columns: tuple[str, ...]
    version: Version
    items: Mapping[int, str]

    @property
    def parts(self) -> tuple[str, ...]:
        """What its columns hold, an empty name where there is only one."""
        return parts_of(self.answers)


def parts_of(answers: Answers) -> tuple[str, ...]:
    """The parts of an answer that each get a column."""
    return ("",) if isinstance(answers, Choices) else _PARTS.get(answers.kind, ("",))


def asked_in(versions: Sequence[Version]) -> list[Asked]:
    """Every question of these versions, once; a question that was changed is another one."""
    found: dict[tuple[str, Answers], list[tuple[Version, Item]]] = {}
    for version in sorted(versions, key=lambda each: each.number):
        for item in version.definition.items:
            same = item.key if version.questions is None else version.questions.get(item.key)
            if same is not None:
                answers = version.definition.answers[item.answers]
                found.setdefault((same, answers), []).append((version, item))
    taken = set(FACTS)
    return [_asked(answers, asked, taken) for (_same, answers), asked in found.items()]


def _asked(answers: Answers, asked: Sequence[tuple[Version, Item]], taken: set[str]) -> Asked:
    version, item = asked[0]
    parts = parts_of(answers)
    columns = [f"{item.key}_{part}" if part else item.key for part in parts]
    while taken & set(columns):
        columns = [f"{column}_v{version.number}" for column in columns]
    taken.update(columns)
    items = {each.number: same.key for each, same in asked}
    return Asked(item, answers, tuple(columns), version, items)


def codebook(asked: Sequence[Asked], say: Say, facts: Mapping[str, str] = FACTS) -> list[list[Cell]]:
    """The codebook as a table: a line for each column, in their order.

    `facts` are the columns that stand beside the answers.
    """
    lines: list[list[Cell]] = [list(HEADER)]
    for column, meaning in facts.items():
        lines.append([column, say(meaning), *[None] * (len(HEADER) - 2)])
    return lines + [line for each in asked for line in _lines(each)]


def _lines(asked: Asked) -> Iterator[list[Cell]]:
    answers, definition = asked.answers, asked.version.definition
    shape = None if isinstance(answers, Choices) else answers
    lowest, highest = (None, None) if answers.ends is None else answers.ends
    scales = [scale.key for scale in definition.every_scale if asked.item.key in scale.items]
    for column, part in zip(asked.columns, asked.parts, strict=True):
        yield [
            column,
            asked.item.text,
            shape.kind.value if shape else "choices",
            part,
            shape.unit if shape else None,
            None if lowest is None else _number(lowest),
            None if highest is None else _number(highest),
            "; ".join(shape.labels) if shape else None,
            "; ".join(_codes(answers)),
            "yes" if asked.item.is_reversed else "no",
            "; ".join(scales),
            "; ".join(f"{MISSING}{reason}" for reason in Missing),
            asked.version.sensitivity.get(asked.item.key, 0),
            "; ".join(map(str, sorted(asked.items))),
            definition.language,
            definition.title,
        ]


def _codes(answers: Answers) -> Iterator[str]:
    """Each code that can stand in the column, what people read there, and what it counts for."""
    if isinstance(answers, Choices):
        for option in answers.options:
            yield f"{option.key} = {option.label} ({_number(option.value)})"
        return
    choices = answers.choices
    named = len(answers.labels) == len(choices)
    for place, choice in enumerate(choices):
        yield f"{choice} = {answers.labels[place]}" if named else str(choice)


def _number(number: Number) -> Cell:
    """Whole where it is; else in decimals when these are exact, or as a fraction."""
    exact = Fraction(number)
    if exact.denominator == 1:
        return int(exact)
    return float(exact) if Fraction(repr(float(exact))) == exact else f"{exact.numerator}/{exact.denominator}"

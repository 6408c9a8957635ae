"""Counting the answers to a questionnaire, by the rules that stand in it and by no other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from cocreate.indicators.kinds import Answer, AnswerRefused, Missing, Number, Refusal, read_answer
from cocreate.indicators.scoring.instrument import Instrument, is_counted
from cocreate.indicators.scoring.parts import (
    TOTAL,
    Adding,
    Answers,
    Choices,
    Condition,
    CutOffs,
    Figure,
    Flag,
    Grouping,
    Item,
    OfAnyItem,
    OfItem,
    Scale,
)

Counted = Fraction | Missing


class Unscored(StrEnum):
    """Why a scale has no number."""

    TOO_MUCH_MISSING = "too_much_missing"
    NOT_IN_TABLE = "not_in_table"  # raw and value are there, the metric value is not


@dataclass(frozen=True, slots=True)
class ScaleScore:
    """What a scale comes to: exact numbers, or None with the reason in `unscored`.

    `categories` has the key of a band for each set of cut-offs, None when no band holds the number.
    `missing` says which items were not answered, also when there is a number without them.
    """

    raw: Fraction | None
    value: Fraction | None
    metric: Fraction | None
    categories: Mapping[str, str | None]
    missing: Mapping[str, Missing]
    unscored: Unscored | None = None

    def figure(self, figure: Figure) -> Fraction | None:
        """One of its numbers."""
        return {Figure.RAW: self.raw, Figure.VALUE: self.value, Figure.METRIC: self.metric}[figure]


@dataclass(frozen=True, slots=True)
class Score:
    """What all answers come to; `values` is what each item counts for, after its key and reversal.

    A flag is True, False, or None when what is missing could still raise it. A grouping is the key of a
    group, or None when something it looks at is missing or no group fits.
    """

    values: Mapping[str, Counted]
    scales: Mapping[str, ScaleScore]
    flags: Mapping[str, bool | None]
    groups: Mapping[str, str | None]

    @property
    def total(self) -> ScaleScore | None:
        """The score of the whole, None when this questionnaire has no total."""
        return self.scales.get(TOTAL)


def score(instrument: Instrument, answers: Mapping[str, Answer]) -> Score:
    """Count the answers, by the key of their item; one that is not there was not asked.

    AnswerRefused when an answer does not belong to its item, KeyError when an item is not in the instrument:
    wrong answers are never taken for missing ones.
    """
    if strange := answers.keys() - {item.key for item in instrument.items}:
        raise KeyError(min(strange))
    values: dict[str, Counted] = {}
    for item in instrument.items:
        key = instrument.answers[item.answers]
        counted = _count(item, key, answers.get(item.key, Missing.NOT_ASKED))
        if counted is not None and is_counted(key):
            values[item.key] = counted
    scales = {scale.key: score_scale(scale, values) for scale in instrument.every_scale}
    looks = _Looks(values, scales, {scale.key: scale.items for scale in instrument.every_scale})
    return Score(
        values=values,
        scales=scales,
        flags={flag.key: looks.is_raised(flag) for flag in instrument.flags},
        groups={grouping.key: looks.group(grouping) for grouping in instrument.groupings},
    )


def score_scale(scale: Scale, values: Mapping[str, Counted]) -> ScaleScore:
    """What one scale comes to; all numbers are None when more is missing than it allows."""
    told: dict[str, Fraction] = {}
    missing: dict[str, Missing] = {}
    for item in scale.items:
        value = values[item]
        if isinstance(value, Missing):
            missing[item] = value
        else:
            told[item] = value
    if len(missing) > scale.most_missing:
        nowhere = {cutoffs.key: None for cutoffs in scale.cutoffs}
        return ScaleScore(None, None, None, nowhere, missing, Unscored.TOO_MUCH_MISSING)
    raw = _add(scale, told)
    found = scale.table.get(raw)
    metric = None if found is None else Fraction(found)
    figures = {Figure.RAW: raw, Figure.VALUE: raw * scale.multiplier, Figure.METRIC: metric}
    return ScaleScore(
        raw=raw,
        value=raw * scale.multiplier,
        metric=metric,
        categories={cutoffs.key: band_of(cutoffs, figures[cutoffs.figure]) for cutoffs in scale.cutoffs},
        missing=missing,
        unscored=Unscored.NOT_IN_TABLE if scale.table and metric is None else None,
    )


def band_of(cutoffs: CutOffs, number: Number | None) -> str | None:
    """The key of the band that holds a number, None when there is none."""
    if number is None:
        return None
    return next((band.key for band in cutoffs.bands if number in band.span), None)


def reverse(value: Number, ends: tuple[Number, Number]) -> Fraction:
    """The value as far from the highest end as it was from the lowest."""
    return Fraction(sum(ends)) - value


def _count(item: Item, key: Answers, answer: Answer) -> Counted | None:
    """What an answer counts for, None for words, a pair or a point; AnswerRefused when it is no answer."""
    if isinstance(answer, Missing):
        return answer
    if isinstance(key, Choices):
        value, ends = _value_of(key, answer), key.ends
    else:
        given = read_answer(key, answer)
        if not isinstance(given, int) or key.ends is None:
            return None
        value, ends = given, key.ends
    return reverse(value, ends) if item.is_reversed else Fraction(value)


def _value_of(choices: Choices, answer: Answer) -> Number:
    for option in choices.options:
        if option.key == answer:
            return option.value
    raise AnswerRefused(Refusal.NOT_A_CHOICE)


def _add(scale: Scale, told: Mapping[str, Fraction]) -> Fraction:
    weights = {item: Fraction(scale.weights.get(item, 1)) for item in scale.items}
    total = sum((weights[item] * value for item, value in told.items()), Fraction(0))
    answered = sum(weights[item] for item in told)
    match scale.adding:
        case Adding.SUM:
            return total
        case Adding.MEAN:
            return total / answered
        case Adding.SCALED:
            return total / answered * sum(weights.values())


@dataclass(frozen=True, slots=True)
class _Looks:
    """What conditions look at. What is not known makes a condition neither hold nor fail."""

    values: Mapping[str, Counted]
    scales: Mapping[str, ScaleScore]
    items: Mapping[str, Sequence[str]]  # of each scale

    def is_raised(self, flag: Flag) -> bool | None:
        """Raised as soon as one condition holds; not raised only when none can hold any more."""
        return _any([self.holds(condition) for condition in flag.conditions])

    def group(self, grouping: Grouping) -> str | None:
        """The first group whose conditions hold, when all that the grouping looks at was told."""
        held = [[self.holds(condition) for condition in group.conditions] for group in grouping.groups]
        if any(each is None for conditions in held for each in conditions):
            return None
        return next((group.key for group, each in zip(grouping.groups, held, strict=True) if all(each)), None)

    def holds(self, condition: Condition) -> bool | None:
        """Whether it holds, None when that is not known."""
        if isinstance(condition, OfAnyItem):
            return _any([_lies_in(condition, self.values[item]) for item in self.items[condition.scale]])
        if isinstance(condition, OfItem):
            return _lies_in(condition, self.values[condition.item])
        return _lies_in(condition, self.scales[condition.scale].figure(condition.figure))


def _lies_in(condition: Condition, number: Counted | None) -> bool | None:
    return None if number is None or isinstance(number, Missing) else number in condition.span


def _any(held: Sequence[bool | None]) -> bool | None:
    return True if True in held else None if None in held else False

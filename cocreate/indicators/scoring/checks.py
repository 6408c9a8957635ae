"""What must hold of a questionnaire, each with the sentence for when it does not."""

from collections.abc import Collection, Mapping, Sequence

from cocreate.indicators.kinds import MAX_LABEL
from cocreate.indicators.scoring.limits import (
    MAX_ITEMS,
    MAX_KEY,
    MAX_NOTE,
    MAX_OPTIONS,
    MAX_PARTS,
    MAX_SENSITIVITY,
    MAX_TABLE,
    MAX_TEXT,
    MAX_VERSION,
    check_above_zero,
    check_key,
    check_keys,
    check_number,
    check_size,
    check_span,
    check_text,
    shown,
    twice,
    unknown,
)
from cocreate.indicators.scoring.parts import (
    TOTAL,
    Answers,
    Choices,
    Condition,
    CutOffs,
    Figure,
    Flag,
    Grouping,
    Item,
    OfItem,
    OfScale,
    Scale,
)
from cocreate.indicators.scoring.refusal import InstrumentError
from cocreate.indicators.scoring.refusal import marked as _l


def check_facts(key: str, title: str, version: int) -> None:
    """The name, the title and the version."""
    check_key(key, "key")
    check_text(title, "title", MAX_LABEL)
    if not 0 < version <= MAX_VERSION:
        raise InstrumentError(
            _l("%(place)s: this must be a whole number from 1 to %(most)s."), "version", most=MAX_VERSION
        )


def check_notes(**notes: str) -> None:
    """Texts that may be empty."""
    for place, text in notes.items():
        if text:
            check_text(text, place, MAX_KEY if place == "language" else MAX_NOTE)


def check_answers(answers: Mapping[str, Answers]) -> None:
    """The answer keys: each with options of different names."""
    check_size(answers, "answers", 1, MAX_ITEMS)
    for key, each in answers.items():
        check_key(key, "answers")
        if isinstance(each, Choices):
            place = f"answers.{key}.options"
            check_size(each.options, place, 2, MAX_OPTIONS)
            check_keys(each.options, place)
            for number, option in enumerate(each.options):
                check_text(option.label, f"{place}[{number}].label", MAX_LABEL)
                check_number(option.value, f"{place}[{number}].value")


def check_items(items: Sequence[Item], answers: Mapping[str, Answers]) -> None:
    """The items: each with a text, and with answers that are there."""
    check_size(items, "items", 1, MAX_ITEMS)
    check_keys(items, "items")
    for number, item in enumerate(items):
        place = f"items[{number}]"
        check_text(item.text, f"{place}.text", MAX_TEXT)
        if item.answers not in answers:
            raise unknown(item.answers, f"{place}.answers")
        if item.sensitivity not in range(MAX_SENSITIVITY + 1):
            raise InstrumentError(
                _l("%(place)s: this must be a whole number from 0 to %(most)s."),
                f"{place}.sensitivity",
                most=MAX_SENSITIVITY,
            )
        shape = answers[item.answers]
        if item.is_reversed and not isinstance(shape, Choices) and not shape.is_one_number:
            raise _uncounted(f"{place}.reversed")


def check_scales(scales: Sequence[Scale], total: Scale | None, numbers: Collection[str]) -> None:
    """The scales: of items that have a number (`numbers`)."""
    check_size(scales, "scales", 0, MAX_PARTS)
    check_keys(scales, "scales")
    for number, scale in enumerate(scales):
        if scale.key == TOTAL:
            raise _reserved(f"scales[{number}].key")
        _check_scale(scale, f"scales[{number}]", numbers)
    if total is not None:
        if total.key != TOTAL:
            raise _reserved("total.key")
        _check_scale(total, "total", numbers)


def check_nothing_adds_up(scales: Sequence[Scale], total: Scale | None) -> None:
    """That no number stands for several items."""
    for place, scale in [*((f"scales[{n}]", each) for n, each in enumerate(scales)), ("total", total)]:
        if scale is not None and (place == "total" or len(scale.items) > 1):
            raise InstrumentError(_l("%(place)s: the answers to these questions are never added up."), place)


def check_flags(flags: Sequence[Flag], numbers: Collection[str], scales: Mapping[str, Scale]) -> None:
    """The flags: each with conditions about what is there."""
    check_size(flags, "flags", 0, MAX_PARTS)
    check_keys(flags, "flags")
    for number, flag in enumerate(flags):
        check_text(flag.label, f"flags[{number}].label", MAX_LABEL)
        _check_conditions(flag.conditions, f"flags[{number}].any", 1, numbers, scales)


def check_groupings(
    groupings: Sequence[Grouping], numbers: Collection[str], scales: Mapping[str, Scale]
) -> None:
    """The groups: only the last may be for everybody else."""
    check_size(groupings, "groupings", 0, MAX_PARTS)
    check_keys(groupings, "groupings")
    for number, grouping in enumerate(groupings):
        check_text(grouping.label, f"groupings[{number}].label", MAX_LABEL)
        place, last = f"groupings[{number}].groups", len(grouping.groups) - 1
        check_size(grouping.groups, place, 1, MAX_PARTS)
        check_keys(grouping.groups, place)
        for order, group in enumerate(grouping.groups):
            least = 0 if 0 < order == last else 1
            check_text(group.label, f"{place}[{order}].label", MAX_LABEL)
            _check_conditions(group.conditions, f"{place}[{order}].all", least, numbers, scales)


def _check_scale(scale: Scale, place: str, numbers: Collection[str]) -> None:
    check_text(scale.label, f"{place}.label", MAX_LABEL)
    check_size(scale.items, f"{place}.items", 1, MAX_ITEMS)
    for number, item in enumerate(scale.items):
        _check_counted(item, f"{place}.items[{number}]", numbers)
        if item in scale.items[:number]:
            raise twice(item, f"{place}.items[{number}]")
    if not 0 <= scale.most_missing < len(scale.items):
        raise InstrumentError(
            _l("%(place)s: this must be a whole number from 0 to %(most)s."),
            f"{place}.most_missing",
            most=len(scale.items) - 1,
        )
    for item, weight in scale.weights.items():
        if item not in scale.items:
            raise unknown(item, f"{place}.weights")
        check_above_zero(weight, f"{place}.weights.{item}")
    check_above_zero(scale.multiplier, f"{place}.multiplier")
    check_size(scale.table, f"{place}.table", 0, MAX_TABLE)
    for row, (raw, metric) in enumerate(scale.table.items()):
        check_number(raw, f"{place}.table[{row}]")
        check_number(metric, f"{place}.table[{row}]")
    check_size(scale.cutoffs, f"{place}.cutoffs", 0, MAX_PARTS)
    check_keys(scale.cutoffs, f"{place}.cutoffs")
    for order, cutoffs in enumerate(scale.cutoffs):
        _check_cutoffs(cutoffs, f"{place}.cutoffs[{order}]", scale)


def _check_cutoffs(cutoffs: CutOffs, place: str, scale: Scale) -> None:
    check_text(cutoffs.label, f"{place}.label", MAX_LABEL)
    _check_figure(cutoffs.figure, f"{place}.figure", scale)
    check_size(cutoffs.bands, f"{place}.bands", 1, MAX_PARTS)
    check_keys(cutoffs.bands, f"{place}.bands")
    for number, band in enumerate(cutoffs.bands):
        here = f"{place}.bands[{number}]"
        check_text(band.label, f"{here}.label", MAX_LABEL)
        check_span(band.span, here)
        if number and not cutoffs.bands[number - 1].span.is_before(band.span):
            raise InstrumentError(
                _l("%(place)s: this begins before the one above it has ended. Go from low to high."), here
            )


def _check_conditions(
    conditions: Sequence[Condition],
    place: str,
    least: int,
    numbers: Collection[str],
    scales: Mapping[str, Scale],
) -> None:
    check_size(conditions, place, least, MAX_PARTS)
    for order, condition in enumerate(conditions):
        here = f"{place}[{order}]"
        check_span(condition.span, here)
        if isinstance(condition, OfItem):
            _check_counted(condition.item, here, numbers)
        elif condition.scale not in scales:
            raise unknown(condition.scale, here)
        elif isinstance(condition, OfScale):
            _check_figure(condition.figure, here, scales[condition.scale])


def _check_counted(item: str, place: str, numbers: Collection[str]) -> None:
    if item not in numbers:
        raise InstrumentError(
            _l("%(place)s: there is no “%(key)s” with one number as its answer."), place, key=shown(item)
        )


def _check_figure(figure: Figure, place: str, scale: Scale) -> None:
    if figure is Figure.METRIC and not scale.table:
        raise InstrumentError(_l("%(place)s: this scale has no table to look it up in."), place)


def _uncounted(place: str) -> InstrumentError:
    return InstrumentError(_l("%(place)s: only an answer with one number can be reversed."), place)


def _reserved(place: str) -> InstrumentError:
    return InstrumentError(_l("%(place)s: only the whole is called “total”."), place)

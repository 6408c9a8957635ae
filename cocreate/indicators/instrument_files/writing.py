"""A questionnaire as a file, always the same bytes for the same questionnaire."""

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from cocreate.indicators.instrument_files.document import FORMAT, FORMAT_VERSION, MAX_BYTES, too_large
from cocreate.indicators.kinds import AnswerShape, Number
from cocreate.indicators.scoring import (
    Adding,
    Answers,
    Band,
    Choices,
    Condition,
    CutOffs,
    Figure,
    Flag,
    Grouping,
    Instrument,
    Item,
    OfItem,
    OfScale,
    Scale,
    Span,
)

Written = dict[str, Any]


def write_instrument(instrument: Instrument) -> bytes:
    """The file; only what is not the usual is written. InstrumentError when it would be too large to read."""
    total = None if instrument.total is None else _scale(instrument.total)
    if total:
        del total["key"]
    written = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "key": instrument.key,
        "title": instrument.title,
        "version": instrument.version,
        **_said(language=instrument.language, source=instrument.source, licence=instrument.licence),
        **({} if instrument.adds_up else {"adds_up": False}),
        "answers": {key: _answers(each) for key, each in sorted(instrument.answers.items())},
        "items": [_item(item) for item in instrument.items],
        **_said(
            scales=[_scale(scale) for scale in instrument.scales],
            total=total,
            flags=[_flag(flag) for flag in instrument.flags],
            groupings=[_grouping(grouping) for grouping in instrument.groupings],
        ),
    }
    data = (json.dumps(written, ensure_ascii=False, indent=1) + "\n").encode()
    if len(data) > MAX_BYTES:
        raise too_large()
    return data


def _said(**values: object) -> Written:
    """What is there, and nothing of what is empty."""
    return {name: value for name, value in values.items() if value not in ("", None, [], {}, ())}


def _number(number: Number) -> int | float | str:
    """Whole, or in decimals when these are exact, or as a text such as "25/7"."""
    exact = Fraction(number)
    if exact.denominator == 1:
        return int(exact)
    decimals = float(exact)
    is_exact = "e" not in repr(decimals) and Fraction(repr(decimals)) == exact
    return decimals if is_exact else f"{exact.numerator}/{exact.denominator}"


def _answers(answers: Answers) -> Written:
    if isinstance(answers, Choices):
        return {
            "options": [
                {"key": option.key, "label": option.label, "value": _number(option.value)}
                for option in answers.options
            ]
        }
    return _shape(answers)


def _shape(shape: AnswerShape) -> Written:
    return {
        "kind": shape.kind.value,
        **_said(labels=list(shape.labels), unit=shape.unit),
        **_ends(("lowest", shape.lowest), ("highest", shape.highest)),
    }


def _ends(*ends: tuple[str, Number | None]) -> Written:
    return {name: _number(end) for name, end in ends if end is not None}


def _item(item: Item) -> Written:
    return {
        "key": item.key,
        "text": item.text,
        "answers": item.answers,
        **({"reversed": True} if item.is_reversed else {}),
        **({"sensitivity": item.sensitivity} if item.sensitivity else {}),
    }


def _scale(scale: Scale) -> Written:
    return {
        "key": scale.key,
        "label": scale.label,
        "items": list(scale.items),
        **({} if scale.adding is Adding.SUM else {"adding": scale.adding.value}),
        **({"most_missing": scale.most_missing} if scale.most_missing else {}),
        **_said(weights=_weights(scale.weights)),
        **({} if scale.multiplier == 1 else {"multiplier": _number(scale.multiplier)}),
        **_said(
            table=[[_number(raw), _number(metric)] for raw, metric in sorted(scale.table.items())],
            cutoffs=[_cutoffs(cutoffs) for cutoffs in scale.cutoffs],
        ),
    }


def _weights(weights: Mapping[str, Number]) -> Written:
    return {item: _number(weight) for item, weight in sorted(weights.items())}


def _cutoffs(cutoffs: CutOffs) -> Written:
    return {
        "key": cutoffs.key,
        "label": cutoffs.label,
        **({} if cutoffs.figure is Figure.VALUE else {"figure": cutoffs.figure.value}),
        "bands": [_band(band) for band in cutoffs.bands],
    }


def _band(band: Band) -> Written:
    return {"key": band.key, "label": band.label, **_span(band.span)}


def _span(span: Span) -> Written:
    return _ends(
        ("at_least", span.at_least), ("above", span.above), ("at_most", span.at_most), ("below", span.below)
    )


def _flag(flag: Flag) -> Written:
    return {"key": flag.key, "label": flag.label, "any": _conditions(flag.conditions)}


def _grouping(grouping: Grouping) -> Written:
    groups = [
        {"key": group.key, "label": group.label, **_said(all=_conditions(group.conditions))}
        for group in grouping.groups
    ]
    return {"key": grouping.key, "label": grouping.label, "groups": groups}


def _conditions(conditions: Sequence[Condition]) -> list[Written]:
    return [_condition(condition) for condition in conditions]


def _condition(condition: Condition) -> Written:
    if isinstance(condition, OfItem):
        return {"item": condition.item, **_span(condition.span)}
    if isinstance(condition, OfScale):
        figure = {} if condition.figure is Figure.RAW else {"figure": condition.figure.value}
        return {"scale": condition.scale, **figure, **_span(condition.span)}
    return {"any_item_of": condition.scale, **_span(condition.span)}

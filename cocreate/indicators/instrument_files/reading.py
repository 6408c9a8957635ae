"""A questionnaire out of a file: whole, or refused with the reason and the place."""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from cocreate.indicators.instrument_files.document import FORMAT, FORMAT_VERSION, read_json
from cocreate.indicators.instrument_files.fields import Fields, Part
from cocreate.indicators.kinds import AnswerKind, AnswerShape, BadShape, Number
from cocreate.indicators.scoring import (
    TOTAL,
    Adding,
    Answers,
    Band,
    Choices,
    Condition,
    CutOffs,
    Figure,
    Flag,
    Group,
    Grouping,
    Instrument,
    InstrumentError,
    Item,
    OfAnyItem,
    OfItem,
    OfScale,
    Option,
    Scale,
    Span,
)
from cocreate.indicators.scoring.limits import MAX_ITEMS, check_size
from cocreate.indicators.scoring.refusal import marked as _l

T = TypeVar("T")

ENDS: Final = ("at_least", "above", "at_most", "below")
_PARTS: Final = ("answers", "items", "scales", "total", "flags", "groupings")
_FACTS: Final = ("key", "title", "version", "adds_up", "language", "source", "licence")
_OF_A_SCALE: Final = ("label", "items", "adding", "most_missing", "weights", "multiplier", "table", "cutoffs")
_ABOUT: Final = ("scale", "item", "any_item_of")


def read_instrument(data: bytes) -> Instrument:
    """Read a questionnaire; InstrumentError says in plain words why not, and where."""
    file = _opened(read_json(data))
    total = file.get("total")
    return Instrument(
        key=file["key"].text(),
        title=file["title"].text(),
        answers=_named(file["answers"], _answers),
        items=_each(file["items"].parts(), _item, "items"),
        version=file["version"].whole(),
        scales=_each(file.parts("scales"), _scale, "scales"),
        total=None if total is None else _scale_called(TOTAL, total.fields(*_OF_A_SCALE)),
        flags=_each(file.parts("flags"), _flag, "flags"),
        groupings=_each(file.parts("groupings"), _grouping, "groupings"),
        adds_up=file.is_true("adds_up", otherwise=True),
        language=file.text("language"),
        source=file.text("source"),
        licence=file.text("licence"),
    )


def _opened(content: object) -> Fields:
    """The file, once it says that it is one of ours and of a version that we know."""
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise InstrumentError(
            _l("This file is not a questionnaire: “format” is not “%(format)s” in it."), format=FORMAT
        )
    file = Part(content, "")
    version = Fields(file.named(), "")["format_version"].whole()
    if version != FORMAT_VERSION:
        raise InstrumentError(
            _l("%(place)s: we read version %(known)s, and this file is written in version %(version)s."),
            "format_version",
            known=FORMAT_VERSION,
            version=version,
        )
    return file.fields("format", "format_version", *_FACTS, *_PARTS)


def _each(parts: Sequence[Part], read: Callable[[Part], T], place: str) -> tuple[T, ...]:
    check_size(parts, place, 0, MAX_ITEMS)
    return tuple(read(part) for part in parts)


def _named(part: Part, read: Callable[[Part], T]) -> dict[str, T]:
    found = part.named()
    check_size(found, part.place, 0, MAX_ITEMS)
    return {name: read(each) for name, each in found.items()}


def _answers(part: Part) -> Answers:
    if "kind" in part.named():
        return _shape(part)
    return Choices(tuple(_option(each) for each in part.fields("options")["options"].parts()))


def _option(part: Part) -> Option:
    fields = part.fields("key", "label", "value")
    return Option(fields["key"].text(), fields["label"].text(), fields["value"].number())


def _shape(part: Part) -> AnswerShape:
    fields = part.fields("kind", "labels", "unit", "lowest", "highest")
    kind = fields["kind"].one_of(AnswerKind)
    try:
        return AnswerShape(
            kind,
            tuple(label.text() for label in fields.parts("labels")),
            fields.text("unit"),
            fields.whole("lowest"),
            fields.whole("highest"),
        )
    except BadShape as error:
        raise InstrumentError(
            _l("%(place)s: this does not fit an answer of the kind “%(kind)s”."),
            f"{part.place}.{error.part}",
            kind=kind.value,
        ) from error


def _item(part: Part) -> Item:
    fields = part.fields("key", "text", "answers", "reversed", "sensitivity")
    return Item(
        fields["key"].text(),
        fields["text"].text(),
        fields["answers"].text(),
        fields.is_true("reversed", otherwise=False),
        fields.whole("sensitivity") or 0,
    )


def _scale(part: Part) -> Scale:
    fields = part.fields("key", *_OF_A_SCALE)
    return _scale_called(fields["key"].text(), fields)


def _scale_called(key: str, fields: Fields) -> Scale:
    weights, multiplier = fields.get("weights"), fields.number("multiplier")
    return Scale(
        key=key,
        label=fields["label"].text(),
        items=tuple(each.text() for each in fields["items"].parts()),
        adding=fields.one_of("adding", Adding.SUM),
        most_missing=fields.whole("most_missing") or 0,
        weights={} if weights is None else _named(weights, Part.number),
        multiplier=1 if multiplier is None else multiplier,
        table=_table(fields.parts("table")),
        cutoffs=tuple(_cutoffs(each) for each in fields.parts("cutoffs")),
    )


def _table(rows: Sequence[Part]) -> dict[Number, Number]:
    table: dict[Number, Number] = {}
    for row in rows:
        cells = row.parts()
        check_size(cells, row.place, 2, 2)
        raw = cells[0].number()
        if raw in table:
            raise InstrumentError(_l("%(place)s: “%(key)s” is here already."), row.place, key=str(raw))
        table[raw] = cells[1].number()
    return table


def _cutoffs(part: Part) -> CutOffs:
    fields = part.fields("key", "label", "figure", "bands")
    return CutOffs(
        fields["key"].text(),
        fields["label"].text(),
        tuple(_band(each) for each in fields["bands"].parts()),
        fields.one_of("figure", Figure.VALUE),
    )


def _band(part: Part) -> Band:
    fields = part.fields("key", "label", *ENDS)
    return Band(fields["key"].text(), fields["label"].text(), _span(fields))


def _span(fields: Fields) -> Span:
    return Span(*(fields.number(end) for end in ENDS))


def _flag(part: Part) -> Flag:
    fields = part.fields("key", "label", "any")
    return Flag(fields["key"].text(), fields["label"].text(), _conditions(fields["any"]))


def _grouping(part: Part) -> Grouping:
    fields = part.fields("key", "label", "groups")
    return Grouping(
        fields["key"].text(), fields["label"].text(), tuple(_group(each) for each in fields["groups"].parts())
    )


def _group(part: Part) -> Group:
    fields = part.fields("key", "label", "all")
    every = fields.get("all")
    return Group(fields["key"].text(), fields["label"].text(), () if every is None else _conditions(every))


def _conditions(part: Part) -> tuple[Condition, ...]:
    return tuple(_condition(each) for each in part.parts())


def _condition(part: Part) -> Condition:
    about = [name for name in _ABOUT if name in part.named()]
    if len(about) != 1:
        raise InstrumentError(
            _l("%(place)s: this must be about one thing: %(choices)s."), part.place, choices=", ".join(_ABOUT)
        )
    fields = part.fields(*about, *ENDS, *(("figure",) if about == ["scale"] else ()))
    subject, span = fields[about[0]].text(), _span(fields)
    if about == ["item"]:
        return OfItem(subject, span)
    if about == ["any_item_of"]:
        return OfAnyItem(subject, span)
    return OfScale(subject, span, fields.one_of("figure", Figure.RAW))

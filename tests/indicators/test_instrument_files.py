"""Questionnaires that go out and come back; files that are refused, with the place where they are wrong."""

import json
import re
import time
import tracemalloc
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate.indicators.instrument_files import (
    MAX_BYTES,
    MAX_ITEMS,
    InstrumentError,
    read_instrument,
    write_instrument,
)
from cocreate.indicators.kinds import MOST, AnswerKind, AnswerShape
from cocreate.indicators.rhythm import Silence
from cocreate.indicators.scoring import (
    Adding,
    Band,
    Choices,
    CutOffs,
    Figure,
    Flag,
    Group,
    Grouping,
    Instrument,
    Item,
    OfAnyItem,
    OfItem,
    OfScale,
    Option,
    Scale,
    Span,
    score,
)
from tests.indicators.asking import make_full, make_instrument, make_items, make_scale

DOCUMENT = Path(__file__).parents[2] / "docs" / "instruments.md"


def written(instrument=None):
    """A file as data, to spoil."""
    return json.loads(write_instrument(instrument or make_full()))


def refused(data):
    with pytest.raises(InstrumentError) as caught:
        read_instrument(data if isinstance(data, bytes) else json.dumps(data).encode())
    error = caught.value
    assert str(error) == error.message % error.params
    assert error.params.get("place", "") == error.place
    assert "\x1b" not in str(error)
    return error


def spoiled(path, value, instrument=None):
    """A good file in which one thing is different; DROP takes it out."""
    document = written(instrument)
    *way, last = [int(step) if step.isdigit() else step for step in re.findall(r"[\w-]+", path)]
    here = document
    for step in way:
        here = here[step]
    if value is DROP:
        del here[last]
    else:
        here[last] = value
    return document


DROP = object()


# There and back.


def test_something_of_everything_comes_back_as_it_went():
    full = make_full()
    assert read_instrument(write_instrument(full)) == full
    answers = {"sun": "often", "rain": "some", "bees": "some", "now": 7, "later": 8}
    assert score(read_instrument(write_instrument(full)), answers) == score(full, answers)


def test_only_what_is_not_the_usual_is_written():
    assert written(make_instrument()) == {
        "format": "cocreate-instrument",
        "format_version": 1,
        "key": "garden",
        "title": "Our garden",
        "version": 1,
        "answers": {
            "often": {
                "options": [
                    {"key": "never", "label": "Never", "value": 0},
                    {"key": "some", "label": "Some", "value": 1},
                    {"key": "often", "label": "Often", "value": 2},
                ]
            }
        },
        "items": [
            {"key": "sun", "text": "About sun?", "answers": "often"},
            {"key": "rain", "text": "About rain?", "answers": "often"},
            {"key": "bees", "text": "About bees?", "answers": "often"},
            {"key": "weeds", "text": "About weeds?", "answers": "often", "reversed": True},
        ],
        "total": {"label": "Garden", "items": ["sun", "rain", "bees", "weeds"]},
    }


def test_numbers_stay_exactly_what_they_are():
    table = {7: 7, 8: Fraction("9.51"), 9: Fraction(1, 3), Fraction("0.1"): Fraction("-0.000001")}
    total = written(make_instrument(total=make_scale(multiplier=Fraction(25, 7), table=table)))["total"]
    assert total["multiplier"] == "25/7"
    assert total["table"] == [[0.1, "-1/1000000"], [7, 7], [8, 9.51], [9, "1/3"]]
    text = json.dumps(spoiled("total.multiplier", 0)).replace('"multiplier": 0', '"multiplier": 0.10')
    assert read_instrument(text.encode()).total.multiplier == Fraction(1, 10)


NASTY = ['“quoted” "and" \\ <b>', "العربية", "👩‍👩‍👧 x", "two\nlines", "%(place)s % 100%", "=1+1", " edge "]
keys = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,8}", fullmatch=True)
texts = st.sampled_from(NASTY) | st.text(
    st.characters(
        blacklist_categories=("Cc", "Cs"), blacklist_characters="\u200b\u202d\u202e\ufeff\ufffe\uffff"
    ),
    min_size=1,
    max_size=20,
).filter(str.strip)
numbers = (
    st.integers(-(10**9), 10**9)
    | st.decimals(-1000, 1000, places=3).map(Fraction)
    | st.fractions(-1000, 1000, max_denominator=10**6)
)
above_zero = numbers.filter(lambda number: number > 0)
kinds = st.sampled_from(
    [
        AnswerShape(AnswerKind.SCALE_0_10),
        AnswerShape(AnswerKind.SCALE_1_10, ("low", "high")),
        AnswerShape(AnswerKind.FIVE_POINTS, tuple("abcde")),
        AnswerShape(AnswerKind.SMILEYS),
        AnswerShape(AnswerKind.YES_MORE_OR_LESS_NO),
        AnswerShape(AnswerKind.COUNT, unit="visits", highest=MOST),
        AnswerShape(AnswerKind.DYAD, ("one", "other")),
        AnswerShape(AnswerKind.TRIAD, ("left", "right", "top")),
        AnswerShape(AnswerKind.OPEN),
        AnswerShape(AnswerKind.HAVE_AND_WISH, unit="days", lowest=1, highest=7),
    ]
)


def unique(strategy, least, most):
    return st.lists(strategy, min_size=least, max_size=most, unique_by=lambda part: part.key).map(tuple)


choices = unique(st.builds(Option, keys, texts, numbers), 2, 4).map(Choices)


@st.composite
def spans(draw):
    low, high = sorted((draw(numbers), draw(numbers)))
    lower = draw(st.sampled_from([{}, {"at_least": low}, {"above": low}]))
    upper = draw(st.sampled_from([{}, {"at_most": high}, {"below": high}]))
    span = Span(**lower, **upper)
    return span if (lower or upper) and span.is_possible else Span(at_least=low)


@st.composite
def bands(draw):
    """Bands that touch, in all four ways that an end can be."""
    ends = sorted(draw(st.lists(numbers, min_size=1, max_size=4, unique=True)))
    spans, lower = [], {}
    for end in ends:
        kind, following = draw(
            st.sampled_from([("below", "at_least"), ("at_most", "above"), ("below", "above")])
        )
        spans.append(Span(**lower, **{kind: end}))
        lower = {following: end}
    spans.append(Span(**lower))
    names = draw(st.lists(keys, min_size=len(spans), max_size=len(spans), unique=True))
    return tuple(Band(name, draw(texts), span) for name, span in zip(names, spans, strict=True))


@st.composite
def scales(draw, names, key=keys):
    items = tuple(draw(st.lists(st.sampled_from(names), min_size=1, max_size=len(names), unique=True)))
    table = draw(st.dictionaries(numbers, numbers, max_size=4))
    figures = st.sampled_from(Figure if table else (Figure.RAW, Figure.VALUE))
    return Scale(
        draw(key),
        draw(texts),
        items,
        draw(st.sampled_from(Adding)),
        draw(st.integers(0, len(items) - 1)),
        draw(st.dictionaries(st.sampled_from(items), above_zero, max_size=3)),
        draw(above_zero),
        table,
        draw(unique(st.builds(CutOffs, keys, texts, bands(), figures), 0, 2)),
    )


@st.composite
def instruments(draw):
    answers = draw(st.dictionaries(keys, choices | kinds, min_size=1, max_size=4))
    counted = [key for key, each in answers.items() if isinstance(each, Choices) or each.is_one_number]
    items = draw(unique(st.builds(Item, keys, texts, st.sampled_from(list(answers)), st.booleans()), 1, 6))
    items = tuple(replace(item, is_reversed=item.is_reversed and item.answers in counted) for item in items)
    names = [item.key for item in items if item.answers in counted]
    facts = {"version": draw(st.integers(1, 99)), "adds_up": not names or draw(st.booleans())}
    notes = {name: draw(texts | st.just("")) for name in ("language", "source", "licence")}
    if names and facts["adds_up"]:
        made = draw(unique(scales(names, keys.filter(lambda key: key != "total")), 0, 2))
        total = draw(st.none() | scales(names, st.just("total")))
        of = conditions(names, [*made, *([total] if total else [])])
        facts |= {"scales": made, "total": total, "flags": draw(flags(of)), "groupings": draw(groupings(of))}
    return Instrument(draw(keys), draw(texts), answers, items, **facts, **notes)


def conditions(names, scales):
    ways = [st.builds(OfItem, st.sampled_from(names), spans())]
    if scales:
        some = st.sampled_from([scale.key for scale in scales])
        ways += [st.builds(OfAnyItem, some, spans()), st.builds(OfScale, some, spans())]
    return st.lists(st.one_of(ways), min_size=1, max_size=3).map(tuple)


def flags(of):
    return unique(st.builds(Flag, keys, texts, of), 0, 2)


def groupings(of):
    groups = unique(st.builds(Group, keys, texts, of), 2, 4)
    left = groups.map(lambda each: (*each[:-1], replace(each[-1], conditions=())))
    return unique(st.builds(Grouping, keys, texts, groups | left), 0, 2)


@given(instruments())
def test_every_questionnaire_comes_back_as_it_went(instrument):
    data = write_instrument(instrument)
    assert read_instrument(data) == instrument
    assert write_instrument(read_instrument(data)) == data


@given(instruments(), st.randoms(use_true_random=False))
def test_the_same_questionnaire_is_always_the_same_file(instrument, random):
    shuffled = list(instrument.answers.items())
    random.shuffle(shuffled)
    assert write_instrument(replace(instrument, answers=dict(shuffled))) == write_instrument(instrument)


# Refused, with the place.

PLACES = [
    ("format", "other", ""),
    ("format_version", 2, "format_version"),
    ("format_version", DROP, "format_version"),
    ("key", "no spaces", "key"),
    ("title", " ", "title"),
    ("title", "x" * 201, "title"),
    ("title", 7, "title"),
    ("version", 0, "version"),
    ("version", 1.5, "version"),
    ("version", True, "version"),
    ("version", DROP, "version"),
    ("colour", "red", "colour"),
    ("source", ["a"], "source"),
    ("adds_up", "no", "adds_up"),
    ("adds_up", False, "scales[0]"),
    ("items", DROP, "items"),
    ("items", [], "items"),
    ("items", {}, "items"),
    ("items[1]", "rain", "items[1]"),
    ("items[1].key", "sun", "items[1].key"),
    ("items[1].key", "a\x1b[2Jb", "items[1].key"),
    ("items[1].text", "", "items[1].text"),
    ("items[1].text", "x\u202ey", "items[1].text"),
    ("items[1].text", "x\ud800y", "items[1].text"),
    ("items[3].answers", "rarely", "items[3].answers"),
    ("items[3].values", [1], "items[3].values"),
    ("items[3].reversed", 1, "items[3].reversed"),
    ("items[6].reversed", True, "items[6].reversed"),
    ("answers", [], "answers"),
    ("answers", {}, "answers"),
    ("answers.often.options", [], "answers.often.options"),
    ("answers.often.options[2].value", "two", "answers.often.options[2].value"),
    ("answers.often.options[2].value", "1/0", "answers.often.options[2].value"),
    ("answers.often.options[2].value", 10**9 + 1, "answers.often.options[2].value"),
    ("answers.often.options[2].value", 1e-10, "answers.often.options[2].value"),
    ("answers.often.options[2].value", None, "answers.often.options[2].value"),
    ("answers.often.options[2].key", "some", "answers.often.options[2].key"),
    ("answers.often.options[2].label", DROP, "answers.often.options[2].label"),
    ("answers.ladder.kind", "stairs", "answers.ladder.kind"),
    ("answers.ladder.labels", ["low"], "answers.ladder.labels"),
    ("answers.ladder.highest", 11, "answers.ladder.highest"),
    ("answers.ladder.options", [], "answers.ladder.options"),
    ("scales[0].key", "total", "scales[0].key"),
    ("scales[0].items", [], "scales[0].items"),
    ("scales[0].items[1]", "moon", "scales[0].items[1]"),
    ("scales[0].items[1]", "sun", "scales[0].items[1]"),
    ("scales[0].items[1]", "story", "scales[0].items[1]"),
    ("scales[0].adding", "product", "scales[0].adding"),
    ("scales[0].weights.rain", 2, "scales[0].weights"),
    ("scales[0].weights.sun", 0, "scales[0].weights.sun"),
    ("scales[0].most_missing", 2, "scales[0].most_missing"),
    ("scales[0].most_missing", -1, "scales[0].most_missing"),
    ("total.key", "total", "total.key"),
    ("total.multiplier", -4, "total.multiplier"),
    ("total.table[1]", [1], "total.table[1]"),
    ("total.table[1]", [0, 7], "total.table[1]"),
    ("total.table[1]", [1, "x"], "total.table[1][1]"),
    ("total.table", DROP, "total.cutoffs[2].figure"),
    ("total.cutoffs[0].bands", [], "total.cutoffs[0].bands"),
    ("total.cutoffs[0].bands[1].at_least", 49, "total.cutoffs[0].bands[1]"),
    (
        "total.cutoffs[1].bands[1]",
        {"key": "rich", "label": "Rich", "at_least": 50},
        "total.cutoffs[1].bands[1]",
    ),
    ("total.cutoffs[0].bands[1].above", 50, "total.cutoffs[0].bands[1]"),
    ("total.cutoffs[0].bands[1].below", 50, "total.cutoffs[0].bands[1]"),
    ("total.cutoffs[0].bands[1].at_least", DROP, "total.cutoffs[0].bands[1]"),
    ("flags[0].any", [], "flags[0].any"),
    ("flags[0].any[0].scale", "moon", "flags[0].any[0]"),
    ("flags[0].any[0].item", "sun", "flags[0].any[0]"),
    ("flags[0].any[0].figure", "mean", "flags[0].any[0].figure"),
    ("flags[1].any[1].figure", "raw", "flags[1].any[1].figure"),
    ("flags[1].key", "thin", "flags[1].key"),
    ("groupings[0].groups", [], "groupings[0].groups"),
    ("groupings[0].groups[0].all", DROP, "groupings[0].groups[0].all"),
    ("groupings[0].groups[0].all[0].item", "story", "groupings[0].groups[0].all[0]"),
    ("groupings[0].groups[2].key", "grey", "groupings[0].groups[2].key"),
]


@pytest.mark.parametrize(
    ("path", "value", "place"), PLACES, ids=lambda value: "dropped" if value is DROP else str(value)[:30]
)
def test_what_is_wrong_is_refused_with_its_place(path, value, place):
    error = refused(spoiled(path, value))
    assert error.place == place
    if place:
        assert str(error).startswith(f"{place}: ")


def test_a_name_from_a_file_cannot_write_over_the_terminal():
    assert refused({**written(), "a\x1b[2J\nb": 1}).place == "“a[2J b”"


FILES = {
    b"": "This file is empty.",
    b" \n": "This file is empty.",
    b"[1, 2]": "This file is not a questionnaire: “format” is not “cocreate-instrument” in it.",
    b'"x"': "This file is not a questionnaire: “format” is not “cocreate-instrument” in it.",
    b'{"format":\n}': "Line 2: this is not well-formed JSON (at character 1).",
    b'{"a": 1, "a": 2}': "“a” is written twice in the same part of this file.",
    b"\xff\xfe{": "We do not know the letters of this file. Save it as UTF-8 and try again.",
    b"[" * 100_000: "Things in this file are nested too deep.",
    b"[" * 13 + b"]" * 13: "Things in this file are nested too deep.",
    b'{"a": NaN}': "A number in this file is too long to read.",
    b'{"a": 1e999999999}': "A number in this file is too long to read.",
    b'{"a": 0.' + b"1" * 100 + b"}": "A number in this file is too long to read.",
    b'{"a": ' + b"1" * 5000 + b"}": "A number in this file is too long to read.",
    b" " * MAX_BYTES + b"{}": "This file is larger than 1 MB.",
}


@pytest.mark.parametrize(("data", "said"), FILES.items(), ids=lambda value: str(value)[:20])
def test_files_that_are_none(data, said):
    error = refused(data)
    assert str(error) == said
    assert error.place == ""


def test_brackets_in_texts_are_not_deep():
    title = '[[[[[[[[[[[[[[ "{{{{{{{{{{{{{{ \\'
    assert read_instrument(write_instrument(make_instrument(title=title))).title == title


def test_there_is_room_for_so_many_items_and_no_more():
    names = [f"q{number}" for number in range(MAX_ITEMS + 1)]
    most = make_instrument(items=make_items(*names[:-1]), total=make_scale(*names[:-1]))
    assert read_instrument(write_instrument(most)) == most
    with pytest.raises(InstrumentError, match=r"^items: there must be 1 to 200 of these, not 201\."):
        make_instrument(items=make_items(*names), total=None)
    document = written(most)
    document["items"].append({"key": "another", "text": "x", "answers": "often"})
    assert refused(document).place == "items"


def test_what_would_be_too_large_to_read_is_not_written():
    points = AnswerShape(AnswerKind.FIVE_POINTS, tuple(f"{number}" + "😀" * 199 for number in range(5)))
    items = tuple(Item(f"q{number}", "😀" * 1000, f"a{number}") for number in range(MAX_ITEMS))
    large = make_instrument(answers={item.answers: points for item in items}, items=items, total=None)
    with pytest.raises(InstrumentError, match=r"larger than 1 MB"):
        write_instrument(large)


HOSTILE = {
    "many numbers": b'{"format": "cocreate-instrument", "format_version": 1, "items": ['
    + b"0," * 500_000
    + b"0]}",
    "many objects": b'{"format": "cocreate-instrument", "format_version": 1, "items": ['
    + b"{}," * 340_000
    + b"{}]}",
    "one long text": b'{"format": "' + b"\\\\" * 500_000 + b'"}',
    "an open text": b'{"format": "' + b'\\"' * 500_000,
    "brackets": b"[]" * 500_000,
    "as many brackets as may be": b"[" + b"[]," * 99_998 + b"[]]",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_at_once_and_cheaply(what):
    began = time.process_time()
    refused(HOSTILE[what])
    assert time.process_time() - began < 5
    tracemalloc.start()
    refused(HOSTILE[what])
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 100 * 1024**2


def test_a_made_questionnaire_is_refused_like_a_read_one():
    with pytest.raises(InstrumentError, match=r"^total\.items\[0\]: there is no “moon”"):
        make_instrument(total=make_scale("moon"))
    with pytest.raises(InstrumentError, match=r"^total\.multiplier: .* exactly"):
        make_instrument(total=make_scale(multiplier=0.5))
    with pytest.raises(InstrumentError, match=r"^total\.key: "):
        make_instrument(total=make_scale(key="whole"))


# The document.


def test_the_example_in_the_document_is_a_questionnaire_and_counts_as_told():
    (example,) = re.findall(r"```json\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
    instrument = read_instrument(example.encode())
    answers = {"greet": "often", "help": "often", "alone": "never", "now": 6}
    scored = score(instrument, answers)
    assert (scored.total.raw, scored.total.value) == (6, 100)
    assert scored.total.categories == {"street": "warm"}
    assert scored.flags == {"nobody": False}
    alone = score(instrument, {**answers, "help": "never", "alone": "often"})
    assert (alone.total.value, alone.total.categories, alone.flags) == (
        Fraction(100, 3),
        {"street": "cool"},
        {"nobody": True},
    )


@pytest.mark.parametrize("name", ["InstrumentError", *AnswerKind, *Adding, *Figure, *Silence])
def test_the_document_knows_every_word_of_the_format(name):
    assert f"`{name}`" in DOCUMENT.read_text()

"""What answers come to: published worked rows where they are on this machine, and our own everywhere."""

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate.indicators.instrument_files import read_instrument, write_instrument
from cocreate.indicators.kinds import AnswerKind, AnswerRefused, AnswerShape, Missing
from cocreate.indicators.scoring import (
    Adding,
    Choices,
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
    Span,
    Unscored,
    reverse,
    score,
)
from tests.indicators.asking import (
    LADDER,
    make_cutoffs,
    make_full,
    make_instrument,
    make_items,
    make_scale,
)

OFTEN_VALUES = {"never": 0, "some": 1, "often": 2}
CALM = {"sun": "often", "rain": "some", "bees": "some", "weeds": "never"}  # 2 + 1 + 1 + (2 - 0)


# Our own.


def test_items_are_added_and_a_reversed_one_counts_the_other_way():
    scored = score(make_instrument(), CALM)
    assert scored.values == {"sun": 2, "rain": 1, "bees": 1, "weeds": 2}
    assert scored.total.raw == scored.total.value == 6
    assert scored.total.metric is None
    assert scored.total.unscored is None


def test_two_items_may_count_the_same_answer_each_in_its_own_way():
    """No reversal makes one of these answer keys the other: the middle answer counts in both."""
    keys = {
        "longing": Choices((Option("yes", "Yes", 1), Option("so-so", "So-so", 1), Option("no", "No", 0))),
        "having": Choices((Option("yes", "Yes", 0), Option("so-so", "So-so", 1), Option("no", "No", 1))),
    }
    items = (*make_items("miss", answers="longing"), *make_items("friends", answers="having"))
    instrument = make_instrument(answers=keys, items=items, total=make_scale("miss", "friends"))
    assert [
        score(instrument, dict.fromkeys(("miss", "friends"), each)).total.raw for each in ("yes", "so-so")
    ] == [1, 2]


@pytest.mark.parametrize(
    ("adding", "most_missing", "raw"),
    [
        (Adding.SUM, 0, None),
        (Adding.SUM, 1, 5),
        (Adding.SCALED, 1, Fraction(20, 3)),
        (Adding.MEAN, 1, Fraction(5, 3)),
        (Adding.MEAN, 0, None),
    ],
)
def test_what_is_missing_is_counted_by_the_rule_and_never_as_zero(adding, most_missing, raw):
    instrument = make_instrument(total=make_scale(adding=adding, most_missing=most_missing))
    total = score(instrument, {**CALM, "bees": Missing.RATHER_NOT_SAY}).total
    assert total.raw == raw
    assert total.missing == {"bees": Missing.RATHER_NOT_SAY}
    assert total.unscored == (Unscored.TOO_MUCH_MISSING if raw is None else None)


def test_a_subscale_may_be_missing_while_the_whole_is_there():
    part = make_scale("rain", "bees", key="water", cutoffs=(make_cutoffs(wet=Span(at_least=1)),))
    instrument = make_instrument(scales=(part,), total=make_scale(most_missing=1))
    scored = score(instrument, {key: CALM[key] for key in ("sun", "rain", "weeds")})
    assert scored.total.raw == 5
    assert scored.scales["water"].raw is None
    assert scored.scales["water"].categories == {"bands": None}
    assert scored.scales["water"].missing == {"bees": Missing.NOT_ASKED}


def test_weights_multiplier_and_table_are_exact():
    total = make_scale(
        weights={"sun": Fraction(1, 3), "rain": 2},
        multiplier=Fraction(25, 7),
        table={Fraction(17, 3): Fraction(951, 100)},
    )
    scored = score(make_instrument(total=total), CALM).total
    assert scored.raw == Fraction(17, 3)
    assert scored.value == Fraction(425, 21)
    assert (scored.metric, float(scored.metric)) == (Decimal("9.51"), 9.51)


def test_what_the_table_does_not_know_has_a_reason():
    total = make_scale(table={5: 1}, cutoffs=(make_cutoffs(figure=Figure.METRIC, low=Span(at_most=1)),))
    scored = score(make_instrument(total=total), CALM).total
    assert (scored.raw, scored.metric, scored.unscored) == (6, None, Unscored.NOT_IN_TABLE)
    assert scored.categories == {"bands": None}


def test_cut_offs_that_differ_at_one_number_differ_there_and_nowhere_else():
    below = make_cutoffs("below", low=Span(below=6), high=Span(at_least=6))
    at_most = make_cutoffs("at-most", low=Span(at_most=6), high=Span(above=6))
    instrument = make_instrument(total=make_scale(cutoffs=(below, at_most)))
    found = {}
    for sun in OFTEN_VALUES:
        total = score(instrument, {**CALM, "sun": sun, "rain": "often", "bees": "some"}).total
        found[int(total.value)] = (total.categories["below"], total.categories["at-most"])
    assert found == {5: ("low", "low"), 6: ("high", "low"), 7: ("high", "high")}


def test_a_number_between_two_bands_has_no_name():
    total = make_scale(
        adding=Adding.MEAN, cutoffs=(make_cutoffs(low=Span(at_most=1), high=Span(at_least=2)),)
    )
    assert score(make_instrument(total=total), CALM).total.categories == {"bands": None}


def test_a_flag_is_raised_by_any_of_its_conditions_and_not_by_what_is_missing():
    flag = Flag("bare", "Bare", (OfScale("total", Span(below=3)), OfAnyItem("total", Span(at_most=0))))
    instrument = make_instrument(flags=(flag,))

    def raised(**answers):
        return score(instrument, {**CALM, **answers}).flags["bare"]

    assert raised() is False
    assert raised(rain="never") is True
    assert raised(rain=Missing.DO_NOT_KNOW) is None, "it could still be a never"
    assert raised(rain=Missing.DO_NOT_KNOW, sun="never") is True, "whatever the rain was"
    assert raised(weeds="often") is True, "reversed, often is the lowest"


@pytest.mark.parametrize(
    ("now", "later", "group"),
    [
        (7, 8, "bright"),
        (7, 7, "between"),
        (4, 4, "grey"),
        (4, 5, "between"),
        (0, 0, "grey"),
        (10, 10, "bright"),
    ],
)
def test_groups_by_two_values(now, later, group):
    scored = score(make_full(), {"now": now, "later": later})
    assert scored.groups == {"hope": group}
    assert (scored.values["now"], scored.values["later"]) == (now, later)


@pytest.mark.parametrize("now", [0, 6, 10])
def test_nobody_is_put_in_a_group_by_half_of_the_answers(now):
    assert score(make_full(), {"now": now}).groups == {"hope": None}
    assert score(make_full(), {"now": now, "later": Missing.RATHER_NOT_SAY}).groups == {"hope": None}


def test_nobody_is_put_in_a_group_that_does_not_fit():
    high = Grouping("up", "Up", (Group("high", "High", (OfItem("sun", Span(at_least=2)),)),))
    instrument = make_instrument(groupings=(high,))
    assert score(instrument, CALM).groups == {"up": "high"}
    assert score(instrument, {**CALM, "sun": "some"}).groups == {"up": None}


def test_a_spider_web_has_its_axes_and_no_total():
    web = make_web("body", "mind", "meaning")
    scored = score(web, {"body": 0, "mind": 10})
    assert scored.values == {"body": 0, "mind": 10, "meaning": Missing.NOT_ASKED}
    assert scored.total is None
    assert scored.scales == {}


def make_web(*axes):
    return make_instrument(
        answers={"ladder": LADDER}, items=make_items(*axes, answers="ladder"), total=None, adds_up=False
    )


def test_what_is_never_added_up_cannot_be_added_up_by_another_name():
    web = make_web("body", "mind")
    assert replace(web, scales=(make_scale("body", key="only-body"),)).scales
    with pytest.raises(InstrumentError, match=r"^scales\[0\]: .* never added up"):
        replace(web, scales=(make_scale("body", "mind", key="sum"),))
    with pytest.raises(InstrumentError, match=r"^total: .* never added up"):
        replace(web, total=make_scale("body"))


def test_words_are_read_but_counted_nowhere():
    scored = score(make_full(), {"story": "The bees came back."})
    assert "story" not in scored.values
    with pytest.raises(AnswerRefused):
        score(make_full(), {"story": 7})


def test_a_wrong_answer_is_not_taken_for_a_missing_one():
    for wrong in ("sometimes", 2, "", None):
        with pytest.raises(AnswerRefused):
            score(make_instrument(), {**CALM, "sun": wrong})
    with pytest.raises(AnswerRefused):
        score(make_web("body"), {"body": 11})
    with pytest.raises(KeyError, match="moon"):
        score(make_instrument(), {**CALM, "moon": "never"})


often = st.sampled_from(list(OFTEN_VALUES))
some_answers = st.fixed_dictionaries({}, optional={key: often | st.sampled_from(Missing) for key in CALM})
rules = st.builds(
    lambda adding, most_missing, weights: make_scale(
        adding=adding, most_missing=most_missing, weights=weights
    ),
    st.sampled_from(Adding),
    st.integers(0, 3),
    st.dictionaries(st.sampled_from(list(CALM)), st.integers(1, 5) | st.just(Fraction(1, 3))),
)


@given(rules, some_answers)
def test_every_rule_against_reading_it_slowly(scale, answers):
    told = {key: OFTEN_VALUES[answers[key]] for key in CALM if answers.get(key) in OFTEN_VALUES}
    if "weeds" in told:
        told["weeds"] = 2 - told["weeds"]
    found = score(make_instrument(total=scale), answers).total
    if len(CALM) - len(told) > scale.most_missing:
        assert found.raw is None
        return
    weight = {key: Fraction(scale.weights.get(key, 1)) for key in CALM}
    total = sum(weight[key] * told[key] for key in told)
    share = sum(weight[key] for key in told)
    expected = {
        Adding.SUM: total,
        Adding.MEAN: total / share,
        Adding.SCALED: total * sum(weight.values()) / share,
    }
    assert found.raw == expected[scale.adding]


@given(some_answers, st.randoms(use_true_random=False))
def test_the_order_of_answers_is_irrelevant(answers, random):
    shuffled = list(answers.items())
    random.shuffle(shuffled)
    assert score(make_full(), dict(shuffled)) == score(make_full(), answers)


@given(some_answers)
def test_the_order_of_items_is_irrelevant_for_what_they_come_to(answers):
    full = make_full()
    other = replace(full, items=tuple(reversed(full.items)))
    assert score(other, answers) == score(full, answers)


@given(some_answers, st.sampled_from(Missing))
def test_why_an_answer_is_missing_changes_no_number(answers, reason):
    other = {key: reason if isinstance(each, Missing) else each for key, each in answers.items()}
    one, two = score(make_full(), answers), score(make_full(), other)
    assert [each.raw for each in one.scales.values()] == [each.raw for each in two.scales.values()]
    assert (one.flags, one.groups) == (two.flags, two.groups)


@given(some_answers, st.fixed_dictionaries(dict.fromkeys(CALM, often)))
def test_a_flag_that_is_known_stays_so_whatever_the_missing_answers_would_be(answers, whole):
    conditions = (OfScale("total", Span(below=3)), OfAnyItem("total", Span(at_most=0)))
    instrument = make_instrument(flags=(Flag("bare", "Bare", conditions),))
    told = {key: each for key, each in answers.items() if not isinstance(each, Missing)}
    before = score(instrument, answers).flags["bare"]
    assert before in (None, score(instrument, {**whole, **told}).flags["bare"])


numbers = st.fractions(-100, 100)


@given(numbers, numbers, numbers)
def test_reversing_twice_is_nothing(value, one, other):
    ends = (min(one, other), max(one, other))
    assert reverse(reverse(value, ends), ends) == value
    assert (reverse(ends[0], ends), reverse(ends[1], ends)) == (ends[1], ends[0])


@given(some_answers)
def test_reversing_every_item_mirrors_the_whole(answers):
    one = make_instrument(total=make_scale(most_missing=3, adding=Adding.MEAN))
    turned = replace(one, items=tuple(replace(item, is_reversed=not item.is_reversed) for item in one.items))
    before, after = score(one, answers).total.raw, score(turned, answers).total.raw
    assert (before is None and after is None) or before + after == 2


@given(st.sampled_from(["never", "some", "often"]), some_answers)
def test_what_is_not_in_a_scale_does_not_change_it(other, answers):
    instrument = make_instrument(total=make_scale("rain", "bees", most_missing=1))
    assert score(instrument, {**answers, "sun": other}).total == score(instrument, answers).total


# Published: every worked row of a file that is not ours to ship. No words of theirs, only keys.


@cache
def published() -> Mapping[str, dict[str, object]]:
    data = Path(os.environ.get("COCREATE_REAL_DATA") or Path(__file__).parents[2] / "../shared/data")
    file = data.resolve() / "instruments.json"
    if not file.is_file():
        pytest.skip(f"needs the worked rows in {file}; set COCREATE_REAL_DATA to the folder that holds them")
    return {each["id"]: each for each in json.loads(file.read_text(), parse_float=Decimal)}


def there_and_back(instrument: Instrument) -> Instrument:
    """The same by way of a file, so that the rows hold for what is imported too."""
    return read_instrument(write_instrument(instrument))


def key_of(label: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in label).strip("-")


def choices(values: Mapping[str, int]) -> Choices:
    return Choices(tuple(Option(key_of(label), label, value) for label, value in values.items()))


def bands(key: str, spans: Mapping[str, list[int]]):
    return make_cutoffs(
        key, **{key_of(name): Span(at_least=low, at_most=high) for name, (low, high) in spans.items()}
    )


def loneliness(name: str, most_missing: int = 1) -> Instrument:
    told = published()[name]
    yes, middle, no = told["options"]
    keys = {"emotional": choices({yes: 1, middle: 1, no: 0}), "social": choices({yes: 0, middle: 1, no: 1})}
    items = tuple(Item(key, key, next(part for part in keys if key in told[part])) for key in told["items"])
    manual = told.get("subscale_cutoffs_manual")
    parts = [
        make_scale(*told[part], key=part, cutoffs=(bands("manual", manual),) if manual else ())
        for part in keys
    ]
    cutoffs = [bands("published", told["cutoffs"])]
    if "four_way" in told:
        fewer = {**told["cutoffs"], **told["four_way"]}
        del fewer["(zeer) sterk eenzaam"]
        cutoffs.append(bands("four-way", fewer))
    total = make_scale(*told["items"], most_missing=most_missing, cutoffs=tuple(cutoffs))
    return there_and_back(Instrument(name, name, keys, items, scales=tuple(parts), total=total))


def answers_of(row: Mapping[str, str | None]):
    return {key: Missing.RATHER_NOT_SAY if each is None else key_of(each) for key, each in row.items()}


@pytest.mark.parametrize(("name", "rows"), [("djg6", 7), ("djg11", 9)])
def test_published_loneliness_scales(name, rows):
    instrument = loneliness(name)
    assert len(published()[name]["rows"]) == rows
    for row in published()[name]["rows"]:
        scored = score(instrument, answers_of(row["answers"]))
        found = (scored.total.raw, scored.scales["emotional"].raw, scored.scales["social"].raw)
        assert found == (row["total"], row["emotional"], row["social"])
        assert scored.total.categories["published"] == (row["category"] and key_of(row["category"]))


def test_published_loneliness_by_other_cut_offs_and_another_rule_for_what_is_missing():
    four = [
        score(loneliness("djg11"), answers_of(row["answers"])).total.categories["four-way"]
        for row in published()["djg11"]["rows"]
    ]
    assert four == [
        *["niet-eenzaam"] * 2,
        "matig-eenzaam",
        "zeer-ernstig",
        "matig-eenzaam",
        *["ernstig"] * 3,
        None,
    ]
    last = answers_of(published()["djg11"]["rows"][-1]["answers"])
    assert score(loneliness("djg11", most_missing=2), last).total.raw == 9
    manual = [
        score(loneliness("djg6"), answers_of(row["answers"])).scales["social"].categories["manual"]
        for row in published()["djg6"]["rows"]
    ]
    assert manual == ["niet-eenzaam", "eenzaam", "niet-eenzaam", "eenzaam", "eenzaam", None, None]


def test_published_mental_health():
    told = published()["mhi5"]
    keys = [f"m{number}" for number in range(1, len(told["items"]) + 1)]
    often = choices({label: value for value, label in enumerate(told["options"])})
    items = tuple(Item(key, key, "often", is_reversed=key in ("m3", "m5")) for key in keys)
    cutoffs = (
        make_cutoffs("cbs", ongezond=Span(below=60), gezond=Span(at_least=60)),
        make_cutoffs("gezondheidsmonitor", ongezond=Span(at_most=60), gezond=Span(above=60)),
    )
    total = make_scale(*keys, multiplier=4, cutoffs=cutoffs)
    instrument = there_and_back(Instrument("mhi5", "mhi5", {"often": often}, items, total=total))
    assert len(told["rows"]) == 5
    for row in told["rows"]:
        found = score(instrument, dict(zip(keys, map(key_of, row["answers"]), strict=True))).total
        assert found.value == row["score"]
        assert found.categories == {each: row[each] for each in ("cbs", "gezondheidsmonitor")}


def seven_or_five(name: str, size: int, **facts: object) -> tuple[Instrument, list[str]]:
    keys = [f"i{number}" for number in range(1, size + 1)]
    often = Choices(
        tuple(
            Option(f"{value}", key_of(label), value) for label, value in published()[name]["options"].items()
        )
    )
    flags = facts.pop("flags", ())
    items = tuple(Item(key, key, "often") for key in keys)
    total = make_scale(*keys, **facts)
    return there_and_back(Instrument(name, name, {"often": often}, items, total=total, flags=flags)), keys


def test_published_well_being_by_a_table():
    table = {int(raw): Fraction(metric) for raw, metric in published()["swemwbs"]["table"].items()}
    assert len(table) == 29
    instrument, keys = seven_or_five("swemwbs", 7, table=table)
    assert len(published()["swemwbs"]["rows"]) == 6
    for row in published()["swemwbs"]["rows"]:
        found = score(instrument, dict(zip(keys, map(str, row["answers"]), strict=True))).total
        assert (found.raw, found.metric) == (row["raw"], row["metric"])
        assert float(found.metric) == float(row["metric"])


def test_published_well_being_with_flags():
    below = OfScale("total", Span(below=13))
    flags = (
        Flag("flag_raw_below_13", "raw", (below,)),
        Flag("flag_raw_or_item", "raw or item", (below, OfAnyItem("total", Span(at_most=1)))),
    )
    instrument, keys = seven_or_five("who5", 5, multiplier=4, flags=flags)
    assert len(published()["who5"]["rows"]) == 5
    for row in published()["who5"]["rows"]:
        scored = score(instrument, dict(zip(keys, map(str, row["answers"]), strict=True)))
        assert (scored.total.raw, scored.total.value) == (row["raw"], row["percent"])
        assert scored.flags == {flag.key: row[flag.key] for flag in flags}


def test_published_ladder():
    def both(now: Span, future: Span):
        return (OfItem("now", now), OfItem("future", future))

    groups = (
        Group("thriving", "thriving", both(Span(at_least=7), Span(at_least=8))),
        Group("suffering", "suffering", both(Span(at_most=4), Span(at_most=4))),
        Group("struggling", "struggling"),
    )
    instrument = there_and_back(
        Instrument(
            *("cantril", "cantril"),
            {"ladder": AnswerShape(AnswerKind.SCALE_0_10)},
            make_items("now", "future", answers="ladder"),
            groupings=(Grouping("gallup", "gallup", groups),),
            adds_up=False,
        )
    )
    assert len(published()["cantril"]["rows"]) == 8
    for row in published()["cantril"]["rows"]:
        scored = score(instrument, {"now": row["now"], "future": row["future"]})
        assert scored.groups == {"gallup": row["group"]}


def test_published_spider_web():
    axes = [f"axis{number}" for number, _ in enumerate(published()["spinnenweb"]["axes"], start=1)]
    assert len(axes) == 6
    scored = score(there_and_back(make_web(*axes)), {axis: number for number, axis in enumerate(axes)})
    assert scored.values == {axis: number for number, axis in enumerate(axes)}
    assert scored.total is None

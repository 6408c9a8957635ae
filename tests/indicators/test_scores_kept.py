"""Scores of answers that were kept: as the known instruments count, by way of file and database."""

from fractions import Fraction

import pytest

from cocreate.core.db import new_id, session
from cocreate.indicators.instrument_files import write_instrument
from cocreate.indicators.kinds import AnswerKind, AnswerShape, Missing
from cocreate.indicators.models import Answer, Instrument, Round
from cocreate.indicators.queries.instruments import scores_of
from cocreate.indicators.scoring import Flag, Group, Grouping, Item, OfAnyItem, OfItem, OfScale, Span, score
from cocreate.indicators.scoring import Instrument as Definition
from cocreate.indicators.service.composing import compose_from_file
from tests.factories import make_measuring, make_member, make_space
from tests.indicators.asking import make_full, make_items, make_scale
from tests.indicators.test_scoring import (
    answers_of,
    choices,
    key_of,
    loneliness,
    published,
    seven_or_five,
)


@pytest.fixture
def space(in_context):
    return make_space()


def kept(space, definition):
    """The questionnaire in the database, and its baseline."""
    made = compose_from_file(space.steward.viewer, write_instrument(definition))
    _, round_id = make_measuring(space, made)
    return session().get(Instrument, made), session().get(Round, round_id)


def told(space, instrument, asked, answers):
    """One person's answers, kept and read again."""
    member = make_member(space)
    items = {item.key: item.id for item in instrument.items}
    for key, given in answers.items():
        missing = given.value if isinstance(given, Missing) else None
        facts = {"space_id": space.id, "maker_id": member.id, "visibility": "maker", "round_id": asked.id}
        value = None if missing else given
        session().add(Answer(id=new_id(), item_id=items[key], value=value, missing=missing, **facts))
    session().commit()
    session().expire_all()
    return session().query(Answer).filter_by(maker_id=member.id).all()


def scored(space, definition, rows):
    instrument, asked = kept(space, definition)
    for answers in rows:
        found = scores_of(instrument, told(space, instrument, asked, answers))
        assert found == score(definition, answers)
        yield found


def test_answers_of_every_sort_are_counted_as_they_were_given(space):
    definition = make_full()
    answers = {"sun": "often", "rain": Missing.DO_NOT_KNOW, "bees": "some", "weeds": "never"}
    answers |= {"now": 7, "later": 9, "story": "Het werd groen."}
    (found,) = scored(space, definition, [answers])
    assert found.groups == {"hope": "bright"}
    assert found.total.missing == {"rain": Missing.DO_NOT_KNOW}


def test_what_was_taken_back_was_not_asked(space):
    instrument, asked = kept(space, make_full())
    answers = told(space, instrument, asked, {"sun": "often", "rain": "some"})
    answers[0].forget()
    found = scores_of(instrument, answers).values
    assert sorted(value for value in found.values() if not isinstance(value, Missing)) in ([1], [2])
    assert Missing.NOT_ASKED in found.values()


# The field's own: every worked row, by their keys alone.


@pytest.mark.parametrize("name", ["djg6", "djg11"])
def test_kept_loneliness_scales(space, name):
    rows = published()[name]["rows"]
    found = list(scored(space, loneliness(name), [answers_of(row["answers"]) for row in rows]))
    assert [each.total.raw for each in found] == [row["total"] for row in rows]


def test_kept_mental_health(space):
    told_of = published()["mhi5"]
    keys = [f"m{number}" for number in range(1, len(told_of["items"]) + 1)]
    often = choices({label: value for value, label in enumerate(told_of["options"])})
    items = tuple(Item(key, key, "often", is_reversed=key in ("m3", "m5")) for key in keys)
    definition = Definition("mhi5", "mhi5", {"often": often}, items, total=make_scale(*keys, multiplier=4))
    rows = [dict(zip(keys, map(key_of, row["answers"]), strict=True)) for row in told_of["rows"]]
    found = scored(space, definition, rows)
    assert [each.total.value for each in found] == [row["score"] for row in told_of["rows"]]


def test_kept_well_being_by_a_table(space):
    table = {int(raw): metric for raw, metric in published()["swemwbs"]["table"].items()}
    definition, keys = seven_or_five("swemwbs", 7, table={raw: Fraction(each) for raw, each in table.items()})
    rows = published()["swemwbs"]["rows"]
    found = scored(
        space, definition, [dict(zip(keys, map(str, row["answers"]), strict=True)) for row in rows]
    )
    assert [(each.total.raw, each.total.metric) for each in found] == [
        (row["raw"], row["metric"]) for row in rows
    ]


def test_kept_well_being_with_flags(space):
    below = OfScale("total", Span(below=13))
    flags = (
        Flag("flag_raw_below_13", "raw", (below,)),
        Flag("flag_raw_or_item", "raw or item", (below, OfAnyItem("total", Span(at_most=1)))),
    )
    definition, keys = seven_or_five("who5", 5, multiplier=4, flags=flags)
    rows = published()["who5"]["rows"]
    found = scored(
        space, definition, [dict(zip(keys, map(str, row["answers"]), strict=True)) for row in rows]
    )
    for each, row in zip(found, rows, strict=True):
        assert each.flags == {flag.key: row[flag.key] for flag in flags}


def test_kept_ladder(space):
    def both(now, future):
        return (OfItem("now", now), OfItem("future", future))

    groups = (
        Group("thriving", "thriving", both(Span(at_least=7), Span(at_least=8))),
        Group("suffering", "suffering", both(Span(at_most=4), Span(at_most=4))),
        Group("struggling", "struggling"),
    )
    definition = Definition(
        *("cantril", "cantril"),
        {"ladder": AnswerShape(AnswerKind.SCALE_0_10)},
        make_items("now", "future", answers="ladder"),
        groupings=(Grouping("gallup", "gallup", groups),),
        adds_up=False,
    )
    rows = published()["cantril"]["rows"]
    found = scored(space, definition, [{"now": row["now"], "future": row["future"]} for row in rows])
    assert [each.groups["gallup"] for each in found] == [row["group"] for row in rows]

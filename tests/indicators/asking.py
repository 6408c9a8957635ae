"""Questionnaires of our own making, which count in every way that known ones do."""

from fractions import Fraction

from cocreate.indicators.kinds import AnswerKind, AnswerShape
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
)

OFTEN = Choices(
    tuple(Option(key, key.title(), value) for value, key in enumerate(("never", "some", "often")))
)
LADDER = AnswerShape(AnswerKind.SCALE_0_10)


def make_items(*names, answers="often", turned=()):
    return tuple(Item(name, f"About {name}?", answers, name in turned) for name in names)


def make_instrument(**overrides):
    """A garden of four questions; the last one is asked the other way round."""
    items = make_items("sun", "rain", "bees", "weeds", turned=("weeds",))
    facts = {
        "key": "garden",
        "title": "Our garden",
        "answers": {"often": OFTEN},
        "items": items,
        "total": Scale("total", "Garden", tuple(item.key for item in items)),
    }
    return Instrument(**{**facts, **overrides})


def make_scale(*items, **facts):
    key = facts.pop("key", "total")
    return Scale(key, key.title(), items or ("sun", "rain", "bees", "weeds"), **facts)


def make_cutoffs(key="bands", figure=Figure.VALUE, **bands):
    return CutOffs(key, key.title(), tuple(Band(name, name, span) for name, span in bands.items()), figure)


def make_full():
    """Something of everything."""
    soil = make_scale("sun", "weeds", key="soil", weights={"sun": 2}, adding=Adding.MEAN)
    total = make_scale(
        *("sun", "rain", "bees", "weeds"),
        most_missing=1,
        adding=Adding.SCALED,
        multiplier=Fraction(25, 2),
        table={raw: Fraction(raw * raw, 10) for raw in range(9)},
        cutoffs=(
            make_cutoffs("strict", poor=Span(below=50), rich=Span(at_least=50)),
            make_cutoffs("mild", poor=Span(at_most=50), rich=Span(above=50)),
            make_cutoffs("looked-up", figure=Figure.METRIC, little=Span(at_most=Fraction(16, 10))),
        ),
    )
    items = (
        *make_items("sun", "rain", "bees", "weeds", turned=("weeds",)),
        *make_items("now", "later", answers="ladder"),
        *make_items("story", answers="words"),
    )
    hope = Grouping(
        *("hope", "Hope"),
        (
            Group("bright", "Bright", (OfItem("now", Span(at_least=7)), OfItem("later", Span(at_least=8)))),
            Group("grey", "Grey", (OfItem("now", Span(at_most=4)), OfItem("later", Span(at_most=4)))),
            Group("between", "In between"),
        ),
    )
    return make_instrument(
        answers={"often": OFTEN, "ladder": LADDER, "words": AnswerShape(AnswerKind.OPEN)},
        items=items,
        scales=(soil,),
        total=total,
        flags=(
            Flag("thin", "Thin", (OfScale("total", Span(below=3)),)),
            Flag("bare", "Bare", (OfScale("total", Span(below=3)), OfAnyItem("total", Span(at_most=0)))),
        ),
        groupings=(hope,),
        language="en",
        source="Made up for tests",
        licence="Nobody's",
        version=3,
    )

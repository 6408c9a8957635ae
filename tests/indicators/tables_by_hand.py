"""A questionnaire with every kind of answer, and answers to it, for tests of tables."""

from datetime import date

from cocreate.indicators.codebook import Version, asked_in
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.scoring import Choices, Instrument, Item, Option, Scale
from cocreate.indicators.tables import Place, Told

SHAPES = {
    "grade": AnswerShape(AnswerKind.SCALE_0_10, ("slecht", "goed")),
    "feel": AnswerShape(AnswerKind.SMILEYS),
    "agree": AnswerShape(AnswerKind.YES_MORE_OR_LESS_NO),
    "hours": AnswerShape(AnswerKind.HAVE_AND_WISH, unit="uur"),
    "place": AnswerShape(AnswerKind.TRIAD, ("thuis", "school", "straat")),
    "words": AnswerShape(AnswerKind.OPEN),
    "often": Choices((Option("never", "Nooit", 0), Option("ever", "Wel eens", 1))),
}
INSTRUMENT = Instrument(
    "own",
    "Ons plein",
    SHAPES,
    tuple(Item(key, f"Vraag {key}?", key, is_reversed=key == "feel") for key in SHAPES),
    scales=(Scale("mood", "Stemming", ("grade", "feel")),),
    language="nl",
)
ASKED = asked_in([Version(INSTRUMENT, sensitivity={"grade": 2})])
COLUMNS = [column for each in ASKED for column in each.columns]
ANSWERS = {
    "grade": 0,
    "feel": 5,
    "agree": "more_or_less",
    "hours": [1, 6],
    "place": [20, 30, 50],
    "words": "'s avonds wel",
    "often": "never",
}
PLACE = Place(ASKED, {0: 1, 1: 1}, {"resident": "R", "bewoner": "R", "youth": "Y"}, date(2026, 11, 26))


def told(person, round=0, voice="resident", answers=ANSWERS, **overrides):
    """What somebody answered in a round."""
    facts = {"is_shown": True, "is_by_helper": False, "is_on_paper": False, "month": "2026-11", **overrides}
    return [Told(person, voice, round, 1, key, value, None, **facts) for key, value in answers.items()]

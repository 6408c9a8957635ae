"""What the example measured before: three rounds, months ago, so that there is a line to look at."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import insert

from cocreate.core.audience import Viewer, Visibility
from cocreate.core.changes import changing
from cocreate.core.db import new_id, utcnow
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.models import Answer, Instrument, Measuring, Round
from cocreate.indicators.rules import Rhythm
from cocreate.indicators.service.composing import Asked, compose
from cocreate.indicators.service.context import About, ContextDraft, add_context_figure
from cocreate.indicators.service.measuring import Plan, open_round, start_measuring
from cocreate.indicators.service.publishing import publish_round

TITLE: Final = "Hoe gaat het op ons plein?"
WHY: Final = "We wilden weten of mensen elkaar beter leren kennen. Drie keer gevraagd."
ROUNDS: Final = 3
DAYS: Final = 100  # between one round and the next
FIRST: Final = "Hoe vaak groeten mensen elkaar hier op straat?"
OFTEN: Final = AnswerShape(AnswerKind.SCALE_0_10, ("nooit", "altijd"))
ASKED: Final = (
    Asked("Wil je er iets over vertellen?", AnswerShape(AnswerKind.OPEN)),
    Asked(
        "Hoeveel mensen ken je hier bij naam, en hoeveel zou je willen?",
        AnswerShape(AnswerKind.HAVE_AND_WISH, unit="mensen", highest=20),
    ),
    Asked("Ken je hier iemand bij wie je kunt aanbellen?", AnswerShape(AnswerKind.YES_MORE_OR_LESS_NO)),
    Asked("Waar heeft het plein meer van nodig?", AnswerShape(AnswerKind.DYAD, ("rust", "reuring"))),
    Asked(
        "Wat weegt het zwaarst als je hier iets begint?",
        AnswerShape(AnswerKind.TRIAD, ("tijd", "geld", "mensen die meedoen")),
    ),
)
STORIES: Final = {
    (0, 4): "’s Avonds loop ik liever om.",
    (1, 9): "Er is nog geen bankje in de schaduw.",
    (2, 3): "De oma’s kennen mijn naam nu. Dat had ik nooit gedacht.",
    (2, 16): "Ik zit er vaker sinds de spelmiddag.",
}
WORDS: Final = 1  # the place of the question for words
BY_VOICE: Final = (0, -2, 1, 1)  # how the voices differ, in the order of the space
LEANS: Final = ([60, 20, 20], [20, 20, 60], [40, 0, 60], [20, 60, 20], [0, 20, 80])


def measure_before(lead: Viewer, groups: Sequence[Sequence[Viewer]], sign_id: uuid.UUID) -> None:
    """Three rounds, months ago; `groups` are people voice by voice. Most of them answered most of it."""
    made = compose(lead, TITLE, [Asked(FIRST, OFTEN, indicator_id=sign_id), *ASKED])
    with changing(lead.space_id) as log:
        measuring_id, round_id = start_measuring(lead, made, Plan(TITLE, Rhythm.ONCE, why=WHY))
        instrument = log.session.get_one(Instrument, made)
        measuring = log.session.get_one(Measuring, measuring_id)
        items = [item.id for item in instrument.items]
        instrument.frozen_at = utcnow()
        for number in range(ROUNDS):
            if number:
                round_id = open_round(log, measuring, instrument, number)
            rows = [
                {**row, "space_id": lead.space_id, "round_id": round_id, "item_id": items[place]}
                for place, row in _answers(number, groups)
            ]
            log.session.execute(insert(Answer), rows)
            round_ = log.session.get_one(Round, round_id)
            round_.opened_at = utcnow() - timedelta(days=(ROUNDS - number) * DAYS)
            round_.closed_at = round_.opened_at + timedelta(days=21)
            publish_round(log, round_)
        measuring.ended_at = utcnow() - timedelta(days=DAYS // 2)
    add_context_figure(
        lead,
        ContextDraft(
            "mensen in de stad die hun buren groeten (verzonnen)",
            "7 op de 10",
            "de hele stad",
            "2025",
            "Verzonnen stadsmonitor",
            about=About(question_id=instrument.items[0].question_id),
        ),
    )


def _answers(number: int, groups: Sequence[Sequence[Viewer]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Always the same, so that pictures can be compared: which question, and what somebody answered to it."""
    person = 0
    for differs, group in zip(BY_VOICE, groups, strict=True):
        for viewer in group:
            person += 1
            if (person + number) % 11 == 0:
                continue
            for place, value in enumerate(_values(number, person, differs)):
                if value is not None:
                    shown = Visibility.SPACE if place == WORDS else Visibility.MAKER
                    row = {"maker_id": viewer.membership_id, "value": value, "visibility": shown}
                    yield place, {"id": new_id(), **row}


def _values(number: int, person: int, differs: int) -> list[Any]:
    spread = (person * 7 + number * 3) % 6
    grows = number if differs < 0 else number // 2
    have = max(0, 3 + differs + grows + spread)
    return [
        min(10, max(0, 3 + differs + grows + spread)),
        STORIES.get((number, person)),
        [have, have + 2 + (person + number) % 3],
        ("yes", "more_or_less", "no", "yes" if number else "no")[(person * 5 + number) % 4],
        (person * 3 + number) % 11 * 10,
        LEANS[(person + number) % len(LEANS)],
    ]

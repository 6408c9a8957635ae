"""A thousand people answer twelve questions in five minutes, on SQLite with every commit on the disk."""

import asyncio
import json
import random
import uuid
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter

from sqlalchemy import func, select

from benchmarks import Row, at_most
from benchmarks.hall import Hall, hall
from benchmarks.writes import Tablet
from cocreate.core.db import db, new_id, session
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.models import Answer, Instrument
from cocreate.indicators.service.composing import Asked, compose
from cocreate.indicators.service.measuring import Plan, start_measuring
from cocreate.spaces.models import Membership
from cocreate.spaces.queries import space_of, viewer_for
from cocreate.spaces.rules import Role
from tests.shell import running

PEOPLE = 1_000
QUESTIONS = 12
SECONDS = 300
PATIENCE = 240  # s, for the last answers, on a machine that is busy with other things
LIMIT = 200  # ms, 95 % of them


@dataclass(frozen=True)
class Asking:
    """The round that is open, and its questions."""

    round_id: uuid.UUID
    items: list[uuid.UUID]


def main(people: int = PEOPLE, questions: int = QUESTIONS, seconds: int = SECONDS) -> list[Row]:
    """Measure; gives the rows."""
    with hall(guests=people) as here:
        with here.app.app_context():
            asking = begin_round(here, questions)
            db.engine.dispose()
        with running(COCREATE_DATA=here.data) as server:
            took, wrong = asyncio.run(_crowd(here, asking, server.port, seconds))
            locked = server.output().count("database is locked")
        with here.app.app_context():
            rows, different = _kept(asking)
    whole = people * questions
    p50, p95 = (quantiles(took, n=100, method="inclusive")[share - 1] for share in (50, 95))
    what = f"{people} people answer {questions} questions in {seconds} s"
    return [
        Row(f"{what}, half of the answers kept within", round(p50, 1), "ms"),
        at_most(f"{what}, 95 % of them within", round(p95, 1), LIMIT, "ms"),
        at_most("… answers that were lost", whole - different, 0, "", f"of {whole}"),
        at_most("… answers that are there twice", rows - different, 0, ""),
        at_most("… answers other than “kept”", wrong, 0, ""),
        at_most("… times the database was locked", locked, 0, ""),
    ]


def begin_round(here: Hall, questions: int) -> Asking:
    """A questionnaire that is open to everybody in the hall."""
    space = space_of(here.space_id)
    membership = session.get(Membership, here.guests[0].membership_id)
    if space is None or membership is None:
        raise RuntimeError("The hall is empty.")
    membership.role = Role.FACILITATOR
    session.commit()
    lead = viewer_for(space, membership)
    asked = [Asked(f"Vraag {number}?", AnswerShape(AnswerKind.SCALE_0_10)) for number in range(questions)]
    instrument_id = compose(lead, "Hoe is het nu?", asked)
    _measuring, round_id = start_measuring(lead, instrument_id, Plan(title="Hoe is het nu?"))
    return Asking(round_id, [item.id for item in session.get_one(Instrument, instrument_id).items])


def _kept(asking: Asking) -> tuple[int, int]:
    """How many answers are there, and how many of a person to a question."""
    here = Answer.round_id == asking.round_id
    rows = session.scalar(select(func.count()).where(here, Answer.value.is_not(None))) or 0
    pairs = select(Answer.maker_id, Answer.item_id).where(here, Answer.value.is_not(None)).distinct()
    return rows, session.scalar(select(func.count()).select_from(pairs.subquery())) or 0


async def _crowd(here: Hall, asking: Asking, port: int, seconds: int) -> tuple[list[float], int]:
    """Milliseconds from when each answer was due until it was kept; how many were not kept."""
    tablets = [Tablet(port, cookie) for cookie in here.cookies]
    for tablet in tablets:
        await tablet.come_in()
    took: list[float] = []
    wrong = 0

    async def tell(place: int, item_id: uuid.UUID, due: float) -> None:
        nonlocal wrong
        facts = {
            "id": str(new_id()),
            "membership_id": str(here.guests[place].membership_id),
            "round_id": str(asking.round_id),
            "item_id": str(item_id),
            "value": place % 11,
        }
        body = json.dumps(facts).encode()
        status, _headers, answer = await tablets[place].ask("POST", f"/spaces/{here.space_id}/answers", body)
        if status != 201 or json.loads(answer).get("state") != "kept":
            wrong += 1
        took.append((perf_counter() - due) * 1000)

    # Everybody answers in the order of the questions, at moments of their own.
    chance = random.Random(0)
    turns = [place for place in range(len(tablets)) for _item in asking.items]
    chance.shuffle(turns)
    asked = [iter(asking.items) for _tablet in tablets]
    began = perf_counter() + 0.5
    answers = []
    for number, place in enumerate(turns):
        due = began + number * seconds / len(turns)
        await asyncio.sleep(max(0.0, due - perf_counter()))
        answers.append(asyncio.create_task(tell(place, next(asked[place]), due)))
    await asyncio.wait_for(asyncio.gather(*answers), PATIENCE)
    for tablet in tablets:
        tablet.close()
    return took, wrong


if __name__ == "__main__":
    for row in main():
        print(row)

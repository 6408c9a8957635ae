"""Reading what is asked in rounds that are open."""

import uuid
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cocreate.core.db import session
from cocreate.indicators.models import Instrument, Round
from cocreate.indicators.order import misplaced
from cocreate.indicators.queries.instruments import Question, asked_of, questions_of


def versions_open(rounds: Iterable[Round]) -> Mapping[uuid.UUID, Instrument]:
    """The versions that are asked in those of these rounds that are open."""
    ids = {each.instrument_id for each in rounds if each.closed_at is None}
    query = select(Instrument).where(Instrument.id.in_(ids)).options(selectinload(Instrument.items))
    return {each.id: each for each in session().scalars(query)}


def is_open(instrument: Instrument) -> bool:
    """Whether a round that is open asks this version."""
    asking = (Round.instrument_id == instrument.id) & Round.closed_at.is_(None)
    return session().scalar(select(Round.id).where(asking).limit(1)) is not None


def still_asked(rounds: Iterable[Round]) -> Mapping[uuid.UUID, Sequence[Question]]:
    """By round that is open, what it still asks although the group decided since not to measure it."""
    rounds = list(rounds)
    asked = {
        each.id: [question for question in asked_of(each) if question.is_left_alone]
        for each in versions_open(rounds).values()
    }
    return {each.id: asked[each.instrument_id] for each in rounds if each.closed_at is None}


def is_misplaced(instrument: Instrument) -> bool:
    """Whether a sensitive question comes first or last, where no light one is left to help it."""
    return bool(misplaced([each.sensitivity for each in questions_of(instrument)]))

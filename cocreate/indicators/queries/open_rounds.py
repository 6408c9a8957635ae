"""Reading what is asked in rounds that are open."""

import uuid
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cocreate.core.db import session
from cocreate.indicators.models import Instrument, Round
from cocreate.indicators.order import misplaced
from cocreate.indicators.queries.instruments import questions_of


def versions_open(rounds: Iterable[Round]) -> Mapping[uuid.UUID, Instrument]:
    """The versions that are asked in those of these rounds that are open."""
    ids = {each.instrument_id for each in rounds if each.closed_at is None}
    query = select(Instrument).where(Instrument.id.in_(ids)).options(selectinload(Instrument.items))
    return {each.id: each for each in session().scalars(query)}


def is_misplaced(instrument: Instrument) -> bool:
    """Whether a sensitive question comes first or last, where no light one is left to help it."""
    return bool(misplaced([each.sensitivity for each in questions_of(instrument)]))

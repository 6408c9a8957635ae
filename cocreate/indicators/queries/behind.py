"""Reading what became of the signs behind questions, after these were put into a questionnaire."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import case, select

from cocreate.core.audience import Visibility
from cocreate.core.db import session
from cocreate.indicators.models import Indicator, InstrumentItem
from cocreate.indicators.rules import Decision

SHOWN = (Visibility.SPACE, Visibility.PUBLIC)  # of a sign that may stand in a questionnaire for everybody
# How delicate a question is, of an item beside the sign it asks, if any; `delicate` says the same of rows.
DELICATE: Final = case(
    (Indicator.sensitivity > InstrumentItem.sensitivity, Indicator.sensitivity),
    else_=InstrumentItem.sensitivity,
)


@dataclass(frozen=True, slots=True)
class Behind:
    """A sign as it stands now, for the questions that ask it."""

    is_for_all: bool  # not withdrawn, and shown to everybody in the space
    sensitivity: int
    is_left_alone: bool  # the group decided to do something else with it than measuring


def signs_behind(indicator_ids: Iterable[uuid.UUID | None]) -> Mapping[uuid.UUID, Behind]:
    """How these signs stand now."""
    ids = {each for each in indicator_ids if each}
    if not ids:
        return {}
    query = select(
        *(Indicator.id, Indicator.withdrawn_at, Indicator.visibility),
        *(Indicator.sensitivity, Indicator.decision),
    )
    return {
        row.id: Behind(
            row.withdrawn_at is None and row.visibility in SHOWN,
            row.sensitivity,
            row.decision not in (None, Decision.MEASURE),
        )
        for row in session().execute(query.where(Indicator.id.in_(ids)))
    }


def taken_back_of(indicator_ids: Iterable[uuid.UUID | None]) -> frozenset[uuid.UUID]:
    """Those of these signs that are not for everybody any more."""
    ids = {each for each in indicator_ids if each}
    return frozenset(ids - {each for each, sign in signs_behind(ids).items() if sign.is_for_all})


def is_taken_back(indicator_id: uuid.UUID | None) -> bool:
    """Whether the words of a question are not for everybody any more, because its sign is not."""
    return bool(taken_back_of([indicator_id]))


def delicate(item: InstrumentItem, sign: Behind | None) -> int:
    """How delicate a question is: as its questionnaire says, or as its sign is by now when that is more."""
    return max(item.sensitivity, sign.sensitivity if sign else 0)

"""What is shown of questions in rounds, worked out once for each time that it changed."""

import uuid
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Final

from sqlalchemy import select

from cocreate.core.db import session
from cocreate.impacts.rules import Circle
from cocreate.indicators.figures import Figures
from cocreate.indicators.models import Publication
from cocreate.indicators.queries.publications import shown_of

MOST: Final = 5_000
Place = tuple[uuid.UUID, uuid.UUID]  # a round, and an item of its questionnaire


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of one question in one round, and since when."""

    figures: Figures
    published_at: datetime


# A publication names everybody who stands in it: of a thousand people it takes milliseconds to read, and a
# page has dozens. What follows from it is small, and the same until it is published again or the space asks
# for other groups.
_known: OrderedDict[tuple[Place, datetime, Circle, int], Shown] = OrderedDict()
_turn = Lock()


def shown_in(round_ids: Sequence[uuid.UUID], circle: Circle, threshold: int) -> dict[Place, Shown]:
    """All that this circle is shown of these rounds, in a space that asks for so many people."""
    query = select(Publication.round_id, Publication.item_id, Publication.published_at)
    rows = session().execute(query.where(Publication.round_id.in_(round_ids))).all()
    with _turn:
        found = {
            (row.round_id, row.item_id): _known.get(
                ((row.round_id, row.item_id), row.published_at, circle, threshold)
            )
            for row in rows
        }
    made = _make([place for place, shown in found.items() if shown is None], circle, threshold)
    return {place: shown or made[place] for place, shown in found.items()}


def _make(places: Iterable[Place], circle: Circle, threshold: int) -> dict[Place, Shown]:
    missing = set(places)
    if not missing:
        return {}
    query = select(
        Publication.round_id, Publication.item_id, Publication.content, Publication.published_at
    ).where(Publication.round_id.in_({round_id for round_id, _item in missing}))
    made = {
        (round_id, item_id): Shown(shown_of(content, circle, threshold), published_at)
        for round_id, item_id, content, published_at in session().execute(query)
        if (round_id, item_id) in missing
    }
    with _turn:
        _known.update(
            {(place, shown.published_at, circle, threshold): shown for place, shown in made.items()}
        )
        while len(_known) > MOST:
            _known.popitem(last=False)
    return made

"""What is shown of questions in rounds, worked out once for each time that it changed."""

import uuid
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Final

from sqlalchemy import select

from cocreate.core.db import session
from cocreate.impacts.rules import Circle
from cocreate.indicators.figures import Figures
from cocreate.indicators.models import Indicator, InstrumentItem, Publication
from cocreate.indicators.queries.behind import DELICATE
from cocreate.indicators.queries.publications import fewest_for, shown_of

MOST: Final = 5_000
Place = tuple[uuid.UUID, uuid.UUID]  # a round, and an item of its questionnaire


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of one question in one round, and since when."""

    figures: Figures
    published_at: datetime
    fewest: int  # people in whatever is shown of it


# A publication names everybody who stands in it: of a thousand people it takes milliseconds to read, and a
# page has dozens. What follows from it is small, and the same until it is published again, the space asks for
# other groups, or somebody says that the question is delicate.
_known: OrderedDict[tuple[Place, datetime, Circle, int], Shown] = OrderedDict()
_turn = Lock()


def shown_in(round_ids: Sequence[uuid.UUID], circle: Circle, threshold: int) -> dict[Place, Shown]:
    """All that this circle is shown of these rounds, in a space that asks for so many people."""
    query = (
        select(
            Publication.round_id, Publication.item_id, Publication.published_at, DELICATE.label("delicate")
        )
        .join(InstrumentItem, InstrumentItem.id == Publication.item_id)
        .outerjoin(Indicator, Indicator.id == InstrumentItem.indicator_id)
        .where(Publication.round_id.in_(round_ids))
    )
    rows = session().execute(query).all()
    fewest = {(row.round_id, row.item_id): fewest_for(threshold, row.delicate) for row in rows}
    with _turn:
        found = {
            place: _known.get((place, row.published_at, circle, least))
            for row, (place, least) in zip(rows, fewest.items(), strict=True)
        }
    made = _make({place: fewest[place] for place, shown in found.items() if shown is None}, circle)
    return {place: shown or made[place] for place, shown in found.items()}


def _make(missing: Mapping[Place, int], circle: Circle) -> dict[Place, Shown]:
    if not missing:
        return {}
    query = select(
        Publication.round_id, Publication.item_id, Publication.content, Publication.published_at
    ).where(Publication.round_id.in_({round_id for round_id, _item in missing}))
    made = {}
    for round_id, item_id, content, published_at in session().execute(query):
        fewest = missing.get((round_id, item_id))
        if fewest is not None:
            made[round_id, item_id] = Shown(shown_of(content, circle, fewest), published_at, fewest)
    with _turn:
        _known.update(
            {(place, shown.published_at, circle, shown.fewest): shown for place, shown in made.items()}
        )
        while len(_known) > MOST:
            _known.popitem(last=False)
    return made

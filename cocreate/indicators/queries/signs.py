"""Reading indicators with the impact they belong to."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup
from sqlalchemy import select

from cocreate.core.audience import Viewer, visible
from cocreate.core.cards import render_cards
from cocreate.core.db import session
from cocreate.core.paging import MOST, Page, page_of
from cocreate.indicators.models import Indicator
from cocreate.spaces.shelves import facts, seen


def indicator_facts(ids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, Mapping[str, Any]]:
    """What the cards of these indicators show. The impact is named by its id alone, because
    not everybody who may see the indicator may see the impact.
    """
    return facts(Indicator, ids, Indicator.impact_id.expression, Indicator.space_id.expression)


def signs_of(viewer: Viewer, impact_id: uuid.UUID) -> list[Markup]:
    """The cards of the signs of an impact that this viewer may see, oldest first."""
    query = select(Indicator.id, Indicator.version).where(
        Indicator.impact_id == impact_id, Indicator.withdrawn_at.is_(None), visible(viewer, Indicator)
    )
    rows = session().execute(query.order_by(Indicator.created_at, Indicator.id)).all()
    return render_cards(Indicator.topic, [(row.id, row.version) for row in rows])


def signs_page(viewer: Viewer, number: int = 1, most: int = MOST) -> Page[Indicator]:
    """One page of the signs this viewer may see, newest first."""
    query = select(Indicator).where(Indicator.withdrawn_at.is_(None), visible(viewer, Indicator))
    return page_of(query.order_by(Indicator.created_at.desc(), Indicator.id.desc()), number, most)


def signs_seen(viewer: Viewer) -> list[Indicator]:
    """The newest signs this viewer may see, oldest first: all of them, as long as they fit on a page."""
    return signs_page(viewer).things[::-1]


def indicator_seen(viewer: Viewer, indicator_id: uuid.UUID) -> Indicator:
    """A sign this viewer may see; everything else does not exist."""
    return seen(viewer, Indicator, indicator_id)

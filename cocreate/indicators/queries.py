"""Reading indicators with the impact they belong to."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from cocreate.core.db import session
from cocreate.impacts.models import DesiredImpact
from cocreate.indicators.models import Indicator
from cocreate.spaces.shelves import facts


def indicator_facts(ids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, Mapping[str, Any]]:
    """What the cards of these indicators show. The impact is named by its id alone, because
    not everybody who may see the indicator may see the impact.
    """
    found = facts(Indicator, ids)
    impacts = impact_of(found)
    return {key: {**row, "impact_id": impacts[key]} for key, row in found.items()}


def impact_of(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Which impact each of these indicators is about."""
    query = select(Indicator.id, Indicator.impact_id).where(Indicator.id.in_(set(ids)))
    return dict(session().execute(query).all())


def impacts_to_notice(versions: Iterable[tuple[uuid.UUID, int]]) -> list[tuple[uuid.UUID, str]]:
    """Ids and statements of these impacts, in the order given."""
    ids = [impact_id for impact_id, _version in versions]
    query = select(DesiredImpact.id, DesiredImpact.statement).where(DesiredImpact.id.in_(ids))
    statements = dict(session().execute(query).all())
    return [(impact_id, statements[impact_id]) for impact_id in ids if impact_id in statements]

"""Reading indicators with the impact they belong to."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from cocreate.indicators.models import Indicator
from cocreate.spaces.shelves import facts


def indicator_facts(ids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, Mapping[str, Any]]:
    """What the cards of these indicators show. The impact is named by its id alone, because
    not everybody who may see the indicator may see the impact.
    """
    return facts(Indicator, ids, Indicator.impact_id.expression)

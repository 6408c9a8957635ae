"""Reading what is measured: measurings, and their rounds."""

import uuid

from cocreate.core.audience import Viewer
from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.indicators.models import Measuring, Round


def measuring_seen(viewer: Viewer, measuring_id: uuid.UUID) -> Measuring:
    """A measuring of the viewer's own space; others do not exist."""
    found = session().get(Measuring, measuring_id)
    if found is None or found.space_id != viewer.space_id:
        raise NotFound
    return found


def round_seen(viewer: Viewer, round_id: uuid.UUID) -> tuple[Round, Measuring]:
    """A round, and what it is a round of."""
    found = session().get(Round, round_id)
    if found is None:
        raise NotFound
    return found, measuring_seen(viewer, found.measuring_id)

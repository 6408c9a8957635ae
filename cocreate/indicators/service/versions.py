"""Versions of a questionnaire: frozen by their first answer."""

from sqlalchemy import update

from cocreate.core.audience import Audience, Visibility
from cocreate.core.changes import Log
from cocreate.core.db import utcnow
from cocreate.indicators.models import Instrument


def freeze(log: Log, instrument: Instrument) -> None:
    """The first answer to this version came: from now on it stays as it is."""
    if instrument.frozen_at is not None:
        return
    here = (Instrument.id == instrument.id) & Instrument.frozen_at.is_(None)
    log.session.execute(update(Instrument).where(here).values(frozen_at=utcnow()))
    log.session.refresh(instrument, ["frozen_at"])
    log.record(
        "instrument",
        "frozen",
        audience=Audience(Visibility.SPACE),
        subject_type="instrument",
        subject_id=instrument.id,
    )

"""Starting to measure, and opening rounds."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cocreate.core.audience import Audience, Viewer, Visibility
from cocreate.core.changes import Log, changing
from cocreate.core.db import new_id
from cocreate.indicators.models import Instrument, Measuring, Round
from cocreate.indicators.rules import Rhythm
from cocreate.spaces.openings import open_activity
from cocreate.spaces.rules import Activity


@dataclass(frozen=True, slots=True)
class Plan:
    """Why something is measured, of whom, how often and until when."""

    title: str
    rhythm: Rhythm = Rhythm.ONCE
    every: int | None = None
    dates: Sequence[date] = ()
    open_days: int | None = None
    why: str = ""
    until: date | None = None
    voice_id: uuid.UUID | None = None
    impact_id: uuid.UUID | None = None
    low_limit: int | None = None
    low_rounds: int = 3
    low_days: int = 60


def start_measuring(viewer: Viewer, instrument_id: uuid.UUID, plan: Plan) -> tuple[uuid.UUID, uuid.UUID]:
    """Start measuring with this version, and open the baseline. Gives the measuring and its round 0."""
    with changing(viewer.space_id) as log:
        instrument = log.session.get_one(Instrument, instrument_id)
        measuring = Measuring(
            id=new_id(),
            space_id=viewer.space_id,
            series_id=instrument.series_id,
            title=plan.title,
            rhythm=plan.rhythm,
            every=plan.every,
            dates=[each.isoformat() for each in plan.dates],
            open_days=plan.open_days,
            why=plan.why,
            until=plan.until,
            voice_id=plan.voice_id,
            impact_id=plan.impact_id,
            low_limit=plan.low_limit,
            low_rounds=plan.low_rounds,
            low_days=plan.low_days,
        )
        log.session.add(measuring)
        log.session.flush()
        open_activity(log, None, Activity.MEASURING)
        return measuring.id, open_round(log, measuring, instrument, 0)


def open_round(log: Log, measuring: Measuring, instrument: Instrument, number: int) -> uuid.UUID:
    """Ask from now on, with this version of the questionnaire."""
    opened = Round(id=new_id(), measuring_id=measuring.id, instrument_id=instrument.id, number=number)
    log.session.add(opened)
    log.session.flush()
    log.record(
        "round",
        "opened",
        audience=Audience(Visibility.SPACE),
        subject_type="round",
        subject_id=opened.id,
        scope_id=measuring.id,
    )
    return opened.id

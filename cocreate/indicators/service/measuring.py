"""Starting to measure."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from cocreate.core.audience import Audience, Viewer, Visibility
from cocreate.core.changes import Log, changing
from cocreate.core.db import new_id
from cocreate.core.problems import Conflict, Invalid, NotFound
from cocreate.impacts.queries import impact_seen
from cocreate.indicators.models import Instrument, Measuring, Round
from cocreate.indicators.order import misplaced
from cocreate.indicators.queries.instruments import (
    instrument_seen,
    is_left_alone,
    may_compose,
    newest_of,
    to_ask,
)
from cocreate.indicators.queries.measuring import BASELINE
from cocreate.indicators.queries.overruled import to_explain
from cocreate.indicators.rules import Rhythm
from cocreate.indicators.service.versions import LEFT_ALONE, as_decided
from cocreate.spaces.openings import open_activity
from cocreate.spaces.queries import voices_of
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
    """Start measuring with the newest version, and open the baseline. Gives the measuring and its round 0."""
    with changing(viewer.space_id) as log:
        instrument = newest_of(instrument_seen(viewer, instrument_id).series_id)
        log.session.refresh(instrument)
        if not may_compose(viewer, instrument.voice_id):
            raise NotFound
        _check(viewer, plan)
        _require_order(instrument)
        require_reasons(instrument)
        instrument = as_decided(log, instrument)
        measuring = Measuring(
            id=new_id(),
            space_id=viewer.space_id,
            series_id=instrument.series_id,
            title=plan.title,
            rhythm=plan.rhythm,
            every=plan.every,
            dates=[each.isoformat() for each in sorted(set(plan.dates))],
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
        return measuring.id, open_round(log, measuring, instrument, BASELINE)


def _check(viewer: Viewer, plan: Plan) -> None:
    if plan.rhythm is Rhythm.MEETINGS and not (plan.every and plan.every > 0):
        raise Invalid(fields={"every": [_l("After how many meetings?")]})
    voices = {each.id for each in voices_of(viewer.space_id)}
    if plan.voice_id is not None and plan.voice_id not in voices:
        raise NotFound
    if plan.impact_id is not None:
        impact_seen(viewer, plan.impact_id)


def _require_order(instrument: Instrument) -> None:
    if is_left_alone(instrument):
        raise Conflict(LEFT_ALONE)
    asked = [each.sensitivity for each in to_ask(instrument)]
    if not asked:
        raise Conflict(_l("There is no question left in this questionnaire."))
    if misplaced(asked):
        raise Conflict(
            _l("The first and the last question may not be sensitive. Put another question there first.")
        )


def require_reasons(instrument: Instrument) -> None:
    """Words that may hurt are asked only with a reason; `Conflict` names the questions without one."""
    without = to_explain(instrument)
    if without:
        named = ", ".join(f"“{each.text}”" for each in without)
        raise Conflict(
            _l(
                "There are words that may hurt people in: %(questions)s. "
                "Change them, or say in the questionnaire why they stay.",
                questions=named,
            )
        )


def open_round(
    log: Log, measuring: Measuring, instrument: Instrument, number: int, due_on: date | None = None
) -> uuid.UUID:
    """Ask from now on, with this version of the questionnaire."""
    opened = Round(
        id=new_id(),
        measuring_id=measuring.id,
        instrument_id=instrument.id,
        number=number,
        due_on=due_on,
    )
    log.session.add(opened)
    log.session.flush()
    record(log, opened, "opened")
    return opened.id


def record(log: Log, asked: Round, verb: str) -> None:
    """Write into the log what happened to a round."""
    log.record(
        "round",
        verb,
        audience=Audience(Visibility.SPACE),
        subject_type="round",
        subject_id=asked.id,
        scope_id=asked.measuring_id,
    )

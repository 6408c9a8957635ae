"""Where people stand on a sign, and what the group does with it."""

import uuid
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from cocreate.core.audience import Viewer
from cocreate.core.changes import Log, changing
from cocreate.core.db import utcnow
from cocreate.core.problems import Conflict, NotFound
from cocreate.impacts.rules import Position
from cocreate.impacts.service.showing import bring_all_up_to_date, keep_in_step
from cocreate.indicators.models import Ballot, ChoosingItem, Indicator, IndicatorStance, Tryout
from cocreate.indicators.queries.building import ON_SIGNS, may_decide, tried, voices_missing_for
from cocreate.indicators.queries.signs import indicator_seen
from cocreate.indicators.rules import TRIED, Decision
from cocreate.spaces.contributions import Arrival, changed, contribute, own_or_new
from cocreate.spaces.rules import Activity


def take_stance_on_sign(
    viewer: Viewer, arrival: Arrival, indicator_id: uuid.UUID, position: Position, reason: str = ""
) -> dict[str, Any]:
    """Keep where this viewer stands towards a sign; it replaces their earlier stance."""

    def keep(log: Log) -> IndicatorStance:
        indicator = indicator_seen(viewer, indicator_id)
        stance = own_or_new(log, viewer, arrival, IndicatorStance, indicator_id=indicator.id)
        stance.arrive(arrival)
        stance.position, stance.reason = position, reason
        return stance

    def count(log: Log, stance: IndicatorStance) -> None:
        indicator = log.session.get_one(Indicator, indicator_id)
        keep_in_step(log, ON_SIGNS, stance, indicator)
        _keep_decision(log, indicator)

    return contribute(viewer, arrival, Activity.INDICATORS, keep, count)


def decide(viewer: Viewer, indicator_id: uuid.UUID, decision: Decision | None) -> None:
    """Say what is done with a sign, or that this is open again. Only when every voice was heard that must be;
    measuring only with a question that enough people tried.
    """
    with changing(viewer.space_id) as log:
        indicator = indicator_seen(viewer, indicator_id)
        if not may_decide(viewer, indicator):
            raise NotFound
        if indicator.decision == decision:
            return
        if decision is not None and (missing := voices_missing_for(indicator)):
            names = ", ".join(voice.name for voice in missing)
            raise Conflict(
                _l("Not yet: nobody of these voices has said where they stand: %(voices)s.", voices=names)
            )
        if decision is Decision.MEASURE and not _is_tried(indicator):
            raise Conflict(
                _l("Not yet: let %(people)s people try out the question first.", people=TRIED)
                if indicator.kind
                else _l("Not yet: make a question of it first.")
            )
        indicator.decision, indicator.decided_at = decision, utcnow() if decision else None
        changed(log, indicator, viewer.membership_id, "decided")


def keep_after_stance(log: Log, stance_id: uuid.UUID) -> None:
    """Somebody took back where they stand, or shows it to others than before."""
    stance = log.session.get(IndicatorStance, stance_id)
    if stance is not None:
        keep_in_step(log, ON_SIGNS, stance, log.session.get_one(Indicator, stance.indicator_id))
        _keep_decisions(log, [stance.indicator_id])


def show_how_people_stand_on_signs(log: Log) -> None:
    """A part of a meeting is over: show of each sign how people stand."""
    bring_all_up_to_date(log, ON_SIGNS)


def keep_after_tryout(log: Log, tryout_id: uuid.UUID) -> None:
    """Somebody took back that they tried a question."""
    tryout = log.session.get(Tryout, tryout_id)
    if tryout is not None:
        _keep_decisions(log, [tryout.indicator_id])


def keep_after_ballot(log: Log, ballot_id: uuid.UUID) -> None:
    """Somebody took back what they chose: of every sign on that list."""
    listed = select(ChoosingItem.indicator_id).join(Ballot, Ballot.choosing_id == ChoosingItem.choosing_id)
    _keep_decisions(log, list(log.session.scalars(listed.where(Ballot.id == ballot_id))))


def keep_all_decisions(log: Log) -> None:
    """Other voices are needed or heard now: look at all that is decided in this space."""
    decided = (Indicator.space_id == log.space_id) & Indicator.decision.is_not(None)
    query = select(Indicator).where(decided, Indicator.withdrawn_at.is_(None))
    for indicator in log.session.scalars(query).all():
        if voices_missing_for(indicator):
            _reopen(log, indicator)


def _keep_decisions(log: Log, indicator_ids: list[uuid.UUID]) -> None:
    query = select(Indicator).where(
        Indicator.id.in_(indicator_ids), Indicator.decision.is_not(None), Indicator.withdrawn_at.is_(None)
    )
    for indicator in log.session.scalars(query).all():
        _keep_decision(log, indicator)


def _keep_decision(log: Log, indicator: Indicator) -> None:
    """A decision stands only as long as every voice is heard that must be, and the question was tried."""
    if indicator.decision is None:
        return
    log.session.flush()
    is_unheard = bool(voices_missing_for(indicator))
    if is_unheard or (indicator.decision == Decision.MEASURE and not _is_tried(indicator)):
        _reopen(log, indicator)


def _reopen(log: Log, indicator: Indicator) -> None:
    indicator.decision = indicator.decided_at = None
    changed(log, indicator, None, "decided")


def _is_tried(indicator: Indicator) -> bool:
    return len(tried([indicator])[indicator.id]) >= TRIED

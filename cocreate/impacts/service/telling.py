"""What people say: what they want, where they stand, how they would put it, whether it is realistic."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

from cocreate.core.audience import Viewer
from cocreate.core.changes import Log
from cocreate.impacts.models import DesiredImpact, RealismCheck, Remark, Stance, Wording
from cocreate.impacts.queries import ON_IMPACTS, ON_REALISM, Standing, impact_seen
from cocreate.impacts.rules import Position, Realism
from cocreate.impacts.service.deciding import keep_agreement
from cocreate.impacts.service.doubles import keep_doubles
from cocreate.impacts.service.showing import keep_in_step, show_again
from cocreate.impacts.service.wordings import keep_wording
from cocreate.spaces.contributions import Arrival, contribute, own_or_new
from cocreate.spaces.rules import Activity

Saying = TypeVar("Saying", Wording, Remark)
ABOUT_IMPACTS: Final[Mapping[str, type[Stance | RealismCheck | Wording | Remark]]] = {
    kind.topic: kind for kind in (Stance, RealismCheck, Wording, Remark)
}
COUNTED: Final[Mapping[str, Standing]] = {Stance.topic: ON_IMPACTS, RealismCheck.topic: ON_REALISM}


def propose_impact(viewer: Viewer, arrival: Arrival, statement: str) -> dict[str, Any]:
    """Keep a proposal of what somebody wants to achieve."""

    def keep(log: Log) -> DesiredImpact:
        impact = DesiredImpact(
            id=arrival.id,
            space_id=log.space_id,
            maker_id=viewer.membership_id,
            workshop_id=arrival.workshop_id,
            visibility=arrival.visibility,
            first_words=statement,
        )
        log.session.add(impact)
        return impact

    return contribute(viewer, arrival, Activity.IMPACTS, keep)


def take_stance(
    viewer: Viewer,
    arrival: Arrival,
    impact_id: uuid.UUID,
    position: Position,
    reason: str = "",
    wording: str = "",
) -> dict[str, Any]:
    """Keep where this viewer stands, and how they would say it; it replaces their earlier stance."""

    def keep(log: Log) -> Stance:
        impact = impact_seen(viewer, impact_id)
        stance = own_or_new(log, viewer, arrival, Stance, impact_id=impact.id)
        stance.arrive(arrival)
        stance.position, stance.reason = position, reason
        if wording:
            # The id comes from that of the stance, so that both arrive once.
            own = replace(arrival, id=uuid.uuid5(arrival.id, Wording.topic))
            contribute(
                viewer,
                own,
                Activity.IMPACTS,
                lambda within: _say(within, viewer, own, Wording, impact, wording),
            )
        return stance

    def count(log: Log, stance: Stance) -> None:
        impact = log.session.get_one(DesiredImpact, impact_id)
        keep_in_step(log, ON_IMPACTS, stance, impact)
        show_again(log, impact)
        keep_agreement(log, impact)  # whoever answers again may show it to nobody

    return contribute(viewer, arrival, Activity.IMPACTS, keep, count)


def check_realism(
    viewer: Viewer, arrival: Arrival, impact_id: uuid.UUID, answer: Realism, reason: str = ""
) -> dict[str, Any]:
    """Keep whether this viewer thinks that it asks too much of people, or too little; the last one counts."""

    def keep(log: Log) -> RealismCheck:
        impact = impact_seen(viewer, impact_id)
        check = own_or_new(log, viewer, arrival, RealismCheck, impact_id=impact.id)
        check.arrive(arrival)
        check.answer, check.reason = answer, reason
        return check

    def count(log: Log, check: RealismCheck) -> None:
        impact = log.session.get_one(DesiredImpact, impact_id)
        keep_in_step(log, ON_REALISM, check, impact)
        show_again(log, impact)

    return contribute(viewer, arrival, Activity.IMPACTS, keep, count)


def suggest_wording(viewer: Viewer, arrival: Arrival, impact_id: uuid.UUID, text: str) -> dict[str, Any]:
    """Keep how this viewer would say it, beside the words of whoever proposed it."""
    return _tell(viewer, arrival, Wording, impact_id, text)


def remark_on(viewer: Viewer, arrival: Arrival, impact_id: uuid.UUID, text: str) -> dict[str, Any]:
    """Keep what this viewer wants to say about it."""
    return _tell(viewer, arrival, Remark, impact_id, text)


def _tell(
    viewer: Viewer, arrival: Arrival, kind: type[Saying], impact_id: uuid.UUID, text: str
) -> dict[str, Any]:
    def keep(log: Log) -> Wording | Remark:
        impact = impact_seen(viewer, impact_id)
        said = _say(log, viewer, arrival, kind, impact, text)
        show_again(log, impact)
        return said

    return contribute(viewer, arrival, Activity.IMPACTS, keep)


def _say(
    log: Log, viewer: Viewer, arrival: Arrival, kind: type[Saying], impact: DesiredImpact, text: str
) -> Saying:
    said = kind(
        id=arrival.id,
        space_id=log.space_id,
        maker_id=viewer.membership_id,
        workshop_id=arrival.workshop_id,
        visibility=arrival.visibility,
        impact_id=impact.id,
        text=text,
    )
    log.session.add(said)
    log.session.flush()
    return said


def show_impact_of(log: Log, topic: str, contribution_id: uuid.UUID) -> None:
    """What was said of an impact was taken back, or shown to others: the impact must look anew."""
    if topic == DesiredImpact.topic:
        _keep_whole(log, contribution_id)
    kind = ABOUT_IMPACTS.get(topic)
    said: Any = log.session.get(kind, contribution_id) if kind else None
    impact = log.session.get(DesiredImpact, said.impact_id) if said else None
    if impact is None or impact.withdrawn_at is not None:
        return
    if topic in COUNTED:
        keep_in_step(log, COUNTED[topic], said, impact)
    show_again(log, impact)
    if topic == Wording.topic:
        keep_wording(log, impact)
    keep_agreement(log, impact)


def _keep_whole(log: Log, impact_id: uuid.UUID) -> None:
    """Who may see a wish has changed: nobody loses what others told, nor reads too much."""
    impact = log.session.get(DesiredImpact, impact_id)
    if impact is not None:
        keep_doubles(log, impact)
        if impact.withdrawn_at is None:
            keep_wording(log, impact)

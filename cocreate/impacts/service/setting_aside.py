"""Setting aside a wish, or what was told on it, in a meeting or between meetings; and taking it back in."""

import uuid
from collections.abc import Mapping
from typing import Any, Final

from cocreate.core.audience import Viewer, sees
from cocreate.core.cards import forget_cards
from cocreate.core.changes import Log, changing
from cocreate.core.problems import NotFound
from cocreate.impacts.models import DesiredImpact, RealismCheck, Remark, Stance, Wording
from cocreate.impacts.service.telling import show_impact_of
from cocreate.spaces.hiding import bring_back, set_aside
from cocreate.spaces.rules import Act, may

ON_A_WISH: Final[Mapping[str, Any]] = {
    kind.topic: kind for kind in (DesiredImpact, Stance, RealismCheck, Wording, Remark)
}


def set_aside_on(
    viewer: Viewer, impact_id: uuid.UUID, topic: str, subject_id: uuid.UUID, reason: str
) -> None:
    """Who leads takes it from every surface, with a reason that its maker reads; what hangs on it follows."""
    with changing(viewer.space_id) as log:
        made = _told_on(log, viewer, impact_id, topic, subject_id)
        if not sees(viewer, made.audience):
            raise NotFound
        set_aside(viewer, type(made), made.id, made.workshop_id, reason)
        show_impact_of(log, topic, made.id)
        forget_cards(made.id)


def take_back_in_on(viewer: Viewer, impact_id: uuid.UUID, topic: str, subject_id: uuid.UUID) -> None:
    """Bring back what was set aside; what hangs on it follows."""
    with changing(viewer.space_id) as log:
        made = _told_on(log, viewer, impact_id, topic, subject_id)
        bring_back(viewer, type(made), made.id, made.workshop_id)
        show_impact_of(log, topic, made.id)


def _told_on(log: Log, viewer: Viewer, impact_id: uuid.UUID, topic: str, subject_id: uuid.UUID) -> Any:
    kind = ON_A_WISH.get(topic)
    made = log.session.get(kind, subject_id) if kind and may(viewer, Act.FACILITATE) else None
    if made is None or made.space_id != log.space_id:
        raise NotFound
    if impact_id != (made.id if kind is DesiredImpact else made.impact_id):
        raise NotFound
    return made

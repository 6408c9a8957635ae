"""Saying a wish in the words of somebody else: while others may read those, and never behind an agreement."""

import uuid

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from cocreate.core.audience import Viewer, sees
from cocreate.core.cards import forget_cards
from cocreate.core.changes import Log, changing
from cocreate.core.db import utcnow
from cocreate.core.problems import Conflict, NotFound
from cocreate.impacts.models import DesiredImpact, Wording
from cocreate.impacts.queries import impact_seen
from cocreate.impacts.rules import REWORDED, Stage, covers
from cocreate.spaces.contributions import changed, record
from cocreate.spaces.rules import Act, may


def take_wording(viewer: Viewer, wording_id: uuid.UUID, is_taken: bool) -> uuid.UUID:
    """Whoever proposed the impact, and nobody else, takes over how somebody would say it, or goes back.

    Gives which impact it was. Again is as good as once.
    """
    with changing(viewer.space_id) as log:
        wording = log.session.get(Wording, wording_id)
        if wording is None or wording.withdrawn_at is not None or not sees(viewer, wording.audience):
            raise NotFound
        impact = impact_seen(viewer, wording.impact_id)
        if not may(viewer, Act.CONTRIBUTE, impact.maker_id):
            raise NotFound
        if is_taken == (wording.taken_at is not None):
            return impact.id
        if is_taken and not covers(wording.audience, impact.audience):
            raise Conflict(
                _l("Fewer people may see these words than your wish. So they cannot stand above it.")
            )
        for earlier in log.session.scalars(_taken_of(impact)).all():
            earlier.taken_at = None
            earlier.touch()
        wording.taken_at = utcnow() if is_taken else None
        wording.touch()
        _say_anew(log, impact, viewer.membership_id)
        return impact.id


def keep_wording(log: Log, impact: DesiredImpact) -> None:
    """Words of somebody else stand above a wish only as long as all who see the wish may read them."""
    log.session.flush()
    for wording in log.session.scalars(_taken_of(impact)).all():
        if wording.withdrawn_at is None and covers(wording.audience, impact.audience):
            continue
        wording.taken_at = None
        _say_anew(log, impact, None)
        forget_cards(impact.id)


def _say_anew(log: Log, impact: DesiredImpact, actor_id: uuid.UUID | None) -> None:
    """It reads differently now. What people agreed on was said in other words: they talk about it again."""
    was_agreed = impact.stage == Stage.AGREED
    if was_agreed:
        impact.stage, impact.stage_at = Stage.IN_DISCUSSION, utcnow()
    changed(log, impact, actor_id, "worded")
    if was_agreed:
        record(log, impact, "decided", {"stage": Stage.IN_DISCUSSION, "because": REWORDED}, actor_id)
    log.session.expire(impact, ["statement"])


def _taken_of(impact: DesiredImpact):  # type: ignore[no-untyped-def]
    return select(Wording).where(Wording.impact_id == impact.id, Wording.taken_at.is_not(None))

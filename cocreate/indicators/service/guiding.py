"""Naming somebody to walk along with me, and letting them go."""

import uuid

from sqlalchemy import select

from cocreate.core.audience import Audience, Viewer, Visibility
from cocreate.core.changes import Log, changing
from cocreate.core.db import new_id, utcnow
from cocreate.core.problems import NotFound
from cocreate.indicators.models import Guide
from cocreate.indicators.queries.guiding import guides_to_choose
from cocreate.spaces.rules import Act, may


def name_guide(viewer: Viewer, guide_id: uuid.UUID) -> None:
    """From now on this one walks along with the viewer, in the place of whoever did before."""
    if not may(viewer, Act.CONTRIBUTE):
        raise NotFound
    with changing(viewer.space_id) as log:
        if guide_id not in {each.id for each in guides_to_choose(viewer)}:
            raise NotFound
        before = _named_by(log, viewer)
        if any(guide.guide_id == guide_id for guide in before):
            return
        for guide in before:
            _end(log, guide)
        named = Guide(
            id=new_id(), space_id=log.space_id, membership_id=viewer.membership_id, guide_id=guide_id
        )
        log.session.add(named)
        log.session.flush()
        _record(log, named, "named")


def let_guide_go(viewer: Viewer) -> None:
    """Nobody walks along any more, from this moment. Twice is as good as once."""
    if not viewer.is_member:
        raise NotFound
    with changing(viewer.space_id) as log:
        for guide in _named_by(log, viewer):
            _end(log, guide)


def _named_by(log: Log, viewer: Viewer) -> list[Guide]:
    query = select(Guide).where(
        Guide.space_id == viewer.space_id,
        Guide.membership_id == viewer.membership_id,
        Guide.ended_at.is_(None),
    )
    return list(log.session.scalars(query))


def _end(log: Log, guide: Guide) -> None:
    guide.ended_at = utcnow()
    _record(log, guide, "ended")


def _record(log: Log, guide: Guide, verb: str) -> None:
    """Only who named somebody is told, in the log too: that they need somebody is nobody's business."""
    log.record(
        "guide",
        verb,
        audience=Audience(Visibility.MAKER, guide.membership_id),
        subject_type="guide",
        subject_id=guide.id,
        actor_id=guide.membership_id,
    )

"""Two wishes that say the same: one is told under the other, as long as whoever sees it sees that one too."""

import uuid

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from cocreate.core.audience import Viewer
from cocreate.core.changes import Log, changing
from cocreate.core.problems import Conflict, Invalid, NotFound
from cocreate.impacts.models import DesiredImpact
from cocreate.impacts.queries import impact_seen
from cocreate.impacts.rules import Stage, covers
from cocreate.spaces.contributions import changed
from cocreate.spaces.rules import Act, may


def absorb(viewer: Viewer, impact_id: uuid.UUID, other_id: uuid.UUID) -> None:
    """The other one says the same: it is told under this one from now on, with its maker and its stances.

    Stances stay with the words they were given for: nobody takes a stance for another.
    """
    _require_lead(viewer)
    with changing(viewer.space_id) as log:
        impact, other = impact_seen(viewer, impact_id), impact_seen(viewer, other_id)
        if impact.id == other.id:
            raise Invalid(_l("That is the same one. Choose another."))
        if impact.absorbed_by_id is not None or other.absorbed_by_id is not None:
            raise Conflict(_l("One of them is told under another already."))
        below = log.session.scalars(_told_under(other.id)).all()
        _require_fit(impact, [other, *below])
        other.absorbed_by_id = impact.id
        # What was told under the other one comes along, so that nothing is nested out of sight.
        along = update(DesiredImpact).where(DesiredImpact.absorbed_by_id == other.id)
        log.session.execute(along.values(absorbed_by_id=impact.id))
        changed(log, other, viewer.membership_id, "absorbed")
        changed(log, impact, viewer.membership_id, "described")


def _require_fit(above: DesiredImpact, below: list[DesiredImpact]) -> None:
    """Nothing goes out of sight, for nobody: neither the words, nor that something was agreed."""
    if not all(covers(above.audience, each.audience) for each in below):
        raise Conflict(
            _l("Fewer people may see this one. The others would lose the second wish. Do it the other way.")
        )
    if above.stage != Stage.AGREED and any(each.stage == Stage.AGREED for each in below):
        raise Conflict(
            _l("We agreed on the other one, and not on this one. Tell this one under that one instead.")
        )


def release(viewer: Viewer, impact_id: uuid.UUID) -> None:
    """It is not the same after all: it stands on its own again."""
    _require_lead(viewer)
    with changing(viewer.space_id) as log:
        impact = impact_seen(viewer, impact_id)
        if impact.absorbed_by_id is None:
            return
        above = log.session.get_one(DesiredImpact, impact.absorbed_by_id)
        impact.absorbed_by_id = None
        changed(log, impact, viewer.membership_id, "released")
        changed(log, above, viewer.membership_id, "described")


def keep_doubles(log: Log, impact: DesiredImpact) -> None:
    """Who may see this wish has changed, or it is gone: what is told under another stands on its own again
    where somebody who may see it no longer sees that other one.
    """
    log.session.flush()
    pairs = [(impact, each) for each in log.session.scalars(_told_under(impact.id)).all()]
    if impact.absorbed_by_id is not None:
        pairs.append((log.session.get_one(DesiredImpact, impact.absorbed_by_id), impact))
    for above, below in pairs:
        if above.withdrawn_at is None and covers(above.audience, below.audience):
            continue
        below.absorbed_by_id = None
        if below.withdrawn_at is None:
            changed(log, below, None, "released")


def _told_under(impact_id: uuid.UUID):  # type: ignore[no-untyped-def]
    return select(DesiredImpact).where(DesiredImpact.absorbed_by_id == impact_id)


def _require_lead(viewer: Viewer) -> None:
    if not may(viewer, Act.FACILITATE):
        raise NotFound

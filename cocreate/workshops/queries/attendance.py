"""Who came to a meeting, and how much they told in each of its parts."""

import uuid

from sqlalchemy import select

from cocreate.core.audience import Viewer
from cocreate.core.db import session
from cocreate.impacts.models import DesiredImpact
from cocreate.indicators.models import Indicator
from cocreate.moments.models import Moment
from cocreate.replies.models import Commitment, Reply
from cocreate.spaces.models import Attendance, Membership
from cocreate.spaces.shelves import mine
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.models import Workshop
from cocreate.workshops.rules import StepKind

_LIMITED = {kind.topic: kind for kind in (Moment, DesiredImpact, Indicator, Reply, Commitment)}


def person_at(workshop_id: uuid.UUID, membership_id: uuid.UUID) -> uuid.UUID | None:
    """The person behind a membership that came to this meeting; nobody when it did not."""
    came = (Attendance.membership_id == Membership.id) & (Attendance.workshop_id == workshop_id)
    found: uuid.UUID | None = session().scalar(
        select(Membership.person_id).join(Attendance, came).where(Membership.id == membership_id)
    )
    return found


def limits_of(viewer: Viewer, workshop: Workshop) -> dict[uuid.UUID, tuple[str, list[uuid.UUID]]]:
    """Of each step with a number of things that one person tells: their topic, and those of this viewer."""
    found = {}
    for step in workshop.steps:
        hosted = ACTIVITIES[StepKind(step.kind)]
        if step.most_each and hosted.has_limits and hosted.topics[0] in _LIMITED:
            kind = _LIMITED[hosted.topics[0]]
            told = [
                made.id
                for made in mine(viewer, kind)
                if made.workshop_id == workshop.id and made.part_id == step.id
            ]
            found[step.id] = (kind.topic, told)
    return found

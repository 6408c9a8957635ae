"""What stands on the shelves of a library, in one question to the database."""

import uuid
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Uuid, case, literal, null, select, type_coerce, union_all

from cocreate.core.audience import Viewer, visible
from cocreate.core.db import session
from cocreate.impacts.models import DesiredImpact, Stance
from cocreate.impacts.rules import Position
from cocreate.indicators.models import Indicator
from cocreate.moments.models import Moment, WorkingFactor

MOST = 500  # of each; a page is not an archive


@dataclass(frozen=True, slots=True)
class Placed:
    """Something a viewer may see: which version, and which impact it is about."""

    id: uuid.UUID
    version: int
    impact_id: uuid.UUID | None
    statement: str | None


def shelves(viewer: Viewer) -> dict[str, list[Placed]]:
    """What this viewer may see, by topic, newest first; of stances only reasons, objections first."""
    nothing = type_coerce(null(), Uuid)
    kinds = (
        (Moment, nothing, null(), literal(0)),
        (WorkingFactor, nothing, null(), literal(0)),
        (DesiredImpact, nothing, DesiredImpact.statement, literal(0)),
        (Indicator, Indicator.impact_id, null(), literal(0)),
        (Stance, Stance.impact_id, null(), case((Stance.position == Position.OBJECTION, 0), else_=1)),
    )
    parts = []
    for kind, about, statement, first in kinds:
        part = select(
            literal(kind.topic).label("topic"),
            kind.id,
            kind.version,
            about.label("impact_id"),
            statement.label("statement"),
            first.label("first"),
            kind.created_at,
        ).where(kind.withdrawn_at.is_(None), visible(viewer, kind), kind.is_listed())
        parts.append(part.where(Stance.reason != "") if kind is Stance else part)
    everything = union_all(*parts).subquery()
    rows = session().execute(
        select(
            everything.c.topic, *[everything.c[name] for name in ("id", "version", "impact_id", "statement")]
        ).order_by(everything.c.first, everything.c.created_at.desc(), everything.c.id.desc())
    )
    placed: dict[str, list[Placed]] = defaultdict(list)
    for topic, *row in rows:
        if len(placed[topic]) < MOST:
            placed[topic].append(Placed(*row))
    return placed

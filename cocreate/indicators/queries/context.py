"""Reading figures from elsewhere, which stand beside our own."""

import uuid
from collections.abc import Iterable

from sqlalchemy import Select, or_, select

from cocreate.core.audience import Viewer
from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.indicators.models import ContextFigure, Indicator

MOST = 500


def context_figures(viewer: Viewer) -> list[ContextFigure]:
    """All figures from elsewhere in this space, newest first."""
    query = _standing(viewer).order_by(ContextFigure.created_at.desc(), ContextFigure.id.desc())
    return list(session().scalars(query.limit(MOST)))


def context_beside(
    viewer: Viewer,
    question_ids: Iterable[uuid.UUID] = (),
    impact_ids: Iterable[uuid.UUID] = (),
    indicator_ids: Iterable[uuid.UUID] = (),
) -> list[ContextFigure]:
    """Those that stand beside these questions or impacts, or the impacts that these signs are about."""
    about = select(Indicator.impact_id).where(Indicator.id.in_(list(indicator_ids)))
    query = _standing(viewer).where(
        or_(
            ContextFigure.question_id.in_(list(question_ids)),
            ContextFigure.impact_id.in_(list(impact_ids)),
            ContextFigure.impact_id.in_(about),
        )
    )
    return list(session().scalars(query.order_by(ContextFigure.created_at, ContextFigure.id).limit(MOST)))


def context_figure_seen(viewer: Viewer, figure_id: uuid.UUID) -> ContextFigure:
    """One of this space; others do not exist."""
    found = session().get(ContextFigure, figure_id)
    if found is None or found.space_id != viewer.space_id or found.removed_at is not None:
        raise NotFound
    return found


def _standing(viewer: Viewer) -> "Select[ContextFigure]":
    return select(ContextFigure).where(
        ContextFigure.space_id == viewer.space_id, ContextFigure.removed_at.is_(None)
    )

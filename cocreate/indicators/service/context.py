"""Putting figures from elsewhere beside our own, and taking them away."""

import uuid
from dataclasses import dataclass

from cocreate.core.audience import Audience, Viewer, Visibility
from cocreate.core.changes import Log, changing
from cocreate.core.db import new_id, utcnow
from cocreate.indicators.models import ContextFigure
from cocreate.indicators.queries.context import context_figure_seen

IMPACT, QUESTION = "impact", "question"


@dataclass(frozen=True, slots=True)
class About:
    """Beside what a figure stands: an impact or a question; neither, when it stands by itself."""

    impact_id: uuid.UUID | None = None
    question_id: uuid.UUID | None = None

    @classmethod
    def read(cls, told: str) -> "About":
        """As a form writes it: `impact:<id>`, `question:<id>`, or nothing."""
        kind, _colon, own_id = told.partition(":")
        if not own_id:
            return cls()
        found = uuid.UUID(own_id)
        return cls(impact_id=found) if kind == IMPACT else cls(question_id=found)

    def __str__(self) -> str:
        if self.impact_id:
            return f"{IMPACT}:{self.impact_id}"
        return f"{QUESTION}:{self.question_id}" if self.question_id else ""


@dataclass(frozen=True, slots=True)
class ContextDraft:
    """A figure from elsewhere, before it is kept."""

    label: str
    value: str
    place: str
    period: str
    source: str
    unit: str = ""
    note: str = ""
    about: About = About()


def add_context_figure(viewer: Viewer, draft: ContextDraft) -> uuid.UUID:
    """Keep a figure from elsewhere."""
    with changing(viewer.space_id) as log:
        made = ContextFigure(
            id=new_id(),
            space_id=viewer.space_id,
            impact_id=draft.about.impact_id,
            question_id=draft.about.question_id,
            label=draft.label,
            value=draft.value,
            unit=draft.unit,
            place=draft.place,
            period=draft.period,
            source=draft.source,
            note=draft.note,
            added_by_id=viewer.membership_id,
        )
        log.session.add(made)
        _record(log, viewer, made, "added")
        return made.id


def remove_context_figure(viewer: Viewer, figure_id: uuid.UUID) -> None:
    """Show it no longer; twice is as good as once for who looks, and not there for who asks."""
    with changing(viewer.space_id) as log:
        made = context_figure_seen(viewer, figure_id)
        made.removed_at = utcnow()
        _record(log, viewer, made, "removed")


def _record(log: Log, viewer: Viewer, made: ContextFigure, verb: str) -> None:
    log.record(
        "context_figure",
        verb,
        audience=Audience(Visibility.SPACE),
        subject_type="context_figure",
        subject_id=made.id,
        actor_id=viewer.membership_id,
    )

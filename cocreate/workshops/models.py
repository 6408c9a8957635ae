"""Workshops and their steps."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreate.core.db import Model, UTCDateTime, new_id, utcnow


class Workshop(Model):
    """A gathering around an agenda. Its code works while its doors are open."""

    __tablename__ = "workshop"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    space_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("space.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    code: Mapped[str | None] = mapped_column(String(16), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    opened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    current_step_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    step_started_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    steps: Mapped[list["Step"]] = relationship(order_by="Step.position", back_populates="workshop")

    @property
    def is_open(self) -> bool:
        """Whether people can come in and contribute."""
        return self.opened_at is not None and self.closed_at is None

    @property
    def current_step(self) -> "Step | None":
        """The step on stage, the same for everybody."""
        return next((step for step in self.steps if step.id == self.current_step_id), None)


class Step(Model):
    """One part of a workshop."""

    __tablename__ = "step"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    workshop_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("workshop.id"), index=True)
    position: Mapped[int] = mapped_column()
    kind: Mapped[str] = mapped_column(String(16))
    phase: Mapped[str] = mapped_column(String(16))
    minutes: Mapped[int] = mapped_column()
    prompt: Mapped[str] = mapped_column(
        Text, default=""
    )  # empty: the built-in words, in the reader's language

    workshop: Mapped[Workshop] = relationship(back_populates="steps")

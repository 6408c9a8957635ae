"""Workshops, their steps, the series they are part of, and agendas that a space keeps for itself."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreate.core.db import Model, UTCDateTime, new_id, utcnow


class Series(Model):
    """Meetings that belong together."""

    __tablename__ = "series"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    space_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("space.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)


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
    series_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("series.id"), index=True)
    series_position: Mapped[int | None] = mapped_column()
    trajectory_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("trajectory.id"))  # the map to draw on
    planned_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # when it is to begin
    paused_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # the clock of the step stands still
    locked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # nobody new comes in
    part_locked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # this part takes no more answers
    led_by_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)  # the membership that leads now
    lit_topic: Mapped[str | None] = mapped_column(String(32))  # the one thing that the screen shows large
    lit_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    what_next: Mapped[str] = mapped_column(Text, default="")  # what happens with it

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
    extra_minutes: Mapped[int] = mapped_column(default=0)  # given while it was on stage
    title: Mapped[str] = mapped_column(String(60), default="")  # empty: the built-in name of its activity
    prompt: Mapped[str] = mapped_column(
        Text, default=""
    )  # empty: the built-in words, in the reader's language
    widest: Mapped[str | None] = mapped_column(String(16))  # nobody shows what is told here further than this
    most_each: Mapped[int | None] = mapped_column()  # how many things one person tells
    has_names: Mapped[bool] = mapped_column(default=False)  # who wants may put their name with it
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # what only this activity needs
    shown_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # since when the room sees what came out

    workshop: Mapped[Workshop] = relationship(back_populates="steps")

    @property
    def whole_minutes(self) -> int:
        """How long it takes, with what was added on the way."""
        return self.minutes + self.extra_minutes


class OwnAgenda(Model):
    """An agenda that a space keeps for another time: the steps with their words and settings."""

    __tablename__ = "own_agenda"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    space_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("space.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    made_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("membership.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)


class Heading(Model):
    """A heading under which who leads puts what belongs together; nobody's words change by it."""

    __tablename__ = "heading"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    space_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("space.id"), index=True)
    workshop_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("workshop.id"), index=True)
    topic: Mapped[str] = mapped_column(String(32))
    words: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column()
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)


class Grouped(Model):
    """A contribution that stands under a heading; under one at a time."""

    __tablename__ = "grouped"
    __table_args__ = (UniqueConstraint("workshop_id", "subject_id"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    workshop_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("workshop.id"))
    heading_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("heading.id"), index=True)
    subject_id: Mapped[uuid.UUID] = mapped_column(Uuid)


class Handover(Model):
    """A code with which somebody else comes to lead this meeting too; it works once, and not for long."""

    __tablename__ = "handover"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    workshop_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("workshop.id"), index=True)
    made_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("membership.id"))
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    taken_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    taken_by_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)

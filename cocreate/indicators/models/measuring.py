"""Measuring: which questionnaire in which rhythm, its rounds, the answers, and what is shown of them."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreate.core.db import Model, UTCDateTime, new_id, utcnow
from cocreate.indicators.kinds import AnswerKind
from cocreate.indicators.models.instruments import InstrumentItem
from cocreate.spaces.contributions import Contribution


class Measuring(Model):
    """Asking a questionnaire again and again: why, how often, until when."""

    __tablename__ = "measuring"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    space_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("space.id"), index=True)
    series_id: Mapped[uuid.UUID] = mapped_column(Uuid, index=True)  # of the questionnaire
    voice_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("voice.id"))  # none: everybody is asked
    impact_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("desired_impact.id"))
    title: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text, default="")
    until: Mapped[date | None] = mapped_column()
    rhythm: Mapped[str] = mapped_column(String(16))  # once, by date, after so many meetings
    every: Mapped[int | None] = mapped_column()  # how many meetings
    dates: Mapped[list[str]] = mapped_column(JSON, default=list)
    open_days: Mapped[int | None] = mapped_column()  # how long a round stays open; none: until the next
    low_limit: Mapped[int | None] = mapped_column()  # below this is low; none: nobody is told of it
    low_rounds: Mapped[int] = mapped_column(default=3)
    low_days: Mapped[int] = mapped_column(default=60)
    started_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Round(Model):
    """The baseline (0) or a later round. After so many meetings it is each person's own day that counts."""

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("measuring_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    measuring_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("measuring.id"))
    instrument_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("instrument.id"), index=True)
    number: Mapped[int] = mapped_column()
    due_on: Mapped[date | None] = mapped_column()
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(
        UTCDateTime
    )  # looked at when nothing more could come in


class Answer(Contribution, Model):
    """What one membership answered to one question in one round, or why not; the last one counts.

    A `value` is a whole number, a choice, a list of parts, or words. It is only ever its maker's, unless they
    show words of their own to others.
    """

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("round_id", "item_id", "maker_id"),)
    topic = "answer"
    words = ()

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id"))
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("instrument_item.id"), index=True)
    value: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    missing: Mapped[str | None] = mapped_column(String(24))
    is_on_paper: Mapped[bool] = mapped_column(default=False)

    item: Mapped[InstrumentItem] = relationship(viewonly=True)

    @property
    def is_private_for_good(self) -> bool:  # type: ignore[override]  # of one answer, not of the kind
        """Whether nobody else ever sees it: true of all but words of one's own."""
        return getattr(self.item.answers, "kind", None) is not AnswerKind.OPEN

    def forget(self) -> None:
        """Nothing is left of the answer."""
        super().forget()
        self.value = self.missing = None


class Publication(Model):
    """What is shown of one question in one round until the next time; as private as the answers."""

    __tablename__ = "publication"

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id"), primary_key=True)
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("instrument_item.id"), primary_key=True, index=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    people: Mapped[int] = mapped_column()  # how many had answered then
    published_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)


class PaperPerson(Model):
    """Somebody who answers on paper, known by what stands on their sheets."""

    __tablename__ = "paper_person"

    space_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("space.id"), primary_key=True)
    label: Mapped[str] = mapped_column(String(40), primary_key=True)
    membership_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("membership.id"), unique=True)


class ExportConsent(Model):
    """That somebody lets their answers, without a name, go along when a table is taken out."""

    __tablename__ = "export_consent"

    measuring_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("measuring.id"), primary_key=True)
    membership_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("membership.id"), primary_key=True, index=True
    )
    given_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class TableExport(Model):
    """That a table was taken out: when, by whom, of how many people."""

    __tablename__ = "table_export"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    measuring_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("measuring.id"), index=True)
    made_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("membership.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    kind: Mapped[str] = mapped_column(String(16))
    people: Mapped[int] = mapped_column()


class BroughtTable(Model):
    """That a table was brought in: when, by whom, of how many rows; until it is taken out again."""

    __tablename__ = "brought_table"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    measuring_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("measuring.id"), index=True)
    brought_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("membership.id"))
    receipt_id: Mapped[uuid.UUID] = mapped_column(Uuid)  # so that the same one does not come in twice
    brought_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    rows: Mapped[int] = mapped_column()
    taken_out_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class BroughtPerson(Model):
    """Somebody who came in with a table."""

    __tablename__ = "brought_person"

    membership_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("membership.id"), primary_key=True)
    table_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("brought_table.id"), index=True)


class ContextFigure(Model):
    """A figure from outside, to stand beside our own: of where and when, and who says so."""

    __tablename__ = "context_figure"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    space_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("space.id"), index=True)
    impact_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("desired_impact.id"))
    question_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    label: Mapped[str] = mapped_column(Text)
    value: Mapped[str] = mapped_column(String(40))
    unit: Mapped[str] = mapped_column(String(80), default="")
    place: Mapped[str] = mapped_column(String(120))
    period: Mapped[str] = mapped_column(String(80))
    source: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, default="")
    added_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("membership.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

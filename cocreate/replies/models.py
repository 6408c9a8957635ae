"""Moods, answers to an open question, commitments, and summaries that are read back."""

import uuid
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from cocreate.core.db import Model, UTCDateTime, new_id, utcnow
from cocreate.spaces.contributions import Contribution


class MoodMark(Contribution, Model):
    """How somebody is here in one part of a meeting, without words; the last one counts."""

    __tablename__ = "mood_mark"
    __table_args__ = (UniqueConstraint("step_id", "maker_id"),)
    topic = "mood"
    words = ("mood",)
    is_of_part = True
    is_private_for_good = True  # what others see is how many are here in which mood, and only when enough are

    step_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    mood: Mapped[str] = mapped_column(String(16))


class Reply(Contribution, Model):
    """What somebody answers to an open question of a meeting."""

    __tablename__ = "reply"
    topic = "reply"
    words = ("text",)
    is_limited = True
    is_of_part = True

    step_id: Mapped[uuid.UUID] = mapped_column(Uuid, index=True)
    text: Mapped[str] = mapped_column(Text)


class Commitment(Contribution, Model):
    """What somebody promises to do, in their own words, and by when."""

    __tablename__ = "commitment"
    topic = "commitment"
    words = ("text",)
    is_limited = True

    text: Mapped[str] = mapped_column(Text)
    by_on: Mapped[date | None] = mapped_column(Date)

    def forget(self) -> None:
        """By when goes too."""
        super().forget()
        self.by_on = None


class Summary(Model):
    """What who leads has heard, in one sentence, to be read back: is this right?"""

    __tablename__ = "summary"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    space_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("space.id"), index=True)
    workshop_id: Mapped[uuid.UUID] = mapped_column(Uuid, index=True)
    text: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("membership.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    dropped_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class SummaryCheck(Contribution, Model):
    """What somebody says of a summary: right, not quite, or not clear; and how they would say it."""

    __tablename__ = "summary_check"
    __table_args__ = (UniqueConstraint("summary_id", "maker_id"),)
    topic = "summary_check"
    words = ("answer", "text")

    summary_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("summary.id"))
    answer: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text, default="")
    shown_answer: Mapped[str | None] = mapped_column(String(16))  # as it is in the numbers; none: in none yet

    def forget(self) -> None:
        """What it was in the numbers goes too; that it was in them stays, until they are made anew."""
        super().forget()
        if self.shown_answer is not None:
            self.shown_answer = ""

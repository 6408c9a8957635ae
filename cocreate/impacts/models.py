"""Desired impacts, and what people say of them: stances, wordings, remarks, whether it is realistic."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, ForeignKey, String, Text, UniqueConstraint, Uuid, func, select
from sqlalchemy.orm import Mapped, column_property, mapped_column

from cocreate.core.db import Model, UTCDateTime
from cocreate.impacts.rules import Facets, Horizon, Lens, Level, Stage
from cocreate.spaces.contributions import Contribution


class DesiredImpact(Contribution, Model):
    """A change that somebody wants, in their own words; and how they say it now, which everybody reads."""

    __tablename__ = "desired_impact"
    topic = "impact"
    words = ("first_words",)
    reads = ("statement",)
    meeting_card = "impact:meeting"
    is_limited = True

    first_words: Mapped[str] = mapped_column("statement", Text)
    if TYPE_CHECKING:
        statement: Mapped[str]  # the words as they are now: see below
    stage: Mapped[str] = mapped_column(String(16), default=Stage.PROPOSED)
    stage_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    level: Mapped[str | None] = mapped_column(String(16))
    is_prevention: Mapped[bool | None] = mapped_column()
    horizon: Mapped[str | None] = mapped_column(String(16))
    lens: Mapped[str | None] = mapped_column(String(16))
    absorbed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("desired_impact.id"), index=True)

    @classmethod
    def is_listed(cls) -> ColumnElement[bool]:
        """What says the same as another one is told under that."""
        return cls.absorbed_by_id.is_(None)

    @property
    def facets(self) -> Facets:
        """What kind of change it is."""
        return Facets(
            Level(self.level) if self.level else None,
            self.is_prevention,
            Horizon(self.horizon) if self.horizon else None,
            Lens(self.lens) if self.lens else None,
        )


class ShownInSteps:
    """How an answer was counted when the numbers were last shown; mixed into contributions that are counted.

    No later answer changes this, only a step in which enough people come along (docs/trust.md).
    """

    shown_answer: Mapped[str | None] = mapped_column(String(16))
    shown_in: Mapped[str | None] = mapped_column(String(16))  # the circle; none: in no number now
    shown_voice_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)  # none: among the small voices
    shown_before: Mapped[str] = mapped_column(String(100), default="")  # "for:space objection:outside"
    left_shown: Mapped[bool] = mapped_column(default=False)  # was taken back after it was shown

    def forget(self) -> None:
        """How it was counted goes too; that it was, stays: whoever comes back is no new person in a step."""
        self.left_shown = self.left_shown or bool(self.shown_before)
        super().forget()  # type: ignore[misc]
        self.shown_answer, self.shown_before = None, ""


class Stance(ShownInSteps, Contribution, Model):
    """Where one membership stands towards one desired impact; the last one counts."""

    __tablename__ = "stance"
    __table_args__ = (UniqueConstraint("impact_id", "maker_id"),)
    topic = "stance"
    words = ("position", "reason")
    counts_when_aside = True

    impact_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("desired_impact.id"))
    position: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text, default="")


class Wording(Contribution, Model):
    """How somebody would say it; it stands beside the words of whoever proposed the impact."""

    __tablename__ = "wording"
    topic = "wording"
    words = ("text",)

    impact_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("desired_impact.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    taken_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # by whoever proposed the impact


# One place says what the words are now. Nothing of them is copied: what is taken back is gone here too.
_taken = (
    select(Wording.text)
    .where(
        Wording.impact_id == DesiredImpact.id,
        Wording.taken_at.is_not(None),
        Wording.withdrawn_at.is_(None),
    )
    .order_by(Wording.taken_at.desc())
    .limit(1)
    .correlate_except(Wording)
    .scalar_subquery()
)
DesiredImpact.statement = column_property(func.coalesce(_taken, DesiredImpact.first_words))


class Remark(Contribution, Model):
    """What somebody wants to say about a proposal, besides where they stand."""

    __tablename__ = "remark"
    topic = "remark"
    words = ("text",)

    impact_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("desired_impact.id"), index=True)
    text: Mapped[str] = mapped_column(Text)


class RealismCheck(ShownInSteps, Contribution, Model):
    """Whether somebody thinks that an impact asks too much of people, or expects too little of them."""

    __tablename__ = "realism_check"
    __table_args__ = (UniqueConstraint("impact_id", "maker_id"),)
    topic = "realism"
    words = ("answer", "reason")
    counts_when_aside = True

    impact_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("desired_impact.id"))
    answer: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text, default="")

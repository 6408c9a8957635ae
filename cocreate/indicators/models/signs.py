"""Signs: how somebody would notice, what others say of that, and which words to be careful with."""

import uuid
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from cocreate.core.db import Model, UTCDateTime, new_id
from cocreate.impacts.models import ShownInSteps
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.spaces.contributions import Contribution


class Indicator(Contribution, Model):
    """A sign by which somebody would notice that an impact comes nearer, and the question it becomes.

    `question` is what they said themselves; `asked` is how others will be asked, once somebody built that.
    """

    __tablename__ = "indicator"
    topic = "indicator"
    words = ("question", "asked", "overruled_because")
    is_limited = True

    impact_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("desired_impact.id"), index=True)
    question: Mapped[str] = mapped_column(Text)
    asked: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str | None] = mapped_column(String(24))  # none: nobody built a question yet
    labels: Mapped[list[str]] = mapped_column(JSON, default=list)
    unit: Mapped[str] = mapped_column(String(200), default="")
    lowest: Mapped[int | None] = mapped_column()
    highest: Mapped[int | None] = mapped_column()
    sensitivity: Mapped[int] = mapped_column(default=0)  # from 0, anybody may ask, to 3, hard to tell
    built: Mapped[int] = mapped_column(default=0)  # how often the question was changed; try-outs are of one
    overruled: Mapped[list[str]] = mapped_column(JSON, default=list)  # phrases that were kept after a hint
    overruled_because: Mapped[str] = mapped_column(Text, default="")
    decision: Mapped[str | None] = mapped_column(String(16))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def shape(self) -> AnswerShape | None:
        """How it can be answered, once somebody built that."""
        if self.kind is None:
            return None
        return AnswerShape(AnswerKind(self.kind), tuple(self.labels), self.unit, self.lowest, self.highest)

    def forget(self) -> None:
        """The words of the answers go too."""
        super().forget()
        self.labels, self.overruled, self.unit, self.kind = [], [], "", None
        self.lowest = self.highest = None


class IndicatorStance(ShownInSteps, Contribution, Model):
    """Where one membership stands towards one sign; the last one counts."""

    __tablename__ = "indicator_stance"
    __table_args__ = (UniqueConstraint("indicator_id", "maker_id"),)
    topic = "indicator_stance"
    words = ("position", "reason")

    indicator_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("indicator.id"))
    position: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text, default="")


class Tryout(Contribution, Model):
    """That somebody tried to answer a question; what they answered is not kept."""

    __tablename__ = "tryout"
    __table_args__ = (UniqueConstraint("indicator_id", "maker_id"),)
    topic = "tryout"
    words = ("clear", "note")

    indicator_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("indicator.id"))
    built: Mapped[int] = mapped_column()  # which form of the question it was
    clear: Mapped[str] = mapped_column(String(16))  # yes, more or less, no
    note: Mapped[str] = mapped_column(Text, default="")
    seconds: Mapped[int | None] = mapped_column()  # how long it took

    def forget(self) -> None:
        """How long it took goes too."""
        super().forget()
        self.seconds = None


class Caution(Model):
    """A phrase to be careful with, where a space adds one, or wants no hint about a built-in one."""

    __tablename__ = "caution"
    __table_args__ = (UniqueConstraint("space_id", "language", "phrase"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    space_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("space.id"))
    language: Mapped[str] = mapped_column(String(8))
    phrase: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text, default="")
    suggestion: Mapped[str] = mapped_column(Text, default="")
    is_off: Mapped[bool] = mapped_column(default=False)

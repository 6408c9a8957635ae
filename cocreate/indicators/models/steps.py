"""Small steps: where somebody wants to go, the steps they took, and who walks along."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from cocreate.core.db import Model, UTCDateTime, new_id, utcnow
from cocreate.indicators.quarters import Quarter
from cocreate.spaces.contributions import Contribution


class Goal(Contribution, Model):
    """Where somebody wants to go, in their own words. A later one may take the place of an earlier one."""

    __tablename__ = "goal"
    topic = "goal"
    words = ("text",)

    text: Mapped[str] = mapped_column(Text)
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("goal.id"), index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class SmallStep(Contribution, Model):
    """A step somebody took: towards where they want to go, aside, or back. Each of them counts as a step."""

    __tablename__ = "small_step"
    topic = "small_step"
    words = ("direction", "text")

    goal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("goal.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    direction: Mapped[str] = mapped_column(String(16))
    taken_on: Mapped[date] = mapped_column()

    def forget(self) -> None:
        """Of the day only the quarter stays: what is shown of that quarter has to let go of this step."""
        super().forget()
        self.taken_on = Quarter.of(self.taken_on).first


class StepShare(Model):
    """What is shown of how many people took a step in one quarter; as private as the steps."""

    __tablename__ = "step_share"

    space_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("space.id"), primary_key=True)
    quarter: Mapped[str] = mapped_column(String(8), primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    published_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)


class Guide(Model):
    """Whom somebody named to walk along with them."""

    __tablename__ = "guide"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    space_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("space.id"), index=True)
    membership_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    guide_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    named_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

"""Desired impacts and stances."""

import uuid

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cocreate.core.db import Model
from cocreate.impacts.rules import Stage
from cocreate.spaces.contributions import Contribution


class DesiredImpact(Contribution, Model):
    """A change that somebody wants, in their own words."""

    __tablename__ = "desired_impact"
    topic = "impact"
    words = ("statement",)
    meeting_card = "impact:meeting"

    statement: Mapped[str] = mapped_column(Text)
    stage: Mapped[str] = mapped_column(String(16), default=Stage.PROPOSED)


class Stance(Contribution, Model):
    """Where one membership stands towards one desired impact; the last one counts."""

    __tablename__ = "stance"
    __table_args__ = (UniqueConstraint("impact_id", "maker_id"),)
    topic = "stance"
    words = ("position", "reason")

    impact_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("desired_impact.id"))
    position: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text, default="")

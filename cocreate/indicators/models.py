"""Indicators."""

import uuid

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from cocreate.core.db import Model
from cocreate.spaces.contributions import Contribution


class Indicator(Contribution, Model):
    """A sign by which somebody would notice that an impact comes nearer."""

    __tablename__ = "indicator"
    topic = "indicator"
    words = ("question",)

    impact_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("desired_impact.id"), index=True)
    question: Mapped[str] = mapped_column(Text)

"""Meaningful moments, and what helped in them."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from cocreate.core.db import Model, UTCDateTime, new_id, utcnow
from cocreate.spaces.contributions import Contribution


class Moment(Contribution, Model):
    """Something that happened and mattered to somebody."""

    __tablename__ = "moment"
    topic = "moment"
    words = ("what_happened", "why_it_mattered", "what_made_it_possible")
    is_limited = True

    what_happened: Mapped[str] = mapped_column(Text)
    why_it_mattered: Mapped[str] = mapped_column(Text, default="")
    what_made_it_possible: Mapped[str] = mapped_column(Text, default="")


class WorkingFactor(Contribution, Model):
    """What helped, named in a few words."""

    __tablename__ = "working_factor"
    topic = "working_factor"
    words = ("name",)
    only_widens = True

    name: Mapped[str] = mapped_column(Text)


class MomentFactor(Model):
    """Somebody says that this helped in that moment. It is shown to who sees both."""

    __tablename__ = "moment_factor"
    __table_args__ = (UniqueConstraint("moment_id", "factor_id"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    moment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("moment.id"))
    factor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("working_factor.id"), index=True)
    maker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("membership.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    alive: Mapped[bool] = mapped_column(default=True)

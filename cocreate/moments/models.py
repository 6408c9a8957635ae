"""Meaningful moments."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from cocreate.core.db import Model
from cocreate.spaces.contributions import Contribution


class Moment(Contribution, Model):
    """Something that happened and mattered to somebody."""

    __tablename__ = "moment"
    topic = "moment"
    words = ("what_happened", "why_it_mattered", "what_made_it_possible")

    what_happened: Mapped[str] = mapped_column(Text)
    why_it_mattered: Mapped[str] = mapped_column(Text, default="")
    what_made_it_possible: Mapped[str] = mapped_column(Text, default="")

"""The ledger of hours and thanks. It knows no memberships: a name is for the bookkeeper."""

import uuid
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from cocreate.core.db import Model, UTCDateTime, new_id, utcnow


class Compensation(Model):
    """Something that somebody gets for taking part: due until it was given."""

    __tablename__ = "compensation"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    space_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("space.id"), index=True)
    label: Mapped[str] = mapped_column(String(80))  # the name that the bookkeeper needs
    occasion: Mapped[str] = mapped_column(String(120), default="")  # for what, for example which meeting
    on: Mapped[date] = mapped_column(Date)
    minutes: Mapped[int | None] = mapped_column()
    kind: Mapped[str] = mapped_column(String(16))
    cents: Mapped[int | None] = mapped_column()
    voucher: Mapped[str] = mapped_column(String(120), default="")
    given_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # none: still due
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)


class ThanksNote(Model):
    """What a space tells people about payments: what they get, and that it can affect benefits."""

    __tablename__ = "thanks_note"

    space_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("space.id"), primary_key=True)
    offer: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")  # empty: the built-in words about benefits

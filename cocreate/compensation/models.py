"""The ledger of hours and thanks. It knows no memberships: a name is for the bookkeeper."""

import uuid
from datetime import date

from sqlalchemy import Date, ForeignKey, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from cocreate.core.db import Model


class Compensation(Model):
    """Something that somebody gets for taking part: due until it was given.

    It keeps days and no times, its ids carry no time, and SQLite keeps its rows in the order of those ids:
    nobody can lay the ledger beside who came in when.
    """

    __tablename__ = "compensation"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=uuid.uuid4)
    space_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("space.id"), index=True)
    label: Mapped[str] = mapped_column(String(80))  # the name that the bookkeeper needs
    occasion: Mapped[str] = mapped_column(String(120), default="")  # for what, for example which meeting
    on: Mapped[date] = mapped_column(Date)
    minutes: Mapped[int | None] = mapped_column()
    kind: Mapped[str] = mapped_column(String(16))
    cents: Mapped[int | None] = mapped_column()
    voucher: Mapped[str] = mapped_column(String(120), default="")
    given_on: Mapped[date | None] = mapped_column(Date)  # none: still due


class ThanksNote(Model):
    """What a space tells people about payments: what they get, and that it can affect benefits."""

    __tablename__ = "thanks_note"

    space_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("space.id"), primary_key=True)
    offer: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")  # empty: the built-in words about benefits

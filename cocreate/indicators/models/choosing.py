"""Choosing together: which signs are on the list, who approves of which, and what came out."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from cocreate.core.db import Model, UTCDateTime, new_id, utcnow
from cocreate.spaces.contributions import Contribution


class Choosing(Model):
    """A list of signs out of which everybody, or one panel, chooses some. What came out stays as it is."""

    __tablename__ = "choosing"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    space_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("space.id"), index=True)
    voice_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("voice.id"))  # none: everybody chooses
    workshop_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)  # the meeting that opened it, if one did
    title: Mapped[str] = mapped_column(Text)
    seats: Mapped[int | None] = mapped_column()  # how many may be chosen,
    seconds: Mapped[int | None] = mapped_column()  # or how long answering all of it may take
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class ChoosingItem(Model):
    """A sign on the list, with what answering it costs a person."""

    __tablename__ = "choosing_item"

    choosing_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("choosing.id"), primary_key=True)
    indicator_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("indicator.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column()
    seconds: Mapped[int] = mapped_column()


class Ballot(Contribution, Model):
    """What one membership approves of; the last one counts, and nobody else ever sees it."""

    __tablename__ = "ballot"
    __table_args__ = (UniqueConstraint("choosing_id", "maker_id"),)
    topic = "ballot"
    words = ()
    is_private_for_good = True

    choosing_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("choosing.id"))
    approved: Mapped[list[str]] = mapped_column(JSON, default=list)

    def forget(self) -> None:
        """Nothing is left of what was approved of."""
        super().forget()
        self.approved = []

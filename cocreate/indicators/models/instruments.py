"""Questionnaires: versions of an ordered list of questions, each frozen by its first answer."""

import json
import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreate.core.db import Model, UTCDateTime, new_id, utcnow
from cocreate.indicators.instrument_files import answers_in, asked_in
from cocreate.indicators.scoring import Answers


class Instrument(Model):
    """One version of a questionnaire. `definition` is what its file would hold, and all that counts."""

    __tablename__ = "instrument"
    __table_args__ = (UniqueConstraint("series_id", "version"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    space_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("space.id"), index=True)
    series_id: Mapped[uuid.UUID] = mapped_column(Uuid, default=new_id)  # the same for all its versions
    version: Mapped[int] = mapped_column(default=1)
    voice_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("voice.id"))  # the panel that owns it
    title: Mapped[str] = mapped_column(Text)
    definition: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("membership.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    frozen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # when the first answer came

    items: Mapped[list["InstrumentItem"]] = relationship(
        order_by="InstrumentItem.position", back_populates="instrument"
    )


class InstrumentItem(Model):
    """One question of one version. Those with the same `question_id` may be compared over time."""

    __tablename__ = "instrument_item"
    __table_args__ = (UniqueConstraint("instrument_id", "key"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    instrument_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("instrument.id"))
    position: Mapped[int] = mapped_column()
    key: Mapped[str] = mapped_column(String(80))  # names the item in the definition
    question_id: Mapped[uuid.UUID] = mapped_column(Uuid, default=new_id, index=True)
    indicator_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("indicator.id"), index=True)
    sensitivity: Mapped[int] = mapped_column(default=0)
    overruled_because: Mapped[str] = mapped_column(Text, default="")  # why words that may hurt stay here
    # Not to be measured by the time of the first answer, as the group decided: never asked in this version.
    is_left_out: Mapped[bool] = mapped_column(default=False)

    instrument: Mapped[Instrument] = relationship(back_populates="items")

    @property
    def text(self) -> str:
        """What it asks."""
        return asked_in(json.dumps(self.instrument.definition), self.key)

    @property
    def answers(self) -> Answers | None:
        """How it is answered."""
        return answers_in(json.dumps(self.instrument.definition), self.key)

"""Spaces, voices, memberships; who was in which workshop, and what is open there."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreate.core.audience import Visibility
from cocreate.core.db import Model, UTCDateTime, new_id, utcnow
from cocreate.spaces.rules import FEWEST, Role

MOST_BRINGERS = 27  # ids that fit; one sheet is typed over by one or two


class Space(Model):
    """A place where people decide together: a neighbourhood, a project, a school."""

    __tablename__ = "space"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120))
    purpose: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(8), default="nl")
    timezone: Mapped[str] = mapped_column(String(40), default="Europe/Amsterdam")
    is_public: Mapped[bool] = mapped_column(default=False)
    words: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    threshold: Mapped[int] = mapped_column(default=FEWEST)  # the fewest people of whom a number is shown
    low_counts_limit: Mapped[bool] = mapped_column(default=False)  # an answer at the limit is low too
    silence_ends_low: Mapped[bool] = mapped_column(default=False)  # a round without an answer ends a low row
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)

    voices: Mapped[list["Voice"]] = relationship(
        order_by="Voice.position", lazy="raise_on_sql", viewonly=True
    )


class Voice(Model):
    """From where somebody speaks."""

    __tablename__ = "voice"
    __table_args__ = (UniqueConstraint("space_id", "key"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    space_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("space.id"))
    key: Mapped[str] = mapped_column(String(40))
    name: Mapped[str | None] = mapped_column(
        String(60)
    )  # None: a built-in voice, named in the reader's language
    icon: Mapped[str] = mapped_column(String(40))
    tone: Mapped[int] = mapped_column()
    position: Mapped[int] = mapped_column()
    is_needed: Mapped[bool] = mapped_column(default=True)  # before something here is agreed
    is_panel: Mapped[bool] = mapped_column(default=False)  # what it proposes as signs is its own
    wished: Mapped[int | None] = mapped_column()  # how many people of this voice the space hopes to hear


class Membership(Model):
    """A person in a space, with a voice and a role."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("space_id", "person_id"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    space_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("space.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    voice_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("voice.id"))
    name: Mapped[str | None] = mapped_column(String(60))
    role: Mapped[str] = mapped_column(String(16), default=Role.PARTICIPANT)
    shares_with: Mapped[str] = mapped_column(String(16), default=Visibility.MAKER)
    joined_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    brought_by: Mapped[str] = mapped_column(String(1024), default="")  # nobody: they came in themselves

    @property
    def bringers(self) -> frozenset[str]:
        """The ids of who brought them in or typed over what they wrote, and so know what they answered."""
        return frozenset(self.brought_by.split())

    def bring_in(self, bringer_id: uuid.UUID | None) -> None:
        """From now on this member knows what they answer too."""
        if bringer_id is not None and len(self.bringers) < MOST_BRINGERS:
            self.brought_by = " ".join(sorted({*self.bringers, str(bringer_id)}))


class Attendance(Model):
    """A membership that came to a workshop."""

    __tablename__ = "attendance"

    workshop_id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    membership_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("membership.id"), primary_key=True, index=True
    )
    arrived_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)


class Opening(Model):
    """An activity that is open for contributions, in a workshop or between meetings."""

    __tablename__ = "opening"
    __table_args__ = (UniqueConstraint("workshop_id", "activity"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    space_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("space.id"), index=True)
    workshop_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)  # none: between meetings, to the whole space
    activity: Mapped[str] = mapped_column(String(16))
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    staged_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # none: another part is on stage
    widest: Mapped[str | None] = mapped_column(String(16))  # nobody shows what is told here further than this
    most_each: Mapped[int | None] = mapped_column()  # how many things one person tells
    has_names: Mapped[bool] = mapped_column(default=False)  # who wants may put their name with it
    # The parts of the meeting that were open for it, by id, each on its own terms.
    parts: Mapped[dict[str, dict[str, Any]]] = mapped_column(JSON, default=dict)


class Hiding(Model):
    """Somebody who leads set a contribution aside, with a reason; its maker is told, and it can come back."""

    __tablename__ = "hiding"

    subject_id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    space_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("space.id"), index=True)
    workshop_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, index=True)
    topic: Mapped[str] = mapped_column(String(32))
    visibility: Mapped[str] = mapped_column(String(16))  # how far it is shown when it comes back
    reason: Mapped[str] = mapped_column(Text)
    hidden_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("membership.id"))
    hidden_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    restored_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

"""Trajectories, and what they are made of."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, Uuid, or_, update
from sqlalchemy.orm import Mapped, mapped_column, object_session

from cocreate.core.db import Model, UTCDateTime, new_id, utcnow
from cocreate.spaces.contributions import Contribution
from cocreate.trajectories.rules import NodeKind, NodeState


class Trajectory(Model):
    """One winding road, drawn together. Who may see it is decided node by node."""

    __tablename__ = "trajectory"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    space_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("space.id"), index=True)
    workshop_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)  # the meeting in which it began
    title: Mapped[str] = mapped_column(String(200), default="")
    is_open: Mapped[bool] = mapped_column(default=False)  # whether the space may draw on it between meetings
    source: Mapped[str | None] = mapped_column(String(80))  # the checksum of the file it came from
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)


class Node(Contribution, Model):
    """One thing on the road."""

    __tablename__ = "node"
    __table_args__ = (Index("ix_node_trajectory_made", "trajectory_id", "created_at"),)
    topic = "node"
    words = ("text", "note")

    trajectory_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("trajectory.id"))
    text: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(String(16), default=NodeKind.EVENT)
    state: Mapped[str] = mapped_column(String(16), default=NodeState.HAPPENED)
    intended: Mapped[bool] = mapped_column(default=True)
    when: Mapped[str] = mapped_column("about_when", String(10), default="")
    position: Mapped[int] = mapped_column(default=0)  # the order in which it was told
    x: Mapped[float] = mapped_column(default=0.0)
    y: Mapped[float] = mapped_column(default=0.0)
    pinned: Mapped[bool] = mapped_column(default=False)  # put there by hand: tidying leaves it
    folded_in: Mapped[bool] = mapped_column(default=False)  # into another one, while the map is large
    alive: Mapped[bool] = mapped_column(default=True)
    merged_into_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)

    def forget(self) -> None:
        """Take the words out, also those beside the steps to and from here, and when it was."""
        super().forget()
        self.when = ""
        transaction = object_session(self)
        if transaction is not None:
            at_it = or_(Edge.source_id == self.id, Edge.target_id == self.id)
            transaction.execute(update(Edge).where(at_it).values(label=""))


class Edge(Model):
    """A step on the road. It is shown when both its ends are."""

    __tablename__ = "edge"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    trajectory_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("trajectory.id"), index=True)
    source_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("node.id"), index=True)
    target_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("node.id"), index=True)
    relation: Mapped[str] = mapped_column(String(16))
    label: Mapped[str] = mapped_column(Text, default="")
    maker_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("membership.id"))  # whose word it is
    alive: Mapped[bool] = mapped_column(default=True)


class NodeReference(Model):
    """What a node has to do with: a moment, an impact, an indicator, or what helped."""

    __tablename__ = "node_reference"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    trajectory_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("trajectory.id"), index=True)
    node_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("node.id"), index=True)
    subject_type: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[uuid.UUID] = mapped_column(Uuid, index=True)
    maker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("membership.id"))
    alive: Mapped[bool] = mapped_column(default=True)

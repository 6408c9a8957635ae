"""A hand on the map: reads what stands there, sets it, and writes into the log what it did."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, true

from cocreate.core.audience import Audience, Viewer, Visibility, sees
from cocreate.core.changes import Log
from cocreate.core.problems import Conflict, NotFound
from cocreate.spaces.aside import hiding_of
from cocreate.spaces.openings import Terms, require_open
from cocreate.spaces.rules import Act, Activity, may
from cocreate.trajectories.models import Edge, Node, NodeReference, Trajectory
from cocreate.trajectories.operations import Effect, Fields, Thing, Value, told
from cocreate.trajectories.queries import may_draw
from cocreate.trajectories.service.instructions import Instruction

Row = Node | Edge | NodeReference
_TABLES: dict[str, type[Row]] = {
    Thing.NODE: Node,
    Thing.EDGE: Edge,
    Thing.REFERENCE: NodeReference,
}
NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})
_IDS = frozenset({"source_id", "target_id", "node_id", "merged_into_id"})
GONE = _l("This stop is not on the map any more. Somebody took it away.")
UNSEEN = _l("This stop is not on the map, or it is not yours to see.")
TOO_FAR = _l("More people see this stop than may see what is told in this part. Tell it as a new stop.")
SHUT = _l("Drawing on this map is closed now. Ask the facilitator to open it.")

Subject = tuple[str, uuid.UUID, Audience]


def everybody(trajectory: Trajectory) -> Audience:
    """For what concerns the map as a whole, and holds no words."""
    return Audience(Visibility.SPACE, None, trajectory.workshop_id)


class Drawing:
    """One operation of one viewer on one map, inside one transaction."""

    def __init__(self, log: Log, viewer: Viewer, trajectory: Trajectory, instruction: Instruction) -> None:
        self.log = log
        self.viewer = viewer
        self.trajectory = trajectory
        self.instruction = instruction
        self.seq: int | None = None
        self.terms = Terms()  # of the part of a meeting in which this is drawn

    def require_hand(self) -> None:
        """Who may draw: in a meeting when its map is open, outside when the map is, a facilitator always."""
        workshop_id, part_id = self.instruction.workshop_id, self.instruction.part_id
        if workshop_id is not None:
            self.terms = require_open(self.viewer, workshop_id, Activity.MAP, part_id)
        elif not may_draw(self.viewer, self.trajectory):
            raise NotFound(SHUT)

    @property
    def leads(self) -> bool:
        """Whether this viewer leads meetings here."""
        return may(self.viewer, Act.FACILITATE)

    def node(self, node_id: uuid.UUID | None, *, alive: bool = True) -> Node:
        """A node that this viewer sees; taken back is not there, taken away is a `Conflict`.

        Either names the field `node_id`: what was said about this node can only be said without it.
        """
        node = self.log.session.get(Node, node_id) if node_id else None
        if node is None or node.trajectory_id != self.trajectory.id or not sees(self.viewer, node.audience):
            raise NotFound(UNSEEN, {"node_id": [str(UNSEEN)]})
        if node.withdrawn_at is not None or (alive and not node.alive):
            raise Conflict(GONE, {"node_id": [str(GONE)]})
        return node

    def keep_within_part(self, node: Node) -> None:
        """New words on a stop that is shown further than this part lets anything go: `Conflict`.

        From now on the stop goes no further than that, for the words that were told here are on it too.
        """
        widest = self.terms.widest
        if widest is None:
            return
        if widest is Visibility.WORKSHOP and node.workshop_id != self.instruction.workshop_id:
            widest = Visibility.MAKER  # the people of the meeting in which it was told are not these
        hiding = hiding_of(self.log, node)
        now = Visibility(hiding.visibility if hiding else node.visibility)
        if now.least(widest) is not now:
            raise Conflict(TOO_FAR)
        node.widest = widest.least(Visibility(node.widest or widest))

    def edge(self, edge_id: uuid.UUID | None) -> tuple[Edge, Node]:
        """A step of which this viewer sees both ends, and the node it comes from."""
        edge = self.log.session.get(Edge, edge_id) if edge_id else None
        if edge is None or edge.trajectory_id != self.trajectory.id:
            raise NotFound
        source, _ = self.node(edge.source_id, alive=False), self.node(edge.target_id, alive=False)
        return edge, source

    def change(self, row: Row, fields: Fields) -> Effect:
        """The effect of setting these fields; those that say so already are left out."""
        before = {field: value_of(row, field) for field in fields}
        changed = {field: value for field, value in fields.items() if before[field] != value}
        return Effect(_thing(row), str(row.id), {field: before[field] for field in changed}, changed)

    def apply(self, effects: Sequence[Effect]) -> None:
        """Set what the effects say; a node that looks different is a new version of itself."""
        for effect in effects:
            row = self.find(effect)
            if row is None:
                continue
            for field, value in effect.after.items():
                setattr(row, field, uuid.UUID(str(value)) if field in _IDS and value else value)
            if isinstance(row, Node):
                row.touch()
        self.log.session.flush()

    def find(self, effect: Effect) -> Row | None:
        """What an effect is about, unless its words were taken back."""
        own_id = uuid.UUID(effect.id)
        if effect.thing == Thing.NODE:
            node = self.log.session.get(Node, own_id)
            return None if node is None or node.withdrawn_at is not None else node
        if effect.thing == Thing.EDGE:
            return self.log.session.get(Edge, own_id)
        return self.log.session.get(NodeReference, own_id)

    def record(
        self,
        subject: Subject,
        effects: Iterable[Effect],
        *,
        verb: str | None = None,
        mark: Mapping[str, Any] = NOTHING,
    ) -> None:
        """Write the operation into the log, as something about `subject`."""
        topic, subject_id, audience = subject
        payload = {
            "verb": self.instruction.verb,
            "op": str(self.instruction.id),
            "effects": told(list(effects)),
            **mark,
        }
        self.seq = self.log.record(
            topic,
            verb or self.instruction.verb,
            audience=audience,
            subject_type=topic,
            subject_id=subject_id,
            actor_id=self.viewer.membership_id,
            scope_id=self.trajectory.id,
            payload=payload,
        )

    def redraw(self, effects: Sequence[Effect] = ()) -> None:
        """Tell open maps that more has moved than one thing; `effects` are what nobody asked for."""
        self.log.record(
            "trajectory",
            "redrawn",
            audience=everybody(self.trajectory),
            subject_type="trajectory",
            subject_id=self.trajectory.id,
            actor_id=None if effects else self.viewer.membership_id,
            scope_id=self.trajectory.id,
            payload={"effects": told(list(effects))} if effects else None,
        )

    def about(self, row: Node | Edge) -> Subject:
        """A node or a step as the subject of a row in the log, for who may see it."""
        if isinstance(row, Node):
            return Node.topic, row.id, row.audience
        source = self.log.session.get_one(Node, row.source_id)
        return "edge", row.id, source.audience

    def about_all(self) -> Subject:
        """The whole map as the subject of a row in the log."""
        return "trajectory", self.trajectory.id, everybody(self.trajectory)


def made_from_nothing(row: Row, fields: Sequence[str]) -> Effect:
    """The effect of something new."""
    after = {"alive": True, **{field: value_of(row, field) for field in fields}}
    return Effect(_thing(row), str(row.id), {"alive": False}, after)


def same_step(
    drawing: Drawing, source_id: uuid.UUID, target_id: uuid.UUID, relation: str, but: uuid.UUID | None = None
) -> Edge | None:
    """A step on the map that says just this; another one than `but`."""
    query = select(Edge).where(
        Edge.source_id == source_id,
        Edge.target_id == target_id,
        Edge.relation == relation,
        Edge.alive.is_(True),
        Edge.id != but if but else true(),
    )
    return drawing.log.session.scalars(query.order_by(Edge.id)).first()


def value_of(row: Any, field: str) -> Value:
    """A field as it stands in an effect."""
    value = getattr(row, field)
    return str(value) if isinstance(value, uuid.UUID) else value


def _thing(row: Row) -> Thing:
    return next(Thing(thing) for thing, table in _TABLES.items() if isinstance(row, table))

"""Reading trajectories: what a viewer may see of a map."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import func, or_, select

from cocreate.core.audience import Audience, Viewer, sees, visible
from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.impacts.models import DesiredImpact
from cocreate.indicators.models import Indicator
from cocreate.moments.models import Moment, WorkingFactor
from cocreate.spaces.contributions import Contribution
from cocreate.spaces.queries import VoiceFacts, voices_by_maker
from cocreate.spaces.rules import Act, may
from cocreate.trajectories.arrangement import FOLDED_FROM, shown_of, unfold
from cocreate.trajectories.layout import Point
from cocreate.trajectories.models import Edge, Node, NodeReference, Trajectory
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation


@dataclass(frozen=True, slots=True)
class Reference:
    """What a node has to do with, in the words of whoever told that; of a moment also whose voice that is."""

    id: str
    subject_type: str
    subject_id: str
    text: str
    voice: VoiceFacts | None = None


@dataclass(frozen=True, slots=True)
class Map:
    """A trajectory as one viewer sees it, in the order it was told."""

    trajectory: Trajectory
    nodes: list[MapNode]
    edges: list[MapEdge]
    points: dict[str, Point]
    voices: dict[str, VoiceFacts]
    pinned: frozenset[str] = frozenset()
    mine: frozenset[str] = frozenset()
    references: dict[str, list[Reference]] = field(default_factory=dict)
    folded_in: frozenset[str] = frozenset()  # while the map is large; see `unfolded`
    folded: dict[str, int] = field(default_factory=dict)  # how many nodes are folded into this one
    beside: frozenset[str] = frozenset()  # shown near its head because that thread is opened
    repointed: frozenset[str] = frozenset()  # steps of what is folded, which run to or from its head

    @property
    def drawn_from(self) -> tuple[object, ...]:
        """All that its picture and its words are made of: the same for whoever sees as much of it."""
        return (
            self.trajectory.title,
            tuple(self.nodes),
            tuple(self.edges),
            tuple(self.points.items()),
            tuple((own_id, voice.css) for own_id, voice in self.voices.items()),
            self.pinned,
            tuple(self.folded.items()),
        )


# What a node can have to do with: the type in the log, its table, and the column with its words.
SUBJECTS: dict[str, tuple[type[Contribution], Any]] = {
    Moment.topic: (Moment, Moment.what_happened),
    "desired_impact": (DesiredImpact, DesiredImpact.statement),
    Indicator.topic: (Indicator, Indicator.question),
    WorkingFactor.topic: (WorkingFactor, WorkingFactor.name),
}


# What a map tells of a node.
_TOLD: Final = (
    Node.id,
    Node.text,
    Node.kind,
    Node.state,
    Node.intended,
    Node.note,
    Node.when,
    Node.x,
    Node.y,
    Node.pinned,
    Node.folded_in,
    Node.maker_id,
)


def trajectory_of(space_id: uuid.UUID, trajectory_id: uuid.UUID) -> Trajectory:
    """The trajectory, in its own space."""
    trajectory = session().get(Trajectory, trajectory_id)
    if trajectory is None or trajectory.space_id != space_id:
        raise NotFound
    return trajectory


def trajectories_seen(viewer: Viewer) -> list[tuple[Trajectory, int]]:
    """Every trajectory of which this viewer may see something, and how many nodes; newest first."""
    count = func.count(Node.id)
    query = (
        select(Trajectory, count)
        .join(Node, Node.trajectory_id == Trajectory.id)
        .where(Node.withdrawn_at.is_(None), Node.alive.is_(True), visible(viewer, Node))
        .group_by(Trajectory.id)
        .order_by(Trajectory.created_at.desc())
    )
    return [(trajectory, seen) for trajectory, seen in session().execute(query)]


def map_of(viewer: Viewer, trajectory: Trajectory, *, refers: bool = False) -> Map:
    """What this viewer may see of a trajectory; `refers`: also what its nodes have to do with."""
    query = select(*_TOLD).where(
        Node.trajectory_id == trajectory.id,
        Node.withdrawn_at.is_(None),
        Node.alive.is_(True),
        visible(viewer, Node),
    )
    rows = session().execute(query.order_by(Node.position, Node.id)).all()
    by_maker = voices_by_maker(row.maker_id for row in rows)
    shown = {row.id for row in rows}
    links = session().execute(
        select(Edge.id, Edge.source_id, Edge.target_id, Edge.relation, Edge.label)
        .where(Edge.trajectory_id == trajectory.id, Edge.alive.is_(True))
        .order_by(Edge.id)
    )
    return Map(
        trajectory,
        [map_node(row) for row in rows],
        [map_edge(link) for link in links if link.source_id in shown and link.target_id in shown],
        {str(row.id): Point(row.x, row.y) for row in rows},
        {str(row.id): by_maker[row.maker_id] for row in rows if row.maker_id in by_maker},
        frozenset(str(row.id) for row in rows if row.pinned),
        frozenset(str(row.id) for row in rows if viewer.is_member and row.maker_id == viewer.membership_id),
        references_on(viewer, trajectory.id) if refers else {},
        frozenset(str(row.id) for row in rows if row.folded_in),
    )


def unfolded(seen: Map, open_ids: Sequence[str] = ()) -> Map:
    """A large map with its side threads folded, except those opened, in that order; else as it is."""
    if len(seen.nodes) <= FOLDED_FROM:
        return seen
    shown = shown_of(seen.nodes, seen.edges, seen.folded_in, seen.pinned)
    short, points = unfold(seen.nodes, seen.edges, seen.points, shown, open_ids)
    return replace(
        seen,
        nodes=list(short.nodes),
        edges=list(short.edges),
        points=points,
        folded=dict(short.folded),
        beside=frozenset(points.keys() - shown),
        repointed=frozenset(edge.id for edge in set(short.edges).difference(seen.edges)),
    )


def may_draw(viewer: Viewer, trajectory: Trajectory) -> bool:
    """Whether this viewer may draw on it outside a meeting: who leads always, others when it is opened."""
    return may(viewer, Act.FACILITATE) or (trajectory.is_open and may(viewer, Act.CONTRIBUTE))


def references_on(
    viewer: Viewer, trajectory_id: uuid.UUID, node_id: uuid.UUID | None = None
) -> dict[str, list[Reference]]:
    """What each node of a map has to do with, as far as this viewer may see that."""
    query = select(NodeReference).where(
        NodeReference.trajectory_id == trajectory_id, NodeReference.alive.is_(True)
    )
    if node_id is not None:
        query = query.where(NodeReference.node_id == node_id)
    rows = list(session().scalars(query.order_by(NodeReference.id)))
    told = _told_by(viewer, rows)
    moments = {row.subject_id for row in rows if row.subject_type == Moment.topic} & told.keys()
    # A moment is somebody's own. What people want or notice is decided together, whoever proposed it.
    voices = voices_by_maker(told[own_id][1] for own_id in moments) if moments else {}
    found: dict[str, list[Reference]] = {}
    for row in rows:
        if row.subject_id in told:
            text, maker_id = told[row.subject_id]
            voice = voices.get(maker_id) if row.subject_id in moments else None
            reference = Reference(str(row.id), row.subject_type, str(row.subject_id), text, voice)
            found.setdefault(str(row.node_id), []).append(reference)
    return found


def subjects_of(viewer: Viewer, limit: int = 200) -> list[tuple[str, str, str]]:
    """Everything in the space a node can refer to: type, id and words; newest first within each type."""
    found = []
    for subject_type, (kind, column) in SUBJECTS.items():
        query = select(kind.id, column).where(kind.withdrawn_at.is_(None), visible(viewer, kind))
        rows = session().execute(query.order_by(kind.created_at.desc(), kind.id.desc()).limit(limit))
        found += [(subject_type, str(own_id), text) for own_id, text in rows]
    return found


def can_refer_to(viewer: Viewer, subject_type: str, subject_id: uuid.UUID) -> bool:
    """Whether this is there for this viewer."""
    if subject_type not in SUBJECTS:
        return False
    kind, _ = SUBJECTS[subject_type]
    query = select(kind.id).where(kind.id == subject_id, kind.withdrawn_at.is_(None), visible(viewer, kind))
    return session().scalar(query) is not None


def _told_by(viewer: Viewer, rows: Sequence[NodeReference]) -> dict[uuid.UUID, tuple[str, uuid.UUID]]:
    """The words of what is referred to and who made it, by id, as far as this viewer may see it."""
    told: dict[uuid.UUID, tuple[str, uuid.UUID]] = {}
    for subject_type, (kind, column) in SUBJECTS.items():
        ids = {row.subject_id for row in rows if row.subject_type == subject_type}
        if ids:
            query = select(kind.id, column, kind.maker_id).where(
                kind.id.in_(ids), kind.withdrawn_at.is_(None), visible(viewer, kind)
            )
            told |= {own_id: (text, maker_id) for own_id, text, maker_id in session().execute(query)}
    return told


def map_node(row: Any) -> MapNode:
    """A stored node, as the pure functions know it."""
    return MapNode(
        str(row.id), row.text, NodeKind(row.kind), NodeState(row.state), row.intended, row.note, row.when
    )


def map_edge(row: Any) -> MapEdge:
    """A stored edge, as the pure functions know it."""
    return MapEdge(str(row.id), str(row.source_id), str(row.target_id), Relation(row.relation), row.label)


def node_seen(viewer: Viewer, trajectory: Trajectory, node_id: uuid.UUID | None) -> Node | None:
    """A node on this map; None when none is asked for, `NotFound` when it is not there for this viewer."""
    if node_id is None:
        return None
    node = session().get(Node, node_id)
    is_there = node is not None and node.trajectory_id == trajectory.id and node.withdrawn_at is None
    if node is None or not is_there or not sees(viewer, node.audience):
        raise NotFound
    return node


def steps_at(node: Node) -> list[tuple[Audience, Edge]]:
    """The edges that begin or end at a node, each with for whom its other end is."""
    at_it = or_(Edge.source_id == node.id, Edge.target_id == node.id)
    edges = list(session().scalars(select(Edge).where(at_it, Edge.alive.is_(True)).order_by(Edge.id)))
    others = {edge.id: edge.target_id if edge.source_id == node.id else edge.source_id for edge in edges}
    there = select(Node).where(Node.id.in_(others.values()), Node.withdrawn_at.is_(None))
    ends = {end.id: end.audience for end in session().scalars(there)} if others else {}
    return [(ends[others[edge.id]], edge) for edge in edges if others[edge.id] in ends]

"""What one road was in numbers, what two have in common, and where the roads of a space meet."""

import re
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from cocreate.core.audience import Viewer, visible
from cocreate.core.db import session
from cocreate.impacts.models import DesiredImpact
from cocreate.moments.models import WorkingFactor
from cocreate.trajectories.measures.reading import HAPPENED, Reading
from cocreate.trajectories.measures.routes import turning_points
from cocreate.trajectories.measures.turns import loops
from cocreate.trajectories.models import Node, NodeReference
from cocreate.trajectories.queries import SUBJECTS, Map
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation

FACTOR: Final = WorkingFactor.topic
IMPACT: Final = DesiredImpact.__tablename__  # what a reference calls it
MOST: Final = 3  # turning points that are named
_SIGNS: Final = re.compile(r"[\W_]+")
Subject = tuple[str, str]  # type and id


@dataclass(frozen=True, slots=True)
class Course:
    """How a road went: numbers of stops and loops, and the stops where it begins and that came of it."""

    stops: int
    as_planned: int
    changed: int
    dropped: int
    still_planned: int
    happened: int
    emerged: int
    loops: int
    beginnings: tuple[MapNode, ...]
    turning_points: tuple[MapNode, ...]
    outcomes: tuple[MapNode, ...]

    @property
    def planned(self) -> int:
        """How many stops somebody planned, whatever became of them."""
        return self.as_planned + self.changed + self.dropped + self.still_planned


def course(nodes: Sequence[MapNode], edges: Sequence[MapEdge]) -> Course:
    """The numbers of one road. What happened was planned too if it is a plan, or was planned next."""
    reading = Reading.of(nodes, edges)
    many = Counter(node.state for node in nodes)
    next_up = {edge.target for edge in edges if edge.relation is Relation.PLANNED_NEXT}
    as_planned = [n for n in nodes if n.state is NodeState.HAPPENED and _was_planned(n, next_up)]
    outcomes = [node for node in nodes if node.kind is NodeKind.OUTCOME]
    return Course(
        stops=len(nodes),
        as_planned=len(as_planned),
        changed=many[NodeState.CHANGED],
        dropped=many[NodeState.DROPPED],
        still_planned=many[NodeState.PLANNED],
        happened=sum(many[state] for state in HAPPENED),
        emerged=many[NodeState.EMERGED],
        loops=sum(loop.times for loop in loops(reading)),
        beginnings=tuple(map(reading.at, reading.origins)),
        turning_points=tuple(reading.nodes[each.node_id] for each in turning_points(reading)[:MOST]),
        outcomes=tuple(outcomes or map(reading.at, reading.ends)),
    )


def _was_planned(node: MapNode, next_up: Collection[str]) -> bool:
    return node.kind is NodeKind.PLAN or node.id in next_up


@dataclass(frozen=True, slots=True)
class Meeting:
    """What two roads have in common, and the stops of each where it stands."""

    text: str
    subject_type: str  # empty when only the words are the same
    here: tuple[MapNode, ...]
    there: tuple[MapNode, ...]


def meetings(one: Map, other: Map) -> list[Meeting]:
    """What both roads refer to, in the order of the first; then the stops that say the same."""
    found = []
    here, there = _stops_by_subject(one), _stops_by_subject(other)
    words = {(r.subject_type, r.subject_id): r.text for each in one.references.values() for r in each}
    for subject, stops in here.items():
        if subject in there:
            found.append(Meeting(words[subject], subject[0], tuple(stops), tuple(there[subject])))
    same = _stops_by_words(other)
    for said, stops in _stops_by_words(one).items():
        if said in same:
            found.append(Meeting(stops[0].text, "", tuple(stops), tuple(same[said])))
    return found


def _stops_by_subject(seen: Map) -> dict[Subject, list[MapNode]]:
    stops: dict[Subject, list[MapNode]] = {}
    for node in seen.nodes:
        for each in seen.references.get(node.id, ()):
            at = stops.setdefault((each.subject_type, each.subject_id), [])
            if node not in at:
                at.append(node)
    return stops


def _stops_by_words(seen: Map) -> dict[str, list[MapNode]]:
    stops: dict[str, list[MapNode]] = {}
    for node in seen.nodes:
        said = _SIGNS.sub(" ", node.text.casefold()).strip()
        if said:
            stops.setdefault(said, []).append(node)
    return stops


@dataclass(frozen=True, slots=True)
class Crossing:
    """Something that helped, or that people want, where roads of a space meet."""

    subject_type: str
    id: str
    text: str
    trajectory_ids: tuple[str, ...]


def crossings(viewer: Viewer, trajectory_ids: Sequence[uuid.UUID]) -> list[Crossing]:
    """Where at least two of these roads meet, as far as this viewer sees both ends; most roads first."""
    query = (
        select(NodeReference.subject_type, NodeReference.subject_id, NodeReference.trajectory_id)
        .join(Node, Node.id == NodeReference.node_id)
        .where(
            NodeReference.subject_type.in_((FACTOR, IMPACT)),
            NodeReference.alive.is_(True),
            Node.alive.is_(True),
            Node.withdrawn_at.is_(None),
            visible(viewer, Node),
        )
        .distinct()
    )
    at: dict[tuple[str, uuid.UUID], set[uuid.UUID]] = {}
    for subject_type, subject_id, trajectory_id in session().execute(query):
        at.setdefault((subject_type, subject_id), set()).add(trajectory_id)
    met = {subject: roads for subject, roads in at.items() if len(roads) > 1}
    words = _words(viewer, met)
    found = [
        Crossing(
            subject[0], str(subject[1]), words[subject], tuple(str(t) for t in trajectory_ids if t in roads)
        )
        for subject, roads in met.items()
        if subject in words
    ]
    return sorted(found, key=lambda each: (-len(each.trajectory_ids), each.text.casefold(), each.id))


def _words(viewer: Viewer, subjects: Iterable[tuple[str, uuid.UUID]]) -> Mapping[tuple[str, uuid.UUID], str]:
    words: dict[tuple[str, uuid.UUID], str] = {}
    wanted = list(subjects)
    for subject_type in (FACTOR, IMPACT):
        kind, column = SUBJECTS[subject_type]
        ids = [subject_id for each, subject_id in wanted if each == subject_type]
        query = select(kind.id, column).where(
            kind.id.in_(ids), kind.withdrawn_at.is_(None), visible(viewer, kind)
        )
        words |= {(subject_type, own_id): text for own_id, text in session().execute(query)}
    return words

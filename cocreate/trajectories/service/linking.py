"""Steps between nodes, and what nodes have to do with: moments, impacts, indicators, what helped."""

import uuid
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from cocreate.core.problems import Conflict, NotFound
from cocreate.trajectories.models import Edge, Node, NodeReference
from cocreate.trajectories.queries import can_refer_to
from cocreate.trajectories.service.drawing import Drawing, made_from_nothing, same_step
from cocreate.trajectories.service.nodes import EDGE_FIELDS

CUT = _l("This link is not on the map any more. Somebody took it away.")


def connect(drawing: Drawing) -> dict[str, Any]:
    """Link two nodes that are there. The same link twice is one."""
    asked = drawing.instruction
    source, target = drawing.node(asked.node_id), drawing.node(asked.other_id)
    if asked.edge_id is None or asked.relation is None:
        raise NotFound
    if source.id == target.id:
        raise Conflict(_l("A stop cannot lead to itself. Choose another one."))
    same = same_step(drawing, source.id, target.id, asked.relation)
    if same is not None:
        return {"subject_id": str(same.id)}
    edge = Edge(
        id=asked.edge_id,
        trajectory_id=drawing.trajectory.id,
        source_id=source.id,
        target_id=target.id,
        relation=asked.relation,
        maker_id=drawing.viewer.membership_id,
    )
    drawing.log.session.add(edge)
    drawing.log.session.flush()
    drawing.record(drawing.about(edge), [made_from_nothing(edge, EDGE_FIELDS)])
    return {"subject_id": str(edge.id)}


def relate(drawing: Drawing) -> dict[str, Any]:
    """Say differently how one thing bears on another, and which comes first.

    Where that is said already, this step goes up in it.
    """
    asked = drawing.instruction
    edge, _ = drawing.edge(asked.edge_id)
    if asked.relation is None:
        raise NotFound
    if not edge.alive:
        raise Conflict(CUT)
    for end in (edge.source_id, edge.target_id):
        drawing.node(end)
    ends = edge.source_id, edge.target_id
    # Not “turn it round”: two people who do that at the same moment want the same, and would undo each other.
    if asked.node_id and _stands_for(drawing, asked.node_id) == edge.target_id:
        ends = edge.target_id, edge.source_id
    same = same_step(drawing, *ends, asked.relation)
    if same is not None and same.id != edge.id:
        return {**_set(drawing, edge, {"alive": False}), "subject_id": str(same.id)}
    told = {"source_id": str(ends[0]), "target_id": str(ends[1]), "relation": asked.relation.value}
    return _set(drawing, edge, told)


def disconnect(drawing: Drawing) -> dict[str, Any]:
    """Take a step away."""
    edge, _ = drawing.edge(drawing.instruction.edge_id)
    return _set(drawing, edge, {"alive": False})


def refer(drawing: Drawing) -> dict[str, Any]:
    """Link a node to something else that was told in this space, and that this viewer sees."""
    asked, node = drawing.instruction, drawing.node(drawing.instruction.node_id)
    if asked.reference_id is None or asked.subject is None:
        raise NotFound
    subject_type, subject_id = asked.subject
    if not can_refer_to(drawing.viewer, subject_type, subject_id):
        raise NotFound
    same = select(NodeReference).where(
        NodeReference.node_id == node.id,
        NodeReference.subject_id == subject_id,
        NodeReference.alive.is_(True),
    )
    if drawing.log.session.scalar(same) is None:
        reference = NodeReference(
            id=asked.reference_id,
            trajectory_id=drawing.trajectory.id,
            node_id=node.id,
            subject_type=subject_type,
            subject_id=subject_id,
            maker_id=drawing.viewer.membership_id,
        )
        drawing.log.session.add(reference)
        drawing.log.session.flush()
        effect = made_from_nothing(reference, ("node_id", "subject_type", "subject_id"))
        drawing.record(drawing.about(node), [effect])
    return {"subject_id": str(node.id)}


def unrefer(drawing: Drawing) -> dict[str, Any]:
    """Take such a link away."""
    reference_id = drawing.instruction.reference_id
    reference = drawing.log.session.get(NodeReference, reference_id) if reference_id else None
    if reference is None or reference.trajectory_id != drawing.trajectory.id:
        raise NotFound
    node = drawing.node(reference.node_id)
    effect = drawing.change(reference, {"alive": False})
    if effect.after:
        drawing.apply([effect])
        drawing.record(drawing.about(node), [effect])
    return {"subject_id": str(node.id)}


def _stands_for(drawing: Drawing, node_id: uuid.UUID) -> uuid.UUID:
    """The node itself, or the one in which it went up meanwhile."""
    node = drawing.log.session.get(Node, node_id)
    went_up = node is not None and not node.alive and node.merged_into_id
    return went_up or node_id


def _set(drawing: Drawing, edge: Edge, fields: dict[str, Any]) -> dict[str, Any]:
    effect = drawing.change(edge, fields)
    if effect.after:
        drawing.apply([effect])
        drawing.record(drawing.about(edge), [effect])
    return {"subject_id": str(edge.id)}

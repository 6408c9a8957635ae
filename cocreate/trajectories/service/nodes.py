"""Nodes: growing them, saying them differently, setting them elsewhere, taking them away and back."""

import uuid
from typing import Any

from sqlalchemy import func, select

from cocreate.core.audience import Visibility, sees
from cocreate.core.problems import NotFound
from cocreate.trajectories.layout import Point, is_taken, layout
from cocreate.trajectories.models import Edge, Node
from cocreate.trajectories.operations import Effect, Fields
from cocreate.trajectories.rules import GrowQuestion, NodeKind, NodeState, growth
from cocreate.trajectories.service.drawing import UNSEEN, Drawing, made_from_nothing, value_of
from cocreate.trajectories.standing import Standing, heads_of, links, standing_on

NODE_FIELDS = ("text", "note", "kind", "state", "intended", "when", "x", "y")
EDGE_FIELDS = ("source_id", "target_id", "relation")


def grow(drawing: Drawing) -> dict[str, Any]:
    """Keep an answer as the next node, already linked to the one that was touched."""
    asked, answer = drawing.instruction, drawing.instruction.answer
    if answer is None or asked.node_id is None:
        raise NotFound
    touched = _touched(drawing, answer.touched_id)
    grows = growth(answer.question or GrowQuestion.WHAT_NEXT) if touched else None
    usual = grows.kind if grows and answer.question else NodeKind.IDEA
    node = Node(
        id=asked.node_id,
        space_id=drawing.log.space_id,
        maker_id=drawing.viewer.membership_id,
        workshop_id=asked.workshop_id or drawing.trajectory.workshop_id,
        part_id=drawing.terms.part_id,
        widest=drawing.terms.widest,
        visibility=Visibility(asked.visibility).least(drawing.terms.widest or Visibility.PUBLIC),
        is_by_helper=asked.is_by_helper,
        trajectory_id=drawing.trajectory.id,
        text=answer.text,
        note=answer.note,
        when=answer.when,
        kind=answer.kind or usual,
        state=answer.state,
        intended=answer.state is not NodeState.EMERGED,
        position=_next_position(drawing),
    )
    drawing.log.session.add(node)
    drawing.log.session.flush()
    edge = _link(drawing, touched, node) if touched else None
    _settle(drawing, node)
    effects = [made_from_nothing(node, NODE_FIELDS)]
    if edge:
        effects.append(made_from_nothing(edge, EDGE_FIELDS))
    drawing.record(drawing.about(node), effects, verb="shared")
    return {"subject_id": str(node.id)}


def edit(drawing: Drawing) -> dict[str, Any]:
    """Say it differently. The last word stands; an earlier word that this device had not seen is told."""
    node, wanted = drawing.node(drawing.instruction.node_id), drawing.instruction.edit
    if wanted is None:
        raise NotFound
    met = {
        field: value_of(node, field)
        for field, value in wanted.set.items()
        if field in wanted.was and value_of(node, field) not in (wanted.was[field], value)
    }
    effect = drawing.change(node, wanted.set)
    if effect.after:
        if not effect.after.keys().isdisjoint(Node.words):
            drawing.keep_within_part(node)
        drawing.apply([effect])
        drawing.record(drawing.about(node), [effect])
    return {"subject_id": str(node.id), **({"met": met} if met else {})}


def place(drawing: Drawing) -> dict[str, Any]:
    """Put it there by hand; tidying leaves it from then on."""
    node, spot = drawing.node(drawing.instruction.node_id), drawing.instruction.place
    if spot is None:
        raise NotFound
    return _set(drawing, node, drawing.change(node, {"x": spot[0], "y": spot[1], "pinned": True}))


def remove(drawing: Drawing) -> dict[str, Any]:
    """Take it off the map: its maker may, and who leads. Its words stay, so that it can come back."""
    node = drawing.node(drawing.instruction.node_id, alive=False)
    if not drawing.leads and node.maker_id != drawing.viewer.membership_id:
        raise NotFound
    return _set(drawing, node, drawing.change(node, {"alive": False}))


def restore(drawing: Drawing) -> dict[str, Any]:
    """Put back what was taken off the map: where it stood, or near that when something stands there now."""
    node = drawing.node(drawing.instruction.node_id, alive=False)
    if not drawing.leads and node.maker_id != drawing.viewer.membership_id:
        raise NotFound
    if node.alive:
        return {"subject_id": str(node.id)}
    wanted = {"alive": True, "merged_into_id": None, **elsewhere(drawing, node)}
    return _set(drawing, node, drawing.change(node, wanted))


def elsewhere(drawing: Drawing, node: Node) -> Fields:
    """Another place for a node that comes back, when something came to stand on its own meanwhile.

    What was folded in comes back in sight: somebody wants to see it.
    """
    standing = standing_on(drawing.trajectory.id, node.id)
    was_inside = node.folded_in and not node.pinned
    if not was_inside and not is_taken(Point(node.x, node.y), standing.shown | standing.apart):
        return {}
    return {"folded_in": False, **_free_place(drawing, node, standing)._asdict()}


def _set(drawing: Drawing, node: Node, effect: Effect) -> dict[str, Any]:
    if effect.after:
        drawing.apply([effect])
        drawing.record(drawing.about(node), [effect])
    return {"subject_id": str(node.id)}


def _touched(drawing: Drawing, node_id: uuid.UUID | None) -> Node | None:
    if node_id is None:
        return None
    node = drawing.log.session.get(Node, node_id)
    if node is None or node.trajectory_id != drawing.trajectory.id or not sees(drawing.viewer, node.audience):
        raise NotFound(UNSEEN, {"touched_id": [str(UNSEEN)]})
    if node.merged_into_id and not node.alive:
        return _touched(drawing, node.merged_into_id)
    # Somebody took it away while this answer was on its way: the answer stays, as a new beginning.
    return None if node.withdrawn_at is not None or not node.alive else node


def _link(drawing: Drawing, touched: Node, node: Node) -> Edge:
    answer = drawing.instruction.answer
    growing = growth((answer and answer.question) or GrowQuestion.WHAT_NEXT)
    source_id, target_id = growing.ends(str(touched.id), str(node.id))
    edge = Edge(
        # From the node's own id, so that a device knows the step before the server answered.
        id=uuid.uuid5(node.id, "edge"),
        trajectory_id=drawing.trajectory.id,
        source_id=uuid.UUID(source_id),
        target_id=uuid.UUID(target_id),
        relation=growing.relation,
        maker_id=drawing.viewer.membership_id,
    )
    drawing.log.session.add(edge)
    drawing.log.session.flush()
    return edge


def _next_position(drawing: Drawing) -> int:
    last = select(func.max(Node.position)).where(Node.trajectory_id == drawing.trajectory.id)
    return (drawing.log.session.scalar(last) or 0) + 1


def _settle(drawing: Drawing, node: Node) -> None:
    node.x, node.y = _free_place(drawing, node, standing_on(drawing.trajectory.id, node.id))
    drawing.log.session.flush()


def _free_place(drawing: Drawing, node: Node, standing: Standing) -> Point:
    """Near what it is linked to; of what is folded in, near the stop that this is folded into."""
    own = str(node.id)
    ends = links(drawing.trajectory.id)
    if any(own in pair and not standing.apart.keys().isdisjoint(pair) for pair in ends):
        inside = heads_of(drawing.trajectory.id, {own, *standing.shown})
        ends = [(inside.get(source, source), inside.get(target, target)) for source, target in ends]
    return layout([*standing.shown, own], ends, standing.shown, taken=standing.apart.values())[own]

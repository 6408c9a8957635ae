"""What touches more than one thing: merging doubles, tidying, taking my last step back or doing it again."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ColumnElement, func, or_, select

from cocreate.core.changes import Change
from cocreate.core.problems import NotFound
from cocreate.trajectories.arrangement import FOLDED_FROM, Arrangement, arrange, shown_of
from cocreate.trajectories.layout import Point
from cocreate.trajectories.models import Edge, Node, NodeReference
from cocreate.trajectories.operations import Effect, Fields, Operation, differs, is_moving, read, steps
from cocreate.trajectories.queries import map_node
from cocreate.trajectories.service.drawing import Drawing, same_step, value_of
from cocreate.trajectories.service.nodes import elsewhere
from cocreate.trajectories.standing import steps_of

Turn = tuple[Effect, Effect]  # what must still stand, and what is set instead
MINE_LOOKED_AT = 500  # of my own last operations, how far back undoing can go


def merge(drawing: Drawing) -> dict[str, Any]:
    """Let one node go up in another, with its steps and references; who leads may. Its words are kept."""
    if not drawing.leads:
        raise NotFound
    stays, goes = drawing.node(drawing.instruction.node_id), drawing.node(drawing.instruction.other_id)
    if stays.id == goes.id:
        raise NotFound
    effects = [
        *_moved_edges(drawing, stays, goes),
        *_moved_references(drawing, stays, goes),
        drawing.change(goes, {"alive": False, "merged_into_id": str(stays.id)}),
    ]
    drawing.apply(effects)
    drawing.record(drawing.about(goes), effects)
    drawing.redraw()
    return {"subject_id": str(stays.id)}


def tidy(drawing: Drawing) -> dict[str, Any]:
    """Lay the whole map out anew; what was placed by hand stays. Who leads may, and it can be undone."""
    if not drawing.leads:
        raise NotFound
    nodes = _on_the_map(drawing)
    by_hand = {str(node.id): Point(node.x, node.y) for node in nodes if node.pinned}
    when = {str(node.id): node.when for node in nodes}
    told = [map_node(node) for node in nodes]
    arranged = arrange(told, steps_of(drawing.trajectory.id), by_hand, when)
    effects = [drawing.change(node, _stands(arranged, str(node.id))) for node in nodes]
    effects = [effect for effect in effects if effect.after]
    if effects:
        drawing.apply(effects)
        drawing.record(drawing.about_all(), effects)
    return {"subject_id": str(drawing.trajectory.id)}


def _stands(arranged: Arrangement, own_id: str) -> Fields:
    return {**arranged.points[own_id]._asdict(), "folded_in": own_id in arranged.folded_in}


def keep_folded(drawing: Drawing) -> None:
    """Decide what is folded in when a map becomes too large to show all that is not; nothing moves.

    It is kept, so that no edit changes what is folded, and told as nobody's operation: open maps look again.
    """
    on_it = _is_on(drawing)
    is_shown = or_(Node.folded_in.is_(False), Node.pinned.is_(True))
    count = drawing.log.session.scalar(select(func.count()).select_from(Node).where(*on_it, is_shown)) or 0
    if count < FOLDED_FROM:
        return
    nodes = _on_the_map(drawing)
    folded_in = {str(node.id) for node in nodes if node.folded_in}
    pinned = {str(node.id) for node in nodes if node.pinned}
    told = [map_node(node) for node in nodes]
    shown = shown_of(told, steps_of(drawing.trajectory.id), folded_in, pinned, most=FOLDED_FROM - 1)
    goes = [node for node in nodes if str(node.id) not in shown and not node.folded_in]
    effects = [drawing.change(node, {"folded_in": True}) for node in goes]
    drawing.apply(effects)
    drawing.redraw(effects)


def undo(drawing: Drawing) -> dict[str, Any]:
    """Take back my last operation on this map."""
    if _changed_nothing(drawing):
        return {"skipped": _("That changed nothing, so that there is nothing to take back.")}
    operations, rows = _mine(drawing)
    seq = steps(operations).back
    if seq is None:
        return {"skipped": _("There is nothing of yours to undo on this map.")}
    done = _operation(operations, seq).effects[::-1]
    return _turn(drawing, rows[seq], [(effect, effect.inverse()) for effect in done], {"undoes": seq})


def redo(drawing: Drawing) -> dict[str, Any]:
    """Do again what I took back last."""
    if _changed_nothing(drawing):
        return {"skipped": _("There is nothing to do again.")}
    operations, rows = _mine(drawing)
    seq = steps(operations).forth
    if seq is None:
        return {"skipped": _("There is nothing to do again.")}
    undone = _operation(operations, seq).effects
    return _turn(drawing, rows[seq], [(effect.inverse(), effect) for effect in undone], {"redoes": seq})


def _changed_nothing(drawing: Drawing) -> bool:
    """Whether the operation that the device says it means left no row: an earlier one is not meant."""
    meant, mine = drawing.instruction.other_id, drawing.viewer.membership_id
    answer = drawing.log.receipt(meant, mine) if meant and mine else None
    return answer is not None and "seq" not in answer


def _turn(drawing: Drawing, row: Change, turns: Sequence[Turn], mark: dict[str, int]) -> dict[str, Any]:
    subject = row.subject_type, row.subject_id or drawing.trajectory.id, row.audience
    if node := drawing.log.session.get(Node, row.subject_id) if row.subject_id else None:
        subject = drawing.about(node)
    wanted, reason = _still_there(drawing, turns)
    if not wanted:
        drawing.record(subject, [], mark={**mark, "skipped": True})
        return {"skipped": reason, "subject_id": str(subject[1])}
    effects = [_to_a_free_place(drawing, to) for _, to in wanted]
    drawing.apply(effects)
    drawing.record(subject, effects, mark=mark)
    if len(effects) > 2:  # noqa: PLR2004  (more than a node and the step to it)
        drawing.redraw()
    return {"subject_id": str(subject[1]), **({"skipped": reason} if reason else {})}


def _still_there(drawing: Drawing, turns: Sequence[Turn]) -> tuple[Sequence[Turn], str | None]:
    """What of this can be turned back, and what is told about the rest.

    Of places one by one; of anything else all or nothing, because half a thing is not what anybody meant.
    """
    if len(turns) < 2 or not is_moving(stood for stood, _ in turns):  # noqa: PLR2004  (one has no rest)
        reason = _changed_since(drawing, turns)
        return ([], reason) if reason else (turns, None)
    wanted = [turn for turn in turns if _changed_since(drawing, [turn]) is None]
    if not wanted:
        return [], str(_("Somebody moved all of that since. It stays as it is."))
    left = len(turns) - len(wanted)
    return wanted, _others_moved(left) if left else None


def _others_moved(count: int) -> str:
    sentence: str = ngettext(
        "%(num)s stop stays where it is, because somebody moved it or took it back since."
        " All others were moved.",
        "%(num)s stops stay where they are, because somebody moved them or took them back since."
        " All others were moved.",
        count,
    )
    return sentence


def _to_a_free_place(drawing: Drawing, effect: Effect) -> Effect:
    """Coming back on the map, not on top of what came there meanwhile."""
    node = drawing.find(effect)
    if not isinstance(node, Node) or node.alive or not effect.after.get("alive"):
        return effect
    place = elsewhere(drawing, node)
    before = {field: value_of(node, field) for field in place}
    return effect._replace(before={**effect.before, **before}, after={**effect.after, **place})


def _changed_since(drawing: Drawing, turns: Sequence[Turn]) -> str | None:
    """Why this cannot be turned back any more; None when it can."""
    own = {stood.id for stood, to in turns}
    for stood, to in turns:
        row = drawing.find(stood)
        if row is None:
            return str(_("That stop was taken back by who told it."))
        if differs(stood, {field: value_of(row, field) for field in stood.after}):
            return str(_("Somebody changed that since. It stays as it is."))
        if isinstance(row, Edge) and _would_be_a_double(drawing, row, to):
            return str(_("That link is there already."))
        is_unmade = "text" in stood.after and to.after.get("alive") is False
        if isinstance(row, Node) and is_unmade and _others_build_on(drawing, row, own):
            return str(_("Somebody built further on that. It stays as it is."))
    return None


def _would_be_a_double(drawing: Drawing, edge: Edge, to: Effect) -> bool:
    """Whether a step that this brings about says just what another one says by now."""
    told = {field: value_of(edge, field) for field in ("source_id", "target_id", "relation", "alive")}
    told |= to.after
    if not told["alive"]:
        return False
    source, target = uuid.UUID(str(told["source_id"])), uuid.UUID(str(told["target_id"]))
    return same_step(drawing, source, target, str(told["relation"]), edge.id) is not None


def _others_build_on(drawing: Drawing, node: Node, own: set[str]) -> bool:
    at_it = or_(Edge.source_id == node.id, Edge.target_id == node.id)
    query = select(Edge).where(at_it, Edge.alive.is_(True))
    return any(
        str(edge.id) not in own and edge.maker_id != drawing.viewer.membership_id
        for edge in drawing.log.session.scalars(query)
    )


def _mine(drawing: Drawing) -> tuple[list[Operation], dict[int, Change]]:
    query = (
        select(Change)
        .where(
            Change.space_id == drawing.log.space_id,
            Change.scope_id == drawing.trajectory.id,
            Change.actor_id == drawing.viewer.membership_id,
        )
        .order_by(Change.seq.desc())
        .limit(MINE_LOOKED_AT)
    )
    rows = list(drawing.log.session.scalars(query))[::-1]
    found = [operation for row in rows if (operation := read(row.seq, row.payload))]
    return found, {row.seq: row for row in rows}


def _operation(operations: Sequence[Operation], seq: int) -> Operation:
    return next(operation for operation in operations if operation.seq == seq)


def _on_the_map(drawing: Drawing) -> list[Node]:
    query = select(Node).where(*_is_on(drawing))
    return list(drawing.log.session.scalars(query.order_by(Node.position, Node.id)))


def _is_on(drawing: Drawing) -> tuple[ColumnElement[bool], ...]:
    return Node.trajectory_id == drawing.trajectory.id, Node.alive.is_(True), Node.withdrawn_at.is_(None)


def _moved_edges(drawing: Drawing, stays: Node, goes: Node) -> list[Effect]:
    """Steps at the one that goes, joined to the one that stays; what would be a double or a loop ends."""
    at_both = or_(Edge.source_id.in_([stays.id, goes.id]), Edge.target_id.in_([stays.id, goes.id]))
    edges = list(drawing.log.session.scalars(select(Edge).where(at_both, Edge.alive.is_(True))))
    moving = [edge for edge in edges if goes.id in (edge.source_id, edge.target_id)]
    known = {(edge.source_id, edge.target_id, edge.relation) for edge in edges if edge not in moving}
    effects = []
    for edge in moving:
        ends = [stays.id if end == goes.id else end for end in (edge.source_id, edge.target_id)]
        key = (ends[0], ends[1], edge.relation)
        if ends[0] == ends[1] or key in known:
            effects.append(drawing.change(edge, {"alive": False}))
        else:
            effects.append(drawing.change(edge, {"source_id": str(ends[0]), "target_id": str(ends[1])}))
        known.add(key)
    return effects


def _moved_references(drawing: Drawing, stays: Node, goes: Node) -> list[Effect]:
    query = select(NodeReference).where(
        NodeReference.node_id.in_([stays.id, goes.id]), NodeReference.alive.is_(True)
    )
    references = list(drawing.log.session.scalars(query))
    known = {each.subject_id for each in references if each.node_id == stays.id}
    return [
        drawing.change(each, {"alive": False} if each.subject_id in known else {"node_id": str(stays.id)})
        for each in references
        if each.node_id == goes.id
    ]

"""What the measures find, as questions to talk about: the map knows no answers, who was there does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _
from flask_babel import ngettext

from cocreate.trajectories.measures import (
    BackInTime,
    DeadEnd,
    Detour,
    Finding,
    Fork,
    Loop,
    Merge,
    Passage,
    RecurringCondition,
    TurningPoint,
    Unplanned,
    findings,
)
from cocreate.trajectories.rules import MapEdge, MapNode
from cocreate.trajectories.wording.sentences import Sentence, fill, kept, named, named_all

FIRST: Final = 5
MOST: Final = 30

Nodes = Mapping[str, MapNode]

ICONS: Final[Mapping[type, str]] = {
    Unplanned: "sparkles",
    Loop: "arrow-path-rounded-square",
    RecurringCondition: "key",
    Detour: "map",
    DeadEnd: "no-symbol",
    TurningPoint: "star",
    Merge: "users",
    Fork: "arrows-pointing-out",
    Passage: "flag",
    BackInTime: "clock",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One thing the map shows, as a question that names its stops."""

    icon: str
    sentence: Sentence
    nodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is asked at once, what can be unfolded, and how much is left unsaid on a large map."""

    first: tuple[Question, ...]
    further: tuple[Question, ...]
    unsaid: int


def what_it_shows(nodes: Sequence[MapNode], edges: Sequence[MapEdge]) -> Shown:
    """The questions a map raises, what tells most first."""
    found = findings(nodes, edges)
    by_id = {node.id: node for node in nodes}
    asked = [question_of(each, by_id) for each in found[:MOST]]
    return Shown(tuple(asked[:FIRST]), tuple(asked[FIRST:]), len(found) - len(asked))


def question_of(found: Finding, nodes: Nodes) -> Question:
    """A finding in words."""
    return Question(ICONS[type(found)], _asked(found, nodes), found.nodes)


def _asked(found: Finding, nodes: Nodes) -> Sentence:
    match found:
        case Unplanned():
            return _nobody_planned(found, nodes)
        case Loop():
            return _came_back(found, nodes)
        case RecurringCondition():
            return _again(found, nodes)
        case Detour():
            return _longer(found, nodes)
        case DeadEnd():
            return _nothing_after(found, nodes)
        case _:
            return _crossing(found, nodes)


def _all(nodes: Nodes, ids: Sequence[str]) -> Sentence:
    return named_all([nodes[node_id] for node_id in ids])


def _nobody_planned(found: Unplanned, nodes: Nodes) -> Sentence:
    node = named(nodes[found.node_id])
    if found.through:
        text = _(
            "%(node)s came about along a way that nobody had planned, by way of %(others)s. "
            "What made that possible?"
        )
        return fill(text, {"node": node, "others": _all(nodes, found.through)})
    if found.helped_by:
        text = _("%(node)s was on nobody's plan. What helped: %(others)s. What else helped?")
        return fill(text, {"node": node, "others": _all(nodes, found.helped_by)})
    return fill(_("%(node)s was on nobody's plan. How did it come about?"), {"node": node})


def _came_back(found: Loop, nodes: Nodes) -> Sentence:
    node = named(nodes[found.node_id])
    if found.times == 1 and found.from_ids[0] != found.node_id:
        text = _("From %(other)s you came back to %(node)s. What was different the second time?")
        return fill(text, {"node": node, "other": named(nodes[found.from_ids[0]])})
    text = ngettext(
        "You came back to %(node)s. What happened there?",
        "You came back to %(node)s %(num)s times. What happened there?",
        found.times,
        **kept("node"),
    )
    return fill(text, {"node": node})


def _again(found: RecurringCondition, nodes: Nodes) -> Sentence:
    node, helped = named(nodes[found.said_in[0]]), _all(nodes, found.helped)
    hindered = _all(nodes, found.hindered)
    if len(found.said_in) > 1:
        text = _("More than once you said something like %(nodes)s. Is that the same thing?")
        return fill(text, {"nodes": _all(nodes, found.said_in)})
    if found.helped and found.hindered:
        text = _(
            "%(node)s helped with %(helped)s and got in the way of %(hindered)s. What makes the difference?"
        )
        return fill(text, {"node": node, "helped": helped, "hindered": hindered})
    if found.helped:
        text = _("%(node)s helped %(num)s times: with %(others)s. Where can it help again?")
        return fill(text, {"node": node, "others": helped, "num": (str(found.times),)})
    text = _("%(node)s got in the way %(num)s times: of %(others)s. What helps against it?")
    return fill(text, {"node": node, "others": hindered, "num": (str(found.times),)})


def _longer(found: Detour, nodes: Nodes) -> Sentence:
    text = ngettext(
        "From %(first)s to %(last)s was one step in the plan, and it became %(steps)s. "
        "What did the longer way bring?",
        "From %(first)s to %(last)s was %(num)s steps in the plan, and it became %(steps)s. "
        "What did the longer way bring?",
        found.planned,
        **kept("first", "last", "steps"),
    )
    ends = {"first": named(nodes[found.source_id]), "last": named(nodes[found.target_id])}
    return fill(text, {**ends, "steps": (str(found.happened),)})


def _nothing_after(found: DeadEnd, nodes: Nodes) -> Sentence:
    node = named(nodes[found.node_id])
    if not found.was_dropped:
        return fill(_("After %(node)s the map tells nothing more. What came of it?"), {"node": node})
    if not found.hindered_by:
        return fill(_("%(node)s was dropped. What would it have needed?"), {"node": node})
    text = _("%(node)s was dropped. What got in the way: %(others)s. What came in its place?")
    return fill(text, {"node": node, "others": _all(nodes, found.hindered_by)})


def _crossing(found: TurningPoint | Merge | Fork | Passage | BackInTime, nodes: Nodes) -> Sentence:
    match found:
        case TurningPoint():
            text = _("About %(num)s of every 10 routes on this map pass %(node)s. What changed there?")
            tenths = min(9, max(1, round(found.share * 10)))
            return fill(text, {"node": named(nodes[found.node_id]), "num": (str(tenths),)})
        case Merge():
            text = _("%(others)s came together in %(node)s. What did each of them bring?")
        case Fork():
            text = _("From %(node)s the road went several ways: %(others)s. How did that come about?")
        case Passage():
            text = ngettext(
                "Every route on this map passes %(nodes)s. What if it had not been there?",
                "Every route on this map passes %(nodes)s. What if they had not been there?",
                len(found.nodes),
                **kept("nodes"),
            )
            return fill(text, {"nodes": _all(nodes, found.nodes)})
        case BackInTime():
            # Not “leads to”: it may as well be what that meant, or what it made possible.
            text = _(
                "On the map %(last)s comes after %(first)s, but by the dates %(last)s was earlier. "
                "How did that go?"
            )
            ends = {"first": named(nodes[found.source_id]), "last": named(nodes[found.target_id])}
            return fill(text, ends)
    return fill(text, {"node": named(nodes[found.node_id]), "others": _all(nodes, found.way_ids)})
